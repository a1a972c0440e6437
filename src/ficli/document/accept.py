"""The fast way to read a record: plain data, or a refusal that says nothing but that the exact way must judge."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, cast

from ficli.document.limits import MAX_BYTES
from ficli.document.profile import is_plain_record, passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from ficli.document.parsed import Document


class Refusal(Enum):
    """The type of `REFUSED`, so that a type checker can tell it from data."""

    REFUSED = "refused"


REFUSED: Final = Refusal.REFUSED
"""The file is not surely fine. It may be: `parse.parse` knows."""

Accepted: TypeAlias = dict[str, Any] | Literal[Refusal.REFUSED]


class _Loads(Protocol):
    """The one function of yaml_rs that is used."""

    def __call__(self, text: str, /, *, parse_datetime: bool) -> object:
        """Read a text; raises YAMLDecodeError."""


@cache
def _accelerator() -> _Loads | None:
    try:
        import yaml_rs
    except ImportError:
        return None
    return cast("_Loads", yaml_rs.loads)


def accept(raw: bytes, document: Callable[[], Document] | None = None) -> Accepted:
    """Return the data of a file that is surely a mapping of plain data without a flaw, else `REFUSED`.

    What is accepted is what `parse.parse` would give: same data, same types, no flaws. Without yaml_rs
    installed it is `parse.parse` that answers, some ten times slower.

    Args:
        raw: the bytes of the file.
        document: gives what `parse.parse` makes of them, so that a caller who needs it too has it parsed once.

    """
    if len(raw) > MAX_BYTES:
        return REFUSED
    loads = _accelerator()
    if loads is None:
        return _accept_exactly(document() if document is not None else _parsed(raw))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return REFUSED
    if not passes(raw, text):
        return REFUSED
    try:
        # Without the flag a date would become a date object, and 2024-13-45 an error.
        data = loads(text, parse_datetime=False)
    except BaseException as error:
        # Whatever it says, the exact parser has the last word. A panic in Rust is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return REFUSED
        raise
    return cast("dict[str, Any]", data) if is_plain_record(data) else REFUSED


def _parsed(raw: bytes) -> Document:
    from ficli.document.parse import parse

    return parse(raw)


def _accept_exactly(document: Document) -> Accepted:
    if document.flaws or not is_plain_record(document.data):
        return REFUSED
    return cast("dict[str, Any]", document.data)
