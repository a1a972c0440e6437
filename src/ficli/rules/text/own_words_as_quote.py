"""A pull quote is a sentence of the record itself.

What: the words of the quote stand in the record's own summary, account, title or mechanism, and not in quotation
marks there; capitals and punctuation do not count, nor one word in ten.
Why: nobody said them. A quote that the index made up itself is the worst thing it can print.

Bad:

    quote:
      text: A support chatbot of Example Bank told customers that every fee is refunded.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Good:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: quote words that a source has, or delete the quote; where the account does quote them, put them in quotation marks
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.fields import ACCOUNT
from ficli.prose.sentences import split_sentences
from ficli.prose.similarity import nearly_equal, normal_form, words_of
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("own-words-as-quote", Severity.WARNING, Scope.FILE, since="0.1.0")

_FEWEST_WORDS = 5
_PROBES = 8
_PUNCTUATION = ".,;:!?…\"'“”‘’«»()[]"
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」')
_MARK = re.compile(r'["“”„«»「」]')


def check(record: RecordContext) -> Iterator[Problem]:
    """Search for the quote among the record's own sentences."""
    quote = record.record.mapping("quote").get("text")
    if not isinstance(quote, str) or not _may_be_in(quote, record.record.prose_text):
        return
    for name in ACCOUNT:
        if own := _own_sentence(quote, record.record.text(name)):
            yield Problem(
                at=("quote", "text"),
                message=f"the quote is a sentence of this record's own {quoted(name)}",
                help="quote words that a source has, or delete the quote",
                related=(Label((name,), "the record's own words", piece=own),),
            )
            return


def _may_be_in(quote: str, prose: str) -> bool:
    """Search for the longest words of a quote, which decides most cases; a few words may be anybody's."""
    words = quote.lower().split()
    probes = [word.strip(_PUNCTUATION) for word in sorted(words, key=len)[-_PROBES:]]
    lowered = prose.lower()
    return len(words) >= _FEWEST_WORDS and sum(probe in lowered for probe in probes) >= len(probes) - 1


def _own_sentence(quote: str, text: str) -> str:
    """Return the sentence of a text that the quote is, or is a part of; empty if there is none."""
    looked_for = f" {normal_form(quote)} "
    for sentence in split_sentences(text):
        is_it = nearly_equal(quote, sentence) or looked_for in f" {normal_form(sentence)} "
        if is_it and _is_own(sentence):
            return sentence
    return text if looked_for in f" {normal_form(text)} " and not _MARK.search(text) else ""


def _is_own(sentence: str) -> bool:
    """Return whether most of a sentence is outside quotation marks."""
    outside = _QUOTED.sub(" ", sentence)
    return not _MARK.search(outside) and 2 * len(words_of(outside)) > len(words_of(sentence))
