"""Which sources of a record report the incident independently of each other, and why the others do not.

Two sources are independent if their registrable domains differ, their match keys differ, neither is an encyclopedia,
an aggregator or an incident database, and neither is a syndicated copy of the other. So a source is an edge between a
domain and a text, and the most sources that are independent of each other are a maximum bipartite matching.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ficli.urls.archives import unwrap_archive
from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import parse_url
from ficli.urls.sites import plain_host
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

COMPILATION = "reference"
"""The kind of a source that compiles others, on any site."""

ENOUGH = 2
"""How many independent sources are enough for a record."""

_VIEWERS = frozenset({"ampproject.org", "bing.com", "bing-amp.com", "google.com"})
"""Sites that show pages of others."""

_NEVER_INDEPENDENT = (HostKind.ENCYCLOPEDIA, HostKind.AGGREGATOR, HostKind.INCIDENT_DATABASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources, by their 0-based positions, and whether they are independent; `reason` explains it in words."""

    first: int
    second: int
    independent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """The properties of a source that identify who speaks.

    Attributes:
        position: its 0-based position in the record.
        kind: its kind, or empty.
        key: its match key.
        domain: the registrable domain of the page, also if the source is an archived copy of it.
        text: the number of its text; copies of one text have the same.
        title: its title, without the publisher's name.
        unfit: why it never counts as independent; empty if it may.

    """

    position: int
    kind: str
    key: str
    domain: str
    text: int
    title: str
    unfit: str

    def is_independent_of(self, other: Voice) -> bool:
        """Return whether two sources are independent of each other."""
        return not (self.unfit or other.unfit or self.domain == other.domain or self.text == other.text)


@dataclass(frozen=True, slots=True)
class Independence:
    """The independent sources of a record.

    Attributes:
        voices: its sources, in order.
        independent: the positions of a largest set of sources that are all independent of each other.

    """

    voices: tuple[Voice, ...]
    independent: tuple[int, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the record has as many independent sources as support it."""
        return len(self.independent) >= ENOUGH

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair of sources, in their order."""
        return (_pair(one, other) for one, other in combinations(self.voices, 2))

    def dependent(self) -> dict[int, Pair]:
        """Return, for each fit source that is not counted, its pair with the first counted source it depends on."""
        chosen = set(self.independent)
        counted = [voice for voice in self.voices if voice.position in chosen]
        # No two that count have a domain or a text in common.
        by_domain = {voice.domain: voice for voice in counted}
        by_text = {voice.text: voice for voice in counted}
        found = {}
        for voice in self.voices:
            if voice.position in chosen or voice.unfit:
                continue
            others = filter(None, (by_domain.get(voice.domain), by_text.get(voice.text)))
            if other := min(others, key=lambda voice: voice.position, default=None):
                ends = (other, voice) if other.position < voice.position else (voice, other)
                found[voice.position] = _pair(*ends)
        return found


def independence(record: Record) -> Independence:
    """Compute which sources of a record are independent of each other (maximum bipartite matching)."""
    from ficli.incident.syndication import same_texts, title_text  # most records need no look at their texts

    sites = [(position, source, *_page(source)) for position, source in record.sources]
    texts = [title_text(source, domain, agency=HostKind.WIRE in host_kinds(key)) for _, source, key, domain in sites]
    voices = tuple(
        Voice(position, text.kind, key, domain, number, text.title, _unfit(position, source, key, domain))
        for (position, source, key, domain), text, number in zip(sites, texts, same_texts(texts), strict=True)
    )
    fit = [voice for voice in voices if not voice.unfit]
    chosen = maximum_matching([(voice.domain, voice.text) for voice in fit])
    return Independence(voices, tuple(fit[number].position for number in chosen))


def maximum_matching(edges: Sequence[tuple[Hashable, Hashable]]) -> list[int]:
    """Choose as many edges as can be, so that no two have the same left or the same right end.

    It is a maximum bipartite matching by augmenting paths: first each edge whose ends are free, then for each left that
    has none a breadth-first search for a free right, along which the others move. An end that a search reached in vain
    leads nowhere later either, so the work is bounded by the number of edges times that of the matched ones.

    Args:
        edges: the two sides are apart: a left that equals a right is another thing.

    Returns:
        The positions of the chosen edges, in order. The same edges always give the same choice.

    """
    by_left: dict[Hashable, list[int]] = {}
    chosen: dict[Hashable, int] = {}  # the edge of each right
    matched: set[Hashable] = set()
    for number, (left, right) in enumerate(edges):
        by_left.setdefault(left, []).append(number)
        if left not in matched and right not in chosen:
            matched.add(left)
            chosen[right] = number
    in_vain: set[Hashable] = set()
    nobody = object()
    for start in (left for left in by_left if left not in matched):
        path: dict[Hashable, tuple[int, Hashable]] = {}  # the edge to each right, and the right that its left held
        waiting: list[tuple[Hashable, Hashable]] = [(start, nobody)]
        for left, held in waiting:  # grows meanwhile
            if left is nobody:  # `held` is a free right: everybody on the way to it moves on by one
                while held in path:
                    chosen[held], held = path[held]  # noqa: PLW2901 - walks back to the start
                break
            for number in by_left[left]:
                if (right := edges[number][1]) not in path and right not in in_vain:
                    path[right] = number, held
                    waiting.append((edges[chosen[right]][0] if right in chosen else nobody, right))
        else:
            in_vain.update(path)
    return sorted(chosen.values())


def are_surely_independent(sources: Sequence[tuple[int, Mapping[str, Any]]]) -> bool:
    """Return whether the first two sources are certainly independent; cheap, without the public suffix list.

    In most records they are: they are at two sites of no known kind, and most words of their titles
    differ. If the result is False, `independence` decides.
    """
    if len(sources) < ENOUGH:
        return False
    hosts, titles = [], []
    for _, source in sources[:ENOUGH]:
        url, title = source.get("url"), source.get("title")
        if not isinstance(url, str) or not isinstance(title, str) or source.get("kind") == COMPILATION:
            return False
        page = parse_url(url)
        if page is None or host_kinds(url):
            return False
        hosts.append(plain_host(page.host))
        titles.append(set(title.lower().split()))
    one, other = titles
    return 2 * len(one & other) < min(len(one), len(other)) and _are_of_two_sites(*hosts)


def _are_of_two_sites(one: str, other: str) -> bool:
    """Return whether the domains differ; if their last two parts do, no look-up is needed."""
    ours, theirs = one.split(".")[-2:], other.split(".")[-2:]
    if ".".join(ours) in _VIEWERS or ".".join(theirs) in _VIEWERS:
        return False
    return ours != theirs or registrable_domain(one) != registrable_domain(other)


def _page(source: Mapping[str, Any]) -> tuple[str, str]:
    """Return the match key and the registrable domain of a source's page; empty if it has no address."""
    url = source.get("url")
    if not isinstance(url, str):
        return "", ""
    key = match_key(url)
    page = parse_url(key)
    return (key, registrable_domain(page.host)) if page is not None else ("", "")


def _unfit(position: int, source: Mapping[str, Any], key: str, domain: str) -> str:
    if not domain:
        return f"source {position + 1} has no valid address"
    kinds = host_kinds(key)
    site = parse_url(key)
    host = quoted(site.host if site else domain)
    for kind in _NEVER_INDEPENDENT:
        if kind in kinds:
            return f"{host} is {kind.value}"
    if source.get("kind") == COMPILATION:
        return f"source {position + 1} is a `{COMPILATION}`, which compiles others"
    if HostKind.SHORTENER in kinds or (HostKind.ARCHIVE in kinds and unwrap_archive(key) is not None):
        return f"the address at {host} does not tell of which page it is"
    return ""


def _pair(one: Voice, other: Voice) -> Pair:
    return Pair(one.position, other.position, one.is_independent_of(other), _reason(one, other))


def _reason(one: Voice, other: Voice) -> str:
    if one.key == other.key and one.key:
        return "both are the same page"
    if one.unfit or other.unfit:
        return one.unfit or other.unfit
    if one.domain == other.domain:
        return f"both are at {quoted(one.domain)}"
    if one.text == other.text:
        same = one.title.casefold() == other.title.casefold()
        return f"both are one text: {'the titles are the same' if same else 'the titles are all but the same'}"
    return f"one is at {quoted(one.domain)}, the other at {quoted(other.domain)}"
