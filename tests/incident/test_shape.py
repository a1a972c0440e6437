"""What is wrong with the shape of a record is told once, at the deepest field, in a curator's words."""

from __future__ import annotations

import copy
import math
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.config import Config
from ficli.incident.schema import ShapeChecker, registry_schema
from ficli.incident.shape import (
    ShapeError,
    ShapeKind,
    because_of,
    describe,
    found_type,
    is_placeholder,
    shape_errors,
)
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.wording import HIDDEN
from ficli.yaml.parse import parse

CHECKER = ShapeChecker(registry_schema(shipped_taxonomy(), Config(root=Path("/registry"))))
PUBLISHED = parse((files("ficli.registry") / "example" / "incidents" / "FI-0232.yaml").read_bytes()).data

Data = dict[Any, Any]


def record(**changes: object) -> Data:
    """Return a good record with other fields; `...` takes one out."""
    data = copy.deepcopy(PUBLISHED)
    data.update(changes)
    return {name: value for name, value in data.items() if value is not ...}


def source(**changes: object) -> Data:
    """Return a record whose second source has other fields."""
    data = record()
    data["sources"][1] = {
        name: value for name, value in {**data["sources"][1], **changes}.items() if value is not ...
    }  # fmt: skip
    return data


def only(data: object) -> ShapeError:
    """Return the one mistake in data."""
    assert not CHECKER.accepts(data)
    (error,) = shape_errors(data, CHECKER)
    return error


def told(data: object) -> tuple[str, str]:
    """Describe the one mistake in data."""
    return describe(only(data))


def test_a_good_record_has_no_mistake() -> None:
    assert CHECKER.accepts(PUBLISHED)
    assert shape_errors(PUBLISHED, CHECKER) == []


def test_a_missing_field() -> None:
    error = only(record(title=...))

    assert (error.kind, error.path, error.name, error.value) == (ShapeKind.MISSING, (), "title", None)
    assert describe(error) == ("`title` is missing", "add `title:`")


def test_a_missing_field_of_a_source() -> None:
    error = only(source(url=...))

    assert (error.kind, error.path, error.name) == (ShapeKind.MISSING, ("sources", 1), "url")


def test_an_id_of_a_registry_with_another_form() -> None:
    config = Config(root=Path("/registry"), id_prefix="CM", id_digits=5)
    checker = ShapeChecker(registry_schema(shipped_taxonomy(), config))
    (error,) = shape_errors(PUBLISHED, checker)

    assert describe(error)[1] == "expected: the ID of a record in this index, such as `CM-00232`"


def test_a_missing_field_that_the_status_asks_for() -> None:
    error = only(record(summary=...))

    assert error.because == {"status": "published"}
    assert describe(error)[0] == "`summary` is missing: a record with `status: published` needs it"


def test_a_missing_field_that_two_values_ask_for() -> None:
    error = only(record(severity="high", mechanism=...))

    assert (error.name, error.because) == ("mechanism", {"status": "published", "severity": "high or catastrophic"})


def test_an_unknown_field_and_the_one_that_was_meant() -> None:
    error = only(record(tilte="x"))

    assert (error.kind, error.path, error.name, error.near) == (ShapeKind.UNKNOWN, ("tilte",), "tilte", "title")
    assert describe(error) == ("there is no field `tilte`", "did you mean `title`?")


def test_an_unknown_field_that_is_near_to_none() -> None:
    message, help_ = told(source(zzz=1))

    assert message == "there is no field `zzz`"
    assert help_.startswith("known here: `kind`, `title`, `url`,")


@pytest.mark.parametrize("name", ["wing", "confidence", "source_count", "url", "what"])
def test_a_derived_field(name: str) -> None:
    error = only(record(**{name: "x"}))

    assert (error.kind, error.path) == (ShapeKind.DERIVED, (name,))
    assert describe(error)[0] == f"`{name}` is worked out by ficli, never typed"


def test_a_field_that_is_derived_in_a_record_is_unknown_in_an_organization() -> None:
    error = only(record(organizations=[{"name": "Klarna", "role": "deployer", "confidence": "high"}]))

    assert error.kind is ShapeKind.UNKNOWN


def draft(**changes: object) -> Data:
    """Return a good draft with other fields."""
    return record(**{"status": "draft", "id": ..., "indexed_date": ..., "taxonomy_version": ..., **changes})


@pytest.mark.parametrize(
    ("name", "value"),
    [("id", "FI-0001"), ("indexed_date", "2026-06-05"), ("taxonomy_version", "1.0.0")],
)
def test_a_field_that_only_assign_writes(name: str, value: object) -> None:
    error = only(draft(**{name: value}))

    assert (error.kind, error.path, error.because) == (ShapeKind.ASSIGNED, (name,), {"status": "draft"})
    assert describe(error)[0] == f"`{name}` stands in a draft, but a record gets it only when it is published"


def test_a_correction_of_what_is_not_public_yet() -> None:
    assert told(draft(corrections=[]))[0] == "`corrections` stands in a draft, which has not been public yet"


def test_a_misplaced_field() -> None:
    error = only(record(reason="x"))

    assert (error.kind, error.path, error.because) == (ShapeKind.MISPLACED, ("reason",), {"status": "published"})
    assert describe(error)[0] == "`reason` does not belong in a record with `status: published`"


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"title": 5}, ("title",), "`title` must be text, but is the number `5`"),
        ({"title": None}, ("title",), "`title` must be text, but is empty"),
        ({"title": ["x"]}, ("title",), "`title` must be text, but is a list"),
        ({"title": {}}, ("title",), "`title` must be text, but is a mapping of fields"),
        ({"sources": "x"}, ("sources",), "`sources` must be a list, but is the text `x`"),
        ({"quote": []}, ("quote",), "`quote` must be a mapping of fields, but is a list"),
        ({"tags": ["a", 5]}, ("tags", 1), "`tags[2]` must be text, but is the number `5`"),
        ({"incident_date": 2025}, ("incident_date",), "`incident_date` must be text, but is the number `2025`"),
        (
            {"organizations": [{"name": "x", "role": "other", "anonymized": "yes"}]},
            ("organizations", 0, "anonymized"),
            "`anonymized` must be `true` or `false`, but is the text `yes`",
        ),
        ({"quote": {"text": "x", "source": True}}, ("quote", "source"), "but is the truth value `true`"),
    ],
)
def test_a_wrong_type(changes: dict[str, object], path: tuple[str | int, ...], message: str) -> None:
    error = only(record(**changes))

    assert (error.kind, error.path) == (ShapeKind.TYPE, path)
    assert describe(error)[0].endswith(message)


def test_a_wrong_type_where_values_can_be_listed() -> None:
    message, help_ = told(record(severity=3))

    assert message == "`severity` must be text, but is the number `3`"
    assert help_ == "allowed: `low`, `medium`, `high` or `catastrophic`"


@pytest.mark.parametrize("data", [None, "text", 5, [], [record()], True])
def test_what_is_no_record_at_all(data: object) -> None:
    error = only(data)

    assert (error.kind, error.path) == (ShapeKind.TYPE, ())
    assert describe(error)[0].startswith("the file must be a mapping of fields, but is ")


@pytest.mark.parametrize(
    ("changes", "path", "message", "help_"),
    [
        (
            {"severity": "hgih"},
            ("severity",),
            "`hgih` is no allowed value of `severity`",
            "did you mean `high`? allowed: `low`, `medium`, `high` or `catastrophic`",
        ),
        (
            {"claim_status": "x"},
            ("claim_status",),
            "`x` is no allowed value of `claim_status`",
            "allowed: `alleged`, `admitted`, `settled`, `adjudicated` or `reported`",
        ),
        ({"summary": ""}, ("summary",), "`summary` is empty", "expected: text, not an empty one"),
        ({"sources": []}, ("sources",), "`sources` is empty", "expected: at least 1 item"),
        (
            {"title": "x" * 301},
            ("title",),
            f"`{'x' * 59}…` does not fit `title`",
            "expected: at most 300 characters (there are 301)",
        ),
        ({"quote": {"text": "x", "source": 0}}, ("quote", "source"), "`0` does not fit `source`", "of at least 1"),
        ({"countries": ["se"]}, ("countries", 0), "`se` is no allowed value of `countries[1]`", "the United Kingdom is `GB`"),
        ({"tags": ["a", "a"]}, ("tags",), "`a` stands twice in `tags`", "delete one of the two"),
        ({"id": "FI-00232"}, ("id",), "`FI-00232` does not fit `id`", "such as `FI-0232`"),
    ],
)  # fmt: skip
def test_a_wrong_value(changes: dict[str, object], path: tuple[str | int, ...], message: str, help_: str) -> None:
    error = only(record(**changes))

    assert (error.kind, error.path) == (ShapeKind.VALUE, path)
    assert describe(error)[0] == message
    assert describe(error)[1].endswith(help_)


@pytest.mark.parametrize("version", [0, 2, "1", None, [1], True])
def test_another_version_of_the_format_is_the_only_mistake(version: object) -> None:
    error = only({"schema_version": version, "tilte": 5})

    assert (error.kind, error.path) == (ShapeKind.VERSION, ("schema_version",))
    assert describe(error)[0].endswith("and this ficli reads version 1")


def test_two_mistakes_in_one_field_are_one() -> None:
    assert only(record(slug="X" * 61)).path == ("slug",)
    assert only(record(title="")).path == ("title",)
    assert only(record(status=5)).path == ("status",)


def test_each_missing_field_is_a_mistake_of_its_own() -> None:
    errors = shape_errors(record(title=..., slug=..., summary=...), CHECKER)

    assert sorted(error.name for error in errors) == ["slug", "summary", "title"]


def test_mistakes_come_in_the_order_of_items() -> None:
    errors = shape_errors(record(tags=["ok", *range(11)]), CHECKER)

    assert [error.path for error in errors] == [("tags", number) for number in range(1, 12)]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_without_end(number: float) -> None:
    data = record(impact={"amounts": [{"value": number, "currency": "USD"}]})
    error = only(data)

    assert (error.kind, error.path) == (ShapeKind.VALUE, ("impact", "amounts", 0, "value"))
    assert describe(error)[1] == "expected: a finite number"


@pytest.mark.parametrize(
    "data",
    [
        record(slug="TODO"),
        record(severity="TODO"),
        record(failure_mode="TODO: which?"),
        source(kind="TBD"),
        source(url="TODO: the link"),
        record(incident_date="TODO"),
        record(incident_date="May 2025"),
        source(published="2025-5-8"),
        source(archive={"url": "https://example.org", "captured": "yesterday"}),
        record(corrections=[{"date": "soon", "note": "x"}]),
    ],
)
def test_what_other_rules_tell_more_closely_is_left_to_them(data: Data) -> None:
    assert shape_errors(data, CHECKER) == []
    assert len(shape_errors(data, CHECKER, record=False)) == 1


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("TODO", True), ("TODO: the docket", True), (" TODO ", True), ("TBD.", True), ("XXX", True), ("FIXME!", True),
        ("todo", False), ("TODOs", False), ("TODO-list app leaks", False), ("XXX-rated", False), ("TBD later", False),
        ("the TODO", False), ("", False),
    ],
)  # fmt: skip
def test_a_placeholder(text: str, *, placeholder: bool) -> None:
    assert is_placeholder(text) is placeholder


@pytest.mark.parametrize("key", [5, None, True, 1.5])
def test_a_key_that_is_no_text(key: object) -> None:
    errors = shape_errors({**record(), key: "x"}, CHECKER)

    assert [error.name for error in errors] == [str(key)]
    assert describe(errors[0])[0] == f"there is no field `{key}`"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "empty"), (True, "the truth value `true`"), (5, "the number `5`"), (1.5, "the number `1.5`"),
        ("x", "the text `x`"), ([], "a list"), ({}, "a mapping of fields"),
    ],
)  # fmt: skip
def test_what_a_value_is_called(value: object, words: str) -> None:
    assert found_type(value) == words


def test_the_reason_in_words() -> None:
    assert because_of({}) == ""
    assert because_of({"status": "draft"}) == "a record with `status: draft`"
    assert because_of({"status": "a", "severity": "b"}) == "a record with `status: a` and `severity: b`"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3000) | st.floats() | st.text(max_size=8) | st.just("TODO"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "kind", "x", "1"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*PUBLISHED, "tags", "related", "reason", "wing", "x"]), ANYTHING, max_size=6))
def test_whatever_the_data_each_place_is_told_once_and_can_be_said(changes: Data) -> None:
    data = {**record(), **changes}
    errors = shape_errors(data, CHECKER)

    assert len({(error.path, error.name) for error in errors}) == len(errors)
    for error in errors:
        message, help_ = describe(error)
        assert not HIDDEN.search(message + help_)
        assert not message.endswith(".")
        holder = data
        for step in error.path[: -1 if error.path else None]:
            holder = holder[step]
    if CHECKER.accepts(data):
        assert errors == []
