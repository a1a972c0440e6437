"""What a command does not need it does not load: start-up stays fast, and the network stays far."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ficli.terminal.main import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

PROBE = """
import sys
from ficli.terminal.main import main
code = main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""

NEVER = {
    "babel",
    "filelock",
    "requests",
    "urllib3",
    "lxml",
    "htmldate",
    "protego",
    "ficli.web",
    "http.client",
    "pydantic",
    "rich.markup",
    "rich.traceback",
    "asyncio",
    "sqlite3",
}
EXACT = {"jsonschema", "ruamel.yaml", "ficli.yaml.edit", "ficli.incident.draft7"}
READING = {"yaml", "yaml_rs", "jsonschema_rs", "ficli.yaml", "ficli.rules.check_record"}


def loaded(*arguments: str, cwd: Path) -> tuple[int, set[str]]:
    """Run a command in a process of its own, and name the modules it loaded."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    done = subprocess.run(  # noqa: S603 - the words are those of these tests
        [sys.executable, "-c", PROBE, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["validate", "--help"], ["fmt", "--help"], ["link", "--help"], ["verify", "--help"]],
)
def test_help_loads_no_engine(tmp_path: Path, arguments: list[str]) -> None:
    code, modules = loaded(*arguments, cwd=tmp_path)

    assert code == 0
    assert "ficli.terminal.main" in modules
    assert modules & (NEVER | EXACT | READING | {"rich.console", "multiprocessing", "tomllib"}) == set()


def test_a_clean_registry_is_judged_without_the_exact_tools(registry: Path) -> None:
    (draft,) = (registry / "drafts").glob("*.yaml")
    draft.unlink()
    (registry / "ficli.toml").write_text("", encoding="utf-8")  # every rule
    code, modules = loaded("validate", "--no-cache", cwd=registry)

    assert code == 0
    assert modules >= {"yaml_rs", "jsonschema_rs"}
    assert modules & (NEVER | EXACT | {"rich.console", "multiprocessing"}) == set()


def test_a_registry_with_problems_is_judged_without_the_network(registry: Path) -> None:
    record = registry / "incidents" / "FI-0232.yaml"
    record.write_bytes(record.read_bytes().replace(b"severity: medium", b"severity: hgih"))
    code, modules = loaded("validate", cwd=registry)

    assert code == 1
    assert "jsonschema" in modules
    assert modules & {"requests", "pydantic", "rich.console", "ficli.rules.fixes"} == set()


def test_a_small_registry_needs_no_store(registry: Path) -> None:
    record = registry / "incidents" / "FI-0232.yaml"
    (registry / "incidents" / "FI-0233.yaml").write_bytes(record.read_bytes())
    code, modules = loaded("validate", cwd=registry)

    assert code == 1
    assert modules & {"sqlite3", "ficli.registry.store"} == set()
    assert not (registry / ".ficli").exists()


def test_the_table_of_rules_in_a_pipe_needs_no_rich(tmp_path: Path) -> None:
    code, modules = loaded("rules", cwd=tmp_path)

    assert code == 0
    assert modules & (NEVER | {"rich.console", "jsonschema", "ruamel.yaml"}) == set()


@pytest.mark.parametrize("form", ["json", "csv", "atom", "cff"])
def test_a_sound_registry_is_exported_with_what_the_format_needs(registry: Path, form: str) -> None:
    code, modules = loaded("export", form, "-o", "out/", cwd=registry)

    assert code == 0
    assert modules & (NEVER | EXACT | {"rich.console", "multiprocessing", "pyarrow", "ficli.export.sqlite"}) == set()


def test_a_citation_loads_nothing_of_findings(registry: Path) -> None:
    code, modules = loaded("cite", "FI-0232", cwd=registry)

    assert code == 0
    others = {"ficli.diagnostics", "ficli.yaml.control_characters", "ficli.yaml.nodes", "json", "tempfile"}
    others |= {"hashlib", "base64", "shlex", "unicodedata"}
    assert modules & (NEVER | EXACT | others | {"rich.console", "multiprocessing", "ficli.rules"}) == set()


@pytest.mark.parametrize(
    ("arguments", "wanted"), [(["--help"], set()), (["fmt", "--help"], {"ficli.commands.fmt.cli"})]
)
def test_a_command_loads_no_other_command(tmp_path: Path, arguments: list[str], wanted: set[str]) -> None:
    commands = {f"ficli.commands.{listed.folder}.cli" for listed in COMMANDS.values()}
    code, modules = loaded(*arguments, cwd=tmp_path)

    assert code == 0
    assert modules & commands == wanted


def test_a_link_without_a_page_loads_no_network(registry: Path) -> None:
    code, modules = loaded("link", "232", "https://news.example.org/a", "--offline", "--dry-run", cwd=registry)

    assert code == 0
    assert modules & {"requests", "urllib3", "lxml", "htmldate", "protego"} == set()


def test_a_saved_page_loads_no_network(registry: Path) -> None:
    (registry / "page.html").write_text("<h1>A story</h1><time pubdate datetime=2025-05-09>x</time>", encoding="utf-8")
    code, modules = loaded(
        "link", "232", "https://news.example.org/a", "--html", "page.html", "--dry-run", cwd=registry
    )

    assert code == 0
    assert "lxml.html" in modules
    assert modules & {"requests", "urllib3", "protego"} == set()


@pytest.mark.parametrize("source", [["--url", "TODO"], ["--url", "https://news.example.org/a", "--offline"]])
def test_a_draft_without_a_page_loads_no_network(registry: Path, source: list[str]) -> None:
    flags = ["organization", "incident-date", "failure-mode", "ai-surface", "severity"]
    given = [word for flag in flags for word in (f"--{flag}", "TODO")]
    code, modules = loaded("new", "A bank fails", *given, *source, cwd=registry)

    assert code == 0
    assert modules & {"requests", "urllib3", "lxml", "htmldate", "protego", "ficli.web"} == set()
