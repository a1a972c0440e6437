"""Takes what a command wants out of many records, in several processes where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ficli.registry.reading import read_files, read_in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ficli.registry.scan import RecordFile

Taken = TypeVar("Taken")


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
    wanted = (str(root), take, arguments)
    for part in read_in_chunks(
        files, _read_chunk, workers=workers, prepare=_prepare, arguments=wanted, advance=advance
    ):
        found.taken.extend(part.taken)
        found.broken.extend(part.broken)
        found.unread.extend(part.unread)
    return found


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
    for file in read_files(_Worker.root, files):
        if file.record is not None:
            found.taken.append(take(file.path, file.record, *arguments))
        elif file.unread:
            found.unread.append(file.unread)
        else:
            found.broken.append(file.path)
    return found
