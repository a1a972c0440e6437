"""A rule's public page, read from the docstring of its module for `ficli explain`, the documentation and the tests."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass

from ficli import __version__

_HEADING = re.compile(r"^(What|Why|Bad|Good|Fix):[ \t]*", re.MULTILINE)
_ORDER = ("What", "Why", "Bad", "Good", "Fix")


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of a rule for curators.

    Attributes:
        summary: one sentence, as in the table of rules.
        what: when the rule fires.
        why: what would go wrong without it.
        bad: an example for which the rule fires.
        good: the same, fixed.
        fix: how to fix it, and what `--fix` does.

    """

    summary: str
    what: str
    why: str
    bad: str
    good: str
    fix: str


def parse_page(docstring: str | None) -> RulePage:
    """Parse a page from a docstring with the sections What, Why, Bad, Good and Fix, in that order.

    Raises:
        ValueError: a section is missing, empty, doubled or out of order.

    """
    summary, *parts = _HEADING.split(inspect.cleandoc(docstring or ""))
    headings, bodies = tuple(parts[::2]), parts[1::2]
    if headings != _ORDER:
        found = ", ".join(headings) or "none"
        message = f"a rule's page has the sections {', '.join(_ORDER)}, but this one has {found}"
        raise ValueError(message)
    texts = dict(zip(headings, bodies, strict=True))
    page = RulePage(
        summary=summary.strip(),
        what=texts["What"].strip(),
        why=texts["Why"].strip(),
        bad=_example(texts["Bad"]),
        good=_example(texts["Good"]),
        fix=texts["Fix"].strip(),
    )
    for name in RulePage.__slots__:
        if not getattr(page, name):
            message = f"the {name} of a rule's page is empty"
            raise ValueError(message)
    return page


def _example(text: str) -> str:
    """Remove the indentation of an example, and the blank lines around it."""
    return textwrap.dedent(text).strip("\n")


def page_uri(name: str) -> str:
    """Return a URI for the page of a rule: its file in the source distribution of this version, as a package URL.

    See https://github.com/package-url/purl-spec.
    """
    return f"pkg:pypi/ficli@{__version__}#docs/rules/{name}.md"
