"""A citation: an entry, the index or a source, with every fact that a style needs; and licences by SPDX name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from ficli.dates import PartialDate
from ficli.incident.derived import page_url
from ficli.wording import HIDDEN, as_text

if TYPE_CHECKING:
    from datetime import date

    from ficli.config import Config
    from ficli.incident.record import Record

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[05])")
_OTHER = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}

ENGLISH = "en"
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")
_MARKS = ' ,;:—–-"“”'
_ARTICLES = frozenset({"a", "an", "the"})


class CitationKind(StrEnum):
    """The kind of thing that is cited."""

    ENTRY = "entry"
    INDEX = "index"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Citation:
    """All facts that a style or a format needs of the thing it cites.

    Attributes:
        kind: an entry, the whole index or a source.
        key: what the citation goes by in a bibliography: lower-case letters, digits and hyphens.
        title: on one line; the index's name for the index.
        authors: whole names, never split. An entry has one, the steward; a source may have none.
        container: what the title is a part of: the index's name, or a source's publisher; may be empty.
        publisher: who publishes it; may be one of the authors. A style prints it only if it differs from them.
        number: the ID of an entry; empty otherwise.
        url: where it can be read; no character in it can end an address in text, Markdown, HTML or BibTeX.
        issued: when it was indexed, published or, for the index, last changed; None if that is not known.
        version: the version of the index; empty otherwise.
        language: BCP 47.
        licence: SPDX name of the licence of the data; empty for a source.
        index: the index's name, whatever is cited.
        index_url: where the index is.
        steward: who keeps the index.
        accessed: the day on which it was read; None to leave that out.
        keep_case: whether the title keeps its case in styles that write titles in title case.
        mark: a remark about it, such as that it was removed; empty otherwise.
        licence_line: the line about the licence under an entry's page; empty if it is not wanted.
        place: the 1-based place among the citations given together.
        suffix: `a`, `b`, … if citations given together have the same author and year.
        short_title: enough of the title to differ from the others.

    """

    kind: CitationKind
    key: str
    title: str
    authors: tuple[str, ...]
    container: str
    publisher: str
    number: str
    url: str
    issued: PartialDate | None
    version: str
    language: str
    licence: str
    index: str
    index_url: str
    steward: str
    accessed: date | None = None
    keep_case: bool = False
    mark: str = ""
    licence_line: str = ""
    place: int = 1
    suffix: str = ""
    short_title: str = ""

    @property
    def author(self) -> str:
        """The authors as one text: "A", "A and B", "A, B, and C"; empty if there is none."""
        return self.author_list("and")

    def author_list(self, last: str) -> str:
        """Join the authors with commas, and the last with a word as well, unless that is empty."""
        *others, name = self.authors or ("",)
        if not others or not last:
            return ", ".join(self.authors)
        return f"{', '.join(others)}{',' if len(others) > 1 else ''} {last} {name}"

    @property
    def short_author(self) -> str:
        """The authors as in-text citations name them: "A", "A and B", "A et al."; without authors, the short title."""
        if len(self.authors) > 2:  # noqa: PLR2004 - two are both named
            return f"{self.authors[0]} et al."
        return self.author or self.short_title

    @property
    def other_publisher(self) -> str:
        """The publisher, unless it is the author or what the title is a part of."""
        return "" if self.publisher in (*self.authors, self.container) else self.publisher

    @property
    def year(self) -> str:
        """The year of issue, with the suffix that keeps citations distinct; empty if there is none."""
        return f"{self.issued.parts[0]:04}{self.suffix}" if self.issued else ""

    @property
    def is_english(self) -> bool:
        """Whether the title is in English."""
        return self.language.partition("-")[0].lower() == ENGLISH

    @property
    def remarks(self) -> str:
        """The remarks beside the facts: the mark and the licence; empty if there are none."""
        return sentences(self.mark, self.licence_line)

    @property
    def note(self) -> str:
        """The note of a data format: the ID, the day of indexing and the remarks."""
        indexed = f"; indexed {self.issued}" if self.issued else ""
        return sentences(f"Incident {self.number}{indexed}" if self.number else "", self.mark, self.licence_line)


def cite_record(record: Record, config: Config, *, licence_line: bool = False) -> Citation:
    """Cite an entry of the index.

    Args:
        record: the record; what it lacks is empty in the citation.
        config: the registry's settings.
        licence_line: whether to name the licence.

    """
    title, record_id = one_line(record.title), one_line(record.id)
    return Citation(
        kind=CitationKind.ENTRY,
        key=_key(record),
        title=title,
        authors=(config.steward,),
        container=config.name,
        publisher=config.steward,
        number=record_id,
        url=address(page_url(record, config)),
        issued=PartialDate.parse(record.text("indexed_date")),
        version="",
        language=ENGLISH,
        licence=config.licence,
        index=config.name,
        index_url=address(config.base_url),
        steward=config.steward,
        mark=_mark(record),
        licence_line=_licence_line(record_id, config) if licence_line else "",
        short_title=first_words(title, 1),
    )


def cite_index(config: Config, changed: str) -> Citation:
    """Cite the index as a whole.

    Args:
        config: the registry's settings.
        changed: the day of its last change, which is its version; empty for an index without records.

    """
    name = one_line(config.name)
    return Citation(
        kind=CitationKind.INDEX,
        key=key_of(name),
        title=name,
        authors=(config.steward,),
        container="",
        publisher=config.steward,
        number="",
        url=address(config.base_url),
        issued=PartialDate.parse(changed),
        version=changed.replace("-", "."),
        language=ENGLISH,
        licence=config.licence,
        index=name,
        index_url=address(config.base_url),
        steward=config.steward,
        short_title=name,
    )


def cite_source(record: Record, position: int, config: Config) -> Citation:
    """Cite one source of a record.

    Args:
        record: the record.
        position: the 0-based place of the source in it.
        config: the registry's settings.

    """
    source: Mapping[str, Any] = dict(record.sources).get(position, {})
    title, publisher = (one_line(as_text(source.get(field))) for field in ("title", "publisher"))
    url = address(as_text(source.get("url")))
    listed = source.get("authors")
    names = tuple(filter(None, map(one_line, map(as_text, listed)))) if isinstance(listed, list) else ()
    return Citation(
        kind=CitationKind.SOURCE,
        key=f"{_key(record)}-source-{position + 1}",
        title=title,
        authors=names or tuple(filter(None, (publisher or _host(url),))),
        container=publisher if names else "",
        publisher=publisher,
        number="",
        url=url,
        issued=PartialDate.parse(as_text(source.get("published"))),
        version="",
        language=one_line(as_text(source.get("language"))) or ENGLISH,
        licence="",
        index=config.name,
        index_url=address(config.base_url),
        steward=config.steward,
        short_title=first_words(title, 1),
    )


def licence_url(name: str) -> str:
    """Return the address of a licence for data; empty if it is not known."""
    match = _CREATIVE_COMMONS.fullmatch(name)
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _OTHER.get(name, "")


def one_line(text: str) -> str:
    """Write text on one line: each run of blanks as one, without invisible characters (controls, bidi overrides)."""
    return " ".join(HIDDEN.sub("", " ".join(text.split())).split())


def sentences(*texts: str) -> str:
    """Join texts with a period between them; empty ones are left out."""
    return ". ".join(text.rstrip(".") for text in texts if text)


def address(url: str) -> str:
    """Percent-encode the characters that are not allowed in an address or could end it early."""
    return _UNSAFE.sub(lambda match: quote(match.group(), safe=""), one_line(url))


def first_words(title: str, number: int) -> str:
    """Return the first words of a title, without a leading article and without trailing punctuation."""
    words = title.split()
    if len(words) > 1 and words[0].lower() in _ARTICLES:
        del words[0]
    return " ".join(words[:number]).strip(_MARKS) or title


def key_of(name: str) -> str:
    """Write a name as a key: `AI Failure Index` is `ai-failure-index`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "index"


def _key(record: Record) -> str:
    return key_of(record.id or record.slug)


def _mark(record: Record) -> str:
    if record.status != "removed":
        return ""
    day, reason = one_line(record.text("retired_date")), one_line(record.text("reason")).rstrip(".")
    return "Removed from the index" + (f" on {day}" if day else "") + (f": {reason}" if reason else "")


def _licence_line(record_id: str, config: Config) -> str:
    """Write the line as the page does, with the licence's common name: `CC-BY 4.0`."""
    licence = re.sub(r"-(?=[0-9])", " ", config.licence)
    return f"Data fields {licence}, prose citation permitted. Incident ID {record_id}. Full dataset at /data."


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
