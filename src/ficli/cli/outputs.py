"""Which formats of a run go to stdout and which to files, as `--output-format` and `--output` say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import UsageError
from ficli.output import FORMATS
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.cli.options import OutputFormat

_FOR_A_LOG = {"full", "concise", "github", "markdown"}
_FORMAT = re.compile(r"(\w+)=(.*)", re.DOTALL)


class Target(NamedTuple):
    """A format, and the file it goes to; stdout where there is none."""

    format: str
    path: Path | None


def targets(formats: Sequence[OutputFormat] | None, outputs: Sequence[str] | None) -> list[Target]:
    """Say where each format goes: to stdout, but for those that `--output` sends to a file.

    Raises:
        UsageError: the flags contradict each other, or name no format or no file.

    """
    wanted = list(dict.fromkeys(str(name) for name in formats or ())) or ["full"]
    files = [_target(text, wanted) for text in outputs or ()]
    paths = [target.path for target in files]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise UsageError(f"`--output`: {quoted(str(twice))} is named twice", hint="give each format a file of its own")
    in_files = {target.format for target in files}
    spoken = [name for name in wanted if name not in in_files]
    alone = next((name for name in spoken if name not in _FOR_A_LOG), None)
    if alone and len(spoken) > 1:
        message = f"`--output-format`: {quoted(alone)} cannot share stdout with another format"
        raise UsageError(message, hint=f"write it to a file: `--output {alone}=FILE`")
    return [*(Target(name, None) for name in spoken), *files]


def _target(text: str, wanted: Sequence[str]) -> Target:
    """Read `FORMAT=FILE`, or `FILE` where only one format is wanted; a file named `a=b` is written `./a=b`."""
    named = _FORMAT.fullmatch(text)
    name, path = named.groups() if named else ("", text)
    if name and name not in FORMATS:
        near = nearest(name, FORMATS)
        hint = f"did you mean {listed(near)}?" if near else f"the formats are {listed(FORMATS)}"
        raise UsageError(f"`--output`: there is no format {quoted(name)}", hint=hint)
    if path in {"", "-"}:
        raise UsageError(f"`--output`: {quoted(text)} names no file", hint="what is in no file goes to stdout")
    if not name and len(wanted) > 1:
        raise UsageError(f"`--output`: which format goes to {quoted(path)}?", hint=f"write `FORMAT={path}`")
    return Target(name or wanted[0], Path(path))
