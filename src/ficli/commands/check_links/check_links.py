"""Check the address of each source, and mark dead pages in the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.diagnostics import Edit, InsertKey, SetValue, Span
from ficli.errors import FicliError, UsageError
from ficli.incident.fields import LAYOUT
from ficli.open_registry import OpenRegistry, nearest_folder, open_registry
from ficli.registry.lookup import find_record
from ficli.registry.records import Records, SourceFile, map_records
from ficli.registry.scan import RecordFile, scan
from ficli.registry.work_tree import is_committed
from ficli.registry.writing import write_changes
from ficli.urls.identity import stored_url
from ficli.urls.parse import parse_url, why_invalid
from ficli.urls.private import why_private
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.links.check import SAMPLE, check_answer
from ficli.web.links.history import PLACE, LinkHistory, crowded, open_memory, settled
from ficli.web.links.verdicts import BROKEN, THERE, Verdict
from ficli.wording import as_text, counted, quoted
from ficli.yaml.edit import apply

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.web.fetch.fetcher import Fetcher, FetchOutcome
    from ficli.yaml.document import YamlDocument


NOT_TO_BE_VISITED: Final = frozenset({"unfit", "usurped", "deviated"})
"""States set by a person, which mean that the page is not the source any more."""


class CitedSource(NamedTuple):
    """A source that is cited.

    Attributes:
        path: of the record.
        position: of the source in it, from 0.
        url: its address; empty if it has none.
        title: what the record calls it.
        status: the state of the page in the record; empty if it has none.
        has_copy: whether the record names an archived copy.
        day: on which it was published, or else read; empty if the record has neither.

    """

    path: str
    position: int
    url: str
    title: str
    status: str
    has_copy: bool
    day: str


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A source, and the state of its page.

    Attributes:
        cited: the source.
        verdict: the verdict on the address.
        detail: what was seen, in words.
        seen: the history of the address; None if it was never asked.
        place: the place of the address in the file; None if there is no remark.
        marked: the status that has just been written into the record; empty if none was.

    """

    cited: CitedSource
    verdict: Verdict
    detail: str
    seen: LinkHistory | None = None
    place: Span | None = None
    marked: str = ""

    @property
    def is_marked_dead(self) -> bool:
        """Whether the record already marks the page as dead."""
        return self.cited.status in ("dead", *NOT_TO_BE_VISITED)

    @property
    def new_status(self) -> str:
        """The status that the record should have; empty if the present one is right."""
        if self.verdict in BROKEN and not self.is_marked_dead:
            return "usurped" if self.verdict is Verdict.PARKED else "dead"
        return "live" if self.verdict in THERE and self.cited.status == "dead" else ""


class MarkedLinks(NamedTuple):
    """Links with their places, and the changed records by path."""

    links: Sequence[CheckedLink]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


def placed(records: Records, links: Sequence[CheckedLink], *, mark: bool = False, write: bool = True) -> MarkedLinks:
    """Find the lines of the links with a remark, and update `status` if asked to.

    Args:
        records: the files, as they were when the links were taken from them.
        links: of any records.
        mark: whether `status` is updated.
        write: whether that is written.

    Raises:
        FicliError: a record cannot be read, changed or written; none is half-written.

    """
    by_path: dict[str, list[int]] = {}
    for number, link in enumerate(links):
        if link.verdict is not Verdict.OK or link.new_status:
            by_path.setdefault(link.cited.path, []).append(number)
    found, before, after = list(links), dict[str, bytes](), dict[str, bytes]()
    for path, numbers in by_path.items():
        document = records.get(path).document
        edits = [edit for number in numbers for edit in _edits(document, links[number])] if mark else []
        if edits:
            before[path], after[path] = document.raw, apply(document, edits, LAYOUT).encode()
        for number in numbers:
            place = document.value_span(("sources", links[number].cited.position, "url"))
            found[number] = replace(
                links[number], place=place, marked=links[number].new_status if mark and write else ""
            )
    if after and write:
        write_changes(records.root, before, after)
    return MarkedLinks(found, before, after)


def _edits(document: YamlDocument, link: CheckedLink) -> Iterator[Edit]:
    source = ("sources", link.cited.position)
    if not link.new_status:
        return
    if document.node((*source, "status")) is not None:
        yield SetValue((*source, "status"), link.new_status)
    else:
        yield InsertKey(source, "status", link.new_status)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked.

    Attributes:
        names: records, each by its ID, slug, path or page; empty for all records.
        again: whether to ask again for addresses that were asked lately; those of named records always are.
        limit: of the addresses to ask; 0 for all.
        offline: whether to send no request.
        mark: whether `status` is updated in the records.
        write: whether that is written.

    """

    names: Sequence[str] = ()
    again: bool = False
    limit: int = 0
    offline: bool = False
    mark: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The result of checking.

    Attributes:
        root: the registry's folder.
        records: how many records were read.
        links: every source of these, in their order.
        asked: how many addresses were asked now.
        waiting: how many are due, and were not asked.
        before: the old bytes of the records that were marked, by path.
        after: their new bytes.
        notes: information for the user.
        unread: why records could not be read.

    """

    root: Path
    records: int
    links: Sequence[CheckedLink]
    asked: int
    waiting: int
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    notes: Sequence[str] = ()
    unread: Sequence[str] = ()

    @property
    def unmarked(self) -> Sequence[CheckedLink]:
        """The broken links that the record does not mark as broken."""
        return [link for link in self.links if link.verdict in BROKEN and not (link.is_marked_dead or link.marked)]


def check_links(
    environment: Environment,
    registry: Path | None,
    request: CheckRequest,
    fetcher_for: Callable[[OpenRegistry], Fetcher],
    advance: Callable[[int, int], None] | None = None,
) -> LinkReport:
    """Check which pages of a registry's sources are still there.

    Each answer is stored as it comes, so a stopped run has lost nothing.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default that of the records' paths, or the working folder.
        request: what to check.
        fetcher_for: makes the fetcher, once the registry is known.
        advance: called with how many of how many addresses have answered.

    Raises:
        UsageError: no registry, no records, no such record.
        FicliError: no site at all could be reached, or a record cannot be changed.

    """
    first = request.names[0] if request.names else ""
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, first))
    records, files = Records(opened.root), _files(environment, opened, request)
    found = map_records(opened.root, files, _cited, workers=environment.workers, records=records)
    cited = [source for sources in found.taken for source in sources]
    today = environment.today()
    titles = _titles(source for source in cited if not _why_never_asked(source))
    with open_memory(opened.root, today, is_committed=is_committed(environment, opened.root, PLACE)) as memory:
        seen = memory.seen(titles)
        due = _due(titles, seen, request, today)
        waiting = due[: request.limit or None] if not request.offline else []
        answers = fetcher_for(opened).answers(waiting, sample=SAMPLE) if waiting else ()
        for number, (url, outcome) in enumerate(_believable(answers), start=1):
            seen[url] = settled(url, check_answer(url, outcome, titles[url]), seen.get(url), today)
            memory.put(seen[url])
            if advance is not None:
                advance(number, len(waiting))
        notes = [memory.note] if memory.note else []
    notes += [f"`{path}` cannot be read as a record" for path in found.broken]
    marked = placed(records, _links(cited, seen), mark=request.mark, write=request.write)
    return LinkReport(
        opened.root,
        records=len(found.taken),
        links=marked.links,
        asked=len(waiting),
        waiting=len(due) - len(waiting),
        before=marked.before,
        after=marked.after,
        notes=notes,
        unread=found.unread,
    )


def _files(environment: Environment, opened: OpenRegistry, request: CheckRequest) -> Sequence[RecordFile | SourceFile]:
    if request.names:
        found = (find_record(opened.config, name, cwd=environment.cwd) for name in request.names)
        return list({file.path: file for file in found}.values())
    files = scan(opened.root).files
    if not files:
        raise UsageError("there are no records", hint="`ficli new` writes the first one")
    return files


def _cited(path: str, record: Record) -> list[CitedSource]:
    return [
        CitedSource(
            path,
            position,
            stored_url(as_text(source.get("url"))),
            as_text(source.get("title")),
            as_text(source.get("status")),
            has_copy=bool(source.get("archive")),
            day=as_text(source.get("published")) or as_text(source.get("accessed")),
        )
        for position, source in record.sources
    ]


def _why_never_asked(source: CitedSource) -> str:
    """Return why a source is never asked for; empty if it is."""
    if source.status in NOT_TO_BE_VISITED:
        return f"the record says `status: {source.status}`"
    return why_invalid(source.url) or why_private(source.url)


def _titles(cited: Iterable[CitedSource]) -> dict[str, list[str]]:
    """Return each address with the titles that records give its page; it is asked once, however many cite it."""
    titles: dict[str, list[str]] = {}
    for source in cited:
        titles.setdefault(source.url, []).append(source.title)
    return titles


def _due(urls: Iterable[str], seen: Mapping[str, LinkHistory], request: CheckRequest, today: date) -> list[str]:
    """Return the addresses to ask: first those that were never asked, then those that have waited longest."""
    everything = request.again or bool(request.names)
    due = [url for url in urls if everything or url not in seen or seen[url].next_check <= today]
    return sorted(due, key=lambda url: (seen[url].checked.toordinal() if url in seen else 0, url))


def _believable(answers: Iterable[tuple[str, FetchOutcome]]) -> Iterator[tuple[str, FetchOutcome]]:
    """Yield answers; those of unreachable sites only after another site was reached.

    Raises:
        FicliError: none of several sites could be reached, so the network is probably down.

    """
    held: list[tuple[str, FetchOutcome]] = []
    is_connected = False
    for url, outcome in answers:
        reason = outcome.reason if isinstance(outcome, FetchError) else None
        is_connected = is_connected or reason not in (Reason.UNREACHABLE, Reason.TIMEOUT, Reason.REFUSED)
        if is_connected:
            yield url, outcome
        else:
            held.append((url, outcome))
    hosts = {parts.host for url, _ in held if (parts := parse_url(url))}
    if len(hosts) > 1 and not is_connected:
        message = f"not one of {counted(len(hosts), 'site')} could be reached, so nothing is known of any"
        raise FicliError(message, hint="is there a connection to the network?")
    yield from held


def _links(cited: Sequence[CitedSource], seen: Mapping[str, LinkHistory]) -> list[CheckedLink]:
    shared = crowded(seen.values())
    links = []
    for source in cited:
        known = seen.get(source.url)
        if why := _why_never_asked(source):
            verdict = Verdict.SKIPPED if source.status in NOT_TO_BE_VISITED else Verdict.REFUSED
            links.append(CheckedLink(source, verdict, why))
        elif known is None:
            links.append(CheckedLink(source, Verdict.SKIPPED, "not asked yet"))
        elif source.url in shared:
            detail = f"it leads to {quoted(known.final_url)}, as other sources do"
            links.append(CheckedLink(source, Verdict.SOFT_404, detail, known))
        else:
            links.append(CheckedLink(source, known.verdict, known.detail, known))
    return links
