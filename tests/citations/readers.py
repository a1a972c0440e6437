"""Readers that are not ficli's, each a function from what ficli writes to what it finds there."""

from __future__ import annotations

import html.parser
import re
from functools import cache
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

_KERNEL = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textperiodcentered": "·",
}
"""Commands of the LaTeX kernel that pylatexenc does not know, or takes for a modifier letter."""


def with_bibtexparser(text: str) -> list[dict[str, str]]:
    """Read BibTeX or BibLaTeX with bibtexparser; LaTeX stays."""
    library = parse_bibtex(text)
    assert library.failed_blocks == []
    return [{"": entry.entry_type, **{field.key: field.value for field in entry.fields}} for entry in library.entries]


def with_pybtex(text: str) -> list[dict[str, str]]:
    """Read BibTeX or BibLaTeX with pybtex; LaTeX stays, and a person is who has one last name."""
    entries = []
    for entry in parse_string(text, "bibtex").entries.values():
        persons = entry.persons.get("author", [])
        assert all(len(person.last_names) == 1 and not person.first_names for person in persons)
        entries.append(
            {"": entry.type, "author": " and ".join(person.last_names[0] for person in persons), **entry.fields}
        )
    return entries


@cache
def _latex() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, char) for name, char in _KERNEL.items()]
    context.add_context_category("kernel", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context)


def from_latex(text: str) -> str:
    """Read LaTeX as text with pylatexenc."""
    return str(_latex().latex_to_text(text))


def with_rispy(text: str) -> list[dict[str, Any]]:
    """Read RIS with rispy."""
    return list(rispy.loads(text))


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Collect text."""
        self.text += data


def from_html(text: str) -> str:
    """Read the text of a page with Python's own parser."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.text


def ris_tags(text: str) -> list[tuple[str, str]]:
    """Parse RIS by the letter of its specification: tag, two blanks, hyphen, blank, value, CRLF."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in lines]
    assert all(found), lines
    return [(match[1], match[2]) for match in found if match]
