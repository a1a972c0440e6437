"""Asks the address of each source whether the page is still there, and marks in the records those that are gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ficli.commands.link_marks import NOT_TO_BE_VISITED, CheckedLink, Cited, placed
from ficli.commands.opening import OpenRegistry, nearest_folder, open_registry
from ficli.errors import FicliError, UsageError
from ficli.incident.urls.parse import parse_url, why_invalid
from ficli.incident.urls.private import why_private
from ficli.incident.urls.stored import stored_url
from ficli.registry.find import find_record
from ficli.registry.records import Records, survey
from ficli.registry.scan import scan
from ficli.registry.worktree import is_committed
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.links.course import Seen, crowded, settled
from ficli.sources.links.judge import SAMPLE, judge
from ficli.sources.links.memory import PLACE, open_memory
from ficli.sources.links.verdicts import BROKEN, Verdict
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.registry.records import SourceFile
    from ficli.registry.scan import RecordFile
    from ficli.sources.fetching.fetcher import Fetcher, Outcome


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked.

    Attributes:
        names: records, each by its ID, slug, path or page; all records where there are none.
        again: whether those are asked too that were asked lately; named records always are.
        limit: of the addresses to ask; 0 for all.
        offline: whether nobody is asked.
        mark: whether `status` is brought up to date in the records.
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
    """What checking came to.

    Attributes:
        root: the registry's folder.
        records: how many records were read.
        links: every source of these, in their order.
        asked: how many addresses were asked now.
        waiting: how many should have been asked, and were not.
        before: the old bytes of the records that were marked, by path.
        after: their new bytes.
        notes: what the user should know.
        unread: what kept records from being read.

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
    def untold(self) -> Sequence[CheckedLink]:
        """The broken links of which the record does not say that they are."""
        return [link for link in self.links if link.verdict in BROKEN and not (link.is_told or link.marked)]


def check_links(
    environment: Environment,
    registry: Path | None,
    request: CheckRequest,
    fetcher_for: Callable[[OpenRegistry], Fetcher],
    advance: Callable[[int, int], None] | None = None,
) -> LinkReport:
    """Find out which pages of a registry's sources are still there.

    What each address answers is kept as it comes, so a run that is stopped has lost nothing.

    Args:
        environment: the world to work in.
        registry: a folder in the registry, where the records' paths and the working folder do not say.
        request: what to check.
        fetcher_for: makes what asks, once the registry is known.
        advance: told how many of how many addresses have answered.

    Raises:
        UsageError: no registry, no records, no such record.
        FicliError: no site at all could be reached, or a record cannot be changed.

    """
    first = request.names[0] if request.names else ""
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, first))
    records, files = Records(opened.root), _files(environment, opened, request)
    found = survey(opened.root, files, _cited, workers=environment.workers, records=records)
    cited = [source for sources in found.taken for source in sources]
    today = environment.today()
    titles = _titles(source for source in cited if not _why_never_asked(source))
    with open_memory(opened.root, today, is_committed=is_committed(environment, opened.root, PLACE)) as memory:
        seen = memory.seen(titles)
        due = _due(titles, seen, request, today)
        waiting = due[: request.limit or None] if not request.offline else []
        answers = fetcher_for(opened).answers(waiting, sample=SAMPLE) if waiting else ()
        for number, (url, outcome) in enumerate(_believable(answers), start=1):
            seen[url] = settled(url, judge(url, outcome, titles[url]), seen.get(url), today)
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


def _cited(path: str, record: Record) -> list[Cited]:
    def text(source: Mapping[str, Any], name: str) -> str:
        return value if isinstance(value := source.get(name), str) else ""

    return [
        Cited(
            path,
            position,
            stored_url(text(source, "url")),
            text(source, "title"),
            text(source, "status"),
            has_copy=bool(source.get("archive")),
            day=text(source, "published") or text(source, "accessed"),
        )
        for position, source in record.sources
    ]


def _why_never_asked(source: Cited) -> str:
    """Say why nobody asks for a source; empty where somebody does."""
    if source.status in NOT_TO_BE_VISITED:
        return f"the record says `status: {source.status}`"
    return why_invalid(source.url) or why_private(source.url)


def _titles(cited: Iterable[Cited]) -> dict[str, list[str]]:
    """Give each address with what records call its page; it is asked once, however many cite it."""
    titles: dict[str, list[str]] = {}
    for source in cited:
        titles.setdefault(source.url, []).append(source.title)
    return titles


def _due(urls: Iterable[str], seen: Mapping[str, Seen], request: CheckRequest, today: date) -> list[str]:
    """Choose the addresses to ask: first those that never were, then those that have waited longest."""
    everything = request.again or bool(request.names)
    due = [url for url in urls if everything or url not in seen or seen[url].next_check <= today]
    return sorted(due, key=lambda url: (seen[url].checked.toordinal() if url in seen else 0, url))


def _believable(answers: Iterable[tuple[str, Outcome]]) -> Iterator[tuple[str, Outcome]]:
    """Yield answers, those of sites that cannot be reached only once another site was.

    Raises:
        FicliError: not one of several sites could be reached, which says more of the network than of them.

    """
    held: list[tuple[str, Outcome]] = []
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


def _links(cited: Sequence[Cited], seen: Mapping[str, Seen]) -> list[CheckedLink]:
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
