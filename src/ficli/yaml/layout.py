"""The canonical layout of a file, as `ficli fmt` writes it: keys in order, and clean line ends.

Keys are in canonical order, two columns further in for each level, and prose in block style (`folding`). Lines end
with LF and without blanks, one line break ends the file, and there is at most one empty line between others.
Quotes and comments stay as the curator wrote them, and so does everything within brackets; quotes are put around
what a reader of YAML 1.1 would not take for text (`quoting`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ficli.yaml.decoding import BYTE_ORDER_MARK
from ficli.yaml.document import LINE_BREAK, YamlDocument
from ficli.yaml.folding import is_surely_in_style, restyled
from ficli.yaml.indentation import is_surely_even, shifted
from ficli.yaml.node_spans import child_spans, children
from ficli.yaml.nodes import MappingNode, Node, Scalar, ScalarStyle, SequenceNode, scalars
from ficli.yaml.parse import parse
from ficli.yaml.patches import EditError, Patch, spliced
from ficli.yaml.quoting import is_surely_quoted, quotes
from ficli.yaml.scalars import PlainData, same

if TYPE_CHECKING:
    from ficli.yaml.order import KeyPath, Layout

_BLANKS: Final = " \t"
_HEADER: Final = re.compile(r"[|>][1-9]?[-+]?[1-9]?")


def canonical(document: YamlDocument, layout: Layout) -> str:
    """Write a document in the canonical layout, with the same data and the same comments.

    In a text that may be anything, a number becomes the text that was written: `version: 1.10` is `"1.10"`.

    Raises:
        EditError: the document is not usable, so its data could not be kept.

    """
    return laid_out(document, layout).text


def laid_out(document: YamlDocument, layout: Layout) -> YamlDocument:
    """Return what `canonical` writes, parsed.

    Raises:
        EditError: the document is not usable, so its data could not be kept.

    """
    if not document.usable:
        raise EditError("a file that cannot be read cannot be laid out", hint="mend its errors first")
    text = _tidied(document)
    tidied = document if text == document.text else _read(text)
    if not same(document.data, tidied.data):
        return document
    styled = _changed(_changed(_quoted(tidied, layout), shifted), lambda changed: restyled(changed, layout))
    return _rearranged(styled, layout)


def _changed(document: YamlDocument, patches: Callable[[YamlDocument], Iterable[Patch]]) -> YamlDocument:
    """Apply patches to the layout; if they would change the data, as in a file of a rare form, return it unchanged."""
    wanted = list(patches(document))
    if not wanted:
        return document
    changed = _read(spliced(document.text, wanted))
    return changed if same(document.data, changed.data) and not changed.flaws else document


def _quoted(document: YamlDocument, layout: Layout) -> YamlDocument:
    patches = list(quotes(document, layout))
    return _read(spliced(document.text, patches)) if patches else document


def is_canonical(
    raw: bytes, data: PlainData, layout: Layout, document: Callable[[], YamlDocument] | None = None
) -> bool:
    """Return whether `canonical` would leave a file as it is; False for a file that it would reject.

    Args:
        raw: the bytes of the file.
        data: what `parse_fast` or `parse` has read from them.
        layout: the order of the keys, and which texts are prose.
        document: returns the file with its positions; called only if the bytes do not decide.

    """
    if is_surely_canonical(raw, data, layout):
        return True
    known = document() if document is not None else parse(raw)
    if data is None or not known.usable:
        return False
    tidied = _tidied(known)
    if tidied != known.text:  # and what follows makes nothing untidy
        return not same(known.data, _read(tidied).data)
    return canonical(known, layout) == known.text


def is_surely_canonical(raw: bytes, data: PlainData, layout: Layout) -> bool:
    """Return whether cheap tests show that a file is canonical; False if only `is_canonical` can decide."""
    return (
        # Each test works on the bytes or the plain data, so that a file in the layout is not parsed with positions.
        data is not None
        and _is_surely_tidy(raw)
        and is_surely_even(raw)
        and is_surely_in_style(raw, data, layout)
        and is_surely_quoted(raw, data, layout)
        and _is_arranged(data, layout)
    )


def what_differs(document: YamlDocument, layout: Layout) -> str:
    """Return what is wrong with the layout, besides order and line ends; empty if nothing is."""
    if any(shifted(document)):
        return "the lines of this file are not indented by two columns a level"
    return "a text of this file is not in block style, or is too wide" if any(restyled(document, layout)) else ""


# --- the quick look ----------------------------------------------------------------------------------------


_UNTIDY: Final = re.compile(rb"\n(?:\n\n|(?<=[ \t]\n))")


def _is_surely_tidy(raw: bytes) -> bool:
    """Return False for anything that might be untidy; it may still be the content of a block scalar."""
    return (
        raw.endswith(b"\n")
        and not raw.endswith(b"\n\n")
        and not raw.startswith((b"\n", b"\xef\xbb\xbf"))
        and b"\r" not in raw
        and _UNTIDY.search(raw) is None
    )


def _is_arranged(data: PlainData, layout: Layout, place: KeyPath = ()) -> bool:
    # This is asked of every record, hence the plain loops and exact types.
    if type(data) is list:
        for item in data:
            if type(item) is not str and not _is_arranged(item, layout, place):
                return False
    elif type(data) is dict:
        if not layout.verdict(place, tuple(data)):
            return False
        for name, below in layout.tree.get(place, ()):
            if name in data and not _is_arranged(data[name], layout, below):
                return False
    return True


# --- lines -------------------------------------------------------------------------------------------------


def _tidied(document: YamlDocument) -> str:
    """Clean up line ends and empty lines, except within the content of a scalar."""
    text = _with_closed_end(document)
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    within = _lines_within_scalars(document)
    lines: list[str] = []
    last_is_loose_gap = True  # an empty line here would be the first of the file
    for number, line in enumerate(LINE_BREAK.split(text.removeprefix(mark)), start=1):
        style = within.get(number)
        if style is not None and style.is_block:
            tidy = line
        else:
            tidy = line.rstrip(_BLANKS)
            if style is ScalarStyle.DOUBLE and tidy.endswith("\\"):
                tidy = line  # the first blank is escaped
        is_loose_gap = style is None and not tidy
        if is_loose_gap and last_is_loose_gap:
            continue
        lines.append(tidy)
        last_is_loose_gap = is_loose_gap
    if last_is_loose_gap:
        lines.pop()
    return mark + "\n".join(lines) + "\n"


def _lines_within_scalars(document: YamlDocument) -> dict[int, ScalarStyle]:
    """Return the scalar style for each line whose preceding line break is content of a scalar or is folded."""
    within: dict[int, ScalarStyle] = {}
    for scalar in scalars(document.root):
        first, last = document.lines.number(scalar.start), document.lines.number(scalar.end)
        # The first line of a double-quoted one may end in an escaped blank; that of a block scalar is its header.
        within.update(dict.fromkeys(range(first + (scalar.style is not ScalarStyle.DOUBLE), last + 1), scalar.style))
    return within


def _with_closed_end(document: YamlDocument) -> str:
    """Return the text; if a block scalar ends it without a line break, its header is changed, as one will follow."""
    text = document.text
    for scalar in scalars(document.root):
        if scalar.style.is_block and scalar.end == len(text) and not text.endswith(("\n", "\r")):
            header = _HEADER.match(text, scalar.start)
            if header is not None:
                closed = header.group().replace("+", "").replace("-", "") + "-"
                return text[: header.start()] + closed + text[header.end() :]
    return text


# --- order -------------------------------------------------------------------------------------------------


def _rearranged(document: YamlDocument, layout: Layout) -> YamlDocument:
    """Sort the keys of each mapping, the inner ones first; what cannot be moved stays."""
    while True:
        # A patch around another one waits for the next round, after the inner one was applied.
        innermost: list[Patch] = []
        for patch in sorted(_reorderings(document, layout), key=lambda patch: (patch.start, -patch.end), reverse=True):
            if not innermost or patch.end <= innermost[-1].start:
                innermost.append(patch)
        if not innermost:
            return document
        changed = _read(spliced(document.text, innermost))
        if not same(document.data, changed.data):
            return document
        document = changed


def _reorderings(document: YamlDocument, layout: Layout) -> Iterator[Patch]:
    """Yield a patch for each mapping whose keys are out of order and can be moved."""
    nodes: list[tuple[KeyPath, Node | None]] = [((), document.root)]
    while nodes:
        place, node = nodes.pop()
        if isinstance(node, SequenceNode):
            nodes.extend((place, item) for item in node.items)
        elif isinstance(node, MappingNode):
            nodes.extend(((*place, entry.name), entry.value) for entry in node.entries)
            patch = _in_order(document, layout, place, node)
            if patch is not None:
                yield patch


def _in_order(document: YamlDocument, layout: Layout, place: KeyPath, node: MappingNode) -> Patch | None:
    """Move the keys of one mapping, each with its comments; text between two of them stays in its place.

    A key that is there twice keeps the mapping as it is: a layout cannot decide which of the two is meant.
    So does a text block that keeps all its line ends (`|+`), since it would absorb empty lines.
    """
    text, keys = document.text, [entry.name for entry in node.entries]
    if place not in layout or layout.is_arranged(place, keys) or len(set(keys)) < len(keys):
        return None
    reach = child_spans(text, node, is_root=node is document.root)
    if reach is None or any(_keeps_line_ends(text, entry.value) for entry in node.entries):
        return None
    moved: list[str] = []
    for slot, position in enumerate(layout.arranged(place, keys)):
        if slot:
            moved.append(text[reach[slot - 1].end : reach[slot].start])
        moved.append(text[reach[position].start : reach[position].end])
    return Patch(reach[0].start, reach[-1].end, "".join(moved))


def _keeps_line_ends(text: str, node: Node) -> bool:
    while not isinstance(node, Scalar):
        below = children(node)
        if not below:
            return False
        node = below[-1]
    header = _HEADER.match(text, node.start) if node.style.is_block else None
    return header is not None and "+" in header.group()


def _read(text: str) -> YamlDocument:
    return parse(text.encode())
