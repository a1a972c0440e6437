"""Names of news agencies and publishers whose articles stand in many papers, as bylines and imprints have them."""

from __future__ import annotations

# In lower case, without punctuation and without "the" in front.
AGENCIES = frozenset(
    {
        "afp",
        "agence france presse",
        "agencia efe",
        "ani",
        "ansa",
        "ap",
        "ap news",
        "associated press",
        "bloomberg news",
        "business wire",
        "canadian press",
        "cnn newsource",
        "cnn wire",
        "conversation",
        "deutsche presse agentur",
        "dpa",
        "globenewswire",
        "kff health news",
        "kyodo news",
        "pa media",
        "pr newswire",
        "press association",
        "press trust of india",
        "propublica",
        "pti",
        "reuters",
        "thomson reuters",
        "united press international",
        "upi",
        "xinhua",
        "xinhua news agency",
        "yonhap",
        "yonhap news agency",
    },
)
