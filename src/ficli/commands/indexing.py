"""The search index of a registry: what of a record is searched, and the facts that are listed with it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ficli.commands.lookup import facts_key, row_of
from ficli.incident.fields import RECORD
from ficli.incident.record import texts_in
from ficli.registry.records import survey
from ficli.registry.scan import scan
from ficli.registry.text_index import FIELDS, Indexed, Read, TextIndex, open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ficli.commands.opening import OpenRegistry
    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.registry.scan import RecordFile

_SEARCHED = [[field.name for field in RECORD if field.search == column] for column in FIELDS]
"""The fields of a record whose texts stand in each column of the index."""


@contextmanager
def registry_index(
    environment: Environment, opened: OpenRegistry, advance: Callable[[int, int], None] | None = None
) -> Iterator[TextIndex]:
    """Open the index of a registry, brought up to date; the facts of each record are its `Row`.

    Raises:
        FicliError: a folder cannot be listed, or there is no FTS5.

    """

    def read(files: Sequence[RecordFile]) -> Read:
        return Read(*survey(opened.root, files, _indexed, opened, workers=environment.workers, advance=advance))

    with open_index(opened.root, facts_key(opened), scan(opened.root).files, read) as index:
        yield index


def _indexed(path: str, record: Record, opened: OpenRegistry) -> Indexed:

    texts = tuple(_joined(*map(record.data.get, names)) for names in _SEARCHED)
    return Indexed(path, row_of(path, record, opened), texts)


def _joined(*values: object) -> str:
    """Join every text of some fields, in the order of the record."""
    return "\n".join(text for value in values for _, text in sorted(texts_in(value), key=_place))


def _place(found: tuple[tuple[str | int, ...], str]) -> tuple[str, ...]:
    return tuple(f"{step:04}" if isinstance(step, int) else step for step in found[0])
