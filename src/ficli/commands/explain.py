"""A rule's page and the table of rules, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import UsageError
from ficli.output.colours import Palette
from ficli.rules.catalogue import RULES, rule_module
from ficli.rules.page import parse_page
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.diagnostics import Rule


class RuleRow(NamedTuple):
    """A line of the table of rules; `family` is the rule's folder, `summary` the first sentence of its page."""

    rule: Rule
    family: str
    summary: str


FAMILIES = {
    "yaml_file": "YAML and file",
    "shape": "Shape",
    "identity": "Identity",
    "dates": "Dates",
    "text": "Text",
    "classification": "Classification",
    "sources": "Sources",
    "across_records": "Across records",
    "history": "History",
    "tool": "The tool itself",
}
"""The families by the folder of their modules, in the order in which the documentation lists them."""


def rule_rows() -> list[RuleRow]:
    """List every rule with its family and its summary."""
    rows = []
    for name, rule in RULES.items():
        module = rule_module(name)
        family = FAMILIES[module.__name__.split(".")[-2]]
        rows.append(RuleRow(rule, family, parse_page(module.__doc__ or "").summary))
    order = list(FAMILIES.values())
    return sorted(rows, key=lambda row: order.index(row.family))


def facts(rule: Rule) -> str:
    """Say in a line how a rule weighs and whether it can be mended: "error · one record · safe fix · since 0.1.0"."""
    scope = {"file": "one record", "index": "across records", "history": "against a base revision"}[rule.scope]
    fix = {"no": "no automatic fix", "safe": "safe fix", "unsafe": "unsafe fix"}[rule.fix]
    return f"{rule.severity} · {scope} · {fix} · since {rule.since}" + (" · always on" if rule.essential else "")


def explain(name: str, *, colour: bool = False) -> Iterator[str]:
    """Yield the lines of a rule's page.

    Raises:
        UsageError: there is no such rule.

    """
    if name not in RULES:
        near = nearest(name, RULES, most=3)
        message = f"there is no rule {quoted(name)}"
        raise UsageError(
            message, hint=f"did you mean {listed(near, last='or')}?" if near else "`ficli rules` lists them"
        )
    page = parse_page(rule_module(name).__doc__ or "")
    strong = Palette(colour).strong
    yield f"{strong(name)}: {page.summary}\n{facts(RULES[name])}\n"
    for heading, text in (("What", page.what), ("Why", page.why)):
        yield f"\n{strong(heading)}\n{_sentence(text)}\n"
    for heading, example in (("Bad", page.bad), ("Good", page.good)):
        indented = "\n".join(f"    {line}".rstrip() for line in example.splitlines())
        yield f"\n{strong(heading)}\n\n{indented}\n"
    yield f"\n{strong('Fix')}\n{_sentence(page.fix)}\n"
    if not RULES[name].essential:
        yield f"\n{strong('Allow')}\nOn the line or the line above: # ficli: allow[{name}] the reason\n"


def _sentence(text: str) -> str:
    """Begin with a capital: on a page the text stands below its heading, not behind it."""
    return text[:1].upper() + text[1:]
