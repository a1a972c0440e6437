"""Lists are tab-separated lines in a pipe, a table on a terminal, and JSON on request; schemas are printed whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.incident.schema import SCHEMAS, data_file
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.rules.catalogue import RULES

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_rules_in_a_pipe_are_lines_with_tabs(run: Run) -> None:
    code, stdout, stderr = run("rules")
    head, *rows = (line.split("\t") for line in stdout.splitlines())

    assert (code, stderr) == (0, "")
    assert head == ["rule", "severity", "fix", "family", "finds"]
    assert {row[0] for row in rows} == set(RULES)
    assert all(len(row) == 5 and all(row) for row in rows)


def test_rules_as_json_say_the_same(run: Run) -> None:
    head, *rows = (line.split("\t") for line in run("rules")[1].splitlines())

    assert [list(item.values()) for item in json.loads(run("rules", "--json")[1])] == rows
    assert list(json.loads(run("rules", "--json")[1])[0]) == head


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_rules_on_a_terminal_are_a_table_as_wide_as_it(run: Run, columns: str) -> None:
    _, stdout, _ = run("rules", terminal=True, variables={"COLUMNS": columns, "NO_COLOR": "1"})

    assert "\t" not in stdout
    assert "\x1b" not in stdout
    assert max(map(len, stdout.splitlines())) <= int(columns)
    assert all(name in stdout for name in RULES)


def test_a_table_is_coloured_on_a_terminal(run: Run) -> None:
    assert "\x1b[1m" in run("rules", terminal=True, variables={"COLUMNS": "100"})[1]
    assert "\x1b" not in run("rules", "--color", "never", terminal=True, variables={"COLUMNS": "100"})[1]


def test_the_vocabulary_is_listed_field_by_field(run: Run) -> None:
    rows = [line.split("\t") for line in run("taxonomy")[1].splitlines()[1:]]

    assert [row[1] for row in rows if row[0] == "ai_surface"] == list(shipped_taxonomy().ai_surfaces)
    assert list(dict.fromkeys(row[0] for row in rows)) == ["failure_mode", "ai_surface", "severity", "kind", "industry"]


def test_the_vocabulary_of_a_registry_is_its_own(run: Run, registry: Path) -> None:
    file = registry / "taxonomy.yaml"
    lines = "slug: copilot\n    deprecated: true\n    replaced_by: chatbot\n"
    file.write_text(file.read_text(encoding="utf-8").replace("slug: copilot\n", lines), encoding="utf-8")

    assert "ai_surface\tcopilot\tCopilot\tdeprecated: use chatbot\t" in run("taxonomy", cwd=registry)[1]
    assert "deprecated" not in run("taxonomy")[1]


def test_markup_in_a_term_is_text_in_a_table(run: Run, registry: Path) -> None:
    file = registry / "taxonomy.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("definition: A system", "definition: '[red]A[/red] system' # ", 1),
        encoding="utf-8",
    )
    world = {"terminal": True, "variables": {"COLUMNS": "200"}, "cwd": registry}

    assert "[red]A[/red] system" in run("taxonomy", **world)[1]
    assert "[red]A[/red] system" in run("taxonomy", "chatbot", **world)[1]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_outside_a_registry_is_the_published_one(run: Run, name: str) -> None:
    code, stdout, _ = run("schema", name)

    assert code == 0
    if name == "incident":
        assert json.loads(stdout)["title"] == json.loads(data_file("incident.schema.json"))["title"]
    assert name == "incident" or stdout == data_file(f"{name}.schema.json").decode()


def test_the_schema_of_a_registry_is_what_init_wrote_for_the_editor(run: Run, registry: Path) -> None:
    code, stdout, _ = run("schema", cwd=registry)

    assert code == 0
    assert stdout == (registry / "schema" / "incident.schema.json").read_text(encoding="utf-8")


def test_the_schema_of_a_registry_knows_its_form_of_ids(run: Run, registry: Path) -> None:
    (registry / "ficli.toml").write_text('[index]\nid_prefix = "CM"\nid_digits = 6\n', encoding="utf-8")
    schema = json.loads(run("schema", cwd=registry)[1])

    assert schema["definitions"]["id"]["pattern"] == "^CM-([0-9]{6}|[1-9][0-9]{6,})$"
    assert schema["definitions"]["id"]["examples"] == ["CM-000232"]
    assert "FI-0232" not in json.dumps(schema["definitions"]["id"])
