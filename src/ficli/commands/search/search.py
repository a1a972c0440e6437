"""Full-text search over the records of a registry: the index, the query, and the hits, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.list.rows import Filter, RecordRow, as_row, facts_key, row_of, row_order
from ficli.errors import UsageError
from ficli.incident.counts import STATUSES
from ficli.incident.fields import RECORD
from ficli.incident.record import Record, texts_in
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.records import map_records
from ficli.registry.scan import RecordFile, scan
from ficli.registry.text_index import FIELDS, Indexed, Read, TextIndex, open_index
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


_SEARCHED = [[field.name for field in RECORD if field.search == column] for column in FIELDS]
"""The fields of a record whose texts are in each column of the index."""


@contextmanager
def registry_index(
    environment: Environment, opened: OpenRegistry, advance: Callable[[int, int], None] | None = None
) -> Iterator[TextIndex]:
    """Open the index of a registry, updated; the facts of each record are its `RecordRow`.

    Raises:
        FicliError: a folder cannot be listed, or there is no FTS5.

    """

    def read(files: Sequence[RecordFile]) -> Read:
        return Read(*map_records(opened.root, files, _indexed, opened, workers=environment.workers, advance=advance))

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


_PIECE = re.compile(r'(?P<minus>-?)(?:(?P<field>[A-Za-z_-]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MANY = ("severity", "failure_mode", "ai_surface", "industry", "confidence", "tag", "organization", "status")
_ONE = ("since", "until")
_SHORT = {"mode": "failure_mode", "surface": "ai_surface", "org": "organization", "tags": "tag"}
_LETTER = re.compile(r"\w")


class SearchQuery(NamedTuple):
    """A search that can be run.

    Attributes:
        match: the words in the query language of FTS5; empty if only filters were typed.
        wanted: the filters.

    """

    match: str
    wanted: Filter


def parse_query(text: str) -> SearchQuery:
    """Parse a typed query.

    A record must have all words, phrases in double quotes as they are, and none with `-` before it; a word that ends
    with `*` is a prefix. `field:value` filters, and accepts several values separated by commas.

    Raises:
        UsageError: nothing to search for, or a field that is not a filter.

    """
    words: list[str] = []
    without: list[str] = []
    filters: dict[str, list[str]] = {}
    for piece in _PIECE.finditer(text):
        value = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        name = (piece["field"] or "").lower().replace("-", "_")
        name = _SHORT.get(name, name)
        if name in _MANY or name in _ONE:
            filters.setdefault(name, []).extend(part for part in value.split(",") if part)
        elif piece["field"] and (near := nearest(name, [*_MANY, *_ONE])):
            message = f"there is no filter {quoted(piece['field'])}"
            raise UsageError(message, hint=f'did you mean `{near[0]}:`? in quotes it is a text: `"{piece["field"]}:…"`')
        else:
            whole = f"{piece['field']}:{value}" if piece["field"] else value
            if _LETTER.search(whole):
                (without if piece["minus"] else words).append(_term(whole, exact=piece["phrase"] is not None))
    if not words and (without or not filters):
        message = f"there is nothing to look for in {quoted(text)}"
        raise UsageError(message, hint="give a word, a phrase in quotes, or a filter such as `severity:high`")
    match = " AND ".join(words) + "".join(f" NOT {word}" for word in without)
    return SearchQuery(match, _filter(filters))


def _term(text: str, *, exact: bool) -> str:
    """Write a word or phrase so that FTS5 reads all of it as text."""
    prefix = "*" if text.endswith("*") and not exact else ""
    return '"' + text.rstrip("*").replace('"', '""') + '"' + prefix


def _filter(filters: dict[str, list[str]]) -> Filter:
    for name in _ONE:
        if len(filters.get(name, ())) > 1:
            message = f"`{name}:` is given more than once: {listed(filters[name])}"
            raise UsageError(message, hint="give one")
    values = {name: [_spelled(name, value) for value in filters.get(name, ())] for name in (*_MANY, *_ONE)}
    return Filter(
        severity=values["severity"],
        failure_mode=values["failure_mode"],
        ai_surface=values["ai_surface"],
        industry=values["industry"],
        confidence=values["confidence"],
        tag=values["tag"],
        organization=values["organization"],
        status=values["status"] or STATUSES,
        since="".join(values["since"]),
        until="".join(values["until"]),
    )


def _spelled(name: str, value: str) -> str:
    """Spell a slug as the vocabulary does; names and tags stay as they are."""
    return value if name in {"organization", "tag"} else value.lower().replace("_", "-").replace(" ", "-")


class SearchHit(NamedTuple):
    """A record that was found, the best passage (empty for filters alone), and its score."""

    row: RecordRow
    passage: str
    score: float


class SearchOutcome(NamedTuple):
    """What was found.

    Attributes:
        found: the best records.
        total: how many there are, with those that are not returned.
        broken: the paths of files that cannot be read as records.
        unread: why files could not be read.

    """

    found: Sequence[SearchHit]
    total: int
    broken: Sequence[str]
    unread: Sequence[str]


def search(
    environment: Environment,
    text: str,
    *,
    most: int = 20,
    registry: Path | None = None,
    advance: Callable[[int, int], None] | None = None,
) -> SearchOutcome:
    """Search all records of a registry, drafts and tombstones included.

    Args:
        environment: the environment to work in.
        text: the typed query, see `parse_query`.
        most: how many records at most.
        registry: a folder in the registry.
        advance: called, while the index is built, with how many of how many records are read.

    Raises:
        UsageError: no registry, nothing to search for, or a filter with a value that a record cannot have.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    opened = open_registry(environment, registry)
    query = parse_query(text)
    query.wanted.check(opened.taxonomy)
    with registry_index(environment, opened, advance) as index:
        if query.match:
            hits = index.find(query.match)
            rows = [(as_row(hit.facts), hit.number, hit.score) for hit in hits]
        else:
            rows = [(row, 0, 0.0) for row in sorted(map(as_row, index.facts()), key=row_order)]
        chosen = {row.path for row in query.wanted.choose(row for row, _, _ in rows)[0]}
        wanted = [item for item in rows if item[0].path in chosen]
        shown = wanted[:most]
        passages = index.passages(query.match, [number for _, number, _ in shown]) if query.match else {}
        found = [SearchHit(row, passages.get(number, ""), score) for row, number, score in shown]
        return SearchOutcome(found, len(wanted), index.broken(), index.unread)
