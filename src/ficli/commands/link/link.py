"""Add sources to a record: each is fetched or given, read, compared with those of the record, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.commands.link.check_page import checked_passages, replacing_edits, with_copy
from ficli.dates import PartialDate
from ficli.diagnostics import AppendItem, Edit, InsertKey
from ficli.errors import FicliError, UsageError
from ficli.incident.fields import LAYOUT
from ficli.incident.record import Record
from ficli.open_registry import OpenRegistry, nearest_folder, open_registry
from ficli.registry.lookup import find_record, not_a_record
from ficli.registry.writing import write_changes
from ficli.urls.identity import explain_sameness, match_key
from ficli.web.fetch.errors import FetchError
from ficli.web.source_facts import SourceFacts, citable_url, read_source
from ficli.wording import counted, harmless, listed, nearest, quoted
from ficli.yaml.edit import apply

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.web.archives.archive import Archive
    from ficli.web.fetch.fetcher import Fetcher, FetchOutcome
    from ficli.yaml.document import YamlDocument


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """What is to be linked.

    Attributes:
        record: a name that `ficli.registry.lookup.find_record` accepts.
        urls: at least one.
        given: fields that the curator has filled in, for a single address.
        passages: quoted words to find on the page and keep, for a single address.
        html: the bytes of the saved page, for a single address.
        replace: the number of the source to replace, from 1; 0 to add.
        offline: whether nothing may be fetched.
        write: whether to write.

    """

    record: str
    urls: Sequence[str]
    given: Mapping[str, Any] = field(default_factory=dict)
    passages: Sequence[str] = ()
    html: bytes | None = None
    replace: int = 0
    offline: bool = False
    write: bool = True


class Linked(NamedTuple):
    """A source that was added or replaced: its number in the record, from 1, and its facts."""

    number: int
    facts: SourceFacts


class Failed(NamedTuple):
    """An address that was not linked: a word for programs, a sentence for people, and what to do."""

    url: str
    reason: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The result of linking.

    Attributes:
        root: the registry's folder.
        path: the record's file, relative to it.
        before: its old bytes.
        after: its new bytes; unchanged if nothing was linked.
        linked: the sources that were added or replaced.
        failed: the addresses that were not linked.
        replaced: whether the source was replaced rather than added.

    """

    root: Path
    path: str
    before: bytes
    after: bytes
    linked: Sequence[Linked]
    failed: Sequence[Failed]
    replaced: bool


def link(
    environment: Environment,
    registry: Path | None,
    request: LinkRequest,
    fetcher_for: Callable[[OpenRegistry], Fetcher],
    advance: Callable[[int, int], None] | None = None,
    *,
    archive_for: Callable[[OpenRegistry], Archive] | None = None,
) -> LinkOutcome:
    """Add sources to a record.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default that of the record's path, or the working folder.
        request: what to link.
        fetcher_for: makes the fetcher of pages, once the registry is known.
        advance: called with how many of how many pages were fetched.
        archive_for: makes what looks for archived copies; None to look for none.

    Raises:
        UsageError: no registry, no such record, values that a source cannot have, an address that cannot be cited.
        FicliError: the record cannot be read, changed or written.

    """
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, request.record))
    _check(request, opened)
    file = find_record(opened.config, request.record, cwd=environment.cwd)
    before, document = file.raw, file.document
    record = _editable(document, file.path)
    if request.replace and not any(position == request.replace - 1 for position, _ in record.sources):
        message = (
            f"there is no source {request.replace} to replace: the record has {counted(len(record.sources), 'source')}"
        )
        raise UsageError(message)
    work = _Work(request, opened, record, environment)
    work.drop_known(request.urls)
    addresses = [citable_url(url) for url in work.waiting]  # without what follows the reader
    outcomes = _outcomes(request, addresses, opened, fetcher_for, advance)
    for url, outcome in zip(work.waiting, outcomes, strict=True):
        work.read(url, outcome)
    if archive_for is not None and work.linked:
        archive = archive_for(opened)
        work.linked = [Linked(number, with_copy(facts, archive)) for number, facts in work.linked]
    edits = list(work.edits(document))
    after = apply(document, edits, LAYOUT).encode() if edits else before
    if request.write and after != before:
        write_changes(opened.root, {file.path: before}, {file.path: after})
    return LinkOutcome(opened.root, file.path, before, after, work.linked, work.failed, replaced=bool(request.replace))


def _check(request: LinkRequest, opened: OpenRegistry) -> None:
    """Check that the request is valid, before anything is fetched."""
    if len(request.urls) > 1 and (flag := next(_flags_for_one(request), "")):
        message = f"`{flag}` is for one source, and {counted(len(request.urls), 'address', 'addresses')} are given"
        raise UsageError(message, hint="run the command once for each")
    published = request.given.get("published")
    if published and PartialDate.parse(str(published)) is None:
        hint = "write a year, a month or a day: `2025`, `2025-05` or `2025-05-08`"
        raise UsageError(f"`--published`: {quoted(published)} is no date", hint=hint)
    known = opened.taxonomy.source_kinds
    kind = request.given.get("kind")
    if kind and kind not in known:
        near = nearest(str(kind), known)
        hint = f"did you mean `{near[0]}`?" if near else f"it is {listed(known, last='or')}"
        raise UsageError(f"`--kind`: there is no {quoted(kind)}", hint=hint)
    for entry, slug in opened.config.source_kinds.items():
        if slug not in known:
            message = f"`ficli.toml` gives {quoted(entry)} the kind {quoted(slug)}, which `taxonomy.yaml` does not know"
            raise UsageError(message, hint=f"it is {listed(known, last='or')}")


def _flags_for_one(request: LinkRequest) -> Iterator[str]:
    """Yield the given flags that are for a single source."""
    if request.replace:
        yield "--replace"
    if request.html is not None:
        yield "--html"
    if request.passages:
        yield "--passage"
    yield from (f"--{name.removesuffix('s')}" for name, value in request.given.items() if value and name != "kind")


def _editable(document: YamlDocument, path: str) -> Record:
    if not document.usable or not isinstance(document.data, dict):
        raise not_a_record(path)
    record = Record(document.data)
    if record.is_tombstone:
        raise UsageError(f"`{harmless(path)}` is a tombstone, which has no sources")
    return record


def _outcomes(
    request: LinkRequest,
    urls: Sequence[str],
    opened: OpenRegistry,
    fetcher_for: Callable[[OpenRegistry], Fetcher],
    advance: Callable[[int, int], None] | None,
) -> Sequence[FetchOutcome | bytes | None]:
    if request.html is not None:
        return [request.html for _ in urls]
    if request.offline or not urls:
        return [None for _ in urls]
    return fetcher_for(opened).pages(urls, advance)


class _Work:
    """The addresses to link, with what is known of them so far."""

    def __init__(self, request: LinkRequest, opened: OpenRegistry, record: Record, environment: Environment) -> None:
        self._request = request
        self._opened = opened
        self._record = record
        self._today = environment.today()
        self._taken = {
            match_key(url): (f"source {position + 1}", url)
            for position, source in reversed(record.sources)
            if isinstance(url := source.get("url"), str) and position != request.replace - 1
        }
        self.waiting: list[str] = []
        self.linked: list[Linked] = []
        self.failed: list[Failed] = []

    def drop_known(self, urls: Sequence[str]) -> None:
        """Reject the addresses that cannot be cited, and those that the record already has."""
        for url in urls:
            try:
                citable = citable_url(url)
            except UsageError as error:
                if len(urls) == 1:
                    raise
                self.failed.append(Failed(url, "refused", error.message, error.hint))
                continue
            if not self._refuse_twice(url, citable):
                self._taken[match_key(citable)] = (quoted(url), citable)
                self.waiting.append(url)

    def _refuse_twice(self, url: str, citable: str) -> bool:
        known = self._taken.get(match_key(citable))
        if known is None:
            return False
        name, other = known
        said = explain_sameness(other, citable)
        hint = "its passages can be added to that source with `--replace N`" if name.startswith("source") else ""
        self.failed.append(Failed(url, "duplicate", f"{name} is it already, {quoted(other)}: {said}", hint))
        return True

    def read(self, url: str, outcome: FetchOutcome | bytes | None) -> None:
        """Read the result of fetching one address."""
        request = self._request
        names = [item["name"] for _, item in self._record.mappings("organizations") if _is_named(item)]
        try:
            facts = read_source(
                url,
                outcome,
                kinds=self._opened.config.source_kinds,
                organizations=names,
                given=request.given,
                today=self._today,
            )
            facts = checked_passages(facts, request.passages)
        except FetchError as error:
            self.failed.append(Failed(url, str(error.reason), error.message, error.hint))
        except FicliError as error:
            self.failed.append(Failed(url, "passage", error.message, error.hint))
        else:
            self._accept(url, facts)

    def _accept(self, url: str, facts: SourceFacts) -> None:
        asked, kept = match_key(citable_url(url)), match_key(facts.url)
        if kept != asked and self._refuse_twice(url, facts.url):
            return
        self._taken[kept] = (quoted(url), facts.url)
        number = self._request.replace or len(self._all_sources()) + len(self.linked) + 1
        self.linked.append(Linked(number, facts))

    def _all_sources(self) -> Sequence[object]:
        listed_sources = self._record.data.get("sources")
        return listed_sources if isinstance(listed_sources, list) else ()

    def edits(self, document: YamlDocument) -> Iterator[Edit]:
        """Yield the changes to the record."""
        if not self.linked:
            return
        fields = [dict(item.facts.fields) for item in self.linked]
        if self._request.replace:
            old = self._all_sources()[self._request.replace - 1]
            yield from replacing_edits(self._request.replace - 1, old if isinstance(old, dict) else {}, fields[0])
        elif document.node(("sources",)) is None:
            yield InsertKey((), "sources", fields)
        else:
            yield from (AppendItem(("sources",), item) for item in fields)


def _is_named(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("name"), str) and item.get("anonymized") is not True
