"""The one table of a record's fields: their order, and all that any part of ficli has to know of each.

The shape of the values is stated by `schema/incident.schema.json`, to which a test ties this table. What another
module needs is worked out here from the table, so that a new field is one more line in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ficli.yaml.order import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.diagnostics import FieldPath
    from ficli.yaml.order import KeyPath

    _Shape = tuple[object, ...]
    """A field path with `int` in place of each list position."""


class Field(NamedTuple):
    """A field of a record, or of a mapping within it.

    Attributes:
        name: its key.
        many: whether it is a list.
        fields: those of the mapping that it holds, or of each mapping of its list.
        date: whether it is a date, and how exact: a `day`, or as exact as the sources are (`partial`).
        prose: whether it is a text in block style; one paragraph of a `folded` one is always folded.
        wide: whether its text stays on one line, of whatever width.
        words: whether it is text in a person's words that is not prose: a title, a name.
        form: whether it is text of a fixed form that is neither a choice nor a date: a slug, a country.
        term: whether it is a slug of the vocabulary.
        fact: whether a changed value needs a line in `corrections`; in a mapping it counts beside that of the mapping.
        narrative: whether its text describes the incident, so that the rules about texts read it.
        needed: whether a draft needs it, or the mapping that it is in.
        since: the status from which a record has it; empty for what a draft can have.
        kept: whether a tombstone keeps it.
        whole: whether it is about the whole record, so that a part that is split off does not get it.
        hint: what to write in it, for the scaffold; empty if the scaffold leaves it out.
        label: its name on the page, if that is not `name` in words.
        part: the part of the page that lists it, `facts` also for those of `impact`; empty if the page shows it in a
            way of its own, or not at all.
        place: its place in that part; those of one place have the order of the record.
        search: the column of the search index that holds its texts; empty if they are not searched.
        column: its name in SQLite, if that is another: of a list of texts, the column of its table; of a mapping,
            what its columns begin with.

    """

    name: str
    many: bool = False
    fields: tuple[Field, ...] = ()
    date: Literal["", "day", "partial"] = ""
    prose: Literal["", "block", "folded"] = ""
    wide: bool = False
    words: bool = False
    form: bool = False
    term: bool = False
    fact: bool = False
    narrative: bool = False
    needed: bool = False
    since: Literal["", "published", "retired"] = ""
    kept: bool = False
    whole: bool = False
    hint: str | int = ""
    label: str = ""
    part: Literal["", "facts", "small print"] = "facts"
    place: int = 9
    search: str = ""
    column: str | None = None

    @property
    def heading(self) -> str:
        """Its name on the page."""
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def in_draft(self) -> bool:
        """Whether a draft can have it."""
        return not self.since


_QUOTE: Final = (
    Field("text", prose="block", fact=True, needed=True, hint="words that somebody said or wrote about it, exactly"),
    Field("speaker", words=True, fact=True, hint="who, with the office held then"),
    Field("source", fact=True, hint=1),
)
_ORGANIZATION: Final = (
    Field("name", words=True, fact=True, needed=True, hint="the name of one organization, spelled as in other records"),
    Field("role", fact=True, needed=True, hint="deployer, developer, affected or other"),
    Field("anonymized", fact=True),
)
_SYSTEM: Final = (
    Field("name", words=True, fact=True, needed=True, hint="the AI product or model"),
    Field("vendor", words=True, fact=True, hint="who makes it"),
    Field("version", words=True, fact=True),
)
_FAILURE_PATH: Final = (
    Field("trigger", prose="block", narrative=True, needed=True, hint="what set it off, in this incident"),
    Field("model_step", prose="block", narrative=True, needed=True, hint="what the model made of it"),
    Field("control_gap", prose="block", narrative=True, needed=True, hint="which control was missing or failed"),
    Field("failure", prose="block", narrative=True, needed=True, hint="what went wrong then"),
    Field("consequence", prose="block", narrative=True, needed=True, hint="what came of it"),
)
_AMOUNT: Final = (
    Field("value", fact=True, needed=True),
    Field("currency", fact=True, needed=True),
    Field("label", words=True),
)
_IMPACT: Final = (
    Field("public_visibility", fact=True, hint="low, medium or high", place=4),
    Field("regulatory_exposure", fact=True, hint="none, possible or active", place=3),
    Field("customer_impact", fact=True, hint="none, few-customers, many-customers or class-wide", place=2),
    Field("financial_impact", fact=True, hint="none, unknown, estimated or disclosed", place=1),
    Field("amounts", many=True, fields=_AMOUNT, fact=True, part=""),
    Field("time_to_disclosure", fact=True, hint="hours, days, weeks, months, years or unknown"),
    Field("note", prose="block", narrative=True, hint="what it cost beyond that", part="", column="impact_note"),
)
_ARCHIVE: Final = (
    Field("url", wide=True, needed=True),
    Field("captured", date="day"),
    Field("sha256"),
)
_SOURCE: Final = (
    Field(
        "kind", term=True, fact=True, needed=True, hint="what sort of document; `ficli taxonomy kind` lists the kinds"
    ),
    Field("title", words=True, wide=True, needed=True, hint="the title that the document itself has"),
    Field("url", wide=True, fact=True, needed=True, hint="its address, http or https"),
    Field("publisher", words=True, fact=True, hint="who published it"),
    Field("authors", many=True, words=True, column="name"),
    Field("published", date="partial", fact=True, hint="its date, as exactly as it says"),
    Field("language", form=True),
    Field("accessed", date="day"),
    Field("docket", words=True, fact=True, hint="the docket number; a court filing needs one"),
    Field("archive", fields=_ARCHIVE),
    Field("passages", many=True, words=True, hint="a short passage that carries a claim, word for word", column="text"),
    Field("status"),
)
_CORRECTION: Final = (
    Field("date", date="day", needed=True),
    Field("note", prose="block", needed=True),
)

RECORD: Final = (
    Field("schema_version", needed=True, kept=True, part=""),
    Field("id", since="published", kept=True, whole=True, part="", search="other"),
    Field("slug", form=True, needed=True, kept=True, part="", search="other"),
    Field("status", needed=True, kept=True, part=""),
    Field(
        "title", wide=True, words=True, narrative=True, needed=True, kept=True, part="", search="title",
        hint="what happened and to whom, in one line, without a final period",
    ),
    # A tombstone says next where the record went.
    Field("merged_into", since="retired", kept=True, part=""),
    Field("reason", prose="block", since="retired", kept=True, part="", search="account"),
    Field("retired_date", date="day", since="retired", kept=True, part=""),
    Field(
        "summary", prose="folded", narrative=True, needed=True, part="", search="summary",
        hint="what happened, in 1 to 3 sentences; the first stands alone on the page",
    ),
    Field("quote", fields=_QUOTE, fact=True, whole=True, part="", search="quote"),
    Field(
        "organizations", many=True, fields=_ORGANIZATION, fact=True, needed=True, label="Who", search="organizations",
    ),
    Field("systems", many=True, fields=_SYSTEM, fact=True, label="System", search="organizations"),
    Field(
        "incident_date", date="partial", fact=True, needed=True, place=1,
        hint="when it happened, as exactly as the sources say: 2025-05-08, 2025-05 or 2025",
    ),
    Field("date_basis", fact=True, part="", hint="which event the date is: occurred, reported, ruled or disclosed"),
    Field("indexed_date", date="day", since="published", kept=True, whole=True, part=""),
    Field("taxonomy_version", form=True, since="published", kept=True, whole=True, part=""),
    Field(
        "failure_mode", term=True, fact=True, needed=True,
        hint="how the system failed; `ficli taxonomy failure_mode` lists the modes",
    ),
    Field(
        "ai_surface", term=True, fact=True, needed=True, label="AI surface",
        hint="where people met the system; `ficli taxonomy ai_surface` lists the surfaces",
    ),
    Field(
        "severity", term=True, fact=True, needed=True,
        hint="how grave the consequence was: low, medium, high or catastrophic",
    ),
    Field(
        "industry", term=True, fact=True, hint="where the failing use was; `ficli taxonomy industry` lists them",
    ),
    Field(
        "countries", many=True, form=True, fact=True, search="other", column="country",
        hint="two letters (ISO 3166), such as SE",
    ),
    Field("claim_status", fact=True, label="Claim", hint="alleged, admitted, settled, adjudicated or reported"),
    Field(
        "what_happened", prose="block", narrative=True, needed=True, part="", search="account",
        hint="the account, in paragraphs: what was done, what went wrong, what came of it",
    ),
    Field("failure_path", fields=_FAILURE_PATH, whole=True, part="", search="account", column="path_"),
    Field(
        "mechanism", prose="block", narrative=True, whole=True, part="", search="account",
        hint="what broke inside the model, as far as the sources tell",
    ),
    Field("impact", fields=_IMPACT, fact=True, whole=True, part="", search="account", column=""),
    Field("sources", many=True, fields=_SOURCE, fact=True, needed=True, part="", search="sources"),
    Field(
        "related", many=True, whole=True, part="small print", place=3, search="other", column="other",
        hint="the ID of a related record",
    ),
    Field(
        "aliases", many=True, form=True, whole=True, part="small print", place=2, search="other", column="alias",
        hint="the same incident elsewhere, such as AIID:1234 or CVE-2025-32711",
    ),
    Field(
        "tags", many=True, form=True, part="small print", place=1, search="other", column="tag",
        hint="a keyword in kebab-case",
    ),
    Field("corrections", many=True, fields=_CORRECTION, since="published", whole=True, part="", search="account"),
    Field(
        "steward_note", prose="block", whole=True, part="", search="account",
        hint="the steward's own commentary, kept apart from the record",
    ),
)  # fmt: skip
"""The fields of a record, in order. A tombstone has those that are `kept`."""


def on_page(part: str, fields: tuple[Field, ...] = RECORD) -> list[Field]:
    """Return the fields that a part of the page lists, in the order of the page."""
    return sorted((field for field in fields if field.part == part), key=lambda field: field.place)


def places(fields: tuple[Field, ...] = RECORD, before: KeyPath = ()) -> Iterator[tuple[KeyPath, Field]]:
    """Yield every field with its place, in the order of the record, a mapping before what it holds."""
    for field in fields:
        place = (*before, field.name)
        yield place, field
        yield from places(field.fields, place)


def _dated(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    inner = (field._replace(fields=_dated(field.fields)) for field in fields)
    return tuple(field for field in inner if field.date or field.fields)


def _date_shapes(fields: tuple[Field, ...], before: _Shape = ()) -> Iterator[tuple[_Shape, str]]:
    for field in fields:
        path: _Shape = (*before, field.name)
        if field.date:
            yield path, field.date
        yield from _date_shapes(field.fields, (*path, int) if field.many else path)


DATED: Final = _dated(RECORD)
"""The dates of a record, and the fields in which there are any; of each mapping only these."""

_DATES: Final = dict(_date_shapes(DATED))
BY_PLACE: Final[dict[KeyPath, Field]] = dict(places())
BY_NAME: Final = {field.name: field for field in RECORD}
ASSIGNED: Final = tuple(field.name for field in RECORD if field.since == "published")
"""The fields that a draft does not have: a record gets them when it is published, or later."""

EXPORTED: Final = tuple(field for field in RECORD if field.since != "retired" and field.name != "schema_version")
"""The fields that a record has in the dataset; a tombstone is apart."""

PATH_STEPS: Final = tuple(field.name for field in _FAILURE_PATH)
"""The five steps of a failure path, in order."""

ACCOUNT: Final = tuple(field.name for field in RECORD if field.narrative)
"""The texts of the record itself that describe the incident."""

TERMS: Final = tuple(field.name for field in RECORD if field.term)
"""The fields of the record itself that hold a slug of the vocabulary."""

TEXTS: Final = frozenset(place for place, field in BY_PLACE.items() if field.prose or field.words)
"""The places of texts in a person's words, which may be anything; other texts have a form that is checked."""

LAYOUT: Final = Layout(
    {
        (): [field.name for field in RECORD],
        **{place: [inner.name for inner in field.fields] for place, field in BY_PLACE.items() if field.fields},
    },
    prose=[place for place, field in BY_PLACE.items() if field.prose],
    folded=[field.name for field in RECORD if field.prose == "folded"],
    in_lists=[place for place, field in BY_PLACE.items() if field.fields and field.many],
    wide=sorted({field.name for field in BY_PLACE.values() if field.wide}),
    texts=TEXTS,
    forms=[place for place, field in BY_PLACE.items() if field.form],
)
"""The layout of a record, for `ficli.yaml`."""


def is_fact(path: FieldPath) -> bool:
    """Return whether a changed value at a path is a changed fact; a field that is not known counts with its mapping."""
    steps = [step for step in path if isinstance(step, str)]
    known = [field for end in range(1, len(steps) + 1) if (field := BY_PLACE.get(tuple(steps[:end]))) is not None]
    return bool(known) and all(field.fact for field in known)


def date_at(path: FieldPath) -> str:
    """Return how exact the date at a path is, `day` or `partial`; empty if the field is not a date."""
    return _DATES.get(tuple(int if isinstance(step, int) else step for step in path), "")
