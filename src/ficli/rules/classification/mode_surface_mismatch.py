"""A failure mode does not fit the surface.

What: the surface is of the predictive wing, and the failure mode presumes a prompt or an agent: `hallucination`,
`prompt-injection`, `agentic-action-error` or `tool-misuse`. Or the surface answers and does not act, as a chatbot does,
and the mode presumes an agent. Some of these pairs are possible and only need a failure path of the incident's own: a
chatbot may have been given tools, a machine that acts by itself may err as an agent does, and a score may be read from
text with planted instructions.
Why: a camera states nothing and a score takes no orders. One of the two is misfiled, and so is every count by either;
and the page would tell, as the path of the mode, of an action that nobody took.

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

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("mode-surface-mismatch", Severity.WARNING, Scope.FILE, since="0.1.0")

_AGENT = "an agent"
_PRESUMES = {
    "hallucination": "a prompt",
    "prompt-injection": "a prompt",
    "agentic-action-error": _AGENT,
    "tool-misuse": _AGENT,
}
_POSSIBLE = frozenset({("agentic-action-error", "autonomous-system"), ("prompt-injection", "algorithmic-decision")})
_ANSWERS = frozenset({"chatbot", "search-rag", "media-generation", "machine-translation"})
"""Surfaces that answer: one of them acts only if it was given tools, as the incident's own path then reports."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the wing of the surface in the taxonomy with the wing that the mode implies."""
    mode, slug = record.record.text("failure_mode"), record.record.text("ai_surface")
    surface = record.taxonomy.ai_surfaces.get(slug)
    if mode not in _PRESUMES or surface is None:
        return
    has_path = bool(record.record.mapping("failure_path"))
    if surface.wing == "predictive":
        if not (has_path and (mode, slug) in _POSSIBLE):
            yield _predictive(mode, slug)
    elif slug in _ANSWERS and _PRESUMES[mode] == _AGENT and not has_path:
        yield _answering(mode, slug)


def _predictive(mode: str, slug: str) -> Problem:
    return Problem(
        at=("failure_mode",),
        message=f"{quoted(mode)} presumes {_PRESUMES[mode]}, but {quoted(slug)} is a predictive surface",
        help="a wrong score, match or forecast is a `prediction-error`; else choose the surface where the failing part "
        "met people",
        related=(Label(("ai_surface",), "of the predictive wing"),),
    )


def _answering(mode: str, slug: str) -> Problem:
    return Problem(
        at=("failure_mode",),
        message=f"{quoted(mode)} presumes {_AGENT}, but {quoted(slug)} is a surface that answers, and the record has "
        "no failure path of its own",
        help="choose the mode that explains the consequence; if it did act, tell how in `failure_path`",
        related=(Label(("ai_surface",), "answers, and does not act by itself"),),
    )
