"""The two YAML parsers as one stream of events: libyaml first, for speed; ruamel.yaml decides on what it rejects.

Both yield the events of PyYAML, with marks that count characters. A parser's error becomes `ParseError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

import yaml

ParserEvent: TypeAlias = Any
"""An event of PyYAML. The published types make each of its marks optional, but none is."""

Untyped: TypeAlias = Any
"""An event or error of ruamel.yaml, or an error of either library: alike, but without a common type."""

HAS_LIBYAML: Final[bool] = yaml.__with_libyaml__

# What the parsers refuse, and what they, being parsers of YAML 1.1, would take for a line break or a mark.
_UNPARSABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STAND_INS: Final = range(0xF0000, 0xFFFFE)


class ParseError(Exception):
    """A parser rejected a text.

    Args:
        problem: what is wrong, in the parser's words.
        offset: where, 0-based.
        context: what the parser was doing, or empty.
        context_offset: where it had begun to do so.

    """

    def __init__(self, problem: str, offset: int, context: str, context_offset: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.context = context
        self.context_offset = context_offset


def screen(text: str) -> tuple[str, dict[int, str]]:
    """Replace each character that the parsers cannot take by a letter; offsets stay, and the table undoes it."""
    unparsable = sorted(set(_UNPARSABLE.findall(text)))
    if not unparsable:
        return text, {}
    # Stand-ins are private-use characters that are not in the text, so that the replacement can be undone.
    free = (chr(point) for point in _STAND_INS if chr(point) not in text)
    stand_ins = dict(zip(unparsable, free, strict=False))
    return text.translate({ord(char): stand_in for char, stand_in in stand_ins.items()}), {
        ord(stand_in): char for char, stand_in in stand_ins.items()
    }


def libyaml_events(text: str) -> Iterator[ParserEvent]:
    """Yield the events of a text from libyaml; raises ParseError."""
    loader = yaml.CBaseLoader(text)
    next_event = loader.get_event
    try:
        while (event := next_event()) is not None:
            yield event
    except yaml.YAMLError as error:
        raise _failure(error) from error


def ruamel_events(text: str) -> Iterator[ParserEvent]:
    """Yield the events of a text from ruamel.yaml's own parser; raises ParseError. Slow: 2 s a megabyte."""
    from ruamel.yaml import YAML  # 60 ms, for broken files only
    from ruamel.yaml.error import YAMLError

    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            translated = _translate(event)
            if translated is not None:
                yield translated
    except YAMLError as error:
        raise _failure(error) from error
    except (ValueError, IndexError, AttributeError, AssertionError, TypeError) as error:
        # The parser was not written for arbitrary bytes; what makes it stumble is not YAML.
        raise ParseError(f"the parser gave up: {error}", 0, "", 0) from error


def _failure(error: Untyped) -> ParseError:
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    offset = getattr(error, "position", 0) if mark is None else mark.index
    return ParseError(
        str(getattr(error, "problem", None) or getattr(error, "reason", None) or error),
        offset,
        str(getattr(error, "context", None) or ""),
        offset if context_mark is None else context_mark.index,
    )


def _translate(event: Untyped) -> ParserEvent | None:
    marks = (event.start_mark, event.end_mark)
    match type(event).__name__:
        case "ScalarEvent":
            return ScalarEvent(event.anchor, _tag(event), event.implicit, event.value, *marks, style=event.style or "")
        case "MappingStartEvent":
            return MappingStartEvent(event.anchor, _tag(event), event.implicit, *marks, flow_style=event.flow_style)
        case "SequenceStartEvent":
            return SequenceStartEvent(event.anchor, _tag(event), event.implicit, *marks, flow_style=event.flow_style)
        case "MappingEndEvent":
            return MappingEndEvent(*marks)
        case "SequenceEndEvent":
            return SequenceEndEvent(*marks)
        case "AliasEvent":
            return AliasEvent(event.anchor, *marks)
        case "DocumentStartEvent":
            return DocumentStartEvent(*marks, explicit=event.explicit, version=event.version, tags=event.tags)
        case "DocumentEndEvent":
            return DocumentEndEvent(*marks, explicit=event.explicit)
    return None


def _tag(event: Untyped) -> str | None:
    return None if event.tag is None else str(event.tag)
