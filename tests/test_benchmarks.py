"""The synthetic registry that the benchmarks judge: clean unless mistakes are asked for, and always the same."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ficli.commands.validate.validate import ValidateRequest, validate
from ficli.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from ficli.diagnostics import Diagnostic

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "generate.py"
RECORDS, DRAFTS = 20, 3


@cache
def script() -> ModuleType:
    """Load `benchmarks/generate.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("benchmarks_generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def generate(folder: Path, *options: str) -> Path:
    """Write a small registry."""
    assert script().main([str(folder), f"--records={RECORDS}", f"--drafts={DRAFTS}", *options]) == 0
    return folder


def findings(registry: Path) -> Sequence[Diagnostic]:
    """Judge a registry by every rule."""
    environment = Environment(
        variables={},
        cwd=registry,
        stdin=io.StringIO(),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        clock=lambda: date(2026, 6, 1),
        workers=1,
    )
    outcome = validate(environment, ValidateRequest(cache=False))
    assert outcome.loaded == RECORDS + DRAFTS
    assert outcome.unread == []
    return outcome.diagnostics


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_records_are_clean(tmp_path: Path, seed: str) -> None:
    assert findings(generate(tmp_path, f"--seed={seed}")) == []


def test_every_record_has_the_mistakes_asked_for(tmp_path: Path) -> None:
    found = findings(generate(tmp_path, "--findings=3"))
    by_record = Counter(item.path for item in found)
    assert len(by_record) == RECORDS + DRAFTS
    assert min(by_record.values()) >= 3
    assert all(len({item.rule for item in found if item.path == path}) >= 3 for path in by_record)


def test_every_mistake_is_found_by_its_rule(tmp_path: Path) -> None:
    mistakes = script().MISTAKES
    found = {item.rule for item in findings(generate(tmp_path, f"--findings={len(mistakes)}"))}
    assert found >= {mistake.__doc__.split("`")[1] for mistake in mistakes}


def test_every_warning_is_found_by_its_rule_and_is_no_error(tmp_path: Path) -> None:
    warnings = script().WARNINGS
    found = findings(generate(tmp_path, f"--warnings={len(warnings)}"))
    assert {item.rule for item in found} >= {mistake.__doc__.split("`")[1] for mistake in warnings}
    assert {str(item.severity) for item in found} == {"warning"}


def test_a_registry_follows_from_its_seed(tmp_path: Path) -> None:
    one, same, other = (generate(tmp_path / name, f"--seed={seed}") for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert contents(one) == contents(same)
    assert contents(one) != contents(other)


def test_more_records_change_none(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    for folder, records in ((small, 5), (large, 9)):
        script().main([str(folder), f"--records={records}"])
    assert contents(small).items() < contents(large).items()


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(SystemExit):
        script().main([str(tmp_path)])
    assert "is not empty" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.txt"]
