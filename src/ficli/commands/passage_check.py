"""Looks passages up on a page before a source keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.errors import UsageError
from ficli.sources.passages import find_passage
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.sources.facts import SourceFacts

_SHOWN = 400


def checked_passages(facts: SourceFacts, passages: Sequence[str]) -> SourceFacts:
    """Put passages into a source, in the page's own words.

    Where the page was not read, the passages are kept as given, and a note says so.

    Args:
        facts: what is known of the source.
        passages: the words that somebody quotes.

    Raises:
        UsageError: one is not on the page; the hint shows what comes nearest.

    """
    if not passages:
        return facts
    kept = []
    for passage in passages:
        match = find_passage(facts.text, passage) if facts.text else None
        if match is not None and not match.exact:
            near = (
                f"nearest: {quoted(match.difference, longest=_SHOWN)}" if match.text else "nothing there comes near it"
            )
            raise UsageError(f"the passage {quoted(passage)} is not on the page", hint=near)
        kept.append(match.text if match is not None else " ".join(passage.split()))
    notes = facts.notes if facts.text else (*facts.notes, "the passages could not be looked up")
    fields = {**{name: value for name, value in facts.fields.items() if name != "status"}, "passages": kept}
    return replace(facts, fields=fields, evidence={**facts.evidence, "passages": "on the page"}, notes=notes)
