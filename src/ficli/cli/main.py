"""The entry point: builds the command line, runs a command, and turns whatever happens into an exit code."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from typer.exceptions import TyperException

from ficli import __version__
from ficli.cli import network, streams
from ficli.cli.lazy import Listed, lazy_group
from ficli.environment import Environment
from ficli.errors import ExitCode, FicliError
from ficli.wording import listed, quoted

if TYPE_CHECKING:
    from ficli.sources.fetching.policy import FetchPolicy

COMMANDS = {
    "init": Listed("init", "Make a registry, or add what one lacks."),
    "new": Listed("new", "Write a new draft, after a short conversation."),
    "similar": Listed("similar", "Find what may tell the same event."),
    "reject": Listed("reject", "Turn down a candidate, with the reason."),
    "validate": Listed("validate", "Judge records by every rule."),
    "review": Listed("review", "Read what a change does, record by record."),
    "fmt": Listed("fmt", "Write records in the canonical layout."),
    "link": Listed("link", "Add sources to a record, from their addresses."),
    "check-links": Listed("check_links", "Ask whether the pages of sources are still there."),
    "verify": Listed("verify", "Look up in its sources what a record says."),
    "show": Listed("show", "Draw one record as its page does."),
    "search": Listed("search", "Find the records in which words stand."),
    "list": Listed("listing", "List the records that fit."),
    "stats": Listed("stats", "Count the published records."),
    "assign": Listed("assign", "Give drafts their IDs, and publish them."),
    "merge": Listed("merge", "Let one record lead to another."),
    "remove": Listed("remove", "Retire a record, and say why."),
    "split": Listed("split", "Scaffold drafts from a record that tells several incidents."),
    "reopen": Listed("reopen", "Publish a merged or removed record again."),
    "ids": Listed("ids", "Prove that every ID was given once."),
    "cite": Listed("cite", "Cite records, their sources, or the index."),
    "export": Listed("export", "Write the whole index in a format that others read."),
    "explain": Listed("explain", "Tell what a rule is for."),
    "rules": Listed("rules", "List the rules."),
    "selftest": Listed("selftest", "See every rule fire."),
    "taxonomy": Listed("taxonomy", "List or explain the vocabulary."),
    "schema": Listed("schema", "Print a JSON Schema, for editors and programs."),
}
"""Every command, in the order in which the help lists them."""

app = typer.Typer(
    name="ficli",
    cls=lazy_group(COMMANDS),
    rich_markup_mode=None,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


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


def main(
    arguments: list[str] | None = None, environment: Environment | None = None, policy: FetchPolicy | None = None
) -> int:
    """Run one command.

    Args:
        arguments: the words after `ficli`; those of this process by default.
        environment: the world to work in; the real one by default.
        policy: what may be fetched; by default what the registry's settings allow.

    Returns:
        The exit code, see `ficli.errors.ExitCode`.

    """
    streams.use(environment or _real_environment())
    network.use(policy)
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
    # Records are lists and mappings without circles: Python would look through ten thousand of them for nothing.
    gc.set_threshold(5_000, 50, 50)
    sys.exit(main())
