"""The failure path is a profile of the taxonomy.

What: four or five steps of `failure_path` are, word for word, those of a failure mode's profile.
Why: the path is to say how this incident came about. A copied profile claims steps that nobody has looked at: one entry
had it that data was destroyed where none was. Without a path, the page shows the profile and says what it is.

Bad:

    failure_path:
      trigger: Someone asks for a fact, a source or a rule.
      model_step: The model composes a plausible answer that nothing supports.
      control_gap: No check holds the answer against a source.
      failure: The invention is delivered as fact.
      consequence: Someone relies on it and acts on it.

Good:

    failure_path:
      trigger: Customers ask the chatbot whether an account fee can be refunded.
      model_step: The model answers that every fee is refunded on request.
      control_gap: Nothing compares the answer with the bank's list of fees.
      failure: The promise is made in the name of the bank.
      consequence: Customers ask for refunds, and the bank declines them.

Fix: tell the five steps of this incident as the sources do, or delete `failure_path`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.fields import PATH_STEPS
from ficli.prose.similarity import normal_form
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import as_text, quoted

RULE = Rule("profile-as-path", Severity.WARNING, Scope.FILE, since="0.1.0")

_COPIED = 4
_LITTLE = 4


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the path with the profile of each failure mode."""
    path = record.record.mapping("failure_path")
    if not path:
        return
    own = [as_text(path.get(step)) for step in PATH_STEPS]
    for mode in record.taxonomy.failure_modes.values():
        profile = [mode.profile.get(step, "") for step in PATH_STEPS]
        if _count(own, profile, _may_be_equal) >= _COPIED and _count(own, profile, _are_equal) >= _COPIED:
            yield Problem(
                at=("failure_path",),
                message=f"the failure path is the profile of {quoted(mode.slug)}, not one of this incident",
                help="tell the steps of this incident, or delete `failure_path`: the page shows the profile as such",
                on_key=True,
            )


def _count(own: list[str], profile: list[str], compare: Callable[[str, str], bool]) -> int:
    return sum(map(compare, own, profile))


def _may_be_equal(step: str, copied: str) -> bool:
    """Compare lengths first, which is cheap and decides most cases."""
    return -_LITTLE <= len(step) - len(copied) <= _LITTLE


def _are_equal(step: str, copied: str) -> bool:
    return step != "" and normal_form(step) == normal_form(copied)
