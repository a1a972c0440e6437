"""What a reviewer wants to read first of a change: a card for each record that it touches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ficli.citations.citation import cite_record
from ficli.citations.markup import to_text
from ficli.citations.styles.house import STYLE
from ficli.commands.assign import AssignRequest, assign
from ficli.commands.opening import OpenRegistry, open_registry
from ficli.commands.review_checklist import checklist
from ficli.commands.show import ShownRecord
from ficli.commands.validate import ValidateRequest, validate
from ficli.diagnostics import Severity
from ficli.errors import FicliError
from ficli.incident.changes import FieldChange, field_changes
from ficli.incident.record import Record
from ficli.incident.text.names import spelling_key
from ficli.registry.layout import DRAFTS
from ficli.registry.succession import Version, succession
from ficli.rules.across_records import likely_duplicate, shared_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ficli.commands.assign import AssignOutcome
    from ficli.commands.validate import ValidateOutcome
    from ficli.diagnostics import Diagnostic
    from ficli.environment import Environment
    from ficli.registry.succession import Step

_ALIKE = frozenset({likely_duplicate.RULE.name, shared_source.RULE.name})
_MOST_TWINS = 5
_MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What to review.

    Attributes:
        since: the branch, tag or commit since which the change was made; `auto` for the default branch.
        registry: a folder in the registry, where the working folder does not say.
        jobs: worker processes; 0 for as many as there are cores.

    """

    since: str = "auto"
    registry: Path | None = None
    jobs: int = 0


class Twin(NamedTuple):
    """A record that may tell the same event: what the two have in common, and the record."""

    reason: str
    path: str
    record: Record


@dataclass(frozen=True)
class Card:
    """One record that a change touches.

    Attributes:
        path: its file, relative to the registry; the old one where it is gone.
        state: what happened to it, in a word or two.
        record: the record, as it was where it is gone; without fields where the file cannot be read as one.
        shown: the same with what follows from it; None where it is gone.
        old_path: where its file was, if somewhere else.
        changes: what changed in it, field by field, where readers know it already.
        findings: the errors and warnings in it, the worst first.
        infos: how many info findings there are beside them.
        twins: records that may tell the same event.
        next_id: the ID that `ficli assign` would give it; empty where it has one, or would get none.
        obstacles: why it would get none.
        citation: as the house style writes it, with that ID; empty where there is none.
        checks: what the reviewer has to see to.

    """

    path: str
    state: str
    record: Record
    shown: ShownRecord | None
    old_path: str = ""
    changes: Sequence[FieldChange] = ()
    findings: Sequence[Diagnostic] = ()
    infos: int = 0
    twins: Sequence[Twin] = ()
    next_id: str = ""
    obstacles: Sequence[str] = ()
    citation: str = ""
    checks: Sequence[str] = ()


@dataclass(frozen=True)
class Review:
    """A change, ready to be read.

    Attributes:
        outcome: what the rules find, with the base that it is held against.
        cards: the records, in the order of their paths.
        elsewhere: errors and warnings in files that the change did not touch, or that are no records.
        notes: what could not be worked out.

    """

    outcome: ValidateOutcome
    cards: Sequence[Card]
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
    """Judge a change, and gather what a reviewer has to know of each record.

    Args:
        environment: the world to work in.
        request: what to review.
        advance: told, as the work goes on, how many of how many records are done.

    Raises:
        UsageError: no registry, no records, a base that can be none.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: the registry cannot be read, or git does not tell what has changed.

    """
    opened = open_registry(environment, request.registry)
    asked = ValidateRequest(registry=request.registry, since=request.since, jobs=request.jobs)
    outcome = validate(environment, asked, advance)
    change = outcome.change
    assert change is not None, "a base was asked for"  # noqa: S101 - `validate` gives one whenever it is
    after = [outcome.judgement.records.get(path) for path in sorted(change.records & outcome.records)]
    steps = succession(change.records_before.values(), after)
    ids = _ids(environment, request, steps, outcome)
    deal = _Deal(opened, outcome, ids)
    cards = [deal.card(step) for step in steps]
    told = {card.path for card in cards}
    elsewhere = [item for item in _weighty(outcome.diagnostics) if item.path not in told]
    notes = [note for note in (ids.note, *outcome.unread) if note]
    return Review(outcome, cards, elsewhere, notes)


def _ids(environment: Environment, request: ReviewRequest, steps: Sequence[Step], known: ValidateOutcome) -> _Ids:
    """Ask the allocator what every draft would get, since drafts that wait already come first."""
    if not any(step.after is not None and step.after.path.startswith(f"{DRAFTS}/") for step in steps):
        return _Ids()
    asked = AssignRequest(every=True, registry=request.registry, write=False, jobs=request.jobs)
    try:
        outcome = assign(environment, asked, known=known.judgement)
    except FicliError as error:
        return _Ids(note=f"which IDs the drafts would get is not known: {error.message}")
    return _Ids(
        outcome,
        {item.draft: item.id for item in outcome.assigned},
        {item.draft: [*(found.message for found in item.findings), *item.reasons] for item in outcome.blocked},
    )


def _weighty(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out what only informs, and put the worst first."""
    kept = [item for item in found if item.severity is not Severity.INFO]
    return sorted(kept, key=lambda item: (item.severity.rank, item.sort_key))


class _Deal:
    """Makes the cards of one change."""

    def __init__(self, opened: OpenRegistry, outcome: ValidateOutcome, ids: _Ids) -> None:
        self.opened = opened
        self.ids = ids
        self._records = outcome.judgement.records
        self._here: dict[str, list[Diagnostic]] = defaultdict(list)
        self._alike: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for item in outcome.diagnostics:
            self._here[item.path].append(item)
            if item.rule in _ALIKE and item.related:
                other = item.related[0].path
                self._alike[item.rule, item.path][other] = item.message
                self._alike[item.rule, other][item.path] = item.message

    def card(self, step: Step) -> Card:
        """Make the card of a record."""
        shown = step.after or step.before
        assert shown is not None  # noqa: S101 - a step has one of the two
        here = self._here[shown.path]
        if step.after is None:
            checks = ["Nothing is deleted: have the file brought back."] if shown.is_public else []
            return Card(shown.path, "gone", shown.record, None, findings=_weighty(here), checks=checks)
        return self._present(step, step.after, here)

    def _present(self, step: Step, after: Version, here: Sequence[Diagnostic]) -> Card:
        before = step.before
        page = ShownRecord(self.opened, after.path, after.readable, after.record, here)
        known = before is not None and before.is_public and before.readable and after.readable
        changes = field_changes(before.record.data, after.record.data) if before is not None and known else ()
        twins = self._twins(after)
        next_id = self.ids.ids.get(after.path, "")
        return Card(
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

    def _twins(self, after: Version) -> list[Twin]:
        """Find what is likely to tell the same event, and what has both a page and an organization in common."""
        found = self._alike[likely_duplicate.RULE.name, after.path]
        twins = [Twin(reason, other, self._read(other)) for other, reason in islice(found.items(), _MOST_TWINS)]
        for other, reason in islice(self._alike[shared_source.RULE.name, after.path].items(), _MOST_LOOKED_AT):
            record = self._read(other)
            if other not in found and _organizations(record) & _organizations(after.record):
                twins.append(Twin(reason, other, record))
        return twins[:_MOST_TWINS]

    def _read(self, path: str) -> Record:
        return self._records.get(path).record


def _organizations(record: Record) -> set[str]:
    names = (item.get("name") for _, item in record.mappings("organizations"))
    return {spelling_key(name) for name in names if isinstance(name, str)}


def _state(step: Step, after: Version) -> str:
    """Say what happened to a record that is there."""
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
