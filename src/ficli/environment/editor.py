"""Opens the user's editor on a file, and waits until it is closed."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from ficli.errors import FicliError
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

_PLUS_LINE = frozenset("vi vim nvim gvim view nano pico emacs emacsclient micro kak joe jed mg ne".split())
"""Editors that take `+12` before a file as the line to go to."""

_COLON_LINE = frozenset("hx helix subl zed".split())
"""Editors that take `file:12`."""


def open_editor(environment: Environment, path: Path, line: int = 0) -> None:
    """Let the user edit a file.

    The editor is `VISUAL`, else `EDITOR`, else `vi`. It draws where prompts do, so that stdout stays the product's.

    Args:
        environment: the world to work in.
        path: the file.
        line: where to go first, from 1; 0 for anywhere.

    Raises:
        FicliError: the editor cannot be started, or says that it failed.

    """
    command = environment.variables.get("VISUAL") or environment.variables.get("EDITOR") or "vi"
    try:
        words = shlex.split(command)
    except ValueError as error:
        message = f"the editor {quoted(command)} cannot be started: {str(error).lower()}"
        raise FicliError(message, hint=_KEPT) from error
    if not words:
        message = f"the editor {quoted(command)} cannot be started: it names no program"
        raise FicliError(message, hint=_KEPT)
    name = os.path.basename(words[0]).removesuffix(".exe")
    try:
        screen = environment.stderr.fileno()
        done = subprocess.run(  # noqa: S603 - the command is the user's own setting
            [*words, *_place(name, str(path), line)],
            check=False,
            stdout=screen,
            cwd=environment.cwd,
            env=dict(environment.variables),
        )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the editor {quoted(command)} cannot be started: {reason}"
        raise FicliError(message, hint=_KEPT) from error
    if done.returncode:
        message = f"the editor {quoted(command)} ended with exit code {done.returncode}"
        raise FicliError(message, hint=f"`{harmless(path.name)}` is as the editor left it")


_KEPT = "the file is written; set `EDITOR` to open it"


def _place(name: str, path: str, line: int) -> list[str]:
    if line and name in _PLUS_LINE:
        return [f"+{line}", path]
    return [f"{path}:{line}" if line and name in _COLON_LINE else path]
