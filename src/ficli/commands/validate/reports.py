"""Write the findings of a run to files: the requested reports, and the summary of a job on GitHub."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ficli.environment import Environment, append_file, write_file
from ficli.errors import UsageError
from ficli.output import renderer
from ficli.registry.layout import owned_among, resolved
from ficli.wording import harmless

if TYPE_CHECKING:
    from ficli.output.report import Report

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which GitHub names the file for the summary of a step."""

_LARGEST_SUMMARY = 1 << 20
"""Bytes; GitHub does not show a larger summary."""


def require_places(environment: Environment, root: Path, paths: Sequence[Path]) -> None:
    """Check that each report has its own file, which the registry does not own.

    A link that leads out of the working folder or the registry is rejected, since a checkout may contain one.

    Raises:
        UsageError: two reports share a file, or one of them is the registry's, a link out of the folder or no file.

    """
    here = environment.cwd.resolve()
    taken: dict[Path, Path] = {}
    for path in paths:
        named = Path(os.path.normpath(here / path))
        target = resolved(here / path)  # a link before `..` leads elsewhere than the name says
        shown = harmless(str(path))
        if target in taken:
            message = f"`--output`: `{harmless(str(taken[target]))}` and `{shown}` are one file"
            raise UsageError(message, hint="give each format a file of its own")
        taken[target] = path
        if any(named.is_relative_to(folder) and not target.is_relative_to(folder) for folder in (here, root)):
            message = f"`--output`: `{shown}` is a link that leads elsewhere"
            raise UsageError(message, hint=f"name the file itself: `{harmless(str(target))}`")
        if owned_among(root, [target]):
            message = f"`--output`: `{shown}` is part of the registry"
            raise UsageError(message, hint="write the report somewhere else")
        if target.exists() and not (target.is_file() or target.is_dir()):
            message = f"`--output`: `{shown}` is no ordinary file"
            raise UsageError(message, hint="what is in no file goes to stdout")


def write_report(environment: Environment, report: Report, name: str, path: Path) -> None:
    """Write a report to a file, whole or not at all, without colour and without wrapping.

    Args:
        environment: the environment to work in.
        report: the findings.
        name: a format of `ficli.output.FORMATS`.
        path: the file, relative to the working folder.

    Raises:
        FicliError: it cannot be written.

    """
    plain = replace(report, colour=False, width=0)
    write_file(environment.cwd / path, "".join(renderer(name)(plain)).encode())


def append_step_summary(environment: Environment, report: Report, root: Path) -> None:
    """Add the Markdown report to the summary of the job, if GitHub asks for one.

    Raises:
        UsageError: the file that GitHub names is the registry's own.
        FicliError: it cannot be written.

    """
    path = environment.variables.get(STEP_SUMMARY, "")
    if path:
        if owned_among(root, [environment.cwd / path]):
            message = f"`{STEP_SUMMARY}`: `{harmless(path)}` is part of the registry"
            raise UsageError(message, hint="let it name a file outside the registry")
        from ficli.output.markdown import bounded

        append_file(Path(path), lambda size: bounded(report, _LARGEST_SUMMARY - size).encode())
