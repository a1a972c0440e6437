"""Check what a record says against its sources: quotation, passages, titles, dates, and its summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ficli.commands.verify.claims import ClaimAnswer, ClaimResult, PageText, claims_of
from ficli.dates import PartialDate
from ficli.errors import UsageError
from ficli.incident.shape import is_placeholder
from ficli.open_registry import OpenRegistry, nearest_folder, open_registry
from ficli.registry.lookup import find_record, require_record
from ficli.urls.parse import why_invalid
from ficli.urls.private import why_private
from ficli.web.documents import SourceDocument, document_of, given_document
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.metadata.names import squeezed
from ficli.web.passages import find_passage
from ficli.wording import as_text, counted, quoted

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.web.fetch.fetcher import Fetcher, FetchOutcome

FetchedDocument: TypeAlias = SourceDocument | FetchError
Fetch: TypeAlias = "Callable[[Sequence[str]], Sequence[FetchOutcome]]"

_NOT_LIVE = frozenset({"dead", "unfit", "usurped", "deviated"})


class LookedUp(NamedTuple):
    """One statement that was checked: what it is, its text, the answer, the number of the source, and details."""

    subject: str
    written: str
    answer: ClaimAnswer
    source: int
    detail: str


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source: its number from 1, the address that was read, its checks, and why it could not be read."""

    number: int
    url: str
    checks: Sequence[LookedUp] = ()
    unread: str = ""
    hint: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of verifying a record.

    Attributes:
        root: the registry's folder.
        path: the record's file.
        sources: each source.
        summary: the claims of the summary; the source of a check is the first that has it, or 0.

    """

    root: Path
    path: str
    sources: Sequence[CheckedSource]
    summary: Sequence[LookedUp] = field(default=())

    @property
    def checks(self) -> Iterator[LookedUp]:
        """All checks."""
        for source in self.sources:
            yield from source.checks
        yield from self.summary


def verify(
    environment: Environment,
    registry: Path | None,
    name: str,
    saved: Mapping[int, bytes],
    fetcher_for: Callable[[OpenRegistry], Fetcher] | None,
    advance: Callable[[int, int], None] | None = None,
) -> Verification:
    """Check what a record says against its sources.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default that of the record's path, or the working folder.
        name: a name that `ficli.registry.lookup.find_record` accepts.
        saved: pages that were saved, by the number of the source.
        fetcher_for: makes the fetcher of pages, once the registry is known; None to fetch nothing.
        advance: called with how many of how many pages were fetched.

    Raises:
        UsageError: no registry, no such record, no such source.
        FicliError: the record cannot be read.

    """
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, name))
    file = find_record(opened.config, name, cwd=environment.cwd)
    record = require_record(file)
    numbers = {position + 1 for position, _ in record.sources}
    if unknown := sorted(set(saved) - numbers):
        message = f"`--html {unknown[0]}=`: there is no source {unknown[0]}"
        raise UsageError(message, hint=f"the record has {counted(len(numbers), 'source')}")
    today = environment.today()
    fetch = None if fetcher_for is None else (lambda urls: fetcher_for(opened).pages(urls, advance))
    documents = _documents(record, saved, fetch, today)
    sources = [_checked(record, number, documents[number]) for number in sorted(numbers)]
    texts = {
        number: PageText(found.text)
        for number, found in documents.items()
        if isinstance(found, SourceDocument) and found.text
    }
    return Verification(opened.root, file.path, sources, list(_summary(record, texts)))


def _documents(
    record: Record, saved: Mapping[int, bytes], fetch: Fetch | None, today: date
) -> dict[int, FetchedDocument]:
    """Read each source, from a saved page or from its address."""
    found: dict[int, FetchedDocument] = {}
    wanted: dict[int, str] = {}
    for position, source in record.sources:
        number, url = position + 1, _address(source)
        if number in saved:
            found[number] = _document(url, saved[number], today)
        elif reason := why_invalid(url) or why_private(url):
            found[number] = FetchError(Reason.REFUSED, f"{quoted(url)} cannot be fetched: {reason}")
        elif fetch is None:
            found[number] = FetchError(
                Reason.REFUSED, "nothing is fetched with `--offline`", hint="use `--html N=FILE`"
            )
        else:
            wanted[number] = url
    if wanted and fetch is not None:
        for (number, url), outcome in zip(wanted.items(), fetch(list(wanted.values())), strict=True):
            found[number] = _document(url, outcome, today)
    return found


def _document(url: str, outcome: FetchOutcome | bytes, today: date) -> FetchedDocument:
    try:
        if isinstance(outcome, bytes):
            return given_document(url, outcome, today=today)
        return document_of(url, outcome, today=today)
    except FetchError as error:
        return error


def _address(source: Mapping[str, Any]) -> str:
    """Return the address to read: that of the archived copy if the page is not the source any more."""
    archive = source.get("archive")
    copy = archive.get("url") if isinstance(archive, dict) else None
    if source.get("status") in _NOT_LIVE and isinstance(copy, str):
        return copy
    return as_text(source.get("url"))


def _checked(record: Record, number: int, found: FetchedDocument) -> CheckedSource:
    source = next(source for position, source in record.sources if position + 1 == number)
    url = _address(source)
    if isinstance(found, FetchError):
        return CheckedSource(number, url, unread=found.message, hint=found.hint)
    notes = [found.note] if found.note else []
    return CheckedSource(number, url, list(_checks(record, number, source, found)), notes=notes)


def _checks(record: Record, number: int, source: Mapping[str, Any], found: SourceDocument) -> Iterator[LookedUp]:
    title, published = source.get("title"), source.get("published")
    if isinstance(title, str) and title and not is_placeholder(title):
        yield LookedUp("title", title, *_reordered(_title(title, found), number))
    if isinstance(published, str) and not is_placeholder(published):
        yield LookedUp("published", published, *_reordered(_published(published, found), number))
    if not found.text:
        return
    passages = source.get("passages")
    for passage in passages if isinstance(passages, list) else ():
        if isinstance(passage, str):
            yield LookedUp("passage", passage, *_reordered(_words(passage, found), number))
    quote = record.mapping("quote")
    if isinstance(text := quote.get("text"), str) and quote.get("source") == number and not is_placeholder(text):
        yield LookedUp("quote", text, *_reordered(_words(text, found), number))


def _reordered(finding: ClaimResult, number: int) -> tuple[ClaimAnswer, int, str]:
    return finding.answer, number, finding.detail


def _title(title: str, found: SourceDocument) -> ClaimResult:
    stated = found.facts.title
    if stated is not None and squeezed(stated.text) == squeezed(title):
        return ClaimResult(ClaimAnswer.FOUND, stated.text)
    if found.text and find_passage(found.text, title).exact:
        return ClaimResult(ClaimAnswer.FOUND, "in the text of the page")
    if stated is None:
        return ClaimResult(ClaimAnswer.NOT_FOUND)
    return ClaimResult(ClaimAnswer.DIFFERS, f"the page has {quoted(stated.text, longest=200)} ({stated.evidence})")


def _published(published: str, found: SourceDocument) -> ClaimResult:
    stated, ours = found.facts.published, PartialDate.parse(published)
    if stated is None or ours is None:
        return ClaimResult(ClaimAnswer.NOT_FOUND)
    theirs = PartialDate.parse(stated.text)
    if theirs is not None and not ours.before(theirs) and not theirs.before(ours):
        return ClaimResult(ClaimAnswer.FOUND, stated.evidence)
    return ClaimResult(ClaimAnswer.DIFFERS, f"the page has {stated.text} ({stated.evidence})")


def _words(passage: str, found: SourceDocument) -> ClaimResult:
    match = find_passage(found.text, passage)
    if match.exact:
        return ClaimResult(ClaimAnswer.FOUND, match.text)
    return ClaimResult(ClaimAnswer.DIFFERS, match.difference) if match.text else ClaimResult(ClaimAnswer.NOT_FOUND)


def _summary(record: Record, texts: Mapping[int, PageText]) -> Iterator[LookedUp]:
    """Check the claims of the summary: in the first source that has one, else in one that contradicts it."""
    for claim in claims_of(record) if texts else ():
        answers = [(number, text.look_up(claim)) for number, text in sorted(texts.items())]
        ranked = {ClaimAnswer.FOUND: 0, ClaimAnswer.DIFFERS: 1, ClaimAnswer.NOT_FOUND: 2}
        number, best = min(answers, key=lambda pair: ranked[pair[1].answer])
        yield LookedUp(
            claim.sort, claim.written, best.answer, 0 if best.answer is ClaimAnswer.NOT_FOUND else number, best.detail
        )
