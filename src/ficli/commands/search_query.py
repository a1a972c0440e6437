"""What a curator types to search: words, phrases, and filters such as `severity:high`."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficli.commands.lookup import Filter
from ficli.errors import UsageError
from ficli.incident.counts import STATUSES
from ficli.wording import listed, nearest, quoted

_PIECE = re.compile(r'(?P<minus>-?)(?:(?P<field>[A-Za-z_-]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MANY = ("severity", "failure_mode", "ai_surface", "industry", "confidence", "tag", "organization", "status")
_ONE = ("since", "until")
_SHORT = {"mode": "failure_mode", "surface": "ai_surface", "org": "organization", "tags": "tag"}
_LETTER = re.compile(r"\w")


class SearchQuery(NamedTuple):
    """A search that can be run.

    Attributes:
        match: the words in the language of FTS5; empty where only filters were typed.
        wanted: the filters.

    """

    match: str
    wanted: Filter


def parse_query(text: str) -> SearchQuery:
    """Read what is typed.

    All words must be in a record, a phrase in double quotes as it is, one with `-` before it not; a word that ends
    with `*` is the beginning of one. `field:value` filters, and takes several values separated by commas.

    Raises:
        UsageError: nothing to look for, or a field that is no filter.

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
    """Write a word or phrase so that FTS5 takes all of it for text."""
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
