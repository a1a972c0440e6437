"""Detect the kind of source of a page, by rules on its address and its metadata; each gives its reason.

The registry's own domains come first, then what is known of the site, then the page's metadata, then its path. If
no rule fits, the curator has to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ficli.prose.names import spelling_key
from ficli.urls.archives import unwrap_archive
from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import Url, ancestors, parse_url
from ficli.urls.sites import plain_host
from ficli.wording import quoted

PRESS, COURT, REGULATOR, COMPANY = "press", "court-filing", "regulator", "company-statement"
RESEARCH, SOCIAL, REFERENCE = "research", "social", "reference"

_OF_SITES: Sequence[tuple[HostKind, str]] = (
    (HostKind.COURT, COURT),
    (HostKind.ENCYCLOPEDIA, REFERENCE),
    (HostKind.INCIDENT_DATABASE, REFERENCE),
    (HostKind.SOCIAL, SOCIAL),
    (HostKind.GOVERNMENT, REGULATOR),
)
_RELEASES = frozenset(
    "accessnewswire.com accesswire.com businesswire.com einpresswire.com globenewswire.com newswire.ca newswire.com"
    " prnewswire.com prweb.com".split(),
)
"""Sites that publish press releases for money."""

_PAPERS = frozenset(
    "aclanthology.org arxiv.org biorxiv.org dl.acm.org doi.org ieeexplore.ieee.org jamanetwork.com medrxiv.org"
    " nature.com openreview.net osf.io papers.ssrn.com plos.org pnas.org pubmed.ncbi.nlm.nih.gov researchgate.net"
    " sciencedirect.com semanticscholar.org springer.com thelancet.com tandfonline.com usenix.org wiley.com".split(),
)
_PRESS_TYPES = frozenset(
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
    " ReviewNewsArticle LiveBlogPosting".split(),
)
_PAPER_TYPES = frozenset("ScholarlyArticle MedicalScholarlyArticle citation_doi citation_pdf_url".split())
_COURT_PATH = re.compile(
    r"/(?:opinions?|dockets?|judge?ments?|rulings?|court-(?:filings?|orders?)|cases?-law)/", re.IGNORECASE
)
_RELEASE_PATH = re.compile(
    r"/(?:press-?(?:releases?|room|cent(?:er|re))|newsroom|media-?(?:cent(?:er|re)|room)|investors?|ir|statements?)(?:/|\Z)",
    re.IGNORECASE,
)
_RELEASE_HOST = re.compile(r"(?:newsroom|press|investors?|ir|media|pressroom)\.")


class KindGuess(NamedTuple):
    """The kind of a source, and why."""

    slug: str
    reason: str


def kind_of(
    url: str, types: Sequence[str], *, listed: Mapping[str, str], organizations: Iterable[str] = ()
) -> KindGuess | None:
    """Return the kind of source of a page; None if no rule fits.

    Args:
        url: its address; that of an archived copy is replaced by the page's.
        types: its types in metadata, see `ficli.web.metadata.extract.PageFacts.kinds`.
        listed: the registry's own: kinds by domain, or by domain and the first part of the path.
        organizations: the names of those who are involved.

    """
    archived = unwrap_archive(url)
    if archived is not None and archived.original:
        url = archived.original
    parts = parse_url(url)
    if parts is None:
        return None
    return (
        _by_list(parts, listed)
        or _by_site(url, parts)
        or _by_owner(parts, organizations)
        or _by_metadata(types)
        or _by_path(parts)
    )


def _by_list(parts: Url, listed: Mapping[str, str]) -> KindGuess | None:
    path = f"{parts.path}/"
    for domain in ancestors(plain_host(parts.host)):
        for entry, slug in listed.items():
            host, _, folder = entry.partition("/")
            if plain_host(host) == domain and path.startswith(f"/{folder}/" if folder else "/"):
                return KindGuess(slug, f"`ficli.toml` lists {quoted(entry)}")
    return None


def _by_site(url: str, parts: Url) -> KindGuess | None:
    kinds = host_kinds(match_key(url)) | host_kinds(url)
    host = plain_host(parts.host)
    domains = set(ancestors(host))
    if HostKind.GOVERNMENT in kinds and _COURT_PATH.search(parts.path):
        return KindGuess(COURT, f"{quoted(host)} is a public authority, and the path is that of a court's documents")
    if domains & _PAPERS:
        return KindGuess(RESEARCH, f"{quoted(host)} publishes papers")
    for kind, slug in _OF_SITES:
        if kind in kinds:
            return KindGuess(slug, f"{quoted(host)} is {kind.value}")
    if domains & _RELEASES:
        return KindGuess(COMPANY, f"{quoted(host)} prints releases of organizations")
    if HostKind.WIRE in kinds or HostKind.AGGREGATOR in kinds:
        return KindGuess(PRESS, f"{quoted(host)} carries news")
    return None


def _by_owner(parts: Url, organizations: Iterable[str]) -> KindGuess | None:
    """Compare the name in the domain with the organizations involved."""
    label = registrable_domain(parts.host).partition(".")[0].replace("-", "")
    for name in organizations:
        if label and spelling_key(name) == label:
            return KindGuess(COMPANY, f"{quoted(parts.host)} is the site of {quoted(name)}, which is involved")
    return None


def _by_metadata(types: Sequence[str]) -> KindGuess | None:
    for name in types:
        if name in _PRESS_TYPES:
            return KindGuess(PRESS, f"the page calls itself a {quoted(name)}")
        if name in _PAPER_TYPES:
            return KindGuess(RESEARCH, f"the page has {quoted(name)}, as papers do")
    return None


def _by_path(parts: Url) -> KindGuess | None:
    if _RELEASE_PATH.search(parts.path) or _RELEASE_HOST.match(parts.host):
        return KindGuess(COMPANY, "the address is that of releases and statements")
    return None
