"""Reads one answer of an address: is the page there, gone, or can a program not tell?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.incident.urls.identity import match_key
from ficli.sources.documents import is_html, media_type
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.fetching.statuses import BLOCKED, GONE, PAYMENT_REQUIRED
from ficli.sources.links.absence import ENOUGH, SOME, is_recognized, signs_of_absence
from ficli.sources.links.parking import why_parked
from ficli.sources.links.verdicts import Judgement, Verdict
from ficli.sources.metadata.page import HtmlPage
from ficli.sources.metadata.structured import Structured
from ficli.sources.metadata.walls import CHALLENGE, EMPTY, wall
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.sources.fetching.exchange import Page
    from ficli.sources.fetching.fetcher import Outcome

SAMPLE: Final = 256 * 1024
"""Bytes of a page that are read to judge it."""

_WITHOUT_PAGE: Final = {
    Reason.REFUSED: Verdict.REFUSED,
    Reason.ROBOTS: Verdict.BLOCKED,
    Reason.UNREACHABLE: Verdict.SUSPECT,
    Reason.TIMEOUT: Verdict.TIMEOUT,
    Reason.TLS: Verdict.TLS_ERROR,
    Reason.NOT_HTTP: Verdict.SERVER_ERROR,
    Reason.TOO_LARGE: Verdict.TOO_LARGE,
    Reason.REDIRECTS: Verdict.BLOCKED,
    Reason.BLOCKED: Verdict.BLOCKED,
    Reason.GONE: Verdict.SUSPECT,
    Reason.SERVER: Verdict.SERVER_ERROR,
    Reason.WAIT: Verdict.BLOCKED,
}
_WALLS: Final = {
    CHALLENGE: "the site shows a check for robots instead of the page",
    EMPTY: "the page is empty for those who run no scripts",
}
_SIGN_IN: Final = re.compile(r"/(?:log-?in|sign-?in|sso|subscribe|subscription|paywall)\b", re.IGNORECASE)
_CONSENT: Final = re.compile(r"//consent\.|/(?:cookie-?)?consent\b|/privacy-?wall\b", re.IGNORECASE)


def judge(asked: str, outcome: Outcome, titles: Sequence[str] = ()) -> Judgement:
    """Judge an address by one answer.

    Args:
        asked: the address that is cited.
        outcome: the start of what stands there (`SAMPLE` bytes are enough), or why it could not be had.
        titles: what records call the page; a page that is recognized is not taken for another one.

    """
    if isinstance(outcome, FetchError):
        verdict = _WITHOUT_PAGE[outcome.reason]
        return Judgement(
            verdict, outcome.message, seems_gone=verdict is Verdict.SUSPECT, retry_after=outcome.retry_after
        )
    if not 200 <= outcome.status < 300:  # noqa: PLR2004 - success
        return _unsuccessful(outcome)
    if is_html(media_type(outcome.content_type), outcome.body):
        return _page(asked, outcome, HtmlPage(outcome.body, outcome.content_type, outcome.url), titles)
    if not outcome.body:
        return Judgement(Verdict.BLOCKED, "the site sends an empty page")
    return _there(asked, outcome)


def _unsuccessful(outcome: Page) -> Judgement:
    status, said = outcome.status, f"HTTP {outcome.status}"
    if status in GONE:
        return Judgement(Verdict.SUSPECT, said, seems_gone=True)
    if status == PAYMENT_REQUIRED:
        return Judgement(Verdict.PAYWALLED, said)
    # The request is at fault, says 4xx; it was an ordinary one, so whoever says so does not want it.
    is_turned_away = 400 <= status < 500 or status in BLOCKED or _is_challenge(outcome)  # noqa: PLR2004
    return Judgement(Verdict.BLOCKED if is_turned_away else Verdict.SERVER_ERROR, said)


def _is_challenge(outcome: Page) -> bool:
    if not is_html(media_type(outcome.content_type), outcome.body):
        return False
    return wall(HtmlPage(outcome.body, outcome.content_type)) == CHALLENGE


def _page(asked: str, outcome: Page, page: HtmlPage, titles: Sequence[str]) -> Judgement:
    if is_recognized(page, titles):
        return _there(asked, outcome, page, recognized=True)
    if why := why_parked(page, asked, outcome.url):
        return Judgement(Verdict.PARKED, why, final_url=_elsewhere(asked, outcome))
    if (standing_in := wall(page)) in _WALLS:
        return Judgement(Verdict.BLOCKED, _WALLS[standing_in])
    if _leads_to(_CONSENT, asked, outcome.url):
        return Judgement(Verdict.BLOCKED, f"the site asks for consent first, at {quoted(outcome.url)}")
    if _leads_to(_SIGN_IN, asked, outcome.url):
        return Judgement(Verdict.PAYWALLED, f"it leads to {quoted(outcome.url)}")
    signs = list(signs_of_absence(page, asked, outcome.url))
    points = sum(sign.points for sign in signs)
    if points >= SOME:
        verdict = Verdict.SOFT_404 if points >= ENOUGH else Verdict.SUSPECT
        return Judgement(verdict, "; ".join(sign.text for sign in signs), final_url=_elsewhere(asked, outcome))
    return _there(asked, outcome, page)


def _leads_to(pattern: re.Pattern[str], asked: str, final_url: str) -> bool:
    before, after = (url.partition("?")[0] for url in (asked, final_url))
    return pattern.search(after) is not None and pattern.search(before) is None


def _there(asked: str, outcome: Page, page: HtmlPage | None = None, *, recognized: bool = False) -> Judgement:
    final_url = _elsewhere(asked, outcome)
    if final_url:
        for_good = "for good" if outcome.moved_for_good else "for now"
        detail = f"it has moved {for_good} to {quoted(final_url)}"
        return Judgement(Verdict.REDIRECTED, detail, final_url=final_url, is_recognized=recognized)
    if page is not None and _is_for_payers(page):
        return Judgement(Verdict.PAYWALLED, "the page says that it is not free to read", is_recognized=recognized)
    return Judgement(Verdict.OK, is_recognized=recognized)


def _elsewhere(asked: str, outcome: Page) -> str:
    """Give the address that answered where it names another page than the one that is cited."""
    return outcome.url if match_key(outcome.url) != match_key(asked) else ""


def _is_for_payers(page: HtmlPage) -> bool:
    """Read `isAccessibleForFree`, see https://schema.org/isAccessibleForFree."""
    for thing in Structured(page).things:
        if not thing.aside and str(thing.data.get("isAccessibleForFree", "")).lower() in ("false", "no"):
            return True
    return False
