"""The recipe for a new command is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

USE_CASE = '''\
"""Counts the files that may be records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.open_registry import open_registry
from ficli.registry.scan import scan

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


def count_files(environment: Environment, registry: Path | None = None) -> int:
    """Return how many files may be records."""
    return len(scan(open_registry(environment, registry).root).files)
'''
CLI = '''\
"""`ficli tally`: count the files that may be records."""

from __future__ import annotations

from ficli.terminal import streams
from ficli.terminal.options import Registry


def command(*, registry: Registry = None) -> None:
    """Count the files that may be records, drafts too.

    \\b
    Examples:
      ficli tally
    """
    from ficli.commands.tally.tally import count_files

    streams.write([f"{count_files(streams.environment(), registry)}\\n"])
'''
TEST = """\
from ficli.commands.tally.tally import count_files


def test_files_are_counted(registry, environment):
    assert count_files(environment(cwd=registry)) == 4


def test_the_number_is_printed(registry, run):
    assert run("tally", cwd=registry) == (0, "4\\n", "")
"""


def write_use_case(copy: ScratchCopy) -> None:
    """Write what the command does."""
    copy.write("src/ficli/commands/tally/__init__.py", '"""`ficli tally`."""\n')
    copy.write("src/ficli/commands/tally/tally.py", USE_CASE)


def write_cli(copy: ScratchCopy) -> None:
    """Write its signature and its help."""
    copy.write("src/ficli/commands/tally/cli.py", CLI)


def list_it(copy: ScratchCopy) -> None:
    """Add it to the table of commands."""
    copy.put(
        "src/ficli/terminal/main.py", '    "assign": ', '    "tally": ListedCommand("tally", "Count the files."),\n'
    )


def write_tests(copy: ScratchCopy) -> None:
    """Write its tests, and a case."""
    copy.write("tests/commands/test_tally.py", TEST)
    copy.write("tests/cli/cases/tally/setup", "ficli init --example\n")
    copy.write("tests/cli/cases/tally/command", "ficli tally\n")


RECIPE = Recipe(
    "Add a command",
    {"folder": "tally"},
    (write_use_case, write_cli, list_it, write_tests),
    copied=("tests/cli",),
    checks=("tests/commands/test_tally.py", "tests/cli/test_main.py"),
    only="tally",
    cases=("tally", "help"),
)


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path)

    assert copy.read("tests/cli/cases/tally/stdout") == "4\n"
    assert "  tally        Count the files.\n" in copy.read("tests/cli/cases/help/stdout")
    assert "\n## ficli tally\n" in copy.read("docs/cli.md")
    assert unnoticed(RECIPE, copy) == []
