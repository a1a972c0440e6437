"""Which sources of a record tell of the incident independently of each other, and why the others do not.

Two sources are independent when their registrable domains differ, their match keys differ, neither is an encyclopedia,
an aggregator or an incident database, and neither is a syndicated copy of the other. So a source is a pair of a domain
and a text, and sources that are independent of each other have no domain and no text in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ficli.incident.copies import same_texts, text_of
from ficli.incident.matching import largest_matching
from ficli.incident.quick_look import COMPILATION
from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.domains import registrable_domain
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.hosts import HostKind
from ficli.incident.urls.identity import match_key
from ficli.incident.urls.parse import parse_url
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ficli.incident.record import Record

_NEVER_INDEPENDENT = (HostKind.ENCYCLOPEDIA, HostKind.AGGREGATOR, HostKind.INCIDENT_DATABASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources, by their 0-based positions, and whether they are independent; `reason` says why, in words."""

    first: int
    second: int
    independent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What counts of a source when it is asked who speaks.

    Attributes:
        position: its 0-based position in the record.
        kind: its kind, or nothing.
        key: its match key.
        domain: the registrable domain of the page, also where the source is an archived copy of it.
        text: the number of its text; copies of one text have the same.
        title: its title, without the publisher's name.
        unfit: why it never counts as independent; empty where it may.

    """

    position: int
    kind: str
    key: str
    domain: str
    text: int
    title: str
    unfit: str

    def is_independent_of(self, other: Voice) -> bool:
        """Tell whether two sources are independent of each other."""
        return not (self.unfit or other.unfit or self.domain == other.domain or self.text == other.text)


@dataclass(frozen=True, slots=True)
class Independence:
    """Who speaks in a record.

    Attributes:
        voices: its sources, in order.
        independent: the positions of as many sources as can be that are all independent of each other.

    """

    voices: tuple[Voice, ...]
    independent: tuple[int, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair of sources, in their order."""
        return (_pair(one, other) for one, other in combinations(self.voices, 2))

    def dependent(self) -> dict[int, Pair]:
        """Pair each source that could count and does not with the first one that counts and that it depends on."""
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
    """Find which sources of a record are independent of each other."""
    sites = [(position, source, *_page(source)) for position, source in record.sources]
    texts = [text_of(source, domain, agency=HostKind.WIRE in host_kinds(key)) for _, source, key, domain in sites]
    voices = tuple(
        Voice(position, text.kind, key, domain, number, text.title, _unfit(position, source, key, domain))
        for (position, source, key, domain), text, number in zip(sites, texts, same_texts(texts), strict=True)
    )
    fit = [voice for voice in voices if not voice.unfit]
    chosen = largest_matching([(voice.domain, voice.text) for voice in fit])
    return Independence(voices, tuple(fit[number].position for number in chosen))


def _page(source: Mapping[str, Any]) -> tuple[str, str]:
    """Give the match key and the registrable domain of a source's page; empty where it has no address."""
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
