"""The flags that mean the same in every command, and how rule names and formats complete."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class ColourChoice(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class OutputFormat(StrEnum):
    """How findings are written."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"


def complete_rules(incomplete: str) -> list[str]:
    """Offer the names of rules to the shell."""
    from ficli.rules.catalogue import RULES

    return [name for name in RULES if name.startswith(incomplete)]


Colour: TypeAlias = Annotated[
    ColourChoice, typer.Option("--color", help="Colour the output: `auto` follows NO_COLOR and the terminal.")
]
Registry: TypeAlias = Annotated[
    Path | None,
    typer.Option("--registry", metavar="DIR", help="A folder in the registry; by default the working folder."),
]
Format: TypeAlias = Annotated[OutputFormat, typer.Option("--output-format", help="How findings are written.")]
Jobs: TypeAlias = Annotated[
    int,
    typer.Option("--jobs", "-j", metavar="N", min=0, help="Worker processes; 0 for one a core.", show_default=False),
]
SINCE_HELP = "a branch, tag or commit; `auto` for the default branch"
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
