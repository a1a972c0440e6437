"""A failure mode does not fit the surface.

What: the surface is of the predictive wing, and the failure mode presumes a prompt or an agent: `hallucination`,
`prompt-injection`, `agentic-action-error` or `tool-misuse`. Two pairs are possible and only need a failure path of the
incident's own: a machine that acts by itself may err as an agent does, and a score may be read from text with planted
instructions.
Why: a camera states nothing and a score takes no orders. One of the two is misfiled, and so is every count by either.

Bad:

    failure_mode: hallucination
    ai_surface: computer-vision

Good:

    failure_mode: prediction-error
    ai_surface: computer-vision

Fix: choose the mode that explains the consequence, which for a wrong score, match or forecast is `prediction-error`; or
the surface where the failing part met people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

RULE = Rule("mode-surface-mismatch", Severity.WARNING, Scope.FILE, since="0.1.0")

_PRESUMES = {
    "hallucination": "a prompt",
    "prompt-injection": "a prompt",
    "agentic-action-error": "an agent",
    "tool-misuse": "an agent",
}
_POSSIBLE = frozenset({("agentic-action-error", "autonomous-system"), ("prompt-injection", "algorithmic-decision")})


def check(record: RecordContext) -> Iterator[Problem]:
    """Ask the taxonomy for the wing of the surface."""
    mode, slug = record.record.text("failure_mode"), record.record.text("ai_surface")
    surface = record.taxonomy.ai_surfaces.get(slug)
    if mode not in _PRESUMES or surface is None or surface.wing != "predictive":
        return
    if (mode, slug) in _POSSIBLE and record.record.mapping("failure_path"):
        return
    yield Problem(
        at=("failure_mode",),
        message=f"{quoted(mode)} presumes {_PRESUMES[mode]}, but {quoted(slug)} is a predictive surface",
        help="a wrong score, match or forecast is a `prediction-error`; else choose the surface where the failing part "
        "met people",
        related=(Label(("ai_surface",), "of the predictive wing"),),
    )
