"""Write a page as Markdown for a comment or a job summary; no text can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ficli.citations.citation import address
from ficli.output.page import (
    Block,
    Content,
    FactList,
    Grid,
    Group,
    Heading,
    ItemList,
    LinkAddress,
    Passage,
    Quote,
    TextLine,
    plain_text,
)
from ficli.wording import harmless

_GAP = "&#8203;"
_SIGN = re.compile(
    r"[\\`*_{}\[\]|~<>&$@#]|[!%^](?=\w)|(?<=:)//|(?<=www)\.|(?<=GH)-|(?<=[0-9a-f]{6})(?=[0-9a-f])"
    r"|^[-+=]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|(?<=^[0-9]{3})[.)]",
    re.IGNORECASE,
)
"""Signs of CommonMark markup, of links made afterwards, and of lists at the start of a line."""

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": f"&#36;{_GAP}", "#": f"&#35;{_GAP}", "@": f"@{_GAP}"}
_BREAKS = {"": _GAP, "//": f"{_GAP}//", ".": f"{_GAP}.", "!": f"!{_GAP}", "%": f"%{_GAP}", "^": f"^{_GAP}"}
_LONG_NUMBER = re.compile(r"^([0-9]{4,9})(?=[.)])")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_WEB = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?([/?#][!-;=?-~]*)?", re.IGNORECASE)


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the Markdown, block by block."""
    for block in blocks:
        yield "\n".join(_lines(block)) + "\n\n"


def bounded(blocks: Iterable[Block], room: int, last: Block) -> Iterator[str]:
    """Yield the Markdown as `render` does, in at most so many bytes of UTF-8; `last` replaces what has no room."""
    ending = "".join(render([last]))
    room -= len(ending.encode())
    for piece in render(blocks):
        room -= len(piece.encode())
        if room < 0:
            yield ending
            return
        yield piece


def literal(text: str) -> str:
    """Write text on one line so that it is shown literally, whatever it contains."""
    line = harmless(" ".join(text.split()))
    return _SIGN.sub(_escape, _LONG_NUMBER.sub(rf"\1{_PLACE}", line)).replace(_PLACE, _GAP)


_PLACE = "\x00"
"""Marks a gap until the rest has been escaped; harmless text never contains it."""


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    follows = match.string[match.end() : match.end() + 1]
    if sign == "&" and follows.isdecimal():  # an epic
        return f"&amp;{_GAP}"
    if sign == "~" and (follows.isalnum() or follows == '"'):  # a label
        return f"\\~{_GAP}"
    if sign in _ENTITIES:
        return _ENTITIES[sign]
    if sign == "-" and match.start():  # behind `GH`
        return f"{_GAP}-"
    if sign == "." and match.start() and not match.string[: match.start()].isdecimal():  # behind `www`
        return f"{_GAP}."
    return _BREAKS[sign] if sign in {"", "//", "!", "%", "^"} else f"\\{sign}"


def sentence(text: str) -> str:
    """Write text as `literal` does, and show text in back-ticks as code."""
    line = harmless(" ".join(text.split()))
    first, *others = _CODE.split(line)
    pieces = [_part(first)]
    for code, between in zip(others[::2], others[1::2], strict=True):
        pieces += (f"`{code}`", _part(between, behind="."))
    return "".join(pieces)


def _part(text: str, *, behind: str = "") -> str:
    """Escape a part of a line that follows another part, and keep the blank at its end."""
    return literal(behind + text)[len(behind) :] + " " * text.endswith(" ")


def content(item: Content) -> str:
    """Write text or an address; one that is not clearly a web address is shown as text."""
    if isinstance(item, LinkAddress):
        url = address(item.url)
        return f"<{url}>" if _WEB.fullmatch(url) and harmless(url) == url else literal(item.url)
    return sentence("".join(map(plain_text, item)) if isinstance(item, list) else plain_text(item))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Group(blocks):
            yield "\n\n".join("\n".join(_lines(part)) for part in blocks)
        case Heading(text, level, note):
            yield f"{'#' * level} {sentence(text + note)}"
        case Quote(text):
            yield f"> {sentence(text)}"
        case TextLine(text, severity):
            yield f"**{severity}**: {content(text)}" if severity else content(text)
        case FactList(rows):
            for name, value in rows:
                yield f"- **{literal(plain_text(name))}:** {content(value)}"
        case ItemList():
            yield from _items(block)
        case Grid(heads, rows):
            yield _row(heads)
            yield f"|{'---|' * len(heads)}"
            for row in rows:
                yield _row(row)


def _items(block: ItemList) -> Iterator[str]:
    mark = "- [ ] " if block.to_do else "- "
    for number, lines in enumerate(block.items):
        weight = f"**{block.severities[number]}**: " if block.severities else ""
        # A second space before the line end would be a line break; `<br>` shows as one everywhere.
        yield mark + weight + "<br>".join(content(line) for line in lines)


def _row(cells: Sequence[Passage]) -> str:
    return f"| {' | '.join(literal(plain_text(cell)) for cell in cells)} |"
