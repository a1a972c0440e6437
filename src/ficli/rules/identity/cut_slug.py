"""A slug ends in the middle of a word.

What: the last word of the slug is the beginning of a longer word of the title, and no word of its own there.
Why: the slug is frozen when the record is published, so that a cut word stays in the address for good.

Bad:

    slug: lawyer-fined-over-chatbot-hallucin
    title: Lawyer fined over chatbot hallucination

Good:

    slug: lawyer-fined-over-chatbot
    title: Lawyer fined over chatbot hallucination

Fix: end the slug with a whole word while the record is a draft. A published slug stays; allow the finding there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

RULE = Rule("cut-slug", Severity.WARNING, Scope.FILE, since="0.1.0")

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 3
_LEAST_MISSING = 2
_INFLECTION = re.compile(r"(?:e?s|e?d|ing|ings|ers?|ors?|ly|al)")
"""What English adds to a whole word: `ban` is not cut off from `banned`, nor `legal` from `legally`."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the last word of the slug with the words of the title."""
    slug, title = record.record.slug, record.record.title
    last = slug.rpartition("-")[2]
    whole = cut_from(last, title)
    if not whole or last in _words(record.record.text("summary")):
        return
    yield Problem(
        at=("slug",),
        message=f"the slug ends with {quoted(last)}, which is cut off from {quoted(whole)}",
        help=_help(record.record.status, slug.removesuffix(last).rstrip("-")),
        related=(Label(("title",), "the whole word", piece=whole),),
        piece=last,
    )


def _help(status: str, kept: str) -> str:
    if status != "draft":
        return "a slug that has been published stays: allow this finding with a comment"
    return f"end the slug with a whole word, as in {quoted(kept)}" if kept else "end the slug with a whole word"


def cut_from(word: str, title: str) -> str:
    """Give the word of a title that a word was cut off from, or nothing where it is whole."""
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    words = _words(title)
    if word in words:
        return ""
    return next((longer for longer in words if longer.startswith(word) and _is_cut(word, longer)), "")


def _words(text: str) -> list[str]:
    """Split text into words as a slug is made: in lower case, without accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower())


def _is_cut(word: str, longer: str) -> bool:
    rest = longer.removeprefix(word)
    if len(rest) < _LEAST_MISSING:
        return False
    undoubled = rest.removeprefix(word[-1])  # ban, banned
    return not (_INFLECTION.fullmatch(rest) or _INFLECTION.fullmatch(undoubled))
