"""The parts of a draft: answers checked field by field, its text, and the template of a registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.dates import FORMS, PartialDate, parse_date
from ficli.diagnostics import FieldPath, InsertKey, field_name
from ficli.errors import FicliError, UsageError, why_failed
from ficli.incident.fields import ASSIGNED, LAYOUT, RECORD
from ficli.incident.ids import free_slug, suggest_slug, why_no_slug
from ficli.incident.record import TOMBSTONES, Record, texts_in
from ficli.incident.scaffold import canonical_order, completed, scaffold
from ficli.incident.shape import describe, is_placeholder, shape_errors
from ficli.prose.names import spelling_key
from ficli.prose.titles import tidied
from ficli.registry.layout import DRAFTS, SCHEMA_FILE, SUFFIX
from ficli.urls.identity import explain_sameness, match_key, stored_url
from ficli.urls.parse import why_invalid
from ficli.urls.private import why_private
from ficli.wording import counted, harmless, listed, quoted
from ficli.yaml.control_characters import find
from ficli.yaml.edit import apply
from ficli.yaml.emit import emit_entry
from ficli.yaml.node_spans import child_spans
from ficli.yaml.nodes import MappingNode
from ficli.yaml.parse import parse
from ficli.yaml.patches import Patch, spliced

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ficli.incident.schema import ShapeChecker
    from ficli.open_registry import OpenRegistry

SCHEMA_FROM_DRAFTS = f"../{SCHEMA_FILE}"
LONGEST_TITLE = 120
SHORT_FORMS = {"organization": "organizations", "url": "sources"}
"""Short names for the first item of a list, used by flags and columns of a table: each with its field."""

_HOW_TO_GIVE = {
    "title": "say in one line what happened and to whom",
    "slug": "the title has no words in the letters a to z, so give the slug: `--slug`, or the field `slug`",
}


class DraftProblem(NamedTuple):
    """Why an answer is not accepted in a draft: the field, as a path such as `sources[0].url`, why, and what to do."""

    field: str
    message: str
    hint: str = ""


class WrongAnswersError(UsageError):
    """Answers were not accepted; the first of the problems is the message."""

    def __init__(self, problems: Sequence[DraftProblem], *, prefix: str = "") -> None:
        super().__init__(prefix + problems[0].message, hint=problems[0].hint)
        self.problems = problems


class WritableDraft(NamedTuple):
    """A draft that can be written: its place, its data, and its whole text."""

    path: str
    data: Mapping[str, Any]
    text: str

    @property
    def slug(self) -> str:
        """The slug, which is the file name too."""
        return str(self.data["slug"])


class Drafting:
    """Makes drafts for one registry.

    Args:
        opened: the registry.
        checker: holds its schema.
        taken: the slugs that records, tombstones and drafts have, each with its file.
        spellings: the names of organizations in use, by `spelling_key`.
        today: the current day; later dates are in the future.
        template: the text of the registry's own scaffold; empty for the built-in one.

    """

    def __init__(
        self,
        opened: OpenRegistry,
        checker: ShapeChecker,
        *,
        taken: Mapping[str, str],
        spellings: Mapping[str, str],
        today: date,
        template: str = "",
    ) -> None:
        self._opened = opened
        self._checker = checker
        self._taken = dict(taken)
        self._spellings = spellings
        self._today = today
        self._template = template

    def draft(self, answers: Mapping[str, Any]) -> WritableDraft:
        """Build a draft from answers; its slug is taken from now on.

        Args:
            answers: fields of the record, also under `SHORT_FORMS`; one that is absent, empty or `TODO` is left to
                be written.

        Raises:
            WrongAnswersError: an answer cannot be in a draft.

        """
        fields = self.checked(answers)
        slug = fields["slug"]
        path = f"{DRAFTS}/{slug}{SUFFIX}"
        self._taken[slug] = path
        return WritableDraft(path, completed(fields), self._text(fields))

    def checked(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Convert the answers for a draft into the shape of a record, without those left to be written.

        Raises:
            WrongAnswersError: an answer cannot be in a draft.

        """
        fields, problems = self._fields(answers)
        if not problems:
            problems = list(self._problems(fields))
        if problems:
            raise WrongAnswersError(problems)
        return fields

    def check(self, field: str, value: object, answers: Mapping[str, Any] | None = None) -> DraftProblem | None:
        """Return why one answer is not accepted in a draft that has these others; None if it is accepted."""
        others = {"title": "TODO", "slug": "x", **(answers or {})}
        fields, problems = self._fields({**others, field: value})
        name = SHORT_FORMS.get(field, field)
        found = [*problems, *(() if problems else self._problems(fields))]
        return next((problem for problem in found if problem.field.split("[")[0].split(".")[0] == name), None)

    def suggest_slug(self, title: str, organizations: Sequence[str] = ()) -> str:
        """Suggest a slug that is not taken; empty if the title has no words in the letters a to z."""
        slug = suggest_slug(title, organizations)
        return free_slug(slug, self._taken) if slug in self._taken else slug

    # --- from answers to fields --------------------------------------------------------------------------------

    def _fields(self, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[DraftProblem]]:
        """Convert answers into the shape of a record, and return the problems of those that cannot be parsed."""
        fields: dict[str, Any] = {}
        problems: list[DraftProblem] = []
        for name, value in answers.items():
            if name == "status" and value in {"draft", None, ""}:
                continue
            if is_open(value):
                continue
            field = SHORT_FORMS.get(name, name)
            if name in SHORT_FORMS:
                if field in answers:
                    problems.append(
                        DraftProblem(name, f"{quoted(name)} and {quoted(field)} are both given", "give one")
                    )
                value = _as_list(name, value)  # noqa: PLW2901 - the same answer in another form
            if value != []:
                fields[field] = value
        if isinstance(fields.get("title"), str):
            fields["title"] = tidied(" ".join(fields["title"].split(" ")))
        if isinstance(fields.get("sources"), list):
            fields["sources"] = [_with_stored_url(source) for source in fields["sources"]]
        if isinstance(date := fields.get("incident_date"), str | int) and not isinstance(date, bool):
            fields["incident_date"] = str(date)
            problems += self._incident_date_problems(str(date))
        fields = _with_dates(fields)
        if isinstance(fields.get("organizations"), list):
            fields["organizations"] = [self._spelled_alike(item) for item in fields["organizations"]]
        if not problems and "slug" not in fields and isinstance(fields.get("title"), str):
            slug = suggest_slug(fields["title"], _names(fields.get("organizations")))
            fields |= {"slug": slug} if slug else {}
        return fields, problems

    def _incident_date_problems(self, text: str) -> Iterator[DraftProblem]:
        found = parse_date(text)
        if found.date is not None:
            if why := why_not_past(found.date, self._today):
                yield DraftProblem("incident_date", f"`incident_date`: {why}", "give the day it happened")
        elif found.dates:
            message = f"`incident_date`: {quoted(text)} may be {listed(map(str, found.dates), last='or')}"
            yield DraftProblem("incident_date", message, "write the one you mean")
        else:
            because = f": {found.reason}" if found.reason else ""
            message = f"`incident_date`: {quoted(text)} is no date that can be read{because}"
            yield DraftProblem("incident_date", message, f"write {FORMS}")

    def _spelled_alike(self, item: object) -> object:
        """Spell the name of an organization as the other records do, if only legal form or case differ."""
        if isinstance(item, dict) and isinstance(name := item.get("name"), str):
            known = self._spellings.get(spelling_key(name), name)
            if known.casefold() == name.strip().casefold():
                return {**item, "name": known}
        return item

    # --- what is wrong with them -------------------------------------------------------------------------------

    def _problems(self, fields: Mapping[str, Any]) -> Iterator[DraftProblem]:
        for name in ("title", "slug"):
            if name not in fields:
                yield DraftProblem(name, f"`{name}` is missing", _HOW_TO_GIVE[name])
        for name in (field.name for field in RECORD if not field.in_draft):
            if name in fields:
                yield DraftProblem(name, f"{quoted(name)} is nothing that a draft has", "leave it out")
        if fields.get("status") in TOMBSTONES | {"published"}:
            yield DraftProblem("status", f"a draft cannot have the status {quoted(fields['status'])}", "leave it out")
        hidden = list(_hidden(fields))
        yield from hidden
        if hidden:
            return
        if isinstance(title := fields.get("title"), str):
            yield from _title_problems(title)
        if isinstance(slug := fields.get("slug"), str):
            yield from self._slug_problems(slug)
        yield from _address_problems(fields)
        data = {name: value for name, value in completed(fields).items() if name not in ASSIGNED}
        for error in shape_errors(data, self._checker):
            if error.path[:1] not in {("slug",), ("status",)}:
                message, hint = describe(error)
                path = error.path or (error.name,)
                yield DraftProblem(field_name(path), message, hint)
        yield from self._date_problems(data)

    def _slug_problems(self, slug: str) -> Iterator[DraftProblem]:
        if why := why_no_slug(slug):
            yield DraftProblem(
                "slug", f"{quoted(slug)} is no slug: {why}", "an example: `example-bank-chatbot-invents-fees`"
            )
        elif slug in self._taken:
            message = f"the slug {quoted(slug)} is that of `{self._taken[slug]}`"
            yield DraftProblem("slug", message, f"a slug is used once; {quoted(free_slug(slug, self._taken))} is free")

    def _date_problems(self, data: Mapping[str, Any]) -> Iterator[DraftProblem]:
        for path, text in Record(dict(data)).date_texts():
            day = PartialDate.parse(text)
            if day is None and not is_placeholder(text):
                hint = "write a year, a month or a day: `2025`, `2025-05` or `2025-05-08`"
                because = f": {reason}" if (reason := parse_date(text).reason) else ""
                yield DraftProblem(
                    field_name(path), f"{quoted(field_name(path))}: {quoted(text)} is no date{because}", hint
                )
            elif day is not None and path != ("incident_date",) and (why := why_not_past(day, self._today)):
                yield DraftProblem(field_name(path), f"{quoted(field_name(path))}: {why}")

    # --- the text ----------------------------------------------------------------------------------------------

    def _text(self, fields: Mapping[str, Any]) -> str:
        if not self._template:
            return scaffold(fields, self._opened.taxonomy, schema=SCHEMA_FROM_DRAFTS)

        return filled_in(self._template, {"schema_version": 1, **fields, "status": "draft"})


# --- one answer ------------------------------------------------------------------------------------------------


def is_open(value: object) -> bool:
    """Return whether an answer leaves its field to be written."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and value.strip() == "TODO")


def _as_list(name: str, value: object) -> object:
    """Return the value of a short form as the list that the record has."""
    values = value if isinstance(value, list) else [value]
    key = "name" if name == "organization" else "url"
    return [{key: item} for item in values if not is_open(item)]


def _with_dates(fields: dict[str, Any]) -> dict[str, Any]:
    """Write the dates that can be read, in any spelling and field, as a record does."""
    read = [(path, found) for path, text in Record(fields).date_texts() if (found := parse_date(text).date)]
    fields = deepcopy(fields) if read else fields  # the answers are the caller's
    for (*way, name), day in read:
        holder: Any = fields
        for step in way:
            holder = holder[step]
        holder[name] = str(day)
    return fields


def why_not_past(day: PartialDate, today: date) -> str:
    """Return why a date cannot be that of something that has happened; empty if it can."""
    return f"{quoted(str(day))} is in the future" if PartialDate.of(today).before(day) else ""


def _names(organizations: object) -> list[str]:
    items = organizations if isinstance(organizations, list) else []
    return [name for item in items if isinstance(item, dict) and isinstance(name := item.get("name"), str)]


def _with_stored_url(source: object) -> object:
    if isinstance(source, dict) and isinstance(url := source.get("url"), str):
        return {**source, "url": stored_url(url.strip())}
    return source


def _hidden(fields: Mapping[str, Any]) -> Iterator[DraftProblem]:
    """Yield a problem for each text with invisible characters."""
    for path, text in texts_in(dict(fields)):
        place = next(find(text), None)
        if place is not None:
            name = field_name(path)
            message = f"{quoted(name)} has a hidden character: {quoted(text[place : place + 1])}"
            yield DraftProblem(name, message, "take it out; ficli writes only what a reader sees")


def _title_problems(title: str) -> Iterator[DraftProblem]:
    if "\n" in title or "\r" in title:
        yield DraftProblem("title", "the title has more than one line", "say it in one")
    elif len(title) > LONGEST_TITLE:
        message = f"the title has {counted(len(title), 'character')}; {LONGEST_TITLE} is the most"
        yield DraftProblem("title", message, "say what happened and to whom; the rest belongs in the summary")
    elif not any(letter.isalpha() for letter in title) and not is_placeholder(title):
        yield DraftProblem("title", f"the title has no words: {quoted(title)}", _HOW_TO_GIVE["title"])


def _address_problems(fields: Mapping[str, Any]) -> Iterator[DraftProblem]:
    first_seen: dict[str, str] = {}
    for number, source in Record(dict(fields)).sources:
        url = source.get("url")
        if not isinstance(url, str) or is_placeholder(url):
            continue
        path: FieldPath = ("sources", number, "url")
        if why := why_invalid(url) or why_private(url):
            yield DraftProblem(field_name(path), f"{quoted(url)} cannot be a source: {why}", "give the public address")
        elif (key := match_key(url)) in first_seen:
            message = f"{quoted(url)} is given twice: {explain_sameness(first_seen[key], url)}"
            yield DraftProblem(field_name(path), message, "one page is one source: give it once")
        else:
            first_seen[key] = url


def read_template(path: Path) -> str:
    """Read a template.

    Raises:
        UsageError: it is not YAML with each field on its own lines.
        FicliError: the file cannot be read.

    """
    shown = f"the template `{harmless(str(path))}`"
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"{shown} could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    document = parse(raw)
    flaw = next((flaw.message for flaw in document.flaws), "")
    if (
        flaw
        or not isinstance(document.root, MappingNode)
        or child_spans(document.text, document.root, is_root=True) is None
    ):
        message = f"{shown} cannot be used: {flaw or 'it has no fields on lines of their own'}"
        raise UsageError(message, hint="a template is a draft: fields, comments, and TODOs")
    return document.text


def filled_in(template: str, fields: Mapping[str, Any]) -> str:
    """Write fields into a template, each in place of the template's own; all else stays.

    Args:
        template: as `read_template` returns it.
        fields: plain data by the name of the field.

    """
    document = parse(template.encode())
    ordered = {name: canonical_order(value, (name,)) for name, value in fields.items()}
    added = [InsertKey((), name, value) for name, value in ordered.items() if name not in document.data]
    text = apply(document, added, LAYOUT)
    root = parse(text.encode()).root
    reach = child_spans(text, root, is_root=True) if isinstance(root, MappingNode) else None
    if reach is None or not isinstance(root, MappingNode):
        raise FicliError("the template cannot be used: its fields are not on lines of their own")
    patches = [
        Patch(
            child_span.own,
            child_span.end,
            emit_entry(node.name, ordered[node.name], 0, LAYOUT.quoted_keys).rstrip("\n"),
        )
        for node, child_span in zip(root.entries, reach, strict=True)
        if node.name in ordered and node.name in document.data and document.data[node.name] != ordered[node.name]
    ]
    return spliced(text, patches)
