"""Citations as the text that is handed out: one a line in a style, or a document in a data format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.markup import WRITERS, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference
    from ficli.citations.style import Style


def write_in_style(citations: Sequence[Citation], style: Style, markup: str, *, in_text: bool = False) -> str:
    """Write citations in a style, one a line; in Markdown with a blank line between them, so that each is a paragraph.

    Args:
        citations: numbered and told apart already, see `together`.
        style: the style.
        markup: a key of `ficli.citations.markup.WRITERS`.
        in_text: whether to write what stands in the text instead of the reference.

    """
    write = WRITERS[markup]
    lines = (write(style.in_text(citation) if in_text else _reference(citation, style)) for citation in citations)
    return ("\n\n" if markup == "markdown" else "\n").join(lines) + "\n"


def _reference(citation: Citation, style: Style) -> Reference:
    mark = f" [{citation.mark}.]" if citation.mark else ""
    return join(style.reference(citation), mark, f" {citation.licence_line}" if citation.licence_line else "")
