"""Which day a record is published: today, or the day asked for, unless the clock cannot be right."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ficli.errors import UsageError
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Collection

    from ficli.environment import Environment

_FIRST = date(2026, 1, 1)
"""No clock that is right shows a day before the year in which ficli was written."""

_A_DAY = timedelta(days=1)
"""A registry is kept in many time zones."""

_LONGEST_SILENCE = timedelta(days=3653)
_HINT = "set the clock, or give the day with `--date YYYY-MM-DD`"


def asked_day(text: str) -> date | None:
    """Read the day that `--date` gives; None where it gives none.

    Raises:
        UsageError: it is no day.

    """
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise UsageError(f"`--date`: {quoted(text)} is no day", hint="write it as `2026-01-31`")


def indexing_day(environment: Environment, asked: date | None, newest: Collection[date]) -> date:
    """Give the day that records get as `indexed_date`.

    Args:
        environment: the world to work in: its clock, and `SOURCE_DATE_EPOCH`.
        asked: the day the user wants, or None for today.
        newest: days on which something is known to have happened in the registry. One that lies ahead of today
            shows that the clock is behind, and if all lie years back it may be ahead.

    Raises:
        UsageError: the day asked for has not come yet, or the clock cannot be right.

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
    """Give the day of a commit's time; the earliest day there is for a time that is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return date.min
