"""`ficli assign` is killed at every call that writes: the draft or its record is there, whole, and no ID is spent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from ficli.incident.record import Record
from ficli.registry.records import record_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLED = 137
TOO_MANY = 2000

DRIVER = '''
"""Runs ficli, and ends it without a trace at the nth call that writes: before it, or in the middle of a write."""
import builtins, io, os, subprocess, sys

limit, counted = int(sys.argv[1]), 0
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def point():
    global counted
    counted += 1
    if counted == limit:
        os._exit(137)

def guarded(function, is_write=lambda *a, **k: True):
    def run(*arguments, **named):
        if is_write(*arguments, **named):
            point()
        return function(*arguments, **named)
    return run

def opened(function):
    def run(file, mode="r", *arguments, **named):
        stream = function(file, mode, *arguments, **named)
        if set(mode) & set("wax+") and "b" in mode:
            return Torn(stream)
        return stream
    return run

class Torn:
    """A file of which half a write reaches the disk when the process ends in the middle of it."""
    def __init__(self, stream): self.stream = stream
    def __enter__(self): return self
    def __exit__(self, *error): self.stream.close()
    def __getattr__(self, name): return getattr(self.stream, name)
    def write(self, content):
        global counted
        point()
        counted += 1
        if counted == limit:
            self.stream.write(content[: len(content) // 2]); self.stream.flush()
            os._exit(137)
        return self.stream.write(content)

for name in ("rename", "replace", "link", "symlink", "unlink", "remove", "mkdir", "rmdir", "chmod", "fsync", "truncate",
             "ftruncate", "write"):
    setattr(os, name, guarded(getattr(os, name)))
os.open = guarded(os.open, lambda path, flags, *a, **k: flags & WRITING)
import ficli.environment.files
ficli.environment.files.open = opened(builtins.open)
subprocess.Popen = type("Popen", (subprocess.Popen,), {"__init__": guarded(subprocess.Popen.__init__)})

from ficli.terminal.main import main
code = main(sys.argv[2:])
print("points", counted, file=sys.stderr)
sys.exit(code)
'''


def run(root: Path, limit: int, *words: str) -> tuple[int, int]:
    """Run ficli up to the nth call that writes; give its exit code and how many such calls there were."""
    driver = root.parent / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Curator"), ("EMAIL", "curator@example.org"), ("DATE", "1795000000 +0000"))
    }
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    known = {
        "PATH": os.environ["PATH"],
        "HOME": str(root.parent),
        "PYTHONPATH": path,
        "SOURCE_DATE_EPOCH": "1795000000",
    }
    command = [sys.executable, str(driver), str(limit), "assign", *words]
    done = subprocess.run(command, cwd=root, env=known | identity, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode in {0, KILLED}, done.stderr
    return done.returncode, int(done.stderr.rpartition("points ")[2] or 0) if done.returncode == 0 else 0


def state(root: Path) -> dict[str, list[str]]:
    """Return the place of each slug, and check that every file is whole."""
    found: dict[str, list[str]] = {}
    for folder in ("drafts", "incidents"):
        for path in sorted((root / folder).glob("*.yaml")):
            record = Record(record_data(path.read_bytes()))
            assert record.mappings("sources"), path
            assert path.read_bytes().endswith(b"accessed: 2026-06-01\n"), path
            assert record.status == ("draft" if folder == "drafts" else "published")
            found.setdefault(record.slug, []).append(path.name)
    return found


def fresh(index: Path, name: str) -> Path:
    """Copy the registry and what it is pushed to, so that each kill starts from the same."""
    root, bare, kept = index.parent / name, index.parent / "bare.git", index.parent / "kept.git"
    if bare.exists():
        if not kept.exists():
            shutil.copytree(bare, kept)
        shutil.rmtree(bare)
        shutil.copytree(kept, bare)
    shutil.rmtree(root, ignore_errors=True)
    return shutil.copytree(index, root)


def kill_everywhere(index: Path, words: tuple[str, ...], slugs: list[str]) -> int:
    """Kill a run at each point in turn, look at what is there, and let the next run finish it."""
    points = run(fresh(index, "whole"), 0, *words)[1]
    assert 0 < points < TOO_MANY
    whole = state(index.parent / "whole")
    for limit in range(1, points + 1):
        root = fresh(index, "killed")
        assert run(root, limit, *words)[0] == KILLED, f"point {limit} of {points}"
        left = state(root)
        assert sorted(left) == slugs, f"a draft is lost at point {limit}"
        assert run(root, 0, *words)[0] == 0, f"point {limit} cannot be finished"
        assert state(root) == whole, f"another ID is spent after point {limit}"
    return points


def test_a_run_that_is_killed_anywhere_loses_nothing(index: Path, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "a", "b")
    points = kill_everywhere(index, ("--all",), ["a", "b"])
    assert points > 20


def test_a_run_that_is_killed_before_its_commit_or_push_is_finished_too(
    index: Path,
    add_drafts: Callable[..., None],
    clone_of: Callable[..., Path],
    git: Callable[..., str],
) -> None:
    add_drafts(index, "a")
    clone_of(index, "other")
    assert kill_everywhere(index, ("--all", "--push"), ["a"]) > 20
    killed = index.parent / "killed"
    assert git(killed, "status", "--porcelain", "--untracked-files=no") == ""
    assert git(killed, "log", "-1", "--format=%s", "origin/main") == "Assign FI-0001\n"
