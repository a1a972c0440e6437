"""Runs every fixture: `<rule>/bad_*.yaml` beside its `.out`, `<rule>/ok_*.yaml`, and folders for several records.

A fixture is one record. It is judged as `incidents/<id>.yaml`, or `drafts/<slug>.yaml` for a draft, unless its
first line is `# file: <path>`. A folder `bad_*/` holds a registry and what is expected in `expected.out`; `ok_*/`
holds one in which nothing is found. A `taxonomy.yaml` beside the fixtures is the vocabulary of all of them.

A folder for a rule about history holds two registries instead: `base/`, which is committed, and `change/`, which is the
same one later; `earlier/` is committed before the base where it is there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from ficli.diagnostics import Diagnostic, Severity
from ficli.rules.fixes import Fixed

HERE = Path(__file__).parent


def parted(folders: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Part the folders that hold one registry from those that hold a base and a change."""
    found = list(folders)
    changes = [folder for folder in found if (folder / "base").is_dir() or (folder / "change").is_dir()]
    return [folder for folder in found if folder not in changes], changes


BAD = sorted(HERE.glob("*/bad_*.yaml"))
OK = sorted(HERE.glob("*/ok_*.yaml"))
FOLDERS = sorted(path for path in HERE.glob("*/*_*") if path.is_dir())
BAD_FOLDERS, BAD_CHANGES = parted(path for path in FOLDERS if path.name.startswith("bad_"))
OK_FOLDERS, OK_CHANGES = parted(path for path in FOLDERS if path.name.startswith("ok_"))

Judge = Callable[[Path], list[Diagnostic]]
JudgeChange = Callable[[Sequence[Mapping[str, bytes]], Mapping[str, bytes]], list[Diagnostic]]
Mend = Callable[[Path], Fixed]


def place_of(text: str) -> str:
    """Name the file as which a fixture is judged."""
    if named := re.match(r"# file: (\S+)", text):
        return named[1]
    fields = dict(re.findall(r"^(id|slug|status): (\S+)", text, re.MULTILINE))
    if fields.get("status") == "draft":
        return f"drafts/{fields.get('slug', 'unnamed')}.yaml"
    return f"incidents/{fields.get('id', 'FI-0042')}.yaml"


def settle(fixture: Path, root: Path) -> Path:
    """Make one record a registry of its own."""
    text = fixture.read_bytes().decode(errors="replace")
    path = root / place_of(text)
    path.parent.mkdir(parents=True)
    shutil.copyfile(fixture, path)
    if (fixture.parent / "taxonomy.yaml").exists():
        shutil.copyfile(fixture.parent / "taxonomy.yaml", root / "taxonomy.yaml")
    return root


def line(item: Diagnostic) -> str:
    """Write a finding as an `.out` file does."""
    return f"{item.span.line}:{item.span.column}: {item.severity}[{item.rule}] {item.message}\n"


def weighing(found: Iterable[Diagnostic], rule: str) -> list[Diagnostic]:
    """Leave out what other rules only inform of, since most records have something that could be better."""
    return [item for item in found if item.rule == rule or item.severity is not Severity.INFO]


def name(path: Path) -> str:
    """Name a fixture by its rule and its file."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("fixture", BAD, ids=name)
def test_bad(fixture: Path, judge: Judge, tmp_path: Path) -> None:
    found = weighing(judge(settle(fixture, tmp_path)), fixture.parent.name)

    assert "".join(map(line, found)) == fixture.with_suffix(".out").read_text()
    assert fixture.parent.name in {item.rule for item in found}


@pytest.mark.parametrize("fixture", OK, ids=name)
def test_ok(fixture: Path, judge: Judge, tmp_path: Path) -> None:
    found = weighing(judge(settle(fixture, tmp_path)), fixture.parent.name)

    assert "".join(map(line, found)) == ""


@pytest.mark.parametrize("fixture", BAD, ids=name)
def test_a_fix_mends_what_it_is_offered_for_and_breaks_nothing(
    fixture: Path, mend: Mend, judge: Judge, tmp_path: Path
) -> None:
    rule = fixture.parent.name
    found = weighing(judge(settle(fixture, tmp_path)), rule)

    left = {(item.rule, item.message) for item in weighing(mend(tmp_path).registry_findings.diagnostics, rule)}

    assert left == {(item.rule, item.message) for item in found if item.fix is None}


@pytest.mark.parametrize("folder", BAD_FOLDERS, ids=name)
def test_bad_folder(folder: Path, judge: Judge) -> None:
    found = weighing(judge(folder), folder.parent.name)

    assert "".join(f"{item.path}:{line(item)}" for item in found) == (folder / "expected.out").read_text()
    assert folder.parent.name in {item.rule for item in found}


def held(folder: Path) -> dict[str, bytes]:
    """Read a registry; one that has no records need not be there."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def found_in_change(folder: Path, judge_change: JudgeChange) -> str:
    """Judge the change in a folder, and write what is found as its `expected.out` does."""
    committed = [held(folder / state) for state in ("earlier", "base") if state == "base" or (folder / state).is_dir()]
    found = weighing(judge_change(committed, held(folder / "change")), folder.parent.name)
    return "".join(f"{item.path}:{line(item)}" for item in found)


@pytest.mark.parametrize("folder", BAD_CHANGES, ids=name)
def test_bad_change(folder: Path, judge_change: JudgeChange) -> None:
    found = found_in_change(folder, judge_change)

    assert found == (folder / "expected.out").read_text()
    assert f"[{folder.parent.name}]" in found


@pytest.mark.parametrize("folder", OK_CHANGES, ids=name)
def test_ok_change(folder: Path, judge_change: JudgeChange) -> None:
    assert found_in_change(folder, judge_change) == ""


@pytest.mark.parametrize("folder", OK_FOLDERS, ids=name)
def test_ok_folder(folder: Path, judge: Judge) -> None:
    assert "".join(f"{item.path}:{line(item)}" for item in weighing(judge(folder), folder.parent.name)) == ""
