"""Turn a draft into a published record: write its ID, status, taxonomy version and day into its bytes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ficli.diagnostics import Edit, InsertKey, SetValue
from ficli.errors import UsageError
from ficli.incident.fields import LAYOUT
from ficli.wording import quoted
from ficli.yaml.edit import EditError, apply

if TYPE_CHECKING:
    from ficli.environment import Environment
    from ficli.registry.records import SourceFile


_FIRST = date(2026, 1, 1)
"""The year in which ficli was written; a clock that shows an earlier day is wrong."""

_A_DAY = timedelta(days=1)
"""A registry is kept in many time zones."""

_LONGEST_SILENCE = timedelta(days=3653)
_HINT = "set the clock, or give the day with `--date YYYY-MM-DD`"


def asked_day(text: str) -> date | None:
    """Parse the day of `--date`; None if it is not given.

    Raises:
        UsageError: it is not a day.

    """
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise UsageError(f"`--date`: {quoted(text)} is no day", hint="write it as `2026-01-31`")


def publishing_day(environment: Environment, asked: date | None, newest: Collection[date]) -> date:
    """Return the day that records get as `indexed_date`.

    Args:
        environment: the environment to work in: its clock, and `SOURCE_DATE_EPOCH`.
        asked: the day the user wants, or None for today.
        newest: days on which something is known to have happened in the registry. If one is after today, the clock
            is behind; if all are years before, the clock may be ahead.

    Raises:
        UsageError: the day asked for has not come yet, or the clock is clearly wrong.

    """
    today = environment.today()
    last = max(newest, default=_FIRST)
    is_behind = today + _A_DAY < last
    if asked is not None:
        if asked > (last + _LONGEST_SILENCE if is_behind else today + _A_DAY):
            raise UsageError(f"`--date`: {asked} has not come yet", hint="a record is indexed when it is published")
        return asked
    source = "`SOURCE_DATE_EPOCH`" if environment.variables.get("SOURCE_DATE_EPOCH") else "the clock"
    if is_behind:
        raise UsageError(
            f"{source} says that today is {today}, but this registry has been at {last} already", hint=_HINT
        )
    if newest and today - last > _LONGEST_SILENCE:
        reason = f"more than ten years after anything happened here, on {last}"
        raise UsageError(f"{source} says that today is {today}, {reason}", hint=_HINT)
    return today


def day_of_commit(seconds: int) -> date:
    """Return the day of a commit's time; the earliest day there is for an invalid time."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return date.min


def published(draft: SourceFile, record_id: str, *, day: str, taxonomy_version: str) -> bytes:
    """Write the ID, the day, the version of the vocabulary and `status: published` into the bytes of a draft.

    Args:
        draft: the draft's file.
        record_id: the ID it gets.
        day: the day it is published, as `YYYY-MM-DD`.
        taxonomy_version: the version of the vocabulary it was classified by.

    Raises:
        EditError: the file is written in a way in which it cannot be edited, or is not a draft.

    """
    edits: list[Edit] = [
        InsertKey((), "id", record_id),
        SetValue(("status",), "published"),
        InsertKey((), "indexed_date", day),
        InsertKey((), "taxonomy_version", taxonomy_version),
    ]
    return apply(draft.document, edits, LAYOUT).encode()


def is_published_form(draft: SourceFile, file: SourceFile) -> bool:
    """Return whether a published record's file is what `published` makes of a draft's file, with its ID and its day."""
    data = file.record
    day, version = data.text("indexed_date"), data.text("taxonomy_version")
    if not (data.id and day and version):
        return False
    try:
        return published(draft, data.id, day=day, taxonomy_version=version) == file.raw
    except EditError:
        return False
