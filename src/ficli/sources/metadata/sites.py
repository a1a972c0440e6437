"""Tells whether a part of a title is the name of the site: as metadata has it, or as the host has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ficli.incident.text.names import fold
from ficli.incident.urls.domains import registrable_domain

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = re.compile(r"[^\W_]+")
MOST_WORDS = 6
"""In the name of a site, and of a section of it."""

_FEW = 4
"""Letters: a shorter name is found only whole, as `sky` and `rt` stand in too many words."""


def squeezed(text: str) -> str:
    """Give what two spellings of a text have in common: letters and digits."""
    return "".join(WORDS.findall(fold(text)))


@dataclass(frozen=True)
class Site:
    """A site as its pages name it.

    Attributes:
        names: what metadata calls it.
        url: the address of one of its pages; empty where it is not known.

    """

    names: Sequence[str]
    url: str

    @cached_property
    def known(self) -> Sequence[str]:
        """Its names, without what two spellings of them differ in."""
        return [bare for name in self.names if (bare := squeezed(name))]

    @cached_property
    def label(self) -> str:
        """The part of the host that its owner chose: `example` of `news.example.org`."""
        return squeezed(registrable_domain(self.url).partition(".")[0])

    def is_called(self, text: str) -> bool:
        """Tell whether a text is exactly a name of the site, or its domain."""
        bare = squeezed(text)
        return bare in self.known or bare in (squeezed(registrable_domain(self.url)), self.label)

    def is_named(self, text: str) -> bool:
        """Tell whether a text is the name of the site, in full or in part, or made of the words of its host."""
        bare, words = squeezed(text), WORDS.findall(fold(text))
        if not bare or self.is_called(text):
            return True
        if len(words) > MOST_WORDS:
            return False
        names = [*self.known, self.label] if self.label else self.known
        if any(_with_article(bare) == _with_article(name) for name in names):
            return True
        if len(bare) >= _FEW and any(name.startswith(bare) or bare.startswith(name) for name in self.known):
            return True
        return self._is_of_host(bare, words)

    def _is_of_host(self, bare: str, words: Sequence[str]) -> bool:
        label = self.label
        if len(label) >= _FEW and label in bare:
            return True
        if len(words) == 1 or not label:
            return False
        host = squeezed(self.url.partition("://")[2].partition("/")[0])
        initials = "".join(word[0] for word in words)
        return all(word in host for word in words) or _with_article(label) == _with_article(initials)


def _with_article(bare: str) -> str:
    return bare if bare.startswith("the") else f"the{bare}"
