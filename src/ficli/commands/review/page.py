"""The page and the JSON data of a review: counts, a card for each record, and findings elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from ficli.diagnostics import Diagnostic, Severity, field_name
from ficli.output.json_ import diagnostic_object
from ficli.output.page import Block, Content, FactList, Grid, Heading, ItemList, LinkAddress, TextLine
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from ficli.commands.review.review import PossibleDuplicate, Review, ReviewCard
    from ficli.commands.show.show import ShownRecord
    from ficli.incident.changes import FieldChange
    from ficli.incident.record import Record

_LONGEST_VALUE = 160
_LONGEST_FACT = 400
_LONGEST_ADDRESS = 500
_MOST_LISTED = 50
_LONGEST_CITATION = 1000
_MOST_CARDS = 200
_HASH = 12


def review_page(found: Review, prefix: str) -> Iterator[Block]:
    """Yield the parts of the page.

    Args:
        found: the collected review.
        prefix: what to put before a path so that it can be opened from the working folder.

    """
    change = found.outcome.change
    if change is None:
        return
    base = change.base
    errors, warnings = (
        sum(item.severity is severity for item in found.outcome.diagnostics)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    yield Heading(f"Review: {counted(found.outcome.changed, 'record')} changed since {base.ref}", 1)
    yield TextLine(
        f"{found.outcome.loaded:,} loaded, {found.outcome.changed:,} changed, "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}; "
        f"{counted(found.outcome.rules, 'rule')} ran; base `{base.commit[:_HASH]}`."
    )
    for note in found.notes[:_MOST_LISTED]:
        yield TextLine(f"Note: {note}")
    yield from _rest(found.notes, "note")
    for card in found.cards[:_MOST_CARDS]:
        yield from _card(card, prefix)
    if found.cards[_MOST_CARDS:]:
        yield TextLine(f"{counted(len(found.cards) - _MOST_CARDS, 'more record')} not shown; `--json` has all of them.")
    if found.elsewhere:
        yield Heading("Elsewhere")
        yield from _findings(found.elsewhere, prefix)


def _card(card: ReviewCard, prefix: str) -> Iterator[Block]:
    record = card.record
    name = record.id or record.slug or card.path
    yield Heading(f"{_value(name)}: {card.state}")
    yield FactList(list(_facts(card, prefix)))
    if card.shown is not None and record.sources:
        yield Heading("Sources", 3)
        yield ItemList([_source(card.shown, number, source) for number, source in record.sources[:_MOST_LISTED]])
        yield from _rest(record.sources, "source")
    if card.changes:
        yield Heading("What changed", 3)
        yield Grid(("field", "was", "is"), [_change(change) for change in card.changes[:_MOST_LISTED]])
        yield from _rest(card.changes, "change")
    if card.findings or card.infos:
        yield Heading("Findings", 3)
    if card.findings:
        yield from _findings(card.findings, prefix)
    if card.infos:
        yield TextLine(f"{counted(card.infos, 'info finding')} beside; `ficli validate --since REF --info` lists them.")
    for twin in card.twins:
        yield Heading(f"Beside {_value(twin.record.id or twin.path)}, which may tell the same event", 3)
        yield TextLine(twin.reason)
        yield _beside(record, twin)
    if card.checks:
        yield Heading("To check", 3)
        yield ItemList([[check] for check in card.checks], to_do=True)


def _facts(card: ReviewCard, prefix: str) -> Iterator[tuple[str, Content]]:
    yield "file", f"{prefix}{card.path}" + (f" (was {prefix}{card.old_path})" if card.old_path else "")
    shown, record = card.shown, card.record
    for name, value in (
        ("title", record.title),
        ("organizations", _organizations(record)),
        ("incident", _incident(record)),
        ("indexed", record.text("indexed_date")),
        ("severity", record.text("severity")),
        ("claim", record.text("claim_status")),
        ("merged into", record.text("merged_into")),
        ("reason", record.text("reason")),
    ):
        if value:
            yield name, _value(value, longest=_LONGEST_FACT)
    if shown is not None and shown.readable and not record.is_tombstone:
        known = shown.confidence
        yield "confidence", f"{known.level}: {known.why}"
    if card.next_id:
        yield "ID", f"{card.next_id}, from `ficli assign`, if nothing is merged before"
    for reason in card.obstacles[:_MOST_LISTED]:
        yield "no ID yet", reason
    if card.citation:
        yield "citation", quoted(card.citation, longest=_LONGEST_CITATION)  # code can be copied as it is


def _organizations(record: Record) -> str:
    return ", ".join(
        f"{_value(item.get('name'))} ({'anonymized ' * (item.get('anonymized') is True)}{_value(item.get('role'))})"
        for _, item in record.mappings("organizations")
    )


def _incident(record: Record) -> str:
    date = record.text("incident_date")
    return f"{date} ({record.text('date_basis') or 'occurred'})" if date else ""


def _source(shown: ShownRecord, number: int, source: Any) -> list[Content]:  # noqa: ANN401 - plain data of a mapping
    note = shown.sources.get(number)
    standing = ""
    if note is not None:
        standing = "independent" if note.independent else "stands alone"
        standing = f"not independent: {note.reason}" if note.reason else standing
    facts = (_value(source.get("kind")), _value(source.get("publisher")), _value(source.get("published")), standing)
    lines: list[Content] = [f"{number + 1}. {' · '.join(filter(None, facts))}"]
    if isinstance(title := source.get("title"), str):
        lines.append(_value(title))
    if isinstance(url := source.get("url"), str):
        lines.append(LinkAddress(url) if len(url) <= _LONGEST_ADDRESS else _value(url, longest=_LONGEST_ADDRESS))
    return lines


def _change(change: FieldChange) -> tuple[str, str, str]:
    name = field_name(change.path) + (" (old number)" if change.gone and isinstance(change.path[-1], int) else "")
    return name, _value(change.before), _value(change.after)


def _value(value: object, *, longest: int = _LONGEST_VALUE) -> str:
    """Write plain data on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {_value(item)}" for key, item in islice(value.items(), longest))
    elif isinstance(value, list):
        text = ", ".join(map(_value, value[:longest]))
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _rest(items: Sequence[object], noun: str) -> Iterator[TextLine]:
    """Count what is not listed."""
    if (left := len(items) - _MOST_LISTED) > 0:
        yield TextLine(f"{counted(left, f'more {noun}')} not shown; `--json` has all of them.")


def _findings(found: Sequence[Diagnostic], prefix: str) -> Iterator[ItemList | TextLine]:
    shown = found[:_MOST_LISTED]
    yield ItemList(
        [
            [
                f"{item.message} [{item.rule}]",
                f"{prefix}{item.path}:{item.span.line}:{item.span.column}{'; ' * bool(item.help)}{item.help}",
            ]
            for item in shown
        ],
        severities=[item.severity for item in shown],
    )
    yield from _rest(found, "finding")


def _beside(record: Record, twin: PossibleDuplicate) -> Grid:
    other = twin.record
    pairs: list[tuple[str, object, object]] = [
        ("title", record.title, other.title),
        ("organizations", _organizations(record), _organizations(other)),
        *((name, record.text(name), other.text(name)) for name in _COMPARED),
        ("quote", record.mapping("quote").get("text"), other.mapping("quote").get("text")),
        ("sources", _urls(record), _urls(other)),
    ]
    rows = [(name, _value(ours), _value(theirs)) for name, ours, theirs in pairs if ours or theirs]
    return Grid(("", _value(record.id or record.slug), _value(other.id or twin.path)), rows)


_COMPARED = ("incident_date", "failure_mode", "ai_surface", "severity")


def _urls(record: Record) -> str:
    return _value([source.get("url") for _, source in record.sources])


def review_data(found: Review) -> dict[str, Any]:
    """Return a review for programs, to be written as JSON; texts of records are as they are."""
    change = found.outcome.change
    return {
        "version": 1,
        "since": change and {"ref": change.base.ref, "commit": change.base.commit},
        "records_loaded": found.outcome.loaded,
        "records_changed": found.outcome.changed,
        "rules": found.outcome.rules,
        "notes": list(found.notes),
        "records": [_card_data(card) for card in found.cards],
        "elsewhere": [diagnostic_object(item) for item in found.elsewhere],
    }


def _card_data(card: ReviewCard) -> dict[str, Any]:
    shown = card.shown
    return {
        "path": card.path,
        "old_path": card.old_path or None,
        "state": card.state,
        "record": dict(shown.record.data) if shown else None,
        "derived": shown.derived() if shown and shown.readable else None,
        "next_id": card.next_id or None,
        "obstacles": list(card.obstacles),
        "citation": card.citation or None,
        "changes": [_change_data(change) for change in card.changes],
        "findings": [diagnostic_object(item) for item in card.findings],
        "infos": card.infos,
        "likely_duplicates": [
            {"path": twin.path, "id": twin.record.id or None, "title": twin.record.title, "reason": twin.reason}
            for twin in card.twins
        ],
        "checks": list(card.checks),
    }


def _change_data(change: FieldChange) -> dict[str, Any]:
    return {
        "field": field_name(change.path),
        "before": change.before,
        "after": change.after,
        "fact": change.is_fact,
    }
