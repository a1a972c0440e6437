"""A rule of ficli broke on a record.

What: a rule raised an error instead of a finding; that is a mistake in ficli, not in the record.
Why: the rule has not judged the record. A run that passed over that in silence would call a record fine that
nobody has checked.

Bad:

    title: A record on which a rule breaks

Good:

    title: A record on which every rule works

Fix: report it with the record. Until it is mended, `--ignore` with the name of the broken rule leaves that rule
out.
"""

from __future__ import annotations

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import FILE, Problem
from ficli.wording import quoted

RULE = Rule("rule-crashed", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def problem(rule_name: str, error: Exception) -> Problem:
    """Return the problem of a broken rule."""
    return _broke(f"the rule {quoted(rule_name)} broke", error)


def reading_problem(error: Exception) -> Problem:
    """Return the problem of a record that could not be checked, because ficli broke before any rule could run."""
    return _broke("ficli broke while reading this record", error)


def _broke(what: str, error: Exception) -> Problem:
    said = f": {quoted(str(error))}" if str(error) else ""
    return Problem(
        at=FILE,
        message=f"{what}: {type(error).__name__}{said}",
        help="this is a bug in ficli: report it with the record",
    )
