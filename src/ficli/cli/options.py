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
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


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
Formats: TypeAlias = Annotated[
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
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
