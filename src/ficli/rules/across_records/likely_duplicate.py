"""Two records seem to tell one event.

What: two records have so much in common that they may be one event told twice: the page of a source, the quotation, the
organization within three days, a title that says the same. The finding says which. Beside a page and an organization,
one month is enough where a date has no day. Records that name each other as `related` are taken for two, and so are
those to which the AI Incident Database, AVID, MITRE or a CVE gives two names.
Why: one event that is counted twice makes the index wrong, and each of its two pages tells half. Whoever has written it
up a second time can still spare the reviewer that.

Bad:

    # file: incidents/FI-0042.yaml
    title: Example Bank's chatbot promises refunds that do not exist
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2024-11-28
    # file: incidents/FI-0043.yaml
    title: Chatbot of Example Bank promises refunds that do not exist
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2024-11-29
    what_happened: A chatbot of Example Bank said that all fees are refunded.

Good:

    related: []

Fix: merge the records if they tell one event; else name each under `related` of the other, or allow the finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.duplicates import Likeness, SharedFeature

RULE = Rule("likely-duplicate", Severity.WARNING, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record that is a likely duplicate of an earlier one, with the most similar one."""
    for likeness in index.duplicates:
        yield IndexProblem(likeness.one.path, _problem(likeness))


def _problem(likeness: Likeness) -> Problem:
    other = likeness.other
    first = likeness.signs[0]
    merge = "add what is new here to that record, and delete this draft" if likeness.one.is_draft else "merge the two"
    name = quoted(other.id) if other.id else "each"
    return Problem(
        at=first.at,
        message=f"{quoted(other.id or other.path)} may tell the same event: {_joined(likeness.signs)}",
        help=f"{merge} if it does; if they are two events, name {name} under `related`",
        related=(Label(first.there, "may tell the same event", path=other.path),),
    )


def _joined(signs: Sequence[SharedFeature]) -> str:
    *before, last = (sign.text for sign in signs)
    return f"{', '.join(before)} and {last}" if before else last
