"""Find archived copies for sources without one, have missing ones made, and write them into the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.dates import PartialDate
from ficli.diagnostics import InsertKey
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT
from ficli.incident.record import Record
from ficli.registry.records import read_record
from ficli.registry.work_tree import is_committed
from ficli.registry.writing import write_changes
from ficli.urls.identity import stored_url
from ficli.web.archives.states import ArchiveOutcome, ArchiveState
from ficli.web.links.history import PLACE, ArchiveJob, LinkMemory, open_memory
from ficli.web.links.verdicts import THERE, Verdict
from ficli.wording import harmless
from ficli.yaml.edit import apply
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.check_links.check_links import CheckedLink
    from ficli.environment import Environment
    from ficli.web.archives.archive import Archive

_AGAIN: Final = timedelta(days=30)
"""Time after which a missing copy is looked for again."""


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """What is to be archived.

    Attributes:
        again: whether to look again for copies that were looked for lately.
        limit: of the pages to look for; 0 for all.
        write: whether anything is written or saved.

    """

    again: bool = False
    limit: int = 0
    write: bool = True


class ArchivedSource(NamedTuple):
    """A source without an archived copy, the result of the search, and whether the copy is in the record now."""

    link: CheckedLink
    outcome: ArchiveOutcome
    is_written: bool


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """The result of archiving.

    Attributes:
        archived: the sources that were looked for.
        waiting: how many pages were not looked for, because of the limit or of `stopped`.
        stopped: why the work ended early; None if it did not.

    """

    archived: Sequence[ArchivedSource]
    waiting: int
    stopped: FicliError | None = None


def archive_links(
    environment: Environment,
    root: Path,
    links: Sequence[CheckedLink],
    archive: Archive,
    request: ArchiveRequest,
    advance: Callable[[int, int], None] | None = None,
) -> ArchiveReport:
    """Find a copy for each source without one; with API keys, have one made of a page that is there.

    Each copy is written as soon as it is found, so a stopped run has lost nothing. A copy from before the page was
    published may show another text, and is not written.

    Args:
        environment: the environment to work in.
        root: the registry's folder.
        links: as `ficli.commands.check_links.check_links` returns them.
        archive: the archive.
        request: what to archive.
        advance: called with how many of how many pages are done.

    Raises:
        FicliError: a record cannot be read, changed or written.

    """
    by_url: dict[str, list[CheckedLink]] = {}
    for link in links:
        if not link.cited.has_copy and link.verdict is not Verdict.REFUSED:
            by_url.setdefault(link.cited.url, []).append(link)
    found: list[ArchivedSource] = []
    today = environment.today()
    with open_memory(root, today, is_committed=is_committed(environment, root, PLACE)) as memory:
        work = _Work(archive, memory, today, saves=request.write and archive.can_save)
        due = [url for url in by_url if request.again or work.is_due(url)]
        chosen = due[: request.limit or None]
        for number, url in enumerate(chosen):
            try:
                outcome = work.copy_of(by_url[url][0])
            except FicliError as error:
                return ArchiveReport(found, len(due) - number, error)
            found += (
                ArchivedSource(link, outcome, request.write and _written(root, link, outcome)) for link in by_url[url]
            )
            if outcome.state is ArchiveState.RATE_LIMITED:
                return ArchiveReport(found, len(due) - number - 1, FicliError(outcome.said, hint="run it again later"))
            if advance is not None:
                advance(number + 1, len(chosen))
    return ArchiveReport(found, len(due) - len(chosen))


class _Work:
    """Asks the archive, and remembers what was asked."""

    def __init__(self, archive: Archive, memory: LinkMemory, today: date, *, saves: bool) -> None:
        self._archive = archive
        self._memory = memory
        self._handed = memory.archive_jobs()
        self._today = today
        self._saves = saves

    def is_due(self, url: str) -> bool:
        """Return whether there is something to ask."""
        known = self._handed.get(url)
        return known is None or bool(known.job) or self._today - known.day >= _AGAIN

    def copy_of(self, link: CheckedLink) -> ArchiveOutcome:
        """Find a copy of a page, or have one made.

        Raises:
            FicliError: the archive does not answer, or rejects the keys.

        """
        url = link.cited.url
        known = self._handed.get(url)
        outcome = ArchiveOutcome(ArchiveState.NONE)
        if self._saves and known is not None and known.job and known.day == self._today:
            outcome = self._archive.follow(url, known.job)
        if outcome.state is ArchiveState.NONE:
            outcome = self._archive.look_up(url, PartialDate.parse(link.cited.day))
            is_wanted = outcome.state is ArchiveState.NONE or (outcome.copy is not None and outcome.copy.early)
            if is_wanted and self._saves and link.verdict in THERE:
                outcome = self._saved(url, outcome)
        job = outcome.job if outcome.state in (ArchiveState.SUBMITTED, ArchiveState.RATE_LIMITED) else ""
        if job or outcome.state is not ArchiveState.RATE_LIMITED:
            self._memory.put_archive_job(url, ArchiveJob(job, self._today))
        return outcome

    def _saved(self, url: str, instead: ArchiveOutcome) -> ArchiveOutcome:
        """Have a copy made; if none is made, return an early copy if there is one."""
        outcome = self._archive.submit(url)
        if outcome.state is ArchiveState.SUBMITTED:
            self._memory.put_archive_job(url, ArchiveJob(outcome.job, self._today))  # before anything can go wrong
            outcome = self._archive.follow(url, outcome.job)
        return (
            instead
            if instead.copy and outcome.state in (ArchiveState.REFUSED, ArchiveState.NOT_ARCHIVABLE)
            else outcome
        )


def _written(root: Path, link: CheckedLink, outcome: ArchiveOutcome) -> bool:
    """Write a copy into its record, and return whether it is there."""
    if outcome.copy is None or outcome.copy.early:
        return False
    path, position = link.cited.path, link.cited.position
    raw = read_record(root, path)
    document = parse(raw)
    sources = dict(Record(document.data).sources) if document.usable and isinstance(document.data, dict) else {}
    url = sources.get(position, {}).get("url")
    if not isinstance(url, str) or stored_url(url) != link.cited.url:
        message = f"`{harmless(path)}` was changed by someone else meanwhile, so the copy was not written"
        raise FicliError(message, hint="run the command again")
    if "archive" in sources[position]:
        return False
    edit = InsertKey(("sources", position), "archive", dict(outcome.copy.field))
    write_changes(root, {path: raw}, {path: apply(document, [edit], LAYOUT).encode()})
    return True
