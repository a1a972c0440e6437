"""The state of every number of a registry: the present records, and what git has of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.ids import id_number
from ficli.incident.record import Record
from ficli.registry.given_numbers import numbers_in
from ficli.registry.layout import INCIDENTS
from ficli.registry.records import SourceFile, record_data
from ficli.registry.scan import scan

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.registry.git_history import FileChange, History

_STEP = 1000


class Present(NamedTuple):
    """A present record: its file, its ID, status and slug, each empty if it is not known."""

    path: str
    id: str
    status: str
    slug: str


class FormerName(NamedTuple):
    """A former meaning of an ID: a slug and a title, in which commit, and that commit's time in seconds since 1970."""

    slug: str
    title: str
    commit: str
    time: int


def present_records(config: Config, advance: Callable[[int, int], None] | None = None) -> list[Present]:
    """Read the identifiers of every record under `incidents/`.

    Args:
        config: the registry's settings.
        advance: called, as the work goes on, with how many of how many records are done.

    Raises:
        FicliError: a record cannot be read.

    """
    files = [file.path for file in scan(config.root).files if file.folder == INCIDENTS]
    found = []
    for done, path in enumerate(files):
        if advance is not None and not done % _STEP:
            advance(done, len(files))
        found.append(Present(path, *SourceFile(config.root, path).names))
    return found


def by_number(records: Iterable[Present], config: Config) -> dict[int, list[Present]]:
    """Group records by their number: that of the ID in the file, and that of its name if the two differ."""
    found: dict[int, list[Present]] = defaultdict(list)
    for item in records:
        numbers = {number for number in (id_number(item.id, config), *numbers_in([item.path], config)) if number}
        for number in numbers:
            found[number].append(item)
    return found


def changes_by_number(history: History, config: Config) -> dict[int, list[FileChange]]:
    """Group all that commits did to the files of each number, the newest first.

    Raises:
        GitError: git failed.

    """
    found: dict[int, list[FileChange]] = defaultdict(list)
    for change in history.changes(INCIDENTS, kinds="AMDT"):
        for number in numbers_in([change.path], config):
            found[number].append(change)
    return found


def names_by_number(history: History, changes: Mapping[int, Sequence[FileChange]]) -> dict[int, list[FormerName]]:
    """Read what each number stood for, the oldest first, if its file ever held more than one thing.

    Raises:
        GitError: git failed.

    """
    versions = {
        number: {change.blob: change for change in items if change.kind != "D"} for number, items in changes.items()
    }  # the oldest of each blob comes last, and stays
    several = {number: blobs for number, blobs in versions.items() if len(blobs) > 1}
    facts = {}
    for blob, raw in history.contents(blob for blobs in several.values() for blob in blobs):
        record = Record(record_data(raw))
        facts[blob] = (record.slug, record.title)
    return {
        number: [
            FormerName(*facts[blob], change.commit, change.time)
            for blob, change in reversed(blobs.items())
            if blob in facts
        ]
        for number, blobs in several.items()
    }


def different_records(names: Sequence[FormerName]) -> list[list[FormerName]]:
    """Group the names of an ID into records: a name belongs to one that it shares a slug or a title with."""
    records: list[list[FormerName]] = []
    for name in names:
        if not (name.slug or name.title):
            continue  # a file that could not be read
        same = [known for known in records if any(_is_same(name, other) for other in known)]
        records = [known for known in records if known not in same]
        records.append([*(other for known in same for other in known), name])
    return records


def _is_same(one: FormerName, other: FormerName) -> bool:
    return bool(
        (one.slug and one.slug.casefold() == other.slug.casefold())
        or (one.title and one.title.casefold() == other.title.casefold())
    )


def merge_neighbours(numbers: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Join neighbouring numbers with the same text: first, last, and the text."""
    found: list[tuple[int, int, str]] = []
    for number, text in numbers:
        if found and found[-1][1] == number - 1 and found[-1][2] == text:
            found[-1] = (found[-1][0], number, text)
        else:
            found.append((number, number, text))
    return found
