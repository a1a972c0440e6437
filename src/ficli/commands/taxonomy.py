"""The vocabulary of a registry, as rows to list and as the page of one term."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import UsageError
from ficli.incident.fields import PATH_STEPS
from ficli.incident.taxonomy import FIELDS, FailureMode, SeverityLevel, Surface, Taxonomy, Term
from ficli.output.blocks import Group, Items, Line
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.output.blocks import Block


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


def explain_term(taxonomy: Taxonomy, slug: str) -> list[Block]:
    """Return the page of a term; a slug that several fields know is explained for each.

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
    return [block for row in found for block in _page(row)]


def _page(row: TermRow) -> Iterator[Block]:
    term = row.term
    name = f"{term.slug}: {term.name} ({row.field}{', ' + row.note if row.note else ''})"
    yield Group([Line(name, indent=0), Line(term.definition, indent=0)])
    if isinstance(term, FailureMode):
        steps = [[f"{step.replace('_', ' ').capitalize()}: {term.profile[step]}"] for step in PATH_STEPS]
        marks = [f"{number}." for number in range(1, len(steps) + 1)]
        path = Items(steps, marks=marks, indent=2)
        yield Group([Line("How it usually runs:", indent=0), path, Line(term.signal)])
    if isinstance(term, SeverityLevel):
        yield Items([[criterion] for criterion in term.criteria], indent=2)
