"""Looks up in the sources of a record what the record says: quotation, passages, titles, dates, and its summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ficli.commands.opening import OpenRegistry, nearest_folder, open_registry
from ficli.dates import PartialDate
from ficli.errors import FicliError, UsageError
from ficli.incident.record import Record
from ficli.incident.shape import is_placeholder
from ficli.incident.urls.parse import why_invalid
from ficli.incident.urls.private import why_private
from ficli.registry.find import find_record
from ficli.sources.claims import Answer, Finding, Text, claims_of
from ficli.sources.documents import Document, document_of, given_document
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.metadata.sites import squeezed
from ficli.sources.passages import find_passage
from ficli.wording import counted, harmless, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.sources.fetching.fetcher import Fetcher, Outcome

Found: TypeAlias = Document | FetchError
Fetch: TypeAlias = "Callable[[Sequence[str]], Sequence[Outcome]]"

_NOT_LIVE = frozenset({"dead", "unfit", "usurped", "deviated"})


class Check(NamedTuple):
    """One thing that was looked up: what it is, what it says, the answer, the number of the source, and the details."""

    subject: str
    written: str
    answer: Answer
    source: int
    detail: str


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source: its number from 1, the address that was read, what was looked up, and why it could not be read."""

    number: int
    url: str
    checks: Sequence[Check] = ()
    unread: str = ""
    hint: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a record came to.

    Attributes:
        root: the registry's folder.
        path: the record's file.
        sources: each source.
        summary: what the summary claims; the source of a check is the first that has it, or 0.

    """

    root: Path
    path: str
    sources: Sequence[CheckedSource]
    summary: Sequence[Check] = field(default=())

    @property
    def checks(self) -> Iterator[Check]:
        """All that was looked up."""
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
    """Look up in its sources what a record says.

    Args:
        environment: the world to work in.
        registry: a folder in the registry, where the record's path and the working folder do not say.
        name: what `ficli.registry.find.find_record` takes.
        saved: pages that were saved, by the number of the source.
        fetcher_for: makes what fetches pages, once the registry is known; None to fetch nothing.
        advance: told how many of how many pages were fetched.

    Raises:
        UsageError: no registry, no such record, no such source.
        FicliError: the record cannot be read.

    """
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, name))
    file = find_record(opened.config, name, cwd=environment.cwd)
    if file.data is None:
        message = f"`{harmless(file.path)}` cannot be read as a record"
        raise FicliError(message, hint=f"`ficli validate {harmless(file.path)}` shows what is in the way")
    record = file.record
    numbers = {position + 1 for position, _ in record.sources}
    if unknown := sorted(set(saved) - numbers):
        message = f"`--html {unknown[0]}=`: there is no source {unknown[0]}"
        raise UsageError(message, hint=f"the record has {counted(len(numbers), 'source')}")
    today = environment.today()
    fetch = None if fetcher_for is None else (lambda urls: fetcher_for(opened).pages(urls, advance))
    documents = _documents(record, saved, fetch, today)
    sources = [_checked(record, number, documents[number]) for number in sorted(numbers)]
    texts = {
        number: Text(found.text) for number, found in documents.items() if isinstance(found, Document) and found.text
    }
    return Verification(opened.root, file.path, sources, list(_summary(record, texts)))


def _documents(record: Record, saved: Mapping[int, bytes], fetch: Fetch | None, today: date) -> dict[int, Found]:
    """Read each source, from a saved page or from its address."""
    found: dict[int, Found] = {}
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


def _document(url: str, outcome: Outcome | bytes, today: date) -> Found:
    try:
        if isinstance(outcome, bytes):
            return given_document(url, outcome, today=today)
        return document_of(url, outcome, today=today)
    except FetchError as error:
        return error


def _address(source: Mapping[str, Any]) -> str:
    """Give the address to read: that of the archived copy where the page is no longer what it was."""
    archive = source.get("archive")
    copy = archive.get("url") if isinstance(archive, dict) else None
    if source.get("status") in _NOT_LIVE and isinstance(copy, str):
        return copy
    url = source.get("url")
    return url if isinstance(url, str) else ""


def _checked(record: Record, number: int, found: Found) -> CheckedSource:
    source = next(source for position, source in record.sources if position + 1 == number)
    url = _address(source)
    if isinstance(found, FetchError):
        return CheckedSource(number, url, unread=found.message, hint=found.hint)
    notes = [found.note] if found.note else []
    return CheckedSource(number, url, list(_checks(record, number, source, found)), notes=notes)


def _checks(record: Record, number: int, source: Mapping[str, Any], found: Document) -> Iterator[Check]:
    title, published = source.get("title"), source.get("published")
    if isinstance(title, str) and title and not is_placeholder(title):
        yield Check("title", title, *_reordered(_title(title, found), number))
    if isinstance(published, str) and not is_placeholder(published):
        yield Check("published", published, *_reordered(_published(published, found), number))
    if not found.text:
        return
    passages = source.get("passages")
    for passage in passages if isinstance(passages, list) else ():
        if isinstance(passage, str):
            yield Check("passage", passage, *_reordered(_words(passage, found), number))
    quote = record.mapping("quote")
    if isinstance(text := quote.get("text"), str) and quote.get("source") == number and not is_placeholder(text):
        yield Check("quote", text, *_reordered(_words(text, found), number))


def _reordered(finding: Finding, number: int) -> tuple[Answer, int, str]:
    return finding.answer, number, finding.detail


def _title(title: str, found: Document) -> Finding:
    told = found.facts.title
    if told is not None and squeezed(told.text) == squeezed(title):
        return Finding(Answer.FOUND, told.text)
    if found.text and find_passage(found.text, title).exact:
        return Finding(Answer.FOUND, "in the text of the page")
    if told is None:
        return Finding(Answer.NOT_FOUND)
    return Finding(Answer.DIFFERS, f"the page has {quoted(told.text, longest=200)} ({told.evidence})")


def _published(published: str, found: Document) -> Finding:
    told, ours = found.facts.published, PartialDate.parse(published)
    if told is None or ours is None:
        return Finding(Answer.NOT_FOUND)
    theirs = PartialDate.parse(told.text)
    if theirs is not None and not ours.before(theirs) and not theirs.before(ours):
        return Finding(Answer.FOUND, told.evidence)
    return Finding(Answer.DIFFERS, f"the page has {told.text} ({told.evidence})")


def _words(passage: str, found: Document) -> Finding:
    match = find_passage(found.text, passage)
    if match.exact:
        return Finding(Answer.FOUND, match.text)
    return Finding(Answer.DIFFERS, match.difference) if match.text else Finding(Answer.NOT_FOUND)


def _summary(record: Record, texts: Mapping[int, Text]) -> Iterator[Check]:
    """Look up what the summary claims: in the first source that has it, else in one that has it otherwise."""
    for claim in claims_of(record) if texts else ():
        answers = [(number, text.look_up(claim)) for number, text in sorted(texts.items())]
        ranked = {Answer.FOUND: 0, Answer.DIFFERS: 1, Answer.NOT_FOUND: 2}
        number, best = min(answers, key=lambda pair: ranked[pair[1].answer])
        yield Check(
            claim.sort, claim.written, best.answer, 0 if best.answer is Answer.NOT_FOUND else number, best.detail
        )
