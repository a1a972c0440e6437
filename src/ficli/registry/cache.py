"""Remembers facts of records, so that a second run reads only the files that have changed.

A memory is a JSON file in `.ficli/` beside the records, ignored by git. It holds nothing but stamps of files (times,
size, inode) and facts, so that nothing in it can be run; a stamp cannot be forged by a commit, because a checkout sets
inode and change time anew. Losing the file costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from ficli.environment import write_file
from ficli.errors import FicliError
from ficli.registry.entry import Entry
from ficli.registry.layout import PRIVATE_FOLDER
from ficli.registry.private import private_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ficli.registry.scan import RecordFile

_FORMAT = 5
COARSEST_CLOCK = 2_000_000_000
"""Nanoseconds. A file this young may change again and keep its time (FAT counts in twos), so it is not remembered."""

Stamp: TypeAlias = tuple[int, int, int, int]
"""Modification and change time in nanoseconds, size in bytes, inode."""

Facts = TypeVar("Facts")


def cache_key(*parts: str) -> str:
    """Make a key of everything that a verdict depends on beside the record itself."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def code_stamp() -> str:
    """Sum up the times of ficli's own files, so that a changed rule is run again where ficli is being worked on."""
    package = os.path.dirname(os.path.dirname(__file__))
    times: list[int] = []
    for folder, _, names in os.walk(package):
        times.extend(os.stat(f"{folder}/{name}").st_mtime_ns for name in names if name.endswith((".py", ".json")))
    return f"{len(times)}:{sum(times)}"


def stamp_of(root: Path, path: str) -> Stamp | None:
    """Take a file's stamp, before it is read, so that a change during the reading shows; None where it is gone."""
    try:
        found = os.stat(f"{root}/{path}")
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


class FileMemory(Generic[Facts]):
    """What was found in each file of one registry.

    Args:
        root: the registry's folder.
        name: of the file in `.ficli/`.
        key: from `cache_key`; a memory with another key is forgotten.
        make: makes the facts of a file of the values that were kept; lists have become tuples.
        values: gives the values to keep, such as JSON can hold.

    Attributes:
        note: a text that was kept beside the facts, or nothing.

    """

    def __init__(
        self, root: Path, name: str, key: str, make: Callable[..., Facts], values: Callable[[Facts], Sequence[object]]
    ) -> None:
        self._root = root
        self._name = name
        self._key = key
        self._make = make
        self._values = values
        self._started = time.time_ns()
        self._stamps: dict[str, Stamp] = {}
        self.note = ""
        self._known = self._load()

    def known(self, files: Iterable[RecordFile]) -> dict[str, Facts]:
        """Give, by path, the facts of each file that is as it was."""
        found = {}
        for file in files:
            stamp = stamp_of(self._root, file.path)
            if stamp is None:
                continue
            self._stamps[file.path] = stamp
            remembered = self._known.get(file.path)
            if remembered is not None and remembered[0] == stamp:
                found[file.path] = remembered[1]
        return found

    def remember(self, facts: Iterable[tuple[str, Facts]], note: str = "") -> None:
        """Keep the facts of these files, and of no others; where nothing is new, nothing is written."""
        youngest = self._started - COARSEST_CLOCK
        fresh = {
            path: (stamp, found)
            for path, found in facts
            if (stamp := self._stamps.get(path)) is not None and max(stamp[:2]) < youngest
        }
        if fresh == self._known and note == self.note:
            return
        records = [(path, *stamp, *self._values(found)) for path, (stamp, found) in fresh.items()]
        content = {"format": _FORMAT, "key": self._key, "note": note, "records": records}
        with contextlib.suppress(FicliError):  # a registry that cannot be written to is only slower
            write_file(private_file(self._root, self._name), json.dumps(content, separators=(",", ":")).encode())

    def _load(self) -> Mapping[str, tuple[Stamp, Facts]]:
        try:
            content = json.loads((self._root / PRIVATE_FOLDER / self._name).read_bytes())
            if content["format"] != _FORMAT or content["key"] != self._key:
                return {}
            known = {
                path: (
                    (mtime, ctime, size, inode),
                    self._make(*[tuple(value) if type(value) is list else value for value in values]),
                )
                for path, mtime, ctime, size, inode, *values in content["records"]
            }
            self.note = str(content["note"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}
        return known


def clean_records(root: Path, key: str) -> FileMemory[tuple[Entry, int]]:
    """Open the memory of the records that were found clean: what the index knows of each, and its infos.

    Its note stands for all entries where the rules across records found nothing.
    """
    return FileMemory(root, "clean-records.json", key, _clean, lambda clean: (clean[1], *clean[0]))


def _clean(infos: int, *entry: Any) -> tuple[Entry, int]:  # noqa: ANN401 - any value of JSON
    return Entry(*entry), infos


def entries_mark(entries: Sequence[Entry]) -> str:
    """Sum up what the index knows of all records, so that it shows whether any of it has changed."""
    return f"{len(entries)}:{cache_key(*map(repr, entries))}"


def covers(mark: str, count: int) -> bool:
    """Tell whether a mark that was kept beside facts sums up these and no others, of which there are `count`."""
    return mark.startswith(f"{count}:")
