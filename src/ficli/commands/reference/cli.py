"""`ficli explain`, `rules`, `schema`, `taxonomy`: print what ficli knows."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ficli.terminal import streams
from ficli.terminal.options import AsJson, Colour, ColourChoice, Registry, complete_rules
from ficli.terminal.page import show_table, write_page


def explain_command(
    *,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its name.", autocompletion=complete_rules)],
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Print a rule's page: what it finds, why, a bad and a good example, and how to mend it.

    \b
    Examples:
      ficli explain false-precision
    """
    from ficli.commands.reference.reference import explain_rule

    streams.write(explain_rule(rule, colour=streams.colours(color)))


def rules_command(*, as_json: AsJson = False, color: Colour = ColourChoice.AUTO) -> None:
    """List every rule: its severity, whether it can be mended, and what it finds.

    \b
    Examples:
      ficli rules
      ficli rules --json
      ficli rules | grep date
    """
    from ficli.commands.reference.reference import rule_rows

    rows = [(row.rule.name, row.rule.severity, row.rule.fix, row.family, row.summary) for row in rule_rows()]
    show_table(("rule", "severity", "fix", "family", "finds"), rows, group="family", color=color, as_json=as_json)


class SchemaName(StrEnum):
    """The names of the schemas."""

    INCIDENT = "incident"
    TAXONOMY = "taxonomy"
    CONFIG = "config"
    DIAGNOSTICS = "diagnostics"
    INDEX = "index"


def schema_command(
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
    from ficli.commands.reference.reference import schema_text

    streams.write([schema_text(streams.environment(), name, registry)])


def taxonomy_command(
    *,
    term: Annotated[
        str,
        typer.Argument(metavar="[TERM]", help="Explain this one; by default all are listed.", show_default=False),
    ] = "",
    registry: Registry = None,
    as_json: AsJson = False,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """List this registry's failure modes, AI surfaces, severities, source kinds and industries, or explain one.

    \b
    Examples:
      ficli taxonomy
      ficli taxonomy prompt-injection
    """
    from ficli.commands.reference.reference import explain_term, term_rows
    from ficli.errors import UsageError
    from ficli.incident.taxonomy import shipped_taxonomy
    from ficli.open_registry import open_registry

    try:
        taxonomy = open_registry(streams.environment(), registry).taxonomy
    except UsageError:
        if registry is not None:
            raise
        taxonomy = shipped_taxonomy()
    page = explain_term(taxonomy, term) if term else []
    if page and not as_json:
        write_page(page, color)
        return
    rows = [
        (row.field, row.term.slug, row.term.name, row.note, row.term.definition)
        for row in term_rows(taxonomy)
        if not term or row.term.slug == term
    ]
    show_table(
        ("field", "slug", "name", "note", "definition"),
        rows,
        group="field",
        hide=("name",),
        color=color,
        as_json=as_json,
    )
