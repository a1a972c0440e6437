"""Several formats in one run: what goes to stdout, what to files, and what GitHub shows as a job's summary."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from junitparser import JUnitXml

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

SUMMARY = "Found 1 problem (1 error) in 1 of 4 records; 1 can be fixed with `--unsafe-fixes`. 34 rules ran."


@pytest.fixture
def spoiled(registry: Path) -> Path:
    """Return a registry with one mistake."""
    (draft,) = (registry / "drafts").glob("*.yaml")
    draft.write_bytes(draft.read_bytes().replace(b'"TODO: what', b'"What'))
    record = registry / "incidents" / "FI-0232.yaml"
    record.write_bytes(record.read_bytes().replace(b"severity: medium", b"severity: hgih"))
    return registry


def test_formats_go_to_files_and_the_rest_to_stdout(spoiled: Path, run: Run) -> None:
    flags = ["--output-format", "concise", "--output", "sarif=out/ficli.sarif", "--output", "junit=ficli.xml"]
    code, stdout, stderr = run("validate", *flags, cwd=spoiled)
    (sarif,) = json.loads((spoiled / "out" / "ficli.sarif").read_text(encoding="utf-8"))["runs"]
    (result,) = sarif["results"]

    assert code == 1
    assert stdout.endswith(f"{SUMMARY}\n")
    assert stderr == "Wrote out/ficli.sarif\nWrote ficli.xml\n"
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "ig"}
    assert JUnitXml.fromfile(str(spoiled / "ficli.xml")).failures == 1


@pytest.mark.parametrize(
    "flags",
    [
        ["--output-format", "sarif", "--output", "a.out"],
        ["--output-format", "sarif", "--output", "sarif=a.out"],
        ["--output-format", "sarif", "--output", "./a.out"],
    ],
)
def test_what_is_in_a_file_is_not_on_stdout(spoiled: Path, run: Run, flags: list[str]) -> None:
    assert run("validate", *flags, cwd=spoiled) == (1, "", "Wrote a.out\n")
    assert json.loads((spoiled / "a.out").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_two_formats_for_a_log(spoiled: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--output-format", "full", "--output-format", "github", cwd=spoiled)

    assert "error[invalid-value]" in stdout
    assert "\n::error file=incidents/FI-0232.yaml,line=" in stdout


def test_a_file_outside_the_registry(spoiled: Path, run: Run) -> None:
    assert run("validate", "--output", "json=../a.json", cwd=spoiled)[0] == 1
    assert (spoiled.parent / "a.json").exists()


def test_a_file_has_no_colour(spoiled: Path, run: Run) -> None:
    run("validate", "--output", "full=a.txt", "--color", "always", cwd=spoiled)

    assert "\x1b" not in (spoiled / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flags", "error"),
    [
        (["--output", "sarfi=a"], "`--output`: there is no format `sarfi`\n  help: did you mean `sarif`?"),
        (["--output", "x=a"], "`--output`: there is no format `x`\n  help: the formats are `full`, "),
        (["--output", "sarif="], "`--output`: `sarif=` names no file\n"),
        (["--output", "-"], "`--output`: `-` names no file\n"),
        (["--output", "a", "--output", "json=a"], "`--output`: `a` is named twice\n"),
        (
            ["--output-format", "full", "--output-format", "json", "--output", "a"],
            "`--output`: which format goes to `a`?\n  help: write `FORMAT=a`",
        ),
        (
            ["--output-format", "full", "--output-format", "json"],
            "`--output-format`: `json` cannot share stdout with another format\n  help: write it to a file: `--output json=FILE`",
        ),
        (["--output", "json=incidents/FI-0232.yaml"], "`--output`: `incidents/FI-0232.yaml` is part of the registry\n"),
        (["--output", "json=ficli.toml"], "`--output`: `ficli.toml` is part of the registry\n"),
        (["--output", "json=rejected.yaml"], "`--output`: `rejected.yaml` is part of the registry\n"),
        (["--output", "json=.git/config"], "`--output`: `.git/config` is part of the registry\n"),
        (["--output", "json=.ficli/lock"], "`--output`: `.ficli/lock` is part of the registry\n"),
        (["--output", "json=Incidents/a"], "`--output`: `Incidents/a` is part of the registry\n"),
        (["--output", "json=a", "--diff"], "`--diff` shows changes, and `--output` takes findings\n"),
        (["--output", "json=a", "--statistics"], "`--statistics` counts for people; `json` has the counts already\n"),
    ],
)
def test_flags_that_make_no_sense(spoiled: Path, run: Run, flags: list[str], error: str) -> None:
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    code, stdout, stderr = run("validate", *flags, cwd=spoiled)

    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"error: {error}")
    assert before == {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}


def test_a_file_that_cannot_be_written(spoiled: Path, run: Run) -> None:
    code, stdout, stderr = run("validate", "--output", "json=incidents", cwd=spoiled)
    assert (code, stdout) == (2, "")
    (spoiled / "taken").mkdir()
    (spoiled / "loop").symlink_to("loop")
    files = ["--output", "json=taken", "--output", "junit=loop", "--output", "sarif=a.sarif"]
    code, stdout, stderr = run("validate", *files, cwd=spoiled)

    assert code == 3
    assert stdout.endswith(f"{SUMMARY}\n")
    assert stderr.startswith("Wrote a.sarif\nerror: `")
    assert stderr.count("could not be written") == 2
    assert (spoiled / "a.sarif").exists()
    assert list((spoiled / "taken").iterdir()) == []


def test_two_names_of_one_file(spoiled: Path, run: Run) -> None:
    (spoiled / "b").symlink_to("a")
    (spoiled / "folder").mkdir()
    for other in ("folder/../a", str(spoiled / "a"), "b"):
        code, stdout, stderr = run("validate", "--fix", "--output", "json=a", "--output", f"sarif={other}", cwd=spoiled)

        assert (code, stdout) == (2, "")
        assert stderr.startswith(f"error: `--output`: `a` and `{other}` are one file\n")
        assert not (spoiled / "a").exists()


def test_a_link_in_a_checkout_leads_no_report_out_of_it(spoiled: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "profile").write_text("mine", encoding="utf-8")
    (spoiled / "ficli.sarif").symlink_to(tmp_path / "home" / "profile")
    (spoiled / "out").symlink_to(tmp_path / "home")
    (tmp_path / "top.sarif").symlink_to(tmp_path.parent)
    for path in ("ficli.sarif", "out/profile", "out/new"):
        code, _, stderr = run("validate", "--output", f"sarif={path}", cwd=spoiled)

        assert code == 2
        assert stderr.startswith(f"error: `--output`: `{path}` is a link that leads elsewhere\n")
    assert run("validate", "--output", "sarif=top.sarif", "registry", cwd=tmp_path)[0] == 2
    assert {path.name: path.read_text() for path in (tmp_path / "home").iterdir()} == {"profile": "mine"}


def test_a_device_is_no_file_to_replace(spoiled: Path, run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, stdout, stderr = run("validate", "--output", f"json={tmp_path / 'pipe'}", cwd=spoiled)

    assert (code, stdout) == (2, "")
    assert "is no ordinary file\n  help: what is in no file goes to stdout" in stderr
    assert (tmp_path / "pipe").is_fifo()


def test_the_summary_of_a_step_is_added_to(spoiled: Path, run: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    summary.write_text("before\n", encoding="utf-8")
    code, stdout, _ = run(
        "validate", "--output-format", "github", cwd=spoiled, variables={"GITHUB_STEP_SUMMARY": str(summary)}
    )
    text = summary.read_text(encoding="utf-8")

    assert code == 1
    assert stdout.startswith("::error file=incidents/FI-0232.yaml,")
    assert text.startswith("before\n### ficli: 1 problem\n")
    assert "- `incidents/FI-0232.yaml:" in text


def test_other_formats_leave_the_summary_alone(spoiled: Path, run: Run, tmp_path: Path) -> None:
    run("validate", cwd=spoiled, variables={"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")})

    assert not (tmp_path / "summary").exists()


def test_a_full_summary_is_left_as_it_is(spoiled: Path, run: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    summary.write_bytes(b"x" * (1 << 20))
    run("validate", "--output-format", "github", cwd=spoiled, variables={"GITHUB_STEP_SUMMARY": str(summary)})

    assert summary.stat().st_size == 1 << 20


@pytest.mark.parametrize("name", ["ficli.toml", "Reservations.yaml", "incidents/FI-0232.yaml"])
def test_a_summary_is_never_put_into_the_registry(spoiled: Path, run: Run, name: str) -> None:
    before = {path: path.read_bytes() for path in spoiled.rglob("*.*") if path.is_file()}
    code, _, stderr = run(
        "validate", "--output-format", "github", cwd=spoiled, variables={"GITHUB_STEP_SUMMARY": str(spoiled / name)}
    )

    assert code == 2
    assert f"`GITHUB_STEP_SUMMARY`: `{spoiled / name}` is part of the registry" in stderr
    assert {path: path.read_bytes() for path in spoiled.rglob("*.*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["missing/summary", "folder"])
def test_a_summary_that_cannot_be_written_fails_the_run(spoiled: Path, run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    code, stdout, stderr = run(
        "validate", "--output-format", "github", cwd=spoiled, variables={"GITHUB_STEP_SUMMARY": str(tmp_path / name)}
    )

    assert code == 3
    assert "could not be written" in stderr
    assert stdout.startswith("::error file=incidents/FI-0232.yaml,")


def test_no_records_are_never_clean(registry: Path, run: Run) -> None:
    for path in registry.glob("*/*.yaml"):
        path.unlink()
    (registry / "incidents" / "notes.yml").touch()
    (registry / "ficli.toml").write_text('[rules.misplaced-file]\nseverity = "warning"\n', encoding="utf-8")

    for name in ("full", "github", "gitlab", "sarif", "junit", "markdown"):
        assert run("validate", "--output-format", name, cwd=registry)[0] == 2
