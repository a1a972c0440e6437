"""The facts of records are read as they are, in order, whatever a record holds; filters mean what they say."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ficli.commands.list.rows import Filter, RecordRow, read_rows, written_date
from ficli.errors import UsageError
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.open_registry import open_registry

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

World = Callable[..., "Environment"]

ROW = RecordRow(
    id="FI-0001", slug="a", status="published", title="A", incident_date="2025-05", severity="high",
    failure_mode="hallucination", ai_surface="chatbot", wing="generative", industry="legal",
    organizations=("Example Bank", "Straße AG"), tags=("batch-jobs", "payments"), confidence="low",
    merged_into="", url="", path="incidents/FI-0001.yaml",
)  # fmt: skip


def chosen(row: RecordRow = ROW, **wanted: Any) -> bool:  # noqa: ANN401 - the fields of a filter are of several types
    return bool(Filter(**wanted).choose([row])[0])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2025-05-08", "May 8, 2025"), ("2025-05", "May 2025"), ("2025", "2025"), ("0999-12-31", "Dec 31, 0999"),
        ("", ""), ("2025-02-30", "2025-02-30"), ("early\x1b 2025", r"early\x1b 2025"),
    ],
)  # fmt: skip
def test_a_date_is_written_at_its_precision(text: str, written: str) -> None:
    assert written_date(text) == written


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, True),
        ({"severity": ["high"]}, True),
        ({"severity": ["low", "high"]}, True),
        ({"severity": ["low"]}, False),
        ({"severity": ["high"], "confidence": ["medium"]}, False),
        ({"failure_mode": ["tool-misuse"]}, False),
        ({"ai_surface": ["chatbot"]}, True),
        ({"industry": ["media"]}, False),
        ({"tag": ["payments"]}, True),
        ({"tag": ["payment"]}, False),
        ({"organization": ["BANK"]}, True),
        ({"organization": ["strasse"]}, True),
        ({"organization": ["insurer", "bank"]}, True),
        ({"organization": ["insurer"]}, False),
        ({"status": ["draft"]}, False),
    ],
)
def test_a_record_fits_when_every_filter_does(wanted: dict[str, Any], *, fits: bool) -> None:
    assert chosen(**wanted) is fits


@pytest.mark.parametrize(
    ("date", "since", "until", "fits"),
    [
        ("2025-05-08", "2025", "", True),
        ("2025-05-08", "2025-05-08", "2025-05-08", True),
        ("2025-05-08", "2025-05-09", "", False),
        ("2025-05-08", "", "2025-04", False),
        ("2025-05-08", "", "2025", True),
        ("2025", "2025-06", "", True),  # it may have been in July
        ("2024", "2025-06", "", False),
        ("", "2025", "", False),
        ("soon", "", "2025", False),
        ("", "", "", True),
    ],
)
def test_a_date_fits_unless_it_is_surely_outside(date: str, since: str, until: str, *, fits: bool) -> None:
    assert chosen(ROW._replace(incident_date=date), since=since, until=until) is fits


def test_records_that_only_have_another_status_are_counted() -> None:
    rows = [ROW, ROW._replace(status="draft"), ROW._replace(status="draft", severity="low")]

    assert Filter(severity=["high"]).choose(rows) == ([ROW], 1)


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        ({"severity": ["hgih"]}, "`--severity`: there is no `hgih`", "did you mean `high`?"),
        (
            {"failure_mode": ["Hallucinations"]},
            "`--failure-mode`: there is no `Hallucinations`",
            "did you mean `hallucination`?",
        ),
        ({"ai_surface": ["zzz"]}, "`--ai-surface`: there is no `zzz`", "`ficli taxonomy` lists them"),
        ({"industry": ["legl"]}, "`--industry`: there is no `legl`", "did you mean `legal`?"),
        ({"status": ["zzz"]}, "`--status`: there is no `zzz`", "it is `draft`, `published`, `merged` or `removed`"),
        ({"confidence": ["none"]}, "`--confidence`: there is no `none`", "it is `low`, `medium` or `high`"),
        (
            {"until": "2025-02-30"},
            "`--until`: `2025-02-30` is no date",
            "write a year, a month or a day: `2025`, `2025-05` or `2025-05-08`",
        ),
        ({"since": "2025", "until": "2024"}, "`--until 2024` is before `--since 2025`", "exchange them"),
    ],
)
def test_a_value_that_no_record_can_have_is_refused(wanted: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        Filter(**wanted).check(shipped_taxonomy())

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_records_are_in_the_order_of_their_numbers_and_drafts_last(registry: Path, environment: World) -> None:
    (registry / "incidents/FI-10000.yaml").write_text("id: FI-10000\n", encoding="utf-8")
    (registry / "incidents/FI-9999.yaml").write_text("id: FI-9999\n", encoding="utf-8")
    (registry / "drafts/a.yaml").write_text("slug: a\n", encoding="utf-8")
    rows = read_rows(environment(cwd=registry), open_registry(environment(cwd=registry))).rows

    assert [row.id for row in rows] == ["FI-0192", "FI-0232", "FI-0666", "FI-9999", "FI-10000", "", ""]
    assert rows[-2].slug == "a"


def test_what_is_wrong_in_a_record_is_absent(registry: Path, environment: World) -> None:
    (registry / "incidents/FI-0700.yaml").write_text(
        "id: FI-0700\ntitle: [a]\nincident_date: 2025\norganizations: [x, {name: 1}, {name: B}]\ntags: [1, b]\n"
        "sources: nothing\n",
        encoding="utf-8",
    )
    rows = read_rows(environment(cwd=registry), open_registry(environment(cwd=registry))).rows
    row = next(row for row in rows if row.id == "FI-0700")

    assert (row.title, row.incident_date, row.status, row.confidence) == ("", "", "", "low")
    assert (row.organizations, row.tags) == (("B",), ("b",))


def test_a_file_that_is_no_record_is_named(registry: Path, environment: World) -> None:
    (registry / "incidents/FI-0700.yaml").write_text("title: [\n", encoding="utf-8")
    found = read_rows(environment(cwd=registry), open_registry(environment(cwd=registry)))

    assert found.broken == ["incidents/FI-0700.yaml"]
    assert len(found.rows) == 4


def test_worker_processes_read_the_same(registry: Path, environment: World) -> None:
    record = (registry / "incidents/FI-0232.yaml").read_text(encoding="utf-8")
    for number in range(1000, 2000):
        text = record.replace("FI-0232", f"FI-{number}")
        (registry / f"incidents/FI-{number}.yaml").write_text(text, encoding="utf-8")
    opened = open_registry(environment(cwd=registry))
    seen: list[tuple[int, int]] = []

    one = read_rows(environment(cwd=registry), opened)
    two = read_rows(environment(cwd=registry, workers=2), opened, lambda *done: seen.append(done))

    assert one == two
    assert len(one.rows) == 1004
    assert seen[-1] == (1004, 1004)


def test_records_that_have_not_changed_are_not_read_again(
    registry: Path, environment: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("ficli.registry.store.time.time_ns", lambda: later)
    monkeypatch.setattr("ficli.commands.list.rows._WORTH_MEMORY", 1)
    opened = open_registry(environment(cwd=registry))
    first = read_rows(environment(cwd=registry), opened)
    read: list[str] = []

    def reading(_: str, path: str) -> bytes:
        read.append(path)
        return b"title: New\n"

    monkeypatch.setattr("ficli.registry.records.read_record", reading)

    (registry / "incidents" / "FI-0192.yaml").write_text("title: New\n", encoding="utf-8")
    second = read_rows(environment(cwd=registry), opened)

    assert read == ["incidents/FI-0192.yaml"]
    assert {row for row in second.rows if row.id} == {row for row in first.rows if row.id not in {"FI-0192", ""}}
    assert [row.title for row in second.rows if row.path == read[0]] == ["New"]
