"""Cite records, their sources or the index; list the styles with an example of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.citations.catalogue import DATA_FORMATS, STYLES, data_format, style, write_in_style
from ficli.citations.citation import Citation, cite_record
from ficli.citations.markup import WRITERS
from ficli.citations.numbering import number_citations
from ficli.commands.cite.citable import CiteSelection, Citing
from ficli.config import Config
from ficli.dates import PartialDate
from ficli.errors import UsageError
from ficli.incident.record import Record
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ficli.citations.citation import Citation
    from ficli.commands.cite.record_source import RecordSource
    from ficli.environment import Environment


_FLAVOURS = {"ascii": "--ascii", "endnote": "--ris-flavour endnote"}
_HOUSE = "house"
_TEXT = "text"


@dataclass(frozen=True, slots=True)
class CiteRequest:
    """What is to be cited, and how.

    Attributes:
        wanted: what is to be cited.
        style: one of `STYLES`; empty for the house's.
        form: one of `markup.WRITERS` or of `DATA_FORMATS`.
        flavours: other ways to write a data format: `ascii`, `endnote`.
        in_text: whether to write the in-text citation instead of the reference.
        accessed: `today`, `none` or a day; empty for the style's default.
        keep_case: whether titles keep their case in every style.

    """

    wanted: CiteSelection
    style: str = ""
    form: str = _TEXT
    flavours: tuple[str, ...] = ()
    in_text: bool = False
    accessed: str = ""
    keep_case: bool = False

    def check(self) -> None:
        """Check that the request can be met.

        Raises:
            UsageError: it cannot, with the reason.

        """
        self.wanted.check()
        _require("style", self.style or _HOUSE, STYLES, elsewhere=(DATA_FORMATS, "--format"))
        _require("format", self.form, (*WRITERS, *DATA_FORMATS), elsewhere=(STYLES, "--style"))
        if self.form in DATA_FORMATS and (self.style or self.in_text):
            flag = "--style" if self.style else "--in-text"
            message = f"`{flag}` is about text, and `--format {self.form}` is data"
            raise UsageError(message, hint=f"leave one of them out, or take {listed(WRITERS, last='or')}")
        known = data_format(self.form).flavours if self.form in DATA_FORMATS else {}
        for flavour in self.flavours:
            if flavour not in known:
                fitting = [name for name in DATA_FORMATS if flavour in data_format(name).flavours]
                message = f"`{_FLAVOURS[flavour]}` does not go with `--format {self.form}`"
                raise UsageError(message, hint=f"it goes with {listed(fitting)}")


class CiteOutcome(NamedTuple):
    """What was cited.

    Attributes:
        text: the citations, with their last line end.
        left_out: why records were not cited, if all were wanted.

    """

    text: str
    left_out: Sequence[str]


def cite(
    environment: Environment, record_source: RecordSource, request: CiteRequest, note: Callable[[str], None]
) -> CiteOutcome:
    """Cite what is asked for.

    Args:
        environment: the environment to work in.
        record_source: the records.
        request: what is to be cited, and how; checked.
        note: called with remarks about a record.

    Raises:
        UsageError: no record matches, or more than one.
        FicliError: a record cannot be read or cannot be cited.

    """
    citing = Citing(record_source, request.wanted, note)
    citations = list(citing.citations())
    accessed = _access_date(environment, request)
    citations = [replace(citation, accessed=accessed, keep_case=request.keep_case) for citation in citations]
    return CiteOutcome(_written(citations, request), citing.left_out)


def _written(citations: list[Citation], request: CiteRequest) -> str:
    if request.form in DATA_FORMATS:
        chosen = data_format(request.form)
        write = chosen.flavours[request.flavours[0]] if request.flavours else chosen.write
        return write(citations)
    chosen_style = style(request.style or _HOUSE)
    numbered = number_citations(citations, years_apart=chosen_style.distinguishes_years)
    return write_in_style(numbered, chosen_style, request.form, in_text=request.in_text)


def _access_date(environment: Environment, request: CiteRequest) -> date | None:
    """Return the day on which a page was read, as the user gave it, or as the style asks for it."""
    if not request.accessed:
        is_text = request.form in WRITERS
        wanted = is_text and style(request.style or _HOUSE).wants_access_date
        return environment.today() if wanted else None
    match request.accessed:
        case "none":
            return None
        case "today":
            return environment.today()
    day = PartialDate.parse(request.accessed)
    if day is None or not day.has_day:
        message = f"`--accessed`: {quoted(request.accessed)} is no day"
        raise UsageError(message, hint="write `today`, `none` or a day: `2026-11-22`")
    return date(*day.parts)


def _require(noun: str, value: str, known: Sequence[str], *, elsewhere: tuple[Sequence[str], str]) -> None:
    """Check that a style or format is known; the error mentions another flag that takes the name.

    Raises:
        UsageError: it is not.

    """
    if value in known:
        return
    near = nearest(value, known, most=3)
    others, flag = elsewhere
    if value in others:
        hint = f"`{flag} {value}` does it"
    else:
        hint = f"did you mean {listed(near, last='or')}?" if near else f"it is {listed(known, last='or')}"
    raise UsageError(f"there is no {noun} {quoted(value)}", hint=hint)


_EXAMPLE = {
    "id": "FI-0232",
    "slug": "klarna-reintroduces-human-agents-customer-service",
    "status": "published",
    "title": "Klarna reintroduces human agents after AI customer service quality declines",
    "indexed_date": "2026-06-05",
}


class Example(NamedTuple):
    """A style or a data format; a data format does not have an example."""

    name: str
    title: str
    reference: str
    in_text: str


def examples(today: date) -> Iterator[Example]:
    """Yield every style as it reads on a day, then the data formats."""
    citation = cite_record(Record(_EXAMPLE), Config(root=Path()))
    for name in STYLES:
        known = style(name)
        cited = [replace(citation, accessed=today if known.wants_access_date else None)]
        reference, in_text = (write_in_style(cited, known, "text", in_text=flag).rstrip() for flag in (False, True))
        yield Example(name, known.title, reference, in_text)
    for name in DATA_FORMATS:
        yield Example(name, data_format(name).title, "", "")
