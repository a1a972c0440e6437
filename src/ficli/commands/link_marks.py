"""A source with what is known of its page: where it stands in its file, and what its `status` should be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.diagnostics import InsertKey, SetValue
from ficli.document.edit import apply
from ficli.incident.fields import LAYOUT
from ficli.registry.writing import write_changes
from ficli.sources.links.verdicts import BROKEN, THERE, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ficli.diagnostics import Edit, Span
    from ficli.document.parsed import Document
    from ficli.registry.records import Records
    from ficli.sources.links.course import Seen

NOT_TO_BE_VISITED: Final = frozenset({"unfit", "usurped", "deviated"})
"""What a person has found an address to be, so that its page says nothing any more of the source."""


class Cited(NamedTuple):
    """A source that is cited.

    Attributes:
        path: of the record.
        position: of the source in it, from 0.
        url: its address; empty where it has none.
        title: what the record calls it.
        status: what the record says of the page; empty where it says nothing.
        has_copy: whether the record names an archived copy.
        day: on which it was published, or else read; empty where the record does not say.

    """

    path: str
    position: int
    url: str
    title: str
    status: str
    has_copy: bool
    day: str


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A source, and what is known of its page.

    Attributes:
        cited: the source.
        verdict: what the address came to.
        detail: what was seen, in words.
        seen: what is known of the address; None where it was never asked.
        place: where the address stands in the file; None where there is nothing to say of it.
        marked: the status that has just been written into the record; empty where none was.

    """

    cited: Cited
    verdict: Verdict
    detail: str
    seen: Seen | None = None
    place: Span | None = None
    marked: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the record said already that the page is gone."""
        return self.cited.status in ("dead", *NOT_TO_BE_VISITED)

    @property
    def new_status(self) -> str:
        """What the record should say of the page; empty where what it says is right."""
        if self.verdict in BROKEN and not self.is_told:
            return "usurped" if self.verdict is Verdict.PARKED else "dead"
        return "live" if self.verdict in THERE and self.cited.status == "dead" else ""


class Marked(NamedTuple):
    """Links with their places, and the changed records by path."""

    links: Sequence[CheckedLink]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


def placed(records: Records, links: Sequence[CheckedLink], *, mark: bool = False, write: bool = True) -> Marked:
    """Find the lines of the links that are worth a word, and bring `status` up to date where that is asked for.

    Args:
        records: the files, as they were when the links were taken from them.
        links: of any records.
        mark: whether `status` is brought up to date.
        write: whether that is written.

    Raises:
        FicliError: a record cannot be read, changed or written; none is half-written.

    """
    by_path: dict[str, list[int]] = {}
    for number, link in enumerate(links):
        if link.verdict is not Verdict.OK or link.new_status:
            by_path.setdefault(link.cited.path, []).append(number)
    found, before, after = list(links), dict[str, bytes](), dict[str, bytes]()
    for path, numbers in by_path.items():
        document = records.get(path).document
        edits = [edit for number in numbers for edit in _edits(document, links[number])] if mark else []
        if edits:
            before[path], after[path] = document.raw, apply(document, edits, LAYOUT).encode()
        for number in numbers:
            place = document.value_span(("sources", links[number].cited.position, "url"))
            found[number] = replace(
                links[number], place=place, marked=links[number].new_status if mark and write else ""
            )
    if after and write:
        write_changes(records.root, before, after)
    return Marked(found, before, after)


def _edits(document: Document, link: CheckedLink) -> Iterator[Edit]:
    source = ("sources", link.cited.position)
    if not link.new_status:
        return
    if document.node((*source, "status")) is not None:
        yield SetValue((*source, "status"), link.new_status)
    else:
        yield InsertKey(source, "status", link.new_status)
