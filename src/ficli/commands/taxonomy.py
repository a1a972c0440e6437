"""The vocabulary of a registry, as rows to list and as the page of one term."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import UsageError
from ficli.incident.fields import PATH_STEPS
from ficli.incident.taxonomy import FIELDS, FailureMode, SeverityLevel, Surface, Taxonomy, Term
from ficli.wording import harmless, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


class TermRow(NamedTuple):
    """A term and the field that takes it; `note` is its wing, or what replaces it."""

    field: str
    term: Term
    note: str


def term_rows(taxonomy: Taxonomy) -> list[TermRow]:
    """List every term, field by field."""
    return [TermRow(name, term, _note(term)) for name in FIELDS for term in taxonomy.terms(name).values()]


def _note(term: Term) -> str:
    if term.deprecated:
        return f"deprecated: use {term.replaced_by}" if term.replaced_by else "deprecated"
    return term.wing if isinstance(term, Surface) else ""


def explain_term(taxonomy: Taxonomy, slug: str) -> Iterator[str]:
    """Yield the lines of a term's page; a slug that several fields know is explained for each.

    Raises:
        UsageError: no field knows it.

    """
    found = [row for row in term_rows(taxonomy) if row.term.slug == slug]
    if not found:
        near = nearest(slug, (row.term.slug for row in term_rows(taxonomy)), most=3)
        message = f"there is no term {quoted(slug)}"
        raise UsageError(
            message,
            hint=f"did you mean {listed(near, last='or')}?" if near else "`ficli taxonomy` lists them",
        )
    for number, row in enumerate(found):
        yield from ("\n",) * bool(number)
        yield from (f"{harmless(line)}\n" for line in _page(row))


def _page(row: TermRow) -> Iterator[str]:
    term = row.term
    yield f"{term.slug}: {term.name} ({row.field}{', ' + row.note if row.note else ''})"
    yield term.definition
    if isinstance(term, FailureMode):
        yield ""
        yield "How it usually runs:"
        for number, step in enumerate(PATH_STEPS, start=1):
            yield f"  {number}. {step.replace('_', ' ').capitalize()}: {term.profile[step]}"
        yield f"  {term.signal}"
    if isinstance(term, SeverityLevel):
        yield ""
        for criterion in term.criteria:
            yield f"  - {criterion}"
