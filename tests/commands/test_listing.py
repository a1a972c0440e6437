"""The list has what fits: cut to the terminal, whole and tab-separated in a pipe, as data in JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.errors import FicliError
from ficli.registry import records
from ficli.registry.records import read_record
from ficli.wording import display_width

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def ids(run: Run, registry: Path, *flags: str) -> list[str]:
    code, stdout, _ = run("list", "--json", *flags, cwd=registry)
    assert code == 0
    return [item["id"] or item["slug"][:10] for item in json.loads(stdout)]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("", "FI-0192 FI-0232 FI-0666"),
        ("--all", "FI-0192 FI-0232 FI-0666 air-canada"),
        ("--drafts", "air-canada"),
        ("--status draft --status published", "FI-0192 FI-0232 FI-0666 air-canada"),
        ("--severity high", "FI-0666"),
        ("--severity high --severity medium --since 2024", "FI-0232"),
        ("--severity low,high", "FI-0666"),
        ("--failure-mode hallucination", "FI-0192"),
        ("--ai-surface chatbot", "FI-0192 FI-0232"),
        ("--industry retail,legal", "FI-0192 FI-0666"),
        ("--organization oberman", "FI-0192"),
        ("--confidence low", "FI-0192 FI-0666"),
        ("--until 2023", "FI-0192 FI-0666"),
        ("--since 2023-07 --until 2024", "FI-0666"),
        ("--tag none-has-it", ""),
    ],
)
def test_flags(run: Run, registry: Path, flags: str, expected: str) -> None:
    assert ids(run, registry, *flags.split()) == expected.split()


def test_a_pipe_gets_whole_texts_and_one_line_a_record(run: Run, registry: Path) -> None:
    record = registry / "incidents/FI-0232.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("title: Klarna reintroduces", 'title: "Klarna\\treintroduces\\n\\e[31m"  # ', 1), encoding="utf-8"
    )
    head, *rows = (line.split("\t") for line in run("list", cwd=registry)[1].splitlines())

    assert head[0] == "id"
    assert head[-1] == "title"
    assert all(len(row) == len(head) for row in rows)
    assert rows[1][-1] == r"Klarna\treintroduces\n\x1b[31m"


@pytest.mark.parametrize("columns", [30, 50, 80, 120, 200])
def test_a_line_is_no_wider_than_the_terminal(run: Run, registry: Path, columns: int) -> None:
    record = registry / "incidents/FI-0232.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("title: Klarna", "title: 支払いを二回送信した支払いを二回送信した Klarna"), encoding="utf-8"
    )
    world = {"terminal": True, "variables": {"COLUMNS": str(columns), "NO_COLOR": "1"}, "cwd": registry}
    lines = run("list", "--all", **world)[1].splitlines()

    assert len(lines) == 5
    assert max(map(display_width, lines)) <= columns
    assert "支払い" in lines[2]
    assert ("…" in lines[2]) is (columns < 200)


def test_what_is_found_is_counted_for_a_person_only(run: Run, registry: Path) -> None:
    world = {"terminal": True, "variables": {"COLUMNS": "80"}, "cwd": registry}

    assert run("list", **world)[2] == "3 records (1 more with another status: `--all`).\n"
    assert run("list", cwd=registry)[2] == ""
    assert run("list", "--json", **world)[2] == ""
    assert run("list", "--organization", "air canada", cwd=registry) == (
        0,
        run("list", "--tag", "x", cwd=registry)[1],
        "No record matches (1 more with another status: `--all`).\n",
    )


def test_a_file_that_cannot_be_read_fails_the_run(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(root: str, path: str) -> bytes:
        if path == "incidents/FI-0232.yaml":
            message = f"`{path}` could not be read: permission denied"
            raise FicliError(message)
        return read_record(root, path)

    monkeypatch.setattr(records, "read_record", read)
    code, stdout, stderr = run("list", cwd=registry)

    assert code == 3
    assert stdout.count("\n") == 3
    assert stderr == "error: `incidents/FI-0232.yaml` could not be read: permission denied\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ficli list --failure-mode ha", {"hallucination"}),
        ("ficli list --severity h", {"high"}),
        ("ficli list --status dr", {"draft"}),
        ("ficli list --confidence m", {"medium"}),
        ("ficli show FI-06", {"FI-0666"}),
        ("ficli show air", {"air-canada-held-liable-chatbot-bereavement-fares"}),
    ],
)
def test_completion(registry: Path, words: str, expected: set[str]) -> None:
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    variables = {"_FICLI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-m", "ficli"],
        cwd=registry,
        env=os.environ | {"PYTHONPATH": path} | variables,
        capture_output=True,
        text=True,
        check=False,
    )

    assert set(done.stdout.split()) == expected
