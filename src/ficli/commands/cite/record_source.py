"""The record sources of `ficli cite`: the folder of a registry, or an exported index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ficli.citations.citation import one_line
from ficli.config import Config
from ficli.incident.derived import changed_date, why_low
from ficli.incident.record import Record
from ficli.registry.lookup import find_record, meant_id, require_record, slug_of_page, unknown_record
from ficli.registry.records import readable

if TYPE_CHECKING:
    from ficli.environment import Environment
    from ficli.web.exported_index import ExportedIndex
    from ficli.web.fetch.policy import FetchPolicy

_NUMBER = re.compile(r"[0-9]{1,18}\Z")


class RecordSource(Protocol):
    """Records that can be cited, and their index."""

    @property
    def config(self) -> Config:
        """The settings of the index."""

    @property
    def broken(self) -> list[str]:
        """The paths of files that `published` and `changed` could not read as records."""

    @property
    def unread(self) -> list[str]:
        """Why they could not read files."""

    def find(self, name: str) -> Record:
        """Find a record by its ID, slug, path or page.

        Raises:
            UsageError: no record matches, or more than one.
            FicliError: the file cannot be read.

        """

    def published(self) -> Iterator[Record]:
        """Yield the published records in the order of their IDs."""

    def changed(self) -> str:
        """Return the day on which the index last changed; empty if it has no records."""

    def why_low(self, record: Record) -> str:
        """Return why the confidence in a record is low; empty if it is not."""


class RegistryRecordSource:
    """The records of a registry on disk.

    Args:
        environment: the environment to work in.
        config: the registry's settings.

    """

    def __init__(self, environment: Environment, config: Config) -> None:
        self.config = config
        self.broken: list[str] = []
        self.unread: list[str] = []
        self._cwd = environment.cwd

    def find(self, name: str) -> Record:
        """Find a record, as `RecordSource.find` does."""
        return require_record(find_record(self.config, name, cwd=self._cwd))

    def published(self) -> Iterator[Record]:
        """Yield the published records, as `RecordSource.published` does."""
        return (record for record in self._records() if record.status == "published")

    def changed(self) -> str:
        """Return the day of the last change."""
        return max(map(changed_date, self._records()), default="")

    def why_low(self, record: Record) -> str:
        """Return why the confidence is low, if it is."""
        return why_low(record)

    def _records(self) -> Iterator[Record]:
        """Yield the records with an ID in the order of their files' names, which are their IDs; none is kept."""
        from ficli.registry.layout import INCIDENTS
        from ficli.registry.scan import scan

        files = [file for file in scan(self.config.root).files if file.folder == INCIDENTS]
        files.sort(key=lambda file: _order(file.stem))
        for file in readable(self.config.root, files, broken=self.broken, unread=self.unread):
            yield file.record


class ExportRecordSource:
    """The records of an exported index.

    Args:
        index: the index.

    """

    def __init__(self, index: ExportedIndex) -> None:
        self._index = index
        self.config = _config_of(index)
        self.broken: list[str] = []
        self.unread: list[str] = []

    def find(self, name: str) -> Record:
        """Find a record, as `RecordSource.find` does."""
        word = slug_of_page(self.config, name) if "://" in name else name
        record_id = "" if "://" in name else meant_id(self.config, name)
        by_id, by_slug = self._names
        data = by_id.get(record_id) or by_slug.get(word.casefold())
        if data is None:
            names = (known for names in self._names for known in names)
            raise unknown_record(self.config, word, names, shown=name)
        return Record(data)

    def published(self) -> Iterator[Record]:
        """Yield the published records, as `RecordSource.published` does."""
        records = (Record(data) for data in self._index.records)
        return iter(
            sorted((record for record in records if record.status == "published"), key=lambda record: _order(record.id))
        )

    def changed(self) -> str:
        """Return the day of the last change."""
        return self._index.version.replace(".", "-")

    def why_low(self, record: Record) -> str:
        """Return why the confidence is low, if it is."""
        if record.text("confidence") != "low":
            return ""
        return record.text("confidence_reason") or "the index says so"

    @cached_property
    def _names(self) -> tuple[dict[str, Mapping[str, object]], dict[str, Mapping[str, object]]]:
        """The records by ID and by slug; a retired one never hides a published one."""
        by_id: dict[str, Mapping[str, object]] = {}
        by_slug: dict[str, Mapping[str, object]] = {}
        for data in (*self._index.records, *self._index.tombstones):
            record = Record(data)
            if record.id:
                by_id.setdefault(record.id, data)
            if record.slug:
                by_slug.setdefault(record.slug.casefold(), data)
        return by_id, by_slug


def open_record_source(
    environment: Environment,
    registry: str,
    names: tuple[str, ...],
    policy: Callable[[], FetchPolicy],
    *,
    offline: bool,
) -> tuple[RecordSource, str]:
    """Open the registry or the exported index that the arguments name.

    Args:
        environment: the environment to work in.
        registry: a folder in a registry, the address of an exported index, or empty for the working folder.
        names: the records asked for; a path among them may determine the registry.
        policy: what a fetch may do, if there is one.
        offline: whether the network is off.

    Returns:
        The records, and notes for the user about their origin.

    Raises:
        UsageError: there is no registry, or the address is not valid.
        ConfigurationError: `ficli.toml` is wrong.
        FicliError: the index cannot be fetched or read.

    """
    if "://" in registry:
        from ficli.web.exported_index import index_policy, load_index

        index, note = load_index(environment, registry, index_policy(policy()), offline=offline)
        return ExportRecordSource(index), note
    from ficli.open_registry import nearest_folder, open_config

    folders = [Path(registry)] if registry else [nearest_folder(environment.cwd, name) for name in names]
    return RegistryRecordSource(environment, open_config(environment, next(filter(None, folders), None))), ""


def _config_of(index: ExportedIndex) -> Config:
    """Return the settings of an exported index; the form of its IDs is that of its records."""
    texts = {name: one_line(text) for name, text in index.about.items()}
    base_url = texts.get("base_url", "").rstrip("/")
    known = Config(root=Path())
    config = replace(
        known,
        name=texts.get("name") or known.name,
        steward=texts.get("steward") or known.steward,
        base_url=base_url if base_url.startswith(("https://", "http://")) else known.base_url,
        licence=texts.get("licence") or known.licence,
    )
    ids = [name for data in (*index.records, *index.tombstones) if isinstance(name := data.get("id"), str)]
    forms = [match for name in ids if (match := re.fullmatch(r"([A-Z][A-Z0-9]*)-([0-9]+)", name))]
    if not forms:
        return config
    return replace(config, id_prefix=forms[0][1], id_digits=min(len(form[2]) for form in forms))


def _order(record_id: str) -> tuple[int, str]:
    number = _NUMBER.search(record_id)
    return (int(number.group()) if number else 0, record_id)
