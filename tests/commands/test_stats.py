"""Published records are counted, and a grave one of low confidence is left out of the headline and said to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ficli.commands.list.rows import count_records

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

World = Callable[..., "Environment"]
Run = Callable[..., tuple[int, str, str]]

RITE_AID = "incidents/FI-0666.yaml"


def test_the_headline_leaves_out_low_confidence(registry: Path, environment: World) -> None:
    stats = count_records(environment(cwd=registry), None)

    assert stats.headline == {"high": 0, "catastrophic": 0}
    assert stats.left_out == {"high": 1, "catastrophic": 0}
    assert stats.groups["severity"] == {"low": 0, "medium": 2, "high": 1, "catastrophic": 0}


def test_the_headline_counts_what_is_corroborated(registry: Path, environment: World) -> None:
    text = (registry / RITE_AID).read_text(encoding="utf-8")
    text += "  - kind: press\n    title: Another account\n    url: https://daily.example.org/rite-aid\n"
    (registry / RITE_AID).write_text(text, encoding="utf-8")
    stats = count_records(environment(cwd=registry), None)

    assert stats.headline == {"high": 1, "catastrophic": 0}
    assert stats.left_out == {"high": 0, "catastrophic": 0}
    assert stats.groups["confidence"] == {"low": 1, "medium": 1, "high": 1}


def test_only_published_records_are_counted(registry: Path, environment: World) -> None:
    stats = count_records(environment(cwd=registry), None)

    assert stats.statuses == {"draft": 1, "published": 3, "merged": 0, "removed": 0}
    assert stats.groups["year"] == {"2023": 2, "2025": 1}
    assert list(stats.groups["ai_surface"].items()) == [("chatbot", 2), ("computer-vision", 1)]
    assert all(sum(counts.values()) == 3 for counts in stats.groups.values())


def test_a_record_without_a_field_is_counted_as_such(registry: Path, environment: World) -> None:
    record = "id: FI-0700\nstatus: published\nincident_date: soon\nseverity: awful\n"
    (registry / "incidents/FI-0700.yaml").write_text(record, encoding="utf-8")
    groups = count_records(environment(cwd=registry), None).groups

    assert groups["year"][""] == 1
    assert groups["failure_mode"][""] == 1
    assert groups["severity"]["awful"] == 1


def test_bars_fit_the_terminal_and_the_longest_is_the_most_frequent(run: Run, registry: Path) -> None:
    for columns in (30, 80, 200):
        world = {"terminal": True, "variables": {"COLUMNS": str(columns), "NO_COLOR": "1"}, "cwd": registry}
        lines = run("stats", **world)[1].splitlines()
        bars = {line.split()[0]: line.count("█") for line in lines if line.startswith("  ")}

        assert max(map(len, lines)) <= max(columns, 42)
        assert bars["chatbot"] == bars["2023"] > bars["computer-vision"] == bars["2025"] > 0
        assert bars["catastrophic"] == 0


def test_hostile_values_are_harmless(run: Run, registry: Path) -> None:
    record = 'id: FI-0700\nstatus: published\nseverity: "\\e[31m\\t\\n"\nincident_date: "2025"\n'
    (registry / "incidents/FI-0700.yaml").write_text(record, encoding="utf-8")
    world = {"terminal": True, "variables": {"COLUMNS": "80", "NO_COLOR": "1"}, "cwd": registry}

    assert "\x1b" not in run("stats", **world)[1]
    assert r"\x1b[31m\t\n" in run("stats", **world)[1]
    assert "severity\t\\x1b[31m\\t\\n\t1\n" in run("stats", cwd=registry)[1]


def test_the_rarest_value_has_a_bar_too(run: Run, registry: Path) -> None:
    text = (registry / "incidents/FI-0232.yaml").read_text(encoding="utf-8")
    for number in range(1000, 1100):
        (registry / f"incidents/FI-{number}.yaml").write_text(text.replace("FI-0232", f"FI-{number}"), encoding="utf-8")
    stdout = run("stats", terminal=True, variables={"COLUMNS": "80", "NO_COLOR": "1"}, cwd=registry)[1]

    assert f"  agentic-action-error  101  {'█' * 40}\n" in stdout
    assert "  hallucination           1  █\n" in stdout
