"""What a reviewer has to see to, as it follows from what a record says; no program can see to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.incident.derived import is_anonymized
from ficli.incident.taxonomy import SEVERE
from ficli.wording import counted, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ficli.commands.show import ShownRecord
    from ficli.incident.changes import FieldChange
    from ficli.incident.record import Record

_MOST_NAMED = 4


def checklist(shown: ShownRecord, changes: Sequence[FieldChange], twins: Sequence[str]) -> list[str]:
    """List what there is to check in a record, the gravest first.

    Args:
        shown: the record.
        changes: what changed in it since it was published; empty for one that is new.
        twins: what records go by that may tell the same event.

    """
    record = shown.record
    if record.is_tombstone:
        reason = quoted(record.text("reason"), longest=200)
        return [f"Retired: the reason holds, and everybody may read it: {reason}."]
    found = [*_grave(record), *_identity(twins), *_words(record), *_facts(shown)]
    if any(change.is_fact for change in changes):
        found.append("Correction: `corrections` says what was wrong before, and the sources support what is said now.")
    return found


def _grave(record: Record) -> Iterator[str]:
    severity = record.text("severity")
    names = _named(record)
    if severity in SEVERE and names:
        who = f"{listed(names[:_MOST_NAMED])}{' and others' if names[_MOST_NAMED:] else ''}"
        yield f"Full pass: it names {who} at severity {quoted(severity)}, so read every sentence against its sources."
    if is_anonymized(record):
        yield "Anonymized: no field, address, title or tag gives the name away."


def _identity(twins: Sequence[str]) -> Iterator[str]:
    if twins:
        yield f"Duplicate: decide whether {listed(twins)} tells the same event."


def _words(record: Record) -> Iterator[str]:
    quote = record.mapping("quote")
    if quote.get("text"):
        speaker, source = quote.get("speaker"), quote.get("source")
        who = quoted(speaker) if isinstance(speaker, str) and speaker else "somebody who is not named"
        where = f"in source {source}" if isinstance(source, int) else "though no source is named"
        yield f"Quote: {who} said exactly this, {where}."
    if record.text("claim_status") == "alleged":
        yield "Allegation: title, summary and account say who alleges it, and state nothing of it as a fact."


def _facts(shown: ShownRecord) -> Iterator[str]:
    record = shown.record
    date = record.dates.get(("incident_date",))
    if date is not None:
        basis = record.text("date_basis") or "occurred"
        unit = _UNITS[len(date.parts) - 1]
        yield f"Date: a source says that {quoted(str(date))} is the {unit} which it {_BASES.get(basis, 'was')}."
    if record.amounts:
        yield f"Sums: {counted(len(record.amounts), 'amount')} and what each is for are in a source."
    dockets = [str(number + 1) for number, source in record.sources if source.get("kind") == "court-filing"]
    if dockets:
        yield f"Filing: the docket of source {', '.join(dockets)} is that of the linked document."
    if shown.confidence.level == "low":
        yield f"Confidence: it is low ({shown.confidence.why}); another independent source would raise it."


_UNITS = ("year in", "month in", "day on")
_BASES = {"occurred": "occurred", "reported": "was reported", "ruled": "was ruled on", "disclosed": "was disclosed"}


def _named(record: Record) -> list[str]:
    organizations = record.mappings("organizations")
    names = (item.get("name") for _, item in organizations if item.get("anonymized") is not True)
    return [name for name in names if isinstance(name, str) and name]
