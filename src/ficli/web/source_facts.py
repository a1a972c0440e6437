"""Build the fields of a source from its address: fetch the page or take a given one, read and convert it.

`fetch_source` does everything for one address, for `ficli new --url`. `read_source` takes what was
fetched or saved already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.errors import UsageError
from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key, stored_url, without_tracking
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import mixed_scripts, why_invalid
from ficli.urls.private import why_private
from ficli.web.documents import SourceDocument, document_of, given_document
from ficli.web.source_kinds import COURT, PRESS, RESEARCH, kind_of
from ficli.wording import listed, quoted

if TYPE_CHECKING:
    from datetime import date

    from ficli.web.fetch.fetcher import Fetcher, FetchOutcome
    from ficli.web.metadata.evidence import Value
    from ficli.web.metadata.extract import PageFacts

_DATED = frozenset({PRESS, RESEARCH})
TODO = {
    "kind": "TODO: the kind of source",
    "title": "TODO: the title, as the document has it",
    "publisher": "TODO: who published it",
    "published": "TODO: the date of publication, as exactly as the document gives it",
    "docket": "TODO: the docket number",
}
"""The value of a field that only a person can fill in."""


class Proposal(NamedTuple):
    """A value that a person has to check before it is used in a record: the field, the value, and its evidence."""

    field: str
    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The facts of one source, and how they are known.

    Attributes:
        asked: the address as it was given.
        fields: the source as a record holds it, in canonical order; a missing value is a `TODO`.
        evidence: for each field, where its value comes from.
        proposals: values that a person has to check.
        notes: notes for a person: an address that was changed, a value that was rejected.
        text: all text of the page, to look passages up in.

    """

    asked: str
    fields: Mapping[str, Any]
    evidence: Mapping[str, str]
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """The address that the record will hold."""
        return str(self.fields["url"])


def citable_url(text: str) -> str:
    """Convert a typed address into the form in which a record keeps it.

    Raises:
        UsageError: it is not an address, or one that must not be in a public record.

    """
    url = text.strip()
    if reason := why_invalid(url):
        raise UsageError(f"{quoted(url)}: it is no web address: {reason}")
    url = stored_url(url)
    if reason := why_private(url):
        raise UsageError(f"{quoted(url)} cannot be cited: {reason}", hint="cite the page that everybody can read")
    return url


def fetch_source(
    asked: str,
    fetcher: Fetcher,
    *,
    kinds: Mapping[str, str],
    organizations: Iterable[str] = (),
    given: Mapping[str, Any] | None = None,
    today: date,
) -> SourceFacts:
    """Fetch a page, and read what it says of itself; the arguments are those of `read_source`.

    Raises:
        UsageError: the address cannot be cited.
        FetchError: the page could not be fetched.

    """
    page = fetcher.page(citable_url(asked))
    return read_source(asked, page, kinds=kinds, organizations=organizations, given=given, today=today)


def read_source(
    asked: str,
    outcome: FetchOutcome | bytes | None,
    *,
    kinds: Mapping[str, str],
    organizations: Iterable[str] = (),
    given: Mapping[str, Any] | None = None,
    today: date,
) -> SourceFacts:
    """Read what a source says of itself.

    Args:
        asked: the address as it was given; `citable_url` has accepted it.
        outcome: the result of fetching it, the bytes of a saved page, or None.
        kinds: the registry's kinds by domain, see `ficli.config.Config.source_kinds`.
        organizations: the names of those who are involved.
        given: fields that somebody has filled in; they take precedence.
        today: the day, for `accessed`; nothing was published after it.

    Raises:
        FetchError: it could not be fetched, or the answer is not a page of that address.

    """
    url = citable_url(asked)
    document = SourceDocument(url)
    if isinstance(outcome, bytes):
        document = given_document(url, outcome, today=today)
    elif outcome is not None:
        document = document_of(url, outcome, today=today)
    return _Reading(asked, url, document, dict(given or {})).facts(
        kinds, organizations, accessed="" if outcome is None or isinstance(outcome, bytes) else today.isoformat()
    )


class _Reading:
    """Converts what a document says into the fields of a source."""

    def __init__(self, asked: str, url: str, document: SourceDocument, given: dict[str, Any]) -> None:
        self._asked = asked
        self._url = url
        self._document = document
        self._given = given
        self._fields: dict[str, Any] = {}
        self._evidence: dict[str, str] = {}
        self._notes: list[str] = []

    def facts(self, kinds: Mapping[str, str], organizations: Iterable[str], *, accessed: str) -> SourceFacts:
        page = self._document.facts
        url, reason = self._address(page)
        found = kind_of(url, page.kinds, listed=kinds, organizations=organizations)
        kind = str(self._given.get("kind") or (found.slug if found else ""))
        self._put("kind", found.slug if found else "", found.reason if found else "")
        self._take("title", page.title)
        self._put("url", url, reason)
        self._take("publisher", page.site)
        self._put("authors", None, "")
        self._take("published", page.published, needed=kind in _DATED or not accessed)
        self._take("language", page.language, needed=False)
        self._put("accessed", accessed, "the day it was fetched")
        if kind == COURT or "docket" in self._given:
            self._put("docket", TODO["docket"], "")
        for name in ("archive", "passages"):
            self._put(name, None, "")
        self._note_refused(page)
        return SourceFacts(
            asked=self._asked,
            fields=self._fields,
            evidence=self._evidence,
            proposals=tuple(self._proposals(page)),
            notes=tuple(self._notes),
            text=self._document.text,
        )

    def _address(self, page: PageFacts) -> tuple[str, str]:
        """Return the address to keep, and why: the given one, unless it redirects or the page has its own."""
        url, final = self._url, stored_url(self._document.final_url or self._url)
        if removed := without_tracking(self._asked.strip())[1]:
            self._notes.append(f"left out of the address: {listed(removed)}")
        if mixed := mixed_scripts(url):
            self._notes.append(mixed)
        chosen, reason = url, "given"
        if final != url and (HostKind.SHORTENER in host_kinds(url) or not _is_same_site(url, final)):
            chosen, reason = final, "the page that the address leads to"
        elif url.startswith("http:") and final.startswith("https:") and match_key(final) == match_key(url):
            chosen, reason = final, "the site answers at https"
        canonical = page.canonical
        if (
            canonical is not None
            and _is_same_site(chosen, canonical.text)
            and match_key(canonical.text) != match_key(chosen)
        ):
            chosen, reason = canonical.text, f"the page calls it its own; given was {quoted(url)}"
        if why_private(chosen) or why_invalid(chosen):
            chosen, reason = url, "given"
        if chosen != url:
            self._notes.append(f"{quoted(url)} is kept as {quoted(chosen)}: {reason.partition(';')[0]}")
        return chosen, reason

    def _take(self, name: str, value: Value | None, *, needed: bool = True) -> None:
        if value is not None:
            self._put(name, value.text, value.evidence)
        else:
            self._put(name, TODO[name] if needed else "", "")

    def _put(self, name: str, value: object, evidence: str) -> None:
        """Set a field, unless somebody has given another value."""
        if self._given.get(name):
            value, evidence = self._given[name], "given"
        if name == "kind" and not value:
            value = TODO["kind"]
        if value:
            self._fields[name] = value
            if evidence:
                self._evidence[name] = evidence

    def _note_refused(self, page: PageFacts) -> None:
        if self._document.note:
            self._notes.append(self._document.note)
        for refusal in page.refused[:3]:
            self._notes.append(
                f"{quoted(refusal.raw)} ({refusal.place}) is not taken for `{refusal.field}`: {refusal.reason}"
            )

    def _proposals(self, page: PageFacts) -> Iterable[Proposal]:
        if "authors" not in self._given:
            for author in page.authors:
                yield Proposal("authors", author.text, author.evidence)
        if page.proposed_date is not None and "published" not in self._given and page.published is None:
            yield Proposal("published", page.proposed_date.text, page.proposed_date.evidence)


def _is_same_site(one: str, other: str) -> bool:
    return registrable_domain(one) == registrable_domain(other)
