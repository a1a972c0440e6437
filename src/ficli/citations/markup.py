"""A reference as pieces of text, italics and links, and its writers for text, Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

_STOPPED = re.compile(r"[.?!…。？！؟۔][\"'”’»›」』]*\Z")

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~$]|&(?=[#\w])|^[-+=]|(?<=^[0-9])[.)]")
"""What CommonMark or GitHub would read as markup; the last two only at the start of a line."""


class Piece(NamedTuple):
    """A run of text, in italics or not; with `link` it is an address that can be followed."""

    text: str
    italic: bool = False
    link: bool = False


Reference: TypeAlias = tuple[Piece, ...]
"""A reference, a part of one, or an in-text citation."""


def join(*parts: str | Piece | Reference) -> Reference:
    """Join parts as they are; empty ones are left out."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(part))
        elif isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces.extend(part)
    return tuple(piece for piece in pieces if piece.text)


def stopped(*parts: str | Piece | Reference, stop: str = ".") -> Reference:
    """Join parts and end them with a period, unless they already end in a period, `?` or `!`."""
    whole = join(*parts)
    if not whole or (not whole[-1].link and is_stopped(whole[-1].text)):
        return whole
    return join(whole, stop)


def join_pieces(*parts: str | Piece | Reference, between: str = " ") -> Reference:
    """Join parts with a separator; empty ones are left out, with their blank."""
    whole: Reference = ()
    for part in map(join, parts):
        whole = join(whole, between, part) if whole and part else whole or part
    return whole


def is_stopped(text: str) -> bool:
    """Return whether a text ends with punctuation that ends a sentence, also inside quotation marks."""
    return _STOPPED.search(text) is not None


def italic(text: str) -> Piece:
    """Set text in italics."""
    return Piece(text, italic=True)


def link(url: str) -> Piece:
    """Return an address that can be followed."""
    return Piece(url, link=True)


def to_text(reference: Reference) -> str:
    """Write plain text, without italics."""
    return "".join(piece.text for piece in reference)


def to_markdown(reference: Reference) -> str:
    """Write CommonMark: italics between stars, addresses in angle brackets, all else escaped."""
    return "".join(map(_markdown_piece, reference))


def to_html(reference: Reference) -> str:
    """Write an HTML fragment of text, `<i>` and `<a>`."""
    return "".join(map(_html_piece, reference))


WRITERS: Mapping[str, Callable[[Reference], str]] = {"text": to_text, "markdown": to_markdown, "html": to_html}
"""The ways to write a reference, by the name that `--format` accepts."""


def _markdown_piece(piece: Piece) -> str:
    text = piece.text
    if piece.link:
        return f"<{text}>" if _is_web(text) else _literal(text)
    return f"*{_literal(text)}*" if piece.italic else _literal(text)


def _literal(text: str) -> str:
    return _MARKDOWN.sub(lambda match: "\\" + match.group(), text)


def _html_piece(piece: Piece) -> str:
    import html

    text = piece.text
    escaped = html.escape(text)
    if piece.link and _is_web(text):
        return f'<a href="{escaped}">{escaped}</a>'
    return f"<i>{escaped}</i>" if piece.italic else escaped


def _is_web(url: str) -> bool:
    return re.match(r"https?://[^\s/]", url, re.IGNORECASE) is not None
