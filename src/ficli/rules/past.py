"""What a rule of history scope is given: the records as they are, and what became of those of the base."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ficli.incident.record import Record
from ficli.registry.layout import DRAFTS
from ficli.registry.records import record_data
from ficli.registry.succession import succession
from ficli.rules.contract import EngineRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ficli.diagnostics import Rule
    from ficli.registry.base import Change
    from ficli.registry.entry import Entry
    from ficli.registry.history import Change as Commit
    from ficli.registry.ledger import Name
    from ficli.registry.records import SourceFile
    from ficli.registry.succession import Step, Version
    from ficli.rules.contract import IndexContext, IndexProblem, Settings
    from ficli.rules.selection import Selection


class Terms(NamedTuple):
    """What records were judged by in the base."""

    settings: Settings
    selection: Selection


class Since(NamedTuple):
    """A change that is to be judged.

    Attributes:
        change: the files that differ from the base.
        before: what records were judged by in the base; None where that could not be read, or was not there.

    """

    change: Change
    before: Terms | None


class HistoryContext:
    """A registry beside its base, as a rule of history scope sees it.

    Args:
        index: all records as they are.
        since: the change, and what records were judged by before it.
        after: the changed records as they are now.
        rules: every rule there is, by name.

    """

    def __init__(
        self, index: IndexContext, since: Since, after: Sequence[SourceFile], rules: Mapping[str, Rule]
    ) -> None:
        self.index = index
        self.rules = rules
        self.settings = index.settings
        self.change = since.change
        self.before = since.before
        self._after = after

    @cached_property
    def steps(self) -> Sequence[Step]:
        """What became of each record that was changed, added or removed."""
        return succession(self.change.records_before.values(), self._after)

    @property
    def changed(self) -> int:
        """How many records were added, changed or removed; one that has another file now is one."""
        paired = {item.path for step in self.steps for item in (step.before, step.after) if item is not None}
        return len(self.steps) + len(self.change.records - paired)

    @cached_property
    def kept(self) -> Sequence[tuple[Version, Version]]:
        """The records that readers knew in the base, each as it was and as it is, where both can be read."""
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
        """Tell whether a file that the change leaves alone has the ID of a record."""
        return version.id in self._held

    def names(self, number: int) -> Iterator[Name]:
        """Yield what a number stood for in any commit that is no part of the change, the oldest first.

        Raises:
            GitError: git failed.

        """
        from ficli.registry.ledger import Name

        history = self.change.base.history
        versions = [
            item for item in self._commits.get(number, ()) if item.kind != "D" and item.commit not in self._own_commits
        ]
        contents = dict(history.contents(item.blob for item in versions))
        for item in reversed(versions):
            if item.blob in contents:
                record = Record(record_data(contents[item.blob]))
                yield Name(record.slug, record.title, item.commit, item.time)

    @cached_property
    def _unchanged(self) -> Sequence[Entry]:
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


class HistoryRule(EngineRule, Protocol):
    """A rule module of history scope."""

    def check(self, past: HistoryContext, /) -> Iterable[IndexProblem]:
        """Yield what a change does that may not be done."""
