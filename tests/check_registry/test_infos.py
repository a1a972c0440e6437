"""Info findings that nobody asked to see are counted, and not placed: placing them costs more than all rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ficli.diagnostics import Severity
from ficli.rules.check_registry import RegistryFindings

Judge = Callable[..., RegistryFindings]

AS_INFO = '[rules.cut-slug]\nseverity = "info"\n'
CUT = "agents-customer-service", "agents-customer-ser"


def test_an_info_is_placed_when_it_is_to_be_listed(judge: Judge, good: str) -> None:
    judgement = judge(good.replace(*CUT), config=AS_INFO)

    assert [(item.rule, item.severity) for item in judgement.diagnostics] == [("cut-slug", Severity.INFO)]
    assert judgement.reports[0].infos == 0


def test_an_info_is_only_counted_when_it_is_not(judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def exact_path(_raw: bytes) -> None:
        pytest.fail("the record was read for positions that nobody wants")

    monkeypatch.setattr("ficli.yaml.parse.parse", exact_path)
    judgement = judge(good.replace(*CUT), config=AS_INFO, list_info=False)

    assert judgement.diagnostics == []
    assert judgement.reports[0].infos == 1


def test_a_warning_in_the_same_record_is_placed(judge: Judge, good: str) -> None:
    text = good.replace(*CUT).replace("date: 2025-05-08\n", "date: 2025-05-08\ndate_basis: occurred\n")
    judgement = judge(text + "\n\n", config=AS_INFO, list_info=False)

    assert "unformatted" in {item.rule for item in judgement.diagnostics}


def test_a_comment_that_allows_it_is_of_use(judge: Judge, good: str) -> None:
    text = good.replace(*CUT).replace("slug:", "# ficli: allow[cut-slug] a brand\nslug:")
    judgement = judge(text, config=AS_INFO, list_info=False)

    assert judgement.diagnostics == []
    assert judgement.reports[0].infos == 0
