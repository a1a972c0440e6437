"""The public Python module: open a registry, read, find, validate, cite and export its records.

The names in `__all__` are the public interface and follow semantic versioning; docs/api.md describes them. All other
modules of ficli may change in any version.

Nothing here prints, exits, fetches or keeps state: each call reads the files and settings as they are then, and a
relative path starts at the working folder of that moment. Every error is a `FicliError`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ficli.diagnostics import Diagnostic, Excerpt, Fix, Severity, Span
from ficli.errors import ConfigurationError, ExitCode, FicliError, UsageError, system_errors
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.commands.export.dataset import LeftOut
    from ficli.commands.export.export import Export
    from ficli.config import Config
    from ficli.environment import Environment

__all__ = [
    "CitedText", "ConfigurationError", "Diagnostic", "Excerpt", "FicliError", "Fix", "Record", "RecordError",
    "Registry", "Severity", "Span", "UsageError", "Validation", "open_registry",
]  # fmt: skip

_PUBLIC = ("published", "merged", "removed")


class RecordError(FicliError):
    """Something among the records could not be read as a record, or cannot be in an export.

    Args:
        message: what is wrong, lower case, without a final period.
        path: the file, relative to the registry, with `/`; empty if only `message` names it.
        hint: what the user can do about it, or empty.

    """

    def __init__(self, message: str, *, path: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


OnError: TypeAlias = Callable[[RecordError], object]


def _listed(values: str | os.PathLike[str] | Iterable[Any]) -> tuple[Any, ...]:
    """Return values as a tuple; one text or path is one value, not its letters."""
    return (values,) if isinstance(values, str | os.PathLike) else tuple(values)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its file has it; it may break any rule, and a text that is absent or not a text is empty.

    Attributes:
        path: the file, relative to the registry, with `/`.
        id: the ID; empty in a draft.
        slug: the slug.
        status: `draft`, `published`, `merged`, `removed`, or whatever text is there.
        title: the title.
        data: every field, as plain data that `json` can write; dates are texts. It is yours: ficli keeps no reference.

    """

    path: str
    id: str
    slug: str
    status: str
    title: str
    data: dict[str, Any] = field(hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Validation:
    """The result of checking a registry.

    Attributes:
        diagnostics: the findings, sorted by file and place, those of severity info included.
        records: how many records the findings are about, those without findings included.
        rules: the names of the rules that ran.
        unread: why records could not be read, as messages.
        complete: whether every record was read and no rule crashed.
        passed: whether `ficli validate` would exit with 0: complete, and no finding is an error.

    """

    diagnostics: tuple[Diagnostic, ...]
    records: int
    rules: tuple[str, ...]
    unread: tuple[str, ...]
    complete: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class CitedText:
    """Citations as text; `str` returns it.

    Attributes:
        text: the citations, without a final line end.
        notes: remarks about the cited records: that one was merged, or has low confidence.

    """

    text: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry; `open_registry` returns one. It is a value: threads can share it, and it can be pickled.

    Attributes:
        root: its folder, absolute.
        today: the day that `validate` and `cite` take for today; None for that of the clock.
        workers: how many processes may work at the same time.

    """

    root: Path
    today: date | None = None
    workers: int = 1

    def records(self, *, on_error: OnError | None = None) -> Iterator[Record]:
        """Yield every record, drafts first, sorted by path; one at a time is in memory.

        Args:
            on_error: called with the error for each thing among the records that cannot be read as one, and the next
                one is read. Without it the error is raised.

        Raises:
            FicliError: the registry is gone, or a folder cannot be listed; `RecordError` if there is no `on_error`.

        """
        from ficli.registry.scan import scan

        with system_errors():
            self._open()
            found = scan(self.root)
        for stray in found.strays:
            _report(_not_a_record(stray.path), on_error)
        for file in found.files:
            try:
                record = _read(self.root, file.path)
            except RecordError as error:
                _report(error, on_error)
            else:
                yield record

    @system_errors()
    def find(self, name: str | os.PathLike[str]) -> Record:
        """Return the record with this ID (`FI-0232`, `232`), slug, path or page address.

        Raises:
            UsageError: there is none, and `hint` has the nearest names; or there are several.
            RecordError: its file cannot be read as a record.

        """
        from ficli.registry.lookup import find_record

        world, config = self._open()
        if not (wanted := os.fspath(name)):
            raise UsageError("the name of a record is empty", hint="an ID, a slug, a path or a page address names one")
        return _read(self.root, find_record(config, wanted, cwd=world.cwd).path)

    @system_errors()
    def validate(
        self,
        paths: Iterable[str | os.PathLike[str]] = (),
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        since: str | None = None,
        cache: bool = False,
    ) -> Validation:
        """Check the records against all rules. A finding is returned, never raised.

        Args:
            paths: files and folders whose findings are wanted; none for all. All records are read either way.
            select: run only these rules.
            ignore: leave these rules out.
            since: a branch, tag or commit, or `auto` for the default branch: only what changed since, as in
                `ficli validate --since`. Needs git.
            cache: use what earlier runs remember in `.ficli/`, and write there. Without it nothing is written.

        Raises:
            UsageError: there are no records, or a path, rule or commit does not exist.
            FicliError: a folder cannot be listed, git failed, or a worker process died.

        """
        from ficli.commands.validate.validate import ValidateRequest, validate

        request = ValidateRequest(
            paths=tuple(map(Path, _listed(paths))),
            registry=self.root,
            select=_listed(select),
            ignore=_listed(ignore),
            jobs=self.workers,
            cache=cache,
            since=since,
        )
        world, _ = self._open()
        outcome = validate(world, request)
        return Validation(
            diagnostics=tuple(outcome.diagnostics),
            records=outcome.reported,
            rules=tuple(outcome.ran),
            unread=tuple(outcome.unread),
            complete=outcome.complete,
            passed=outcome.exit_code() is ExitCode.CLEAN,
        )

    @system_errors()
    def cite(
        self,
        *names: str,
        style: str = "",
        format: str = "text",  # noqa: A002 - what the command calls it
        in_text: bool = False,
        sources: bool = False,
        accessed: date | str = "",
    ) -> CitedText:
        """Return the citations of records; one that was merged is followed to the record that it was merged into.

        Args:
            names: the records, as `find` takes them.
            style: one of `ficli cite --list-styles`; empty for that of the index.
            format: `text`, `markdown` or `html`; or data, without a style: `bibtex`, `csl-json`, `ris` and others.
            in_text: return in-text citations, such as `(Author, 2026)`.
            sources: cite the sources of the records instead.
            accessed: the day on which the page was read, `today` or `none`; empty for what the style asks for.

        Raises:
            UsageError: a record, style or format does not exist, or the arguments do not go together.
            FicliError: a record cannot be read, or cannot be cited: a draft, a removed one, one without a title.

        """
        from ficli.commands.cite.citable import CiteSelection
        from ficli.commands.cite.cite import CiteRequest, cite
        from ficli.commands.cite.record_source import RegistryRecordSource

        wanted = CiteSelection(names, sources=sources)
        request = CiteRequest(wanted, style=style, form=format, in_text=in_text, accessed=str(accessed))
        request.check()
        notes: list[str] = []
        world, config = self._open()
        cited = cite(world, RegistryRecordSource(world, config), request, notes.append)
        return CitedText(cited.text.rstrip("\n"), tuple(notes))

    @system_errors()
    def export(
        self,
        format: str,  # noqa: A002 - what the command calls it
        output: str | os.PathLike[str],
        *,
        only: Iterable[str] = _PUBLIC,
        fields: Iterable[str] = (),
        server: str = "",
        on_error: OnError | None = None,
    ) -> list[Path]:
        """Write the index in a format of `ficli export`, all files or none, and return their paths.

        Args:
            format: `json`, `jsonl`, `csv`, `sqlite`, `parquet`, `atom`, `redirects` or `cff`.
            output: the file, or a folder to put it in; for `csv` always a folder.
            only: the statuses that are wanted; drafts only if they are named.
            fields: the fields of a record that are wanted; none for all.
            server: for `redirects`, which web server they are for.
            on_error: called with the error for each thing that cannot be in the export, which is written without it.

        Raises:
            UsageError: the arguments do not go together, or `output` is the registry's own.
            FicliError: the files cannot be written; `RecordError` if something is left out and there is no `on_error`.

        """
        with self._exporting(format, os.fspath(output) or ".", only, fields, server, on_error) as export:
            return export.write()

    def export_text(
        self,
        format: str,  # noqa: A002 - what the command calls it
        *,
        only: Iterable[str] = _PUBLIC,
        fields: Iterable[str] = (),
        server: str = "",
        on_error: OnError | None = None,
    ) -> Iterator[str]:
        """Yield what `export` would write in a text format, piece by piece; of `csv` the table of records.

        Takes and raises what `export` does. The registry is read when the first piece is asked for.
        """
        from ficli.export import FORMATS

        if format in FORMATS and FORMATS[format].binary:
            raise UsageError(f"the format {quoted(format)} is not text", hint="`export` writes it to a file")
        with self._exporting(format, "", only, fields, server, on_error) as export:
            yield from export.text()

    @contextmanager
    def _exporting(
        self, name: str, output: str, only: Iterable[str], fields: Iterable[str], server: str, on_error: OnError | None
    ) -> Iterator[Export]:
        from ficli.commands.export.export import ExportRequest, open_export
        from ficli.export.dataset import ExportSelection

        with system_errors():
            world, _ = self._open()
        request = ExportRequest(name, output, ExportSelection(_listed(only), fields=_listed(fields)), server)
        with ExitStack() as stack:
            with system_errors():
                export = stack.enter_context(open_export(world, self.root, request))
            for error in _left_out(self.root, export.left_out):
                _report(error, on_error)
            yield export

    def _open(self) -> tuple[Environment, Config]:
        """Return the present environment and the settings."""
        from ficli.environment import Environment
        from ficli.open_registry import open_config

        world = Environment(workers=self.workers)
        if self.today is not None:
            today = date(*self.today.timetuple()[:3])  # without the time of day that a `datetime` has
            variables = {name: value for name, value in world.variables.items() if name != "SOURCE_DATE_EPOCH"}
            world = replace(world, variables=variables, clock=lambda: today)
        config = open_config(world, self.root)
        if config.root != self.root:  # the folder is part of another registry now
            raise UsageError(f"there is no registry at {quoted(str(self.root))} any more")
        return world, config


@system_errors()
def open_registry(folder: str | os.PathLike[str] = ".", *, today: date | None = None, workers: int = 1) -> Registry:
    """Return the registry that a folder or file is in; records are not read yet.

    Args:
        folder: the registry's folder, or anything in it.
        today: the day to take for today; by default that of the clock, or of `SOURCE_DATE_EPOCH` if it is set.
        workers: how many processes may work at the same time in `validate` and `export`. With more than one, a script
            needs `if __name__ == "__main__":`, as `multiprocessing` demands.

    Raises:
        UsageError: there is no registry, or `workers` is less than 1.
        FicliError: `ficli.toml` or `taxonomy.yaml` is wrong (`ConfigurationError`), or cannot be read.

    """
    from ficli.environment import Environment
    from ficli.open_registry import open_registry as read_settings

    if workers < 1:
        raise UsageError(f"`workers` must be at least 1, not {workers}")
    return Registry(read_settings(Environment(), Path(folder)).root, today, workers)


def _read(root: Path, path: str) -> Record:
    from ficli.incident.record import Record as TypedView
    from ficli.registry.records import read_record, record_data

    try:
        data = record_data(read_record(root, path))
    except FicliError as error:
        raise RecordError(error.message, path=path, hint=error.hint) from error
    if data is None:
        raise _not_a_record(path)
    view = TypedView(data)
    return Record(path, view.id, view.slug, view.status, view.title, data)


def _not_a_record(path: str, why: str = "cannot be read as a record") -> RecordError:
    return RecordError(f"{quoted(path)} {why}", path=path, hint="`ficli validate` shows what is in the way")


def _report(error: RecordError, on_error: OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def _left_out(root: Path, left_out: LeftOut) -> Iterator[RecordError]:
    """Yield an error for each thing among the records that is not in an export, though it should be."""
    from ficli.registry.scan import scan

    yield from (_not_a_record(stray.path) for stray in scan(root).strays)
    yield from (RecordError(message) for message in left_out.unread)
    yield from (_not_a_record(path) for path in left_out.broken)
    yield from (_not_a_record(path, "does not fit the schema of a record") for path in left_out.unsound)
    yield from (RecordError(message) for message in left_out.problems)
