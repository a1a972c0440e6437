"""The one reader of records: a file with what it holds, the files of one run, and the pool of workers for many of them.

A command reads a file once and parses it once. What is worked out of it stays with its `SourceFile`, and `Records`
keeps the files for later steps, with nothing but their bytes and documents. It keeps 4 MiB of them (some 1,000 records,
which is more than one process reads alone), because a file with its document takes 12 times its length. When that room
is full, a file without a finding is not kept, and a file with one takes the place of the file that was not asked for
longest. A step that needs a file that is gone reads it once more.

Where there are many records, worker processes read them. A document never travels between processes, so the first
process reads a file once more if it has to show a place in it: for a finding across records, or for a fix in SARIF.
What it reads then is kept too, so there is one more reading at most while there is room.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ficli.environment import in_parallel
from ficli.errors import FicliError, why_failed
from ficli.incident.record import Record
from ficli.registry.layout import SUFFIX
from ficli.wording import harmless
from ficli.yaml.fast_path import REFUSED, Accepted, parse_fast

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.registry.scan import RecordFile
    from ficli.yaml.document import YamlDocument

LARGEST_RECORD = 1024 * 1024
"""Most bytes of a record; one byte more is read, so that a longer file is noticed."""

ROOM = 4 << 20
"""Bytes of the files that are kept at most."""

CHUNK = 250
"""Records in one task of a worker: with fewer, sending costs more than the better balance gains."""

WORTH_WORKERS = 500
"""Records that are worth starting worker processes."""

_NAME = re.compile(rb"^(id|status|slug): +([A-Za-z0-9-]+)[ \t]*\r?$", re.MULTILINE)

Place = TypeVar("Place")
Part = TypeVar("Part")
Taken = TypeVar("Taken")


def read_record(root: Path | str, path: str) -> bytes:
    """Read a record's file.

    Args:
        root: the registry's folder.
        path: the file, relative to it.

    Raises:
        FicliError: the file cannot be read.

    """
    try:
        handle = os.open(f"{root}/{path}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            size = min(os.fstat(handle).st_size, LARGEST_RECORD) + 1
            content = os.read(handle, size)
            while len(content) < size and (more := os.read(handle, size - len(content))):
                content += more
        finally:
            os.close(handle)
    except OSError as error:
        message = f"`{harmless(path)}` could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    return content


class Names(NamedTuple):
    """The identifiers of a record: its ID, its status and its slug, each empty if it is not known."""

    id: str
    status: str
    slug: str


class SourceFile:
    """A record's file. Its content is parsed when it is first needed, and only once.

    Args:
        root: the registry's folder.
        path: the file, relative to it.
        raw: its bytes, if they are known or replace those on disk.
        document: what `parse` makes of `raw`, if that is known.

    """

    def __init__(
        self, root: Path | str, path: str, raw: bytes | None = None, *, document: YamlDocument | None = None
    ) -> None:
        self.root = root
        self.path = path
        if raw is not None:
            self.raw = raw
        if document is not None:
            self.document = document

    @property
    def folder(self) -> str:
        """The top folder it is in."""
        return self.path.partition("/")[0]

    @property
    def stem(self) -> str:
        """The file name without `.yaml`."""
        return self.path.rpartition("/")[2].removesuffix(SUFFIX)

    @cached_property
    def raw(self) -> bytes:
        """The bytes; raises FicliError if they cannot be read."""
        return read_record(self.root, self.path)

    @cached_property
    def plain(self) -> Accepted:
        """The plain data by the fast path, or its refusal."""
        return parse_fast(self.raw, lambda: self.document)

    @cached_property
    def document(self) -> YamlDocument:
        """The exact document, with the place of every field."""
        from ficli.yaml.parse import parse  # slow to import, and seldom needed

        return parse(self.raw)

    @property
    def parsed(self) -> YamlDocument | None:
        """The exact document if anybody has needed it yet."""
        return self.__dict__.get("document")

    @property
    def slim(self) -> SourceFile:
        """The same file with nothing but its bytes and its document, to be kept."""
        return SourceFile(self.root, self.path, self.raw, document=self.parsed)

    @property
    def lines_only(self) -> YamlDocument:
        """A document with its text and lines only, which is cheap."""
        from ficli.yaml.parse import text_only

        return self.parsed or text_only(self.raw)

    @cached_property
    def data(self) -> dict[str, Any] | None:
        """The plain data of the record; None if the file is not a valid mapping."""
        if self.parsed is None and self.plain is not REFUSED:
            return self.plain
        document = self.document
        return document.data if document.usable and isinstance(document.data, dict) else None

    @cached_property
    def names(self) -> Names:
        """The identifiers, from the lines of the file if they are plain, else from its data."""
        facts = {key.decode(): value.decode() for key, value in _NAME.findall(self.raw)}
        if len(facts) < len(Names._fields):  # written in another way, a draft, or not a record
            return Names(*(self.record.text(field) for field in Names._fields))
        return Names(**facts)

    @cached_property
    def record(self) -> Record:
        """The record; without fields if the file does not hold one."""
        return Record(self.data)


def record_data(raw: bytes) -> dict[str, Any] | None:
    """Parse the plain data of a record; None if its file is not a valid mapping."""
    return SourceFile("", "", raw).data


class Records:
    """The record files of one run; the module describes which files are kept.

    Args:
        root: the registry's folder.
        held: files that replace those on disk, by path.
        below: asked for all others, and keeps them; None to read them from disk.

    """

    def __init__(self, root: Path, held: Mapping[str, SourceFile] | None = None, below: Records | None = None) -> None:
        self.root = root
        self._held = held or {}
        self._below = below
        self._kept: dict[str, SourceFile] = {}
        self._size = 0
        self._process = os.getpid()

    def __reduce__(self) -> tuple[type[Records], tuple[object, ...]]:
        """Pickle without the kept files, for a worker process."""
        return Records, (self.root, self._held, self._below)

    def over(self, held: Mapping[str, SourceFile]) -> Records:
        """Return these files with some of them replaced."""
        return Records(self.root, held, self)

    def look(self, path: str) -> SourceFile:
        """Return the kept file, or else one that is not read yet."""
        if path in self._held:
            return self._held[path]
        if self._below is not None:
            return self._below.look(path)
        return self._kept.get(path) or SourceFile(self.root, path)

    def get(self, path: str) -> SourceFile:
        """Return a file and keep it.

        Raises:
            FicliError: the file cannot be read.

        """
        source = self.look(path)
        self.keep(source)
        return source

    def keep(self, source: SourceFile, *, spare: bool = False) -> None:
        """Keep a file for later steps; a worker process keeps nothing.

        Args:
            source: the file, read.
            spare: whether it is kept only while there is room.

        Raises:
            FicliError: the file cannot be read.

        """
        size = len(source.raw)
        if self._below is not None:
            if source.path not in self._held:
                self._below.keep(source, spare=spare)
        elif self._process == os.getpid() and not (spare and self._size + size > ROOM):
            if self._kept.pop(source.path, None) is None:
                self._size += size
            self._kept[source.path] = source
            while self._size > ROOM and len(self._kept) > 1:
                self._size -= len(self._kept.pop(next(iter(self._kept))).raw)


def readable(
    root: Path | str,
    files: Iterable[RecordFile | SourceFile],
    *,
    broken: list[str],
    unread: list[str],
    records: Records | None = None,
) -> Iterator[SourceFile]:
    """Yield the files that hold a record, and note the others.

    Args:
        root: the registry's folder.
        files: the files.
        broken: gets the paths of files that cannot be read as records.
        unread: gets the reasons why files could not be read.
        records: keeps the files while there is room; None to keep none.

    """
    for file in files:
        source = file if isinstance(file, SourceFile) else SourceFile(root, file.path)
        try:
            data = source.data
        except FicliError as error:
            unread.append(error.message)
            continue
        if records is not None:
            records.keep(source.slim, spare=True)
        if data is None:
            broken.append(source.path)
        else:
            yield source


# --- many records ----------------------------------------------------------------------------------------------


class _Worker:
    """What a worker process does with the records that it is sent."""

    work: Callable[[Sequence[Any]], Any]


def _prepare(make: Callable[..., Callable[[Sequence[Any]], Any]], arguments: tuple[object, ...]) -> None:
    _Worker.work = make(*arguments)


def _work(files: Sequence[Any]) -> Any:  # noqa: ANN401 - whatever the caller's function makes
    return _Worker.work(files)


def in_chunks(
    files: Sequence[Place],
    make: Callable[..., Callable[[Sequence[Place]], Part]],
    *arguments: object,
    workers: int,
    advance: Callable[[int, int], None] | None = None,
) -> Iterator[Part]:
    """Hand record files to a function, and yield what it makes of each chunk, in the order of the files.

    Args:
        files: as `scan` finds them.
        make: a module-level function or class that makes the function; called once in each process.
        arguments: what `make` takes; it must be possible to send them to a worker process.
        workers: how many processes may work at the same time.
        advance: called, as the work goes on, with how many of how many records are done.

    Raises:
        FicliError: a worker process died.

    """
    if not files:
        return
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    parts: Iterator[Part]
    if workers > 1 and len(files) >= WORTH_WORKERS:
        count = min(workers, len(chunks))
        parts = in_parallel(_work, chunks, workers=count, prepare=_prepare, arguments=(make, arguments))
    else:
        parts = map(make(*arguments), chunks)
    for number, part in enumerate(parts, start=1):
        yield part
        if advance is not None:
            advance(min(number * CHUNK, len(files)), len(files))


class MappedRecords(NamedTuple, Generic[Taken]):
    """The results for many records.

    Attributes:
        taken: the result for each, in the order of the files.
        broken: the paths of files that cannot be read as records.
        unread: why files could not be read.

    """

    taken: list[Taken]
    broken: list[str]
    unread: list[str]


def map_records(
    root: Path | str,
    files: Sequence[RecordFile | SourceFile],
    take: Callable[..., Taken],
    *arguments: object,
    workers: int,
    advance: Callable[[int, int], None] | None = None,
    records: Records | None = None,
) -> MappedRecords[Taken]:
    """Read records and apply a function to each.

    Args:
        root: the registry's folder.
        files: the records.
        take: a module-level function of a path, a `Record` and `arguments`.
        arguments: the further arguments of `take`; they must be picklable.
        workers: how many processes may work at the same time.
        advance: called, as the work goes on, with how many of how many records are done.
        records: keeps the files while there is room, if no workers read them; None to keep none.

    Raises:
        FicliError: a worker process died.

    """
    found: MappedRecords[Taken] = MappedRecords([], [], [])
    for part in in_chunks(files, _taking, str(root), take, arguments, records, workers=workers, advance=advance):
        found.taken.extend(part.taken)
        found.broken.extend(part.broken)
        found.unread.extend(part.unread)
    return found


def _taking(
    root: str, take: Callable[..., Any], arguments: tuple[object, ...], records: Records | None
) -> Callable[[Sequence[RecordFile | SourceFile]], MappedRecords[Any]]:
    def work(files: Sequence[RecordFile | SourceFile]) -> MappedRecords[Any]:
        found: MappedRecords[Any] = MappedRecords([], [], [])
        for file in readable(root, files, broken=found.broken, unread=found.unread, records=records):
            found.taken.append(take(file.path, file.record, *arguments))
        return found

    return work
