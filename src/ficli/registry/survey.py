"""Takes what a command wants out of many records, in several processes where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ficli.environment import in_parallel
from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.find import record_data
from ficli.registry.load import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ficli.registry.scan import RecordFile

Taken = TypeVar("Taken")
_CHUNK = 250
_WORTH_WORKERS = 1000


class Survey(NamedTuple, Generic[Taken]):
    """What records hold.

    Attributes:
        taken: what was taken out of each, in the order of the files.
        broken: the paths of files that cannot be read as records.
        unread: what kept files from being read.

    """

    taken: list[Taken]
    broken: list[str]
    unread: list[str]


def survey(
    root: Path,
    files: Sequence[RecordFile],
    take: Callable[..., Taken],
    *arguments: object,
    workers: int,
    advance: Callable[[int, int], None] | None = None,
) -> Survey[Taken]:
    """Read records and take something out of each.

    Args:
        root: the registry's folder.
        files: the records.
        take: a module-level function of a path, a `Record` and `arguments`.
        arguments: what `take` is given besides; it must be possible to send them to a worker process.
        workers: how many processes may work at the same time.
        advance: told, as the work goes on, how many of how many records are done.

    Raises:
        FicliError: a worker process died.

    """
    found: Survey[Taken] = Survey([], [], [])
    done = 0
    for part in _parts(root, files, (take, arguments), workers):
        found.taken.extend(part.taken)
        found.broken.extend(part.broken)
        found.unread.extend(part.unread)
        done = min(done + _CHUNK, len(files))
        if advance is not None:
            advance(done, len(files))
    return found


def _parts(root: Path, files: Sequence[RecordFile], wanted: tuple[Any, ...], workers: int) -> Iterator[Survey[Any]]:
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    arguments = (str(root), *wanted)
    if workers > 1 and len(files) >= _WORTH_WORKERS:
        workers = min(workers, len(chunks))
        return in_parallel(_read_chunk, chunks, workers=workers, prepare=_prepare, arguments=arguments)
    _prepare(*arguments)
    return map(_read_chunk, chunks)


class _Worker:
    """What a worker process keeps between chunks."""

    root: str
    take: tuple[Callable[..., Any], tuple[object, ...]]


def _prepare(root: str, take: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    _Worker.root = root
    _Worker.take = (take, arguments)


def _read_chunk(files: Sequence[RecordFile]) -> Survey[Any]:
    take, arguments = _Worker.take
    found: Survey[Any] = Survey([], [], [])
    for file in files:
        try:
            data = record_data(read_record(_Worker.root, file.path))
        except FicliError as error:
            found.unread.append(error.message)
            continue
        if data is None:
            found.broken.append(file.path)
        else:
            found.taken.append(take(file.path, Record(data), *arguments))
    return found
