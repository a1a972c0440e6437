"""The entry point: builds the command line, runs a command, and turns whatever happens into an exit code."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import Annotated, TextIO

import typer
from typer.exceptions import TyperException

from ficli import __version__
from ficli.cli import (
    assign,
    cite,
    explain,
    fmt,
    ids,
    init,
    listing,
    merge,
    remove,
    reopen,
    review,
    rules,
    schema,
    show,
    split,
    stats,
    streams,
    taxonomy,
    validate,
)
from ficli.environment import Environment
from ficli.errors import ExitCode, FicliError
from ficli.wording import listed, quoted

app = typer.Typer(
    name="ficli",
    rich_markup_mode=None,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

app.command("init", short_help="Make a registry, or add what one lacks.")(init.command)
app.command("validate", short_help="Judge records by every rule.")(validate.command)
app.command("review", short_help="Read what a change does, record by record.")(review.command)
app.command("fmt", short_help="Write records in the canonical layout.")(fmt.command)
app.command("show", short_help="Draw one record as its page does.")(show.command)
app.command("list", short_help="List the records that fit.")(listing.command)
app.command("stats", short_help="Count the published records.")(stats.command)
app.command("assign", short_help="Give drafts their IDs, and publish them.")(assign.command)
app.command("merge", short_help="Let one record lead to another.")(merge.command)
app.command("remove", short_help="Retire a record, and say why.")(remove.command)
app.command("split", short_help="Scaffold drafts from a record that tells several incidents.")(split.command)
app.command("reopen", short_help="Publish a merged or removed record again.")(reopen.command)
app.add_typer(ids.app, name="ids", short_help="Prove that every ID was given once.")
app.command("cite", short_help="Cite records, their sources, or the index.")(cite.command)
app.command("explain", short_help="Tell what a rule is for.")(explain.command)
app.command("rules", short_help="List the rules.")(rules.command)
app.command("taxonomy", short_help="List or explain the vocabulary.")(taxonomy.command)
app.command("schema", short_help="Print a JSON Schema, for editors and programs.")(schema.command)


def _print_version(value: bool) -> None:  # noqa: FBT001 - Typer calls it with the flag's value
    if value:
        streams.write([f"ficli {__version__}\n"])
        raise typer.Exit


@app.callback()
def _ficli(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Curate a public index of AI failures.

    \b
    Examples:
      ficli init --example demo      make a small registry of real incidents
      ficli validate demo            judge it: every finding at its line
      ficli explain false-precision  read what a rule is for
    """
    if context.invoked_subcommand is None:
        streams.note_lines(context.get_help())
        streams.finish(ExitCode.USAGE)


def main(arguments: list[str] | None = None, environment: Environment | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after `ficli`; those of this process by default.
        environment: the world to work in; the real one by default.

    Returns:
        The exit code, see `ficli.errors.ExitCode`.

    """
    streams.use(environment or _real_environment())
    try:
        code = app(arguments, prog_name="ficli", standalone_mode=False)
    except TyperException as error:
        return _report_usage(error)
    except FicliError as error:
        return _report(error)
    except streams.ReaderGoneError:
        _silence(streams.environment().stdout)
        return int(ExitCode.FAILED)
    except (KeyboardInterrupt, typer.Abort):
        code = int(ExitCode.INTERRUPTED)
    except OSError as error:
        return _report(_unforeseen(error))
    except Exception as error:  # noqa: BLE001 - a bug must end in a sentence and in exit code 3
        return _report_bug(error)
    if code == ExitCode.INTERRUPTED:
        streams.note("interrupted")
    return code if isinstance(code, int) else int(ExitCode.CLEAN)


def _real_environment() -> Environment:
    """Take the world as it is; a stream that the caller closed is one that nobody reads."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdin, sys.stdout, sys.stderr = (
        stream or open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        for stream in (sys.stdin, sys.stdout, sys.stderr)
    )
    return Environment()


def _report(error: FicliError) -> int:
    streams.note(f"error: {error}")
    if error.hint:
        streams.note(f"  help: {error.hint}")
    if isinstance(error, streams.OutputError):
        _silence(streams.environment().stdout)
    return int(error.exit_code)


def _report_usage(error: TyperException) -> int:
    message, _, meant = re.sub(r"'([^'\n]*)'", r"`\1`", error.format_message()).partition(" Did you mean ")
    if near := getattr(error, "possibilities", None):
        message, meant = f"no such option: `{getattr(error, 'option_name', '')}`", f"{listed(near, last='or')}?"
    streams.note(f"error: {message[:1].lower()}{message[1:].rstrip('.')}")
    context = getattr(error, "ctx", None)
    if meant:
        streams.note(f"  help: did you mean {meant}")
    elif context is not None:
        streams.note(f"  help: `{context.command_path} --help` shows how it is called")
    return int(ExitCode.USAGE)


def _unforeseen(error: OSError) -> FicliError:
    """Put an error of the system into a sentence: a file that may not be looked at is no bug."""
    reason = (error.strerror or str(error)).lower()
    return FicliError(f"{quoted(str(error.filename))}: {reason}" if error.filename else reason)


def _report_bug(error: Exception) -> int:
    streams.note(f"error: ficli broke: {type(error).__name__}: {str(error)[:300]}")
    streams.note("  help: this is a bug: please report it with the command; FICLI_TRACEBACK=1 shows where")
    if streams.environment().variables.get("FICLI_TRACEBACK"):
        import traceback

        streams.note_lines("".join(traceback.format_exception(error)))
    return int(ExitCode.FAILED)


def _silence(stdout: TextIO) -> None:
    """Keep Python from complaining at exit about what it could not write to stdout."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def run() -> None:
    """Run as the console script."""
    sys.exit(main())
