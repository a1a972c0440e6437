"""Read the JSON input of `ficli new`: one object, a list of objects, or one object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ficli.errors import FicliError, UsageError, why_failed
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

_HINT = "it holds one object, a list of objects, or one object a line"


def read_objects(environment: Environment, source: Path) -> list[object]:
    """Read the objects of a file, or of stdin for `-`; values that are not objects are returned too.

    Raises:
        UsageError: it is not UTF-8, not JSON, or holds nothing.
        FicliError: the file cannot be read.

    """
    shown = "stdin" if str(source) == "-" else f"`{harmless(str(source))}`"
    try:
        raw = _stdin(environment) if str(source) == "-" else (environment.cwd / source).read_bytes()
    except OSError as error:
        message = f"{shown} could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = (
            f"{shown} is not UTF-8: byte {error.start + 1:,}, on line {line:,}, is {quoted(f'{raw[error.start]:#04x}')}"
        )
        raise UsageError(message, hint="export it as UTF-8") from error
    objects = _objects(text, shown)
    if not objects:
        message = f"{shown} holds no objects"
        raise UsageError(message, hint=_HINT)
    return objects


def _stdin(environment: Environment) -> bytes:
    binary = getattr(environment.stdin, "buffer", None)
    return binary.read() if binary is not None else environment.stdin.read().encode()


def _objects(text: str, shown: str) -> list[object]:
    try:
        data = _read(text)
    except (ValueError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if len(lines) > 1 and lines[0][1].strip().endswith("}"):
            return [_line(line, f"line {number:,} of {shown}") for number, line in lines]
        raise _no_json(shown, error) from error
    return data if isinstance(data, list) else [data]


def _line(line: str, shown: str) -> object:
    try:
        return _read(line)
    except (ValueError, RecursionError) as error:
        raise _no_json(shown, error) from error


def _read(text: str) -> object:
    return json.loads(text, parse_constant=_refuse, object_pairs_hook=_without_twins)


def _refuse(name: str) -> object:
    message = f"`{name}` is no number in JSON"
    raise ValueError(message)


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        message = f"{quoted(twin)} is given twice in one object"
        raise ValueError(message)
    return data


def _no_json(shown: str, error: Exception) -> UsageError:
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    if isinstance(error, json.JSONDecodeError):
        reason = f"line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"
    return UsageError(f"{shown} is not JSON: {reason}", hint=_HINT)
