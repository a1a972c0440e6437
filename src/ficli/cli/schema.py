"""`ficli schema`: print a JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import Registry


class SchemaName(StrEnum):
    """The schemas there are."""

    INCIDENT = "incident"
    TAXONOMY = "taxonomy"
    CONFIG = "config"
    DIAGNOSTICS = "diagnostics"
    INDEX = "index"


def command(
    *,
    name: Annotated[
        SchemaName,
        typer.Argument(metavar="[SCHEMA]", help="`incident`, `taxonomy`, `config`, `diagnostics` or `index`."),
    ] = SchemaName.INCIDENT,
    registry: Registry = None,
) -> None:
    """Print the JSON Schema of a record, with this registry's own vocabulary and form of IDs.

    Outside a registry it is the published one.

    \b
    Examples:
      ficli schema > schema/incident.schema.json   refresh what your editor reads
      ficli schema diagnostics                     what `validate --output-format json` writes
      ficli schema index                           what `export json` writes
    """
    from ficli.commands.schema import schema_text

    streams.write([schema_text(streams.environment(), name, registry)])
