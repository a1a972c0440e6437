"""Tells a page that offers a domain for sale, or fills it with advertisements, from the page that once stood there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.incident.urls.domains import registrable_domain
from ficli.sources.metadata.page import text_of
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.sources.metadata.page import HtmlPage

_SERVICES: Final = frozenset(
    """
    above.com afternic.com bodis.com buydomains.com cashparking.com dan.com domainmarket.com domainnamesales.com
    dnparking.com epik.com fabulous.com hugedomains.com namedrive.com parkingcrew.net parklogic.com parked.com
    sedo.com sedoparking.com skenzo.com smartname.com tonic.to uniregistry.com voodoo.com
    """.split()
)
"""Domains of those who park domains or sell parked ones."""

_FOR_SALE: Final = re.compile(
    r"\b(?:(?:this )?(?:domain|web ?site)(?: name)? (?:\S+ )?(?:is|may be|might be) (?:available )?(?:for sale|to buy)|"
    r"buy this (?:domain|web ?site)|(?:this )?domain(?: name)? (?:\S+ )?(?:is|has been) parked|"
    r"parked (?:free|domain|page)|this domain(?: name)? (?:has )?expired|inquire about this domain|"
    r"diese domain (?:\S+ )?(?:steht|ist) (?:\S+ )?zu(?:m|r) verkauf|ce (?:nom de )?domaine est à vendre|"
    r"este dominio está (?:a la venta|à venda)|questo dominio è in vendita|dit domein is te koop)",
    re.IGNORECASE,
)
_SHORT: Final = 3000
"""Characters; a parked page has a few lines and some links."""

_LOADED: Final = {"script": "src", "iframe": "src", "frame": "src", "meta": "content", "form": "action"}


def why_parked(page: HtmlPage, asked: str, final_url: str) -> str:
    """Say why a page is one of a parked domain; empty where it is none.

    Args:
        page: what came.
        asked: the address that is cited.
        final_url: the address that it came from.

    """
    if registrable_domain(asked) in _SERVICES or len(page.text) > _SHORT:
        return ""
    if (owner := registrable_domain(final_url)) in _SERVICES:
        return f"it leads to {quoted(owner)}, where domains are sold"
    said = _FOR_SALE.search("\n".join((page.title, *map(text_of, page.headings), page.text)))
    if said:
        return f"the page says {quoted(said.group())}"
    # A link is no sign: an article may link to a market. What the page itself loads is one.
    found = next((domain for domain in _loaded(page) if domain in _SERVICES), "")
    return f"the page is filled by {quoted(found)}" if found else ""


def _loaded(page: HtmlPage) -> Iterator[str]:
    """Yield the domains of what a page loads or leads to by itself."""
    for element in page.root.iter(*_LOADED):
        for address in re.findall(r"(?:https?:)?//[^\s'\";]+", element.get(_LOADED[str(element.tag)]) or ""):
            yield registrable_domain(address if address.startswith("http") else f"https:{address}")
