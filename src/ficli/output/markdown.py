"""Markdown for a comment or a job's summary: the findings by severity, most severe first, in a list.

GitHub and GitLab turn names, numbers, addresses and hashes into mentions and links after Markdown is read, where
escapes have no effect; they leave code alone. So all but plain English words is written as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from ficli.diagnostics import Diagnostic, Severity
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.output.report import Report

_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Infos"}
_CODE = re.compile(r"(`[^`]*`)")
_SPACE = re.compile(r"(\s+)")
_PLAIN = re.compile(
    r"[(\"]?(?:(?![A-Fa-f]{7})[A-Za-z]+(?:['’-][A-Za-z]+)*|\d{1,3}(?:,\d{3})*)[)\"]?[.,;:?]?|[(]|[)]?[.,;:?]?"
)
"""A word that no service reads as a name, a number of an issue, an address or the hash of a commit; or a sign."""

_ROOM_FOR_REST = 200
"""Bytes reserved for the line that counts what is left out."""


def render(report: Report) -> Iterator[str]:
    """Yield the summary, then every finding."""
    yield _head(report)
    for item, heading in _items(report):
        yield heading + _line(item, report)


def bounded(report: Report, room: int) -> str:
    """Write the report in at most so many bytes of UTF-8; findings that have no room are counted.

    If there is no room even for that, it is empty.
    """
    text = _head(report)
    used = len(text.encode())
    if used + _ROOM_FOR_REST > room:
        return text if used <= room and not report.shown else ""
    parts = [text]
    for number, (item, heading) in enumerate(_items(report)):
        line = heading + _line(item, report)
        used += len(line.encode())
        if used + _ROOM_FOR_REST > room:
            parts.append(f"\nNo room for {counted(len(report.shown) - number, 'more finding')}.\n")
            break
        parts.append(line)
    return "".join(parts)


def _head(report: Report) -> str:
    found = counted(len(report.shown), "problem") if report.shown else "no problems"
    return f"### ficli: {found}\n\n{prose(report.summary())}\n"


def _items(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each finding, and the heading above it."""
    for severity, items in groupby(report.worst_first, key=lambda item: item.severity):
        heading = f"\n#### {_HEADINGS[severity]}\n\n"
        for item in items:
            yield item, heading
            heading = ""


def _line(item: Diagnostic, report: Report) -> str:
    place = code(f"{report.place(item.path)}:{item.span.line}:{item.span.column}")
    help_ = f"\n  Help: {prose(item.help)}" if item.help else ""
    return f"- {place} **{item.rule}:** {prose(item.message)}{help_}\n"


def prose(text: str) -> str:
    """Write a message: its back-ticks stay, plain words stay, and every other word becomes code.

    Adjacent pieces of code are one span: the ticks of two would be read as those of another.
    """
    pieces = (piece for part in _CODE.split(harmless(text)) for piece in _pieces(part) if piece[1])
    written = []
    for is_code, group in groupby(pieces, key=itemgetter(0)):
        joined = "".join(piece for _, piece in group)
        written.append(code(joined) if is_code else joined)
    return "".join(written)


def _pieces(part: str) -> Iterator[tuple[bool, str]]:
    """Split a part of a message into pieces, each with whether it is code."""
    if _CODE.fullmatch(part):
        yield True, part[1:-1]
        return
    for word in _SPACE.split(part):
        yield not (word.isspace() or _PLAIN.fullmatch(word)), " " if word.isspace() else word


def code(text: str) -> str:
    """Write a code span that ends where it should, for any text."""
    text = harmless(text)
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    ends = text[:1] + text[-1:]
    pad = " " if "`" in ends or (ends == "  " and text.strip(" ")) else ""  # of blanks alone none is taken off
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else ""
