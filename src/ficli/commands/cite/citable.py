"""Turn a selection of records into citations: which can be cited, what replaces merged ones, and remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.citations.citation import Citation, cite_index, cite_record, cite_source, one_line
from ficli.dates import PartialDate
from ficli.errors import FicliError, UsageError
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ficli.citations.citation import Citation
    from ficli.commands.cite.record_source import RecordSource
    from ficli.incident.record import Record


@dataclass(frozen=True, slots=True)
class CiteSelection:
    """What is to be cited.

    Attributes:
        names: records, each by its ID, slug, path or page.
        every: every published record instead.
        index: the index as a whole instead.
        sources: the sources of the records instead of the records.
        with_licence: whether to name the licence.
        force: whether a removed record is cited too.

    """

    names: tuple[str, ...] = ()
    every: bool = False
    index: bool = False
    sources: bool = False
    with_licence: bool = False
    force: bool = False

    def check(self) -> None:
        """Check that these options go together.

        Raises:
            UsageError: they do not.

        """
        if self.every + self.index + bool(self.names) != 1:
            message = "name the records to cite, or give one of `--all` and `--index`"
            raise UsageError(message, hint="`ficli cite FI-0232`; `ficli list` lists the records")
        if self.index and self.sources:
            raise UsageError("`--index` has no sources to cite", hint="leave out `--sources`, or name records")
        if self.with_licence and (self.index or self.sources):
            other = "--index" if self.index else "--sources"
            message = f"`--with-licence` says under which licence a record is, and `{other}` cites none"
            raise UsageError(message, hint="leave one of them out")


class Citing:
    """Turns a selection into citations.

    Args:
        record_source: where the records are read from.
        wanted: what is to be cited; checked.
        note: called with remarks about a record.

    Attributes:
        left_out: why records were not cited, if all are wanted.

    """

    def __init__(self, record_source: RecordSource, wanted: CiteSelection, note: Callable[[str], None]) -> None:
        self._record_source = record_source
        self._wanted = wanted
        self._note = note
        self.left_out: list[str] = []

    def citations(self) -> Iterator[Citation]:
        """Yield the citations in the order asked for; all of them in the order of their IDs.

        Raises:
            UsageError: no record matches, or more than one.
            FicliError: a record cannot be read or cannot be cited.

        """
        if self._wanted.index:
            yield cite_index(self._record_source.config, self._record_source.changed())
            return
        for record in self._records():
            if self._wanted.sources:
                yield from self._sources(record)
            else:
                yield cite_record(record, self._record_source.config, licence_line=self._wanted.with_licence)

    def _records(self) -> Iterator[Record]:
        if self._wanted.every:
            yield from self._every()
            return
        seen: set[str] = set()
        for name in self._wanted.names:
            record = self._citable(self._record_source.find(name))
            if record.id in seen:
                self._note(f"{quoted(record.id)} is cited once, though it is meant twice")
                continue
            seen.add(record.id)
            if why := record.status == "published" and self._record_source.why_low(record):
                self._note(f"{quoted(record.id)} has low confidence: {why}")
            self._note_undated(record)
            yield record

    def _every(self) -> Iterator[Record]:
        low = number = 0
        for record in self._record_source.published():
            if missing := _missing(record):
                self.left_out.append(f"{quoted(record.id or record.slug)} is left out, since it has no `{missing}`")
                continue
            low += bool(self._record_source.why_low(record))
            number += 1
            self._note_undated(record)
            yield record
        if not number:
            raise UsageError("there is no published record to cite", hint="`ficli list --all` lists every record")
        if low:
            self._note(f"{counted(low, 'record has', 'records have')} low confidence: `ficli list --confidence low`")

    def _citable(self, record: Record) -> Record:
        """Follow a merged record to the one that it was merged into, and check that this one can be cited.

        Raises:
            FicliError: it is a draft or was removed, or has no fields to cite it by.

        """
        passed = [record.id]
        while record.status == "merged":
            target = record.text("merged_into")
            if not target or target in passed:
                message = f"{quoted(record.id)} was merged, but not into a record that can be cited"
                raise FicliError(message, hint="`ficli validate` shows what is in the way")
            self._note(f"{quoted(record.id)} was merged into {quoted(target)}, which is cited in its place")
            record = self._record_source.find(target)
            passed.append(target)
        name = quoted(record.id or record.slug)
        match record.status:
            case "published":
                pass
            case "removed" if self._wanted.force and not self._wanted.sources:
                self._note(f"{name} was removed; its citation is marked so")
            case "removed":
                raise _removed(record, name)
            case "draft":
                message = f"{name} is a draft: it has no ID and no page that a reader could find"
                raise FicliError(message, hint="it can be cited when `ficli assign` has published it")
            case other:
                raise FicliError(f"{name} has no status by which it could be cited: {quoted(other)}")
        if missing := _missing(record):
            message = f"{name} has no `{missing}`, so it cannot be cited"
            raise FicliError(message, hint="`ficli validate` shows what is wrong with it")
        return record

    def _note_undated(self, record: Record) -> None:
        if record.status == "published" and not PartialDate.parse(record.text("indexed_date")):
            self._note(f"{quoted(record.id)} has no `indexed_date`, so its citation has no date")

    def _sources(self, record: Record) -> Iterator[Citation]:
        cited = 0
        for position, source in record.sources:
            citation = cite_source(record, position, self._record_source.config)
            if citation.title and citation.url:
                cited += 1
                yield citation
            else:
                missing = "url" if source.get("title") else "title"
                self._note(f"source {position + 1} of {quoted(record.id)} has no `{missing}`, so it is left out")
        if not cited and not self._wanted.every:
            raise FicliError(f"{quoted(record.id)} has no source that can be cited")


def _missing(record: Record) -> str:
    """Return the field without which a record cannot be cited; empty if none is missing."""
    return next((field for field in ("id", "title", "slug") if not one_line(record.text(field))), "")


def _removed(record: Record, name: str) -> FicliError:
    day, reason = record.text("retired_date"), one_line(record.text("reason"))
    message = f"{name} was removed{f' on {one_line(day)}' if day else ''}{f': {reason}' if reason else ''}"
    hint = "`--force` cites it all the same, marked as removed"
    return FicliError(message.rstrip("."), hint=hint)
