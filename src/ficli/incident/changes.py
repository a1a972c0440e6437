"""The changes between two versions of a record, field by field, and which of them change a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.incident.fields import is_fact
from ficli.urls.identity import match_key

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath


class FieldChange(NamedTuple):
    """A value that was added, changed or removed.

    Attributes:
        path: the field in the new version, or in the old one if it is gone.
        before: the old value; None if there was none.
        after: the new value; None if there is none.
        gone: whether `path` is one of the old version.

    """

    path: FieldPath
    before: Any
    after: Any
    gone: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether a stated fact is not stated any more; an addition does not count."""
        return self.before is not None and is_fact(self.path)


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """Compare two versions of a record, in the order of the old fields and then of the new ones.

    Items of a list are compared with those that mean the same thing, at any position: a source with that of the
    same page, an organization with that of the same name.
    """
    return list(_mappings((), before, after))


def _values(path: FieldPath, before: object, after: object) -> Iterator[FieldChange]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _mappings(path, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(path, before, after)
    else:
        yield FieldChange(path, before, after, gone=after is None)


def _mappings(path: FieldPath, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*before, *after)):
        yield from _values((*path, key), before.get(key), after.get(key))


def _lists(path: FieldPath, before: list[Any], after: list[Any]) -> Iterator[FieldChange]:
    known = _NAMES.get(str(path[-1]), _itself)
    places: dict[str, list[int]] = {}
    for number, item in enumerate(after):
        places.setdefault(known(item), []).append(number)
    met: set[int] = set()
    for number, item in enumerate(before):
        mates = places.get(known(item))
        if mates:
            met.add(mates[0])
            yield from _values((*path, mates[0]), item, after[mates.pop(0)])
        else:
            yield FieldChange((*path, number), item, None, gone=True)
    for number, item in enumerate(after):
        if number not in met:
            yield FieldChange((*path, number), None, item)


def _itself(item: object) -> str:
    return repr(item)


def _by_name(item: object) -> str:
    return repr(item.get("name")) if isinstance(item, dict) else repr(item)


def _by_page(item: object) -> str:
    url = item.get("url") if isinstance(item, dict) else None
    return match_key(url) if isinstance(url, str) else repr(item)


def _by_sum(item: object) -> str:
    return repr((item.get("value"), item.get("currency"))) if isinstance(item, dict) else repr(item)


_NAMES: Mapping[str, Callable[[object], str]] = {
    "organizations": _by_name,
    "systems": _by_name,
    "sources": _by_page,
    "amounts": _by_sum,
}
"""The field that identifies an item of a list, by the list's name."""
