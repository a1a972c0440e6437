"""The vocabulary of a registry: failure modes, AI surfaces, severities, source kinds and industries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from ficli.config import TAXONOMY_FILE
from ficli.diagnostics import FieldPath, field_name
from ficli.errors import ConfigurationError
from ficli.incident.schema import ShapeChecker, data_file, shipped_schema
from ficli.wording import listed, quoted
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument

FIELDS = ("failure_mode", "ai_surface", "severity", "kind", "industry")
"""The fields that take a term of the vocabulary, in the order of its file."""

SEVERITIES = ("low", "medium", "high", "catastrophic")
SEVERE = SEVERITIES[2:]
"""The severities that ask for a failure path and two independent sources, and that are counted at the head."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the vocabulary. A deprecated one may name the slug that replaces it."""

    slug: str
    name: str
    definition: str
    deprecated: bool = False
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class FailureMode(Term):
    """How a system fails; `profile` has a sentence for each of `PATH_STEPS`, `signal` is their caption."""

    profile: Mapping[str, str] = field(default_factory=dict)
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Surface(Term):
    """Where people meet the system; `wing` is `generative` or `predictive`."""

    wing: str = ""


@dataclass(frozen=True, slots=True)
class SeverityLevel(Term):
    """How severe the consequence in the real world was, with written tests for it."""

    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceKind(Term):
    """What sort of document a source is; `primary` ones rank above press."""

    primary: bool = False


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A registry's vocabulary; each group is by slug, in the order of the file."""

    version: str
    failure_modes: Mapping[str, FailureMode]
    ai_surfaces: Mapping[str, Surface]
    severities: Mapping[str, SeverityLevel]
    source_kinds: Mapping[str, SourceKind]
    industries: Mapping[str, Term]

    def terms(self, name: str) -> Mapping[str, Term]:
        """Return the terms that a field accepts: failure_mode, ai_surface, severity, industry or kind.

        Raises:
            KeyError: the field has no terms in the vocabulary.

        """
        groups: dict[str, Mapping[str, Term]] = {
            "failure_mode": self.failure_modes,
            "ai_surface": self.ai_surfaces,
            "severity": self.severities,
            "industry": self.industries,
            "kind": self.source_kinds,
        }
        return groups[name]


def shipped_taxonomy() -> Taxonomy:
    """Return the vocabulary that `ficli init` writes."""
    return parse_taxonomy(data_file(TAXONOMY_FILE), checker=None)


def parse_taxonomy(raw: bytes, *, checker: ShapeChecker | None) -> Taxonomy:
    """Parse the bytes of a `taxonomy.yaml`.

    Args:
        raw: the file.
        checker: holds the taxonomy's schema; None for the shipped file, whose tests have checked it.

    Raises:
        ConfigurationError: it is not YAML, or something in it is missing, wrong or named twice.

    """
    document = parse(raw)
    for flaw in document.flaws:
        span = document.span(flaw.start, flaw.end)
        raise ConfigurationError(flaw.message, path=TAXONOMY_FILE, line=span.line, column=span.column, hint=flaw.help)
    if checker is not None:
        _check_shape(document, checker)
        _check_slugs(document)
    data: dict[str, Any] = document.data
    return Taxonomy(
        version=data["version"],
        failure_modes={item["slug"]: FailureMode(**item) for item in data["failure_modes"]},
        ai_surfaces={item["slug"]: Surface(**item) for item in data["ai_surfaces"]},
        severities={
            item["slug"]: SeverityLevel(**{**item, "criteria": tuple(item["criteria"])}) for item in data["severities"]
        },
        source_kinds={item["slug"]: SourceKind(**item) for item in data["source_kinds"]},
        industries={item["slug"]: Term(**item) for item in data["industries"]},
    )


def load_taxonomy_checker() -> ShapeChecker:
    """Return the checker for `parse_taxonomy`."""
    return ShapeChecker(shipped_schema("taxonomy"))


def _check_shape(document: YamlDocument, checker: ShapeChecker) -> None:
    if checker.accepts(document.data):
        return
    from ficli.incident.shape import describe, shape_errors

    for error in shape_errors(document.data, checker, record=False):
        message, hint = describe(error)
        _fail(document, error.path, message, hint)


def _check_slugs(document: YamlDocument) -> None:
    for group in ("failure_modes", "ai_surfaces", "severities", "source_kinds", "industries"):
        items = document.data[group]
        slugs = [item["slug"] for item in items]
        for number, item in enumerate(items):
            if item["slug"] in slugs[:number]:
                message = f"{quoted(item['slug'])} stands twice under `{group}`"
                _fail(document, (group, number, "slug"), message, "delete one, or give it a slug of its own")
            replacement = item.get("replaced_by")
            if replacement is not None and replacement not in slugs:
                message = f"{quoted(replacement)}, which is to replace {quoted(item['slug'])}, is not under `{group}`"
                _fail(document, (group, number, "replaced_by"), message, "name a slug of the same group")
    if tuple(item["slug"] for item in document.data["severities"]) != SEVERITIES:
        message = f"`severities` must be {listed(SEVERITIES)}, in that order"
        _fail(document, ("severities",), message, "rules and headline counts depend on these four")


def _fail(document: YamlDocument, path: FieldPath, message: str, hint: str) -> NoReturn:
    span = document.value_span(path) or document.value_span(document.nearest(path))
    line, column = (span.line, span.column) if span else (0, 0)
    name = field_name(path)
    where = "" if name in message else f" (at `{name}`)"
    raise ConfigurationError(message + where, path=TAXONOMY_FILE, line=line, column=column, hint=hint)
