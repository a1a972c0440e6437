"""How much weak sourcing weighs, and that the quick look at two sources never denies what the long one finds."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from ficli.config import Config, RuleSetting
from ficli.diagnostics import Severity
from ficli.incident.independence import are_surely_independent, independence
from ficli.incident.record import Record
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.rules.catalogue import RULES
from ficli.rules.check_registry import check_registry
from ficli.rules.contract import Settings
from ficli.rules.selection import select_rules

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
PUBLISHED = HERE / "bad_one_agency.yaml"
URLS = (
    "https://news.example.org/a",
    "https://blog.example.org/b",
    "https://one.co.uk/a",
    "https://two.co.uk/b",
    "https://www.bbc.co.uk/a",
    "https://bbc.com/b",
    "https://www.google.com/amp/s/news.example.org/c",
    "https://web.archive.org/web/2024/https://news.example.org/d",
    "https://bit.ly/3xmpl42",
    "no address",
)
TITLES = ("Robot errs - Example", "Robot errs", "Court fines the bank over its refunds", "")


@pytest.mark.parametrize(
    ("setting", "severity"),
    [
        (None, Severity.WARNING),
        (RuleSetting(), Severity.WARNING),
        (RuleSetting(severity=Severity.ERROR), Severity.ERROR),
        (RuleSetting(severity=Severity.INFO), Severity.INFO),
    ],
)
def test_what_a_registry_says_of_a_published_record_comes_first(
    setting: RuleSetting | None, severity: Severity, tmp_path: Path
) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "FI-0666.yaml").write_bytes(PUBLISHED.read_bytes())
    config = Config(root=tmp_path, rules={"weak-sourcing": setting} if setting else {})
    settings = Settings(config, shipped_taxonomy(), TODAY, frozenset(RULES))

    found = check_registry(settings, select_rules(RULES, config)).diagnostics

    assert [item.severity for item in found if item.rule == "weak-sourcing"] == [severity]


def test_the_quick_look_is_never_wrong() -> None:
    sure = 0
    for (one, other), (title, second) in product(product(URLS, URLS), product(TITLES, TITLES)):
        for kind in ("press", "reference"):
            sources = [{"kind": "press", "title": title, "url": one}, {"kind": kind, "title": second, "url": other}]
            record = Record({"sources": sources})
            if are_surely_independent(record.sources):
                sure += 1
                assert len(independence(record).independent) == 2

    assert sure > 50
