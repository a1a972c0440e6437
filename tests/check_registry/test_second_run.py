"""A second run over the same records: what it need not do again, and that it says the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.config import Config
from ficli.diagnostics import Diagnostic
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.registry.duplicates import Resemblance
from ficli.registry.rejected import Rejections
from ficli.rules.catalogue import RULES
from ficli.rules.check_registry import check_registry
from ficli.rules.contract import Settings
from ficli.rules.remembered import RememberedFindings
from ficli.rules.selection import select_rules

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


Run: TypeAlias = Callable[..., list[Diagnostic]]
SECOND = ("incidents/FI-0300.yaml", "FI-0300", "klarna-again")


@pytest.fixture
def run(registry: Path, today: date, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that judges the example with a memory; the clock runs ahead, so that no file is new."""
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("ficli.registry.store.time.time_ns", lambda: later)
    monkeypatch.setattr("ficli.rules.check_registry._WORTH_CACHE", 1)

    told = {"likely-duplicate", "unused-suppression", "dangling-reference"}

    def judged(*select: str) -> list[Diagnostic]:
        config = Config(root=registry)
        settings = Settings(config, shipped_taxonomy(), today, frozenset(RULES), Rejections())
        selection = select_rules(RULES, config, select=select)
        found = check_registry(settings, selection, cache=RememberedFindings(settings, selection))
        return [item for item in found.diagnostics if item.rule in told]

    return judged


def copy(registry: Path) -> None:
    """Write the Klarna record a second time, under another ID and slug."""
    path, record_id, slug = SECOND
    text = (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    text = text.replace("id: FI-0232", f"id: {record_id}")
    text = text.replace("slug: klarna-reintroduces-human-agents-customer-service", f"slug: {slug}")
    (registry / path).write_text(text, encoding="utf-8")


def spied(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often all records are compared."""
    runs: list[int] = []
    init = Resemblance.__init__

    def counting(self: Resemblance, entries: list[object]) -> None:
        runs.append(len(entries))
        init(self, entries)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Resemblance, "__init__", counting)
    return runs


def test_records_are_not_compared_again_where_nothing_the_index_knows_has_changed(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = spied(monkeypatch)
    assert run() == []
    assert len(runs) == 1

    path = registry / "incidents" / "FI-0666.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "tags:\n  - retail\n", encoding="utf-8")
    assert run() == []
    assert len(runs) == 1

    copy(registry)
    assert [item.rule for item in run()] == ["likely-duplicate"]
    assert [item.rule for item in run()] == ["likely-duplicate"]
    assert len(runs) == 2


def test_nothing_is_summed_up_again_where_no_file_has_changed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("dangling-reference") == []

    monkeypatch.delattr("ficli.rules.remembered.entries_mark")
    assert run("dangling-reference") == []


def test_a_record_that_was_too_young_to_be_remembered_is_missed_when_it_is_gone(run: Run, registry: Path) -> None:
    first, second = (registry / "incidents" / f"{name}.yaml" for name in ("FI-0232", "FI-0666"))
    for path, other in ((first, second), (second, first)):
        path.write_text(f"{path.read_text(encoding='utf-8')}related:\n  - {other.stem}\n", encoding="utf-8")
    os.utime(first, ns=(2 * time.time_ns(), 2 * time.time_ns()))
    assert run("dangling-reference") == []

    first.unlink()
    assert [item.rule for item in run("dangling-reference")] == ["dangling-reference"]


def test_what_a_comment_allows_is_of_use_in_the_second_run_too(run: Run, registry: Path) -> None:
    path = "incidents/FI-0300.yaml"
    copy(registry)
    (found,) = run()
    lines = (registry / path).read_text(encoding="utf-8").split("\n")
    lines.insert(found.span.line - 1, "    # ficli: allow[likely-duplicate] an example of a second record")
    (registry / path).write_text("\n".join(lines), encoding="utf-8")

    assert run() == []
    assert run() == []


def test_a_relation_named_elsewhere_counts_at_once(run: Run, registry: Path) -> None:
    copy(registry)
    assert len(run()) == 1

    path = registry / "incidents" / "FI-0232.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "related:\n  - FI-0300\n", encoding="utf-8")
    assert run() == []


@pytest.mark.parametrize(
    ("ignored", "told"),
    [((), {"likely-duplicate"}), (("likely-duplicate",), {"duplicate-quote", "shared-source"})],
)
def test_what_one_rule_no_longer_tells_the_others_do(
    registry: Path, today: date, ignored: tuple[str, ...], told: set[str]
) -> None:
    copy(registry)
    config = Config(root=registry, ignore=ignored)
    settings = Settings(config, shipped_taxonomy(), today, frozenset(RULES), Rejections())
    found = check_registry(settings, select_rules(RULES, config, list_info=True)).diagnostics

    assert {item.rule for item in found} & {"likely-duplicate", "duplicate-quote", "shared-source"} == told
