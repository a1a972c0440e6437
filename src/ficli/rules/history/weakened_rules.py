"""The rules or the vocabulary were made laxer in the change that they judge.

What: records change, and in the same change `ficli.toml` turns a rule off, weighs it less or lets more records pass it,
or `taxonomy.yaml` allows a term that the base did not, takes back that one is deprecated, or calls a kind of source
primary. So it is where a record has a source that `rejected.yaml` turned down until then.
Why: a record that would have failed passes, and the check of the very change cannot be believed. Each of the two may be
right; a reviewer has to see them apart.

Bad:

    # before
    id: FI-0042
    # file: ficli.toml
    [rules.weak-sourcing]
    severity = "error"
    # after
    id: FI-0042
    tags: [refunds]
    # file: ficli.toml
    [rules.weak-sourcing]
    severity = "off"

Good:

    # before
    id: FI-0042
    # file: ficli.toml
    [rules.weak-sourcing]
    severity = "error"
    # after
    id: FI-0042
    # file: ficli.toml
    [rules.weak-sourcing]
    severity = "off"

Fix: move the change of the settings or the vocabulary into a change of its own, without records, and say there why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Rule, Scope, Severity, Span
from ficli.incident.taxonomy import SourceKind, Taxonomy, Term
from ficli.registry.layout import CONFIG_FILE, REJECTED_FILE, TAXONOMY_FILE
from ficli.rules.contract import FILE, IndexProblem, Problem, ProblemPlace
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.registry.rejected import Rejection
    from ficli.rules.history_context import HistoryContext

RULE = Rule("weakened-rules", Severity.WARNING, Scope.HISTORY, since="0.1.0")
_HELP = "change the settings in a pull request of their own, without records"
_OFF = "off"
_CALLED = {_OFF: "off", Severity.INFO: "an info", Severity.WARNING: "a warning", Severity.ERROR: "an error"}
_GROUPS = ("failure_modes", "ai_surfaces", "severities", "source_kinds", "industries")


class _Weight(NamedTuple):
    """The setting of a rule: its severity or `off`, and the day since which records must follow it."""

    name: str
    rank: int
    since: str


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each setting that is laxer than in the base, if records changed too."""
    if past.before is None or not past.change.records:
        return
    before, now = past.before.settings, past.settings
    for name, rule in past.rules.items():
        old, new = _weight(rule, before.config), _weight(rule, now.config)
        if said := _laxer(old, new):
            message = f"{quoted(name)} {said}, in the change that it judges"
            yield IndexProblem(CONFIG_FILE, Problem(_mention(name, now.config), message, help=_HELP))
    for path, said in _wider(before.taxonomy, now.taxonomy):
        yield IndexProblem(TAXONOMY_FILE, Problem(path, f"{said}, in the change that it judges", help=_HELP))
    yield from _taken_back(past, before.rejections.by_page)


def _taken_back(past: HistoryContext, rejected: Mapping[str, Rejection]) -> Iterator[IndexProblem]:
    """Yield each source of a changed record that was rejected in the base and is not any more."""
    gone = rejected.keys() - past.settings.rejections.by_page.keys()
    for entry in past.index.entries if gone else ():
        for number, page in enumerate(entry.sources):
            if page in gone and past.change.touches(entry.path):
                yield IndexProblem(entry.path, _once_rejected(number, rejected[page]))


def _once_rejected(number: int, rejection: Rejection) -> Problem:
    when, why = rejection.date, quoted(rejection.reason)
    return Problem(
        at=("sources", number, "url"),
        message=f"source {number + 1} was turned down on {when}, which the change that brings it takes back: {why}",
        help=f"take it out of `{REJECTED_FILE}` in a pull request of its own, with the reason why",
    )


def _weight(rule: Rule, config: Config) -> _Weight:
    setting = config.rules.get(rule.name)
    chosen = not config.select or rule.name in config.select
    if rule.name in config.ignore or not chosen or (setting is not None and setting.off):
        return _Weight(_OFF, len(Severity), "")
    severity = rule.severity if setting is None or setting.severity is None else setting.severity
    day = setting.since.isoformat() if setting is not None and setting.since else ""
    return _Weight(str(severity), severity.rank, day)


def _laxer(old: _Weight, new: _Weight) -> str:
    if new.rank > old.rank:
        return f"is {_CALLED[new.name]} now and was {_CALLED[old.name]}"
    if new.rank == old.rank and new.since > old.since:
        was = f"since {old.since}" if old.since else "whenever indexed"
        return f"binds only records indexed since {new.since}, and bound those {was}"
    return ""


def _mention(name: str, config: Config) -> ProblemPlace:
    """Return the place of a rule in the settings; the file as a whole if it is not there any more."""
    for mention in reversed(config.mentions):
        if mention.name == name:
            return Span(mention.line, mention.column, mention.line, mention.column + len(name))
    return FILE


def _wider(old: Taxonomy, new: Taxonomy) -> Iterator[tuple[ProblemPlace, str]]:
    for group in _GROUPS:
        before: Mapping[str, Term] = getattr(old, group)
        after: Mapping[str, Term] = getattr(new, group)
        for number, (slug, term) in enumerate(after.items()):
            known = before.get(slug)
            if known is None:
                yield (group, number, "slug"), f"{quoted(slug)} was not in the vocabulary"
            elif known.deprecated and not term.deprecated:
                yield (group, number), f"{quoted(slug)} was deprecated"
            elif isinstance(term, SourceKind) and isinstance(known, SourceKind) and term.primary > known.primary:
                yield (group, number, "primary"), f"{quoted(slug)} was no primary kind of source"
