"""Fixing comes to an end, changes what it must and nothing else, and never writes over what someone else wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from ficli.commands.validate import validate as validating
from ficli.commands.validate.validate import FixMode, ValidateOutcome, ValidateRequest, validate
from ficli.diagnostics import Edit, Fix, ReplaceText, SetValue
from ficli.environment import Environment
from ficli.errors import FicliError
from ficli.registry.writing import write_changes
from ficli.rules.check_registry import RegistryFindings, check_registry
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.dates import date_order, future_date

if TYPE_CHECKING:
    from pathlib import Path
from typing import Any

World = Callable[..., Environment]
Check = Callable[[RecordContext], Iterator[Problem]]

PATH = "incidents/FI-0232.yaml"
IGNORED = ("placeholder-left",)


@pytest.fixture
def mend(registry: Path, environment: World) -> Callable[..., ValidateOutcome]:
    """Return a function that fixes the registry of examples."""

    def mended(mode: FixMode = FixMode.SAFE, *, write: bool = True, paths: tuple[Path, ...] = ()) -> ValidateOutcome:
        request = ValidateRequest(paths=paths, fix=mode, write=write, ignore=IGNORED)
        return validate(environment(cwd=registry), request)

    return mended


@pytest.fixture
def record(registry: Path) -> Path:
    """Return the file of the record that is spoilt."""
    return registry / PATH


def offering(*edits: Edit, when: Callable[[RecordContext], bool] = lambda _record: True, safe: bool = True) -> Check:
    """Make a rule that offers a fix for the record FI-0232."""

    def check(record: RecordContext) -> Iterator[Problem]:
        if record.file.path == PATH and when(record):
            yield Problem(at=("title",), message="could be otherwise", fix=Fix("change it", edits, safe=safe))

    return check


def title(record: Path) -> str:
    """Read the title as it stands in the file."""
    (line,) = [line for line in record.read_text(encoding="utf-8").splitlines() if line.startswith("title: ")]
    return line.removeprefix("title: ")


def test_only_what_is_wrong_changes(record: Path, mend: Callable[..., ValidateOutcome]) -> None:
    good = record.read_bytes()
    record.write_bytes(good.replace(b"Klarna rein", b"Klarna \xe2\x80\x8brein") + b"# the end  \n")
    others = {path: path.read_bytes() for path in record.parents[1].rglob("*.yaml") if path != record}
    outcome = mend()

    assert record.read_bytes().startswith(good)
    assert b"# the end" in record.read_bytes()
    assert outcome.fixed >= 1
    assert outcome.diagnostics == []
    assert {path: path.read_bytes() for path in others} == others


def test_windows_line_ends_and_a_comment_survive_an_unsafe_fix(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.rules.yaml_file.unformatted.check", lambda _record: ())
    good = record.read_bytes().replace(b"severity: medium\n", b"severity:   medium   # by hand\n")
    good = good.replace(b"\n", b"\r\n")
    record.write_bytes(good.replace(b"medium", b"meduim", 1))
    outcome = mend(FixMode.UNSAFE)

    assert record.read_bytes() == good
    assert (outcome.fixed, list(outcome.after)) == (1, [PATH])


def test_a_safe_run_leaves_unsafe_fixes_alone(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = SetValue(("title",), "Other title")
    monkeypatch.setattr(
        future_date, "check", offering(edit, safe=False, when=lambda context: context.record.title != "Other title")
    )
    before = record.read_bytes()

    assert mend(FixMode.SAFE).fixed == 0
    assert record.read_bytes() == before
    assert mend(FixMode.UNSAFE).fixed == 1
    assert title(record) == "Other title"


def test_a_fix_may_reveal_the_next(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(context: RecordContext) -> Iterator[Problem]:
        following = {"one": "two", "two": "three"}.get(context.record.title)
        if following:
            yield Problem(("title",), "wrong", fix=Fix("change it", (SetValue(("title",), following),)))

    record.write_text(record.read_text(encoding="utf-8").replace(title(record), "one"), encoding="utf-8")
    monkeypatch.setattr(future_date, "check", check)
    outcome = mend()

    assert (outcome.fixed, title(record)) == (2, "three")
    assert outcome.diagnostics == []


def test_fixes_that_undo_each_other_come_to_an_end(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(context: RecordContext) -> Iterator[Problem]:
        if context.file.path == PATH:
            other = "two" if context.record.title == "one" else "one"
            yield Problem(("title",), "wrong", fix=Fix("change it", (SetValue(("title",), other),)))

    monkeypatch.setattr(future_date, "check", check)
    outcome = mend()

    assert title(record) in {"one", "two"}
    assert [item.rule for item in outcome.diagnostics] == ["future-date"]


def test_of_two_fixes_in_each_others_way_the_first_is_made(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlike(context: RecordContext) -> bool:
        return context.record.title not in {"by one", "by two"}

    monkeypatch.setattr(date_order, "check", offering(SetValue(("title",), "by two"), when=unlike))
    monkeypatch.setattr(future_date, "check", offering(SetValue(("title",), "by one"), when=unlike))
    outcome = mend()

    assert title(record) in {"by one", "by two"}
    assert outcome.fixed == 1


def test_a_fix_that_cannot_be_made_does_not_hinder_the_others(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(future_date, "check", offering(SetValue(("no", "such", "field"), "x")))
    good = record.read_bytes()
    record.write_bytes(good.replace(b"Klarna rein", b"Klarna \xe2\x80\x8brein"))
    outcome = mend()

    assert record.read_bytes() == good
    assert (outcome.fixed, [item.rule for item in outcome.diagnostics]) == (1, ["future-date"])


def test_many_fixes_in_one_file_are_made_together(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = []

    def counted(*arguments: Any, **options: Any) -> RegistryFindings:  # noqa: ANN401 - handed on
        rounds.append(options["records"])
        return check_registry(*arguments, **options)

    monkeypatch.setattr("ficli.rules.fixes.check_registry", counted)
    good = record.read_bytes()
    record.write_bytes(good.replace(b"customer", b"cust\xe2\x80\x8bomer"))
    outcome = mend()

    assert record.read_bytes() == good
    assert outcome.fixed > 1
    assert len(rounds) == 1


def test_a_file_that_a_fix_empties_is_not_read_from_disk_again(
    record: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(record.read_text(encoding="utf-8"))
    monkeypatch.setattr(
        future_date, "check", offering(ReplaceText(0, size, ""), when=lambda context: bool(context.raw))
    )
    outcome = mend(write=False)

    assert outcome.after.get(PATH) in {b"", None}
    assert record.stat().st_size > 0


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_in_another_encoding_is_never_written(
    record: Path, mend: Callable[..., ValidateOutcome], encoding: str
) -> None:
    text = record.read_text(encoding="utf-8") + "# caf\u00e9\n# ficli: allow[cut-slug] a trial\n"
    record.write_bytes(text.encode(encoding))
    before = record.read_bytes()
    outcome = mend(FixMode.UNSAFE)

    assert record.read_bytes() == before
    assert (outcome.fixed, {item.rule for item in outcome.diagnostics}) == (0, {"not-utf8"})


def test_only_the_wanted_records_are_fixed(record: Path, registry: Path, mend: Callable[..., ValidateOutcome]) -> None:
    for path in (record, registry / "incidents" / "FI-0666.yaml"):
        path.write_bytes(path.read_bytes().replace(b"title: ", b"title: \xe2\x80\x8b", 1))
    outcome = mend(paths=(record,))

    assert list(outcome.after) == [PATH]
    assert "\u200b" not in record.read_text(encoding="utf-8")
    assert "\u200b" in (registry / "incidents" / "FI-0666.yaml").read_text(encoding="utf-8")


# --- writing -----------------------------------------------------------------------------------------------


def test_nothing_is_written_when_only_the_difference_is_asked_for(
    record: Path, mend: Callable[..., ValidateOutcome]
) -> None:
    record.write_bytes(record.read_bytes().replace(b"Klarna rein", b"Klarna \xe2\x80\x8brein"))
    before, stamp = record.read_bytes(), record.stat().st_mtime_ns
    outcome = mend(write=False)

    assert (record.read_bytes(), record.stat().st_mtime_ns) == (before, stamp)
    assert outcome.before == {PATH: before}
    assert b"\xe2\x80\x8b" not in outcome.after[PATH]


def test_a_record_that_someone_else_changed_is_left_alone_and_so_are_all(
    record: Path, registry: Path, mend: Callable[..., ValidateOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = registry / "incidents" / "FI-0192.yaml"
    for path in (record, other):
        path.write_bytes(path.read_bytes().replace(b"title: ", b"title: \xe2\x80\x8b", 1))
    before = other.read_bytes()

    def write_late(*arguments: object) -> None:
        record.write_bytes(b"title: by someone else\n")
        write_changes(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(validating, "write_changes", write_late)
    with pytest.raises(FicliError) as caught:
        mend()

    assert str(caught.value) == f"`{PATH}` was changed by someone else meanwhile, so nothing was written"
    assert record.read_bytes() == b"title: by someone else\n"
    assert other.read_bytes() == before
