"""The exact way to read a record: any bytes in, a document with the place of every field and every flaw out."""

from __future__ import annotations

from itertools import chain, islice

from ficli.document.compose import Composer
from ficli.document.controls import escaped_flaws, raw_flaws
from ficli.document.decoding import BYTE_ORDER_MARK, decode
from ficli.document.events import HAS_LIBYAML, ParseError, libyaml_events, ruamel_events, screen
from ficli.document.flaws import UNUSABLE, Flaw, FlawKind
from ficli.document.limits import MAX_BYTES, MAX_FLAWS, MAX_SECOND_OPINION
from ficli.document.nodes import Scalar, scalars
from ficli.document.parsed import Document
from ficli.document.syntax import conflict_marker, explain


def parse(raw: bytes) -> Document:
    """Read the bytes of a file; never raises, and takes bounded time and memory whatever they are.

    A file that is too large or not UTF-8 has that one flaw and no tree; so has one with a merge conflict or
    a syntax error, beside its hidden characters.
    """
    if len(raw) > MAX_BYTES:
        return Document(raw, "", None, None, (_too_large(len(raw)),))
    text, decoding_flaw = decode(raw)
    first = () if decoding_flaw is None else (decoding_flaw,)
    if decoding_flaw is not None and decoding_flaw.kind is FlawKind.NOT_UTF8:
        return Document(raw, text, None, None, first)
    hidden = list(islice(raw_flaws(text), MAX_FLAWS))
    conflict = conflict_marker(text)
    if conflict is not None:
        return Document(raw, text, None, None, (*first, conflict, *hidden))
    shift = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    # Every character that the parsers cannot take is among the hidden ones.
    shown, originals = screen(text[shift:]) if hidden else (text[shift:], {})
    composed = _compose(text, shift, shown, originals)
    if isinstance(composed, Flaw):
        return Document(raw, text, None, None, (*first, composed, *hidden))
    if "\\" in text:
        escapes = (escaped_flaws(text, scalar) for scalar in scalars(composed.root))
        hidden += islice(chain.from_iterable(escapes), MAX_FLAWS)
    flaws = (*first, *sorted((*composed.flaws, *hidden), key=lambda flaw: flaw.start))
    usable = not any(flaw.kind in UNUSABLE for flaw in flaws)
    return Document(raw, text, composed.root, composed.data if usable else None, flaws)


def text_only(raw: bytes) -> Document:
    """Read the bytes of a file whose lines are all that is wanted: no tree, no data, no flaws."""
    return Document(raw, decode(raw)[0], None, None, ())


def _compose(text: str, shift: int, shown: str, originals: dict[int, str]) -> Composer | Flaw:
    """Ask libyaml, and ruamel.yaml where it refuses; what both refuse is a syntax error."""
    sources = [libyaml_events] if HAS_LIBYAML else []
    if not sources or len(shown) <= MAX_SECOND_OPINION:
        sources.append(ruamel_events)
    failures: list[tuple[ParseError, Scalar | None]] = []
    for events in sources:
        composer = Composer(text, originals, shift)
        try:
            composer.feed(events(shown))
        except ParseError as error:
            failures.append((error, composer.last))
        else:
            return composer
    return explain(text, *failures[0], shift)


def _too_large(size: int) -> Flaw:
    return Flaw(
        FlawKind.OVERSIZED,
        0,
        0,
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        help="a record holds short texts; keep documents elsewhere and link them as sources",
    )
