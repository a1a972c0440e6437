"""The text of a JSON Schema: a registry's own for records, the published one for everything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ficli.commands.opening import OpenRegistry, open_registry
from ficli.errors import UsageError
from ficli.incident.schema import data_file, registry_schema

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


def schema_text(environment: Environment, name: str, registry: Path | None = None) -> str:
    """Write a schema as JSON.

    Args:
        environment: the world to work in.
        name: one of `ficli.incident.schema.SCHEMAS`.
        registry: a folder in the registry; by default the working folder.

    Raises:
        UsageError: a registry was named and is none.
        ConfigurationError: the registry's settings or vocabulary are wrong.

    """
    if name == "incident":
        try:
            return incident_schema_text(open_registry(environment, registry))
        except UsageError:
            if registry is not None:
                raise
    return data_file(f"{name}.schema.json").decode()


def incident_schema_text(opened: OpenRegistry) -> str:
    """Write the schema of a registry's records as JSON."""
    schema = registry_schema(opened.taxonomy, opened.config)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
