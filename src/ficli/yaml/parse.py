"""The exact way to read a record: takes any bytes, returns a document with the place of every field and every flaw."""

from __future__ import annotations

from itertools import chain, islice

from ficli.yaml.composer import Composer
from ficli.yaml.conflict_markers import conflict_marker
from ficli.yaml.control_characters import escaped_flaws, raw_flaws
from ficli.yaml.decoding import BYTE_ORDER_MARK, decode
from ficli.yaml.document import YamlDocument
from ficli.yaml.events import HAS_LIBYAML, ParseError, libyaml_events, ruamel_events, screen
from ficli.yaml.flaws import MAX_BYTES, MAX_FLAWS, MAX_SECOND_OPINION, UNUSABLE, Flaw, FlawKind
from ficli.yaml.nodes import Node, scalars
from ficli.yaml.syntax_errors import explain_syntax_error


def parse(raw: bytes) -> YamlDocument:
    """Parse the bytes of a file; never raises, and takes bounded time and memory for any bytes.

    A file that is too large or not UTF-8 has that one flaw and no tree; so has one with a merge conflict or
    a syntax error, beside its hidden characters.
    """
    if len(raw) > MAX_BYTES:
        return YamlDocument(raw, "", None, None, (_too_large(len(raw)),))
    text, decoding_flaw = decode(raw)
    first = () if decoding_flaw is None else (decoding_flaw,)
    if decoding_flaw is not None and decoding_flaw.kind is FlawKind.NOT_UTF8:
        return YamlDocument(raw, text, None, None, first)
    hidden = list(islice(raw_flaws(text), MAX_FLAWS))
    conflict = conflict_marker(text)
    if conflict is not None:
        return YamlDocument(raw, text, None, None, (*first, conflict, *hidden))
    shift = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    # Every character that the parsers cannot take is among the hidden ones.
    shown, originals = screen(text[shift:]) if hidden else (text[shift:], {})
    composed = _compose(text, shift, shown, originals)
    if isinstance(composed, Flaw):
        return YamlDocument(raw, text, None, None, (*first, composed, *hidden))
    if "\\" in text:
        escapes = (escaped_flaws(text, scalar) for scalar in scalars(composed.root))
        hidden += islice(chain.from_iterable(escapes), MAX_FLAWS)
    flaws = (*first, *sorted((*composed.flaws, *hidden), key=lambda flaw: flaw.start))
    usable = not any(flaw.kind in UNUSABLE for flaw in flaws)
    return YamlDocument(raw, text, composed.root, composed.data if usable else None, flaws)


def text_only(raw: bytes) -> YamlDocument:
    """Decode the bytes of a file of which only the lines are needed: no tree, no data, no flaws."""
    return YamlDocument(raw, decode(raw)[0], None, None, ())


def _compose(text: str, shift: int, shown: str, originals: dict[int, str]) -> Composer | Flaw:
    """Parse with libyaml, and with ruamel.yaml if that rejects the text; what both reject is a syntax error."""
    sources = [libyaml_events] if HAS_LIBYAML else []
    if not sources or len(shown) <= MAX_SECOND_OPINION:
        sources.append(ruamel_events)
    failures: list[tuple[ParseError, Node | None]] = []
    for events in sources:
        composer = Composer(text, originals, shift)
        try:
            composer.feed(events(shown))
        except ParseError as error:
            cause = next((flaw for flaw in composer.flaws if flaw.kind is FlawKind.SYNTAX), None)
            if cause is not None:  # the parser stumbled later over what follows from it
                return cause
            failures.append((error, composer.last))
        else:
            return composer
    return explain_syntax_error(text, *failures[0], shift)


def _too_large(size: int) -> Flaw:
    return Flaw(
        FlawKind.OVERSIZED,
        0,
        0,
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        help="a record holds short texts; keep documents elsewhere and link them as sources",
    )
