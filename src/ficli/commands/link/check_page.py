"""Complete the facts of a source before they are written: its archived copy, its passages, and what it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ficli.dates import PartialDate
from ficli.diagnostics import AppendItem, Edit, InsertKey, Remove, SetValue
from ficli.errors import UsageError
from ficli.incident.shape import is_placeholder
from ficli.urls.identity import match_key
from ficli.web.fetch.errors import FetchError
from ficli.web.passages import find_passage
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.web.archives.archive import Archive
    from ficli.web.source_facts import SourceFacts


def with_copy(facts: SourceFacts, archive: Archive) -> SourceFacts:
    """Add the archived copy of a page to its facts; if there is none to add, a note gives the reason."""
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


_SHOWN = 400


def checked_passages(facts: SourceFacts, passages: Sequence[str]) -> SourceFacts:
    """Add passages to a source, in the page's own words.

    If the page was not read, the passages are kept as given, with a note.

    Args:
        facts: the known facts of the source.
        passages: the quoted words.

    Raises:
        UsageError: one is not on the page; the hint shows the nearest text.

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


def replacing_edits(position: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    """Yield the changes to a source.

    A value that the page does not give stays. Passages are added to the present ones. The archived copy of
    another page is removed, with its comments.

    Args:
        position: of the source, from 0.
        old: the source as it is.
        new: the facts known now.

    """
    path = ("sources", position)
    for name, value in new.items():
        if name not in old:
            if not _is_todo(value):
                yield InsertKey(path, name, value)
        elif name == "passages" and isinstance(old[name], list):
            yield from (AppendItem((*path, name), item) for item in value if item not in old[name])
        elif isinstance(value, list):
            if value != old[name]:
                yield Remove((*path, name))
                yield InsertKey(path, name, value)
        elif value != old[name] and not _is_todo(value):
            yield SetValue((*path, name), value)
    if "archive" in old and match_key(str(old.get("url"))) != match_key(str(new["url"])):
        yield Remove((*path, "archive"))


def _is_todo(value: object) -> bool:
    return isinstance(value, str) and is_placeholder(value)
