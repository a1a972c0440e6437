"""One place reads the settings that records are checked by, and its mistakes name the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ficli.commands
from ficli.errors import ConfigurationError
from ficli.open_registry import open_registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from ficli.environment import Environment

    Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    "name", ["select_rules", "held_to_base", "load_rejections", "find_base", "changes_since", "parse_config"]
)
def test_no_other_command_puts_them_together(name: str) -> None:
    folder = Path(ficli.commands.__file__).parent
    found = {path.name for path in folder.rglob("*.py") if f"{name}(" in path.read_text(encoding="utf-8")}

    assert found <= {"init.py"}  # which makes the settings that it reads


def test_what_is_read_again_is_what_is_there_now(registry: Path, environment: Callable[..., Environment]) -> None:
    opened = open_registry(environment(cwd=registry))
    assert (opened.rejections().items, opened.reservations()) == ((), [])
    (registry / "rejected.yaml").write_text(
        "- {url: https://example.org/a, reason: x, date: 2026-01-01}\n", encoding="utf-8"
    )

    assert [item.url for item in opened.rejections().items] == ["https://example.org/a"]
    assert opened.terms(environment().today()).settings.rejections == opened.rejections()


@pytest.mark.parametrize(("name", "read"), [("rejected.yaml", "rejections"), ("reservations.yaml", "reservations")])
def test_a_mistake_names_its_file_from_the_working_folder(
    registry: Path, environment: Callable[..., Environment], name: str, read: str
) -> None:
    (registry / name).write_text("a: [\n", encoding="utf-8")
    opened = open_registry(environment(cwd=registry.parent), Path("registry"))
    with pytest.raises(ConfigurationError) as caught:
        getattr(opened, read)()

    assert caught.value.path == f"registry/{name}"


@pytest.mark.parametrize("words", ["assign --all", "ids audit --no-history", "assign --reserve 2 --who a --why b"])
def test_every_command_names_it_so(registry: Path, run: Run, words: str) -> None:
    (registry / "reservations.yaml").write_text("a: [\n", encoding="utf-8")
    code, _, stderr = run(*words.split(), "--registry", "registry", cwd=registry.parent)

    assert code == 2
    assert stderr.startswith("error: registry/reservations.yaml:")


def test_a_record_is_shown_whatever_was_rejected(registry: Path, run: Run) -> None:
    (registry / "rejected.yaml").write_text("a: [\n", encoding="utf-8")

    assert run("show", "232", cwd=registry)[0] == 0
    assert run("validate", cwd=registry)[0] == 2
