"""A record is drawn as its page: whole, harmless, as wide as the terminal, and with what follows from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.commands.show.show import show_record
from ficli.wording import HIDDEN, display_width

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

World = Callable[..., "Environment"]
Run = Callable[..., tuple[int, str, str]]

KLARNA = "incidents/FI-0232.yaml"
PROBE = (
    "import sys\nfrom ficli.terminal.main import main\nmain(sys.argv[1:])\nprint(*sorted(sys.modules), file=sys.stderr)"
)


def change(registry: Path, old: str, new: str, name: str = KLARNA) -> None:
    record = registry / name
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new), encoding="utf-8")


def process(registry: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    return subprocess.run(  # noqa: S603 - the words are those of these tests
        [sys.executable, *words],
        cwd=registry,
        env=os.environ | {"PYTHONPATH": path} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("columns", [44, 80, 100, 300])
@pytest.mark.parametrize("name", ["192", "232", "666", "air-canada-held-liable-chatbot-bereavement-fares"])
def test_no_line_but_an_address_is_wider_than_the_terminal(run: Run, registry: Path, name: str, columns: int) -> None:
    world = {"terminal": True, "variables": {"COLUMNS": str(columns), "NO_COLOR": "1"}, "cwd": registry}
    lines = run("show", name, **world)[1].splitlines()
    prose = [line for line in lines if not line.lstrip().startswith(("https://", "drafts/"))]

    assert max(map(display_width, prose)) <= columns
    assert "\x1b" not in "".join(lines)


def test_a_word_that_no_line_holds_is_broken(run: Run, registry: Path) -> None:
    change(registry, "title: Klarna", f"title: {'支' * 60}")
    world = {"terminal": True, "variables": {"COLUMNS": "40", "NO_COLOR": "1"}, "cwd": registry}
    lines = run("show", "232", **world)[1].splitlines()

    assert lines[:3] == ["支" * 20] * 3


def test_in_a_pipe_nothing_is_wrapped(run: Run, registry: Path) -> None:
    text = "Klarna pivoted from an AI-first customer service strategy back to incorporating human agents. CEO"

    assert text in run("show", "232", cwd=registry)[1]


def test_a_path_is_that_of_the_mode_or_that_of_the_incident(environment: World, registry: Path) -> None:
    mode = show_record(environment(cwd=registry), None, "232").failure_path
    own = show_record(environment(cwd=registry), None, "192").failure_path

    assert mode is not None
    assert own is not None
    assert (mode.own, mode.steps[0], bool(mode.signal)) == (False, "An agent plans a multi-step task.", True)
    assert (own.own, own.steps[1], own.signal) == (True, "ChatGPT gives them citations that are fake.", "")


def test_each_source_says_whether_it_is_independent_and_why_not(environment: World, registry: Path) -> None:
    addition = "  - kind: press\n    title: A third account\n    url: https://www.bloomberg.com/third\n"
    (registry / KLARNA).write_text((registry / KLARNA).read_text(encoding="utf-8") + addition, encoding="utf-8")
    klarna = show_record(environment(cwd=registry), None, "232").sources
    rite_aid = show_record(environment(cwd=registry), None, "666").sources
    mata = show_record(environment(cwd=registry), None, "192").sources

    assert sum(note.independent for note in klarna.values()) == 2
    assert {note.reason for note in klarna.values() if not note.independent} <= {
        "with source 1, both are at `bloomberg.com`",
        "with source 3, both are at `bloomberg.com`",
    }
    assert [note.independent for note in rite_aid.values()] == [False, False]
    assert sorted(note.reason for note in rite_aid.values())[1].endswith("both are at `ftc.gov`")
    assert mata[1].reason == "`en.wikipedia.org` is an encyclopedia"
    assert klarna[0].host == "bloomberg.com"


def test_the_findings_are_those_of_the_registry_s_rules(run: Run, registry: Path) -> None:
    change(registry, "severity: medium", "severity: hgih")
    code, stdout, _ = run("show", "232", cwd=registry)

    assert code == 0
    assert "\nFindings: 1 error\n" in stdout
    assert f"\n{KLARNA}:25:11: error[invalid-value] " in stdout
    assert "Severity       hgih\n" in stdout


def test_the_findings_of_one_record_are_those_that_validate_has(run: Run, registry: Path) -> None:
    change(registry, "2025-05-08\nindexed", "2019-05-08\nindexed")
    before = run("show", "232", cwd=registry)[1]

    assert "Incident date  May 8, 2019\n" in before
    assert run("validate", KLARNA, "--output-format", "concise", cwd=registry)[1].count(KLARNA) == before.count(
        f"\n{KLARNA}"
    )


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("terminal", [False, True])
def test_hostile_text_is_harmless(run: Run, registry: Path, *, terminal: bool, as_json: bool) -> None:
    hostile = r'"\e]0;x\a \u202e \r \e[2J [red]x[/red] \u200b"'
    for field in ("title", "publisher", "speaker", "name"):
        change(registry, f"{field}: ", f"{field}: {hostile}  # ")
    world = {"terminal": terminal, "variables": {"COLUMNS": "80", "NO_COLOR": "1"}, "cwd": registry}
    code, stdout, _ = run("show", "232", *(["--json"] if as_json else []), **world)

    assert code == 0
    assert HIDDEN.findall(stdout.replace("\n", "")) == []
    assert as_json or "[red]x[/red]" in stdout


@pytest.mark.parametrize(
    "line",
    [
        "sources: none", "sources: [1, {url: 3}, {title: x}]", "organizations: x", "impact: [1]", "failure_path: x",
        "impact: {amounts: [1, {value: true}, {value: x}, {}]}", "quote: {text: 1}", "quote: {text: x, source: [1]}",
        "failure_path: {trigger: 1}", "corrections: [1, {date: 1}]", "tags: {a: b}", "status: 3", "slug: [a]",
    ],
)  # fmt: skip
def test_a_record_of_the_wrong_shape_is_shown_as_far_as_it_goes(run: Run, registry: Path, line: str) -> None:
    (registry / "incidents/FI-0700.yaml").write_text(f"id: FI-0700\n{line}\n", encoding="utf-8")

    for world in ({}, {"terminal": True, "variables": {"COLUMNS": "80"}}):
        code, stdout, stderr = run("show", "700", cwd=registry, **world)
        assert (code, stderr) == (0, "")
        assert "(no title)" in stdout
    code, stdout, stderr = run("show", "700", "--json", cwd=registry)
    assert (code, stderr) == (0, "")
    assert json.loads(stdout)["record"]["id"] == "FI-0700"


def test_json_has_the_record_what_follows_and_the_findings(run: Run, registry: Path) -> None:
    data = json.loads(run("show", "666", "--json", cwd=registry)[1])

    assert data["path"] == "incidents/FI-0666.yaml"
    assert data["record"]["organizations"] == [{"name": "Rite Aid", "role": "deployer"}]
    assert data["derived"]["wing"] == "predictive"
    assert data["derived"]["confidence"]["level"] == "low"
    assert data["derived"]["failure_path"]["origin"] == "mode"
    assert data["findings"] == []


def test_signs_that_a_stream_cannot_write_are_replaced(registry: Path) -> None:
    done = process(registry, "-m", "ficli", "show", "232", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "FI-0232 - published - indexed Jun 5, 2026\n" in done.stdout
    assert '  "As cost ' in done.stdout
    assert "\\u" not in done.stdout


def test_a_record_without_errors_is_shown_without_the_exact_tools(registry: Path) -> None:
    done = process(registry, "-c", PROBE, "show", "232")
    modules = set(done.stderr.split())

    assert "ficli.commands.show.show" in modules
    assert (
        modules & {"requests", "urllib3", "http.client", "jsonschema", "ruamel.yaml", "rich.console", "asyncio"}
        == set()
    )


def test_numbers_that_json_does_not_know_are_null(run: Run, registry: Path) -> None:
    change(registry, "impact:\n", "impact:\n  amounts:\n    - value: .nan\n    - value: 1e400\n")
    stdout = run("show", "232", "--json", cwd=registry)[1]

    assert json.loads(stdout, parse_constant=pytest.fail)["record"]["impact"]["amounts"] == [{"value": None}] * 2


def test_a_path_says_in_which_registry_it_is(run: Run, registry: Path) -> None:
    path = f"{registry.name}/{KLARNA}"

    assert run("show", path, cwd=registry.parent)[0] == 0
    assert run("show", path.replace("0232", "0223"), cwd=registry.parent) == (
        2,
        "",
        f"error: there is no record `{registry.name}/incidents/FI-0223.yaml`\n  help: did you mean `FI-0232`?\n",
    )
    assert "no registry here" in run("show", "232", cwd=registry.parent)[2]


def test_what_the_page_tells_of_a_tombstone(run: Run, registry: Path) -> None:
    (registry / "incidents/FI-0300.yaml").write_text(
        "id: FI-0300\nslug: x\nstatus: removed\ntitle: X\nreason: Not a failure.\nretired_date: 2026-06\n",
        encoding="utf-8",
    )
    stdout = run("show", "300", cwd=registry)[1]

    assert stdout.startswith("X\nFI-0300 · removed · Jun 2026\nincidents/FI-0300.yaml\n\nNot a failure.\n\nFindings")
