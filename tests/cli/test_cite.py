"""`ficli cite` as it is called: streams, exit codes, the clipboard, an exported index, and what it does not load."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.cli.test_imports import NEVER, loaded

from ficli.citations.catalogue import DATA_FORMATS, STYLES
from ficli.commands.cite import cli
from ficli.commands.cite.cli import complete_formats, complete_styles
from ficli.errors import FicliError
from ficli.registry import records
from ficli.registry.records import read_record

if TYPE_CHECKING:
    from pathlib import Path

    from tests.index_server import Server

    from ficli.environment import Environment
    from ficli.web.fetch.policy import FetchPolicy

Run = Callable[..., tuple[int, str, str]]
World = Callable[..., "Environment"]

HOUSE = (
    'AI Failure Index. "Klarna reintroduces human agents after AI customer service quality declines" (FI-0232). '
    "Realm Labs. https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service "
    "(indexed Jun 5, 2026).\n"
)


def test_the_house_string_on_stdout_and_nothing_else(run: Run, registry: Path) -> None:
    assert run("cite", "FI-0232", cwd=registry) == (0, HOUSE, "")


@pytest.mark.parametrize("name", ["FI-0232", "232", "incidents/FI-0232.yaml", "klarna-reintroduces-human-agents-customer-service", HOUSE.split()[-5]])  # fmt: skip
def test_from_elsewhere(run: Run, registry: Path, tmp_path: Path, name: str) -> None:
    assert run("cite", name, "--registry", registry.name, cwd=tmp_path)[:2] == (0, HOUSE)


def test_a_path_says_where_its_registry_is(run: Run, registry: Path, tmp_path: Path) -> None:
    assert registry.name == "registry"
    assert run("cite", "registry/incidents/FI-0232.yaml", cwd=tmp_path)[:2] == (0, HOUSE)


def test_what_is_refused_leaves_stdout_empty(run: Run, registry: Path) -> None:
    for words, code in (
        (["232", "air-canada-held-liable-chatbot-bereavement-fares"], 3),
        (["FI-0233"], 2),
        (["232", "--style", "apaa"], 2),
        ([], 2),
    ):
        ended, stdout, stderr = run("cite", *words, cwd=registry)

        assert (ended, stdout) == (code, "")
        assert stderr.startswith("error: ")


def test_all_with_records_that_cannot_be_cited(run: Run, registry: Path) -> None:
    (registry / "incidents" / "FI-0001.yaml").write_text("- x", encoding="utf-8")
    (registry / "incidents" / "FI-0002.yaml").write_text("id: FI-0002\nstatus: published\n", encoding="utf-8")
    code, stdout, stderr = run("cite", "--all", "--format", "ris", cwd=registry)

    assert code == 1
    assert stdout.count("TY  - ELEC\r\n") == 3
    assert "error: `FI-0002` is left out, since it has no `title`\n" in stderr
    assert "error: 1 file left out that cannot be read as a record: `incidents/FI-0001.yaml`\n" in stderr

    (registry / "incidents" / "FI-0001.yaml").unlink()

    assert run("cite", "--all", cwd=registry)[0] == 1


def test_all_with_a_file_that_may_not_be_read(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(root: Path, path: str) -> bytes:
        if path.endswith("FI-0232.yaml"):
            raise FicliError(f"`{path}` could not be read: permission denied")
        return read_record(root, path)

    monkeypatch.setattr(records, "read_record", read)
    code, stdout, stderr = run("cite", "--all", cwd=registry)

    assert (code, stdout.count("\n")) == (3, 2)
    assert "error: `incidents/FI-0232.yaml` could not be read: permission denied\n" in stderr


@pytest.mark.parametrize("words", [["--title-case", "keep", "--style", "mla"], ["--ascii", "--format", "bibtex"], ["--ris-flavour", "endnote", "--format", "ris"], ["--with-licence"], ["--in-text"], ["--sources"]])  # fmt: skip
def test_every_flag_changes_something(run: Run, registry: Path, words: list[str]) -> None:
    plain = [word for word in words if word not in {"--title-case", "keep", "--ascii", "--ris-flavour", "endnote", "--with-licence", "--in-text", "--sources"}]  # fmt: skip
    record = registry / "incidents" / "FI-0232.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("title: Klarna", "title: Klärna", 1), encoding="utf-8")

    assert run("cite", "232", *words, cwd=registry)[1] != run("cite", "232", *plain, cwd=registry)[1]


def test_the_styles_with_an_example_each(run: Run, tmp_path: Path) -> None:
    code, stdout, stderr = run("cite", "--list-styles", cwd=tmp_path)

    assert (code, stderr) == (0, "")
    assert all(f"{name}: " in stdout for name in (*STYLES, *DATA_FORMATS))
    assert f"  {HOUSE}" in stdout
    assert "Accessed November 23, 2026" in stdout


def test_names_complete() -> None:
    assert complete_styles("chicago-") == ["chicago-note", "chicago-author-date"]
    assert complete_formats("bib") == ["bibtex", "biblatex"]


# --- the clipboard -------------------------------------------------------------------------------------------


def test_the_terminal_copies(run: Run, registry: Path) -> None:
    code, stdout, stderr = run("cite", "232", "--copy", cwd=registry, terminal=True)
    start, _, rest = stderr.partition("\x1b]52;c;")

    assert (code, stdout, start) == (0, HOUSE, "")
    assert base64.b64decode(rest.partition("\x07")[0]).decode() == HOUSE.rstrip("\n")
    assert rest.endswith("\x07note: the terminal was asked to copy it\n")


@pytest.mark.parametrize("world", [{}, {"terminal": True, "variables": {"TERM": "dumb"}}])
def test_without_a_clipboard_the_citation_stands_on_stdout(run: Run, registry: Path, world: dict[str, object]) -> None:
    code, stdout, stderr = run("cite", "232", "--copy", cwd=registry, **world)

    assert (code, stdout) == (3, HOUSE)
    assert stderr.startswith("error: there is no clipboard")


def test_a_tool_copies_where_the_user_sits_at_the_screen(environment: World, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    for name, script in (("wl-copy", "exit 1"), ("xclip", f'[ "$1 $2" = "-selection clipboard" ] && cat > "{copied}"')):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    variables = {"PATH": str(tmp_path), "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}
    said = cli.copy_text(environment(variables=variables), "Bot “lies”")

    assert said == "copied to the clipboard by `xclip`"
    assert copied.read_text(encoding="utf-8") == "Bot “lies”"

    copied.unlink()
    with pytest.raises(FicliError, match="there is no clipboard"):
        cli.copy_text(environment(variables=variables | {"SSH_CONNECTION": "x"}), "Bot")

    assert not copied.exists()


def test_more_than_a_terminal_takes_is_not_copied(environment: World) -> None:
    here = environment(terminal=True)
    with pytest.raises(FicliError):
        cli.copy_text(here, "x" * 60_000)

    assert here.stderr.tell() == 0


# --- an exported index ---------------------------------------------------------------------------------------

INDEX = {
    "format": 1,
    "index": {"name": "Bot Index", "steward": "Example Lab", "base_url": "https://bots.example.org", "licence": "CC0-1.0"},
    "version": "2026.06.05",
    "records": [{"id": "FI-0001", "slug": "bot", "status": "published", "title": "Bot\x1b[31m lies", "indexed_date": "2026-06-05", "confidence": "high"}],
    "tombstones": [],
}  # fmt: skip


def test_an_exported_index_and_then_without_the_network(
    run: Run, server: Server, policy: FetchPolicy, tmp_path: Path
) -> None:
    here = {"cwd": tmp_path, "variables": {"XDG_CACHE_HOME": str(tmp_path / "cache")}}
    world = here | {"policy": policy}
    cited = 'Bot Index. "Bot[31m lies" (FI-0001). Example Lab. https://bots.example.org/failures/bot (indexed Jun 5, 2026).\n'
    server.says(json.dumps(INDEX).encode(), ETag='"1"')

    assert run("cite", "1", "--registry", server.url, **here)[0] == 3  # this machine is not on the open web

    assert run("cite", "1", "--registry", server.url, **world) == (0, cited, "")

    server.says(b"gone", status=500)
    code, stdout, stderr = run("cite", "1", "--registry", server.url, **world)

    assert (code, stdout) == (0, cited)
    assert "this is from the copy of 2026-11-23" in stderr
    assert run("cite", "1", "--registry", server.url, "--offline", **world) == (0, cited, "")


def test_a_page_is_no_index(run: Run, server: Server, policy: FetchPolicy, tmp_path: Path) -> None:
    server.says(b"<html>", media_type="text/html")
    world = {"cwd": tmp_path, "variables": {"XDG_CACHE_HOME": str(tmp_path / "cache")}, "policy": policy}
    code, stdout, stderr = run("cite", "1", "--registry", server.url, **world)

    assert (code, stdout) == (3, "")
    assert (
        "is a web page, not an index\n  help: give the address of the file that `ficli export json` writes\n" in stderr
    )


def test_a_citation_needs_neither_the_network_nor_the_exact_tools(registry: Path) -> None:
    code, modules = loaded("cite", "FI-0232", cwd=registry)

    assert code == 0
    assert "ficli.citations.styles.house" in modules
    assert "ficli.citations.styles.apa" not in modules
    assert (
        modules & (NEVER | {"jsonschema", "jsonschema_rs", "ruamel.yaml", "rich.console", "ficli.incident.taxonomy"})
        == set()
    )
    assert not any(name.startswith(("ficli.web", "ficli.rules", "ficli.citations.formats")) for name in modules)
