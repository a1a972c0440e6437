"""Remembers which records were found clean, so that a second run reads only what has changed.

The memory is a JSON file in `.ficli/` beside the records, ignored by git. It holds nothing but stamps of files
(times, size, inode) and the facts that the index needs, so that nothing in it can be run or printed; a stamp
cannot be forged by a commit, because a checkout sets inode and change time anew. Losing the file costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ficli.environment import write_file
from ficli.errors import FicliError
from ficli.registry.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ficli.registry.scan import RecordFile

FOLDER = ".ficli"
_FILE = "clean-records.json"
IGNORE = b"# ficli can make all of this again.\n*\n"
_FORMAT = 4
COARSEST_CLOCK = 2_000_000_000
"""Nanoseconds. A file this young may change again and keep its time (FAT counts in twos), so it is not remembered."""

Stamp: TypeAlias = tuple[int, int, int, int]
"""Modification and change time in nanoseconds, size in bytes, inode."""


class _Remembered(NamedTuple):
    stamp: Stamp
    infos: int
    entry: Entry


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


class CleanRecords:
    """The records of one registry that were found clean.

    Args:
        root: the registry's folder.
        key: from `cache_key`; a memory with another key is forgotten.

    """

    def __init__(self, root: Path, key: str) -> None:
        self._root = root
        self._key = key
        self._started = time.time_ns()
        self._stamps: dict[str, Stamp] = {}
        self._known = self._load()

    def known(self, files: Iterable[RecordFile]) -> dict[str, tuple[Entry, int]]:
        """Give, by path, what the index knows of each file that is as it was when it was clean, and its infos."""
        found = {}
        for file in files:
            stamp = stamp_of(self._root, file.path)
            if stamp is None:
                continue
            self._stamps[file.path] = stamp
            remembered = self._known.get(file.path)
            if remembered is not None and remembered.stamp == stamp:
                found[file.path] = (remembered.entry, remembered.infos)
        return found

    def remember(self, clean: Iterable[tuple[Entry, int]]) -> None:
        """Keep the entries and infos of all records that are clean now; where nothing is new, nothing is written."""
        youngest = self._started - COARSEST_CLOCK
        fresh = {
            entry.path: _Remembered(stamp, infos, entry)
            for entry, infos in clean
            if (stamp := self._stamps.get(entry.path)) is not None and max(stamp[:2]) < youngest
        }
        if fresh == self._known:
            return
        records = [(*item.stamp, item.infos, *item.entry) for item in fresh.values()]
        content = {"format": _FORMAT, "key": self._key, "records": records}
        with contextlib.suppress(FicliError):  # a registry that cannot be written to is only slower
            folder = self._root / FOLDER
            if not (folder / ".gitignore").exists():
                write_file(folder / ".gitignore", IGNORE)
            write_file(folder / _FILE, json.dumps(content, separators=(",", ":")).encode())

    def _load(self) -> Mapping[str, _Remembered]:
        try:
            content = json.loads((self._root / FOLDER / _FILE).read_bytes())
            if content["format"] != _FORMAT or content["key"] != self._key:
                return {}
            return {
                path: _Remembered((mtime, ctime, size, inode), infos, Entry(path, *map(_fact, facts)))
                for mtime, ctime, size, inode, infos, path, *facts in content["records"]
            }
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}


def _fact(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Give a fact of an entry as it was before it was JSON: a list was a tuple."""
    return tuple(map(_fact, value)) if isinstance(value, list) else value
