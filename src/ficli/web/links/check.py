"""Read one answer of an address: the page is there, it is gone, its domain is parked, or a program cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key
from ficli.web.documents import is_html, media_type
from ficli.web.fetch.errors import BLOCKED, GONE, PAYMENT_REQUIRED, FetchError, Reason
from ficli.web.links.soft_404 import ENOUGH, SOME, is_recognized, missing_page_signs
from ficli.web.links.verdicts import AnswerResult, Verdict
from ficli.web.metadata.page import HtmlPage, text_of
from ficli.web.metadata.structured import Structured
from ficli.web.metadata.walls import CHALLENGE, EMPTY, wall
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.web.fetch.exchange import FetchedPage
    from ficli.web.fetch.fetcher import FetchOutcome

_PARKING_SERVICES: Final = frozenset(
    """
    above.com afternic.com bodis.com buydomains.com cashparking.com dan.com domainmarket.com domainnamesales.com
    dnparking.com epik.com fabulous.com hugedomains.com namedrive.com parkingcrew.net parklogic.com parked.com
    sedo.com sedoparking.com skenzo.com smartname.com tonic.to uniregistry.com voodoo.com
    """.split()
)
"""Domains of services that park domains or sell parked ones."""

_FOR_SALE: Final = re.compile(
    r"\b(?:(?:this )?(?:domain|web ?site)(?: name)? (?:\S+ )?(?:is|may be|might be) (?:available )?(?:for sale|to buy)|"
    r"buy this (?:domain|web ?site)|(?:this )?domain(?: name)? (?:\S+ )?(?:is|has been) parked|"
    r"parked (?:free|domain|page)|this domain(?: name)? (?:has )?expired|inquire about this domain|"
    r"diese domain (?:\S+ )?(?:steht|ist) (?:\S+ )?zu(?:m|r) verkauf|ce (?:nom de )?domaine est à vendre|"
    r"este dominio está (?:a la venta|à venda)|questo dominio è in vendita|dit domein is te koop)",
    re.IGNORECASE,
)
_LONGEST_PARKED: Final = 3000
"""Characters; a parked page has a few lines and some links."""

_LOADED: Final = {"script": "src", "iframe": "src", "frame": "src", "meta": "content", "form": "action"}

SAMPLE: Final = 256 * 1024
"""Bytes of a page that are read to check it."""

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


def check_answer(asked: str, outcome: FetchOutcome, titles: Sequence[str] = ()) -> AnswerResult:
    """Check an address by one answer.

    Args:
        asked: the address that is cited.
        outcome: the start of the document (`SAMPLE` bytes are enough), or why it could not be fetched.
        titles: the titles that records give the page; a recognized page is not taken for another one.

    """
    if isinstance(outcome, FetchError):
        verdict = _WITHOUT_PAGE[outcome.reason]
        return AnswerResult(
            verdict, outcome.message, seems_gone=verdict is Verdict.SUSPECT, retry_after=outcome.retry_after
        )
    if not 200 <= outcome.status < 300:  # noqa: PLR2004 - success
        return _unsuccessful(outcome)
    if is_html(media_type(outcome.content_type), outcome.body):
        return _successful(asked, outcome, HtmlPage(outcome.body, outcome.content_type, outcome.url), titles)
    if not outcome.body:
        return AnswerResult(Verdict.BLOCKED, "the site sends an empty page")
    return _there(asked, outcome)


def _unsuccessful(outcome: FetchedPage) -> AnswerResult:
    status, said = outcome.status, f"HTTP {outcome.status}"
    if status in GONE:
        return AnswerResult(Verdict.SUSPECT, said, seems_gone=True)
    if status == PAYMENT_REQUIRED:
        return AnswerResult(Verdict.PAYWALLED, said)
    # The request is at fault, says 4xx; it was an ordinary one, so whoever says so does not want it.
    is_turned_away = 400 <= status < 500 or status in BLOCKED or _is_challenge(outcome)  # noqa: PLR2004
    return AnswerResult(Verdict.BLOCKED if is_turned_away else Verdict.SERVER_ERROR, said)


def _is_challenge(outcome: FetchedPage) -> bool:
    if not is_html(media_type(outcome.content_type), outcome.body):
        return False
    return wall(HtmlPage(outcome.body, outcome.content_type)) == CHALLENGE


def _successful(asked: str, outcome: FetchedPage, page: HtmlPage, titles: Sequence[str]) -> AnswerResult:
    if is_recognized(page, titles):
        return _there(asked, outcome, page, recognized=True)
    if why := why_parked(page, asked, outcome.url):
        return AnswerResult(Verdict.PARKED, why, final_url=_elsewhere(asked, outcome))
    if (standing_in := wall(page)) in _WALLS:
        return AnswerResult(Verdict.BLOCKED, _WALLS[standing_in])
    if _leads_to(_CONSENT, asked, outcome.url):
        return AnswerResult(Verdict.BLOCKED, f"the site asks for consent first, at {quoted(outcome.url)}")
    if _leads_to(_SIGN_IN, asked, outcome.url):
        return AnswerResult(Verdict.PAYWALLED, f"it leads to {quoted(outcome.url)}")
    signs = list(missing_page_signs(page, asked, outcome.url))
    points = sum(sign.points for sign in signs)
    if points >= SOME:
        verdict = Verdict.SOFT_404 if points >= ENOUGH else Verdict.SUSPECT
        return AnswerResult(verdict, "; ".join(sign.text for sign in signs), final_url=_elsewhere(asked, outcome))
    return _there(asked, outcome, page)


def _leads_to(pattern: re.Pattern[str], asked: str, final_url: str) -> bool:
    before, after = (url.partition("?")[0] for url in (asked, final_url))
    return pattern.search(after) is not None and pattern.search(before) is None


def _there(asked: str, outcome: FetchedPage, page: HtmlPage | None = None, *, recognized: bool = False) -> AnswerResult:
    final_url = _elsewhere(asked, outcome)
    if final_url:
        for_good = "for good" if outcome.moved_for_good else "for now"
        detail = f"it has moved {for_good} to {quoted(final_url)}"
        return AnswerResult(Verdict.REDIRECTED, detail, final_url=final_url, is_recognized=recognized)
    if page is not None and _is_for_payers(page):
        return AnswerResult(Verdict.PAYWALLED, "the page says that it is not free to read", is_recognized=recognized)
    return AnswerResult(Verdict.OK, is_recognized=recognized)


def _elsewhere(asked: str, outcome: FetchedPage) -> str:
    """Return the address that answered if it names another page than the cited one."""
    return outcome.url if match_key(outcome.url) != match_key(asked) else ""


def _is_for_payers(page: HtmlPage) -> bool:
    """Read `isAccessibleForFree`, see https://schema.org/isAccessibleForFree."""
    for thing in Structured(page).things:
        if not thing.aside and str(thing.data.get("isAccessibleForFree", "")).lower() in ("false", "no"):
            return True
    return False


def why_parked(page: HtmlPage, asked: str, final_url: str) -> str:
    """Return why a page is one of a parked domain; empty if it is not.

    Args:
        page: the answer.
        asked: the address that is cited.
        final_url: the address that it came from.

    """
    if registrable_domain(asked) in _PARKING_SERVICES or len(page.text) > _LONGEST_PARKED:
        return ""
    if (owner := registrable_domain(final_url)) in _PARKING_SERVICES:
        return f"it leads to {quoted(owner)}, where domains are sold"
    said = _FOR_SALE.search("\n".join((page.title, *map(text_of, page.headings), page.text)))
    if said:
        return f"the page says {quoted(said.group())}"
    # A link is no sign: an article may link to a market. What the page itself loads is one.
    found = next((domain for domain in _loaded(page) if domain in _PARKING_SERVICES), "")
    return f"the page is filled by {quoted(found)}" if found else ""


def _loaded(page: HtmlPage) -> Iterator[str]:
    """Yield the domains of what a page loads or redirects to by itself."""
    for element in page.root.iter(*_LOADED):
        for address in re.findall(r"(?:https?:)?//[^\s'\";]+", element.get(_LOADED[str(element.tag)]) or ""):
            yield registrable_domain(address if address.startswith("http") else f"https:{address}")
