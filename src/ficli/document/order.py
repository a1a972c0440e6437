"""The order of the fields in a record, one for the record itself and one for each mapping within it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.diagnostics import FieldPath

Names = tuple[str, ...]
"""A field path without its list positions: every item of a list has the same order."""

_ORDERS: Final[dict[Names, tuple[str, ...]]] = {
    (): (
        "schema_version",
        "id",
        "slug",
        "status",
        "title",
        # A tombstone says next where the record went.
        "merged_into",
        "reason",
        "retired_date",
        "summary",
        "quote",
        "organizations",
        "systems",
        "incident_date",
        "date_basis",
        "indexed_date",
        "taxonomy_version",
        "failure_mode",
        "ai_surface",
        "severity",
        "industry",
        "countries",
        "claim_status",
        "what_happened",
        "failure_path",
        "mechanism",
        "impact",
        "sources",
        "related",
        "aliases",
        "tags",
        "corrections",
        "steward_note",
    ),
    ("quote",): ("text", "speaker", "source"),
    ("organizations",): ("name", "role", "anonymized"),
    ("systems",): ("name", "vendor", "version"),
    ("failure_path",): ("trigger", "model_step", "control_gap", "failure", "consequence"),
    ("impact",): (
        "public_visibility",
        "regulatory_exposure",
        "customer_impact",
        "financial_impact",
        "amounts",
        "time_to_disclosure",
        "note",
    ),
    ("impact", "amounts"): ("value", "currency", "label"),
    ("sources",): (
        "kind",
        "title",
        "url",
        "publisher",
        "authors",
        "published",
        "language",
        "accessed",
        "docket",
        "archive",
        "passages",
        "status",
    ),
    ("sources", "archive"): ("url", "captured", "sha256"),
    ("corrections",): ("date", "note"),
}
ORDERED: Final[frozenset[Names]] = frozenset(_ORDERS)
"""Where a mapping has an order."""


def names(path: FieldPath) -> Names:
    """Give the names in a field path."""
    return tuple(step for step in path if isinstance(step, str))


@cache
def _ranks(place: Names) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(_ORDERS.get(place, ()))}


def rank(place: Names, key: str) -> int:
    """Give the place of a key among the known ones, from 0; an unknown key comes after all of them."""
    ranks = _ranks(place)
    return ranks.get(key, len(ranks))


def arranged(place: Names, keys: Sequence[str]) -> list[int]:
    """Give the positions of keys in canonical order; unknown keys keep their order, behind the known ones."""
    return sorted(range(len(keys)), key=lambda position: rank(place, keys[position]))


def is_arranged(place: Names, keys: Sequence[str]) -> bool:
    """Tell whether keys are in canonical order."""
    ranks = [rank(place, key) for key in keys]
    return all(one <= other for one, other in pairwise(ranks))
