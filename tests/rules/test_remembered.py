"""A second run with what an earlier one remembers finds exactly what a run without it finds, and does no work twice."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from ficli.diagnostics import AppendItem, Diagnostic, Excerpt, Fix, InsertKey, Severity, Span
from ficli.registry.index_entry import IndexEntry
from ficli.registry.records import SourceFile
from ficli.registry.store import VERDICTS, FileFacts
from ficli.rules.check_record import FileReport, RecordChecker
from ficli.rules.check_registry import RegistryFindings, check_registry
from ficli.rules.cross_record import RegistryRules
from ficli.rules.remembered import RememberedFindings, _earlier, _text

from .conftest import terms_of
from .test_fixtures import BAD, BAD_FOLDERS, name, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALLOWED = "# ficli: allow[likely-duplicate, shared-source, duplicate-quote] told twice on purpose"


@pytest.fixture(autouse=True)
def _remember_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember however few records, however young."""
    monkeypatch.setattr("ficli.rules.check_registry._WORTH_CACHE", 0)
    monkeypatch.setattr("ficli.registry.store.COARSEST_CLOCK", -(10**12))


def judged(root: Path, *, cache: bool = True) -> RegistryFindings:
    terms = terms_of(root)
    return check_registry(*terms, cache=RememberedFindings(*terms) if cache else None)


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which no record may be read, no rule run, and no place be worked out."""

    def refuse(*_: object) -> Any:  # noqa: ANN401 - it returns nothing
        raise AssertionError("work was done twice")

    def forbid() -> None:
        monkeypatch.setattr(RecordChecker, "check", refuse)
        monkeypatch.setattr(RecordChecker, "index", refuse)
        monkeypatch.setattr(SourceFile, "raw", property(refuse))
        for work in ("_locator", "_problems"):
            monkeypatch.setattr(RegistryRules, work, refuse)

    return forbid


@pytest.mark.parametrize("fixture", [*BAD, *BAD_FOLDERS], ids=name)
def test_a_second_run_finds_the_same_and_does_nothing(fixture: Path, tmp_path: Path, idle: Callable[[], None]) -> None:
    root = shutil.copytree(fixture, tmp_path / "it") if fixture.is_dir() else settle(fixture, tmp_path / "it")
    first = judged(root)
    idle()

    assert judged(root) == first


@pytest.mark.parametrize("folder", BAD_FOLDERS, ids=name)
def test_a_place_that_has_moved_is_found_anew(folder: Path, tmp_path: Path) -> None:
    root = shutil.copytree(folder, tmp_path / "it")
    judged(root)
    for path in sorted(root.glob("*/*.yaml")):
        path.write_bytes(b"# one line more\n" + path.read_bytes())

        assert judged(root) == judged(root, cache=False)


def test_rules_do_not_run_again_where_only_other_records_have_changed(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_twice(registry)
    judged(registry)
    path = registry / "incidents" / "FI-0666.yaml"
    path.write_bytes(b"# one line more\n" + path.read_bytes())
    monkeypatch.setattr(RegistryRules, "_problems", None)

    assert "likely-duplicate" in {item.rule for item in judged(registry).diagnostics}


def test_only_places_in_what_has_changed_are_worked_out_again(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_twice(registry)
    judged(registry)
    path = registry / "incidents" / "FI-0666.yaml"
    path.write_bytes(path.read_bytes().replace(b"title: ", b"title: New ", 1))
    placed: list[str] = []
    really = RegistryRules._locator

    def noted(self: RegistryRules, at: str) -> object:
        placed.append(at)
        return really(self, at)

    monkeypatch.setattr(RegistryRules, "_locator", noted)
    found = judged(registry).diagnostics

    assert "likely-duplicate" in {item.rule for item in found}
    assert placed == []


def test_a_comment_that_becomes_idle_because_of_another_record_is_told(registry: Path) -> None:
    tell_twice(registry)
    (found,) = [item for item in judged(registry).diagnostics if item.rule == "likely-duplicate"]
    path = registry / found.path
    lines = path.read_text(encoding="utf-8").split("\n")
    lines.insert(found.span.line - 1, "# ficli: allow[likely-duplicate] told twice on purpose")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "unused-suppression" not in {item.rule for item in judged(registry).diagnostics}

    (registry / "incidents" / "FI-0232.yaml").unlink()

    assert "unused-suppression" in {item.rule for item in judged(registry).diagnostics}
    assert judged(registry) == judged(registry, cache=False)


def tell_twice(registry: Path) -> None:
    """Write the Klarna record a second time, under another ID and slug."""
    text = (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    text = text.replace("id: FI-0232", "id: FI-0300").replace("slug: klarna", "slug: again-klarna")
    (registry / "incidents" / "FI-0300.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_changed_the_findings_are_those_of_a_run_without_memory(registry: Path, seed: int) -> None:
    (registry / "incidents" / "notes.txt").write_text("a stray", encoding="utf-8")
    tell_twice(registry)
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    for number in range(12):
        change(registry, draw, number)

        assert judged(registry) == judged(registry, cache=False)
        assert judged(registry) == judged(registry, cache=False)


def change(root: Path, draw: random.Random, number: int) -> None:
    """Change something in a registry: a record, which records there are, or what lies among them."""
    paths = sorted(root.glob("*/*.yaml"))
    path, other = draw.choice(paths), draw.choice(paths)
    text = path.read_text(encoding="utf-8")
    changed = [
        f"# one line more\n{text}",
        f"{text}related:\n  - {other.stem}\n",
        text.replace("\nsources:", f"\n{ALLOWED}\nsources:"),
        text.replace("\ntitle:", f"\n{ALLOWED}\ntitle:"),
        text.replace(ALLOWED, "# nothing"),
        text.replace("https://", "http://", 1),
    ]
    match draw.randrange(9):
        case 0:
            shutil.copyfile(path, root / "incidents" / f"FI-{number + 1000}.yaml")
        case 1 if len(paths) > len(changed):
            path.unlink()
        case 2:
            (root / "incidents" / f"stray-{number}.yml").write_text("", encoding="utf-8")
        case _:
            path.write_text(draw.choice(changed), encoding="utf-8")


def test_a_record_on_which_a_rule_broke_is_judged_again(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("ficli.registry.records.parse_fast", None)
        assert {item.rule for item in judged(registry).diagnostics} >= {"rule-crashed"}

    assert judged(registry) == judged(registry, cache=False)


def test_rules_across_records_that_broke_run_again(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("ficli.rules.contract.Resemblance", None)
        assert {item.rule for item in judged(registry).diagnostics} >= {"rule-crashed"}

    assert judged(registry) == judged(registry, cache=False)


@pytest.mark.parametrize("spoil", ["[1]", "[0,[],[],[],[],null,null]", '{"a":1}', "null", "[" * 9000, "1,2", "\udcff"])
def test_facts_that_cannot_be_right_are_not_believed(
    registry: Path, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = judged(registry)
    really = FileFacts.known

    def known(self: FileFacts, files: Any) -> dict[str, str]:  # noqa: ANN401 - handed through
        return really(self, files) | {"incidents/FI-0232.yaml": spoil}

    with monkeypatch.context() as patch:
        patch.setattr(FileFacts, "known", known)
        assert judged(registry) == first
    assert judged(registry) == first


@pytest.mark.parametrize("note", ["null", "[]", "{", '{"mark":1}', '{"elsewhere":[1]}', '{"elsewhere":{"a":[1]}}'])
def test_a_note_that_cannot_be_right_is_not_believed(
    registry: Path, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = judged(registry)
    really = FileFacts.__init__

    def init(self: FileFacts, *given: Any) -> None:  # noqa: ANN401 - handed through
        really(self, *given)
        self.note = note

    monkeypatch.setattr(FileFacts, "__init__", init)
    assert judged(registry) == first


@pytest.mark.parametrize("edit", [AppendItem(("a",), {1: "a"}), InsertKey((), "a", (1, 2)), InsertKey((), "a", {b"x"})])
def test_a_fix_that_json_would_change_is_not_remembered(edit: AppendItem | InsertKey) -> None:
    item = Diagnostic("r", Severity.ERROR, "m", Excerpt("p", Span(1, 1, 1, 1), ""), fix=Fix("d", (edit,)))

    assert _text(FileReport("p", IndexEntry("p", "", "", "", ""), (item,)), None, None) is None


def test_every_field_of_a_finding_is_remembered() -> None:
    place = Excerpt("other", Span(1, 2, 3, 4), "\udcff ü", "label")
    fix = Fix("d", (InsertKey(("a", 1), "b", {"c": [None, True, 1, 1.5]}),), safe=False)
    item = Diagnostic("r", Severity.INFO, "m", place, "f", (Excerpt("p", Span(1, 1, 1, 1), "x"), place), "h", fix)
    report = FileReport("p", IndexEntry("p", "i", "s", "d", "t", organizations=("a", "b")), (item,), infos=3)
    text = _text(report, None, None)

    assert text is not None
    assert _earlier({"p": text}, None).reports == {"p": report}
    assert _earlier({"p": text}, {"other"}).reports == {"p": report._replace(diagnostics=())}


def test_the_store_holds_nothing_but_text(registry: Path) -> None:
    judged(registry)
    terms = terms_of(registry)
    memory = RememberedFindings(*terms)._opened()

    assert isinstance(memory, FileFacts)
    assert memory._kind == VERDICTS
    assert all(isinstance(text, str) for kept in memory._stored.values() for text in kept)
