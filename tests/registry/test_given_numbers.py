"""The memory of which numbers git history has: it says what git would say, and losing it costs nothing."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.config import load_config
from ficli.registry.git_history import History, open_history
from ficli.registry.given_numbers import past_numbers
from ficli.registry.store import NUMBERS, connected, made, note_of, put_note, store_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import Environment

Numbers: TypeAlias = "Callable[[], set[int]]"


@pytest.fixture(autouse=True)
def _remember_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.registry.given_numbers._WORTH_REMEMBERING", 1)


@pytest.fixture
def numbers(index: Path, environment: Callable[..., Environment]) -> Numbers:
    """Return a function that asks for the numbers in the history of a registry."""
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


def memory(root: Path) -> str:
    """Return what is kept; nothing if there is none."""
    path = store_path(root)
    if path is None or not path.exists():
        return ""
    with closing(connected(root)) as connection:
        return note_of(connection, NUMBERS)[1]


def forge(root: Path, text: str) -> None:
    """Keep something else, with the same key."""
    with closing(made(root)) as connection:
        put_note(connection, NUMBERS, note_of(connection, NUMBERS)[0], text)


def test_only_what_is_new_is_asked_for(
    index: Path, git: Callable[..., str], numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(index, git, 1, 2, 3, 7)
    assert numbers() == {1, 2, 3, 7}
    assert json.loads(memory(index))["spans"] == [[1, 3], [7, 7]]
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
    forge(index, spoil(memory(index)))
    assert numbers() == {1, 2}


def test_the_numbers_of_another_prefix_are_not_believed(
    index: Path, git: Callable[..., str], numbers: Numbers, environment: Callable[..., Environment]
) -> None:
    add(index, git, 1, 2)
    numbers()
    (index / "incidents" / "AX-0007.yaml").write_text("7\n", encoding="utf-8")
    git(index, "add", "--all")
    git(index, "commit", "--message", "Add")
    config = replace(load_config(index), id_prefix="AX")
    history = open_history(environment(variables={"PATH": os.environ["PATH"]}), index)
    assert history is not None
    assert past_numbers(history, config) == {7}


def test_a_few_numbers_are_not_worth_a_file(
    index: Path, git: Callable[..., str], numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.registry.given_numbers._WORTH_REMEMBERING", 500)
    add(index, git, 1)
    assert numbers() == {1}
    assert not memory(index)


def test_a_commit_cannot_bring_a_memory(index: Path, git: Callable[..., str], numbers: Numbers) -> None:
    add(index, git, 1, 2, 3)
    numbers()
    forge(index, memory(index).replace("[[1,3]]", "[]"))
    assert numbers() == set()
    (index / ".ficli").rename(index / "committed")
    shutil.copytree(index / "committed", index / ".ficli")

    assert numbers() == {1, 2, 3}
