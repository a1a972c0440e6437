"""Writes what follows from the code and the schemas: the pages, the schema of the dataset, the packaged schemas.

The first example of `README.md` follows from it too: what is printed there is what the commands print.

python docs/generate.py            writes them, and deletes the page of a rule that no longer exists
python docs/generate.py --check    names the files that are not as they would be written; exit 1 if there are any
"""

from __future__ import annotations

import argparse
import copy
import inspect
import io
import json
import re
import sys
from contextlib import redirect_stderr
from datetime import date
from enum import Enum
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from ficli.commands.reference.reference import rule_rows
from ficli.diagnostics import Fixable, Scope
from ficli.environment import Environment
from ficli.export.fields import STEWARD_NOTE
from ficli.incident.fields import EXPORTED, PATH_STEPS
from ficli.incident.schema import SCHEMAS, shipped_schema, with_terms
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.rules.catalogue import rule_module
from ficli.rules.page import parse_page
from ficli.terminal.main import app
from ficli.terminal.main import main as ficli

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ficli.commands.reference.reference import RuleRow
    from ficli.incident.fields import Field
    from ficli.incident.schema import Schema
    from ficli.incident.taxonomy import FailureMode, SeverityLevel, Taxonomy, Term

Command: TypeAlias = TyperCommand | TyperGroup
Parameter: TypeAlias = TyperArgument | TyperOption

FOLDER = Path(__file__).resolve().parent
README = "../README.md"
_DAY = date(2026, 11, 23)  # no earlier than the records of the example
_EXAMPLE = re.compile(r"(?<=^```\n\$ ficli validate demo\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
NOTICE = "<!-- Written by docs/generate.py from the code. Change what it reads, not this page. -->"


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER, root: Path | None = None) -> int:
    """Write the pages into a folder, or with `--check` compare them with what is there; return the exit code.

    With a root, the schemas of the project there are written too, and before the pages, which are made from them.
    """
    parser = argparse.ArgumentParser(description="Write the generated files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    check = parser.parse_args(arguments).check
    changed = root is not None and brought(root, compared(root, schemas(root)), check=check)
    changed |= brought(folder, differences(folder, {**pages(), **readme(folder / README)}), check=check)
    if check and changed:
        print("`python docs/generate.py` brings them up to date", file=sys.stderr)
    return int(check and changed)


def brought(folder: Path, changes: Mapping[str, tuple[str, str | None]], *, check: bool) -> bool:
    """Name the files that differ, and write them unless they are only checked; return whether there are any."""
    for path, (state, text) in changes.items():
        print(f"{path}: {state}")
        if not check:
            write(folder / path, text)
    return bool(changes)


def pages() -> dict[str, str]:
    """Return the text of every generated page, by its path in the folder."""
    rows = rule_rows()
    return {
        "cli.md": cli_page(),
        "record.md": record_page(shipped_schema("incident")),
        "dataset.md": dataset_page(shipped_schema("index")),
        "taxonomy.md": taxonomy_page(shipped_taxonomy()),
        "rules/index.md": rules_page(rows),
        **{f"rules/{row.rule.name}.md": rule_page(row) for row in rows},
    }


def readme(path: Path) -> dict[str, str]:
    """Return the text of `README.md` with what its first example prints, by its path; nothing if there is no file."""
    if not path.is_file():
        return {}
    return {README: _EXAMPLE.sub(lambda _: example_output(), path.read_text(encoding="utf-8"))}


def example_output() -> str:
    """Return what `ficli validate demo` prints of the registry that `ficli init --example demo` makes."""
    out = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stderr(io.StringIO()):
        for words in (["init", "--example", "demo"], ["validate", "demo"]):
            out.seek(out.truncate(0))
            ficli(words, Environment({}, Path(folder), stdout=out, clock=lambda: _DAY, workers=1))
    return out.getvalue()


def compared(folder: Path, wanted: Mapping[str, str]) -> dict[str, tuple[str, str | None]]:
    """Compare files with a folder: return the state and the new text of each that differs, by path."""
    found: dict[str, tuple[str, str | None]] = {}
    for path, text in wanted.items():
        try:
            if (folder / path).read_bytes() != text.encode():
                found[path] = ("differs", text)
        except FileNotFoundError:
            found[path] = ("missing", text)
    return found


def differences(folder: Path, wanted: Mapping[str, str]) -> dict[str, tuple[str, str | None]]:
    """Compare pages with a folder, as `compared` does; the text of a page to delete is None."""
    found = compared(folder, wanted)
    for page in (folder / "rules").glob("*.md"):
        path = f"rules/{page.name}"
        if path not in wanted:
            found[path] = ("stale: there is no such rule", None)
    return dict(sorted(found.items()))


def write(page: Path, text: str | None) -> None:
    """Write a page, or delete one that has no text."""
    if text is None:
        page.unlink()
        return
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(text.encode())


# --- the schemas -----------------------------------------------------------------------------------------------


def schemas(root: Path) -> dict[str, str]:
    """Return the text of each schema: with the terms of the vocabulary, the fields of the dataset, and as packaged."""
    published = {name: (root / f"schema/{name}.schema.json").read_text(encoding="utf-8") for name in SCHEMAS}
    incident = with_terms(json.loads(published["incident"]), shipped_taxonomy())
    published["incident"] = schema_text(incident)
    published["index"] = schema_text(dataset_schema(incident, json.loads(published["index"])))
    packaged = {f"src/ficli/incident/data/{name}.schema.json": text for name, text in published.items()}
    return {**{f"schema/{name}.schema.json": published[name] for name in ("incident", "index")}, **packaged}


def schema_text(schema: Schema) -> str:
    """Lay out a schema as a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def dataset_schema(incident: Schema, dataset: Schema) -> Schema:
    """Return the schema of the dataset with every field of a record; what it says of a field already is kept."""
    whole = copy.deepcopy(dataset)
    record, every = whole["definitions"]["record"], whole["then"]["properties"]["records"]["items"]
    record["properties"] = with_fields(record["properties"], EXPORTED, incident, incident["properties"])
    every["required"] = [name for name in record["properties"] if name != STEWARD_NOTE]
    return whole


def with_fields(said: Schema, fields: Sequence[Field], incident: Schema, shapes: Schema) -> Schema:
    """Insert each missing field after the one that a record has before it."""
    names = list(said)
    at, found = 0, {**said}
    for field in fields:
        if field.name not in shapes:
            continue  # a test says so
        if field.name not in said:
            found[field.name] = exported(field, incident, shapes[field.name])
            names.insert(at, field.name)
        elif field.fields:
            inner = resolved(incident, shapes[field.name].get("items", shapes[field.name]))["properties"]
            outer = found[field.name].get("items", found[field.name])
            outer["properties"] = with_fields(outer["properties"], field.fields, incident, inner)
            outer["required"] = list(outer["properties"])
        at = names.index(field.name) + 1
    return {name: found[name] for name in names}


def exported(field: Field, incident: Schema, shape: Schema) -> Schema:
    """Describe a field as the dataset has it: there in every record, and null or empty where the record lacks it."""
    if field.many:
        items = exported(field._replace(many=False, needed=True, since=""), incident, shape["items"])
        return {"description": shape["description"], "type": "array", "items": items}
    held = resolved(incident, shape.get("allOf", [shape])[0])
    always = field.needed and not field.since
    values = [] if field.term else [item["const"] for item in held.get("oneOf", ())]
    kind = held.get("type", "string")
    described = shape.get("description") or held["description"]
    found: Schema = {
        "description": f"{described} A slug of the vocabulary." if field.term else described,
        "type": kind if always else [kind, "null"],
    }
    if values:
        found["enum"] = values if always else [*values, None]
    if field.fields:
        properties = with_fields({}, field.fields, incident, held["properties"])
        found |= {"required": list(properties), "properties": properties}
    return found


# --- Markdown --------------------------------------------------------------------------------------------------


def page(*blocks: str) -> str:
    """Join the blocks of a page with blank lines, under the notice that it is generated."""
    return "\n\n".join((NOTICE, *(block for block in blocks if block))) + "\n"


def prose(text: str) -> str:
    """Keep what stands outside back-ticks from being read as HTML."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def paragraph(text: str) -> str:
    """Begin a text that stood behind a heading with a capital letter."""
    return prose(text[:1].upper() + text[1:])


def code(text: str, language: str = "") -> str:
    """Fence a block of code."""
    return f"```{language}\n{text}\n```"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; there is none without rows."""
    lines = [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    return "\n".join((f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines)) if lines else ""


def cell(text: str) -> str:
    """Write a text on one line, and keep its bars from ending the cell, which even back-ticks would not do."""
    return " ".join(prose(text).split()).replace("|", "\\|")


def bullets(items: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {prose(item)}" for item in items)


def alternatives(values: Iterable[str]) -> str:
    """Join values in back-ticks, as in "`a`, `b` or `c`"."""
    *others, last = (f"`{value}`" for value in values)
    return f"{', '.join(others)} or {last}" if others else last


# --- rules -----------------------------------------------------------------------------------------------------

SCOPES = {
    Scope.FILE: "one record",
    Scope.INDEX: "all records together",
    Scope.HISTORY: "the records beside a base revision",
}
FIXES = {
    Fixable.NO: "by hand",
    Fixable.SAFE: "`--fix`",
    Fixable.UNSAFE: "`--unsafe-fixes`",
}


def rules_page(rows: Sequence[RuleRow]) -> str:
    """List the rules by family."""
    introduction = (
        "A finding names the rule that made it: `error[duplicate-id]`. `ficli explain RULE` prints the page of a rule. "
        "How to read a finding, how to allow one, and how a registry sets a rule is told in "
        "[validate.md](../validate.md). A rule that is *always on* cannot be turned off, weakened or allowed: without "
        "it a record could pass that was never read."
    )
    blocks = ["# Rules", introduction]
    for family, members in groupby(rows, key=lambda row: row.family):
        lines = [
            (
                f"[`{row.rule.name}`]({row.rule.name}.md)",
                f"{row.rule.severity}{', always on' if row.rule.essential else ''}",
                FIXES[row.rule.fix],
                row.summary,
            )
            for row in members
        ]
        blocks += [f"## {family}", table(("rule", "severity", "mended", "finds"), lines)]
    return page(*blocks)


def rule_page(row: RuleRow) -> str:
    """Write the page of a rule."""
    rule, read = row.rule, parse_page(rule_module(row.rule.name).__doc__)
    facts = (row.family, rule.severity, SCOPES[rule.scope], FIXES[rule.fix], rule.since)
    return page(
        f"# {rule.name}",
        prose(read.summary),
        table(("family", "severity", "looks at", "mended", "since"), [facts]),
        f"## What it finds\n\n{paragraph(read.what)}",
        f"## Why\n\n{paragraph(read.why)}",
        f"## Bad\n\n{code(read.bad, 'yaml')}",
        f"## Good\n\n{code(read.good, 'yaml')}",
        f"## How to mend it\n\n{paragraph(read.fix)}",
        f"## How to allow it\n\n{_allowing(row)}",
        "[All rules](index.md)",
    )


def _allowing(row: RuleRow) -> str:
    if row.rule.essential:
        return "This rule is always on: without it a record could pass that was never read."
    comment = code(f"# ficli: allow[{row.rule.name}] the reason", "yaml")
    return (
        f"Where a finding is right as it stands, say why on its line or on the line above:\n\n{comment}\n\n"
        "A registry sets the rule as a whole in `ficli.toml`, see [validate.md](../validate.md#settings)."
    )


# --- the command line ------------------------------------------------------------------------------------------


def cli_page() -> str:
    """Write the reference of the command line from the commands themselves."""
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)  # noqa: S101 - it has subcommands, which mypy cannot know
    commands = dict(commands_of(program))
    links = [(f"[`ficli {name}`](#ficli-{name.replace(' ', '-')})", summary(item)) for name, item in commands.items()]
    return page(
        "# Command line",
        *help_blocks(program),
        "Every command takes `-h` and `--help`. How findings, exit codes, streams and colour work is told in "
        "[validate.md](validate.md).",
        table(("command", "does"), links),
        options_table(program),
        *(block for name, item in commands.items() for block in command_blocks(name, item)),
    )


def commands_of(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """Yield the commands of a group and of the groups in it, each with the words that call it."""
    for name, item in group.commands.items():
        if isinstance(item, TyperGroup):
            yield from commands_of(item, f"{before}{name} ")
        elif isinstance(item, TyperCommand):
            yield f"{before}{name}", item


def command_blocks(name: str, command: Command) -> Iterator[str]:
    """Describe a command: how it is called, what it does, its arguments and options."""
    arguments = [item for item in command.params if isinstance(item, TyperArgument)]
    yield f"## ficli {name}"
    yield code(" ".join(("ficli", name, "[OPTIONS]", *map(argument_name, arguments))))
    yield from help_blocks(command)
    yield table(("argument", "default", "meaning"), map(argument_row, arguments))
    yield options_table(command)


def summary(command: Command) -> str:
    """Return in a line what a command does."""
    return command.short_help or (command.help or "").partition("\n\n")[0]


def help_blocks(command: Command) -> Iterator[str]:
    """Yield the paragraphs of a command's help; what click would not wrap is code, but for the line that names it."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if not paragraph.startswith("\b\n"):
            yield prose(paragraph)
            continue
        head, _, body = paragraph.removeprefix("\b\n").partition("\n")
        yield head
        yield code(inspect.cleandoc(body))


def argument_name(argument: TyperArgument) -> str:
    """Write an argument as a usage line does: `RULE`, `[DIR]`, `[PATH]...`."""
    if argument.metavar:
        return argument.metavar
    name = (argument.name or "").upper()
    return f"{name if argument.required else f'[{name}]'}{'...' if argument.nargs == -1 else ''}"


def argument_row(argument: TyperArgument) -> tuple[str, str, str]:
    """Describe an argument; Typer keeps its help on the argument."""
    return f"`{argument_name(argument)}`", default(argument), meaning(argument)


def options_table(command: Command) -> str:
    """Describe the options of a command."""
    options = [item for item in command.params if isinstance(item, TyperOption) and not item.hidden]
    rows = [(option_name(option), default(option), meaning(option)) for option in options]
    return table(("option", "default", "meaning"), rows)


def option_name(option: TyperOption) -> str:
    """Write an option with its value: "`--jobs INTEGER`, `-j`"."""
    value = ""
    if not option.is_flag:
        value = f" {option.metavar or option.type.name.partition(' ')[0].upper()}"
        if choices(option):
            value = " " + "|".join(choices(option))
    first, *others = option.opts
    return ", ".join((f"`{first}{value}`", *(f"`{name}`" for name in others)))


def choices(parameter: Parameter) -> list[str]:
    """Return the words that a parameter takes, where it takes no others."""
    return [plain(choice) for choice in getattr(parameter.type, "choices", ())]


def default(parameter: Parameter) -> str:
    """Return the default of a parameter where it says something."""
    if parameter.default in (None, False, "") or not parameter.show_default:
        return ""
    return f"`{plain(parameter.default)}`"


def plain(value: object) -> str:
    """Write a default or a choice as one types it."""
    return str(value.value if isinstance(value, Enum) else value)


def meaning(parameter: Parameter) -> str:
    """Return the help of a parameter, with what its name does not say."""
    text = parameter.help or ""
    if isinstance(parameter, TyperArgument) and choices(parameter):
        text += f" One of {alternatives(choices(parameter))}."
    if isinstance(parameter, TyperOption) and parameter.multiple:
        text += " May be given several times."
    return text


# --- the record ------------------------------------------------------------------------------------------------

STATUSES = ("draft", "published", "merged", "removed")
VOCABULARY = {
    "failure_mode": "failure-modes",
    "ai_surface": "ai-surfaces",
    "severity": "severities",
    "industry": "industries",
    "kind": "source-kinds",
}
"""The fields whose values a registry's vocabulary gives, and where its page lists them."""
TYPES = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number", "number": "number"}


def record_page(schema: Schema) -> str:
    """Write the reference of the record from its schema."""
    return page(
        "# The record",
        f"{prose(schema['description'])} It is written in plain YAML, see [yaml.md](yaml.md).",
        "The columns name the statuses: *required* means that a record of this status needs the field, *no* that it "
        "must not have it. For programs there is [`schema/incident.schema.json`](../schema/incident.schema.json); "
        "`ficli schema` prints it with a registry's own vocabulary and form of IDs.",
        "## Fields",
        status_table(schema),
        *conditions(schema),
        *value_blocks(schema["properties"]),
        *nested_blocks(schema, schema["properties"]),
        *shape_blocks(schema),
    )


def status_table(schema: Schema) -> str:
    """List the fields of a record, and which status requires or forbids each."""
    rows = [
        (f"`{name}`", shape(name, field), *(demand(schema, name, status) for status in STATUSES), told(field))
        for name, field in schema["properties"].items()
    ]
    return table(("field", "shape", *STATUSES, "meaning"), rows)


def demand(schema: Schema, name: str, status: str) -> str:
    """Return whether a status requires or forbids a field."""
    then = next(rule["then"] for rule in schema["allOf"] if condition(rule) == {"status": [status]})
    if then.get("properties", {}).get(name) is False:
        return "no"
    return "required" if name in (*schema["required"], *then["required"]) else ""


def condition(rule: Schema) -> dict[str, list[str]]:
    """Read the `if` of a schema: the values that it asks for, by field."""
    asked = rule["if"]["properties"]
    return {name: wanted.get("enum") or [wanted["const"]] for name, wanted in asked.items()}


def conditions(schema: Schema) -> Iterator[str]:
    """Return what is required by more than the status."""
    for rule in schema["allOf"]:
        asked = condition(rule)
        if list(asked) != ["status"]:
            where = " and ".join(f"`{name}` is {alternatives(values)}" for name, values in asked.items())
            yield f"Where {where}, {alternatives(rule['then']['required'])} is required too."


def told(field: Schema) -> str:
    """Return the description of a field, and that of the items where they are plain values."""
    items = field.get("items", {})
    each = f" Each item: {items['description']}" if "description" in items and "properties" not in items else ""
    return f"{field['description']}{each}"


def shape(name: str, field: Schema, holder: str = "") -> str:
    """Return in a few words what a field holds, with a link to more."""
    if "$ref" in field:
        target = field["$ref"].rpartition("/")[2]
        return f"[{target.replace('_', ' ')}](#{name if target == 'source' else target.replace('_', '-')})"
    if "allOf" in field:
        return shape(name, field["allOf"][0])
    if "const" in field:
        return f"`{field['const']}`"
    if "oneOf" in field and name in VOCABULARY:
        return f"[a slug](taxonomy.md#{VOCABULARY[name]})"
    if "oneOf" in field:
        return f"[a word](#{values_heading(name, holder).replace(' ', '-').lower()})"
    kind = field.get("type", "string")  # a list of codes has no type
    if kind == "array":
        return f"list: {shape(name, field['items'], holder)}"
    return f"[fields](#{name})" if kind == "object" else TYPES[kind]


def nested_blocks(schema: Schema, properties: Schema, holder: str = "") -> Iterator[str]:
    """Describe the mappings inside these fields, each with a table of its own fields, outer ones first."""
    for name, field in properties.items():
        held = resolved(schema, field.get("items", field))
        if held.get("type") != "object":
            continue
        required = held.get("required", ())
        rows = [
            (f"`{key}`", shape(key, inner, name), "required" if key in required else "", told(inner))
            for key, inner in held["properties"].items()
        ]
        yield f"## {name}"
        yield (f"In `{holder}`. " if holder else "") + prose(held["description"])
        yield table(("field", "shape", "", "meaning"), rows)
        yield from value_blocks(held["properties"], name)
        yield from nested_blocks(schema, held["properties"], name)


def resolved(schema: Schema, field: Schema) -> Schema:
    """Follow a reference to a definition."""
    found: Schema = schema["definitions"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
    return found


def value_blocks(properties: Schema, holder: str = "") -> Iterator[str]:
    """List the values of each field that takes a fixed word; those of the vocabulary have a page of their own."""
    for name, field in properties.items():
        if "oneOf" in field and name not in VOCABULARY:
            yield f"### {values_heading(name, holder)}"
            rows = ((f"`{item['const']}`", item["description"]) for item in field["oneOf"])
            yield table(("value", "meaning"), rows)


def values_heading(name: str, holder: str) -> str:
    """Return the heading over the values of a field."""
    return f"Values of {name} in {holder}" if holder else f"Values of {name}"


def shape_blocks(schema: Schema) -> Iterator[str]:
    """Describe the shapes that several fields share."""
    for name, held in schema["definitions"].items():
        if held["type"] == "string":
            examples = [text for text in held.get("examples", ()) if text not in held["description"]]
            yield f"## {name.replace('_', ' ')}"
            yield prose(held["description"]) + (f" For example {alternatives(examples)}." if examples else "")


# --- the dataset ------------------------------------------------------------------------------------------------


def dataset_page(schema: Schema) -> str:
    """Write the reference of the exported dataset from its schema."""
    record, tombstone = (schema["definitions"][name] for name in ("record", "tombstone"))
    return page(
        "# The dataset",
        "What `ficli export` writes, see [export.md](export.md). This page is made from "
        "[`schema/index.schema.json`](../schema/index.schema.json), against which the tests hold `index.json`; `jsonl` "
        "and `parquet` have the same records, and `csv` and `sqlite` spread them over tables. "
        f"{prose(schema['description'])}",
        "## Fields of a record",
        prose(record["description"]),
        data_table(record["properties"]),
        *data_blocks(record["properties"]),
        "## Fields of a tombstone",
        prose(tombstone["description"]),
        data_table(tombstone["properties"]),
        "## index.json",
        data_table(schema["properties"]),
        *data_blocks(schema["properties"]),
    )


def data_table(properties: Schema) -> str:
    """List fields of the dataset with their types."""
    rows = [(f"`{name}`", data_type(field), field["description"]) for name, field in properties.items()]
    return table(("field", "type", "meaning"), rows)


def data_type(field: Schema) -> str:
    """Name the type of a field of the dataset."""
    if "$ref" in field:
        return str(field["$ref"].rpartition("/")[2])
    if "const" in field:
        return f"`{field['const']}`"
    kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
    name = {"array": "list", "object": "fields", **TYPES}[kinds[0]]
    if "enum" in field:
        return alternatives("null" if value is None else value for value in field["enum"])
    if kinds[0] == "array":
        name = f"list: {data_type(field['items'])}"
    return f"{name} or `null`" if "null" in kinds else name


def data_blocks(properties: Schema, holder: str = "") -> Iterator[str]:
    """Describe what the fields of the dataset hold that have fields of their own, outer ones first."""
    for name, field in properties.items():
        held, path = field.get("items", field), f"{holder}{name}"
        if "properties" in held:
            yield f"### {path}"
            yield prose(held["description"])
            yield data_table(held["properties"])
            yield from data_blocks(held["properties"], f"{path}.")


# --- the vocabulary --------------------------------------------------------------------------------------------


def taxonomy_page(taxonomy: Taxonomy) -> str:
    """Write the page of the shipped vocabulary."""
    return page(
        "# Vocabulary",
        f"What `ficli init` writes to `taxonomy.yaml`, version {taxonomy.version}. A registry may change it; "
        "`ficli taxonomy` lists the vocabulary in use, and `ficli taxonomy TERM` explains a term.",
        "A slug that a record uses is never taken out, only marked `deprecated: true` with the slug that takes its "
        "place in `replaced_by`. Every change gets a new `version`.",
        "## Failure modes",
        "`failure_mode`: how the system failed. The five steps are the profile of the mode, which the page of a "
        "record shows where the record has no `failure_path` of its own.",
        *(block for mode in taxonomy.failure_modes.values() for block in mode_blocks(mode)),
        "## AI surfaces",
        "`ai_surface`: where the system met people or the world. The wing is derived from it.",
        terms_table(taxonomy.ai_surfaces, "wing"),
        "## Severities",
        "`severity`: how grave the consequence in the real world was. A record has the highest severity of which one "
        "test is met; it is low when none of the others is.",
        *(block for level in taxonomy.severities.values() for block in severity_blocks(level)),
        "## Source kinds",
        "`kind` of a source: what sort of document it is. Primary kinds rank above press.",
        terms_table(taxonomy.source_kinds, "primary"),
        "## Industries",
        "`industry`: where the failing use was, not the trade of the firm.",
        terms_table(taxonomy.industries),
    )


def terms_table(terms: Mapping[str, Term], fact: str = "") -> str:
    """List terms, with one more fact that this sort of term has."""
    rows = [
        (f"`{slug}`", term.name, *([yes_or(getattr(term, fact))] if fact else []), term.definition)
        for slug, term in terms.items()
    ]
    return table(("slug", "name", *([fact] if fact else []), "meaning"), rows)


def yes_or(fact: object) -> str:
    """Write a fact for a table: a truth value as `yes` or nothing."""
    return ("yes" if fact else "") if isinstance(fact, bool) else str(fact)


def mode_blocks(mode: FailureMode) -> Iterator[str]:
    """Describe a failure mode with its profile."""
    yield f"### {mode.name}"
    yield f"`{mode.slug}`: {prose(mode.definition)}"
    yield "\n".join(
        f"{number}. *{step.replace('_', ' ').capitalize()}:* {prose(mode.profile[step])}"
        for number, step in enumerate(PATH_STEPS, start=1)
    )
    yield prose(mode.signal)


def severity_blocks(level: SeverityLevel) -> Iterator[str]:
    """Describe a severity with its tests."""
    yield f"### {level.name}"
    yield f"`{level.slug}`: {prose(level.definition)}"
    yield bullets(level.criteria)


if __name__ == "__main__":
    sys.exit(main(root=FOLDER.parent))
