"""Build a tree and its data from parser events, without recursion; all that is not plain data is a flaw."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ficli.wording import quoted
from ficli.yaml.control_characters import without_surrogates
from ficli.yaml.flaws import MAX_DEPTH, MAX_FLAWS, Flaw, FlawKind, missing_space, too_deep
from ficli.yaml.nodes import MappingEntry, MappingNode, Node, Scalar, ScalarStyle, SequenceNode
from ficli.yaml.scalars import PlainData, ScalarValue, resolve

if TYPE_CHECKING:
    from ficli.yaml.events import ParserEvent

_STYLES: Final[dict[str | None, ScalarStyle]] = {
    None: ScalarStyle.PLAIN,
    "": ScalarStyle.PLAIN,
    **{style.value: style for style in ScalarStyle},
}
_PLAIN: Final = ScalarStyle.PLAIN
_SINGLE: Final = ScalarStyle.SINGLE
_DOUBLE: Final = ScalarStyle.DOUBLE
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DIRECTIVE: Final = re.compile(r"^%[^\r\n]*", re.MULTILINE)
_ANCHOR: Final = re.compile(r"&[^\s,\[\]{}]*")
_TAG: Final = re.compile(r"!(?:<[^>]*>|[^\s,\[\]{}]*)")
_DASHED: Final = re.compile(r"-[^\W\d]|-['\"]")
_BLANK_LINE: Final = re.compile(r"(?:\r\n?|\n)([ \t]*)")
_CONTENT_INDENT: Final = re.compile(r"[\r\n]( *)[^ \r\n]")


class _Frame:
    """A mapping or list that is not closed yet."""

    __slots__ = ("data", "flow", "key", "nodes", "seen", "start")

    def __init__(self, start: int, *, flow: bool, mapping: bool) -> None:
        self.start = start
        self.flow = flow
        self.nodes: list[Any] = []
        self.data: Any = {} if mapping else []
        self.key: Scalar | None = None
        self.seen: dict[str, Scalar] | None = {} if mapping else None


class Composer:
    """Builds the tree of one text from a parser's events.

    Args:
        text: the text that the offsets refer to.
        originals: the original of each stand-in, by code point (see `events.screen`).
        shift: how many leading characters of the text the parser did not get (a byte order mark).

    """

    def __init__(self, text: str, originals: dict[int, str], shift: int) -> None:
        self.root: Node | None = None
        self.data: PlainData = None
        self.flaws: list[Flaw] = []
        self.last: Node | None = None
        self._text = text
        self._originals = originals
        self._shift = shift
        self._stack: list[_Frame] = []
        self._end = shift

    def feed(self, events: Iterable[ParserEvent]) -> None:
        """Read the events to the end, to a second document or to the depth limit; raises what they raise."""
        documents = 0
        for event in events:
            # This loop runs for every token, so exact types are compared, the commonest first.
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(self._stack) == MAX_DEPTH:
                    self._too_deep(event)
                    return
                self._open(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._close(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._second_document(event)
                    return
                self._directives(event)

    # --- nodes ---------------------------------------------------------------------------------------------

    def _scalar(self, event: ParserEvent) -> None:
        start = event.start_mark.index + self._shift
        end = event.end_mark.index + self._shift
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        style = _STYLES[event.style]
        text: str = event.value
        if self._originals:
            text = text.translate(self._originals)
        value: ScalarValue = text
        frame = self._stack[-1] if self._stack else None
        is_key = frame is not None and frame.seen is not None and frame.key is None
        if style is _PLAIN:
            if not is_key:
                value = resolve(text)
                if start == end:
                    start = end = self._place_of_nothing(start)
        elif style is _DOUBLE:
            if _SURROGATE.search(text):
                value = without_surrogates(text)
        elif style is not _SINGLE:
            end = _end_of_block_scalar(self._text, start, end)
        self.last = node = Scalar(start, end, value, style)
        self._end = end
        if is_key:
            self._key(node)
        else:
            self._attach(node, value)

    def _open(self, event: ParserEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        start = event.start_mark.index + self._shift
        self._stack.append(_Frame(start, flow=bool(event.flow_style), mapping=type(event) is MappingStartEvent))

    def _close(self, event: ParserEvent) -> None:
        frame = self._stack.pop()
        # A parser ends a block collection at the next token; the end of its last child is what belongs to it.
        end = event.end_mark.index + self._shift if frame.flow else self._end
        self._end = end
        children = tuple(frame.nodes)
        node: Node
        if frame.seen is None:
            node = SequenceNode(frame.start, end, children, frame.flow)
        else:
            node = MappingNode(frame.start, end, children, frame.flow)
        if frame.flow:
            self.last = node
        self._attach(node, frame.data)

    def _attach(self, node: Node, value: PlainData) -> None:
        if not self._stack:
            self.root, self.data = node, value
            return
        frame = self._stack[-1]
        if frame.seen is None:
            frame.nodes.append(node)
            frame.data.append(value)
        elif frame.key is None:
            self._complex_key(node)
        else:
            key, frame.key = frame.key, None
            frame.nodes.append(MappingEntry(key, node))
            name = str(key.value)
            if frame.seen[name] is key:
                frame.data[name] = value

    def _key(self, key: Scalar) -> None:
        frame = self._stack[-1]
        frame.key = key
        name = str(key.value)
        # One look-up both stores the key and finds an earlier one of the same name.
        first = key if frame.seen is None else frame.seen.setdefault(name, key)
        if name[:1] == "-" and key.style is _PLAIN and _DASHED.match(name):
            self._dashed(key)
        elif first is not key and len(self.flaws) < MAX_FLAWS:
            self._add(
                Flaw(
                    FlawKind.DUPLICATE_KEY,
                    key.start,
                    key.end,
                    f"the key {quoted(name)} is there twice",
                    label="again here",
                    help="delete one of the two; until then the first counts",
                    related=((first.start, first.end, "first here"),),
                ),
            )
        elif name == "<<" and key.style is _PLAIN:
            self._add(
                Flaw(
                    FlawKind.FEATURE,
                    key.start,
                    key.end,
                    "the merge key `<<` is not plain data",
                    label="merge key",
                    help="write the fields out, or quote the key if it is meant as text",
                ),
            )

    def _dashed(self, key: Scalar) -> None:
        """Add the flaw of an item that is read as a key."""
        line = re.compile(r"[^\r\n]{0,100}").match(self._text, key.start)
        self._add(missing_space(key.start, line.group().rstrip() if line else ""))

    def _place_of_nothing(self, given: int) -> int:
        """Return the offset right after the colon or dash of an empty value: parsers may mark the next token."""
        stack = self._stack
        if not stack or stack[-1].seen is None:
            return given
        colon = self._text.find(":", self._end, given)
        return self._end if colon < 0 else colon + 1

    # --- what is not plain data ----------------------------------------------------------------------------

    def _add(self, flaw: Flaw) -> None:
        if len(self.flaws) < MAX_FLAWS:
            self.flaws.append(flaw)

    def _properties(self, event: ParserEvent) -> None:
        start = event.start_mark.index + self._shift
        if event.anchor is not None:
            anchor = _ANCHOR.search(self._text, start)
            at, end = anchor.span() if anchor else (start, start)
            self._add(
                Flaw(
                    FlawKind.FEATURE,
                    at,
                    end,
                    f"the anchor {quoted(self._text[at:end])} is not plain data",
                    label="anchor",
                    help="delete it and repeat the value where it is used, or quote it if it is meant as text",
                )
            )
        if event.tag is not None:
            tag = _TAG.search(self._text, start)
            at, end = tag.span() if tag else (start, start)
            self._add(
                Flaw(
                    FlawKind.FEATURE,
                    at,
                    end,
                    f"the tag {quoted(self._text[at:end])} is not plain data",
                    label="tag",
                    help="delete it, or quote the value if it is meant as text",
                ),
            )

    def _alias(self, event: ParserEvent) -> None:
        start = event.start_mark.index + self._shift
        end = event.end_mark.index + self._shift
        self._add(
            Flaw(
                FlawKind.FEATURE,
                start,
                end,
                f"the alias {quoted(self._text[start:end])} is not plain data",
                label="alias",
                help="write the value out, or quote it if it is meant as text",
            ),
        )
        self._end = end
        if self._stack and self._stack[-1].seen is not None and self._stack[-1].key is None:
            self._key(Scalar(start, end, self._text[start:end], ScalarStyle.PLAIN))
        else:
            self.last = alias = Scalar(start, end, None, ScalarStyle.PLAIN)
            self._attach(alias, None)

    def _complex_key(self, node: Node) -> None:
        end = min(node.end, node.start + len(self._text[node.start : node.end].splitlines()[0]))
        self._add(
            Flaw(
                FlawKind.FEATURE,
                node.start,
                end,
                "a list or mapping as a key is not plain data",
                label="used as a key",
                help="quote it if it is meant as text",
            ),
        )
        self._key(Scalar(node.start, node.end, self._text[node.start : node.end], ScalarStyle.PLAIN))

    def _directives(self, event: ParserEvent) -> None:
        if not event.explicit:
            return
        for directive in _DIRECTIVE.finditer(self._text, self._shift, event.end_mark.index + self._shift):
            self._add(
                Flaw(
                    FlawKind.FEATURE,
                    directive.start(),
                    directive.end(),
                    f"the directive {quoted(directive.group())} is not plain data",
                    label="directive",
                    help="delete the line: every record is read as YAML 1.2",
                ),
            )

    def _second_document(self, event: ParserEvent) -> None:
        start = event.start_mark.index + self._shift
        self._add(
            Flaw(
                FlawKind.MULTIPLE_DOCUMENTS,
                start,
                max(event.end_mark.index + self._shift, start),
                "a second document starts in this file",
                label="starts here",
                help="move it to a file of its own: one file is one record",
            ),
        )

    def _too_deep(self, event: ParserEvent) -> None:
        self._add(too_deep(event.start_mark.index + self._shift, label=f"level {MAX_DEPTH + 1}"))


def _end_of_block_scalar(text: str, start: int, end: int) -> int:
    """Return the end of the last line of content; parsers include the empty lines that follow."""
    source = text[start:end]
    header = source.partition("\n")[0].partition("\r")[0]
    if "+" in header.partition("#")[0]:
        # Every line break is content here; only the last one is left outside.
        return start + len(re.sub(r"(?:\r\n?|\n)[ \t]*\Z", "", source))
    # Lines of blanks are content where they stand beyond the indentation; empty ones at the end are not.
    written = len(source.rstrip(" \t\r\n"))
    tail = source[written:]
    if not tail.strip("\r\n"):
        return start + written
    content = [len(indent) for indent in _CONTENT_INDENT.findall(source)]
    if not content:
        return start + len(header)
    # A digit in the header gives the indentation, which then is that of the first line or less.
    width = min(content) if re.search("[1-9]", header) else content[0]
    last = written + len(tail) - len(tail.lstrip(" \t"))
    for line in _BLANK_LINE.finditer(source, written):
        if len(line.group(1)) > width:
            last = line.end()
    return start + last
