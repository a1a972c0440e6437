"""What checking links came to, for programs: plain data, to be written as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli import __version__
from ficli.cli.check_links_page import grouped

if TYPE_CHECKING:
    from ficli.commands.archive_links import Archived, ArchiveReport
    from ficli.commands.check_links import LinkReport
    from ficli.commands.link_marks import CheckedLink

FORMAT_VERSION = 1


def whole(report: LinkReport, archived: ArchiveReport | None) -> dict[str, Any]:
    """Give the whole as plain data.

    Args:
        report: what was found of the links.
        archived: what came of looking for archived copies; None where nobody looked.

    """
    return {
        "version": FORMAT_VERSION,
        "tool": {"name": "ficli", "version": __version__},
        "summary": {
            "records": report.records,
            "sources": len(report.links),
            "asked": report.asked,
            "waiting": report.waiting,
            **{name.replace(",", "").replace(" ", "_"): len(links) for name, links in grouped(report).items()},
        },
        "links": [_link(link) for link in report.links],
        "copies": [_copy(item) for item in archived.archived] if archived else [],
        "marked": list(report.after),
        "unread": list(report.unread),
    }


def _link(link: CheckedLink) -> dict[str, Any]:
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


def _copy(item: Archived) -> dict[str, Any]:
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
