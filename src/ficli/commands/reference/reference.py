"""The page of a rule, the table of rules, the JSON Schemas and the vocabulary, as text and rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import UsageError
from ficli.incident.fields import PATH_STEPS
from ficli.incident.schema import data_file, registry_schema
from ficli.incident.taxonomy import FIELDS, FailureMode, SeverityLevel, Surface, Taxonomy, Term
from ficli.open_registry import OpenRegistry, open_registry
from ficli.output.colours import Palette
from ficli.output.page import Block, Group, ItemList, TextLine
from ficli.rules.catalogue import RULES, rule_module
from ficli.rules.page import parse_page
from ficli.wording import capitalized, listed, nearest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import Rule
    from ficli.environment import Environment


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
"""The families by the folder of their modules, in the order of the documentation."""


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
    """Write in a line a rule's severity, scope and fix: "error · one record · safe fix · since 0.1.0"."""
    scope = {"file": "one record", "index": "across records", "history": "against a base revision"}[rule.scope]
    fix = {"no": "no automatic fix", "safe": "safe fix", "unsafe": "unsafe fix"}[rule.fix]
    return f"{rule.severity} · {scope} · {fix} · since {rule.since}" + (" · always on" if rule.essential else "")


def explain_rule(name: str, *, colour: bool = False) -> Iterator[str]:
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
        yield f"\n{strong(heading)}\n{capitalized(text)}\n"
    for heading, example in (("Bad", page.bad), ("Good", page.good)):
        indented = "\n".join(f"    {line}".rstrip() for line in example.splitlines())
        yield f"\n{strong(heading)}\n\n{indented}\n"
    yield f"\n{strong('Fix')}\n{capitalized(page.fix)}\n"
    if not RULES[name].essential:
        yield f"\n{strong('Allow')}\nOn the line or the line above: # ficli: allow[{name}] the reason\n"


def schema_text(environment: Environment, name: str, registry: Path | None = None) -> str:
    """Write a schema as JSON.

    Args:
        environment: the environment to work in.
        name: one of `ficli.incident.schema.SCHEMAS`.
        registry: a folder in the registry; by default the working folder.

    Raises:
        UsageError: a registry was named and is not one.
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


class TermRow(NamedTuple):
    """A term and the field that holds it; `note` is its wing, or what replaces it."""

    field: str
    term: Term
    note: str


def term_rows(taxonomy: Taxonomy) -> list[TermRow]:
    """Return every term, field by field."""
    return [TermRow(name, term, _note(term)) for name in FIELDS for term in taxonomy.terms(name).values()]


def _note(term: Term) -> str:
    if term.deprecated:
        return f"deprecated: use {term.replaced_by}" if term.replaced_by else "deprecated"
    return term.wing if isinstance(term, Surface) else ""


def explain_term(taxonomy: Taxonomy, slug: str) -> list[Block]:
    """Return the page of a term; a slug that several fields know is explained for each.

    Raises:
        UsageError: no field has it.

    """
    found = [row for row in term_rows(taxonomy) if row.term.slug == slug]
    if not found:
        near = nearest(slug, (row.term.slug for row in term_rows(taxonomy)), most=3)
        message = f"there is no term {quoted(slug)}"
        raise UsageError(
            message,
            hint=f"did you mean {listed(near, last='or')}?" if near else "`ficli taxonomy` lists them",
        )
    return [block for row in found for block in _page(row)]


def _page(row: TermRow) -> Iterator[Block]:
    term = row.term
    name = f"{term.slug}: {term.name} ({row.field}{', ' + row.note if row.note else ''})"
    yield Group([TextLine(name, indent=0), TextLine(term.definition, indent=0)])
    if isinstance(term, FailureMode):
        steps = [[f"{step.replace('_', ' ').capitalize()}: {term.profile[step]}"] for step in PATH_STEPS]
        marks = [f"{number}." for number in range(1, len(steps) + 1)]
        path = ItemList(steps, marks=marks, indent=2)
        yield Group([TextLine("How it usually runs:", indent=0), path, TextLine(term.signal)])
    if isinstance(term, SeverityLevel):
        yield ItemList([[criterion] for criterion in term.criteria], indent=2)
