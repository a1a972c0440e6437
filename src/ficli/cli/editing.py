"""The round of editing a draft and validating it, until it is right or the curator has had enough."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.diagnostics import Severity
from ficli.errors import ExitCode

if TYPE_CHECKING:
    from ficli.diagnostics import Diagnostic


def edit_until_valid(path: Path, *, ask: bool) -> None:
    """Open a draft in the editor and validate it on return; offer to open it again at the first finding.

    Args:
        path: the draft.
        ask: whether somebody can answer the offer.

    Raises:
        FicliError: the editor failed.

    """
    from ficli.environment.editor import open_editor

    line = 0
    while True:
        open_editor(streams.environment(), path, line)
        findings = _findings(path)
        errors = [item for item in findings if item.severity is Severity.ERROR]
        if not findings or not ask:
            break
        line = (errors or findings)[0].span.line
        from ficli.cli.conversation import agrees

        if not agrees(f"Open it again at line {line}?", default=bool(errors)):
            break
    streams.finish(ExitCode.PROBLEMS if errors else ExitCode.CLEAN)


def _findings(path: Path) -> list[Diagnostic]:
    """Validate a draft, show what is found on stderr, and give it."""
    from ficli.commands.opening import path_prefix
    from ficli.commands.validate import ValidateRequest, validate
    from ficli.output import renderer
    from ficli.output.report import Report

    here = streams.environment()
    outcome = validate(here, ValidateRequest(paths=[path], list_info=False))
    report = Report(
        diagnostics=outcome.diagnostics,
        loaded=outcome.loaded,
        reported=outcome.reported,
        records=outcome.records,
        rules=outcome.rules,
        unread=len(outcome.unread),
        prefix=path_prefix(here, outcome.root),
    )
    for piece in renderer("concise")(report):
        streams.note_lines(piece)
    return [item for item in outcome.diagnostics if item.severity is not Severity.INFO]
