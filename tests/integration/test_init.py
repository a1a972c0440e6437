"""`ficli init --github`, `--gitlab` and `--pre-commit`: files that keep to their schemas, and never overwrite."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import yaml
from ficli import __version__
from ficli.commands.init.init import INTEGRATION_FILES

Run = Callable[..., tuple[int, str, str]]

REPOSITORY = Path(__file__).parents[2]
FLAGS = ("--github", "--gitlab", "--pre-commit")
COMMANDS = {"validate", "assign", "check-links"}


@pytest.fixture
def written(run: Run, tmp_path: Path) -> Path:
    """Return a registry with every file there is."""
    assert run("init", *FLAGS, "demo")[0] == 0
    return tmp_path / "demo"


def check(*arguments: str | Path) -> None:
    """Run one of the checkers that are installed beside this Python."""
    done = subprocess.run(  # noqa: S603 - the words are those of these tests
        [sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_flag_adds_its_files(run: Run, tmp_path: Path) -> None:
    run("init", "demo")
    for flag, paths in zip(
        FLAGS,
        (
            [f".github/workflows/ficli-{name}.yml" for name in ("validate", "assign", "links")],
            [".gitlab-ci.yml"],
            [".pre-commit-config.yaml"],
        ),
        strict=True,
    ):
        foreseen = run("init", flag, "--dry-run", "demo")[1]
        assert not any((tmp_path / "demo" / path).exists() for path in paths)
        assert run("init", flag, "demo")[1] == foreseen == "".join(f"demo/{path}\n" for path in paths)
    assert run("init", *FLAGS, "demo")[1] == ""


def test_a_file_that_is_there_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / ".gitlab-ci.yml").write_text("mine: {}\n", encoding="utf-8")
    _, stdout, stderr = run("init", *FLAGS, "demo")

    assert (tmp_path / "demo" / ".gitlab-ci.yml").read_text(encoding="utf-8") == "mine: {}\n"
    assert ".gitlab-ci.yml" not in stdout
    assert "Note: `.gitlab-ci.yml` does not run ficli; " in stderr


def test_below_the_top_of_a_repository_it_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert "; this is not the top" in run("init", "--github", "demo")[2]
    assert "; this is not the top" not in run("init", "demo")[2]


def test_they_install_this_version_and_run_commands_that_exist(written: Path, run: Run) -> None:
    for path in INTEGRATION_FILES:
        text = (written / path).read_text(encoding="utf-8")
        assert "VERSION" not in text
        assert f'"ficli=={__version__}"' in text
        called = set(re.findall(r'ficli"? (validate|[a-z]+(?:-[a-z]+)*) (?:"?--|\n)', text)) & COMMANDS
        assert called or path == ".pre-commit-config.yaml"
        for name in called:
            assert run(name, "--help")[0] == 0


def test_they_keep_to_the_published_schemas(written: Path) -> None:
    workflows = sorted((written / ".github" / "workflows").iterdir())
    check("check_jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    gitlab = written / ".gitlab-ci.yml"
    check("check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", gitlab)
    check("check_jsonschema", "--builtin-schema", "vendor.github-actions", REPOSITORY / "action.yml")
    check("pre_commit", "validate-config", written / ".pre-commit-config.yaml")
    check("pre_commit", "validate-manifest", REPOSITORY / ".pre-commit-hooks.yaml")


def test_no_script_holds_an_expression_and_python_is_isolated(written: Path) -> None:
    files = [REPOSITORY / "action.yml", *(written / ".github" / "workflows").iterdir()]
    for file in files:
        whole = yaml.safe_load(file.read_text(encoding="utf-8"))
        steps = [step for job in whole.get("jobs", {}).values() for step in job["steps"]]
        for step in steps or whole["runs"]["steps"]:
            script = step.get("run", "")
            assert "${{" not in script
            assert all(call == "-I" for call in re.findall(r'python3?"? (\S+)', script))
            assert "working-directory" in step or "python" not in script
            assert not re.search(r"@(?![0-9a-f]{40}$)", step.get("uses", ""))


def test_only_assigning_may_write(written: Path) -> None:
    validate, assign, links = (
        yaml.safe_load((written / ".github" / "workflows" / f"ficli-{name}.yml").read_text(encoding="utf-8"))
        for name in ("validate", "assign", "links")
    )
    text = (written / ".github" / "workflows" / "ficli-validate.yml").read_text(encoding="utf-8")

    assert validate["permissions"] == {"contents": "read"}
    assert "permissions" not in validate["jobs"]["validate"]
    assert list(validate[True]) == ["pull_request"]  # YAML 1.1 reads `on` as a truth value
    assert "secrets." not in text
    assert "GITHUB_TOKEN" not in text
    assert links["permissions"] == assign["permissions"] == {}
    assert links["jobs"]["links"]["permissions"] == {"contents": "read"}
    assert set(links[True]) == {"schedule", "workflow_dispatch"}  # what a pull request brings, is not run
    assert assign["jobs"]["assign"]["permissions"] == {"contents": "write"}
    assert assign["concurrency"] == {"group": "ficli-assign", "cancel-in-progress": False}


def test_the_hooks_here_and_those_that_init_writes_are_the_same(written: Path) -> None:
    shipped = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    config = yaml.safe_load((written / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (local,) = config["repos"]
    apart = {"description", "stages", "additional_dependencies"}

    assert [{k: v for k, v in hook.items() if k not in apart} for hook in local["hooks"]] == [
        {k: v for k, v in hook.items() if k not in apart} for hook in shipped
    ]
