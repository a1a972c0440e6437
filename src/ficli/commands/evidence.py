"""Lay out what a person has to decide on: possible duplicates, and what is known of a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ficli.output.page import Block, Content, FactList, Group, TextLine

if TYPE_CHECKING:
    from ficli.commands.search.candidates import DuplicateCandidate
    from ficli.web.source_facts import SourceFacts

_STATES = {"published": "", "draft": " (draft)", "rejected": " (turned down)"}
_WIDE = 9


def candidates_page(candidates: Sequence[DuplicateCandidate], *, marks: bool = False) -> Iterator[Block]:
    """Yield a line for each candidate, with why below it.

    Args:
        candidates: the possible duplicates.
        marks: whether likely duplicates are marked with `=`.

    """
    lines: list[Block] = []
    for item in candidates:
        state = _STATES.get(item.status, f" ({item.status})")
        mark = "= " if marks and item.likely else ""
        name = TextLine(
            [f"{mark}{item.id or item.path}{state}  {item.title}"], indent=2 - len(mark), hang=2 + len(mark)
        )
        lines += [name, TextLine("; ".join(item.why), indent=4 if marks else 6)]
    yield Group(lines)


def sources_page(sources: Iterable[tuple[int, SourceFacts]]) -> Iterator[Block]:
    """Yield what is known of sources, by number: each value with its evidence, then what a person has to look at."""
    blocks: list[Block] = []
    for number, facts in sources:
        notes = (TextLine(f"note: {note}") for note in facts.notes)
        blocks += [TextLine(f"source {number}", indent=0), FactList(list(_known(facts)), _WIDE), *notes]
    yield Group(blocks)


def _known(facts: SourceFacts) -> Iterator[tuple[str, Content]]:
    for name, value in facts.fields.items():
        evidence = f"  ({facts.evidence[name]})" if facts.evidence.get(name) else ""
        parts = [", ".join(map(str, value.values()))] if isinstance(value, dict) else value
        for part in parts if isinstance(parts, list) else [parts]:
            yield name, [f"{part}{evidence}"]
    for proposal in facts.proposals:
        yield proposal.field, [f"? {proposal.value}  ({proposal.evidence}; not written)"]
