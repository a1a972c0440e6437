"""Convert the places of problems, which are field paths or offsets, into lines and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import FILE_START, Diagnostic, Excerpt, FieldPath, Severity, Span, field_name
from ficli.rules.contract import Offsets, Problem, ProblemPlace
from ficli.yaml.nodes import MappingNode

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument

_LONGEST_LINE = 2000
_BEHIND = 200


class Locator:
    """Finds places in one file.

    Args:
        path: the file, relative to the registry.
        document: the file with its positions; None if there is nothing to read, such as a folder.

    """

    def __init__(self, path: str, document: YamlDocument | None) -> None:
        self.path = path
        self.document = document

    def excerpt(self, at: ProblemPlace, text: str = "", *, on_key: bool = False, piece: str = "") -> Excerpt:
        """Mark a place, with the words beside the marks."""
        span = self._span(at, on_key=on_key, piece=piece)
        return Excerpt(self.path, span, self._line(span), text)

    def lines(self, at: ProblemPlace, span: Span) -> frozenset[int]:
        """Return the lines for which a suppression of a finding counts: its own, and that of its field's name.

        So a finding in the middle of a block of text can be allowed from the line above the block.
        """
        lines = {span.line}
        if self.document is not None and not isinstance(at, Offsets | Span):
            key = self.document.key_span(at) if at else None
            if key is not None:
                lines.add(key.line)
        return frozenset(lines)

    def _span(self, at: ProblemPlace, *, on_key: bool, piece: str) -> Span:
        document = self.document
        if document is None:
            return FILE_START
        if isinstance(at, Span):
            return at
        if isinstance(at, Offsets):
            return document.span(at.start, at.end)
        path: FieldPath = document.nearest(at)
        if path != at:  # the field is not there: mark what should hold it
            return self._holder(path)
        if not path:
            return self._holder(path)
        found = document.find_in_value(path, piece) if piece else None
        if found is None and not on_key:
            found = document.value_span(path)
            if found is not None and (found.line, found.column) == (found.end_line, found.end_column):
                found = None  # an empty value has no characters to mark
        return found or document.key_span(path) or FILE_START

    def _holder(self, path: FieldPath) -> Span:
        document = self.document
        if document is None or document.root is None:
            return FILE_START
        if path:
            return document.key_span(path) or FILE_START
        first = document.root.entries[:1] if isinstance(document.root, MappingNode) else ()
        return document.span(first[0].key.start, first[0].key.end) if first else document.value_span(()) or FILE_START

    def _line(self, span: Span) -> str:
        if self.document is None or span.line > len(self.document.lines):
            return ""
        return self.document.lines.line_text(span.line)[: max(_LONGEST_LINE, span.column + _BEHIND)]


def diagnostic(
    rule: str, severity: Severity, problem: Problem, locator: Locator, others: dict[str, Locator]
) -> Diagnostic:
    """Turn a problem into a diagnostic: its place, the places that explain it, and its field's name."""
    related = tuple(
        others.get(label.path, locator).excerpt(label.at, label.text, piece=label.piece) for label in problem.related
    )
    return Diagnostic(
        rule=rule,
        severity=severity,
        message=problem.message,
        excerpt=locator.excerpt(problem.at, problem.label, on_key=problem.on_key, piece=problem.piece),
        field=_field(problem),
        related=related,
        help=problem.help,
        fix=problem.fix,
    )


def _field(problem: Problem) -> str:
    if problem.field is not None:
        return field_name(problem.field)
    return "" if isinstance(problem.at, Offsets | Span) else field_name(problem.at)
