"""The memory of which numbers git history has: it says what git would say, and losing it costs nothing."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.config import load_config
from ficli.registry.history import History, open_history
from ficli.registry.numbers import past_numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import Environment

Numbers: TypeAlias = "Callable[[], set[int]]"


@pytest.fixture(autouse=True)
def _remember_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.registry.past._WORTH_REMEMBERING", 1)


@pytest.fixture
def numbers(index: Path, environment: Callable[..., Environment]) -> Numbers:
    """Give a function that asks for the numbers in the history of a registry."""
    here = environment(variables={"PATH": os.environ["PATH"]})

    def asked() -> set[int]:
        history = open_history(here, index)
        assert history is not None
        return past_numbers(history, load_config(index))

    return asked


def add(root: Path, git: Callable[..., str], *given: int) -> None:
    """Commit files of these numbers."""
    (root / "incidents").mkdir(exist_ok=True)
    for number in given:
        (root / "incidents" / f"FI-{number:04}.yaml").write_text(f"{number}\n", encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--message", "Add")


def memory(root: Path) -> Path:
    """Name the file."""
    return root / ".git" / "ficli" / "past-numbers.json"


def test_only_what_is_new_is_asked_for(
    index: Path, git: Callable[..., str], numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(index, git, 1, 2, 3, 7)
    assert numbers() == {1, 2, 3, 7}
    assert json.loads(memory(index).read_text(encoding="utf-8"))["spans"] == [[1, 3], [7, 7]]
    asked = []
    really = History.ever_added

    def noted(history: History, folder: str, **how: list[str]) -> set[str]:
        asked.append(how["without"])
        return really(history, folder, **how)

    monkeypatch.setattr(History, "ever_added", noted)
    assert numbers() == {1, 2, 3, 7}
    assert asked == []
    tip = git(index, "rev-parse", "HEAD").strip()
    git(index, "switch", "--quiet", "--create", "side")
    add(index, git, 8)
    git(index, "switch", "--quiet", "main")
    assert numbers() == {1, 2, 3, 7, 8}
    assert asked == [[tip]]


def test_a_commit_that_no_ref_leads_to_any_more_is_forgotten(
    index: Path, git: Callable[..., str], numbers: Numbers
) -> None:
    add(index, git, 1)
    add(index, git, 2)
    assert numbers() == {1, 2}
    git(index, "reset", "--quiet", "--hard", "HEAD^")
    assert numbers() == {1}
    add(index, git, 3)
    assert numbers() == {1, 3}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "no JSON",
        lambda _: "[]",
        lambda text: text.replace('"FI"', '"XX"'),
        lambda text: text.replace('"tips":["', '"tips":["0000000000000000000000000000000000000000","'),
        lambda text: text.replace('"tips":["', '"tips":["--all","'),
        lambda text: text.replace("[[1,2]]", "[[1]]"),
    ],
)
def test_a_memory_that_cannot_be_right_is_not_believed(
    index: Path, git: Callable[..., str], numbers: Numbers, spoil: Callable[[str], str]
) -> None:
    add(index, git, 1, 2)
    numbers()
    memory(index).write_text(spoil(memory(index).read_text(encoding="utf-8")), encoding="utf-8")
    assert numbers() == {1, 2}


def test_a_few_numbers_are_not_worth_a_file(
    index: Path, git: Callable[..., str], numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.registry.past._WORTH_REMEMBERING", 500)
    add(index, git, 1)
    assert numbers() == {1}
    assert not memory(index).exists()


def test_a_commit_cannot_bring_a_memory(index: Path, git: Callable[..., str], numbers: Numbers) -> None:
    add(index, git, 1, 2, 3)
    numbers()
    forged = memory(index).read_text(encoding="utf-8").replace("[[1,3]]", "[]")
    memory(index).unlink()
    (index / ".ficli").mkdir()
    (index / ".ficli" / memory(index).name).write_text(forged, encoding="utf-8")

    assert numbers() == {1, 2, 3}
