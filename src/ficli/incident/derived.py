"""The derived values of a record, which are never typed: wing, "What", page URL, named or not, confidence.

All of it is computed here and in `independence`, from the record alone. A broken record has empty values and low
confidence, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.wording import counted

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.incident.independence import Independence, Voice
    from ficli.incident.record import Record
    from ficli.incident.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Confidence:
    """How well a record is supported: `high`, `medium` or `low`, and why in words."""

    level: str
    why: str


def wing(record: Record, taxonomy: Taxonomy) -> str:
    """Return whether the system is `generative` or `predictive`, from its surface; empty if not known."""
    surface = taxonomy.ai_surfaces.get(record.text("ai_surface"))
    return surface.wing if surface is not None else ""


def what(record: Record) -> str:
    """Return the first sentence of the summary, which the page shows under "What"."""
    from ficli.prose.sentences import first_sentence  # patterns that a citation does not need

    return first_sentence(record.text("summary"))


def is_anonymized(record: Record) -> bool:
    """Return whether a record has organizations and names none of them."""
    organizations = record.mappings("organizations")
    return bool(organizations) and all(organization.get("anonymized") is True for _, organization in organizations)


def changed_date(record: Record) -> str:
    """Return the day on which a record was last indexed, corrected or retired; empty if it has no valid day."""
    days = [record.text("indexed_date"), record.text("retired_date")]
    days += [day for _, item in record.mappings("corrections") if isinstance(day := item.get("date"), str)]
    dates = [date for day in days if (date := PartialDate.parse(day)) is not None and date.has_day]
    return str(max(dates, key=lambda date: date.parts)) if dates else ""


def page_url(record: Record, config: Config) -> str:
    """Return the address of a record's page; empty if it has no slug."""
    return f"{config.base_url}/failures/{record.slug}" if record.slug else ""


def confidence(record: Record, taxonomy: Taxonomy) -> Confidence:
    """Return how well a record is supported.

    `high` needs two independent sources, one of them of a primary kind; `medium` two independent ones; all else
    is `low`.
    """
    from ficli.incident.independence import independence

    known = independence(record)
    if low := _why_low(known):
        return Confidence("low", low)
    number = len(known.independent)
    primary = {slug for slug, kind in taxonomy.source_kinds.items() if kind.primary}
    for voice in known.voices:
        if voice.kind in primary and _has_another(voice, known):
            name = taxonomy.source_kinds[voice.kind].name.lower()
            return Confidence("high", f"{counted(number, 'independent source')}, one of them primary ({name})")
    return Confidence("medium", f"{counted(number, 'independent source')}, none of them primary")


def _has_another(voice: Voice, known: Independence) -> bool:
    return any(voice.is_independent_of(other) for other in known.voices)


def why_low(record: Record) -> str:
    """Return why the confidence in a record is low; empty if it is not."""
    from ficli.incident.independence import are_surely_independent, independence

    return "" if are_surely_independent(record.sources) else _why_low(independence(record))


def _why_low(known: Independence) -> str:
    if known.is_enough:
        return ""
    match len(known.voices):
        case 0:
            return "no source"
        case 1:
            return "a single source"
    return f"no two sources are independent: {next(known.pairs()).reason}"
