"""Write new drafts, one from answers or many from data, each only if nobody has its slug; prefill from pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.commands.new.draft import Drafting, DraftProblem, WritableDraft, WrongAnswersError, is_open
from ficli.commands.search.candidates import (
    BranchDrafts,
    DuplicateCandidate,
    drafts_elsewhere,
    find_candidates,
    find_in_batch,
)
from ficli.environment import Environment, write_file
from ficli.errors import FicliError
from ficli.incident.ids import free_slug
from ficli.incident.record import Record
from ficli.incident.schema import ShapeChecker, registry_schema
from ficli.incident.shape import is_placeholder
from ficli.open_registry import OpenRegistry, open_registry
from ficli.prose.names import spelling_key
from ficli.registry.index_entry import IndexEntry, index_record
from ficli.registry.layout import DRAFTS
from ficli.registry.records import map_records
from ficli.registry.scan import scan
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.registry.rejected import Rejections
    from ficli.web.fetch.fetcher import Fetcher
    from ficli.web.source_facts import SourceFacts


ASKED = ("title", "organization", "incident_date", "failure_mode", "ai_surface", "severity", "url")
"""The answers that a curator is asked for, in this order; without prompts all of them must be given."""


@dataclass(frozen=True)
class NewContext:
    """A registry with everything that a new draft is compared with.

    Attributes:
        environment: the environment to work in.
        opened: the registry.
        entries: what the index knows of each record.
        unread: why records could not be read.
        template: the text of the registry's own scaffold, or empty.

    """

    environment: Environment
    opened: OpenRegistry
    entries: Sequence[IndexEntry]
    unread: Sequence[str]
    template: str = ""

    @cached_property
    def elsewhere(self) -> BranchDrafts:
        """The drafts that only other branches have."""
        return drafts_elsewhere(self.environment, self.opened.root)

    @cached_property
    def rejections(self) -> Rejections:
        """The candidates that the registry has rejected."""
        return self.opened.rejections()

    @cached_property
    def everything(self) -> Sequence[IndexEntry]:
        """All records, and the drafts on other branches."""
        return (*self.entries, *self.elsewhere.entries)

    @cached_property
    def organizations(self) -> Sequence[str]:
        """The names of organizations in the records, each in its most frequent spelling."""
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
        """The builder of drafts for this registry."""
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

    def alike(self, draft: WritableDraft) -> list[DuplicateCandidate]:
        """Find possible duplicates of a draft."""
        found = find_candidates(_entry(draft), self.everything, self.rejections)
        return [candidate for candidate in found if candidate.likely]

    def write(self, draft: WritableDraft) -> None:
        """Write a draft, unless its slug was taken meanwhile.

        Raises:
            FicliError: the slug was taken, or the file cannot be written.

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


def read_context(
    environment: Environment,
    registry: Path | None = None,
    *,
    template: Path | None = None,
    advance: Callable[[int, int], None] | None = None,
) -> NewContext:
    """Read a registry to create drafts for it.

    Raises:
        UsageError: no registry, or a template that is not valid.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a file cannot be read.

    """
    opened = open_registry(environment, registry)
    text = ""
    if template is not None:
        from ficli.commands.new.draft import read_template

        text = read_template(environment.cwd / template)
    files = scan(opened.root).files
    found = map_records(opened.root, files, index_record, workers=environment.workers, advance=advance)
    return NewContext(environment, opened, found.taken, found.unread, text)


# --- many at once ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """The result for one object.

    Attributes:
        number: its place among the objects, from 1.
        draft: what was written, or would be; None if it was not.
        problems: why it was not written.
        duplicates: the possible duplicates.

    """

    number: int
    draft: WritableDraft | None
    problems: Sequence[DraftProblem] = ()
    duplicates: Sequence[DuplicateCandidate] = field(default=())


def new_drafts(
    context: NewContext, objects: Iterable[object], *, write: bool, fail_on_duplicate: bool = False
) -> list[NewOutcome]:
    """Create a draft of each valid object, also if others are wrong.

    Args:
        context: the registry.
        objects: mappings of fields as `Drafting.draft` accepts them.
        write: whether the drafts are written.
        fail_on_duplicate: whether possible duplicates are left out.

    """
    made = [_made(context.drafting, number, item) for number, item in enumerate(objects, start=1)]
    probes = [_entry(outcome.draft) for outcome in made if outcome.draft is not None]
    duplicates = find_in_batch(probes, context.everything, context.rejections)
    outcomes = []
    for outcome in made:
        if outcome.draft is None:
            outcomes.append(outcome)
            continue
        found = duplicates[outcome.draft.path]
        problems = [_as_problem(found[0])] if found and fail_on_duplicate else []
        if write and not problems:
            problems = _written(context, outcome.draft)
        draft = None if problems else outcome.draft
        outcomes.append(NewOutcome(outcome.number, draft, problems, found))
    return outcomes


def _made(drafting: Drafting, number: int, item: object) -> NewOutcome:
    if not isinstance(item, dict):
        return NewOutcome(number, None, [DraftProblem("", "this is no object with fields", "an object is `{…}`")])
    try:
        return NewOutcome(number, drafting.draft(item))
    except WrongAnswersError as error:
        return NewOutcome(number, None, error.problems)


def _as_problem(candidate: DuplicateCandidate) -> DraftProblem:
    message = f"{quoted(candidate.id or candidate.path)} may tell the same event: {' and '.join(candidate.why)}"
    return DraftProblem("", message, "look at it first")


def _written(context: NewContext, draft: WritableDraft) -> list[DraftProblem]:
    try:
        context.write(draft)
    except FicliError as error:
        return [DraftProblem("", error.message, error.hint)]
    return []


def _entry(draft: WritableDraft) -> IndexEntry:
    return index_record(draft.path, Record(dict[str, Any](draft.data)))


def missing(answers: Mapping[str, Any]) -> list[str]:
    """Return the answers of `ASKED` that are not given."""
    return [name for name in ASKED if answers.get(name) in (None, "", [], ())]


class PrefilledSource(NamedTuple):
    """The result of fetching a page: the number of the source, from 1, its address, and its facts or why not."""

    number: int
    url: str
    facts: SourceFacts | None
    reason: str = ""


class Prefilled(NamedTuple):
    """Answers with `sources` in place of `url`, and the result of fetching the page of each."""

    answers: Mapping[str, Any]
    asked: Sequence[PrefilledSource]


def addresses(answers: Mapping[str, Any]) -> list[str]:
    """Return the addresses among answers that lead to a page."""
    return [url for url in answers.get("url", ()) if not is_placeholder(url) and not is_open(url)]


def prefill(
    context: NewContext, answers: Mapping[str, Any], fetcher: Fetcher, advance: Callable[[int, int], None]
) -> Prefilled:
    """Add to each source what its page says of itself; if the page cannot be read, the address alone.

    Args:
        context: the registry.
        answers: as `Drafting.draft` accepts them, with a list of addresses under `url`.
        fetcher: fetches the pages, one after the other.
        advance: called with how many of how many pages were asked for.

    Raises:
        WrongAnswersError: the answers cannot become a draft; nothing was fetched.

    """
    fields = context.drafting.checked(answers)
    names = [item["name"] for _, item in Record(fields).mappings("organizations")]
    total = len(addresses(answers))
    sources: list[dict[str, Any]] = []
    asked: list[PrefilledSource] = []
    for url in answers["url"]:
        if is_open(url):
            continue
        source = {"url": url}
        if not is_placeholder(url):
            item = _ask(context, url, fetcher, names, sources)
            asked.append(item)
            source = dict(item.facts.fields) if item.facts is not None else source
            advance(len(asked), total)
        sources.append(source)
    others = {name: value for name, value in answers.items() if name != "url"}
    return Prefilled({**others, "sources": sources}, asked)


def _ask(
    context: NewContext, url: str, fetcher: Fetcher, organizations: Sequence[str], before: Sequence[Mapping[str, Any]]
) -> PrefilledSource:
    """Fetch one page; `before` are the sources before it."""
    from ficli.web.source_facts import fetch_source

    number = len(before) + 1
    try:
        facts = fetch_source(
            url,
            fetcher,
            kinds=context.opened.config.source_kinds,
            organizations=organizations,
            today=context.environment.today(),
        )
    except FicliError as error:
        return PrefilledSource(number, url, None, error.message)
    problem = context.drafting.check("sources", [*before, dict(facts.fields)])
    if problem is not None:  # for one, a kind that `ficli.toml` gives the site and the vocabulary does not have
        return PrefilledSource(number, url, None, problem.message)
    return PrefilledSource(number, url, facts)
