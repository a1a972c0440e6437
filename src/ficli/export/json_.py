"""The index as one JSON file, which `schema/index.schema.json` describes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ficli.export.dataset import FORMAT, Dataset, Tombstone
from ficli.wording import HIDDEN

if TYPE_CHECKING:
    import re

    from ficli.incident.counts import Counts
    from ficli.incident.taxonomy import Taxonomy, Term


def render(dataset: Dataset) -> Iterator[str]:
    """Write the index: what it is, its vocabulary and counts, then a line for each record and each tombstone."""
    for number, (name, value) in enumerate(head(dataset).items()):
        yield f"{',' if number else '{'}\n{dumps(name)}: {dumps(value)}"
    yield ',\n"records": ['
    yield from _list(dataset.records.lines())
    yield '],\n"tombstones": ['
    yield from _list(dumps(tombstone_data(tombstone)) for tombstone in dataset.tombstones)
    yield "]\n}\n"


def head(dataset: Dataset) -> dict[str, Any]:
    """Return all but the records: what the index is, which part of it is here, its vocabulary and its counts."""
    config, selection = dataset.config, dataset.selection
    return {
        "format": FORMAT,
        "index": {
            "name": config.name,
            "steward": config.steward,
            "base_url": config.base_url,
            "licence": config.licence,
            "contact": config.contact or None,
        },
        "version": dataset.version or None,
        "selection": {
            "only": list(selection.only),
            "since": selection.since or None,
            "fields": list(selection.fields) or None,
        },
        "taxonomy": _taxonomy_data(dataset.taxonomy),
        "counts": _counts_data(dataset.counts),
    }


def tombstone_data(tombstone: Tombstone) -> dict[str, str | None]:
    """Return a tombstone as the schema has it."""
    return {name: value or None for name, value in tombstone._asdict().items()}


def dumps(value: object) -> str:
    """Write JSON on one line; invisible characters, and those that could act on a terminal, are escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text if text.isascii() else HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def _list(lines: Iterable[str]) -> Iterator[str]:
    number = 0
    for number, line in enumerate(lines, start=1):
        yield f"{',' if number > 1 else ''}\n{line}"
    yield "\n" if number else ""


def _counts_data(counts: Counts) -> dict[str, Any]:
    return {
        "published": counts.statuses["published"],
        "merged": counts.statuses["merged"],
        "removed": counts.statuses["removed"],
        "headline": counts.headline,
        "left_out_for_low_confidence": counts.left_out,
        "published_by": counts.groups,
    }


def _taxonomy_data(taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "version": taxonomy.version,
        "failure_modes": _terms(taxonomy.failure_modes.values()),
        "ai_surfaces": _terms(taxonomy.ai_surfaces.values()),
        "severities": _terms(taxonomy.severities.values()),
        "source_kinds": _terms(taxonomy.source_kinds.values()),
        "industries": _terms(taxonomy.industries.values()),
    }


def _terms(terms: Iterable[Term]) -> list[dict[str, Any]]:
    return [{**asdict(term), "replaced_by": term.replaced_by or None} for term in terms]
