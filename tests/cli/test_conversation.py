"""Tests of the conversation of `ficli new`: its questions, and the whole of it on a real terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ficli.commands.new import conversation
from ficli.commands.new.new import read_context
from ficli.terminal import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ficli.environment import Environment

DOWN, ENTER, CLEAR = "\x1b[B", "\r", "\x01\x0b"
TITLE = "Chatbot of Example Bank invents fees"
PATH = "drafts/chatbot-example-bank-invents-fees.yaml"


@pytest.fixture
def talk(
    registry: Path, environment: Callable[..., Environment], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, object]]:
    """Return a function that answers the questions by what is typed, and gives the answers."""

    def talked(typed: str, **known: object) -> dict[str, object]:
        here = environment(cwd=registry, terminal=True)
        streams.set_environment(here)
        with create_pipe_input() as pipe:

            @contextlib.contextmanager
            def session() -> Iterator[None]:
                with create_app_session(input=pipe, output=DummyOutput()):
                    yield

            monkeypatch.setattr(conversation, "session", session)
            pipe.send_text(typed)
            return conversation.converse(read_context(here), known)

    return talked


def test_every_answer(talk: Callable[..., dict[str, object]]) -> None:
    answers = talk(
        f"{TITLE}{ENTER}Example Bank{ENTER}{ENTER}8 May 2025{ENTER}{ENTER}{DOWN}{ENTER}{DOWN}{DOWN}{ENTER}"
        f"https://news.example.org/a{ENTER}"
    )

    assert answers == {
        "title": TITLE,
        "organization": ["Example Bank"],
        "slug": "chatbot-example-bank-invents-fees",
        "incident_date": "2025-05-08",
        "failure_mode": "hallucination",
        "ai_surface": "copilot",
        "severity": "high",
        "url": ["https://news.example.org/a"],
    }


def test_what_a_flag_gave_is_not_asked(talk: Callable[..., dict[str, object]]) -> None:
    known = {
        "title": TITLE,
        "slug": "a",
        "organization": ["A"],
        "failure_mode": "x",
        "ai_surface": "x",
        "severity": "x",
    }

    assert talk(f"May 2025{ENTER}{ENTER}", **known) == {**known, "incident_date": "2025-05", "url": ["TODO"]}


def test_enter_alone_leaves_a_todo(talk: Callable[..., dict[str, object]]) -> None:
    up = "\x1b[A"  # from the first of a list to the last, which is "not sure yet"
    answers = talk(f"{TITLE}{ENTER}" + ENTER * 3 + f"{up}{ENTER}" * 3 + ENTER)

    assert answers == {
        "title": TITLE,
        "slug": "chatbot-example-bank-invents-fees",
        "organization": ["TODO"],
        "url": ["TODO"],
        **dict.fromkeys(["incident_date", "failure_mode", "ai_surface", "severity"], "TODO"),
    }


def test_a_date_with_two_readings_is_asked_back(talk: Callable[..., dict[str, object]]) -> None:
    known = {
        "title": TITLE,
        "slug": "a",
        "organization": ["A"],
        "failure_mode": "x",
        "ai_surface": "x",
        "severity": "x",
        "url": ["x"],
    }

    assert talk(f"05/08/2025{ENTER}{DOWN}{ENTER}", **known)["incident_date"] == "2025-05-08"


def test_the_reading_that_is_chosen_may_not_be_in_the_future(talk: Callable[..., dict[str, object]]) -> None:
    known = {
        "title": TITLE,
        "slug": "a",
        "organization": ["A"],
        "failure_mode": "x",
        "ai_surface": "x",
        "severity": "x",
        "url": ["x"],
    }

    assert talk(f"05/12/2026{ENTER}{ENTER}2026{ENTER}", **known)["incident_date"] == "2026"


def test_a_name_is_spelled_as_in_other_records(talk: Callable[..., dict[str, object]]) -> None:
    known = {
        "title": TITLE,
        "slug": "a",
        "incident_date": "2025",
        "failure_mode": "x",
        "ai_surface": "x",
        "severity": "x",
        "url": ["x"],
    }

    assert talk(f"KLARNA Inc.{ENTER}y", **known)["organization"] == ["Klarna"]
    assert talk(f"KLARNA Inc.{ENTER}n", **known)["organization"] == ["KLARNA Inc."]


def test_a_wrong_answer_can_be_mended(talk: Callable[..., dict[str, object]]) -> None:
    known = {
        "title": TITLE,
        "organization": ["A"],
        "incident_date": "2025",
        "failure_mode": "x",
        "ai_surface": "x",
        "severity": "x",
    }
    answers = talk(f"{CLEAR}No Slug{ENTER}{CLEAR}a-slug{ENTER}news{ENTER}{CLEAR}https://a.example.org/{ENTER}", **known)

    assert (answers["slug"], answers["url"]) == ("a-slug", ["https://a.example.org/"])


def test_ctrl_c_breaks_off(talk: Callable[..., dict[str, object]]) -> None:
    with pytest.raises(KeyboardInterrupt):
        talk("Chatbot\x03")


# --- on a real terminal ----------------------------------------------------------------------------------------


class Terminal:
    """A program on a pseudo-terminal of 80 columns, whose stdout goes elsewhere, as in `$(ficli new)`."""

    def __init__(self, folder: Path, arguments: list[str], **variables: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.screen = ""
        self._output, writer = os.pipe()
        self._child, self._screen = pty.fork()
        if self._child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.dup2(writer, 1)
            os.chdir(folder)
            settings = {
                "TERM": "xterm",
                "COLUMNS": "80",
                "SOURCE_DATE_EPOCH": "1795392000",
            }
            os.execve(sys.executable, [sys.executable, "-m", "ficli", *arguments], os.environ | settings | variables)  # noqa: S606 - our own program
        os.close(writer)

    def until(self, text: str, seconds: float = 60) -> None:
        """Read the screen until something new stands on it."""
        import select

        end = time.monotonic() + seconds
        seen = ""
        while text not in seen:
            assert time.monotonic() < end, f"{text!r} never came: {seen!r}"
            if select.select([self._screen], [], [], 0.2)[0]:
                try:
                    piece = os.read(self._screen, 65536).decode(errors="replace")
                    seen += piece
                    if "\x1b[6n" in piece:  # the question of where the cursor is
                        self.type("\x1b[2;1R")
                except OSError:  # the program has ended
                    assert text in seen, seen
        self.screen += seen

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._screen, text.encode())

    def end(self) -> tuple[int, str]:
        """Wait until the program ends, and give its exit code and its stdout."""
        import select

        while True:
            with contextlib.suppress(OSError):
                while select.select([self._screen], [], [], 0)[0] and os.read(self._screen, 65536):
                    pass
            child, status = os.waitpid(self._child, os.WNOHANG)
            if child:
                break
            time.sleep(0.05)
        output = b""
        while piece := os.read(self._output, 65536):
            output += piece
        os.close(self._output)
        os.close(self._screen)
        return os.waitstatus_to_exitcode(status), output.decode()


FLAGS = ["--incident-date", "2025", "--failure-mode", "hallucination", "--ai-surface", "chatbot", "--url", "TODO"]


def test_a_conversation_on_a_terminal(registry: Path) -> None:
    terminal = Terminal(registry, ["new", *FLAGS])
    terminal.until("Title")
    terminal.type(TITLE)
    terminal.until("invents-fees")  # the live slug
    terminal.type("\r")
    terminal.until("Organization")
    terminal.type("kla")
    terminal.until("Klarna")  # the completion
    terminal.type(f"{CLEAR}Example Bank\r")
    terminal.until("Slug")
    terminal.type("\r")
    terminal.until("How grave")
    terminal.type(DOWN)
    terminal.until("another remedy was ordered")  # a test of the severity
    terminal.type("\r")
    code, stdout = terminal.end()

    assert (code, stdout) == (0, f"{PATH}\n")
    assert "severity: medium\n" in (registry / PATH).read_text()


def test_ctrl_c_leaves_nothing_behind(registry: Path) -> None:
    before = sorted(registry.rglob("*"))
    terminal = Terminal(registry, ["new"])
    terminal.until("Title")
    terminal.type("Chatbot\x03")
    code, stdout = terminal.end()

    assert (code, stdout) == (130, "")
    assert sorted(registry.rglob("*")) == before


def test_a_likely_duplicate_is_asked_about(registry: Path) -> None:
    title = "Klarna reintroduces human agents after service quality declines"
    arguments = ["new", title, "--slug", "klarna-again", "--organization", "Klarna", "--severity", "medium", *FLAGS]
    terminal = Terminal(registry, [word if word != "2025" else "2025-05-08" for word in arguments])
    terminal.until("Is this another event")
    terminal.type("n")
    code, stdout = terminal.end()

    assert (code, stdout) == (1, "")
    assert not (registry / "drafts/klarna-again.yaml").exists()
