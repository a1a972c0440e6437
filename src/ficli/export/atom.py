"""A feed of new and corrected records, for people who want to be notified: Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest
from html import escape
from typing import TYPE_CHECKING

from ficli.export.fields import fit
from ficli.incident.fields import TERMS
from ficli.wording import HIDDEN

if TYPE_CHECKING:
    import re

    from ficli.export.dataset import Dataset, ExportedRecord

MOST = 100
"""How many records a feed has at most, unless a first day is given."""
_BETWEEN = "\n\n"


def render(dataset: Dataset) -> Iterator[str]:
    """Write the feed, the latest change first."""
    config = dataset.config
    entries = (entry for entry in dataset.records if entry["url"])
    most = len(dataset.records) if dataset.selection.since else MOST
    newest = nlargest(most, entries, key=_age)
    day = newest[0]["updated_date"] if newest else dataset.updated or "1970-01-01"
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
    yield _element("id", f"{config.base_url}/")
    yield _element("title", config.name)
    yield _element("subtitle", "New and corrected records")
    yield _element("updated", _moment(day))
    yield _element("rights", f"The data fields are under {config.licence}.")
    yield f"  <author>\n  {_element('name', config.steward)}  </author>\n"
    yield f'  <link rel="alternate" href={_attribute(config.base_url)}/>\n'
    yield f'  <link rel="self" type="application/atom+xml" href={_attribute(f"{config.base_url}/feed.atom")}/>\n'
    yield _element("generator", "ficli")
    for entry in newest:
        yield from _entry(entry)
    yield "</feed>\n"


def _age(entry: ExportedRecord) -> tuple[str, str]:
    return entry["updated_date"], entry["id"]


def _entry(entry: ExportedRecord) -> Iterator[str]:
    corrections = [f"Corrected on {item['date']}: {item['note']}" for item in reversed(entry["corrections"])]
    yield "  <entry>\n"
    yield f"  {_element('id', entry['url'])}"
    yield f"  {_element('title', entry['title'])}"
    yield f"  {_element('published', _moment(entry['indexed_date']))}"
    yield f"  {_element('updated', _moment(entry['updated_date']))}"
    yield f'    <link rel="alternate" type="text/html" href={_attribute(entry["url"])}/>\n'
    for term in filter(None, (*(entry[name] for name in TERMS), *entry["tags"])):
        yield f"    <category term={_attribute(term)}/>\n"
    yield f"  {_element('summary', _BETWEEN.join([*corrections, entry['summary']]))}"
    yield "  </entry>\n"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _element(name: str, text: str) -> str:
    return f"  <{name}>{_visible(escape(fit(text), quote=False))}</{name}>\n"


def _attribute(text: str) -> str:
    return f'"{_visible(escape(fit(text)))}"'


def _visible(text: str) -> str:
    """Write invisible characters, and those that could act on a terminal, as numeric character references."""
    return text if text.isascii() else HIDDEN.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    return match.group() if match.group() == "\n" else f"&#x{ord(match.group()):X};"
