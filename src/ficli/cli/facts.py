"""How what is known of a source is printed, by `ficli link` and `ficli new`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.sources.facts import SourceFacts

_WIDE = 11


def fact_lines(number: int, facts: SourceFacts) -> Iterator[str]:
    """Yield what is known of a source: each value with its evidence, then what a person has to look at."""
    yield f"source {number}"
    for name, value in facts.fields.items():
        evidence = facts.evidence.get(name, "")
        parts = [", ".join(map(str, value.values()))] if isinstance(value, dict) else value
        for part in parts if isinstance(parts, list) else [parts]:
            yield f"  {name:<{_WIDE}}{harmless(str(part))}{f'  ({harmless(evidence)})' if evidence else ''}"
    for proposal in facts.proposals:
        yield f"  {proposal.field:<{_WIDE}}? {harmless(proposal.value)}  ({harmless(proposal.evidence)}; not written)"
    for note in facts.notes:
        yield f"  note: {harmless(note)}"
