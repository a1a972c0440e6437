"""The recipe for a new field is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
COPIED = (
    "src/ficli",
    "schema",
    "docs",
    "tests/incident/test_fields.py",
    "tests/incident/every_field.yaml",
    "tests/settings",
)
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


def put(root: Path, name: str, mark: str, text: str) -> None:
    """Insert lines before every line that is or starts like a mark, indented as it is."""
    path = root / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    marked = [number for number, line in enumerate(lines) if line.startswith(mark)]
    assert marked
    for number in reversed(marked):
        lines.insert(number, text)
    path.write_text("".join(lines), encoding="utf-8")


def describe(root: Path) -> None:
    """Describe the field in the schema, and forbid it in tombstones."""
    put(root, SCHEMA, '    "indexed_date": {', DESCRIBED)
    put(root, SCHEMA, '          "failure_mode": false,', '          "discovered_date": false,\n')


def list_it(root: Path) -> None:
    """Add its line to the table."""
    put(root, TABLE, '    Field("indexed_date",', LINE)


def exemplify(root: Path) -> None:
    """Add it to the record that has every field."""
    put(root, EXAMPLE, "indexed_date:", "discovered_date: 2025-05\n")


def generate(root: Path) -> None:
    """Write what follows from the schema and the table."""
    assert run(root, "docs/generate.py") == (0, "")


STEPS: tuple[Callable[[Path], None], ...] = (describe, list_it, exemplify, generate)


def run(root: Path, *words: str, cwd: Path | None = None) -> tuple[int, str]:
    """Run Python on the copy; return the exit code, and what it wrote where it failed or is `-m ficli`."""
    scrubbed = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(  # noqa: S603 - the words are those of these tests
        [sys.executable, *words],
        cwd=cwd or root,
        env=scrubbed | {"PYTHONPATH": str(root / "src"), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    shown = done.returncode or words[:2] == ("-m", "ficli")
    return done.returncode, done.stdout + done.stderr if shown else ""


def table_agrees(root: Path, *without: str) -> tuple[int, str]:
    """Run the tests of the table on the copy."""
    plugins = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest", "-p", "no:pytest_cov")
    return run(root, "-m", "pytest", "-q", "-x", *plugins, *without, "tests/incident/test_fields.py")


def copy(root: Path) -> Path:
    for name in COPIED:
        source, target = PROJECT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    for source in (PROJECT / "tests").glob("*.py"):
        if not source.name.startswith("test_"):
            shutil.copy2(source, root / "tests" / source.name)
    shutil.copy2(PROJECT / "pyproject.toml", root)
    return root


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which the recipe was followed."""
    root = copy(tmp_path_factory.mktemp("followed"))
    for step in STEPS:
        step(root)
    return root


def test_whoever_follows_the_recipe_passes_its_checks(followed: Path) -> None:
    assert table_agrees(followed, "-k", "not page or discovered_date") == (0, "")
    assert run(followed, "docs/generate.py", "--check") == (0, "")


def test_the_field_works_everywhere(followed: Path, tmp_path: Path) -> None:
    def ficli(*words: str) -> str:
        code, out = run(followed, "-m", "ficli", *words, cwd=tmp_path)
        assert code == 0, out
        return out

    ficli("init", ".")
    shutil.copy2(followed / EXAMPLE, tmp_path / "incidents" / "FI-0400.yaml")
    (tmp_path / "ficli.toml").write_text(
        '[rules]\nselect = ["unformatted", "unknown-field", "invalid-value", "invalid-date"]\n', encoding="utf-8"
    )

    assert "1 " in ficli("fmt", "--check")
    assert "No problems in 1 record" in ficli("validate")
    assert "Discovered date  May 2025" in ficli("show", "400")
    assert ",2025-05," in ficli("export", "csv")
    assert '"discovered_date":"2025-05"' in ficli("export", "json")
    ficli("export", "sqlite", "-o", "index.sqlite")
    assert b"discovered_date TEXT" in (tmp_path / "index.sqlite").read_bytes()
    flags = ("organization", "incident-date", "failure-mode", "ai-surface", "severity", "url")
    ficli("new", "Chatbot of Example Bank invents rebates", *(word for flag in flags for word in (f"--{flag}", "TODO")))
    (draft,) = (tmp_path / "drafts").glob("*.yaml")
    assert '# discovered_date: "TODO: when it was discovered' in draft.read_text(encoding="utf-8")


@pytest.mark.parametrize("left_out", STEPS, ids=lambda step: step.__name__)
def test_a_step_that_is_left_out_is_noticed(left_out: Callable[[Path], None], tmp_path: Path) -> None:
    root = copy(tmp_path)
    for step in STEPS:
        if step is not left_out:
            step(root)

    assert table_agrees(root, "--noconftest", "-k", "not page")[0] or run(root, "docs/generate.py", "--check")[0]
