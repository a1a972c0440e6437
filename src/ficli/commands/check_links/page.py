"""The report on links: counts, broken links, links for a person to look at; as a page and as JSON data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from ficli import __version__
from ficli.output.page import Block, Content, Heading, ItemList, LinkAddress, TextLine
from ficli.web.archives.states import ArchiveState
from ficli.web.links.verdicts import BROKEN, THERE, Verdict
from ficli.wording import capitalized, counted

if TYPE_CHECKING:
    from ficli.commands.check_links.archive_links import ArchivedSource, ArchiveReport
    from ficli.commands.check_links.check_links import CheckedLink, LinkReport

MOST_LISTED: Final = 1000
"""Links of a group; a longer page is not read by people, and `--json` has all."""

_UNCLEAR: Final = frozenset(Verdict) - BROKEN - THERE - {Verdict.SUSPECT, Verdict.SKIPPED}
_GROUPS: Final[dict[str, Callable[[CheckedLink], bool]]] = {
    "broken": lambda link: link.verdict in BROKEN and not link.is_marked_dead,
    "suspect": lambda link: link.verdict is Verdict.SUSPECT,
    "unclear": lambda link: link.verdict in _UNCLEAR,
    "back again": lambda link: bool(link.new_status) and link.verdict in THERE,
    "moved": lambda link: link.verdict is Verdict.REDIRECTED and not link.new_status,
    "there": lambda link: link.verdict in THERE,
    "broken, as the record says": lambda link: link.verdict in BROKEN,
    "skipped": lambda link: link.verdict is Verdict.SKIPPED,
}
"""The groups; a link belongs to the first group that takes it."""

_COUNTED: Final = frozenset({"there", "broken, as the record says", "skipped"})
"""The groups that are only counted, unless records are named."""

_STATES: Final = {
    ArchiveState.ALREADY_ARCHIVED: "Archived already",
    ArchiveState.SAVED: "Saved",
    ArchiveState.SUBMITTED: "Handed in, and not archived yet",
    ArchiveState.NONE: "Without a copy",
    ArchiveState.REFUSED: "Refused",
    ArchiveState.NOT_ARCHIVABLE: "Not archivable",
    ArchiveState.RATE_LIMITED: "To be asked later",
}
_MEANING: Final = {
    "broken": "Gone. An archived copy, in `archive`, keeps the source; `status` says that its page is gone.",
    "suspect": "Seem to be gone. Whether they are is clear when they still are, three days after the first time.",
    "unclear": "A program cannot tell whether these are there. Open them in a browser.",
    "back again": "The record says that these are dead.",
    "moved": "Still there. `ficli link RECORD URL --replace N` takes the new address.",
}


def grouped(report: LinkReport) -> dict[str, list[CheckedLink]]:
    """Sort links into groups, by the names of the groups; empty groups are left out."""
    groups: dict[str, list[CheckedLink]] = {name: [] for name in _GROUPS}
    for link in report.links:
        groups[next(name for name, takes in _GROUPS.items() if takes(link))].append(link)
    return {name: links for name, links in groups.items() if links}


def links_page(report: LinkReport, archived: ArchiveReport | None, prefix: str, *, whole: bool) -> Iterator[Block]:
    """Yield the parts of the page.

    Args:
        report: the state of the links.
        archived: the result of looking for archived copies; None if nobody looked.
        prefix: what to put before a path so that it can be opened from the working folder.
        whole: whether to list links without a remark too.

    """
    groups = grouped(report)
    counts = ", ".join(f"{len(links):,} {name}" for name, links in groups.items())
    yield Heading(f"Links: {counts or 'none'}", 1)
    yield TextLine(_what_was_done(report))
    for name, links in groups.items():
        if name in _COUNTED and not whole:
            continue
        yield Heading(f"{capitalized(name)}: {len(links):,}")
        if name in _MEANING:
            yield TextLine(_MEANING[name])
        yield ItemList([_item(link, prefix) for link in links[:MOST_LISTED]])
        if links[MOST_LISTED:]:
            yield TextLine(f"{len(links) - MOST_LISTED:,} more not shown; `--json` has all of them.")
    if archived is not None:
        yield from _copies(archived, prefix)


def _copies(report: ArchiveReport, prefix: str) -> Iterator[Block]:
    """Yield the result of looking for archived copies, those that were found first."""
    by_state: dict[ArchiveState, list[ArchivedSource]] = {state: [] for state in _STATES}
    for item in report.archived:
        by_state[item.outcome.state].append(item)
    for state, items in by_state.items():
        if items:
            yield Heading(f"{_STATES[state]}: {len(items):,}")
            yield ItemList([_archive_item(item, prefix) for item in items[:MOST_LISTED]])
        if items[MOST_LISTED:]:
            yield TextLine(f"{len(items) - MOST_LISTED:,} more not shown; `--json` has all of them.")


def _archive_item(item: ArchivedSource, prefix: str) -> list[Content]:
    lines: list[Content] = [f"{_place(item.link, prefix)}: {item.outcome.state}", LinkAddress(item.link.cited.url)]
    if (copy := item.outcome.copy) is not None:
        lines.append(LinkAddress(copy.url))
        if copy.early:
            lines.append("from before it was published: see what it shows before you take it into the record")
        elif item.is_written:
            lines.append("now in the record")
    return [*lines, item.outcome.said] if item.outcome.said else lines


def _what_was_done(report: LinkReport) -> str:
    sources = f"{counted(len(report.links), 'source')} of {counted(report.records, 'record')}"
    waiting = f", {report.waiting:,} still to be asked" if report.waiting else ""
    return f"{sources}; {counted(report.asked, 'address', 'addresses')} asked now{waiting}."


def _place(link: CheckedLink, prefix: str) -> str:
    if link.place is not None:
        return f"{prefix}{link.cited.path}:{link.place.line}:{link.place.column}"
    return f"{prefix}{link.cited.path}: source {link.cited.position + 1}"


def _item(link: CheckedLink, prefix: str) -> list[Content]:
    item: list[Content] = [f"{_place(link, prefix)}: {link.verdict}"]
    if link.cited.url:
        item.append(LinkAddress(link.cited.url))
    return [*item, *_remarks(link)]


def _remarks(link: CheckedLink) -> Iterator[str]:
    remarks = [link.detail] if link.detail else []
    seen = link.seen
    if seen is not None and seen.failing_since is not None:
        if seen.failing_since < seen.checked:
            remarks.append(f"not there since {seen.failing_since}")
        if seen.last_there is not None:
            remarks.append(f"last there on {seen.last_there}")
        if link.verdict is Verdict.SUSPECT:
            remarks.append(f"asked again from {seen.next_check}")
    if link.verdict in BROKEN | {Verdict.SUSPECT} and not link.cited.has_copy:
        remarks.append("no archived copy")
    if link.marked:
        remarks.append(f"now marked `{link.marked}`")
    if remarks:
        yield "; ".join(remarks)


def links_data(report: LinkReport, archived: ArchiveReport | None) -> dict[str, Any]:
    """Return the result of a check for programs, to be written as JSON.

    Args:
        report: the state of the links.
        archived: the result of looking for archived copies; None if nobody looked.

    """
    return {
        "version": 1,
        "tool": {"name": "ficli", "version": __version__},
        "summary": {
            "records": report.records,
            "sources": len(report.links),
            "asked": report.asked,
            "waiting": report.waiting,
            **{name.replace(",", "").replace(" ", "_"): len(links) for name, links in grouped(report).items()},
        },
        "links": [_link_data(link) for link in report.links],
        "copies": [_archive_data(item) for item in archived.archived] if archived else [],
        "marked": list(report.after),
        "unread": list(report.unread),
    }


def _link_data(link: CheckedLink) -> dict[str, Any]:
    seen, place = link.seen, link.place
    return {
        "path": link.cited.path,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "source": link.cited.position + 1,
        "url": link.cited.url,
        "verdict": link.verdict,
        "detail": link.detail,
        "status": link.marked or link.cited.status or None,
        "has_archived_copy": link.cited.has_copy,
        "final_url": (seen.final_url if seen else "") or None,
        **{name: _day(seen, name) for name in ("checked", "next_check", "failing_since", "last_there")},
    }


def _archive_data(item: ArchivedSource) -> dict[str, Any]:
    copy = item.outcome.copy
    return {
        "path": item.link.cited.path,
        "source": item.link.cited.position + 1,
        "url": item.link.cited.url,
        "state": item.outcome.state,
        "detail": item.outcome.said,
        "archive": dict(copy.field) if copy else None,
        "is_early": copy.early if copy else None,
        "is_written": item.is_written,
    }


def _day(seen: object, name: str) -> str | None:
    day = getattr(seen, name, None)
    return str(day) if day else None
