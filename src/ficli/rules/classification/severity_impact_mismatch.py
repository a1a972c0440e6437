"""A low severity stands beside a grave impact.

What: the severity is `low`, while the customer impact is `class-wide`, the regulatory exposure is `active`, or an
amount in a major currency is a million or more.
Why: low means that nobody was harmed and little was lost. One of the two fields is wrong, and headline counts go by
the severity.

Bad:

    severity: low
    impact:
      regulatory_exposure: active
      customer_impact: class-wide

Good:

    severity: medium
    impact:
      regulatory_exposure: active
      customer_impact: class-wide

Fix: hold the incident against the written criteria of the severities, which `ficli taxonomy` shows; or correct the
impact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import FieldPath, Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

RULE = Rule("severity-impact-mismatch", Severity.WARNING, Scope.FILE, since="0.1.0")

_GRAVE = (("customer_impact", "class-wide"), ("regulatory_exposure", "active"))
_MILLION = 1_000_000
_MAJOR = frozenset({"USD", "EUR", "GBP", "CHF", "AUD", "CAD"})


def check(record: RecordContext) -> Iterator[Problem]:
    """Look for reasons against a low severity."""
    if record.record.text("severity") != "low":
        return
    reasons = list(_reasons(record.record))
    if reasons:
        harm = " and ".join(words for _, words in reasons)
        yield Problem(
            at=("severity",),
            message=f"the severity is `low`, but {harm}",
            help="hold the incident against the criteria of the severities, or correct the impact",
            related=tuple(Label(path, "speaks against it") for path, _ in reasons),
        )


def _reasons(record: Record) -> Iterator[tuple[FieldPath, str]]:
    impact = record.mapping("impact")
    for name, grave in _GRAVE:
        if impact.get(name) == grave:
            yield ("impact", name), f"{quoted(name)} is {quoted(grave)}"
    for number, value, currency in record.amounts:
        if value >= _MILLION and currency in _MAJOR:
            yield ("impact", "amounts", number, "value"), f"an amount is {quoted(f'{currency} {value:,}')}"
            return
