"""Writes the findings of a run to files: those that were asked for, and the summary of a job on GitHub."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ficli.config import CONFIG_FILE
from ficli.environment import append_file, write_file
from ficli.errors import UsageError
from ficli.incident.taxonomy import TAXONOMY_FILE
from ficli.output import renderer
from ficli.registry.scan import FOLDERS
from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.environment import Environment
    from ficli.output.report import Report

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which GitHub names the file for the summary of a step."""

_LARGEST_SUMMARY = 1 << 20
"""Bytes; of a larger summary GitHub shows nothing."""


def require_outside(environment: Environment, root: Path, paths: Sequence[Path]) -> None:
    """See to it that no report takes the place of a record or of the registry's settings.

    Raises:
        UsageError: one would.

    """
    for path in paths:
        target = (environment.cwd / path).resolve()
        if not target.is_relative_to(root):
            continue
        inside = target.relative_to(root).as_posix()
        if inside.partition("/")[0] in FOLDERS or inside in {CONFIG_FILE, TAXONOMY_FILE}:
            message = f"`--output`: `{harmless(str(path))}` is part of the registry"
            raise UsageError(message, hint="write the report somewhere else")


def write_report(environment: Environment, report: Report, name: str, path: Path) -> None:
    """Write a report to a file, whole or not at all, without colour and without wrapping.

    Args:
        environment: the world to work in.
        report: what was found.
        name: a format of `ficli.output.FORMATS`.
        path: the file, relative to the working folder.

    Raises:
        FicliError: it cannot be written.

    """
    plain = replace(report, colour=False, width=0)
    write_file(environment.cwd / path, "".join(renderer(name)(plain)).encode())


def append_step_summary(environment: Environment, report: Report) -> None:
    """Add the Markdown report to the summary of the job, where GitHub asks for one.

    Raises:
        FicliError: the file that GitHub names cannot be written.

    """
    path = environment.variables.get(STEP_SUMMARY, "")
    if path:
        from ficli.output.markdown import bounded

        append_file(Path(path), lambda size: bounded(report, _LARGEST_SUMMARY - size).encode())
