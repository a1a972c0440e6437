"""Format changes to files as a unified diff that is safe to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def unified(before: Mapping[str, bytes], after: Mapping[str, bytes], prefix: str = "") -> Iterator[str]:
    """Yield the diff of each changed file; characters that could act on a terminal are written as escapes.

    Args:
        before: the old bytes, by path.
        after: the new bytes, by path.
        prefix: the path from the working folder to the files.

    """
    from difflib import unified_diff

    prefix = "" if Path(prefix).is_absolute() else prefix

    for path, new in after.items():
        old_lines, new_lines = (_lines(content) for content in (before[path], new))
        for line in unified_diff(old_lines, new_lines, f"a/{prefix}{path}", f"b/{prefix}{path}"):
            yield harmless(line.removesuffix("\n")) + "\n"
            if not line.endswith("\n"):
                yield "\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    """Split at line feeds only, as git does, so that a stray carriage return is shown as one."""
    lines = content.decode(errors="replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
