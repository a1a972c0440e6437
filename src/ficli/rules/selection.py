"""Which rules run, and with what severity: the rule's own, the registry's settings, the flags of this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.diagnostics import Rule, Scope, Severity
from ficli.errors import ConfigurationError, UsageError
from ficli.registry.layout import CONFIG_FILE
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from ficli.config import Config, RuleSetting


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """The rules of a run, by name, and the registry's settings for them.

    Without `list_info`, a record with only info findings has them counted, and not placed: that would cost
    more than all its rules together.
    """

    rules: Mapping[str, Rule]
    settings: Mapping[str, RuleSetting]
    list_info: bool = True

    def __contains__(self, name: object) -> bool:
        return name in self.rules

    def severity(self, name: str, indexed: PartialDate | None = None) -> Severity:
        """Return the severity of a rule's finding in a record that was indexed on a date, or in a draft.

        An error becomes a warning if the registry has set the rule for records indexed since a later day.
        """
        rule = self.rules[name]
        setting = self.settings.get(name)
        if setting is None or rule.essential:
            return rule.severity
        severity = setting.severity or rule.severity
        if severity is Severity.ERROR and setting.since and indexed and indexed.before(PartialDate.of(setting.since)):
            return Severity.WARNING
        return severity


def select_rules(
    catalogue: Mapping[str, Rule],
    config: Config,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    list_info: bool = True,
    history: bool = False,
) -> RuleSelection:
    """Select the rules of a run.

    `select` of the command line replaces the registry's; `ignore` adds to it. Essential rules, without which
    a file could pass unread, always run. Rules of history scope run only if there is a base to compare
    with.

    Raises:
        UsageError: a name on the command line is not a rule, is an essential one to be ignored, or needs a base.
        ConfigurationError: the registry turns an essential rule off.

    """
    for flag, names in (("--select", select), ("--ignore", ignore)):
        for name in names:
            _require_known(name, catalogue, flag)
    for name in select:
        if catalogue[name].scope is Scope.HISTORY and not history:
            message = f"`--select`: {quoted(name)} needs a base to hold the records against"
            raise UsageError(message, hint="`--since REF` names one")
    for name in ignore:
        if catalogue[name].essential:
            message = f"`--ignore`: {quoted(name)} cannot be turned off"
            raise UsageError(message, hint="without it a record could pass that was never read")
    _refuse_essentials_off(catalogue, config)
    wanted = set(select or config.select or catalogue)
    unwanted = {*ignore, *config.ignore, *(name for name, setting in config.rules.items() if setting.off)}
    if select:
        unwanted -= set(select) - set(ignore)
    if not history:
        unwanted |= {name for name, rule in catalogue.items() if rule.scope is Scope.HISTORY}
    rules = {
        name: rule for name, rule in catalogue.items() if rule.essential or (name in wanted and name not in unwanted)
    }
    return RuleSelection(rules, config.rules, list_info)


def held_to_base(now: RuleSelection, before: RuleSelection) -> RuleSelection:
    """Apply the base's settings to the rules of history scope, if they are stricter.

    They check what a change does, its settings included, so the change must not decide whether they run.

    Args:
        now: the rules of the run, by the settings that the change brings.
        before: the same by the settings of the base.

    """
    rules, settings = dict(now.rules), dict(now.settings)
    for name, rule in before.rules.items():
        if rule.scope is Scope.HISTORY and (name not in now or _weight(before, name) < _weight(now, name)):
            rules[name] = rule
            settings.pop(name, None)
            if name in before.settings:
                settings[name] = before.settings[name]
    return RuleSelection(rules, settings, now.list_info)


def _weight(selection: RuleSelection, name: str) -> tuple[int, date]:
    """Return the weight of a rule's setting: the less, the stricter."""
    setting = selection.settings.get(name)
    return selection.severity(name).rank, (setting.since if setting is not None else None) or date.min


def _require_known(name: str, catalogue: Mapping[str, Rule], flag: str) -> None:
    if name in catalogue:
        return
    near = nearest(name, catalogue, most=3)
    hint = f"did you mean {listed(near, last='or')}?" if near else "`ficli rules` lists them"
    message = f"`{flag}`: there is no rule {quoted(name)}"
    raise UsageError(message, hint=hint)


def _refuse_essentials_off(catalogue: Mapping[str, Rule], config: Config) -> None:
    changed = {*config.ignore, *config.rules}
    for mention in config.mentions:
        rule = catalogue.get(mention.name)
        if rule is not None and rule.essential and mention.name in changed:
            message = f"{quoted(mention.name)} cannot be turned off or weakened"
            raise ConfigurationError(
                message,
                path=CONFIG_FILE,
                line=mention.line,
                column=mention.column,
                hint="without it a record could pass that was never read",
            )
