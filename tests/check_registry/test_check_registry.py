"""A run checks every record in the same order with any number of workers, and never passes by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import pytest

from ficli.diagnostics import FILE_START, Diagnostic, Excerpt, Severity
from ficli.errors import FicliError
from ficli.registry.records import read_record
from ficli.rules.check_registry import RegistryFindings, only_paths
from ficli.rules.dates import future_date
from ficli.rules.identity import duplicate_id

if TYPE_CHECKING:
    from types import ModuleType

    from ficli.rules.contract import IndexContext, RecordContext

Judge = Callable[..., RegistryFindings]
Run = Callable[..., tuple[int, str, str]]


def broken(_context: RecordContext | IndexContext) -> NoReturn:
    """Stand in for a rule with a bug."""
    message = "no such thing"
    raise LookupError(message)


def rules(judgement: RegistryFindings) -> list[tuple[str, str]]:
    """Name each finding by its file and its rule."""
    return [(item.path, item.rule) for item in judgement.diagnostics]


# --- rules that break --------------------------------------------------------------------------------------


def test_a_rule_that_breaks_is_a_finding_in_each_record_and_the_others_go_on(
    judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(future_date, "check", broken)
    judgement = judge(
        good.replace("severity: medium", "severity: hgih"),
        files={"incidents/FI-0300.yaml": good.replace("FI-0232", "FI-0300").replace("slug: klarna", "slug: x-klarna")},
    )

    assert rules(judgement) == [
        ("incidents/FI-0232.yaml", "rule-crashed"),
        ("incidents/FI-0232.yaml", "invalid-value"),
        ("incidents/FI-0300.yaml", "rule-crashed"),
    ]
    assert judgement.diagnostics[0].severity is Severity.ERROR


@pytest.mark.parametrize("module", [future_date, duplicate_id])
def test_a_run_in_which_a_rule_broke_fails_whatever_was_asked_for(
    run: Run, registry: object, monkeypatch: pytest.MonkeyPatch, module: ModuleType
) -> None:
    monkeypatch.setattr(module, "check", broken)
    for arguments in ((), ("incidents/FI-0232.yaml",), ("drafts",), ("--ignore", "cut-slug")):
        code, stdout, _ = run("validate", *arguments, cwd=registry)
        assert code == 1
        assert "error[rule-crashed]" in stdout

    assert run("validate", "--ignore", f"{module.RULE.name},placeholder-left", cwd=registry)[0] == 0


def test_a_rule_that_broke_cannot_be_allowed(judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(future_date, "check", broken)
    text = good.replace("schema_version: 1", "schema_version: 1  # ficli: allow[rule-crashed] a trial")

    assert ("incidents/FI-0232.yaml", "rule-crashed") in rules(judge(text))


def test_an_interruption_is_no_broken_rule(judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_record: RecordContext) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(future_date, "check", interrupted)
    with pytest.raises(KeyboardInterrupt):
        judge(good)


# --- order -------------------------------------------------------------------------------------------------


@pytest.fixture
def many(good: str) -> dict[str, str]:
    """Make 700 records, of which one in fifty is wrong in two places and one in a hundred has another's slug."""
    records = {}
    for number in range(1, 701):
        text = good.replace("id: FI-0232", f"id: FI-{number:04}")
        text = text.replace("slug: klarna-", f"slug: n{number - (number % 100 == 0)}-klarna-")
        if number % 50 == 0:
            text = text.replace("severity: medium", "severity: hgih").replace("ai_surface: chatbot", "ai_surface: chat")
        records[f"incidents/FI-{number:04}.yaml"] = text
    return records


def test_any_number_of_workers_finds_the_same_in_the_same_order(judge: Judge, many: dict[str, str]) -> None:
    alone, together = (judge(files=many, workers=workers) for workers in (1, 2))

    assert len(alone.reports) == 700
    assert [report.path for report in alone.reports] == sorted(many)
    assert [item.rule for item in alone.diagnostics].count("invalid-value") == 28
    assert [item.rule for item in alone.diagnostics].count("duplicate-slug") == 7
    assert alone.diagnostics == together.diagnostics
    assert alone.reports == together.reports
    assert alone.diagnostics == sorted(alone.diagnostics, key=lambda item: item.sort_key)


def test_progress_goes_up_to_the_number_of_records(judge: Judge, many: dict[str, str]) -> None:
    told: list[tuple[int, int]] = []
    judge(files=many, advance=lambda done, total: told.append((done, total)))

    assert told == [(250, 700), (500, 700), (700, 700)]


# --- records that cannot be read ---------------------------------------------------------------------------


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_judged(
    judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(root: str, path: str) -> bytes:
        if path.endswith("FI-0300.yaml"):
            raise FicliError(f"`{path}` could not be read: permission denied")
        return read_record(root, path)

    monkeypatch.setattr("ficli.registry.records.read_record", refuse)
    judgement = judge(good.replace("severity: medium", "severity: hgih"), files={"incidents/FI-0300.yaml": good})

    assert rules(judgement) == [("incidents/FI-0232.yaml", "invalid-value")]
    assert judgement.unread == ["`incidents/FI-0300.yaml` could not be read: permission denied"]


# --- which findings are wanted -----------------------------------------------------------------------------


def at(path: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Make a finding in a file."""
    return Diagnostic("some-rule", severity, "wrong", Excerpt(path, FILE_START, ""))


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ([], ["ficli.toml"]),
        (["drafts"], ["drafts/a.yaml", "drafts/b/c.yaml", "ficli.toml"]),
        (["drafts/a.yaml"], ["drafts/a.yaml", "ficli.toml"]),
        (["drafts/b"], ["drafts/b/c.yaml", "ficli.toml"]),
        (["draft"], ["ficli.toml"]),
        (["incidents/FI-0001.yaml", "drafts/b"], ["drafts/b/c.yaml", "ficli.toml", "incidents/FI-0001.yaml"]),
    ],
)
def test_only_the_findings_in_these_places_and_in_the_settings(wanted: list[str], kept: list[str]) -> None:
    paths = ["drafts/a.yaml", "drafts/b/c.yaml", "ficli.toml", "incidents/FI-0001.yaml", "incidents/FI-00010.yaml"]

    assert [item.path for item in only_paths([at(path) for path in paths], wanted)] == kept


@pytest.mark.parametrize(("rule", "compared"), [("future-date", False), ("duplicate-slug", True)])
def test_what_records_are_compared_by_is_worked_out_where_a_rule_compares_them(
    judge: Judge, good: str, *, rule: str, compared: bool
) -> None:
    (report,) = judge(good, select=[rule]).reports

    assert (report.entry.id, report.entry.status) == ("FI-0232", "published")
    assert bool(report.entry.sources) is compared
