"""Write a rejected candidate into `rejected.yaml`, so that it is not written up a second time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem
from ficli.errors import UsageError
from ficli.open_registry import naming_files, open_registry
from ficli.registry.index_entry import index_record, page_mark
from ficli.registry.layout import REJECTED_FILE
from ficli.registry.records import map_records, read_record
from ficli.registry.rejected import Rejection, parse_rejections
from ficli.registry.scan import scan
from ficli.registry.writing import write_changes
from ficli.urls.identity import stored_url
from ficli.urls.parse import why_invalid
from ficli.urls.private import why_private
from ficli.wording import quoted
from ficli.yaml.control_characters import find
from ficli.yaml.edit import apply
from ficli.yaml.emit import emit_item as list_item
from ficli.yaml.order import UNORDERED
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

_HEADER = (
    "# Candidates that were turned down, each with the reason, so that nobody curates them twice.\n"
    "# `ficli reject URL --reason …` adds one.\n\n"
)


@dataclass(frozen=True, slots=True)
class RejectOutcome:
    """The rejected candidate.

    Attributes:
        root: the registry's folder.
        rejection: the candidate, as it is kept.
        used_by: the IDs or paths of the records that have this page as a source.

    """

    root: Path
    rejection: Rejection
    used_by: tuple[str, ...]


def reject(
    environment: Environment,
    url: str,
    reason: str,
    *,
    title: str = "",
    registry: Path | None = None,
    write: bool = True,
) -> RejectOutcome:
    """Reject a candidate.

    Args:
        environment: the environment to work in.
        url: the address of its source.
        reason: why, for the next person who finds it.
        title: its title, or empty.
        registry: a folder in the registry.
        write: whether to write.

    Raises:
        UsageError: no registry, no address, no reason, or it is rejected already.
        ConfigurationError: `rejected.yaml` is not a list of rejected candidates.
        FicliError: it cannot be read or written, or was changed meanwhile.

    """
    opened = open_registry(environment, registry)
    address = stored_url(url.strip())
    if why := why_invalid(address):
        message = f"{quoted(url)} is no web address: {why}"
        raise UsageError(message, hint="give the address of the article or document")
    if why := why_private(address):
        message = f"{quoted(url)} must not stand in a public file: {why}"
        raise UsageError(message, hint="give the public address")
    rejection = Rejection(
        address,
        _checked("--reason", reason),
        environment.today().isoformat(),
        _checked("--title", title) if title else "",
    )
    before = read_record(opened.root, REJECTED_FILE) if (opened.root / REJECTED_FILE).exists() else None
    with naming_files(opened.prefix):
        known = parse_rejections(before or b"").by_page.get(page_mark(address))
    if known is not None:
        message = f"{quoted(address)} was turned down on {known.date}: {quoted(known.reason)}"
        raise UsageError(message, hint=f"`{REJECTED_FILE}` has it; change the reason there if another one holds")
    if write:
        after = _with(before or b"", rejection).encode()
        write_changes(opened.root, {REJECTED_FILE: before}, {REJECTED_FILE: after})
    return RejectOutcome(opened.root, rejection, _used_by(environment, opened.root, page_mark(address)))


def _checked(flag: str, text: str) -> str:
    """Return a text on one line; raise an error if it is empty or has an invisible character."""
    text = " ".join(text.split())
    if not text:
        message = f"`{flag}` is empty"
        raise UsageError(message, hint="say why in a sentence, for whoever comes across it again")
    place = next(find(text), None)
    if place is not None:
        message = f"`{flag}` has a hidden character: {quoted(text[place])}"
        raise UsageError(message, hint="take it out")
    return text


def _with(before: bytes, rejection: Rejection) -> str:
    """Return the file's text with a candidate added at its end; all else is unchanged."""
    value = {name: text for name, text in rejection._asdict().items() if text}
    document = parse(before)
    if not before.strip():
        return _HEADER + list_item(value, 0)
    if document.data is None:  # nothing but comments
        return document.text.rstrip("\n") + "\n" + list_item(value, 0)
    return apply(document, [AppendItem((), value)], UNORDERED)


def _used_by(environment: Environment, root: Path, page: str) -> tuple[str, ...]:
    found = map_records(root, scan(root).files, index_record, workers=environment.workers)
    return tuple(entry.id or entry.path for entry in found.taken if page in entry.sources)
