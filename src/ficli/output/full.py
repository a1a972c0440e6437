"""Each finding with the lines it is about, marked, and how to fix it, for reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ficli.output.colours import Palette
from ficli.output.report import Report, count_by_rule
from ficli.wording import display_width, first_cells, harmless, harmless_parts, wrapped

if TYPE_CHECKING:
    from ficli.diagnostics import Diagnostic, Excerpt

_WIDEST_EXCERPT = 120
_NARROWEST = 20
_LEAD_IN = 24


def render(report: Report) -> Iterator[str]:
    """Yield the frames of all findings, and the summary."""
    if report.statistics:
        yield from count_by_rule(report)
    else:
        for item in report.shown:
            yield "\n".join(_Frame(item, report).lines()) + "\n\n"
    yield report.summary() + "\n"


class _Mark(NamedTuple):
    """A place in a source line, ready to be drawn."""

    excerpt: Excerpt
    main: bool


class _Frame:
    """Draws one finding."""

    def __init__(self, item: Diagnostic, report: Report) -> None:
        self._item = item
        self._report = report
        self._palette = Palette(report.colour)
        excerpts = (item.excerpt, *item.related)
        self._gutter = max(len(str(excerpt.span.line)) for excerpt in excerpts)
        self._blank = f"{' ' * self._gutter} {self._palette.quiet('|')}"
        self._room = max(_NARROWEST, (report.width or _WIDEST_EXCERPT) - self._gutter - 4)

    def lines(self) -> Iterator[str]:
        item, palette = self._item, self._palette
        kind = palette.severity(item.severity, f"{item.severity}[{item.rule}]")
        yield f"{kind}: {palette.strong(harmless(item.message))}"
        yield self._place("-->", item.excerpt)
        here = [excerpt for excerpt in item.related if excerpt.path == item.path]
        yield from self._source([_Mark(item.excerpt, main=True), *(_Mark(excerpt, main=False) for excerpt in here)])
        for excerpt in item.related:
            if excerpt.path != item.path:
                yield self._blank
                yield self._place(":::", excerpt)
                yield from self._source([_Mark(excerpt, main=False)])
        if item.help:
            yield self._blank
            yield from self._help(item.help)

    def _place(self, arrow: str, excerpt: Excerpt) -> str:
        span = excerpt.span
        path = harmless(self._report.place(excerpt.path))
        return f"{' ' * self._gutter}{self._palette.quiet(arrow)} {path}:{span.line}:{span.column}"

    def _source(self, marks: Sequence[_Mark]) -> Iterator[str]:
        drawn = sorted((mark for mark in marks if mark.excerpt.source), key=lambda mark: mark.excerpt.span)
        if drawn:
            yield self._blank
        last, shown = 0, ""
        for mark in drawn:
            line = mark.excerpt.span.line
            window = _Window(mark.excerpt, self._room)
            if (line, window.text) != (last, shown):  # a long line is shown again around its second mark
                if last and line != last + 1:
                    yield self._blank
                number = self._palette.quiet(f"{line:>{self._gutter}}")
                yield f"{number} {self._palette.quiet('|')} {window.text}".rstrip()
            yield f"{self._blank} {self._marks(mark, window)}"
            last, shown = line, window.text

    def _marks(self, mark: _Mark, window: _Window) -> str:
        sign = "^" if mark.main else "-"
        label = harmless(mark.excerpt.text)
        drawn = sign * window.marked + (f" {label}" if label else "")
        painted = self._palette.severity(self._item.severity, drawn) if mark.main else self._palette.second(drawn)
        return " " * window.before + painted

    def _help(self, text: str) -> Iterator[str]:
        lead = f"{' ' * self._gutter} = help: "
        lines = [harmless(text)]
        if self._report.width:
            lines = [line.plain for line in wrapped(lines[0], max(_NARROWEST, self._report.width - len(lead)))] or [""]
        head = f"{' ' * self._gutter} {self._palette.quiet('=')} {self._palette.strong('help')}: "
        yield head + lines[0]
        for line in lines[1:]:
            yield " " * len(lead) + line


class _Window:
    """The shown part of a source line, made harmless, and the places of the marks in it, in terminal cells."""

    def __init__(self, excerpt: Excerpt, room: int) -> None:
        source, span = excerpt.source, excerpt.span
        start = min(span.column - 1, len(source))
        end = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
        end = max(start, min(end, len(source)))
        ahead, marked, behind = harmless_parts(source, start, end)
        if display_width(ahead + marked + behind) > room:
            ahead, marked, behind = _clip(ahead, marked, behind, room)
        self.text = ahead + marked + behind
        self.before = display_width(ahead)
        self.marked = max(1, display_width(marked))


def _clip(ahead: str, marked: str, behind: str, room: int) -> tuple[str, str, str]:
    """Cut a line to the available width, keeping the marked part and a little before it."""
    if display_width(ahead) + min(display_width(marked), room // 2) > room - 1:
        ahead = "…" + _last_cells(ahead, min(_LEAD_IN, room // 2))
    left = room - display_width(ahead)
    if display_width(marked) > left:
        return ahead, first_cells(marked, left - 1) + "…", ""
    left -= display_width(marked)
    if display_width(behind) > left:
        behind = first_cells(behind, left - 1) + "…"
    return ahead, marked, behind


def _last_cells(text: str, cells: int) -> str:
    kept = text[len(first_cells(text, display_width(text) - cells)) :]
    return kept if display_width(kept) <= cells else kept[1:]
