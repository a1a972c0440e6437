"""`reservations.yaml`: reserved numbers, each block with who asked for it and why.

A block stays in the file after its numbers are used, so that the file keeps every promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.dates import PartialDate
from ficli.diagnostics import AppendItem
from ficli.errors import ConfigurationError, FicliError, why_failed
from ficli.incident.ids import format_id, id_number
from ficli.registry.layout import RESERVATIONS_FILE
from ficli.wording import as_text, quoted
from ficli.yaml import emit
from ficli.yaml.edit import apply
from ficli.yaml.order import UNORDERED
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ficli.config import Config
    from ficli.yaml.document import YamlDocument

MOST_AT_ONCE = 1000
"""Most numbers in one block; more than anybody needs, and few enough that a typing error does no harm."""

_KEYS = ("first", "last", "who", "why", "date")
_HEAD = """\
# Numbers put aside. `ficli assign --reserve` adds a block and `ficli assign --id` uses a number of one;
# a block stays here when it has been used.
"""


class Reservation(NamedTuple):
    """A block of numbers, `first` to `last`, and who asked for it, why and on which day (`YYYY-MM-DD`)."""

    first: int
    last: int
    who: str
    why: str
    date: str

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.first <= number <= self.last


def read_reservations(config: Config) -> tuple[bytes, list[Reservation]]:
    """Read the file of a registry: its bytes and its blocks; empty if there is none.

    Raises:
        ConfigurationError: the file is wrong.
        FicliError: the file cannot be read.

    """
    try:
        raw = _file(config).read_bytes()
    except FileNotFoundError:
        return b"", []
    except OSError as error:
        message = f"`{RESERVATIONS_FILE}` could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    return raw, parse_reservations(raw, config)


def _file(config: Config) -> Path:
    return config.root / RESERVATIONS_FILE


def parse_reservations(raw: bytes, config: Config) -> list[Reservation]:
    """Parse the bytes of a `reservations.yaml` into blocks.

    Raises:
        ConfigurationError: it is not such a file, or a block is not complete.

    """
    document = parse(raw)
    if document.flaws:
        flaw = document.flaws[0]
        span = document.span(flaw.start, flaw.end)
        raise ConfigurationError(
            flaw.message, path=RESERVATIONS_FILE, line=span.line, column=span.column, hint=flaw.help
        )
    data = document.data
    if data is None:
        return []
    listed = data.get("reservations") if isinstance(data, dict) else None
    if not isinstance(listed, list) or (isinstance(data, dict) and len(data) > 1):
        raise ConfigurationError(
            "this file must hold `reservations:` with a list of blocks, and nothing else", path=RESERVATIONS_FILE
        )
    return [_block(document, number, item, config) for number, item in enumerate(listed)]


def _block(document: YamlDocument, number: int, item: Any, config: Config) -> Reservation:  # noqa: ANN401 - any YAML
    span = document.value_span(("reservations", number))
    line = span.line if span else 0
    facts = item if isinstance(item, dict) else {}
    texts = [as_text(facts.get(key)) for key in _KEYS]
    first, last = (id_number(text, config) for text in texts[:2])
    day = PartialDate.parse(texts[4])
    if set(facts) != set(_KEYS) or first is None or last is None or not all(texts[2:4]) or day is None:
        message = "a block has `first` and `last` (IDs), `who`, `why` and `date`, and nothing else"
        raise ConfigurationError(message, path=RESERVATIONS_FILE, line=line)
    if not 1 <= first <= last:
        message = f"{quoted(texts[1])} does not come after {quoted(texts[0])}"
        raise ConfigurationError(message, path=RESERVATIONS_FILE, line=line)
    return Reservation(first, last, *texts[2:])


def with_block(raw: bytes, block: Reservation, config: Config) -> bytes:
    """Return the bytes of the file with one block added; the present text stays."""
    value = {
        "first": format_id(block.first, config),
        "last": format_id(block.last, config),
        "who": block.who,
        "why": block.why,
        "date": block.date,
    }
    document = parse(raw)
    if document.data is None:
        return raw + (_HEAD if not raw else "").encode() + emit.emit_entry("reservations", [value], 0).encode()
    return apply(document, [AppendItem(("reservations",), value)], UNORDERED).encode()


def blocks_in(contents: Sequence[bytes], config: Config) -> list[Reservation]:
    """Read the blocks of older versions of the file; a version that is invalid has none."""
    found = []
    for raw in contents:
        try:
            found += parse_reservations(raw, config)
        except ConfigurationError:
            continue
    return found


def block_for(number: int, blocks: Sequence[Reservation]) -> Reservation | None:
    """Find the block that a number is in."""
    return next((block for block in blocks if number in block), None)


def new_block(first: int, count: int, *, who: str, why: str, day: date) -> Reservation:
    """Return the block of `count` numbers from `first` on."""
    return Reservation(first, first + count - 1, who, why, day.isoformat())
