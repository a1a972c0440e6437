"""Reading every record of a registry, a few hundred at a time, in worker processes where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ficli.environment import in_parallel
from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.find import record_data
from ficli.registry.load import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ficli.registry.scan import RecordFile

Part = TypeVar("Part")
_CHUNK = 250
_WORTH_WORKERS = 1000


def read_in_chunks(
    files: Sequence[RecordFile],
    function: Callable[[Sequence[RecordFile]], Part],
    *,
    workers: int,
    prepare: Callable[..., object],
    arguments: tuple[object, ...],
    advance: Callable[[int, int], None] | None = None,
) -> Iterator[Part]:
    """Give record files to a function, and yield what it makes of each chunk, in the order of the files.

    Args:
        files: as `scan` finds them.
        function: a module-level function, so that it can be sent to a worker process.
        workers: how many processes may work at the same time.
        prepare: called with `arguments` wherever the function is to run, before it runs there.
        arguments: what `prepare` takes.
        advance: told, as the work goes on, how many of how many records are done.

    Raises:
        FicliError: a worker process died.

    """
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    parts: Iterator[Part]
    if workers > 1 and len(files) >= _WORTH_WORKERS:
        parts = in_parallel(function, chunks, workers=min(workers, len(chunks)), prepare=prepare, arguments=arguments)
    else:
        prepare(*arguments)
        parts = map(function, chunks)
    for number, part in enumerate(parts, start=1):
        yield part
        if advance is not None:
            advance(min(number * _CHUNK, len(files)), len(files))


class ReadFile(NamedTuple):
    """A file and its record; None where it holds none that can be believed, and why where it could not be read."""

    path: str
    record: Record | None
    unread: str


def read_files(root: Path | str, files: Sequence[RecordFile]) -> Iterator[ReadFile]:
    """Read the records of some files."""
    for file in files:
        try:
            data = record_data(read_record(root, file.path))
        except FicliError as error:
            yield ReadFile(file.path, None, error.message)
        else:
            yield ReadFile(file.path, None if data is None else Record(data), "")
