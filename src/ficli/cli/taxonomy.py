"""`ficli taxonomy`: list and explain the vocabulary."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.cli.pages import show_table, write_page


def command(
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
    from ficli.commands.opening import open_registry
    from ficli.commands.taxonomy import explain_term, term_rows
    from ficli.errors import UsageError
    from ficli.incident.taxonomy import shipped_taxonomy

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
