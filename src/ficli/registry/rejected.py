"""`rejected.yaml`: rejected candidates, so that nobody writes them up a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from ficli.dates import PartialDate
from ficli.errors import ConfigurationError
from ficli.registry.index_entry import page_mark
from ficli.registry.layout import REJECTED_FILE
from ficli.registry.records import read_record
from ficli.wording import listed, quoted
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import FieldPath
    from ficli.yaml.document import YamlDocument

_REQUIRED = ("url", "reason", "date")
_KEYS = (*_REQUIRED, "title")


class Rejection(NamedTuple):
    """A rejected candidate: the address of its source, the reason, the day, and its title."""

    url: str
    reason: str
    date: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rejections:
    """The candidates that a registry has rejected.

    Attributes:
        items: all of them, in the order of the file.
        by_page: the same by the fingerprint of the page, see `page_mark`; of two with one page, the later.

    """

    items: Sequence[Rejection] = ()
    by_page: Mapping[str, Rejection] = field(default_factory=dict)


def load_rejections(root: Path) -> Rejections:
    """Read a registry's `rejected.yaml`; empty if there is none.

    Raises:
        ConfigurationError: it is not a list of rejected candidates.
        FicliError: the file cannot be read.

    """
    if not (root / REJECTED_FILE).exists():
        return Rejections()
    return parse_rejections(read_record(root, REJECTED_FILE))


def parse_rejections(raw: bytes) -> Rejections:
    """Parse the bytes of a `rejected.yaml`.

    Raises:
        ConfigurationError: it is not YAML, or not a list of `url`, `reason` and `date`.

    """
    document = parse(raw)
    for flaw in document.flaws:
        span = document.span(flaw.start, flaw.end)
        raise ConfigurationError(flaw.message, path=REJECTED_FILE, line=span.line, column=span.column, hint=flaw.help)
    if document.data is None:
        return Rejections()
    if not isinstance(document.data, list):
        _fail(document, (), "this must be a list", "start each candidate with `- url: `")
    items = tuple(_rejection(document, number, item) for number, item in enumerate(document.data))
    return Rejections(items, {page_mark(item.url): item for item in items})


def _rejection(document: YamlDocument, number: int, item: object) -> Rejection:
    if not isinstance(item, dict):
        _fail(document, (number,), "a candidate is a mapping", f"it has {listed(_REQUIRED)}, and maybe `title`")
    for key, value in item.items():
        if key not in _KEYS:
            _fail(document, (number, key), f"unknown field {quoted(key)}", f"known here: {listed(_KEYS)}")
        if not isinstance(value, str) or not value.strip():
            _fail(document, (number, key), f"`{key}` must be a text", "put quotes around it")
    for key in _REQUIRED:
        if key not in item:
            _fail(document, (number,), f"`{key}` is missing", "")
    if PartialDate.parse(item["date"]) is None:
        _fail(document, (number, "date"), f"{quoted(item['date'])} is no date", "write it as `2026-01-31`")
    return Rejection(**item)


def _fail(document: YamlDocument, path: FieldPath, message: str, hint: str) -> NoReturn:
    span = document.value_span(path)
    line, column = (span.line, span.column) if span else (1, 1)
    raise ConfigurationError(message, path=REJECTED_FILE, line=line, column=column, hint=hint)
