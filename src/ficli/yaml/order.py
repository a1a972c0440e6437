"""The description of a layout: the order of the keys of each mapping of a file, and which of them hold prose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath

KeyPath = tuple[str, ...]
"""A field path without its list positions: every item of a list has the same order."""

_VERDICTS: Final = 4096


class Layout:
    """How one kind of file is laid out.

    Args:
        orders: the keys of each mapping that has an order, by its place.
        prose: the places of texts that are written in block style.
        folded: those of them that are folded even if they were written line by line; keys of the file itself.
        in_lists: the places of mappings that are items of a list.
        wide: keys of texts that stay on one line, of whatever width.
        texts: the places of texts that may be anything, also what looks like a number.
        forms: the places of texts that have a form, of which some look like a date or a truth value.

    """

    def __init__(  # noqa: PLR0913 - one argument for each kind of place
        self,
        orders: Mapping[KeyPath, Sequence[str]],
        *,
        prose: Iterable[KeyPath] = (),
        folded: Iterable[str] = (),
        in_lists: Collection[KeyPath] = (),
        wide: Iterable[str] = (),
        texts: Iterable[KeyPath] = (),
        forms: Iterable[KeyPath] = (),
    ) -> None:
        self._ranks: dict[KeyPath, dict[str, int]] = {
            place: {name: rank for rank, name in enumerate(keys)} for place, keys in orders.items()
        }
        self.prose = frozenset(prose)
        self.folded = frozenset(folded)
        self.prose_keys = frozenset(place[-1].encode() for place in self.prose)
        self.first_keys = frozenset(b"- " + place[-1].encode() + b":" for place in self.prose if place[:-1] in in_lists)
        self.texts = frozenset(texts)
        self.quoted = self.texts.union(forms)
        """The places of texts that are quoted where they could be taken for something else."""
        self.text_keys = frozenset(place[-1] for place in self.texts)
        self.quoted_keys = frozenset(place[-1] for place in self.quoted)
        self.any_width = (*(f"{key}:".encode() for key in wide), b"#")
        self.tree = {
            place: tuple((below[-1], below) for below in sorted(orders) if below and below[:-1] == place)
            for place in orders
        }
        """Which keys of an ordered mapping lead to which ordered mappings."""
        # Records have the same few sets of keys over and over.
        self.verdict = lru_cache(maxsize=_VERDICTS)(self.is_arranged)

    def __contains__(self, place: KeyPath) -> bool:
        return place in self._ranks

    def rank(self, place: KeyPath, key: str) -> int:
        """Return the place of a key among the known ones, from 0; an unknown key comes after all of them."""
        ranks = self._ranks.get(place, {})
        return ranks.get(key, len(ranks))

    def arranged(self, place: KeyPath, keys: Sequence[str]) -> list[int]:
        """Return the positions of keys in canonical order; unknown keys keep their order, behind the known ones."""
        return sorted(range(len(keys)), key=lambda position: self.rank(place, keys[position]))

    def is_arranged(self, place: KeyPath, keys: Sequence[str]) -> bool:
        """Return whether keys are in canonical order."""
        ranks = [self.rank(place, key) for key in keys]
        return all(one <= other for one, other in pairwise(ranks))


UNORDERED: Final = Layout({})
"""A layout for a file whose keys stay in the order in which they were written."""


def names(path: FieldPath) -> KeyPath:
    """Return the names in a field path."""
    return tuple(step for step in path if isinstance(step, str))
