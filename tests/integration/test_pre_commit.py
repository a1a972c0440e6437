"""The hooks, run by pre-commit itself in a scratch repository, with the ficli that is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import yaml

REPOSITORY = Path(__file__).parents[2]

Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def start(registry: Path, tmp_path: Path) -> Start:
    """Return a function that runs a program in a repository with the hooks of `.pre-commit-hooks.yaml`."""
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = [{**hook, "language": "system"} for hook in hooks]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (registry / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    variables = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }

    def started(*words: str) -> subprocess.CompletedProcess[str]:
        program = shutil.which(words[0], path=variables["PATH"])
        assert program is not None
        return subprocess.run(  # noqa: S603 - the words are those of these tests
            [program, *words[1:]], cwd=registry, env=variables, capture_output=True, text=True, check=False
        )

    (draft,) = (registry / "drafts").glob("*.yaml")
    draft.unlink()
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--no-verify", "-m", "Begin")):
        assert started("git", *words).returncode == 0
    return started


def spoil(record: Path) -> None:
    """Write a mistake into a record."""
    record.write_bytes(record.read_bytes().replace(b"\nseverity: ", b"\nseverity: x"))


def test_a_commit_of_a_record_with_a_mistake_is_stopped(start: Start, registry: Path) -> None:
    spoil(registry / "incidents" / "FI-0232.yaml")
    start("git", "add", ".")
    done = start("pre-commit", "run", "ficli-validate")

    assert done.returncode == 1
    assert "error[invalid-value]" in done.stdout
    assert "incidents/FI-0232.yaml:" in done.stdout


def test_a_mistake_elsewhere_stops_only_the_whole_registry(start: Start, registry: Path) -> None:
    spoil(registry / "incidents" / "FI-0232.yaml")
    start("git", "commit", "--quiet", "--no-verify", "-am", "An old debt")
    other = registry / "incidents" / "FI-0192.yaml"
    other.write_bytes(other.read_bytes() + b"\n")
    start("git", "add", ".")

    assert start("pre-commit", "run", "ficli-validate").returncode == 0
    assert start("pre-commit", "run", "ficli-validate-all").returncode == 1


def test_a_file_that_is_no_record_does_not_start_the_first_hook(start: Start, registry: Path) -> None:
    (registry / "notes.txt").touch()
    (registry / "drafts" / ".gitkeep").write_text("kept\n", encoding="utf-8")
    start("git", "add", ".")

    assert "Skipped" in start("pre-commit", "run", "ficli-validate").stdout


def test_odd_names_are_names(start: Start, registry: Path) -> None:
    (registry / "incidents" / "sub").mkdir()
    for name in ("--exit-zero.yaml", "a b.yaml", "$(touch pwned).yaml", "sub/-x.yaml"):
        (registry / "incidents" / name).write_text("title: {\n", encoding="utf-8")
    start("git", "add", ".")
    done = start("pre-commit", "run", "ficli-validate")

    assert done.returncode == 1
    assert done.stdout.count("error[yaml-syntax]") == 4
    assert not (registry / "pwned").exists()
