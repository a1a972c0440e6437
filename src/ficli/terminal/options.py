"""The options that mean the same in every command, and the completion of names in a shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ficli.output import FORMATS
from ficli.terminal import streams


class ColourChoice(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


if TYPE_CHECKING:
    OutputFormat: TypeAlias = StrEnum
else:
    OutputFormat = StrEnum("OutputFormat", [(name.upper(), name) for name in FORMATS])
    """How findings are written; Typer takes the choices of a flag from an enum."""


def complete_rules(incomplete: str) -> list[str]:
    """Return the names of rules, for completion in a shell."""
    from ficli.rules.catalogue import RULES

    return [name for name in RULES if name.startswith(incomplete)]


def complete_records(incomplete: str) -> list[str]:
    """Return the IDs of records and the slugs of drafts, for completion in a shell."""
    from ficli.errors import FicliError
    from ficli.registry.layout import find_root
    from ficli.registry.scan import scan

    try:
        files = scan(find_root(streams.environment().cwd)).files
    except FicliError:
        return []
    return [file.stem for file in files if file.stem.startswith(incomplete)]


def split(values: Sequence[str] | None) -> list[str]:
    """Parse a flag with several values, given more than once or separated by commas."""
    return [value for part in values or () for value in part.split(",") if value]


Colour: TypeAlias = Annotated[
    ColourChoice, typer.Option("--color", help="Colour the output: `auto` follows NO_COLOR and the terminal.")
]
RecordName: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="RECORD",
        help="Its ID (`FI-0232`, `fi-232`, `232`), its slug, its path, or the address of its page.",
        autocompletion=complete_records,
    ),
]
Registry: TypeAlias = Annotated[
    Path | None,
    typer.Option("--registry", metavar="DIR", help="A folder in the registry; by default the working folder."),
]
OutputFormatsOption: TypeAlias = Annotated[
    list[OutputFormat] | None,
    typer.Option("--output-format", help="How findings are written; `full` by default.", show_default=False),
]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="[FORMAT=]FILE",
        help="Write a format to a file; without FORMAT, the one of `--output-format`.",
        show_default=False,
    ),
]
Jobs: TypeAlias = Annotated[
    int,
    typer.Option("--jobs", "-j", metavar="N", min=0, help="Worker processes; 0 for one a core.", show_default=False),
]
SINCE_HELP = "a branch, tag or commit; `auto` for the default branch"
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
Offline: TypeAlias = Annotated[bool, typer.Option("--offline", help="Fetch nothing.")]
AnyPort: TypeAlias = Annotated[bool, typer.Option("--any-port", help="Ask at other ports than 80, 443, 8080 and 8443.")]
NoInput: TypeAlias = Annotated[
    bool, typer.Option("--no-input", help="Ask nothing; what is missing ends the command with exit code 2.")
]


def complete_terms(field: str) -> Callable[[str], list[str]]:
    """Return a function that completes the terms of a field: those of the registry, or the shipped ones."""

    def complete(incomplete: str) -> list[str]:
        from ficli.errors import FicliError
        from ficli.incident.taxonomy import shipped_taxonomy
        from ficli.open_registry import open_registry

        try:
            taxonomy = open_registry(streams.environment()).taxonomy
        except FicliError:
            taxonomy = shipped_taxonomy()
        return [slug for slug in taxonomy.terms(field) if slug.startswith(incomplete)]

    return complete
