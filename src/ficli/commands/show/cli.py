"""`ficli show`: draw one record as its page does."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ficli.output.colours import Tone
from ficli.output.page import (
    Block,
    Content,
    FactList,
    Group,
    Heading,
    ItemList,
    LinkAddress,
    Marked,
    Passage,
    Quote,
    TextLine,
)
from ficli.terminal import streams
from ficli.terminal.options import AsJson, Colour, ColourChoice, RecordName, Registry
from ficli.terminal.page import weighed, write_page
from ficli.wording import as_text, counted

if TYPE_CHECKING:
    from ficli.commands.show.show import ShownRecord
    from ficli.incident.fields import Field
    from ficli.incident.record import Record


def command(
    *,
    record: RecordName,
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
    from ficli.commands.show.show import require_readable, show_record
    from ficli.open_registry import path_prefix

    shown = show_record(streams.environment(), registry, record)
    prefix = path_prefix(streams.environment(), shown.opened.root)
    require_readable(shown, prefix + shown.path)
    if as_json:
        streams.write_json(_as_data(shown))
        return
    write_page(_page(shown, prefix, lines=not streams.stdout_width()), color)


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
    """Replace numbers that JSON does not have by null; a finding reports them."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _page(shown: ShownRecord, prefix: str, *, lines: bool) -> Iterator[Block]:
    """Yield the parts of the page; findings are lines for programs with `lines`, and for people without."""
    yield Group(list(_head(shown, prefix)))
    if shown.record.is_tombstone:
        yield from _prose(shown.record.text("reason"), indent=0)
    else:
        yield from _main_part(shown)
        yield from _broke(shown)
        yield from _cost(shown.record)
        yield from _sources(shown)
        yield from _small_print(shown)
    yield from _note(shown)
    yield from _findings(shown, prefix, lines=lines)


def _head(shown: ShownRecord, prefix: str) -> Iterator[Block]:
    from ficli.commands.list.rows import written_date

    record = shown.record
    yield Heading(record.title or "(no title)", 1)
    parts = [record.id, record.status or "(no status)"]
    target = record.text("merged_into")
    if record.is_tombstone:
        parts[1] += f" into {target}" if target else ""
        parts.append(written_date(record.text("retired_date")))
    elif record.text("indexed_date"):
        parts.append(f"indexed {written_date(record.text('indexed_date'))}")
    yield TextLine(" · ".join(filter(None, parts)), indent=0)
    yield TextLine(LinkAddress(shown.url if record.status == "published" else prefix + shown.path), indent=0)
    if target:
        yield TextLine(f"`ficli show {target}` shows the record that it became a part of.", indent=0)


def _main_part(shown: ShownRecord) -> Iterator[Block]:
    record = shown.record
    yield from _prose(record.text("summary"), indent=0)
    quote = record.mapping("quote")
    if isinstance(text := quote.get("text"), str) and text:
        source = quote.get("source")
        mark = f" [{source}]" if isinstance(source, int) else ""
        yield Group([TextLine(f"“{text.strip()}”"), TextLine(f"— {quote.get('speaker') or 'no speaker'}{mark}")])
    yield Group([Heading("Key facts"), FactList([(name, value or "-") for name, value in _facts(shown)])])
    yield from _headed(Heading("What happened"), _prose(record.text("what_happened")))


def _facts(shown: ShownRecord) -> Iterator[tuple[str, Passage]]:
    from ficli.incident.fields import on_page

    beside = {"incident_date": shown.record.text("date_basis"), "ai_surface": shown.wing}
    yield "What", shown.what
    for field in on_page("facts"):
        value = _fact(shown, field)
        if value or field.needed:
            note = beside.get(field.name)
            text = value + (f" ({note})" if note else "")
            yield field.heading, weighed(shown.record.text("severity"), text) if field.name == "severity" else text


def _fact(shown: ShownRecord, field: Field) -> str:
    from ficli.commands.list.rows import written_date

    text = shown.record.text(field.name)
    if field.many:
        write = _ITEMS.get(field.name)
        if write is not None:
            return "; ".join(write(item) for _, item in shown.record.mappings(field.name))
        return ", ".join(item for _, item in shown.record.texts(field.name))
    if field.date:
        return written_date(text)
    return shown.term(field.name, text) if field.term else text


def _broke(shown: ShownRecord) -> Iterator[Block]:
    from ficli.incident.fields import BY_NAME

    path = shown.failure_path
    mechanism = list(_prose(shown.record.text("mechanism")))
    heading = "What broke inside the model"
    if path is None:
        yield from _headed(Heading(heading), mechanism)
        return
    names = [field.heading for field in BY_NAME["failure_path"].fields]
    steps = enumerate(zip(names, path.steps, strict=True), start=1)
    facts = FactList([(f"{number:02} {name}", step or "-") for number, (name, step) in steps])
    signal = [TextLine(path.signal)] if path.signal else []
    yield Group([Heading(heading, note=" (this incident)" if path.own else " (mode profile)"), facts, *signal])
    yield from mechanism


def _cost(record: Record) -> Iterator[Block]:
    from ficli.incident.fields import BY_NAME, on_page

    impact = record.mapping("impact")
    fields = on_page("facts", BY_NAME["impact"].fields)
    rows = [
        (field.heading, value.replace("-", " ")) for field in fields if isinstance(value := impact.get(field.name), str)
    ]
    amounts = impact.get("amounts")
    listed = amounts if isinstance(amounts, list) else []
    rows += [("Amount", _amount(item)) for item in listed if isinstance(item, dict)]
    note = impact.get("note")
    notes = _prose(note) if isinstance(note, str) else ()
    yield from _headed(
        Heading("What it cost"),
        [*([FactList(rows, max(len(field.heading) for field in fields))] if rows else []), *notes],
    )


def _sources(shown: ShownRecord) -> Iterator[Block]:
    from ficli.incident.fields import on_page

    sources = shown.record.sources
    items = [_source(shown, position, source) for position, source in sources]
    marks = [f"[{position + 1}]" for position, _ in sources]
    yield Group([Heading("Sources"), ItemList(items, marks=marks, indent=2) if items else TextLine("none")])
    known = shown.confidence
    confidence: list[Passage] = [Marked("Confidence:", Tone.STRONG), f" {known.level}, {known.why}"]
    small: list[Content] = [
        f"{field.heading}: {values}" for field in on_page("small print") if (values := _fact(shown, field))
    ]
    yield Group([TextLine(text, indent=0, hang=2) for text in [confidence, *small]])


def _source(shown: ShownRecord, position: int, source: Mapping[str, Any]) -> list[Content]:
    from ficli.commands.list.rows import written_date

    note = shown.sources[position]
    status = as_text(source.get("status"))
    parts = (
        as_text(source.get("publisher")),
        written_date(as_text(source.get("published"))),
        note.host,
        as_text(source.get("docket")),
        "" if status == "live" else status,
        "independent" if note.independent else f"not independent: {note.reason}" if note.reason else "",
    )
    kind = shown.term("kind", as_text(source.get("kind")))
    title = f"{kind} · {as_text(source.get('title')) or '(no title)'}"
    return [title, " · ".join(filter(None, parts)), LinkAddress(as_text(source.get("url")))]


def _small_print(shown: ShownRecord) -> Iterator[Block]:
    from ficli.commands.list.rows import written_date

    if corrections := shown.record.mappings("corrections"):
        rows = [(written_date(as_text(item.get("date"))), as_text(item.get("note"))) for _, item in corrections]
        yield Group([Heading("Corrections"), FactList(rows)])


def _note(shown: ShownRecord) -> Iterator[Block]:
    paragraphs = [Quote(text) for text in _paragraphs(shown.record.text("steward_note"))]
    yield from _headed(Heading(f"Note from {shown.opened.config.steward}, the Index steward"), paragraphs)


def _findings(shown: ShownRecord, prefix: str, *, lines: bool) -> Iterator[Block]:
    counts = Counter(item.severity.value for item in shown.findings)
    kinds = (("error", "errors"), ("warning", "warnings"), ("info", "info"))
    said = [counted(counts[noun], noun, plural) for noun, plural in kinds if counts[noun]]
    blocks: list[Block] = [Heading(f"Findings: {', '.join(said) or 'none'}")]
    for item in shown.findings:
        kind = Marked(f"{item.severity}[{item.rule}]", Tone(item.severity))
        place = f"{prefix}{item.path}:{item.span.line}:{item.span.column}: "
        if lines:
            blocks.append(TextLine([place, kind, f" {item.message}"], indent=0))
        else:
            blocks += [TextLine([kind, f" line {item.span.line}"]), TextLine(item.message, indent=4)]
    yield Group(blocks)


def _headed(heading: Heading, blocks: Iterable[Block]) -> Iterator[Block]:
    """Set a heading close above the first of some parts, if there are any."""
    below = list(blocks)
    if below:
        yield Group([heading, below[0]])
        yield from below[1:]


def _prose(text: str, indent: int = 2) -> Iterator[Block]:
    return (TextLine(paragraph, indent=indent) for paragraph in _paragraphs(text))


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def _organization(item: Mapping[str, Any]) -> str:
    notes = [as_text(item.get("role")), "not named at its request" if item.get("anonymized") is True else ""]
    note = ", ".join(filter(None, notes))
    return f"{as_text(item.get('name')) or '(no name)'}{f' ({note})' if note else ''}"


def _system(item: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (as_text(item.get("name")), as_text(item.get("version")))))
    vendor = as_text(item.get("vendor"))
    return f"{name} ({vendor})" if vendor else name


def _amount(item: Mapping[str, Any]) -> str:
    value, label = item.get("value"), as_text(item.get("label"))
    number = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else as_text(value)
    sum_of_money = " ".join(filter(None, (number, as_text(item.get("currency")))))
    return f"{sum_of_money} ({label})" if label else sum_of_money


_ITEMS = {"organizations": _organization, "systems": _system}
"""How an item of a list of mappings is written in one line."""
