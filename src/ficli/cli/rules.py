"""`ficli rules`: the table of rules."""

from __future__ import annotations

from ficli.cli.options import AsJson, Colour, ColourChoice
from ficli.cli.pages import show_table


def command(*, as_json: AsJson = False, color: Colour = ColourChoice.AUTO) -> None:
    """List every rule: its severity, whether it can be mended, and what it finds.

    \b
    Examples:
      ficli rules
      ficli rules --json
      ficli rules | grep date
    """
    from ficli.commands.explain import rule_rows

    rows = [(row.rule.name, row.rule.severity, row.rule.fix, row.family, row.summary) for row in rule_rows()]
    show_table(("rule", "severity", "fix", "family", "finds"), rows, group="family", color=color, as_json=as_json)
