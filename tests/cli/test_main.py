"""The entry point turns whatever happens into an exit code and a sentence; a bar shows long work to whoever watches."""

from __future__ import annotations

import contextlib
import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ficli.commands.validate import validate
from ficli.environment import Environment
from ficli.errors import ConfigurationError, ExitCode, FicliError, UsageError
from ficli.terminal.main import COMMANDS, main
from ficli.terminal.options import complete_rules
from ficli.terminal.progress import progress

Run = Callable[..., tuple[int, str, str]]
World = Callable[..., Environment]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (FicliError("no luck", hint="try again"), 3, "error: no luck\n  help: try again\n"),
        (FicliError("no luck"), 3, "error: no luck\n"),
        (UsageError("not so"), 2, "error: not so\n"),
        (ConfigurationError("odd", path="ficli.toml", line=3, column=4), 2, "error: ficli.toml:3:4: odd\n"),
        (ConfigurationError("odd", path="a\x1bb"), 2, "error: a\\x1bb: odd\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (OSError(28, "No space left on device"), 3, "error: no space left on device\n"),
        (OSError("odd"), 3, "error: odd\n"),
        (FileNotFoundError(2, "No such file or directory", "a\nb"), 3, "error: `a\\nb`: no such file or directory\n"),
        (
            KeyError("x"),
            3,
            (
                "error: ficli broke: KeyError: 'x'\n"
                "  help: this is a bug: please report it with the command; FICLI_TRACEBACK=1 shows where\n"
            ),
        ),
    ],
)  # fmt: skip
def test_an_error_ends_in_a_sentence_and_an_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def failing(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(validate, "validate", failing)

    assert run("validate") == (code, "", said)


def test_a_crash_is_never_a_problem_found() -> None:
    assert FicliError.exit_code is ExitCode.FAILED
    assert sorted(ExitCode) == [0, 1, 2, 3, 130]


class Refusing(io.StringIO):
    """A stream that cannot be written to."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _text: str) -> int:
        """Refuse."""
        raise self.error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BrokenPipeError(), ""),
        (OSError(28, "No space left on device"), "error: the output could not be written: no space left on device\n"),
    ],
)
def test_output_that_cannot_be_written(registry: Path, environment: World, error: OSError, said: str) -> None:
    world = environment(cwd=registry)
    stderr = io.StringIO()
    refusing = Environment(variables={}, cwd=registry, stdout=Refusing(error), stderr=stderr, clock=world.clock)

    assert main(["validate"], refusing) == ExitCode.FAILED
    assert stderr.getvalue() == said


def test_notes_that_nobody_can_read_do_not_stop_the_work(registry: Path, environment: World) -> None:
    world = environment(cwd=registry)
    stdout = io.StringIO()
    deaf = Environment(variables={}, cwd=registry, stdout=stdout, stderr=Refusing(BrokenPipeError()), clock=world.clock)

    assert main(["fmt", "--check"], deaf) == ExitCode.CLEAN
    assert main(["nonsense"], deaf) == ExitCode.USAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_run_by_a_test(name: str) -> None:
    folder = Path(__file__).parents[1]
    lines = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("cli/cases/*/command"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("c*/test_*.py"))

    assert re.search(rf"^ficli {name}\b(?! --help)", lines, re.MULTILINE) or re.search(rf'"{name}[ "]', code)


def test_names_of_rules_complete() -> None:
    assert complete_rules("false-") == ["false-precision"]
    assert complete_rules("zzz") == []


# --- the progress bar --------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time that the bar sees, for the test to set."""
    now = [100.0]
    monkeypatch.setattr("ficli.terminal.progress.time.monotonic", lambda: now[0])
    return now


def shown(world: Environment) -> str:
    """Return what was written to stderr."""
    assert isinstance(world.stderr, io.StringIO)
    return world.stderr.getvalue()


def test_no_bar_for_short_work(environment: World, clock: list[float]) -> None:
    world = environment(terminal=True)
    with progress(world, "records") as advance:
        advance(250, 1000)
        clock[0] += 0.9
        advance(500, 1000)

    assert shown(world) == ""


def test_no_bar_for_the_last_step(environment: World, clock: list[float]) -> None:
    world = environment(terminal=True)
    with progress(world, "records") as advance:
        clock[0] += 5
        advance(1000, 1000)

    assert shown(world) == ""


def test_no_bar_where_nobody_watches(environment: World, clock: list[float]) -> None:
    world = environment(terminal=False)
    with progress(world, "records") as advance:
        clock[0] += 5
        advance(250, 1000)

    assert shown(world) == ""


def test_a_bar_for_long_work_that_goes_away_also_when_the_work_fails(
    environment: World, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    world = environment(terminal=True, variables={"NO_COLOR": "1"})
    with contextlib.suppress(ValueError), progress(world, "records") as advance:
        clock[0] += 1.1
        advance(250, 1000)
        advance(500, 1000)
        raise ValueError

    assert "records" in shown(world)
    assert "/1000" in shown(world)
    assert shown(world).endswith(("\x1b[2K", "\x1b[1A\x1b[2K", "\r\x1b[1A\x1b[2K"))
    assert time.monotonic() == clock[0]
