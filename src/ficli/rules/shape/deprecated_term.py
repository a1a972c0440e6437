"""A record uses a term that the taxonomy has retired.

What: a failure mode, a surface, a severity, an industry or a source kind is marked `deprecated` in the taxonomy.
Why: a term is never taken out of the taxonomy, so old records stay readable; but two names for one thing split
every count.

Bad:

    failure_mode: tool-abuse

Good:

    failure_mode: tool-misuse
    ai_surface: agentic-workflow

Fix: write the term that replaces it; `--fix` does, where the taxonomy names one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import FieldPath, Fix, Fixable, Rule, Scope, SetValue, Severity
from ficli.incident.fields import TERMS
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.taxonomy import Taxonomy

RULE = Rule("deprecated-term", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each retired term, and the one that replaces it."""
    for path, slug in _terms(record):
        term = record.taxonomy.terms(str(path[-1])).get(slug)
        if term is not None and term.deprecated:
            yield _problem(path, slug, _replacement(record.taxonomy, path, slug))


def _terms(record: RecordContext) -> Iterator[tuple[FieldPath, str]]:
    for name in TERMS:
        yield (name,), record.record.text(name)
    for number, source in record.record.sources:
        kind = source.get("kind")
        if isinstance(kind, str):
            yield ("sources", number, "kind"), kind


def _replacement(taxonomy: Taxonomy, path: FieldPath, slug: str) -> str:
    """Follow a term to the one in use today; empty if there is none, or if they form a circle."""
    terms = taxonomy.terms(str(path[-1]))
    passed: set[str] = set()
    while slug in terms and terms[slug].deprecated and slug not in passed:
        passed.add(slug)
        slug = terms[slug].replaced_by
    return slug if slug in terms and slug not in passed else ""


def _problem(path: FieldPath, slug: str, replacement: str) -> Problem:
    message = f"{quoted(slug)} is deprecated in the taxonomy"
    if not replacement:
        return Problem(at=path, message=message, help="choose a term that is in use; `ficli taxonomy` lists them")
    return Problem(
        at=path,
        message=message,
        help=f"write {quoted(replacement)}, which replaces it",
        fix=Fix(f"write {quoted(replacement)}", (SetValue(path, replacement),)),
    )
