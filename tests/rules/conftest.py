"""What the tests of the rules share: a registry in a folder, judged and mended by every rule on a fixed day."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.commands.validate.validate import ValidateRequest, validate
from ficli.config import Config
from ficli.open_registry import OpenRegistry, load_taxonomy
from ficli.rules.check_registry import check_registry
from ficli.rules.fixes import Fixed, fix_registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.environment import Environment
    from ficli.rules.contract import Settings
    from ficli.rules.selection import RuleSelection

Files: TypeAlias = Mapping[str, bytes]
TODAY = date(2026, 11, 23)


def terms_of(root: Path) -> tuple[Settings, RuleSelection]:
    """Return what a registry is judged by: its own `taxonomy.yaml` if it has one, and every rule."""
    return OpenRegistry(Config(root=root), load_taxonomy(root)).terms(TODAY)


@pytest.fixture
def judge() -> Callable[[Path], list[Diagnostic]]:
    """Return a function that judges the registry in a folder."""

    def judged(root: Path) -> list[Diagnostic]:
        judgement = check_registry(*terms_of(root))
        assert not judgement.unread
        return list(judgement.diagnostics)

    return judged


@pytest.fixture
def judge_change(
    tmp_path: Path, git: Callable[..., str], environment: Callable[..., Environment]
) -> Callable[[Sequence[Files], Files], list[Diagnostic]]:
    """Return a function that commits some states of a registry, then puts its files as a change makes them, and judges it.

    The last state that is committed is the base. The change is not committed.
    """

    def judged(committed: Sequence[Files], change: Files) -> list[Diagnostic]:
        root = tmp_path / "registry"
        root.mkdir()
        git(root, "init")
        for state in committed:
            _put(root, state)
            git(root, "add", "--all")
            git(root, "commit", "--allow-empty", "--message", "state")
        _put(root, change)
        here = environment(cwd=root, variables={"PATH": os.environ["PATH"]})
        outcome = validate(here, ValidateRequest(since="HEAD", jobs=1))
        assert not outcome.unread
        return list(outcome.diagnostics)

    return judged


def _put(root: Path, files: Files) -> None:
    """Make a registry hold exactly these files."""
    for path in root.iterdir():
        if path.is_dir() and path.name != ".git":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    for name, raw in {"ficli.toml": b"", **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)


@pytest.fixture
def mend() -> Callable[[Path], Fixed]:
    """Return a function that mends the registry in a folder, in memory, with safe and unsafe fixes."""

    def mended(root: Path) -> Fixed:
        terms = terms_of(root)
        return fix_registry(check_registry(*terms), *terms, wanted=lambda _: True, unsafe=True, workers=1)

    return mended


@pytest.fixture
def judge_bytes(judge: Callable[[Path], list[Diagnostic]], tmp_path: Path) -> Callable[[bytes], list[Diagnostic]]:
    """Return a function that judges the bytes of one record, as `incidents/FI-0042.yaml`."""

    def judged(raw: bytes) -> list[Diagnostic]:
        path = tmp_path / "incidents" / "FI-0042.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
        return judge(tmp_path)

    return judged
