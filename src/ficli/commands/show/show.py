"""Everything on the page of one record: its text, its derived values, and the findings of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.incident.derived import Confidence, confidence, is_anonymized, page_url, what, wing
from ficli.incident.fields import PATH_STEPS
from ficli.incident.independence import Pair, Voice, independence
from ficli.incident.record import Record
from ficli.open_registry import OpenRegistry, nearest_folder, open_registry
from ficli.registry.lookup import find_record, not_a_record
from ficli.rules.check_record import RecordChecker
from ficli.urls.parse import parse_url
from ficli.wording import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.environment import Environment
    from ficli.incident.independence import Pair, Voice
    from ficli.incident.record import Record


class SourceNote(NamedTuple):
    """The derived values of a source: `reason` says why it is not independent, and is empty if not known."""

    position: int
    host: str
    independent: bool
    reason: str


class FailurePath(NamedTuple):
    """The five steps in order; `own` if they are the incident's; otherwise they and the signal are its mode's."""

    own: bool
    steps: Sequence[str]
    signal: str


@dataclass(frozen=True)
class ShownRecord:
    """A record with all its derived values.

    Attributes:
        opened: the registry it is in.
        path: its file, relative to the registry.
        readable: whether the file holds a record at all.
        record: the record; without fields if it is not readable.
        findings: the findings of the rules about one record, sorted.

    """

    opened: OpenRegistry
    path: str
    readable: bool
    record: Record
    findings: Sequence[Diagnostic]

    @property
    def url(self) -> str:
        """The address of its page; empty for a draft."""
        return page_url(self.record, self.opened.config) if self.record.id else ""

    @property
    def wing(self) -> str:
        """`generative` or `predictive`, or empty."""
        return wing(self.record, self.opened.taxonomy)

    @property
    def what(self) -> str:
        """The first sentence of the summary."""
        return what(self.record)

    @cached_property
    def confidence(self) -> Confidence:
        """How well the record is supported, and why."""
        return confidence(self.record, self.opened.taxonomy)

    @cached_property
    def sources(self) -> Mapping[int, SourceNote]:
        """The derived values of each source, by its 0-based position."""
        known = independence(self.record)
        # One voice alone is independent of nobody.
        counted = frozenset(known.independent if known.is_enough else ())
        dependent = known.dependent()
        return {voice.position: _note(voice, counted, dependent.get(voice.position)) for voice in known.voices}

    @cached_property
    def failure_path(self) -> FailurePath | None:
        """The path that the page shows; None if the record has none and its mode is not known."""
        own = self.record.mapping("failure_path")
        if own:
            return FailurePath(own=True, steps=[as_text(own.get(step)) for step in PATH_STEPS], signal="")
        mode = self.opened.taxonomy.failure_modes.get(self.record.text("failure_mode"))
        if mode is None:
            return None
        return FailurePath(own=False, steps=[mode.profile[step] for step in PATH_STEPS], signal=mode.signal)

    def term(self, field: str, slug: str) -> str:
        """Return the name of a term of the vocabulary; an unknown one is returned as it is."""
        term = self.opened.taxonomy.terms(field).get(slug)
        return term.name if term is not None else slug

    def derived(self) -> dict[str, Any]:
        """Return the derived values of the record as plain data."""
        known, path = self.confidence, self.failure_path
        return {
            "url": self.url or None,
            "wing": self.wing or None,
            "what": self.what or None,
            "anonymized": is_anonymized(self.record),
            "confidence": {"level": known.level, "why": known.why},
            "sources": [
                {
                    "number": note.position + 1,
                    "host": note.host,
                    "independent": note.independent,
                    "reason": note.reason or None,
                }
                for note in self.sources.values()
            ],
            "failure_path": path
            and {
                "origin": "incident" if path.own else "mode",
                "steps": dict(zip(PATH_STEPS, path.steps, strict=True)),
                "signal": path.signal or None,
            },
        }


def show_record(environment: Environment, registry: Path | None, name: str) -> ShownRecord:
    """Read one record and compute its derived values.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default that of the record's path, or the working folder.
        name: a name that `ficli.registry.lookup.find_record` accepts.

    Raises:
        UsageError: no registry, no record matches, or more than one.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: the record cannot be read.

    """
    opened = open_registry(environment, registry or nearest_folder(environment.cwd, name))
    file = find_record(opened.config, name, cwd=environment.cwd)
    report = RecordChecker(*opened.terms(environment.today(), alone=True)).check(file)
    findings = sorted(report.diagnostics, key=lambda item: item.sort_key)
    return ShownRecord(opened, file.path, file.data is not None, file.record, findings)


def require_readable(shown: ShownRecord, path: str) -> None:
    """Check that there is a record to show.

    Raises:
        FicliError: the file is not a record.

    """
    if not shown.readable:
        raise not_a_record(path)


def _note(voice: Voice, counted: AbstractSet[int], dependent: Pair | None) -> SourceNote:
    page = parse_url(voice.key)
    host = page.host if page is not None else voice.domain
    if dependent is not None:
        other = dependent.first if dependent.second == voice.position else dependent.second
        return SourceNote(
            voice.position, host, independent=False, reason=f"with source {other + 1}, {dependent.reason}"
        )
    return SourceNote(voice.position, host, voice.position in counted, voice.unfit)
