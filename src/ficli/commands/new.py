"""Writes new drafts: one from answers, or many from data, each only where nobody has its slug."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ficli.commands.drafting import Draft, Drafting, Problem, WrongAnswersError
from ficli.commands.duplicates import Candidate, Elsewhere, drafts_elsewhere, find_candidates, find_in_batch
from ficli.commands.opening import OpenRegistry, open_registry
from ficli.environment import Environment, write_file
from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.incident.schema import ShapeChecker, registry_schema
from ficli.incident.slugs import free_slug
from ficli.incident.text.names import spelling_key
from ficli.registry.entry import Entry, entry_of
from ficli.registry.layout import DRAFTS
from ficli.registry.records import survey
from ficli.registry.rejected import Rejections
from ficli.registry.scan import scan
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ficli.registry.rejected import Rejections

ASKED = ("title", "organization", "incident_date", "failure_mode", "ai_surface", "severity", "url")
"""What a curator is asked for, in this order; whoever is not asked gives all of it."""


@dataclass(frozen=True)
class Desk:
    """A registry with all that a new draft is held against.

    Attributes:
        environment: the world to work in.
        opened: the registry.
        entries: what the index knows of each record.
        unread: what kept records from being read.
        template: the text of the registry's own scaffold, or nothing.

    """

    environment: Environment
    opened: OpenRegistry
    entries: Sequence[Entry]
    unread: Sequence[str]
    template: str = ""

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """The drafts that only other branches have."""
        return drafts_elsewhere(self.environment, self.opened.root)

    @cached_property
    def rejections(self) -> Rejections:
        """What the registry has turned down."""
        return self.opened.rejections()

    @cached_property
    def everything(self) -> Sequence[Entry]:
        """All records, and the drafts on other branches."""
        return (*self.entries, *self.elsewhere.entries)

    @cached_property
    def organizations(self) -> Sequence[str]:
        """The names of organizations that records have, each spelled as most of them do."""
        counts: dict[str, int] = {}
        for entry in self.entries:
            for name in filter(None, entry.organizations):
                counts[name] = counts.get(name, 0) + 1
        best: dict[str, str] = {}
        for name in sorted(counts, key=lambda name: (-counts[name], name)):
            best.setdefault(spelling_key(name), name)
        return sorted(best.values(), key=str.casefold)

    @cached_property
    def drafting(self) -> Drafting:
        """What makes drafts for this registry."""
        taken = {entry.slug: entry.path for entry in self.everything if entry.slug}
        taken |= {file.stem: file.path for file in scan(self.opened.root).files if file.folder == DRAFTS}
        return Drafting(
            self.opened,
            ShapeChecker(registry_schema(self.opened.taxonomy, self.opened.config)),
            taken=taken,
            spellings={spelling_key(name): name for name in self.organizations},
            today=self.environment.today(),
            template=self.template,
        )

    def alike(self, draft: Draft) -> list[Candidate]:
        """Find what may tell the same event as a draft."""
        found = find_candidates(_entry(draft), self.everything, self.rejections)
        return [candidate for candidate in found if candidate.likely]

    def write(self, draft: Draft) -> None:
        """Write a draft, unless someone else has taken its slug meanwhile.

        Raises:
            FicliError: someone has, or the file cannot be written.

        """
        try:
            write_file(self.opened.root / draft.path, draft.text.encode(), overwrite=False)
        except FicliError as error:
            if isinstance(error.__cause__, FileExistsError):
                message = f"`{draft.path}` was made by someone else meanwhile, so nothing was written"
                free = quoted(free_slug(draft.slug, (entry.slug for entry in self.everything)))
                raise FicliError(
                    message, hint=f"look at it; if it is another incident, take the slug {free}"
                ) from error
            raise


def open_desk(
    environment: Environment,
    registry: Path | None = None,
    *,
    template: Path | None = None,
    advance: Callable[[int, int], None] | None = None,
) -> Desk:
    """Read a registry to make drafts for it.

    Raises:
        UsageError: no registry, or a template that is none.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a file cannot be read.

    """
    opened = open_registry(environment, registry)
    text = ""
    if template is not None:
        from ficli.commands.template import read_template

        text = read_template(environment.cwd / template)
    files = scan(opened.root).files
    found = survey(opened.root, files, entry_of, workers=environment.workers, advance=advance)
    return Desk(environment, opened, found.taken, found.unread, text)


# --- many at once ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object.

    Attributes:
        number: its place among the objects, from 1.
        draft: what was written, or would be; None where it was not.
        problems: what kept it from being written.
        duplicates: what may tell the same event.

    """

    number: int
    draft: Draft | None
    problems: Sequence[Problem] = ()
    duplicates: Sequence[Candidate] = field(default=())


def new_drafts(desk: Desk, objects: Iterable[object], *, write: bool, fail_on_duplicate: bool = False) -> list[Outcome]:
    """Make a draft of each object that can be one, whatever is wrong with the others.

    Args:
        desk: the registry.
        objects: mappings of fields as `Drafting.draft` takes them.
        write: whether the drafts are written.
        fail_on_duplicate: whether what may be written up already is left out.

    """
    made = [_made(desk.drafting, number, item) for number, item in enumerate(objects, start=1)]
    probes = [_entry(outcome.draft) for outcome in made if outcome.draft is not None]
    duplicates = find_in_batch(probes, desk.everything, desk.rejections)
    outcomes = []
    for outcome in made:
        if outcome.draft is None:
            outcomes.append(outcome)
            continue
        found = duplicates[outcome.draft.path]
        problems = [_as_problem(found[0])] if found and fail_on_duplicate else []
        if write and not problems:
            problems = _written(desk, outcome.draft)
        draft = None if problems else outcome.draft
        outcomes.append(Outcome(outcome.number, draft, problems, found))
    return outcomes


def _made(drafting: Drafting, number: int, item: object) -> Outcome:
    if not isinstance(item, dict):
        return Outcome(number, None, [Problem("", "this is no object with fields", "an object is `{…}`")])
    try:
        return Outcome(number, drafting.draft(item))
    except WrongAnswersError as error:
        return Outcome(number, None, error.problems)


def _as_problem(candidate: Candidate) -> Problem:
    message = f"{quoted(candidate.id or candidate.path)} may tell the same event: {' and '.join(candidate.why)}"
    return Problem("", message, "look at it first")


def _written(desk: Desk, draft: Draft) -> list[Problem]:
    try:
        desk.write(draft)
    except FicliError as error:
        return [Problem("", error.message, error.hint)]
    return []


def _entry(draft: Draft) -> Entry:
    return entry_of(draft.path, Record(dict[str, Any](draft.data)))


def missing(answers: Mapping[str, Any]) -> list[str]:
    """Name the answers of `ASKED` that are not given."""
    return [name for name in ASKED if answers.get(name) in (None, "", [], ())]
