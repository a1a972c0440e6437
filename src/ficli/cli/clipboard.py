"""Puts text on the user's clipboard: by a tool of the system, or by the terminal, which reaches over SSH too."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ficli.environment import feed_program, find_program, is_terminal
from ficli.errors import FicliError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.environment import Environment

_LONGEST_SEQUENCE = 74_994
"""Bytes that a terminal takes in one OSC 52 sequence; xterm and tmux take no more."""


def copy_text(environment: Environment, text: str) -> str:
    """Put text on the clipboard, and say how.

    Raises:
        FicliError: there is neither a tool nor a terminal that takes it.

    """
    for name, *words in _tools(environment):
        path = find_program(name, environment.variables)
        if path and feed_program([path, *words], text):
            return f"copied to the clipboard by `{name}`"
    if _through_terminal(environment, text):
        return "the terminal was asked to copy it"
    hint = "the citation stands above; a terminal that knows OSC 52, `wl-copy`, `xclip` or `pbcopy` can copy it"
    raise FicliError("there is no clipboard that the citation could be put on", hint=hint)


def _tools(environment: Environment) -> Iterator[list[str]]:
    """Yield the tools that reach the clipboard of the screen the user sits at; over SSH there is none."""
    variables = environment.variables
    if variables.get("SSH_CONNECTION") or variables.get("SSH_TTY"):
        return
    yield ["pbcopy"]
    yield ["clip.exe"]
    if variables.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if variables.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]


def _through_terminal(environment: Environment, text: str) -> bool:
    """Ask the terminal by OSC 52, and tell whether there was one to ask; whether it obeyed it does not say."""
    encoded = base64.b64encode(text.encode()).decode()
    stream = next((stream for stream in (environment.stderr, environment.stdout) if is_terminal(stream)), None)
    if stream is None or environment.variables.get("TERM") == "dumb" or len(encoded) > _LONGEST_SEQUENCE:
        return False
    stream.write(f"\x1b]52;c;{encoded}\x07")
    stream.flush()
    return True
