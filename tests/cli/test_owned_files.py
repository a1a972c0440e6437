"""No command writes an output over a file of the registry, whatever the file is called on the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from typer.core import TyperGroup

from ficli.registry.layout import OWNED
from ficli.terminal.main import app

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

RESERVATIONS = """\
reservations:
  - first: FI-0700
    last: FI-0719
    who: Example Newsroom
    why: its series on tax chatbots
    date: 2026-11-01
"""
RECORD = "incidents/FI-0232.yaml"
WRITERS = {
    "export": "export json --output {}",
    "export, its folder": "export csv --output {}",
    "export, parts": "export jsonl --rows-per-part 2 --output {}",
    "export, foreseen": "export cff --dry-run --output {}",
    "validate": "validate --output json={}",
    "validate, its own format": "validate --fix --output-format sarif --output {}",
}
"""How each option that names an output is used; the words before a comma are the command."""


@pytest.fixture
def owner(registry: Path) -> Path:
    """Return a registry that has every file there can be."""
    (registry / "reservations.yaml").write_text(RESERVATIONS, encoding="utf-8")
    for name in OWNED:
        if not (registry / name).exists():
            (registry / name).write_text("mine\n", encoding="utf-8")
    return registry


def held(root: Path) -> dict[str, bytes | str]:
    """Read everything below a folder, links as links."""
    return {
        path.relative_to(root).as_posix(): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in root.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def refuse(run: Run, writer: str, path: str | Path, root: Path, cwd: Path | None = None, *more: str) -> None:
    """Check that a command does not write to a path, and says so in one error with what to do."""
    before = held(root.parent)
    code, stdout, stderr = run(*WRITERS[writer].format(path).split(), *more, cwd=cwd or root)

    assert (code, stdout) == (2, ""), (path, stderr)
    assert str(path).removeprefix("./") in stderr
    assert stderr.startswith("error: ")
    assert stderr.count("\n  help: ") == 1
    assert held(root.parent) == before


def output_options(group: TyperGroup, before: str = "") -> set[str]:
    """Name the commands with an option for a file or folder that they write."""
    found: set[str] = set()
    for name, item in group.commands.items():
        if isinstance(item, TyperGroup):
            found |= output_options(item, f"{before}{name} ")
        elif any(is_output(option) for option in item.params):
            found.add(f"{before}{name}")
    return found


def is_output(option: Any) -> bool:  # noqa: ANN401 - a parameter of the click that typer brings along
    """Return whether an option speaks of writing to a file of that name."""
    name, words = option.metavar or "", (getattr(option, "help", "") or "").lower()
    return any(word in name for word in ("FILE", "PATH", "DIR")) and "writ" in words


def test_every_option_that_names_an_output_is_tried() -> None:
    program = typer.main.get_command(app)

    assert isinstance(program, TyperGroup)
    assert output_options(program) == {name.partition(",")[0] for name in WRITERS}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", OWNED)
def test_nothing_that_the_registry_owns_is_replaced(run: Run, owner: Path, writer: str, name: str) -> None:
    refuse(run, writer, name, owner)


@pytest.mark.parametrize("writer", WRITERS)
def test_other_ways_to_say_it(run: Run, owner: Path, tmp_path: Path, writer: str) -> None:
    (owner / "soft").symlink_to("reservations.yaml")
    os.link(owner / "reservations.yaml", owner / "hard")
    (owner / "inside").symlink_to("incidents")
    (owner / "docs").mkdir()
    (owner / "docs" / "deep").symlink_to("../incidents")

    for path in (
        *(
            "schema/incident.schema.json",
            RECORD,
            "incidents/2026/new",
            "./incidents/../rejected.yaml",
            "Reservations.YAML",
        ),
        *("soft", "hard", "inside/FI-0232.yaml", owner / "reservations.yaml", "docs/deep/FI-0232.yaml"),
    ):
        refuse(run, writer, path, owner)
    refuse(run, writer, "docs/deep/../rejected.yaml", owner)
    refuse(run, writer, "registry/reservations.yaml", owner, tmp_path, "--registry", "registry")
    refuse(run, writer, "../reservations.yaml", owner, owner / "drafts")


@pytest.mark.parametrize("writer", WRITERS)
def test_the_files_of_another_registry_are_safe_too(run: Run, owner: Path, tmp_path: Path, writer: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ficli.toml").touch()
    (tmp_path / "other" / "reservations.yaml").write_text(RESERVATIONS, encoding="utf-8")

    refuse(run, writer, "reservations.yaml", owner, tmp_path / "other", "--registry", str(owner))


def test_a_link_in_the_folder_of_an_export_leads_to_no_file_of_the_registry(run: Run, owner: Path) -> None:
    (owner / "tables").mkdir()
    (owner / "tables" / "sources.csv").symlink_to("../reservations.yaml")
    before = held(owner)

    for more in ([], ["--dry-run"]):
        code, _, stderr = run("export", "csv", "-o", "tables/", *more, cwd=owner)

        assert code == 2
        assert stderr.startswith("error: `tables/sources.csv` is where the registry keeps its own\n  help: ")
        assert held(owner) == before


def test_a_link_before_two_periods_leads_a_report_over_no_record(run: Run, registry: Path) -> None:
    (registry / "incidents" / "2026").mkdir()
    (registry / "link").symlink_to("incidents/2026")

    refuse(run, "validate", "link/../FI-0232.yaml", registry)
