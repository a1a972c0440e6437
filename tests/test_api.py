"""The public Python module: what it promises, and that it promises nothing else."""

from __future__ import annotations

import copy
import dataclasses
import doctest
import inspect
import io
import json
import os
import pickle
import re
import subprocess
import sys
import threading
import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ficli import api
from ficli.commands.export.export import open_export
from ficli.commands.init.init import init
from ficli.commands.validate.validate import ValidateOutcome, ValidateRequest, validate
from ficli.environment import Environment
from ficli.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
PAGE = Path(__file__).parents[1] / "docs" / "api.md"
KLARNA = "incidents/FI-0232.yaml"


@pytest.fixture
def opened(registry: Path) -> api.Registry:
    """Return the example registry, opened."""
    return api.open_registry(registry, today=TODAY)


def spoil(registry: Path, before: bytes, after: bytes) -> None:
    path = registry / KLARNA
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after))


def break_yaml(registry: Path) -> None:
    spoil(registry, b"severity: medium", b"severity: [medium")


# --- the surface ------------------------------------------------------------------------------------------------

SURFACE = {
    "CitedText": ["text", "notes"],
    "ConfigurationError": "(message: 'str', *, path: 'str', line: 'int' = 0, column: 'int' = 0, hint: 'str' = '') -> 'None'",
    "Diagnostic": ["rule", "severity", "message", "excerpt", "field", "related", "help", "fix"],
    "Excerpt": ["path", "span", "source", "text"],
    "FicliError": "(message: 'str', *, hint: 'str' = '') -> 'None'",
    "Fix": ["description", "edits", "safe"],
    "Record": ["path", "id", "slug", "status", "title", "data"],
    "RecordError": "(message: 'str', *, path: 'str' = '', hint: 'str' = '') -> 'None'",
    "Registry": ["root", "today", "workers"],
    "Severity": ["ERROR", "WARNING", "INFO"],
    "Span": ["line", "column", "end_line", "end_column"],
    "UsageError": "(message: 'str', *, hint: 'str' = '') -> 'None'",
    "Validation": ["diagnostics", "records", "rules", "unread", "complete", "passed"],
    "open_registry": "(folder: 'str | os.PathLike[str]' = '.', *, today: 'date | None' = None, workers: 'int' = 1) -> 'Registry'",
}
METHODS = {
    "records": "(self, *, on_error: 'OnError | None' = None) -> 'Iterator[Record]'",
    "find": "(self, name: 'str | os.PathLike[str]') -> 'Record'",
    "validate": "(self, paths: 'Iterable[str | os.PathLike[str]]' = (), *, select: 'Iterable[str]' = (), ignore: 'Iterable[str]' = (), since: 'str | None' = None, cache: 'bool' = False) -> 'Validation'",
    "cite": "(self, *names: 'str', style: 'str' = '', format: 'str' = 'text', in_text: 'bool' = False, sources: 'bool' = False, accessed: 'date | str' = '') -> 'CitedText'",
    "export": "(self, format: 'str', output: 'str | os.PathLike[str]', *, only: 'Iterable[str]' = ('published', 'merged', 'removed'), fields: 'Iterable[str]' = (), server: 'str' = '', on_error: 'OnError | None' = None) -> 'list[Path]'",
    "export_text": "(self, format: 'str', *, only: 'Iterable[str]' = ('published', 'merged', 'removed'), fields: 'Iterable[str]' = (), server: 'str' = '', on_error: 'OnError | None' = None) -> 'Iterator[str]'",
}


def shape(name: str) -> list[str] | str:
    thing = getattr(api, name)
    if dataclasses.is_dataclass(thing):
        return [field.name for field in dataclasses.fields(thing)]
    return list(api.Severity.__members__) if thing is api.Severity else str(inspect.signature(thing))


def test_the_surface_changes_on_purpose_only() -> None:
    """Who changes it changes the version as docs/api.md says, and the changelog."""
    assert sorted(api.__all__) == sorted(SURFACE)
    assert {name: shape(name) for name in api.__all__} == SURFACE
    methods = {name: str(inspect.signature(method)) for name, method in vars(api.Registry).items() if name in METHODS}
    assert methods == METHODS
    assert {name for name in dir(api.Registry) if name[0] != "_"} == {*METHODS, *SURFACE["Registry"]}


def test_the_page_has_every_name() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))

    assert sorted(table) == sorted(api.__all__)
    for name, parts in (SURFACE | {"Registry": list(METHODS)}).items():
        assert isinstance(parts, str) or [part for part in parts if f"`{part}`" not in table[name]] == []


def test_the_annotations_can_be_resolved() -> None:
    for thing in (api.open_registry, api.Record, api.Validation, api.Registry):
        assert typing.get_type_hints(thing)
    assert typing.get_type_hints(api.Registry.find)["return"] is api.Record
    for name in METHODS:
        assert "return" in typing.get_type_hints(getattr(api.Registry, name))


def test_the_examples_of_the_page_are_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(Environment(variables={}, cwd=tmp_path, clock=lambda: TODAY), tmp_path / "demo", example=True)
    monkeypatch.chdir(tmp_path)
    report = io.StringIO()
    monkeypatch.setattr(sys, "stdout", report)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert (failed, report.getvalue()) == (0, "")
    assert tried > 10


def test_importing_it_loads_nothing_but_itself() -> None:
    probe = "import ficli.api, sys; print(*sys.modules)"
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    done = subprocess.run(  # noqa: S603 - the words are those of this test
        [sys.executable, "-S", "-c", probe], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())
    own = {name for name in modules if name.split(".")[0] == "ficli"}

    assert own == {"ficli", "ficli.api", "ficli.diagnostics", "ficli.errors", "ficli.wording"}
    tops = {name.split(".")[0] for name in modules - own}
    assert {name for name in tops if name not in sys.stdlib_module_names and name != "__main__"} == set()
    assert tops & {"subprocess", "multiprocessing", "socket", "sqlite3", "http", "asyncio"} == set()


# --- opening ----------------------------------------------------------------------------------------------------


def test_a_registry_is_opened_from_anything_in_it(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(registry / "incidents")

    assert api.open_registry() == api.open_registry(registry / KLARNA) == api.Registry(registry.resolve())


def test_opening_what_is_not_a_registry(tmp_path: Path, registry: Path) -> None:
    with pytest.raises(api.UsageError, match="no registry here"):
        api.open_registry(tmp_path)
    with pytest.raises(api.UsageError, match="does not exist"):
        api.open_registry(tmp_path / "nowhere")
    with pytest.raises(api.UsageError, match="`workers` must be at least 1, not 0"):
        api.open_registry(registry, workers=0)
    (registry / "ficli.toml").write_text("nmae = 1\n", encoding="utf-8")
    with pytest.raises(api.ConfigurationError, match="nmae") as caught:
        api.open_registry(registry)
    assert (Path(caught.value.path).name, caught.value.line) == ("ficli.toml", 1)


def test_a_registry_that_is_gone_is_not_an_empty_one(opened: api.Registry) -> None:
    opened.root.rename(opened.root.with_name("elsewhere"))

    for call in (lambda: list(opened.records()), opened.validate, lambda: opened.find("232")):
        with pytest.raises(api.UsageError, match="does not exist"):
            call()


def test_a_registry_that_lay_in_another_is_not_that_other(registry: Path) -> None:
    inner = registry / "inner"
    inner.mkdir()
    (inner / "ficli.toml").touch()
    opened = api.open_registry(inner)
    assert list(opened.records()) == []
    (inner / "ficli.toml").unlink()

    for call in (
        lambda: list(opened.records()),
        opened.validate,
        lambda: opened.find("FI-0232"),
        lambda: opened.cite("FI-0232"),
        lambda: list(opened.export_text("jsonl")),
    ):
        with pytest.raises(api.UsageError, match=r"there is no registry at .* any more"):
            call()


# --- records ----------------------------------------------------------------------------------------------------


def test_records_are_what_the_files_hold(opened: api.Registry) -> None:
    records = list(opened.records())

    assert [record.path.partition("/")[0] for record in records] == ["drafts", "incidents", "incidents", "incidents"]
    assert [(record.id, record.status) for record in records[1:]] == [
        ("FI-0192", "published"),
        ("FI-0232", "published"),
        ("FI-0666", "published"),
    ]
    klarna = records[2]
    assert (klarna.path, klarna.slug, klarna.title) == (KLARNA, klarna.data["slug"], klarna.data["title"])
    assert klarna.data["sources"][0]["published"] == "2025-05-08"
    assert json.loads(json.dumps(klarna.data)) == klarna.data


def test_a_record_without_names_is_yielded(opened: api.Registry) -> None:
    (opened.root / KLARNA).write_text("id: 7\ntitle: [x]\nslug: first\nslug: second\n", encoding="utf-8")
    record = list(opened.records())[2]

    assert (record.id, record.title, record.slug, record.status) == ("", "", "first", "")
    assert record.data == {"id": 7, "title": ["x"], "slug": "first"}


def test_what_is_done_to_data_stays_with_its_owner(opened: api.Registry) -> None:
    before = (opened.root / KLARNA).read_bytes()
    first = opened.find("232")
    kept = copy.deepcopy(first)
    first.data["sources"].clear()

    assert opened.find("232") == kept != first
    assert (opened.root / KLARNA).read_bytes() == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.title = "other"  # type: ignore[misc]


def test_records_are_read_one_at_a_time(opened: api.Registry) -> None:
    records = opened.records()
    next(records)
    spoil(opened.root, b"title: ", b"title: Now ")

    assert [record.title[:4] for record in records][1] == "Now "


NOT_RECORDS: dict[str, Callable[[Path], object]] = {
    KLARNA: break_yaml,
    "incidents/FI-0001.yaml": lambda root: (root / "incidents/FI-0001.yaml").write_text("- id: FI-0001\n"),
    "incidents/FI-0002.yaml": lambda root: (root / "incidents/FI-0002.yaml").symlink_to("/etc/hosts"),
    "incidents/FI-0003.yml": lambda root: (root / "incidents/FI-0003.yml").write_text("id: FI-0003\n"),
    "incidents/FI-0004.yaml": lambda root: (root / "incidents/FI-0004.yaml").write_bytes(b"x: " + b"y" * (1 << 21)),
    "incidents/FI-0005.yaml": lambda root: (root / "incidents/FI-0005.yaml").mkdir(),
    "incidents/FI-0006.yaml": lambda root: (root / "incidents/FI-0006.yaml").write_bytes(b""),
    "drafts/\x1b[31m.yaml": lambda root: (root / "drafts/\x1b[31m.yaml").write_bytes(b"title: x\n"),
}


@pytest.mark.parametrize("path", NOT_RECORDS, ids=ascii)
def test_what_cannot_be_read_is_never_passed_over(opened: api.Registry, path: str) -> None:
    whole = [record.path for record in opened.records()]
    NOT_RECORDS[path](opened.root)
    errors: list[api.RecordError] = []

    with pytest.raises(api.RecordError) as caught:
        list(opened.records())
    assert caught.value.path == path
    assert "\x1b" not in str(caught.value)
    assert [record.path for record in opened.records(on_error=errors.append)] == [
        name for name in whole if name != path
    ]
    assert [error.path for error in errors] == [path]
    with pytest.raises(api.RecordError):
        list(opened.export_text("jsonl"))
    if path == KLARNA:
        with pytest.raises(api.RecordError, match="cannot be read as a record"):
            opened.find(path)


def test_a_file_that_vanishes_while_others_are_read(opened: api.Registry) -> None:
    records = opened.records()
    next(records)
    (opened.root / KLARNA).unlink()

    next(records)
    with pytest.raises(api.RecordError, match="could not be read: no such file") as caught:
        next(records)
    assert caught.value.path == KLARNA
    assert isinstance(caught.value, api.FicliError)


@pytest.mark.parametrize(
    "name", ["FI-0232", "fi-232", "232", "klarna-reintroduces-human-agents-customer-service", KLARNA]
)
def test_find(opened: api.Registry, name: str) -> None:
    assert opened.find(name).path == KLARNA


def test_find_a_page_and_a_path_from_here(opened: api.Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(opened.root / "incidents")
    page = json.loads(next(opened.export_text("jsonl", fields=["url"])))["url"]

    assert opened.find(page).id == "FI-0192"
    assert opened.find("FI-0232.yaml").path == opened.find(opened.root.as_posix() + "/" + KLARNA).path == KLARNA


def test_find_what_is_not_there(opened: api.Registry) -> None:
    with pytest.raises(api.UsageError, match="there is no record `klarna`") as caught:
        opened.find("klarna")
    assert "klarna-reintroduces" in caught.value.hint


# --- checking ---------------------------------------------------------------------------------------------------


def test_a_finding_is_a_value(opened: api.Registry) -> None:
    spoil(opened.root, b"severity: medium", b"severity: hgih")
    result = opened.validate([opened.root / KLARNA], select=["invalid-value"])

    (finding,) = result.diagnostics
    assert (finding.rule, finding.path, finding.field) == ("invalid-value", KLARNA, "severity")
    assert finding.severity is api.Severity.ERROR
    assert finding.excerpt.source[finding.span.column - 1 : finding.span.end_column - 1] == "hgih"
    assert (result.records, result.complete, result.passed, result.unread) == (1, True, False, ())
    assert "invalid-value" in result.rules


def test_rules_can_be_left_out(opened: api.Registry) -> None:
    every = {finding.rule for finding in opened.validate().diagnostics}
    some = min(every)

    assert {finding.rule for finding in opened.validate(ignore=[some]).diagnostics} == every - {some}
    with pytest.raises(api.UsageError, match="no-such-rule"):
        opened.validate(select=["no-such-rule"])


def test_passing_is_what_the_command_says(opened: api.Registry, run: Callable[..., tuple[int, str, str]]) -> None:
    codes = []
    for _ in range(2):
        codes.append(run("validate", cwd=opened.root)[0])
        assert opened.validate().passed is (codes[-1] == 0)
        (opened.root / next(opened.records()).path).unlink()
    assert codes == [1, 0]


def test_a_record_that_cannot_be_opened_is_not_passed(opened: api.Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    for path in (opened.root / "drafts").iterdir():
        path.unlink()
    assert opened.validate().passed
    monkeypatch.setattr(os, "open", refused)
    result = opened.validate()

    assert (result.passed, result.complete) == (False, False)
    assert len(result.unread) == 3


def test_nothing_to_check_is_not_passed(tmp_path: Path) -> None:
    (tmp_path / "ficli.toml").touch()

    with pytest.raises(api.UsageError, match="no records"):
        api.open_registry(tmp_path).validate()


def test_only_what_a_change_touches(index: Path, add_drafts: Callable[..., None], git: Callable[..., str]) -> None:
    add_drafts(index, "one")
    git(index, "checkout", "-b", "change")
    add_drafts(index, "two")
    result = api.open_registry(index, today=TODAY).validate(since="main")

    assert (result.records, result.complete) == (1, True)
    with pytest.raises(api.FicliError, match="nowhere"):
        api.open_registry(index).validate(since="nowhere")


def test_today_is_what_the_registry_was_opened_with(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 1, 2, tzinfo=UTC).timestamp())))
    early = api.open_registry(registry, today=datetime(2020, 1, 2, 3, tzinfo=UTC))
    labels = {finding.label for finding in early.validate(select=["future-date"]).diagnostics}

    assert labels == {"today is 2020-01-02"}
    assert "2020-01-02" in early.cite("232", format="ris", accessed="today").text.replace("/", "-")
    assert "2030-01-02" in api.open_registry(registry).cite("232", format="ris", accessed="today").text.replace(
        "/", "-"
    )
    assert "2024-03-04" in early.cite("232", format="ris", accessed=date(2024, 3, 4)).text.replace("/", "-")


# --- citing and exporting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [{"style": "apa"}, {"format": "bibtex"}, {"style": "mla", "format": "html"}, {"sources": True}]
)
def test_a_citation_is_that_of_the_command(
    opened: api.Registry, run: Callable[..., tuple[int, str, str]], options: dict[str, Any]
) -> None:
    flags = [
        word for name, value in options.items() for word in ([f"--{name}"] if value is True else [f"--{name}", value])
    ]
    code, out, err = run("cite", "FI-0192", *flags, cwd=opened.root)
    cited = opened.cite("FI-0192", **options)

    assert (code, out) == (0, f"{cited}\n")
    assert err == "".join(f"note: {note}\n" for note in cited.notes)


def test_a_merged_record_is_cited_with_a_note(opened: api.Registry) -> None:
    tombstone = "schema_version: 1\nid: FI-0100\nslug: x\nstatus: merged\ntitle: X\nmerged_into: FI-0232\n"
    (opened.root / "incidents/FI-0100.yaml").write_text(tombstone, encoding="utf-8")
    cited = opened.cite("FI-0100")

    assert "Klarna" in str(cited)
    assert "`FI-0100` was merged into `FI-0232`, which is cited in its place" in cited.notes


def test_what_cannot_be_cited(opened: api.Registry) -> None:
    draft = next(opened.records())

    with pytest.raises(api.FicliError, match="is a draft"):
        opened.cite(draft.slug)
    with pytest.raises(api.UsageError, match="there is no style `aqa`"):
        opened.cite("FI-0232", style="aqa")
    with pytest.raises(api.UsageError, match="`tomorrow` is no day"):
        opened.cite("FI-0232", accessed="tomorrow")
    with pytest.raises(api.UsageError):
        opened.cite()


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "atom", "cff"])
def test_an_export_is_that_of_the_command(
    opened: api.Registry, run: Callable[..., tuple[int, str, str]], tmp_path: Path, form: str
) -> None:
    code, _, _ = run("export", form, "-o", "theirs/", cwd=opened.root)
    (tmp_path / "ours").mkdir()
    written = opened.export(form, tmp_path / "ours")
    theirs = opened.root / "theirs"

    assert code == 0
    assert sorted(path.name for path in written) == sorted(path.name for path in theirs.iterdir())
    assert [path.read_bytes() for path in written] == [(theirs / path.name).read_bytes() for path in written]
    text = "".join(opened.export_text(form)).encode()
    assert text == (theirs / ("records.csv" if form == "csv" else written[0].name)).read_bytes()


def test_what_is_exported_can_be_chosen(opened: api.Registry) -> None:
    (line,) = opened.export_text("jsonl", only=["draft"], fields=["status"])
    assert json.loads(line) == {"status": "draft"}
    (opened.root / "incidents/FI-0100.yaml").write_text(
        "schema_version: 1\nid: FI-0100\nslug: x\nstatus: merged\ntitle: X\nmerged_into: FI-0232\n"
        "reason: The same event.\nretired_date: 2026-10-01\n",
        encoding="utf-8",
    )
    assert "klarna" in "".join(opened.export_text("redirects", server="nginx"))


@pytest.mark.parametrize(
    ("form", "options", "message"),
    [
        ("sqlite", {}, "the format `sqlite` is not text"),
        ("jsom", {}, "there is no format `jsom`"),
        ("jsonl", {"only": ["drafts"]}, "no `drafts`"),
        ("jsonl", {"fields": ["titel"]}, "titel"),
        ("redirects", {}, "one web server"),
    ],
)
def test_an_export_that_makes_no_sense(opened: api.Registry, form: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(api.UsageError, match=message):
        list(opened.export_text(form, **options))


@pytest.mark.parametrize("output", ["incidents", "incidents/FI-0232.yaml", "ficli.toml"])
def test_an_export_spares_the_registry(opened: api.Registry, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(opened.root)
    with pytest.raises(api.UsageError, match="the registry keeps its own"):
        opened.export("json", output)


def test_an_export_to_no_name_goes_into_the_working_folder(
    opened: api.Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert opened.export("sqlite", "") == [tmp_path / "index.sqlite"]
    monkeypatch.chdir(opened.root / "incidents")
    with pytest.raises(api.UsageError, match="the registry keeps its own"):
        opened.export("sqlite", "")


SPOILED: dict[str, Callable[[Path], object]] = {
    "broken": break_yaml,
    "unsound": lambda root: spoil(root, b"severity: medium", b"severity: hgih"),
    "twice": lambda root: spoil(root, b"id: FI-0232", b"id: FI-0192"),
    "stray": lambda root: (root / "incidents/FI-0003.yml").write_text("id: FI-0003\n"),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_an_export_with_something_left_out_is_not_written_unasked(
    opened: api.Registry, tmp_path: Path, spoiled: str
) -> None:
    SPOILED[spoiled](opened.root)
    errors: list[api.RecordError] = []

    with pytest.raises(api.RecordError):
        opened.export("jsonl", tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
    opened.export("jsonl", tmp_path / "out.jsonl", on_error=errors.append)
    assert len(errors) == 1
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == (3 if spoiled == "stray" else 2)


# --- the world around -------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_printed_and_nothing_is_written(opened: api.Registry, capfd: pytest.CaptureFixture[str]) -> None:
    break_yaml(opened.root)
    before = contents(opened.root)
    list(opened.records(on_error=lambda _error: None))
    opened.find("FI-0192")
    opened.validate()
    opened.cite("FI-0192", style="mla")
    list(opened.export_text("json", on_error=lambda _error: None))

    assert capfd.readouterr() == ("", "")
    assert contents(opened.root) == before


def test_what_earlier_runs_remember_is_used_on_demand(opened: api.Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def watched(environment: Environment, request: ValidateRequest) -> ValidateOutcome:
        asked.append(request.cache)
        return validate(environment, request)

    monkeypatch.setattr("ficli.commands.validate.validate.validate", watched)
    assert opened.validate(cache=True) == opened.validate(cache=True) == opened.validate()
    assert asked == [True, True, False]


def test_two_threads_do_not_mix_two_registries(opened: api.Registry, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "incidents").mkdir(parents=True)
    (other / "ficli.toml").touch()
    record = (opened.root / KLARNA).read_text(encoding="utf-8").replace("title: ", "title: Other ", 1)
    for number in range(1, 40):
        text = re.sub("^(id|slug): .*$", rf"\1: FI-{number:04}", record, flags=re.MULTILINE)
        (other / "incidents" / f"FI-{number:04}.yaml").write_text(text, encoding="utf-8")
    registries = [opened, api.open_registry(other, today=TODAY)]
    alone = [registry.validate() for registry in registries]
    start = threading.Barrier(2)

    def together_with(registry: api.Registry) -> list[api.Validation]:
        start.wait()
        return [registry.validate() for _ in range(5)]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(2) as pool:
            together = list(pool.map(together_with, registries))
    finally:
        sys.setswitchinterval(interval)
    assert together == [[result] * 5 for result in alone]


def test_a_callback_may_use_the_registry(opened: api.Registry) -> None:
    break_yaml(opened.root)
    seen: list[bool] = []

    list(opened.export_text("jsonl", on_error=lambda _error: seen.append(opened.validate().passed)))
    assert seen == [False]


def test_values_travel_between_processes(opened: api.Registry) -> None:
    things = (opened, opened.find("232"), opened.validate(), opened.cite("232"))

    assert pickle.loads(pickle.dumps(things)) == things  # noqa: S301 - our own
    assert len({opened, opened.find("232"), opened.find("232")}) == 2


@pytest.mark.parametrize(
    "error",
    [
        api.RecordError("m", path="p", hint="h"),
        ConfigurationError("m", path="p", line=3, hint="h"),
        api.UsageError("m", hint="h"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel_between_processes(error: api.FicliError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


def test_more_processes_find_the_same(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workers: list[int] = []

    def watched(environment: Environment, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        workers.append(environment.workers)
        return open_export(environment, *arguments, **options)

    monkeypatch.setattr("ficli.commands.export.export.open_export", watched)
    for number in (1, 2):
        list(api.open_registry(registry, workers=number).export_text("jsonl"))

    assert workers == [1, 2]


@pytest.mark.parametrize(
    "call",
    [
        lambda registry: registry.validate(["a" * 5000]),
        lambda registry: registry.find("a/" + "b" * 5000),
        lambda registry: registry.export("json", registry.root.parent / ("a" * 300)),
        lambda registry: registry.export("json", registry.root.parent / "\0"),
        lambda _: api.open_registry("/" + "a" * 5000),
        lambda registry: registry.find(""),
    ],
)
def test_what_the_system_refuses_is_an_error_of_ficli(registry: Path, call: Callable[[api.Registry], object]) -> None:
    with pytest.raises(api.FicliError):
        call(api.open_registry(registry))


def test_one_text_is_one_value(registry: Path) -> None:
    folder = str(registry / "incidents")
    opened = api.open_registry(registry)
    assert opened.validate(folder, select="weak-sourcing") == opened.validate([folder], select=["weak-sourcing"])
    assert opened.find(registry / "incidents" / "FI-0232.yaml").id == "FI-0232"
