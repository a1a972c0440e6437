"""A group of commands that imports the module of a command when that is called, and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter


class Listed(NamedTuple):
    """A command as the help lists it.

    Attributes:
        module: the module in `ficli.cli` that has it, as `command`; or as `app`, where it has commands of its own.
        short_help: what it does, in a line.

    """

    module: str
    short_help: str


def lazy_group(table: Mapping[str, Listed]) -> type[TyperGroup]:
    """Make the class of a group of these commands."""

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

    def __init__(self, table: Mapping[str, Listed]) -> None:
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


def _build(name: str, listed: Listed) -> Command:
    module = import_module(f"ficli.cli.{listed.module}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
        app.command(name, short_help=listed.short_help)(module.command)
    command: Command = typer.main.get_command(app)
    command.name = name
    return command
