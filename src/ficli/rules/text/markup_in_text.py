"""A text holds the markup of a web page.

What: a text of the record has an HTML tag or comment, or a character reference such as `&amp;`. What stands in
back-ticks is quoted code, and a `<` that begins no tag, as in "p < 0.05", is a `<`.
Why: texts are plain. Markup shows up as rubbish in citations and exports, and a script may run where somebody puts the
text on a page as it is.

Bad:

    title: Example Bank's chatbot promises R&amp;D refunds that do not exist

Good:

    title: Example Bank's chatbot promises R&D refunds that do not exist

Fix: write the characters themselves and leave the tags out; put a tag that the text is about in back-ticks.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from ficli.diagnostics import Rule, Scope, Severity, field_name
from ficli.incident.record import texts_in
from ficli.prose.markup import find_reference, find_tag
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("markup-in-text", Severity.ERROR, Scope.FILE, since="0.1.0")

_SIGNS = (b"<", b"&", b"\\")
"""Signs in the file of a text with markup: the sign itself, or an escape for it."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the first tag and the first character reference of each text."""
    if not any(sign in record.raw for sign in _SIGNS):
        return
    for path, text in texts_in(record.data):
        if not path or path[-1] == "url":
            continue
        where = quoted(field_name(path))
        if tag := find_tag(text):
            yield Problem(
                at=path,
                message=f"{where} holds HTML: {quoted(tag)}",
                help="leave the tags out; put a tag that the text is about in back-ticks",
                piece=tag,
            )
        if reference := find_reference(text):
            yield Problem(
                at=path,
                message=f"{where} holds a character reference of HTML: {quoted(reference)}",
                help=f"write {quoted(unescape(reference))}",
                piece=reference,
            )
