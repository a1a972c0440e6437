"""The context of a history rule: the present records, and those of the base with what has changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ficli.incident.record import Record
from ficli.registry.layout import DRAFTS
from ficli.registry.record_versions import Step, Version, pair_versions
from ficli.registry.records import SourceFile, record_data
from ficli.rules.contract import IndexContext, IndexProblem, RuleModule, Settings

if TYPE_CHECKING:
    from ficli.diagnostics import Rule
    from ficli.registry.base_revision import ChangeSet
    from ficli.registry.git_history import FileChange as Commit
    from ficli.registry.index_entry import IndexEntry
    from ficli.registry.ledger import FormerName
    from ficli.rules.selection import RuleSelection


class Terms(NamedTuple):
    """The settings that records were checked against in the base."""

    settings: Settings
    selection: RuleSelection


class ChangeContext(NamedTuple):
    """A change that is to be checked.

    Attributes:
        change: the files that differ from the base.
        before: the settings of the base; None if they could not be read, or did not exist.

    """

    change: ChangeSet
    before: Terms | None


class HistoryContext:
    """A registry beside its base, as a rule of history scope sees it.

    Args:
        index: all records as they are.
        since: the change, and the settings before it.
        after: the changed records as they are now.
        rules: every rule there is, by name.

    """

    def __init__(
        self, index: IndexContext, since: ChangeContext, after: Sequence[SourceFile], rules: Mapping[str, Rule]
    ) -> None:
        self.index = index
        self.rules = rules
        self.settings = index.settings
        self.change = since.change
        self.before = since.before
        self._after = after

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The versions before and after of each record that was changed, added or removed."""
        return pair_versions(self.change.records_before.values(), self._after)

    @property
    def changed(self) -> int:
        """How many records were added, changed or removed; one with a new file name counts once."""
        paired = {item.path for step in self.steps for item in (step.before, step.after) if item is not None}
        return len(self.steps) + len(self.change.records - paired)

    @cached_property
    def kept(self) -> Sequence[tuple[Version, Version]]:
        """The records that readers knew in the base, each as it was and as it is, if both can be read."""
        return [
            (step.before, step.after)
            for step in self.steps
            if step.before and step.after and step.before.is_public and step.before.readable and step.after.readable
        ]

    @cached_property
    def drafted(self) -> frozenset[str]:
        """The slugs of the drafts of the base, without regard to case."""
        changed = {
            step.before.slug for step in self.steps if step.before is not None and step.before.path.startswith(DRAFTS)
        }
        unchanged = {entry.slug.casefold() for entry in self._unchanged if entry.path.startswith(DRAFTS)}
        return frozenset(changed | unchanged) - {""}

    def is_held(self, version: Version) -> bool:
        """Return whether a file outside the change has the ID of a record."""
        return version.id in self._held

    def names(self, number: int) -> Iterator[FormerName]:
        """Yield what a number stood for in any commit that is not part of the change, the oldest first.

        Raises:
            GitError: git failed.

        """
        from ficli.registry.ledger import FormerName

        history = self.change.base.history
        versions = [
            item for item in self._commits.get(number, ()) if item.kind != "D" and item.commit not in self._own_commits
        ]
        contents = dict(history.contents(item.blob for item in versions))
        for item in reversed(versions):
            if item.blob in contents:
                record = Record(record_data(contents[item.blob]))
                yield FormerName(record.slug, record.title, item.commit, item.time)

    @cached_property
    def _unchanged(self) -> Sequence[IndexEntry]:
        return [entry for entry in self.index.entries if not self.change.touches(entry.path)]

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self._unchanged)

    @cached_property
    def _commits(self) -> Mapping[int, Sequence[Commit]]:
        from ficli.registry.ledger import changes_by_number

        return changes_by_number(self.change.base.history, self.settings.config)

    @cached_property
    def _own_commits(self) -> frozenset[str]:
        base = self.change.base
        listed = base.history.git(["rev-list", base.history.head, f"^{base.commit}"])
        return frozenset(listed.decode("ascii").split())


class HistoryRule(RuleModule, Protocol):
    """A rule module of history scope."""

    def check(self, past: HistoryContext, /) -> Iterable[IndexProblem]:
        """Yield the problems of a change."""
