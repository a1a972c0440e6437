"""Write the whole index in one of the formats of `ficli.export`: to files, or as one stream."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from ficli import export
from ficli.commands.export.dataset import LeftOut, read_dataset
from ficli.dates import PartialDate
from ficli.environment import Environment, write_together
from ficli.errors import UsageError
from ficli.export import FORMATS
from ficli.export.dataset import Dataset, ExportSelection
from ficli.export.redirects import SERVERS
from ficli.incident.counts import STATUSES
from ficli.open_registry import open_registry
from ficli.registry.layout import owned_among
from ficli.wording import harmless, listed, nearest, quoted

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be exported, and where to.

    Attributes:
        format: one of `FORMATS`.
        output: a file or a folder; None for one stream.
        selection: the part of the index.
        server: for `redirects`, one of `ficli.export.redirects.SERVERS`; empty otherwise.
        rows_per_part: the most records in one file; 0 for a single file.

    """

    format: str
    output: str = ""
    selection: ExportSelection = field(default_factory=ExportSelection)
    server: str = ""
    rows_per_part: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether the export is several files."""
        return bool(self.rows_per_part) or not FORMATS[self.format].file


class Export:
    """An index that has been read and can be written.

    Attributes:
        dataset: the index.
        left_out: what is not in it.

    """

    def __init__(
        self,
        request: ExportRequest,
        root: Path,
        dataset: Dataset,
        left_out: LeftOut,
        *,
        target: Path,
        stale: frozenset[Path],
    ) -> None:
        self.dataset = dataset
        self.left_out = left_out
        self._request = request
        self._root = root
        self._target = target
        self._stale = stale

    def paths(self) -> list[Path]:
        """Return the paths of the files that would be written.

        Raises:
            UsageError: one is the registry's own, as a link in the folder may have it.

        """
        paths = {self._path(name): name for name, _ in self._files()}
        if (path := owned_among(self._root, paths)) is not None:
            _refuse_place(f"{self._request.output.rstrip('/')}/{paths[path]}")
        return list(paths)

    def write(self) -> list[Path]:
        """Write the files, all of them or none, and return their paths.

        The parts of an earlier export in the same folder are deleted, since they would be read as parts of this one.

        Raises:
            UsageError: one is the registry's own, as a link in the folder may have it.
            FicliError: the folder cannot be written, or the disk is full.

        """
        self.paths()
        written: list[Path] = []
        with write_together() as begin:
            for name, fill in self._files():
                pending = begin(self._path(name))
                fill(pending)
                written.append(pending.path)
        for path in self._stale - set(written):
            with suppress(FileNotFoundError):
                path.unlink()
        return written

    def text(self) -> Iterator[str]:
        """Yield a text format as one stream; of several tables the first."""
        return export.text(self.dataset, self._request.format, self._request.server)

    def content(self) -> Iterator[bytes]:
        """Yield a format of one file as one stream of bytes.

        Raises:
            FicliError: there is no room for a temporary file.

        """
        with tempfile.TemporaryDirectory(prefix="ficli-") as folder:
            path = Path(folder, "export")
            ((_, fill),) = self._files()
            with write_together() as begin:
                fill(begin(path))
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    yield piece

    def _files(self) -> Iterable[tuple[str, Callable[..., None]]]:
        request = self._request
        return export.files(self.dataset, request.format, server=request.server, rows_per_part=request.rows_per_part)

    def _path(self, name: str) -> Path:
        return self._target / name if self._request.is_folder else self._target


@contextmanager
def open_export(
    environment: Environment,
    registry: Path | None,
    request: ExportRequest,
    advance: Callable[[int, int], None] | None = None,
) -> Iterator[Export]:
    """Read a registry for an export; the export can be written until the context ends.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default the working folder.
        request: what is to be exported; see `check`.
        advance: called, as the work goes on, with how many of how many records are read.

    Raises:
        UsageError: no registry, or the request is not valid.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed, or there is no room for temporary files.

    """
    check(request)
    opened = open_registry(environment, registry)
    target = _target(request, environment.cwd)
    stale: frozenset[Path] = frozenset()
    if request.output and owned_among(opened.root, [target]):
        _refuse_place(request.output)
    if request.rows_per_part:
        from ficli.export.parts import stale_parts

        stale = frozenset(target / name for name in stale_parts(target))
    fields = request.selection.fields or FORMATS[request.format].needs
    selection = replace(request.selection, only=_statuses(request), fields=fields)
    with read_dataset(environment, opened, selection, advance) as (dataset, left_out):
        yield Export(request, opened.root, dataset, left_out, target=target, stale=stale)


def check(request: ExportRequest) -> None:
    """Check that a request is valid.

    Raises:
        UsageError: there is no such format, server, status, field or day, or the options contradict each other.

    """
    _require("there is no format", request.format, FORMATS)
    form, selection = FORMATS[request.format], request.selection
    for status in selection.only:
        _require("`--only`: there is no", status, STATUSES)
    _statuses(request)
    narrowed = replace(selection, with_steward_notes=False) != ExportSelection()
    _refuse("--only` or `--since", request.format, given=narrowed, fits=bool(form.statuses))
    if selection.since and not ((day := PartialDate.parse(selection.since)) and day.has_day):
        message = f"`--since`: {quoted(selection.since)} is no day"
        raise UsageError(message, hint="write `YYYY-MM-DD`")
    if request.server:
        _require("`--server`: there is no", request.server, SERVERS)
    _refuse("--server", request.format, given=bool(request.server), fits=request.format == "redirects")
    if request.format == "redirects" and not request.server:
        message = "the format `redirects` is written for one web server"
        raise UsageError(message, hint=f"`--server` names it: {listed(SERVERS, last='or')}")
    _refuse("--fields", request.format, given=bool(selection.fields), fits=form.fields)
    _refuse("--rows-per-part", request.format, given=bool(request.rows_per_part), fits=form.parts)
    if request.rows_per_part and not request.output:
        message = "`--rows-per-part` writes several files, so a folder is needed"
        raise UsageError(message, hint="name it: `--output data`")
    if request.format == "parquet":
        from ficli.export.parquet import require

        require()


def _require(saying: str, value: str, known: Iterable[str]) -> None:
    names = list(known)
    if value not in names:
        near = nearest(value, names, most=3)
        message = f"{saying} {quoted(value)}"
        raise UsageError(message, hint=f"did you mean {listed(near, last='or')}?" if near else _one_of(names))


def _one_of(names: Iterable[str]) -> str:
    return f"it is {listed(names, last='or')}"


def _refuse(flag: str, name: str, *, given: bool, fits: bool) -> None:
    if given and not fits:
        message = f"`{flag}` changes nothing in the format {quoted(name)}"
        raise UsageError(message, hint="leave it out")


def _statuses(request: ExportRequest) -> tuple[str, ...]:
    """Return the statuses that the export will contain.

    Raises:
        UsageError: there is none.

    """
    form = FORMATS[request.format]
    held = STATUSES if request.rows_per_part else form.statuses
    found = tuple(status for status in request.selection.only if status in held)
    if not found and held:
        what = "in one file " if form.parts else ""
        message = f"the format {quoted(request.format)} {what}holds nothing of status {listed(request.selection.only)}"
        raise UsageError(message, hint=_one_of(held).replace("it is", "it holds records of status", 1))
    return found


def _target(request: ExportRequest, cwd: Path) -> Path:
    """Return the file to write, or the folder for several files."""
    target = cwd / request.output
    if not request.is_folder and (target.is_dir() or request.output.endswith(("/", os.sep))):
        return target / export.file_name(request.format, request.server)
    return target


def _refuse_place(shown: str) -> NoReturn:
    message = f"`{harmless(shown)}` is where the registry keeps its own"
    raise UsageError(message, hint="name a folder of its own: `--output export`")
