"""ficli as a process: in a pipe, without streams, on a full disk, interrupted, broken; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import pytest

FICLI = [sys.executable, "-W", "error", "-m", "ficli"]

Start = Callable[..., subprocess.CompletedProcess[str]]


def scrubbed(**variables: str) -> dict[str, str]:
    """Return the variables of a process: those it needs to run at all, and the given ones."""
    needed = ("PATH", "SYSTEMROOT", "VIRTUAL_ENV", "COVERAGE_PROCESS_START", "LD_LIBRARY_PATH")
    world = {name: os.environ[name] for name in needed if name in os.environ}
    if path := os.environ.get("PYTHONPATH"):  # the process works in another folder
        world["PYTHONPATH"] = os.pathsep.join(os.path.abspath(part) for part in path.split(os.pathsep))
    return {**world, "SOURCE_DATE_EPOCH": "1795392000", **variables}


@pytest.fixture
def start(registry: Path) -> Start:
    """Return a function that runs a program, by default ficli, in the registry of examples."""

    def started(
        *arguments: str,
        program: Sequence[str] = FICLI,
        variables: Mapping[str, str] | None = None,
        stdout: IO[str] | int = subprocess.PIPE,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - the words are those of these tests
            [*program, *arguments],
            cwd=registry,
            env=scrubbed(**(variables or {})),
            stdout=stdout,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    return started


def test_in_a_pipe(start: Start) -> None:
    done = start("validate")

    assert done.returncode == 1
    assert done.stdout.startswith("error[placeholder-left]: ")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_as_the_installed_script(start: Start) -> None:
    script = Path(sys.executable).with_name("ficli")
    if not script.exists():
        pytest.skip("ficli runs from its sources here, without having been installed")
    done = start("--version", program=[str(script)])

    assert (done.returncode, done.stdout[:6], done.stderr) == (0, "ficli ", "")


@pytest.mark.parametrize("command", ["validate --output-format json", "schema", "rules", "explain cut-slug"])
def test_a_reader_that_has_gone_is_no_reason_to_complain(start: Start, command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = start(*command.split(), stdout=writing)
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (3, "")


def test_the_head_of_the_output(registry: Path) -> None:
    for number in range(1, 400):  # more than a pipe holds
        (registry / "incidents" / f"FI-1{number:03}.yaml").write_text("- x\n" * 9, encoding="utf-8")
    with subprocess.Popen(  # noqa: S603 - the words are those of these tests
        [*FICLI, "validate"], cwd=registry, env=scrubbed(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()

    assert first.startswith("error[")
    assert complaint == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(start: Start, closed: str) -> None:
    done = start(program=["/bin/sh", "-c", f'exec "$@" validate {closed}', "sh", *FICLI])

    assert (done.returncode, done.stderr) == (1, "")
    assert ("placeholder-left" in done.stdout) is (">&-" not in closed.replace("2>&-", ""))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_a_full_disk(start: Start) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = start("validate", stdout=full)

    assert done.returncode == 3
    assert done.stderr == "error: the output could not be written: no space left on device\n"


def test_colour_by_variables(start: Start) -> None:
    assert "\x1b[1;31m" in start("validate", variables={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in start("validate", variables={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_a_terminal_that_knows_ascii_only(start: Start, registry: Path) -> None:
    record = registry / "incidents" / "FI-0232.yaml"
    record.write_bytes(record.read_bytes().replace(b"severity: medium", "severity: 中文".encode()))
    done = start("validate", variables={"PYTHONIOENCODING": "ascii"})

    assert (done.returncode, done.stderr) == (1, "")
    assert "`\\u4e2d\\u6587` is no allowed value of `severity`" in done.stdout


def test_the_day_is_that_of_source_date_epoch(start: Start) -> None:
    done = start("validate", variables={"SOURCE_DATE_EPOCH": "0"})
    wrong = start("validate", variables={"SOURCE_DATE_EPOCH": "soon"})

    assert "error[future-date]" in done.stdout
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("error: `SOURCE_DATE_EPOCH` must be a number of seconds since 1970, not `soon`\n")


def test_two_workers_in_a_process_of_their_own(start: Start, registry: Path) -> None:
    text = (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")
    for number in range(1000, 1600):
        path = registry / "incidents" / f"FI-{number}.yaml"
        path.write_text(
            text.replace("id: FI-0232", f"id: FI-{number}").replace("slug: ", f"slug: n{number}-"), encoding="utf-8"
        )
    done = start("validate", "--jobs", "2", "--no-cache", "--ignore", "placeholder-left")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "No problems in 604 records. 33 rules ran.\n"


SABOTAGE = """
import sys
from ficli.terminal.main import run
import ficli.commands.validate.validate

def broken(*_arguments, **_options):
    raise {error}

ficli.commands.validate.validate.validate = broken
run()
"""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        ("KeyboardInterrupt", 130, "interrupted\n"),
        (
            "ValueError('odd \\x1b[31m')",
            3,
            (
                "error: ficli broke: ValueError: odd \\x1b[31m\n"
                "  help: this is a bug: please report it with the command; FICLI_TRACEBACK=1 shows where\n"
            ),
        ),
        ("RecursionError('deep')", 3, "error: ficli broke: RecursionError: deep\n"),
        ("MemoryError", 3, "error: ficli broke: MemoryError: \n"),
        ("PermissionError(13, 'Permission denied', '/x/y')", 3, "error: `/x/y`: permission denied\n"),
    ],
)
def test_whatever_happens_ends_in_a_sentence(start: Start, error: str, code: int, said: str) -> None:
    done = start("validate", program=[sys.executable, "-W", "error", "-c", SABOTAGE.format(error=error)])

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr


def test_a_bug_shows_where_it_is_when_asked_to(start: Start) -> None:
    program = [sys.executable, "-c", SABOTAGE.format(error="ValueError('odd')")]
    done = start("validate", program=program, variables={"FICLI_TRACEBACK": "1"})

    assert done.returncode == 3
    assert "Traceback (most recent call last):\n" in done.stderr
    assert "ValueError: odd\n" in done.stderr


def test_rule_names_complete(start: Start) -> None:
    done = start(
        variables={"_FICLI_COMPLETE": "complete_bash", "COMP_WORDS": "ficli explain false-", "COMP_CWORD": "2"}
    )

    assert done.stdout.split() == ["false-precision"]
