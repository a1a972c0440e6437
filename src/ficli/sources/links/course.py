"""Sets what an address answers today beside what it answered before: only who is gone twice, days apart, is dead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ficli.sources.links.verdicts import THERE, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.sources.links.verdicts import Judgement

PROOF: Final = timedelta(days=3)
"""Between the first time that a page seems to be gone and the time at which that is believed."""

_AGAIN: Final = {
    Verdict.SUSPECT: timedelta(days=3),
    Verdict.SERVER_ERROR: timedelta(days=1),
    Verdict.TIMEOUT: timedelta(days=1),
    Verdict.TLS_ERROR: timedelta(days=1),
}
_MONTHLY: Final = timedelta(days=30)
_DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an address.

    Attributes:
        url: the address.
        verdict: of the day on which it was asked last.
        detail: what was seen on that day, in words.
        final_url: the address that answered, where that is another page; else empty.
        is_recognized: whether the page had the title that a record gives it.
        checked: the day on which it was asked last.
        next_check: the day on which it should be asked again.
        failing_since: the first day since which it was never there; None where it was there on the last day.
        gone_since: the first day since then on which it seemed to be gone; None where there was none.
        last_there: the last day on which it was there; None where there was none.

    """

    url: str
    verdict: Verdict
    detail: str
    final_url: str
    is_recognized: bool
    checked: date
    next_check: date
    failing_since: date | None = None
    gone_since: date | None = None
    last_there: date | None = None


def settled(url: str, judgement: Judgement, before: Seen | None, today: date) -> Seen:
    """Give what is known of an address now.

    Args:
        url: the address.
        judgement: what it answered today.
        before: what was known of it; None where nothing was.
        today: the day.

    """
    is_there = judgement.verdict in THERE
    failing_since = gone_since = None
    if not is_there:
        failing_since = (before.failing_since if before else None) or today
        gone_since = before.gone_since if before else None
    verdict = judgement.verdict
    if judgement.seems_gone:
        gone_since = gone_since or today
        if today - gone_since >= PROOF:
            verdict = Verdict.DEAD
    return Seen(
        url=url,
        verdict=verdict,
        detail=judgement.detail,
        final_url=judgement.final_url,
        is_recognized=judgement.is_recognized,
        checked=today,
        next_check=_next_check(judgement, verdict, gone_since, today),
        failing_since=failing_since,
        gone_since=gone_since,
        last_there=today if is_there else before.last_there if before else None,
    )


def _next_check(judgement: Judgement, verdict: Verdict, gone_since: date | None, today: date) -> date:
    if verdict is Verdict.SUSPECT and judgement.seems_gone and gone_since is not None:
        return gone_since + PROOF
    wait = timedelta(days=min(_MONTHLY.days, -(-judgement.retry_after // _DAY)))
    return today + max(wait, timedelta() if wait else _AGAIN.get(verdict, _MONTHLY))


def crowded(seen: Iterable[Seen]) -> frozenset[str]:
    """Find the addresses that lead where others lead too, and to no page that is recognized.

    Two articles are not one page, so a page to which several addresses lead stands in for what is gone.
    """
    by_target: dict[str, list[Seen]] = {}
    for one in seen:
        if one.verdict is Verdict.REDIRECTED:
            by_target.setdefault(one.final_url, []).append(one)
    return frozenset(
        one.url for group in by_target.values() if len(group) > 1 for one in group if not one.is_recognized
    )
