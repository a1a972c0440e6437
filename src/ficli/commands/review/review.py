"""A review of a change: a card for each record it touches, with what a reviewer has to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ficli.citations.citation import cite_record
from ficli.citations.markup import to_text
from ficli.citations.styles.house import STYLE
from ficli.commands.assign.assign import AssignOutcome, AssignRequest, assign
from ficli.commands.show.show import ShownRecord
from ficli.commands.validate.validate import ValidateOutcome, ValidateRequest, validate
from ficli.diagnostics import Diagnostic, Severity
from ficli.errors import FicliError
from ficli.incident.changes import FieldChange, field_changes
from ficli.incident.derived import is_anonymized
from ficli.incident.record import Record
from ficli.incident.taxonomy import SEVERE
from ficli.open_registry import OpenRegistry, open_registry
from ficli.prose.names import spelling_key
from ficli.registry.layout import DRAFTS
from ficli.registry.record_versions import Step, Version, pair_versions
from ficli.rules.across_records import likely_duplicate, shared_source
from ficli.wording import counted, listed, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


_ALIKE = frozenset({likely_duplicate.RULE.name, shared_source.RULE.name})
_MOST_TWINS = 5
_MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What to review.

    Attributes:
        since: the branch, tag or commit since which the change was made; `auto` for the default branch.
        registry: a folder in the registry; by default the working folder.
        jobs: worker processes; 0 for as many as there are cores.

    """

    since: str = "auto"
    registry: Path | None = None
    jobs: int = 0


class PossibleDuplicate(NamedTuple):
    """A possible duplicate: what the two have in common, and the record."""

    reason: str
    path: str
    record: Record


@dataclass(frozen=True)
class ReviewCard:
    """One record that a change touches.

    Attributes:
        path: its file, relative to the registry; the old one if it is gone.
        state: what happened to it, in a word or two.
        record: the record, as it was if it is gone; without fields if the file cannot be read as one.
        shown: the record with its derived values; None if it is gone.
        old_path: where its file was, if it has moved.
        changes: what changed in it, field by field, if readers know it already.
        findings: the errors and warnings in it, the most severe first.
        infos: how many info findings there are besides.
        twins: possible duplicates.
        next_id: the ID that `ficli assign` would give it; empty if it has one, or would get none.
        obstacles: why it would get none.
        citation: as the house style writes it, with that ID; empty if there is none.
        checks: what the reviewer has to check.

    """

    path: str
    state: str
    record: Record
    shown: ShownRecord | None
    old_path: str = ""
    changes: Sequence[FieldChange] = ()
    findings: Sequence[Diagnostic] = ()
    infos: int = 0
    twins: Sequence[PossibleDuplicate] = ()
    next_id: str = ""
    obstacles: Sequence[str] = ()
    citation: str = ""
    checks: Sequence[str] = ()


@dataclass(frozen=True)
class Review:
    """A change, ready for review.

    Attributes:
        outcome: the findings of the rules, with the base of the comparison.
        cards: the records, in the order of their paths.
        elsewhere: errors and warnings in files that the change did not touch, or that are not records.
        notes: what could not be determined.

    """

    outcome: ValidateOutcome
    cards: Sequence[ReviewCard]
    elsewhere: Sequence[Diagnostic]
    notes: Sequence[str] = ()


@dataclass
class _Ids:
    """The IDs that drafts would get."""

    outcome: AssignOutcome | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    obstacles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str = ""


def review(
    environment: Environment, request: ReviewRequest, advance: Callable[[int, int], None] | None = None
) -> Review:
    """Check a change, and collect what a reviewer has to know of each record.

    Args:
        environment: the environment to work in.
        request: what to review.
        advance: called, as the work goes on, with how many of how many records are done.

    Raises:
        UsageError: no registry, no records, a base that cannot be one.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: the registry cannot be read, or git cannot report what has changed.

    """
    opened = open_registry(environment, request.registry)
    asked = ValidateRequest(registry=request.registry, since=request.since, jobs=request.jobs)
    outcome = validate(environment, asked, advance)
    change = outcome.change
    assert change is not None, "a base was asked for"  # noqa: S101 - `validate` gives one whenever it is
    after = [outcome.registry_findings.records.get(path) for path in sorted(change.records & outcome.records)]
    steps = pair_versions(change.records_before.values(), after)
    ids = _ids(environment, request, steps, outcome)
    deal = _CardBuilder(opened, outcome, ids)
    cards = [deal.card(step) for step in steps]
    shown_paths = {card.path for card in cards}
    elsewhere = [item for item in _weighty(outcome.diagnostics) if item.path not in shown_paths]
    notes = [note for note in (ids.note, *outcome.unread) if note]
    return Review(outcome, cards, elsewhere, notes)


def _ids(environment: Environment, request: ReviewRequest, steps: Sequence[Step], known: ValidateOutcome) -> _Ids:
    """Return the ID that every draft would get; drafts that wait already come first."""
    if not any(step.after is not None and step.after.path.startswith(f"{DRAFTS}/") for step in steps):
        return _Ids()
    asked = AssignRequest(every=True, registry=request.registry, write=False, jobs=request.jobs)
    try:
        outcome = assign(environment, asked, known=known.registry_findings)
    except FicliError as error:
        return _Ids(note=f"which IDs the drafts would get is not known: {error.message}")
    return _Ids(
        outcome,
        {item.draft: item.id for item in outcome.assigned},
        {item.draft: [*(found.message for found in item.findings), *item.reasons] for item in outcome.blocked},
    )


def _weighty(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out info findings, and sort the most severe first."""
    kept = [item for item in found if item.severity is not Severity.INFO]
    return sorted(kept, key=lambda item: (item.severity.rank, item.sort_key))


class _CardBuilder:
    """Builds the cards of one change."""

    def __init__(self, opened: OpenRegistry, outcome: ValidateOutcome, ids: _Ids) -> None:
        self.opened = opened
        self.ids = ids
        self._records = outcome.registry_findings.records
        self._here: dict[str, list[Diagnostic]] = defaultdict(list)
        self._alike: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for item in outcome.diagnostics:
            self._here[item.path].append(item)
            if item.rule in _ALIKE and item.related:
                other = item.related[0].path
                self._alike[item.rule, item.path][other] = item.message
                self._alike[item.rule, other][item.path] = item.message

    def card(self, step: Step) -> ReviewCard:
        """Build the card of a record."""
        shown = step.after or step.before
        assert shown is not None  # noqa: S101 - a step has one of the two
        here = self._here[shown.path]
        if step.after is None:
            checks = ["Nothing is deleted: have the file brought back."] if shown.is_public else []
            return ReviewCard(shown.path, "gone", shown.record, None, findings=_weighty(here), checks=checks)
        return self._present(step, step.after, here)

    def _present(self, step: Step, after: Version, here: Sequence[Diagnostic]) -> ReviewCard:
        before = step.before
        page = ShownRecord(self.opened, after.path, after.readable, after.record, here)
        known = before is not None and before.is_public and before.readable and after.readable
        changes = field_changes(before.record.data, after.record.data) if before is not None and known else ()
        twins = self._twins(after)
        next_id = self.ids.ids.get(after.path, "")
        return ReviewCard(
            path=after.path,
            state=_state(step, after),
            record=after.record,
            shown=page,
            old_path=before.path if before is not None and before.path != after.path else "",
            changes=changes,
            findings=_weighty(here),
            infos=sum(item.severity is Severity.INFO for item in here),
            twins=twins,
            next_id=next_id,
            obstacles=self.ids.obstacles.get(after.path, ()),
            citation=self._citation(after, next_id),
            checks=checklist(page, changes, [twin.record.id or twin.path for twin in twins]) if after.readable else (),
        )

    def _citation(self, after: Version, next_id: str) -> str:
        record = after.record
        if next_id and self.ids.outcome is not None:
            day = self.ids.outcome.day.isoformat()
            record = Record({**record.data, "id": next_id, "indexed_date": day})
        if not (record.id and record.slug and record.title):
            return ""
        return to_text(STYLE.reference(cite_record(record, self.opened.config)))

    def _twins(self, after: Version) -> list[PossibleDuplicate]:
        """Find likely duplicates, and records that share both a page and an organization."""
        found = self._alike[likely_duplicate.RULE.name, after.path]
        twins = [
            PossibleDuplicate(reason, other, self._read(other)) for other, reason in islice(found.items(), _MOST_TWINS)
        ]
        for other, reason in islice(self._alike[shared_source.RULE.name, after.path].items(), _MOST_LOOKED_AT):
            record = self._read(other)
            if other not in found and _organizations(record) & _organizations(after.record):
                twins.append(PossibleDuplicate(reason, other, record))
        return twins[:_MOST_TWINS]

    def _read(self, path: str) -> Record:
        return self._records.get(path).record


def _organizations(record: Record) -> set[str]:
    names = (item.get("name") for _, item in record.mappings("organizations"))
    return {spelling_key(name) for name in names if isinstance(name, str)}


def _state(step: Step, after: Version) -> str:
    """Return what happened to a record that exists."""
    before, status = step.before, after.record.status
    if not after.readable:
        return "unreadable"
    if before is None:
        return "new draft" if not after.in_incidents else "new record"
    if not before.in_incidents:
        return "published" if after.in_incidents else "changed draft"
    if before.id != after.id:
        return "renumbered"
    if status != before.record.status and before.readable:
        return status or "changed"
    return "changed"


_MOST_NAMED = 4


def checklist(shown: ShownRecord, changes: Sequence[FieldChange], twins: Sequence[str]) -> list[str]:
    """Return what there is to check in a record, the most serious first.

    Args:
        shown: the record.
        changes: what changed in it since it was published; empty for a new one.
        twins: the names of possible duplicates.

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
