"""The steps of the workflow that checks links, run as GitHub runs them, on what was seen on earlier days."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import yaml
from ficli.web.links.history import open_memory, settled
from ficli.web.links.verdicts import AnswerResult, Verdict

RECORD = (
    "schema_version: 1\nslug: a\nstatus: draft\ntitle: A\nsources:\n  - title: A\n    url: https://news.example.org/a\n"
)

Step = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def step(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> Step:
    """Return a function that runs a step by its name, in a registry whose only source has been asked today."""
    run("init", "--github", "registry")
    root = tmp_path / "registry"
    (root / "drafts" / "a.yaml").write_text(RECORD, encoding="utf-8")
    today = datetime.now(UTC).date()
    with open_memory(root, today + timedelta(days=1)) as memory:
        memory.put(settled("https://news.example.org/a", AnswerResult(Verdict.SOFT_404, "gone"), None, today))
    (tmp_path / "runner" / "ficli" / "bin").mkdir(parents=True)
    (tmp_path / "runner" / "ficli" / "bin" / "ficli").symlink_to(Path(sys.executable).parent / "ficli")
    workflow = yaml.safe_load((root / ".github" / "workflows" / "ficli-links.yml").read_text(encoding="utf-8"))
    bash = shutil.which("bash")
    assert bash is not None

    def ran(name: str) -> subprocess.CompletedProcess[str]:
        (script,) = (step["run"] for step in workflow["jobs"]["links"]["steps"] if step["name"] == name)
        variables = {
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(tmp_path / "runner"),
            "HOME": str(tmp_path),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        }
        return subprocess.run(  # noqa: S603 - the shell and flags are GitHub's own
            [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=root,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return ran


def test_a_broken_link_fails_the_check_and_not_the_summary(step: Step, tmp_path: Path) -> None:
    check, summary = step("Check links"), step("Summary")

    assert check.returncode == 1, check.stderr
    assert "drafts/a.yaml:7:10: soft-404" in check.stdout
    assert summary.returncode == 0, summary.stderr
    assert "# Links: 1 broken" in (tmp_path / "summary").read_text(encoding="utf-8")


def test_a_summary_that_cannot_be_written_is_no_success(step: Step, tmp_path: Path) -> None:
    (tmp_path / "registry" / "ficli.toml").write_text("nonsense = 1\n", encoding="utf-8")

    assert step("Summary").returncode != 0
