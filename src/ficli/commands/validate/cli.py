"""`ficli validate`: check records against all rules, and write the findings in one or several formats."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ficli.errors import ExitCode, FicliError, UsageError
from ficli.output import FOR_A_LOG, FORMATS
from ficli.terminal import streams
from ficli.terminal.options import (
    SINCE_HELP,
    Colour,
    ColourChoice,
    Jobs,
    OutputFormatsOption,
    Outputs,
    Registry,
    complete_rules,
    split,
)
from ficli.wording import counted, listed, nearest, quoted

if TYPE_CHECKING:
    from ficli.commands.validate.validate import ValidateOutcome
    from ficli.output.report import Report


_FORMAT = re.compile(r"(\w+)=(.*)", re.DOTALL)


class OutputTarget(NamedTuple):
    """A format, and the file it goes to; None for stdout."""

    format: str
    path: Path | None


def targets(formats: Sequence[str] | None, outputs: Sequence[str] | None) -> list[OutputTarget]:
    """Return where each format goes: to stdout, except those that `--output` sends to a file.

    Raises:
        UsageError: the flags contradict each other, or do not name a format or a file.

    """
    wanted = list(dict.fromkeys(map(str, formats or ()))) or ["full"]
    files = [_target(text, wanted) for text in outputs or ()]
    paths = [target.path for target in files]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise UsageError(f"`--output`: {quoted(str(twice))} is named twice", hint="give each format a file of its own")
    in_files = {target.format for target in files}
    in_words = [name for name in wanted if name not in in_files]
    alone = next((name for name in in_words if name not in FOR_A_LOG), None)
    if alone and len(in_words) > 1:
        message = f"`--output-format`: {quoted(alone)} cannot share stdout with another format"
        raise UsageError(message, hint=f"write it to a file: `--output {alone}=FILE`")
    return [*(OutputTarget(name, None) for name in in_words), *files]


def _target(text: str, wanted: Sequence[str]) -> OutputTarget:
    """Parse `FORMAT=FILE`, or `FILE` if only one format is wanted; a file named `a=b` is written `./a=b`."""
    named = _FORMAT.fullmatch(text)
    name, path = named.groups() if named else ("", text)
    if name and name not in FORMATS:
        near = nearest(name, FORMATS)
        hint = f"did you mean {listed(near)}?" if near else f"the formats are {listed(FORMATS)}"
        raise UsageError(f"`--output`: there is no format {quoted(name)}", hint=hint)
    if path in {"", "-"}:
        raise UsageError(f"`--output`: {quoted(text)} names no file", hint="what is in no file goes to stdout")
    if not name and len(wanted) > 1:
        raise UsageError(f"`--output`: which format goes to {quoted(path)}?", hint=f"write `FORMAT={path}`")
    return OutputTarget(name or wanted[0], Path(path))


_MOST_NAMED = 10


def command(  # noqa: PLR0913 - one for each flag
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files or folders whose findings you want; the registry is read as a whole either way.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            help=f"Only what has changed since, and what that causes elsewhere: {SINCE_HELP}.",
            show_default=False,
        ),
    ] = None,
    registry: Registry = None,
    output_format: OutputFormatsOption = None,
    output: Outputs = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Run only these rules.", autocompletion=complete_rules),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Leave these rules out.", autocompletion=complete_rules),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing what is said.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Mend also where that may change what is said.")
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Show what the fixes would change, and write nothing; exit 1 if anything."),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the run too.")] = False,
    info: Annotated[bool, typer.Option("--info", help="List info findings too.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even where problems are found.")] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Check every record again, even those that have not changed.")
    ] = False,
    jobs: Jobs = 0,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Judge a registry by every rule, and show each finding at its line.

    \b
    Examples:
      ficli validate                                   the registry you are in
      ficli validate demo                              another one
      ficli validate incidents/FI-0232.yaml            only what concerns this record
      ficli validate --since origin/main               only what this branch changes, and its history
      ficli validate --since auto                      the same, since the default branch
      ficli validate --output-format json              for programs
      ficli validate --output sarif=ficli.sarif        the same findings in a file too
      ficli validate --fix                             mend what can be mended safely
      ficli validate --diff --select unformatted       see what mending would change

    Exit codes: 0 clean, 1 problems, 2 wrong usage or settings, 3 the work could not be done.
    """
    from ficli.commands.validate.validate import FixMode, ValidateRequest, validate
    from ficli.open_registry import path_prefix
    from ficli.terminal.progress import progress

    wanted = targets(output_format, output)
    _require_sense(wanted, diff=diff, statistics=statistics)
    _require_places(wanted, registry or (paths[0] if paths else None))
    mode = FixMode.UNSAFE if unsafe_fixes else FixMode.SAFE if fix or diff else FixMode.NONE
    request = ValidateRequest(
        paths=paths or (),
        registry=registry,
        select=split(select),
        ignore=split(ignore),
        fix=mode,
        write=not diff,
        jobs=jobs,
        cache=not no_cache,
        list_info=info,
        since=since,
    )
    with progress(streams.environment(), "records") as advance:
        outcome = validate(streams.environment(), request, advance)
    prefix = path_prefix(streams.environment(), outcome.root)
    for message in outcome.unread:
        streams.note(f"error: {message}")
    if diff:
        streams.write_diff(outcome.before, outcome.after, prefix)
        streams.note(_would_fix(outcome))
        code = ExitCode.FAILED if outcome.unread else ExitCode.PROBLEMS if outcome.after else ExitCode.CLEAN
    else:
        _note_written([prefix + path for path in outcome.after])
        _write(_report(outcome, prefix, color, info=info, statistics=statistics), wanted, outcome.root)
        code = outcome.exit_code(strict=strict)
    streams.finish(ExitCode.CLEAN if exit_zero and code is ExitCode.PROBLEMS else code)


def _require_sense(wanted: Sequence[OutputTarget], *, diff: bool, statistics: bool) -> None:
    """Raise an error for flags that contradict each other."""
    counting = next((target.format for target in wanted if target.format not in {"full", "concise"}), None)
    if statistics and counting:
        raise UsageError(f"`--statistics` counts for people; `{counting}` has the counts already")
    if diff and any(target.path for target in wanted):
        raise UsageError("`--diff` shows changes, and `--output` takes findings", hint="leave one of them out")


def _require_places(wanted: Sequence[OutputTarget], folder: Path | None) -> None:
    """Raise an error for a file that no report may be written to, before records are checked or fixed."""
    files = [target.path for target in wanted if target.path]
    if not files:
        return
    from ficli.commands.validate.reports import require_places
    from ficli.registry.layout import find_root

    here = streams.environment()
    require_places(here, find_root(here.cwd / (folder or ""), called=str(folder or "")), files)


def _write(report: Report, wanted: Sequence[OutputTarget], root: Path) -> None:
    """Write each format to its stream or file, files first: the reader of stdout may stop reading.

    Raises:
        FicliError: a file could not be written; all others are written by then.

    """
    from ficli.commands.validate.reports import append_step_summary, write_report
    from ficli.output import renderer

    here = streams.environment()
    failures: list[FicliError] = []
    for target in wanted:
        if target.path:
            with _held(failures):
                write_report(here, report, target.format, target.path)
                streams.note(f"Wrote {target.path}")
    if any(target.format == "github" for target in wanted):
        with _held(failures):
            append_step_summary(here, report, root)
    for target in wanted:
        if not target.path:
            streams.write(renderer(target.format)(report))
    for failure in failures[1:]:
        streams.note(f"error: {failure.message}")
    if failures:
        raise failures[0]


@contextlib.contextmanager
def _held(failures: list[FicliError]) -> Iterator[None]:
    """Hold back an error until the rest is done."""
    try:
        yield
    except FicliError as error:
        failures.append(error)


def _note_written(paths: Sequence[str]) -> None:
    for path in paths[:_MOST_NAMED]:
        streams.note(f"Wrote {path}")
    if paths[_MOST_NAMED:]:
        streams.note(f"Wrote {counted(len(paths) - _MOST_NAMED, 'more record')}")


def _report(outcome: ValidateOutcome, prefix: str, color: ColourChoice, *, info: bool, statistics: bool) -> Report:
    from ficli.output.report import Baseline, Report

    change = outcome.change
    return Report(
        diagnostics=outcome.diagnostics,
        loaded=outcome.loaded,
        reported=outcome.reported,
        records=outcome.records,
        rules=outcome.rules,
        ran=outcome.ran,
        fixed_text=outcome.fixed_text,
        unread=len(outcome.unread),
        fixed=outcome.fixed,
        unplaced_infos=outcome.unplaced_infos,
        show_info=info,
        prefix=prefix,
        colour=streams.colours(color),
        width=streams.stdout_width(),
        statistics=statistics,
        since=Baseline(change.base.ref, change.base.commit, outcome.changed) if change else None,
    )


def _would_fix(outcome: ValidateOutcome) -> str:
    if not outcome.after:
        return f"Nothing to fix in {counted(outcome.reported, 'record')}."
    return f"Would fix {counted(outcome.fixed, 'problem')} in {counted(len(outcome.after), 'record')}."
