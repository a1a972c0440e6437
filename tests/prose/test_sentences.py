"""Where one sentence ends and the next begins; above all, where a "What" must not end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.prose.sentences import ends_at_abbreviation, ends_with_abbreviation, first_sentence, split_sentences

LONG = 100_000


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Attorneys in the Mata v. Avianca case cited invented decisions. The court fined them.",
            "Attorneys in the Mata v. Avianca case cited invented decisions.",
        ),
        (
            "In Mobley v. Workday, Inc., No. 3:23-cv-00770, a judge let the claims go on. It is pending.",
            "In Mobley v. Workday, Inc., No. 3:23-cv-00770, a judge let the claims go on.",
        ),
        (
            "U.S. District Judge P. Kevin Castel sanctioned two lawyers. They had used ChatGPT.",
            "U.S. District Judge P. Kevin Castel sanctioned two lawyers.",
        ),
        (
            "The U.S. EEOC settled its first case on software. The firm paid.",
            "The U.S. EEOC settled its first case on software.",
        ),
        ("It was sold in the U.S. The maker withdrew it.", "It was sold in the U.S."),
        ("S.D.N.Y. sanctions attorneys. They paid.", "S.D.N.Y. sanctions attorneys."),
        ("The suit names Levidow & Co. It was dismissed.", "The suit names Levidow & Co."),
        ("Klarna Inc. Chief Executive S. Smith said so. He left.", "Klarna Inc. Chief Executive S. Smith said so."),
        ("Dr. J. R. Smith of St. Louis erred. Nobody saw it.", "Dr. J. R. Smith of St. Louis erred."),
        ("See Fig. 3 and p. 12 of it. Then read on.", "See Fig. 3 and p. 12 of it."),
        ("He said no. The bot did not.", "He said no."),
        ("On Nov. 3 it failed. On Dec. 4 it failed again.", "On Nov. 3 it failed."),
        ("Zou et al. (2023) broke it. Others followed.", "Zou et al. (2023) broke it."),
        ("It broke laws, e.g. Title VII, i.e. the act. So be it.", "It broke laws, e.g. Title VII, i.e. the act."),
        ("It was fined 2.5 million on version 3.5. It paid.", "It was fined 2.5 million on version 3.5."),
        ("See https://example.org/a.b?c=d.e for it. Then stop.", "See https://example.org/a.b?c=d.e for it."),
        ("Node.js and Character.AI failed. Both are back.", "Node.js and Character.AI failed."),
        ("At 10 a.m. Eastern it stopped. At 5 p.m. It was back.", "At 10 a.m. Eastern it stopped."),
        ("A Ph.D. Student found it. It is mended.", "A Ph.D. Student found it."),
        ("Well... It failed.", "Well..."),
        ("It failed… and failed. Again.", "It failed… and failed."),
        ("The bot said that […] The user left. End.", "The bot said that […] The user left."),
        ("Why?! Nobody knows.", "Why?!"),
        ("“Why?” she asked. Nobody knew.", "“Why?” she asked."),
        ('He said "stop." Then it stopped.', 'He said "stop."'),
        ("He wrote ‘stop.’ (It did.) It ran on.", "He wrote ‘stop.’"),
        ("It ran (see the log. Or not) for days. Then it stopped.", "It ran (see the log. Or not) for days."),
        ("It ran. (It had been told to stop.) It ran on.", "It ran."),
        ("Yahoo! Inc. used it. It failed.", "Yahoo! Inc. used it."),
        ("It failed. iRobot said nothing. xAI did.", "It failed."),
        ("It failed on vacation. eBay users left.", "It failed on vacation."),
        ("Two things failed: 1. The bot lied. 2. The bank paid.", "Two things failed: 1. The bot lied."),
        ("1. The bot lied. 2. The bank paid.", "1. The bot lied."),
        ("Der Bot log am 8. Mai 2025. Die Bank zahlte.", "Der Bot log am 8. Mai 2025."),
        ("In 2023. The bank paid.", "In 2023."),
        ("It cost €5 million. 20 people left.", "It cost €5 million."),
        ("It cost much. $5 million was paid.", "It cost much."),
        ("示例银行的聊天机器人说，费用可以退还。银行拒绝了！为什么？", "示例银行的聊天机器人说，费用可以退还。"),
        ("銀行は「返金します。」と言った。顧客は待った。", "銀行は「返金します。」と言った。"),
        ("「返金します。」 銀行は黙った。", "「返金します。」"),
        ("هل فشل النظام؟ نعم. انتهى.", "هل فشل النظام؟"),
        ("चैटबॉट ने झूठ बोला। बैंक ने मना किया।", "चैटबॉट ने झूठ बोला।"),
        ("A heading\n\nThe text below it.", "A heading"),
        ("Three things:\n- the bot\n- the bank", "Three things:"),
        ("A line that is\nfolded. Another.", "A line that is folded."),
        ("  no stop at all ", "no stop at all"),
        ("It failed", "It failed"),
        ("It failed.", "It failed."),
        ("...", "..."),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_all_sentences() -> None:
    text = "In Mata v. Avianca, Inc., lawyers erred. Why?\n\nNobody knows! It ran\non (for 2.5 days.) Then it stopped"

    assert split_sentences(text) == [
        "In Mata v. Avianca, Inc., lawyers erred.",
        "Why?",
        "Nobody knows!",
        "It ran on (for 2.5 days.)",
        "Then it stopped",
    ]


@pytest.mark.parametrize("text", ["Attorneys in the Mata v.", "In Mobley v.", "as Dr.", "e.g."])
def test_a_text_that_breaks_off_at_an_abbreviation(text: str) -> None:
    assert ends_at_abbreviation(text)
    assert ends_with_abbreviation(text)


@pytest.mark.parametrize("text", ["in the U.S.", "by Avianca, Inc.", "at 5 p.m.", "by S.D.N.Y.", "and so on, etc."])
def test_an_abbreviation_that_may_stand_last(text: str) -> None:
    assert ends_with_abbreviation(text)
    assert not ends_at_abbreviation(text)


@pytest.mark.parametrize("text", ["It failed.", "He said no.", "v .", ".", "", "the Mata v", "at example.com."])
def test_an_ordinary_end(text: str) -> None:
    assert not ends_at_abbreviation(text)
    assert not ends_with_abbreviation(text)


@given(st.text(alphabet='aAbT1 .!?…\n()[]"“”v。「」。؟'))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@given(st.text(alphabet='aT1 .!?\n("v。'))
def test_the_first_is_the_first_of_all(text: str) -> None:
    assert [first_sentence(text)] == (split_sentences(text)[:1] or [""])


@pytest.mark.parametrize(
    "piece", ["a", "a ", "A. ", "U.S. ", "1. ", ". ", '." ', "?! ", "。", "(", "[", "(A. ", "\n", "\n ", " ", "- a\n"]
)
def test_a_long_text_takes_no_longer_for_its_length(piece: str) -> None:
    """A look around a stop that were not bounded would keep this test from ending."""
    text = (piece * LONG)[:LONG]

    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())
    assert text.replace("\n", "").strip() == "" or first_sentence(text)
