"""A scratch copy of the project in which a recipe of CONTRIBUTING is followed, and each of its steps is left out once.

A recipe is a section of CONTRIBUTING with a numbered list. A test module has a function for each item. It makes the
edits, and may touch only files that the item names. What every recipe ends with, writing what follows, is done here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

PROJECT = Path(__file__).parents[2]
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("src/ficli", "schema", "docs", "tests/settings", "pyproject.toml", "README.md", "CONTRIBUTING.md")
PLUGINS = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:pytest_cov")
CASES = "tests/cli/test_cases.py"


class ScratchCopy:
    """A part of the project that may be spoiled, and the text that each edited file had before; None if there was none."""

    def __init__(self, root: Path, tests: Sequence[str] = ()) -> None:
        self.root = root
        self.before: dict[str, str | None] = {}
        shared = [path.relative_to(PROJECT).as_posix() for path in (PROJECT / "tests").glob("*.py")]
        for name in (*COPIED, *(name for name in shared if "/test_" not in name), *tests):
            source, target = PROJECT / name, root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file, which may be new."""
        path = self.root / name
        self.before.setdefault(name, self.read(name) if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def put(self, name: str, mark: str, text: str) -> None:
        """Put lines before every line that starts with a mark."""
        lines = self.read(name).splitlines(keepends=True)
        marked = [line.startswith(mark) for line in lines]
        assert any(marked), f"{mark!r} is not in {name}"
        self.write(name, "".join(text + line if here else line for line, here in zip(lines, marked, strict=True)))

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a piece of text that a file has once."""
        assert self.read(name).count(old) == 1, f"{old!r} is not in {name} once"
        self.write(name, self.read(name).replace(old, new))

    def append(self, name: str, text: str) -> None:
        """Add lines to the end of a file."""
        self.write(name, self.read(name) + text)

    def restore(self, texts: Mapping[str, str | None]) -> None:
        """Give files these texts, and delete those without one."""
        for name, text in texts.items():
            if text is None:
                (self.root / name).unlink()
            else:
                self.write(name, text)

    def run(self, *words: str, cwd: Path | None = None) -> tuple[int, str]:
        """Run Python on the copy, and return the exit code and what was written to stdout and stderr."""
        scrubbed = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        done = subprocess.run(  # noqa: S603 - the words are those of these tests
            [sys.executable, *words],
            cwd=cwd or self.root,
            env=scrubbed | {"PYTHONPATH": str(self.root / "src"), "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def run_tests(self, *words: str) -> tuple[int, str]:
        """Run tests of the copy until one fails."""
        return self.run("-m", "pytest", "-q", "-x", *PLUGINS, *words)


Step: TypeAlias = Callable[[ScratchCopy], None]


@dataclass(frozen=True)
class Recipe:
    """A recipe of CONTRIBUTING and how it is tried.

    Attributes:
        heading: its heading.
        fill: what stands for each placeholder of the paths that it names.
        steps: a function for each item of its list.
        copied: the tests that a copy needs.
        checks: the files with the tests that notice a step that is left out.
        only: which of their tests, as pytest's `-k` takes it.
        fixtures: the folder with all fixtures that these tests need; the fewer, the sooner they start.
        also: more checks that pass when the recipe was followed, as words for pytest.
        cases: the whole-program cases that change.
        generates_code: whether what `docs/generate.py` writes is read by the program.

    """

    heading: str
    fill: Mapping[str, str]
    steps: Sequence[Step]
    copied: Sequence[str]
    checks: Sequence[str]
    only: str = ""
    fixtures: str = "tests"
    also: Sequence[str] = ()
    cases: Sequence[str] = ()
    generates_code: bool = False
    edited: list[Mapping[str, str | None]] = field(default_factory=list)


def section(heading: str) -> str:
    """Return the text of a section of CONTRIBUTING."""
    return CONTRIBUTING.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def items(heading: str) -> list[str]:
    """Return the items of the numbered list of a section."""
    return re.findall(r"^\d+\. (.*\n(?:   .*\n)*)", section(heading), re.MULTILINE)


def paths(text: str, fill: Mapping[str, str] | None = None) -> list[str]:
    """Return the paths that a text names, with their placeholders filled in."""
    named = re.findall(r"`((?:src|tests|docs|schema|benchmarks)/[^`\s]*)`", text)
    return [re.sub(r"<(\w+)>", lambda match: (fill or {}).get(match[1], match[0]), path) for path in named]


def follow(recipe: Recipe, root: Path) -> ScratchCopy:
    """Follow a recipe in a copy, hold each step against what CONTRIBUTING says of it, and run the checks."""
    copy = ScratchCopy(root, sorted({*recipe.copied, *(["tests/cli"] if recipe.cases else [])}))
    told = items(recipe.heading)
    assert len(told) == len(recipe.steps)
    recipe.edited.clear()
    for text, step in zip(told, recipe.steps, strict=True):
        copy.before = {}
        step(copy)
        recipe.edited.append(dict(copy.before))
        named = paths(text, recipe.fill)
        assert [name for name in copy.before if not name.startswith(tuple(named))] == [], step.__name__
        assert [name for name in named if not (root / name).exists()] == [], step.__name__
    code, out = copy.run("docs/generate.py")
    assert code == 0, out
    cases = [f"{CASES}::test_case[{name}]" for name in recipe.cases]
    only = ("-k", f"{recipe.only} or test_case") if recipe.only else ()
    code, out = copy.run_tests("--update-cases", *recipe.checks, *recipe.also, *cases, *only)
    assert code == 0, out
    code, out = copy.run("docs/generate.py", "--check")
    assert (code, out) == (0, "")
    return copy


def unnoticed(recipe: Recipe, copy: ScratchCopy) -> list[str]:
    """Leave out each step of a recipe that was followed, and return those that no check notices."""
    words = [f"--confcutdir={recipe.fixtures}", *recipe.checks, *(("-k", recipe.only) if recipe.only else ())]
    found = []
    for step, before in zip(recipe.steps, recipe.edited, strict=True):
        after = {name: copy.read(name) for name in before}
        copy.restore(before)
        broken = recipe.generates_code and copy.run("docs/generate.py")[0]
        if not broken and not copy.run_tests(*words)[0]:
            found.append(step.__name__)
        copy.restore(after)
    return found
