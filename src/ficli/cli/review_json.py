"""A review as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.diagnostics import field_name
from ficli.output.json_ import diagnostic_object

if TYPE_CHECKING:
    from ficli.commands.review import Card, Review
    from ficli.incident.changes import FieldChange

FORMAT_VERSION = 1


def whole(found: Review) -> dict[str, Any]:
    """Give a review as JSON has it; texts of records are as they are."""
    change = found.outcome.change
    return {
        "version": FORMAT_VERSION,
        "since": change and {"ref": change.base.ref, "commit": change.base.commit},
        "records_loaded": found.outcome.loaded,
        "records_changed": found.outcome.changed,
        "rules": found.outcome.rules,
        "notes": list(found.notes),
        "records": [_card(card) for card in found.cards],
        "elsewhere": [diagnostic_object(item) for item in found.elsewhere],
    }


def _card(card: Card) -> dict[str, Any]:
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
        "changes": [_change(change) for change in card.changes],
        "findings": [diagnostic_object(item) for item in card.findings],
        "infos": card.infos,
        "likely_duplicates": [
            {"path": twin.path, "id": twin.record.id or None, "title": twin.record.title, "reason": twin.reason}
            for twin in card.twins
        ],
        "checks": list(card.checks),
    }


def _change(change: FieldChange) -> dict[str, Any]:
    return {
        "field": field_name(change.path),
        "before": change.before,
        "after": change.after,
        "fact": change.is_fact,
    }
