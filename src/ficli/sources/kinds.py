"""What kind of source a page is, by rules on its address and on what it says of itself; each gives its reason.

The registry's own domains come first, then what is known of the site, then the page's metadata, then its path. Where
no rule fits, the curator has to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.text.names import spelling_key
from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.domains import registrable_domain
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.hostname import ancestors
from ficli.incident.urls.hosts import HostKind
from ficli.incident.urls.identity import match_key
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.sites import plain_host
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ficli.incident.urls.parse import Url

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
"""Sites that print what organizations pay them to print."""

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


class Kind(NamedTuple):
    """The kind of a source, and why."""

    slug: str
    reason: str


def kind_of(
    url: str, types: Sequence[str], *, listed: Mapping[str, str], organizations: Iterable[str] = ()
) -> Kind | None:
    """Tell what kind of source a page is; None where no rule fits.

    Args:
        url: its address; that of an archived copy stands for the page.
        types: what its metadata calls it, see `ficli.sources.metadata.extract.PageFacts.kinds`.
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


def _by_list(parts: Url, listed: Mapping[str, str]) -> Kind | None:
    path = f"{parts.path}/"
    for domain in ancestors(plain_host(parts.host)):
        for entry, slug in listed.items():
            host, _, folder = entry.partition("/")
            if plain_host(host) == domain and path.startswith(f"/{folder}/" if folder else "/"):
                return Kind(slug, f"`ficli.toml` lists {quoted(entry)}")
    return None


def _by_site(url: str, parts: Url) -> Kind | None:
    kinds = host_kinds(match_key(url)) | host_kinds(url)
    host = plain_host(parts.host)
    domains = set(ancestors(host))
    if HostKind.GOVERNMENT in kinds and _COURT_PATH.search(parts.path):
        return Kind(COURT, f"{quoted(host)} is a public authority, and the path is that of a court's documents")
    if domains & _PAPERS:
        return Kind(RESEARCH, f"{quoted(host)} publishes papers")
    for kind, slug in _OF_SITES:
        if kind in kinds:
            return Kind(slug, f"{quoted(host)} is {kind.value}")
    if domains & _RELEASES:
        return Kind(COMPANY, f"{quoted(host)} prints releases of organizations")
    if HostKind.WIRE in kinds or HostKind.AGGREGATOR in kinds:
        return Kind(PRESS, f"{quoted(host)} carries news")
    return None


def _by_owner(parts: Url, organizations: Iterable[str]) -> Kind | None:
    """Compare the name in the domain with those who are involved."""
    label = registrable_domain(parts.host).partition(".")[0].replace("-", "")
    for name in organizations:
        if label and spelling_key(name) == label:
            return Kind(COMPANY, f"{quoted(parts.host)} is the site of {quoted(name)}, which is involved")
    return None


def _by_metadata(types: Sequence[str]) -> Kind | None:
    for name in types:
        if name in _PRESS_TYPES:
            return Kind(PRESS, f"the page calls itself a {quoted(name)}")
        if name in _PAPER_TYPES:
            return Kind(RESEARCH, f"the page has {quoted(name)}, as papers do")
    return None


def _by_path(parts: Url) -> Kind | None:
    if _RELEASE_PATH.search(parts.path) or _RELEASE_HOST.match(parts.host):
        return Kind(COMPANY, "the address is that of releases and statements")
    return None
