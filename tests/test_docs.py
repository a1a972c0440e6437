"""The documentation: its generated pages follow from the code, and what is written by hand in it is so."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ficli.config import parse_config
from ficli.environment import Environment
from ficli.export import FORMATS
from ficli.registry.layout import OWNED
from ficli.terminal.main import main
from ficli.yaml.scalars import ScalarValue, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
FOLDERS = (DOCS, REPOSITORY / ".github", REPOSITORY / "benchmarks", REPOSITORY / "changelog.d")
PAGES = sorted([*REPOSITORY.glob("*.md"), *(page for folder in FOLDERS for page in folder.rglob("*.md"))])
RUN = "import runpy, sys, pathlib; runpy.run_path(sys.argv[1])['main']([], pathlib.Path(sys.argv[2]))"


@cache
def script() -> ModuleType:
    """Load `docs/generate.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a folder with every generated page."""
    assert script().main([], tmp_path) == 0
    capsys.readouterr()
    return tmp_path


def test_pages_are_the_same_whatever_the_terminal_and_the_hash_seed(tmp_path: Path) -> None:
    for name, seed, columns in (("one", "1", "40"), ("two", "2", "200")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": columns}
        command = [sys.executable, "-c", RUN, str(DOCS / "generate.py"), str(tmp_path / name)]
        subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - our own script
    assert contents(tmp_path / "one") == contents(tmp_path / "two") != {}


def test_check_is_content_with_what_was_written(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(written)
    assert script().main(["--check"], written) == 0
    assert script().main([], written) == 0
    assert capsys.readouterr() == ("", "")
    assert contents(written) == before


def test_check_names_a_changed_a_missing_and_a_stale_page(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(written)
    (written / "cli.md").write_bytes(before["cli.md"] + b"\n")
    (written / "rules" / "cut-slug.md").unlink()
    (written / "rules" / "no-such-rule.md").write_bytes(b"")
    after = contents(written)

    assert script().main(["--check"], written) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "cli.md: differs",
        "rules/cut-slug.md: missing",
        "rules/no-such-rule.md: stale: there is no such rule",
    ]
    assert "python docs/generate.py" in err
    assert contents(written) == after

    assert script().main([], written) == 0
    assert contents(written) == before


def test_other_line_ends_are_a_difference(written: Path) -> None:
    page = written / "record.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert script().main(["--check"], written) == 1


def test_the_readme_has_what_its_first_example_prints(run: Callable[..., tuple[int, str, str]]) -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "ficli init --example demo && ficli validate demo" in text
    assert run("init", "--example", "demo")[0] == 0
    code, printed, _ = run("validate", "demo")

    assert code == 1
    assert f"```\n$ ficli validate demo\n{printed}```\n" in text


def test_the_first_example_of_the_readme_is_brought_up_to_date(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = written / "docs"
    docs.mkdir()
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (written / "README.md").write_text(re.sub(r"\d+ rules ran", "1 rule ran", text), encoding="utf-8")
    assert script().main([], docs) == 0
    assert "../README.md: differs\n" in capsys.readouterr().out
    assert (written / "README.md").read_text(encoding="utf-8") == text
    assert script().main(["--check"], docs) == 0


def test_a_table_cell_holds_any_text() -> None:
    assert script().cell("a | b\n<c> `d | <e>`") == "a \\| b &lt;c> `d \\| <e>`"


def headings(page: Path) -> set[str]:
    """Give the anchors of a page, as GitHub makes them of headings."""
    texts = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        if linked.is_dir():
            continue
        assert linked.is_file(), target
        assert not anchor or anchor in headings(linked), target


def scalar_rows() -> Iterator[tuple[str, str]]:
    """Yield what the table of `docs/yaml.md` says: a scalar as written, and what it is read as."""
    for row in (DOCS / "yaml.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if row.startswith("| `"):
            yield from ((written, cells[1]) for written in re.findall("`([^`]*)`", cells[0]))


def is_as_told(value: ScalarValue, told: str) -> bool:
    """Hold a value against the words for it in the table."""
    if told.startswith("the number "):
        return value == int(told.removeprefix("the number "))
    kinds: dict[str, type | tuple[type, ...]] = {
        "text": str,
        "number": (int, float),
        "nothing": type(None),
        "true": bool,
    }
    return isinstance(value, kinds[told])


@pytest.mark.parametrize(("written", "told"), list(scalar_rows()))
def test_the_table_of_scalars_is_right(written: str, told: str) -> None:
    assert is_as_told(written if written[0] in "\"'" else resolve(written), told)


def block(language: str) -> str:
    """Give the first code block of a language in `docs/validate.md`."""
    found = re.search(rf"```{language}\n(.*?)```", (DOCS / "validate.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_settings_shown_can_be_read(tmp_path: Path) -> None:
    config = parse_config(block("toml"), root=tmp_path)
    assert config.ignore == ("unformatted",)
    assert str(config.rules["false-precision"].since) == "2026-01-01"


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., str]:
    """Give what `ficli validate` prints of the registry in the examples: one record, indexed before its incident."""
    record = (files("ficli.registry") / "example" / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    spoiled = re.sub("^indexed_date: .*$", "indexed_date: 2025-05-06", record, flags=re.MULTILINE)
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "FI-0232.yaml").write_text(spoiled, encoding="utf-8", newline="\n")
    (tmp_path / "ficli.toml").touch()

    def run(*options: str) -> str:
        out, err = io.StringIO(), io.StringIO()
        environment = Environment({}, tmp_path, io.StringIO(), out, err, clock=lambda: date(2026, 6, 30), workers=1)
        assert main(["validate", "--no-cache", "--select", "date-order", *options], environment) == 1
        assert err.getvalue() == ""
        return out.getvalue()

    return run


def test_the_finding_shown_is_what_is_printed(shown: Callable[..., str]) -> None:
    printed, told = (re.sub(r"\d+ rules ran", "the rules ran", text) for text in (shown(), block("text")))

    assert printed == told  # how many rules there are changes with every rule


def test_the_json_shown_is_what_is_printed(shown: Callable[..., str]) -> None:
    printed, told = json.loads(shown("--output-format", "json")), json.loads(block("json"))
    for whole in (printed, told):  # these change with every rule and every version
        whole["summary"].pop("rules")
        whole["tool"].pop("version")
    assert printed == told


EXPORT = (DOCS / "export.md").read_text(encoding="utf-8")


@pytest.fixture
def exported(registry: Path, run: Callable[..., tuple[int, str, str]]) -> Path:
    """Give the registry of examples with what the commands in `docs/export.md` write."""
    (commands,) = re.findall(r"```sh\n(.*?)```", EXPORT, re.DOTALL)
    for line in commands.splitlines():
        program, *words = line.split()
        assert (program, run(*words, cwd=registry)[0]) == ("ficli", 0)
    return registry


EXPECTED: list[list[Any]] = [
    [("agentic-action-error", 1)],
    [("Federal Trade Commission", 1)],
    [("FI-0232", "Klarna reintroduces human agents after AI customer service quality declines", 2026)],
    [("2023", "high", 1), ("2023", "medium", 1), ("2025", "medium", 1)],
    [("FI-0192", "S.D.N.Y. sanctions attorneys for using fake ChatGPT citations")],
]


@pytest.mark.parametrize("number", range(len(EXPECTED)))
def test_the_questions_to_the_dataset_are_answered(
    exported: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    questions = re.findall(r"```sql\n(.*?)```", EXPORT, re.DOTALL)
    assert len(questions) == len(EXPECTED)
    monkeypatch.chdir(exported)
    if "records_text" in questions[number]:
        run("export", "sqlite", "-o", "index.sqlite", cwd=exported)
        with closing(sqlite3.connect("index.sqlite")) as database:
            answer: list[Any] = database.execute(questions[number]).fetchall()
    else:
        answer = duckdb.execute(questions[number]).fetchall()
    assert set(EXPECTED[number]) <= set(answer)


def test_the_page_on_exports_names_every_format() -> None:
    assert re.findall(r"^\| `(\w+)`", EXPORT, re.MULTILINE) == list(FORMATS)


def test_the_page_on_exports_names_what_is_never_replaced() -> None:
    section = EXPORT.partition("## What is never replaced")[2].partition("\n## ")[0]
    listed = " ".join(re.findall(r"^- .*", section, re.MULTILINE))

    assert {name.rstrip("/") for name in re.findall(r"`([^` ]+)`", listed)} == set(OWNED)
