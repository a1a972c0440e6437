"""What several rules about sources ask: whether they are all posts, and why no two of them are independent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.incident.independence import ENOUGH, Independence
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.hosts import HostKind
from ficli.rules.contract import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

_MOST_SHOWN = 6
_POST = "social"
_SENT_IN = "reader-submitted"


def rests_on_posts(record: RecordContext) -> bool:
    """Tell whether every source is a post."""
    sources = record.record.sources
    return bool(sources) and all(
        source.get("kind") == _POST
        or (
            source.get("kind") == _SENT_IN
            and isinstance(url := source.get("url"), str)
            and HostKind.SOCIAL in host_kinds(url)
        )
        for _, source in sources
    )


def count_dependent(known: Independence) -> str:
    """Say how many sources a record has of which no two are independent, and of two also why."""
    if len(known.voices) == ENOUGH:
        return f"two sources that are not independent: {next(known.pairs()).reason}"
    return f"{len(known.voices):,} sources of which no two are independent"


def why_dependent(known: Independence) -> Iterator[Label]:
    """Say of each source why it does not count beside the first that does."""
    voices = known.voices[: _MOST_SHOWN + 1]
    first = next((voice for voice in voices if not voice.unfit), None)
    reasons = {(pair.first, pair.second): pair.reason for pair in Independence(voices, ()).pairs()}
    for voice in voices:
        at = ("sources", voice.position, "url")
        if voice.unfit:
            yield Label(at, f"does not count: {voice.unfit}")
        elif first is not None and voice is not first:
            reason = reasons[first.position, voice.position]
            yield Label(at, f"not independent of source {first.position + 1}: {reason}")
