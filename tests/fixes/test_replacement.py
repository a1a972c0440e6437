"""What a fix comes to: applied where it says, it gives the text that `--fix` would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.diagnostics import Diagnostic, Excerpt, Fix, Replacement, SetValue, Severity, Span
from ficli.registry.records import Records
from ficli.rules import fixes
from ficli.rules.fixes import Replacements, difference
from ficli.yaml.document import LineTable

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(alphabet="ab\r\n", max_size=12)


def put_in(text: str, change: Replacement) -> str:
    """Make a replacement by hand."""
    lines, span = LineTable(text), change.span
    start = lines.start(span.line) + span.column - 1
    end = lines.start(span.end_line) + span.end_column - 1
    return text[:start] + change.text + text[end:]


def finding(fix: Fix | None) -> Diagnostic:
    """Make a finding in `incidents/a.yaml`."""
    return Diagnostic("some-rule", Severity.ERROR, "wrong", Excerpt("incidents/a.yaml", Span(1, 1, 1, 1), ""), fix=fix)


@given(TEXTS, TEXTS)
def test_the_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    change = difference(before, after)

    assert (before if change is None else put_in(before, change)) == after


def test_it_is_as_small_as_it_can_be() -> None:
    assert difference("severity: hgih\n", "severity: high\n") == Replacement(Span(1, 12, 1, 14), "ig")


def test_the_work_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "a.yaml").write_bytes(b"severity: hgih\n")
    monkeypatch.setattr(fixes, "MOST_TEXT", 3 * 15)
    told = Replacements(Records(tmp_path))
    fix = Fix("", (SetValue(("severity",), "high"),))

    assert [told(finding(fix)) is None for _ in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("raw", "fix", "wanted"),
    [
        (b"severity: hgih\n", Fix("", (SetValue(("severity",), "high"),)), Replacement(Span(1, 12, 1, 14), "ig")),
        (b"severity: hgih\n", Fix("", (SetValue(("title",), "high"),)), None),  # there is no such field
        (b"severity: hgih\n", None, None),
        (b"severity: h\xff\n", Fix("", (SetValue(("severity",), "high"),)), None),  # no UTF-8
        (None, Fix("", (SetValue(("severity",), "high"),)), None),  # deleted meanwhile
    ],
)
def test_the_fix_of_a_finding(tmp_path: Path, raw: bytes | None, fix: Fix | None, wanted: Replacement | None) -> None:
    (tmp_path / "incidents").mkdir()
    if raw is not None:
        (tmp_path / "incidents" / "a.yaml").write_bytes(raw)
    told = Replacements(Records(tmp_path))

    assert told(finding(fix)) == wanted
    assert told(finding(fix)) == wanted
