"""The entry point: the table of commands, each imported when it is called, and the exit code of whatever happens."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from ficli import __version__
from ficli.environment import Environment
from ficli.errors import ExitCode, FicliError, why_failed
from ficli.terminal import streams
from ficli.wording import listed, quoted

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

    from ficli.web.fetch.policy import FetchPolicy


class ListedCommand(NamedTuple):
    """A command as the help lists it.

    Attributes:
        folder: the folder in `ficli.commands` whose `cli.py` has it.
        short_help: what it does, in a line.
        function: its name there; `app` for a group of commands.

    """

    folder: str
    short_help: str
    function: str = "command"


def lazy_group(table: Mapping[str, ListedCommand]) -> type[TyperGroup]:
    """Return the class of a group of these commands."""

    class LazyGroup(TyperGroup):
        def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - what Typer hands on
            super().__init__(**settings)
            self.commands = _Commands(table)  # type: ignore[assignment]  # read like the dictionary it stands for

        def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
            del ctx
            with formatter.section("Commands"):
                formatter.write_dl([(name, listed.short_help) for name, listed in table.items()])

    return LazyGroup


class _Commands(Mapping[str, "Command"]):
    """The commands by name, each built when it is first looked up."""

    def __init__(self, table: Mapping[str, ListedCommand]) -> None:
        self._table = table
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            self._built[name] = _build(name, self._table[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def _build(name: str, listed: ListedCommand) -> Command:
    module = import_module(f"ficli.commands.{listed.folder}.cli")
    app = getattr(module, listed.function)
    if not isinstance(app, typer.Typer):
        function, app = app, typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
        app.command(name, short_help=listed.short_help)(function)
    command: Command = typer.main.get_command(app)
    command.name = name
    return command


COMMANDS = {
    "init": ListedCommand("init", "Make a registry, or add what one lacks."),
    "new": ListedCommand("new", "Write a new draft, after a short conversation."),
    "similar": ListedCommand("search", "Find what may tell the same event.", "similar_command"),
    "reject": ListedCommand("retire", "Turn down a candidate, with the reason.", "reject_command"),
    "validate": ListedCommand("validate", "Judge records by every rule."),
    "review": ListedCommand("review", "Read what a change does, record by record."),
    "fmt": ListedCommand("fmt", "Write records in the canonical layout."),
    "link": ListedCommand("link", "Add sources to a record, from their addresses."),
    "check-links": ListedCommand("check_links", "Ask whether the pages of sources are still there."),
    "verify": ListedCommand("verify", "Look up in its sources what a record says."),
    "show": ListedCommand("show", "Draw one record as its page does."),
    "search": ListedCommand("search", "Find the records in which words stand.", "search_command"),
    "list": ListedCommand("list", "List the records that fit.", "list_command"),
    "stats": ListedCommand("list", "Count the published records.", "stats_command"),
    "assign": ListedCommand("assign", "Give drafts their IDs, and publish them."),
    "merge": ListedCommand("retire", "Let one record lead to another.", "merge_command"),
    "remove": ListedCommand("retire", "Retire a record, and say why.", "remove_command"),
    "split": ListedCommand("retire", "Scaffold drafts from a record that tells several incidents.", "split_command"),
    "reopen": ListedCommand("retire", "Publish a merged or removed record again.", "reopen_command"),
    "ids": ListedCommand("assign", "Prove that every ID was given once.", "app"),
    "cite": ListedCommand("cite", "Cite records, their sources, or the index."),
    "export": ListedCommand("export", "Write the whole index in a format that others read."),
    "explain": ListedCommand("reference", "Tell what a rule is for.", "explain_command"),
    "rules": ListedCommand("reference", "List the rules.", "rules_command"),
    "selftest": ListedCommand("selftest", "See every rule fire."),
    "taxonomy": ListedCommand("reference", "List or explain the vocabulary.", "taxonomy_command"),
    "schema": ListedCommand("reference", "Print a JSON Schema, for editors and programs.", "schema_command"),
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
        environment: the environment to work in; the real one by default.
        policy: what may be fetched; by default what the registry's settings allow.

    Returns:
        The exit code, see `ficli.errors.ExitCode`.

    """
    streams.set_environment(environment or _real_environment())
    streams.set_fetch_policy(policy)
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
    """Return the real environment; a stream that the caller closed is one that nobody reads."""
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
    """Turn an error of the system into a sentence: a file without permission is not a bug of ficli."""
    reason = why_failed(error)
    return FicliError(f"{quoted(str(error.filename))}: {reason}" if error.filename else reason)


def _report_bug(error: Exception) -> int:
    streams.note(f"error: ficli broke: {type(error).__name__}: {str(error)[:300]}")
    streams.note("  help: this is a bug: please report it with the command; FICLI_TRACEBACK=1 shows where")
    if streams.environment().variables.get("FICLI_TRACEBACK"):
        import traceback

        streams.note_lines("".join(traceback.format_exception(error)))
    return int(ExitCode.FAILED)


def _silence(stdout: TextIO) -> None:
    """Redirect stdout to nowhere, so that Python does not complain at exit about output it could not write."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def run() -> None:
    """Run as the console script."""
    # Records are lists and mappings without circles: Python would look through ten thousand of them for nothing.
    gc.set_threshold(5_000, 50, 50)
    sys.exit(main())
