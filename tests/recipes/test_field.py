"""The recipe for a new field is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA, TABLE, EXAMPLE = (
    "schema/incident.schema.json",
    "src/ficli/incident/fields.py",
    "tests/incident/every_field.yaml",
)

DESCRIBED = """\
    "discovered_date": {
      "description": "When the failure was discovered, as exactly as the sources say.",
      "allOf": [
        {
          "$ref": "#/definitions/partial_date"
        }
      ]
    },
"""
LINE = '    Field("discovered_date", date="partial", fact=True, hint="when it was discovered, as exactly as the sources say"),\n'


def describe(copy: ScratchCopy) -> None:
    """Describe the field in the schema, and forbid it in tombstones."""
    copy.put(SCHEMA, '    "indexed_date": {', DESCRIBED)
    copy.put(SCHEMA, '          "failure_mode": false,', '          "discovered_date": false,\n')


def list_it(copy: ScratchCopy) -> None:
    """Add its line to the table."""
    copy.put(TABLE, '    Field("indexed_date",', LINE)


def exemplify(copy: ScratchCopy) -> None:
    """Add it to the record that has every field."""
    copy.put(EXAMPLE, "indexed_date:", "discovered_date: 2025-05\n")


RECIPE = Recipe(
    "Add a field to the record",
    {},
    (describe, list_it, exemplify),
    copied=("tests/incident",),
    checks=("tests/incident/test_fields.py",),
    only="not page or discovered_date",
    generates_code=True,
)


def works_everywhere(copy: ScratchCopy, folder: Path) -> None:
    """Use the field in every command that knows fields."""

    def ficli(*words: str) -> str:
        code, out = copy.run("-m", "ficli", *words, cwd=folder)
        assert code == 0, out
        return out

    ficli("init", ".")
    shutil.copy2(copy.root / EXAMPLE, folder / "incidents" / "FI-0400.yaml")
    (folder / "ficli.toml").write_text(
        '[rules]\nselect = ["unformatted", "unknown-field", "invalid-value", "invalid-date"]\n', encoding="utf-8"
    )

    assert "1 " in ficli("fmt", "--check")
    assert "No problems in 1 record" in ficli("validate")
    assert "Discovered date  May 2025" in ficli("show", "400")
    assert ",2025-05," in ficli("export", "csv")
    assert '"discovered_date":"2025-05"' in ficli("export", "json")
    ficli("export", "sqlite", "-o", "index.sqlite")
    assert b"discovered_date TEXT" in (folder / "index.sqlite").read_bytes()
    flags = ("organization", "incident-date", "failure-mode", "ai-surface", "severity", "url")
    ficli("new", "Chatbot of Example Bank invents rebates", *(word for flag in flags for word in (f"--{flag}", "TODO")))
    (draft,) = (folder / "drafts").glob("*.yaml")
    assert '# discovered_date: "TODO: when it was discovered' in draft.read_text(encoding="utf-8")


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path / "copy")
    works_everywhere(copy, tmp_path)

    assert unnoticed(RECIPE, copy) == []
