"""Runs every whole-program case: a folder in `cases/` with a command and what must come of it.

- `command`: one line, `ficli …`, run in an empty folder, on 2026-11-23, without variables, not on a terminal;
- `setup` (optional): commands to run before, one a line, whose output does not count;
- `registry/` (optional): files to put into the folder then, where the rules are those in `tests/settings/ficli.toml`;
- `world.toml` (optional): `terminal = true`, `variables = {…}`;
- `stdout`, `stderr`: what is printed, with `<folder>` for the folder; missing where nothing is;
- `exit`: the exit code;
- `written/` (optional): files and what they hold afterwards; where it is missing, nothing is looked at.

`python -m pytest tests/cli --update-cases` writes the expectations anew. Read the difference as a user would.
"""

from __future__ import annotations

import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
SETTINGS = Path(__file__).parents[1] / "settings" / "ficli.toml"

Run = Callable[..., tuple[int, str, str]]


def arguments(line: str) -> list[str]:
    """Split a command line into the words after `ficli`."""
    program, *words = shlex.split(line)
    assert program == "ficli"
    return words


def play(case: Path, folder: Path, run: Run) -> dict[str, str]:
    """Run a case and give what came of it, by the name of the file that tells it."""
    folder.mkdir()
    for line in read(case / "setup").splitlines():
        run(*arguments(line), cwd=folder)
    for settings in folder.rglob("ficli.toml"):
        shutil.copyfile(SETTINGS, settings)
    if (case / "registry").is_dir():
        shutil.copytree(case / "registry", folder, dirs_exist_ok=True)
    world = tomllib.loads(read(case / "world.toml"))
    code, stdout, stderr = run(*arguments(read(case / "command")), cwd=folder, **world)
    outcome = {"stdout": stdout, "stderr": stderr, "exit": f"{code}\n"}
    for path in files(case / "written"):
        outcome[f"written/{path}"] = read(folder / path)
    return {name: text.replace(str(folder), "<folder>") for name, text in outcome.items()}


def read(path: Path) -> str:
    """Read a file as it is; nothing where there is none."""
    return path.read_bytes().decode() if path.exists() else ""


def files(folder: Path) -> Iterator[str]:
    """Name the files in a folder and below."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


@pytest.mark.parametrize("name", sorted(path.parent.name for path in CASES.glob("*/command")))
def test_case(name: str, tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> None:
    case = CASES / name
    outcome = play(case, tmp_path / "work", run)
    if request.config.getoption("update_cases"):
        for path, text in outcome.items():
            (case / path).unlink(missing_ok=True)
            if text:
                (case / path).write_bytes(text.encode())

    assert outcome == {path: read(case / path) for path in outcome}
