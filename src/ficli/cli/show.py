"""`ficli show`: draw one record as its page does."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficli.cli import streams
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.wording import counted, display_width, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ficli.commands.show import ShownRecord
    from ficli.incident.fields import Field

_WIDEST = 100
"""Cells; longer lines of prose are hard to read."""

_NARROWEST = 16
_SEVERITIES = {"high": "31", "catastrophic": "1;31"}
_PLAIN = str.maketrans({"·": "-", "—": "-", "“": '"', "”": '"', "…": "..."})


def complete_records(incomplete: str) -> list[str]:
    """Offer the IDs of records and the slugs of drafts to the shell."""
    from ficli.errors import FicliError
    from ficli.registry.layout import find_root
    from ficli.registry.scan import scan

    try:
        files = scan(find_root(streams.environment().cwd)).files
    except FicliError:
        return []
    return [file.stem for file in files if file.stem.startswith(incomplete)]


def command(
    *,
    record: Annotated[
        str,
        typer.Argument(
            metavar="RECORD",
            help="Its ID (`FI-0232`, `fi-232`, `232`), its slug, its path, or the address of its page.",
            autocompletion=complete_records,
        ),
    ],
    registry: Registry = None,
    as_json: AsJson = False,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Draw a record as its page does, with its confidence, and what the rules find in it.

    \b
    Examples:
      ficli show FI-0232          also fi-232, or 232
      ficli show drafts/SLUG.yaml
      ficli show 232 --json       the record, what follows from it, and the findings

    Rules that compare records are asked by `ficli validate`.
    """
    from ficli.commands.opening import path_prefix
    from ficli.commands.show import require_readable, show_record

    shown = show_record(streams.environment(), registry, record)
    prefix = path_prefix(streams.environment(), shown.opened.root)
    require_readable(shown, harmless(prefix + shown.path))
    if as_json:
        streams.write_json(_as_data(shown))
        return
    lines = _Page(shown, prefix, streams.stdout_width(), colour=streams.colours(color)).lines()
    encoding = getattr(streams.environment().stdout, "encoding", None) or "utf-8"
    streams.write(f"{line}\n" for line in (lines if _speaks(encoding) else (line.translate(_PLAIN) for line in lines)))


def _speaks(encoding: str) -> bool:
    """Tell whether the signs of the page can be written."""
    try:
        "·—“”…".encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _as_data(shown: ShownRecord) -> dict[str, Any]:
    from ficli.output.json_ import diagnostic_object

    return {
        "version": 1,
        "path": shown.path,
        "record": _finite(shown.record.data),
        "derived": None if shown.record.is_tombstone else shown.derived(),
        "findings": [diagnostic_object(item) for item in shown.findings],
    }


def _finite(value: Any) -> Any:  # noqa: ANN401 - any plain data
    """Write null for the numbers that JSON does not know; that they are wrong is a finding."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class _Page:
    """Draws a record; every text from it is made harmless and, on a terminal, wrapped."""

    def __init__(self, shown: ShownRecord, prefix: str, width: int, *, colour: bool) -> None:
        from ficli.output.colours import Palette

        self._shown = shown
        self._record = shown.record
        self._prefix = prefix
        self._width = min(width, _WIDEST)
        self._palette = Palette(colour)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        if self._record.is_tombstone:
            yield from self._prose(self._record.text("reason"))
        else:
            yield from self._told()
            yield from self._broke()
            yield from self._cost()
            yield from self._sources()
            yield from self._small_print()
        yield from self._note()
        yield from self._findings()

    def _head(self) -> Iterator[str]:
        from ficli.commands.lookup import written_date

        record = self._record
        for line in self._wrapped(record.title or "(no title)"):
            yield self._palette.strong(line)
        parts = [record.id, record.status or "(no status)"]
        if record.is_tombstone:
            if target := record.text("merged_into"):
                parts[1] += f" into {target}"
            parts.append(written_date(record.text("retired_date")))
        elif record.text("indexed_date"):
            parts.append(f"indexed {written_date(record.text('indexed_date'))}")
        yield from self._wrapped(" · ".join(filter(None, parts)))
        place = self._shown.url if record.status == "published" else self._prefix + self._shown.path
        yield self._palette.quiet(harmless(place))
        if target := record.text("merged_into"):
            yield from self._wrapped(f"`ficli show {target}` shows the record that it became a part of.")

    def _told(self) -> Iterator[str]:
        record = self._record
        yield from self._prose(record.text("summary"))
        quote = record.mapping("quote")
        if isinstance(text := quote.get("text"), str) and text:
            yield ""
            yield from self._wrapped(f"“{text.strip()}”", "  ")
            source = quote.get("source")
            mark = f" [{source}]" if isinstance(source, int) else ""
            yield from self._wrapped(f"— {quote.get('speaker') or 'no speaker'}{mark}", "  ")
        yield from self._heading("Key facts")
        facts = dict(self._facts())
        widest = max(map(len, facts))
        for name, value in facts.items():
            painted = self._wrapped(value or "-", f"  {name:<{widest}}  ", " " * (widest + 4))
            slug = record.text("severity") if name == "Severity" else ""
            yield from (self._palette.gravity(slug, line) for line in painted)
        if record.text("what_happened"):
            yield from self._heading("What happened")
            yield from self._prose(record.text("what_happened"), "  ", gap=False)

    def _facts(self) -> Iterator[tuple[str, str]]:
        from ficli.incident.fields import on_page

        yield "What", self._shown.what
        beside = {"incident_date": self._record.text("date_basis"), "ai_surface": self._shown.wing}
        for field in on_page("facts"):
            value = self._fact(field)
            if value or field.needed:
                note = beside.get(field.name)
                yield field.heading, value + (f" ({note})" if note else "")

    def _fact(self, field: Field) -> str:
        from ficli.commands.lookup import written_date

        record, text = self._record, self._record.text(field.name)
        if field.many:
            write = _ITEMS.get(field.name)
            if write is not None:
                return "; ".join(write(item) for _, item in record.mappings(field.name))
            return ", ".join(item for _, item in record.texts(field.name))
        if field.date:
            return written_date(text)
        return self._shown.term(field.name, text) if field.term else text

    def _broke(self) -> Iterator[str]:
        from ficli.incident.fields import BY_NAME

        path = self._shown.failure_path
        mechanism = self._record.text("mechanism")
        if path is None and not mechanism:
            return
        note = "" if path is None else " (this incident)" if path.own else " (mode profile)"
        yield from self._heading("What broke inside the model", note)
        if path is not None:
            names = [field.heading for field in BY_NAME["failure_path"].fields]
            for number, (name, step) in enumerate(zip(names, path.steps, strict=True), start=1):
                yield from self._wrapped(step or "-", f"  {number:02} {name:<11}  ", " " * 18)
            if path.signal:
                yield from self._wrapped(path.signal, "  ")
        yield from self._prose(mechanism, "  ", gap=path is not None)

    def _cost(self) -> Iterator[str]:
        from ficli.incident.fields import BY_NAME, on_page

        impact = self._record.mapping("impact")
        if not impact:
            return
        yield from self._heading("What it cost")
        for field in on_page("facts", BY_NAME["impact"].fields):
            if isinstance(value := impact.get(field.name), str):
                yield from self._wrapped(value.replace("-", " "), f"  {field.heading:<19}  ", " " * 23)
        amounts = impact.get("amounts")
        for item in amounts if isinstance(amounts, list) else ():
            if isinstance(item, dict):
                yield from self._wrapped(_amount(item), f"  {'Amount':<19}  ", " " * 23)
        if isinstance(note := impact.get("note"), str):
            yield from self._prose(note, "  ", gap=len(impact) > 1)

    def _sources(self) -> Iterator[str]:
        from ficli.commands.lookup import written_date

        yield from self._heading("Sources")
        for position, source in self._record.sources:
            note = self._shown.sources[position]
            kind = self._shown.term("kind", _plain(source.get("kind")))
            number = f"  [{position + 1}] "
            indent = " " * len(number)
            yield from self._wrapped(f"{kind} · {_plain(source.get('title')) or '(no title)'}", number, indent)
            said = "independent" if note.independent else f"not independent: {note.reason}" if note.reason else ""
            status = _plain(source.get("status"))
            parts = [
                _plain(source.get("publisher")),
                written_date(_plain(source.get("published"))),
                note.host,
                _plain(source.get("docket")),
                "" if status == "live" else status,
                said,
            ]
            yield from self._wrapped(" · ".join(filter(None, parts)), indent)
            yield indent + self._palette.quiet(harmless(_plain(source.get("url"))))
        if not self._record.sources:
            yield "  none"
        known = self._shown.confidence
        yield ""
        for line in self._wrapped(f"{known.level}, {known.why}", "Confidence: ", "  "):
            yield self._palette.strong("Confidence:") + line[11:] if line.startswith("Confidence:") else line

    def _small_print(self) -> Iterator[str]:
        from ficli.commands.lookup import written_date
        from ficli.incident.fields import on_page

        for field in on_page("small print"):
            if values := self._fact(field):
                yield from self._wrapped(values, f"{field.heading}: ", "  ")
        if corrections := self._record.mappings("corrections"):
            yield from self._heading("Corrections")
            for _, item in corrections:
                date = written_date(_plain(item.get("date")))
                yield from self._wrapped(_plain(item.get("note")), f"  {date}  ", "    ")

    def _note(self) -> Iterator[str]:
        text = self._record.text("steward_note")
        if text:
            yield from self._heading(f"Note from {harmless(self._shown.opened.config.steward)}, the Index steward")
            yield from self._prose(text, "  | ", gap=False)

    def _findings(self) -> Iterator[str]:
        findings = self._shown.findings
        counts = Counter(item.severity.value for item in findings)
        kinds = (("error", "errors"), ("warning", "warnings"), ("info", "info"))
        said = [counted(counts[noun], noun, plural) for noun, plural in kinds if counts[noun]]
        yield from self._heading(f"Findings: {', '.join(said) or 'none'}")
        for item in findings:
            kind = self._palette.severity(item.severity, f"{item.severity}[{item.rule}]")
            place = f"{harmless(self._prefix + item.path)}:{item.span.line}:{item.span.column}:"
            if self._width:
                yield f"  {kind} line {item.span.line}"
                yield from self._wrapped(item.message, "    ")
            else:
                yield f"{place} {kind} {harmless(item.message)}"

    def _heading(self, text: str, note: str = "") -> Iterator[str]:
        yield ""
        yield self._palette.strong(text) + note

    def _prose(self, text: str, indent: str = "", *, gap: bool = True) -> Iterator[str]:
        for paragraph in text.split("\n\n"):
            if paragraph.strip():
                yield from ("",) * gap
                yield from self._wrapped(paragraph, indent)
                gap = True

    def _wrapped(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        """Set text in lines, the first of which starts with `first` and the others with `rest`."""
        words = [harmless(word) for word in text.split()]
        rest = first if rest is None else rest
        if not self._width:
            yield f"{first}{' '.join(words)}".rstrip()
            return
        line, lead = "", first
        room = max(_NARROWEST, self._width - display_width(first))
        for word in _broken(words, max(_NARROWEST, self._width - display_width(rest))):
            if line and display_width(line) + 1 + display_width(word) > room:
                yield lead + line
                line, lead = "", rest
                room = max(_NARROWEST, self._width - display_width(rest))
            line = f"{line} {word}" if line else word
        yield (lead + line).rstrip()


def _broken(words: list[str], room: int) -> Iterator[str]:
    """Break the words that no line holds, as those of a script without blanks."""
    for word in words:
        piece = ""
        for character in word if display_width(word) > room else ():
            if display_width(piece) + display_width(character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece or word


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""


def _organization(item: Mapping[str, Any]) -> str:
    notes = [_plain(item.get("role")), "not named at its request" if item.get("anonymized") is True else ""]
    note = ", ".join(filter(None, notes))
    return f"{_plain(item.get('name')) or '(no name)'}{f' ({note})' if note else ''}"


def _system(item: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (_plain(item.get("name")), _plain(item.get("version")))))
    vendor = _plain(item.get("vendor"))
    return f"{name} ({vendor})" if vendor else name


_ITEMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"organizations": _organization, "systems": _system}
"""How the items of a list of mappings are written among the facts."""


def _amount(item: Mapping[str, Any]) -> str:
    value, label = item.get("value"), _plain(item.get("label"))
    number = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else _plain(value)
    sum_of_money = " ".join(filter(None, (number, _plain(item.get("currency")))))
    return f"{sum_of_money} ({label})" if label else sum_of_money
