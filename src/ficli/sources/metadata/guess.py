"""A guess at the date of a page that does not tell it: htmldate's, shown to the curator and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.sources.metadata.evidence import Origin, Value

if TYPE_CHECKING:
    from datetime import date

    from ficli.sources.metadata.page import HtmlPage


def guessed_date(page: HtmlPage, *, today: date) -> Value | None:
    """Ask htmldate; None where it has no guess either, or breaks on the page."""
    import copy
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(copy.deepcopy(page.root), original_date=True, max_date=today.isoformat())
    except Exception:  # noqa: BLE001 - a guess is worth no failure, and the library meets pages of every sort
        return None
    day = PartialDate.parse(found) if isinstance(found, str) else None
    return Value(str(day), Origin.GUESS, "htmldate", found or "") if day is not None else None
