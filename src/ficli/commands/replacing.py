"""The changes that put what is known of a page into a source that the record has already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.diagnostics import AppendItem, InsertKey, Remove, SetValue
from ficli.incident.shape import is_placeholder
from ficli.incident.urls.identity import match_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ficli.diagnostics import Edit


def replacing_edits(position: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    """Yield the changes to a source.

    What the page does not say keeps its old value. Passages are added to those that are there. The archived copy of
    another page goes, with its comments.

    Args:
        position: of the source, from 0.
        old: the source as it is.
        new: what is known now.

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
