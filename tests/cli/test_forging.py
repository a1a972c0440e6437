"""A stranger's files: nothing in a record or in its name passes for anything but text, in any format."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from ficli.output import FORMATS
from ficli.wording import HIDDEN

Run = Callable[..., tuple[int, str, str]]

FORGED = (
    "::error file=a,line=1::forged",
    "%0A::error::forged",
    "\n::set-output name=a::forged",
    "##[error]forged",
    "##vso[task.setvariable variable=a]forged",
    "::stop-commands::forged",
    "@owner #12 GH-12 owner/repo#12 https://evil.example.org www.evil.example.org a@evil.example.org",
    "[link](https://evil.example.org) ![image](https://evil.example.org/a.png) <https://evil.example.org>",
    "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- comment",
    "` `` ``` @owner",
    "| a | b |\n|---|---|",
    "\x1b[31mred\x1b]8;;https://evil.example.org\x07",
    "]]><x/>&amp;&#10;",
    "{0} {{x}} ${{ secrets.TOKEN }} $(id)",
    "\u202edlrow\u200b",
)
NAMES = (
    "a\n::error::forged.yaml",
    "a%0A::error::forged.yaml",
    "::set-output name=a::b.yaml",
    "-rf.yaml",
    "--output=x.yaml",
    "with space.yaml",
    "a,line=9.yaml",
    "@owner#12.yaml",
    "<b>.yaml",
    "[a](b).yaml",
    "`a`.yaml",
    "##[error]a.yaml",
    "con.yaml",
    "\x1b[31m.yaml",
    "javascript:alert(1).yaml",
    "a\\b.yaml",
)
BYTES = b"\xff\xfe.yaml"
COMMAND = re.compile(r"^\s*::(?!:)|##\w*\[", re.MULTILINE)
SCHEMA = Path(__file__).parents[1] / "output" / "schemas" / "sarif-2.1.0.json"


@pytest.fixture
def hostile(registry: Path) -> Path:
    """Return a registry in which every name and every value tries to be something else."""
    record = (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    for number, text in enumerate(FORGED):
        value = json.dumps(text)
        spoiled = re.sub("^severity: .*$", lambda _: f"severity: {value}", record, flags=re.MULTILINE)  # noqa: B023
        spoiled += f"{json.dumps(f'odd {text}')}: 1\n"
        (registry / "incidents" / f"FI-{9000 + number}.yaml").write_text(spoiled, encoding="utf-8")
    block = "  ::error::forged\n  ##[error]forged\n"
    odd = re.sub("^what_happened: .*\n", f"what_happened: |\n{block}  TODO\n", record, flags=re.MULTILINE)
    (registry / "incidents" / "FI-9900.yaml").write_text(odd + "::error::forged\n", encoding="utf-8")
    for name in NAMES:
        (registry / "incidents" / name).write_text("title: {", encoding="utf-8")
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(registry / "incidents") + b"/" + BYTES)).write_text("a: 1", encoding="utf-8")
    return registry


@pytest.mark.parametrize("name", [*FORMATS, "diff", "fmt"])
def test_no_line_of_a_log_is_a_command_but_those_of_ficli(hostile: Path, run: Run, name: str) -> None:
    command = {"diff": ["validate", "--unsafe-fixes", "--diff"], "fmt": ["fmt", "--diff"]}
    code, stdout, stderr = run(*command.get(name, ["validate", "--info", "--output-format", name]), cwd=hostile)
    text = stdout + stderr
    own = re.compile(
        r"^::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,col=\d+(,endColumn=\d+)?,title=ficli [a-z-]+::"
    )
    lines = [line for line in text.splitlines() if name != "github" or not own.match(line)]

    assert code == 1
    assert [line for line in lines if COMMAND.search(line)] == []
    assert [line for line in text.split("\n") if HIDDEN.search(line)] == []
    assert not re.search("##\\w*\\[", text)


def test_annotations_are_ten_and_of_this_registry(hostile: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--output-format", "github", cwd=hostile)
    lines = [line for line in stdout.splitlines() if line.startswith("::")]

    assert len(lines) == 10
    assert all(line.startswith(("::error file=incidents/", "::error file=drafts/")) for line in lines)


def test_markdown_is_text_and_code(hostile: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--info", "--output-format", "markdown", cwd=hostile)
    blocks = MarkdownIt("commonmark", {"html": True}).enable("table").parse(stdout)
    inline = [token for block in blocks for token in block.children or ()]
    plain = "".join(token.content for token in inline if token.type == "text")

    assert {token.type for token in inline} == {"text", "code_inline", "softbreak", "strong_open", "strong_close"}
    assert {block.tag for block in blocks} == {"h3", "h4", "p", "ul", "li", ""}
    assert not set(plain) & set("@#<>[]|`\\/")
    assert "evil" not in plain


def test_addresses_in_sarif_stay_in_the_registry(hostile: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--info", "--output-format", "sarif", cwd=hostile)
    log = json.loads(stdout)
    jsonschema.validate(log, json.loads(SCHEMA.read_text(encoding="utf-8")))
    uris = {value for key, value in walk(log["runs"][0]["results"]) if key == "uri"}
    texts = [value for key, value in walk(log["runs"][0]["results"]) if key == "text"]

    assert uris
    assert all(re.fullmatch(r"(incidents|drafts)/[A-Za-z0-9/%._~-]+", uri) for uri in uris)
    assert not any("](" in text for text in texts)


def walk(value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - any JSON
    """List every key of a JSON value with what it holds."""
    if isinstance(value, list):
        return [pair for item in value for pair in walk(item)]
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in [(key, item), *walk(item)]]
    return []


def test_xml_holds_what_was_found(hostile: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--info", "--output-format", "junit", cwd=hostile)
    (suite,) = JUnitXml.fromstring(stdout.encode())

    assert suite.failures > len(FORGED) + len(NAMES)
    assert {child.tag for child in suite._elem.iter()} == {
        *("testsuite", "testcase", "failure", "properties", "property")
    }


def test_gitlab_gets_paths_of_this_registry(hostile: Path, run: Run) -> None:
    _, stdout, _ = run("validate", "--info", "--output-format", "gitlab", cwd=hostile)
    entries = json.loads(stdout)

    assert all(entry["location"]["path"].startswith(("incidents/", "drafts/", "ficli.toml")) for entry in entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@pytest.mark.parametrize("name", FORMATS)
def test_five_thousand_findings(registry: Path, run: Run, tmp_path: Path, name: str) -> None:
    record = (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    odd = "".join(f"'@odd_{number} {'::error::' * 9}': 1\n" for number in range(5000))
    (registry / "incidents" / "FI-0232.yaml").write_text(record + odd, encoding="utf-8")
    summary = tmp_path / "summary"
    code, stdout, _ = run(
        "validate", "--output-format", name, cwd=registry, variables={"GITHUB_STEP_SUMMARY": str(summary)}
    )

    assert code == 1
    if name == "github":
        assert stdout.count("::error ") == 10
        assert " 4,991 findings more than GitHub shows" in stdout
        assert summary.stat().st_size <= 1 << 20
    else:
        assert stdout.count("odd_4999") >= 1
