"""Looks for the archived copy of a page that is to be a source, and takes it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.sources.fetching.errors import FetchError
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.sources.archives.archive import Archive
    from ficli.sources.facts import SourceFacts


def with_copy(facts: SourceFacts, archive: Archive) -> SourceFacts:
    """Add the archived copy of a page to what is known of it; where there is none to take, a note says why."""
    try:
        outcome = archive.look_up(facts.url, PartialDate.parse(str(facts.fields.get("published", ""))))
    except FetchError as error:
        return _noted(facts, f"no archived copy was looked for: {error.message}")
    copy = outcome.copy
    if copy is None:
        return _noted(facts, f"there is no archived copy to take: {outcome.said or outcome.state}")
    if copy.early:
        return _noted(facts, f"the archived copy is from before it was published, and not taken: {quoted(copy.url)}")
    fields = dict(facts.fields)
    passages = {"passages": fields.pop("passages")} if "passages" in fields else {}
    evidence = {**facts.evidence, "archive": "the Wayback Machine"}
    return replace(facts, fields={**fields, "archive": dict(copy.field), **passages}, evidence=evidence)


def _noted(facts: SourceFacts, note: str) -> SourceFacts:
    return replace(facts, notes=(*facts.notes, note))
