"""The script of `action.yml`, run as GitHub runs it, on a checkout that a stranger has prepared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import yaml

REPOSITORY = Path(__file__).parents[2]
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))

Act = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def act(registry: Path, tmp_path: Path) -> Act:
    """Return a function that runs the last step with some inputs."""
    bash = shutil.which("bash")
    assert bash is not None
    temporary = tmp_path / "runner"
    (temporary / "ficli" / "bin").mkdir(parents=True)
    (temporary / "ficli" / "bin" / "ficli").symlink_to(Path(sys.executable).parent / "ficli")
    step = ACTION["runs"]["steps"][-1]

    def acted(**inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name: str(facts["default"]) for name, facts in ACTION["inputs"].items()} | inputs
        variables = {
            name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in step["env"].items()
        }
        path = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(temporary), "HOME": str(tmp_path)}
        summary = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        return subprocess.run(  # noqa: S603 - the shell and flags are GitHub's own
            [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=registry,
            env=path | summary | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return acted


def test_findings_are_annotations_a_summary_and_a_failure(act: Act, tmp_path: Path) -> None:
    done = act()

    assert done.returncode == 1
    assert "error[placeholder-left]" in done.stdout
    assert "\n::error file=drafts/" in done.stdout
    assert (tmp_path / "summary").read_text(encoding="utf-8").startswith("### ficli: ")


def test_inputs(act: Act, registry: Path) -> None:
    (draft,) = (registry / "drafts").glob("*.yaml")
    draft.unlink()
    settings = registry / "ficli.toml"
    settings.write_text('[rules]\nselect = ["weak-sourcing"]\n', encoding="utf-8")

    assert act().returncode == 0
    assert act(strict="true", sarif="out/my ficli.sarif").returncode == 1
    assert json.loads((registry / "out" / "my ficli.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize("name", ["registry", "sarif", "since", "strict"])
@pytest.mark.parametrize(
    "value", ["$(touch pwned)", "; touch pwned", '"; touch pwned; "', "--exit-zero", "x\ntouch pwned"]
)
def test_no_input_is_part_of_the_script(act: Act, registry: Path, name: str, value: str) -> None:
    done = act(**{name: value})

    assert done.returncode in {1, 2, 3}
    assert not (registry / "pwned").exists()


def test_no_module_of_the_checkout_is_imported(act: Act, registry: Path) -> None:
    for name in ("yaml", "json", "ficli", "site", "sitecustomize", "usercustomize", "typer", "yaml_rs"):
        (registry / f"{name}.py").write_text("open('pwned', 'w')\n", encoding="utf-8")

    assert act().returncode == 1
    assert not (registry / "pwned").exists()
