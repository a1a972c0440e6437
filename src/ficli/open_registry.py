"""Open a registry: everything that a command needs of it except its records, in one place.

This is its folder, settings, vocabulary, rejections and reservations, and the rules and settings of its records,
now and in the base of a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from ficli.config import Config, load_config, parse_config
from ficli.errors import ConfigurationError, FicliError, UsageError, why_failed
from ficli.registry.layout import CONFIG_FILE, FOLDERS, REJECTED_FILE, TAXONOMY_FILE, find_root
from ficli.registry.lookup import looks_like_path
from ficli.wording import harmless

if TYPE_CHECKING:
    from datetime import date

    from ficli.environment import Environment
    from ficli.incident.taxonomy import Taxonomy
    from ficli.registry.base_revision import ChangeSet
    from ficli.registry.rejected import Rejections
    from ficli.registry.reservations import Reservation
    from ficli.rules.contract import Settings
    from ficli.rules.history_context import ChangeContext, Terms


class Choice(TypedDict, total=False):
    """Which rules a run wants; see `ficli.rules.selection.select_rules`."""

    select: Sequence[str]
    ignore: Sequence[str]
    list_info: bool
    history: bool


@dataclass(frozen=True)
class OpenRegistry:
    """A registry that is ready to be read.

    Attributes:
        config: its settings.
        taxonomy: its vocabulary.
        prefix: how to get to it from the working folder, see `path_prefix`.

    """

    config: Config
    taxonomy: Taxonomy
    prefix: str = ""

    @property
    def root(self) -> Path:
        """Its folder, absolute."""
        return self.config.root

    def rejections(self) -> Rejections:
        """Read the candidates that the registry has rejected.

        Raises:
            ConfigurationError: `rejected.yaml` is wrong.
            FicliError: the file cannot be read.

        """
        from ficli.registry.rejected import load_rejections

        with naming_files(self.prefix):
            return load_rejections(self.root)

    def reservations(self) -> Sequence[Reservation]:
        """Read the blocks of numbers that are reserved.

        Raises:
            ConfigurationError: `reservations.yaml` is wrong.
            FicliError: the file cannot be read.

        """
        from ficli.registry.reservations import read_reservations

        with naming_files(self.prefix):
            return read_reservations(self.config)[1]

    def terms(self, today: date, *, alone: bool = False, **choice: Unpack[Choice]) -> Terms:
        """Return the settings and rules that records are checked by.

        Args:
            today: the day after which a date is in the future.
            alone: whether one record is checked by itself, so that the rejections are not read.
            choice: the rules that are wanted; by default those of the settings.

        Raises:
            UsageError: a rule that is wanted does not exist, or cannot be left out.
            ConfigurationError: the settings turn off a rule that cannot be, or `rejected.yaml` is wrong.
            FicliError: the file cannot be read.

        """
        from ficli.registry.rejected import Rejections
        from ficli.rules.catalogue import RULES
        from ficli.rules.contract import Settings
        from ficli.rules.history_context import Terms
        from ficli.rules.selection import select_rules

        with naming_files(self.prefix):
            selection = select_rules(RULES, self.config, **choice)
        rejections = Rejections() if alone else self.rejections()
        return Terms(Settings(self.config, self.taxonomy, today, frozenset(RULES), rejections), selection)

    def since(
        self, environment: Environment, ref: str, terms: Terms, **choice: Unpack[Choice]
    ) -> tuple[ChangeContext, Terms]:
        """Find what has changed, and return it with its terms; the settings of the base count if they are stricter.

        Args:
            environment: the environment to work in.
            ref: the branch, tag or commit since which the change was made; `auto` for the default branch.
            terms: what records are checked by now.
            choice: the rules that are wanted, as for `terms`.

        Raises:
            UsageError: the name cannot be one of a base.
            FicliError: git failed, or cannot report what has changed.

        """
        from ficli.registry.base_revision import changes_since, find_base
        from ficli.rules.history_context import ChangeContext
        from ficli.rules.selection import held_to_base

        change = changes_since(find_base(environment, self.root, ref))
        before = _terms_before(change, terms.settings, choice)
        if before is not None:
            terms = terms._replace(selection=held_to_base(terms.selection, before.selection))
        return ChangeContext(change, before), terms

    def relative_paths(self, cwd: Path, paths: Sequence[Path]) -> list[str]:
        """Return the wanted files and folders, relative to the registry; empty if all of it is wanted.

        Raises:
            UsageError: a path does not exist, is outside the registry, or cannot hold records.

        """
        wanted = []
        for path in paths:
            place = cwd / path
            shown = harmless(str(path))
            if not place.exists():
                message = f"`{shown}` does not exist"
                raise UsageError(message)
            # The folder is resolved and the last name is not, so that a link counts where it is.
            resolved = place.resolve() if place.is_dir() else place.parent.resolve() / place.name
            if not resolved.is_relative_to(self.root):
                message = f"`{shown}` is not in the registry at `{harmless(str(self.root))}`"
                raise UsageError(message, hint="one run judges one registry")
            relative = resolved.relative_to(self.root).as_posix()
            if relative in {".", CONFIG_FILE, TAXONOMY_FILE}:
                return []
            if relative.partition("/")[0] not in FOLDERS:
                message = f"`{shown}` holds no records"
                raise UsageError(message, hint="records are in `incidents/` and `drafts/`")
            wanted.append(relative)
        return wanted


def open_registry(environment: Environment, folder: Path | None = None) -> OpenRegistry:
    """Open the registry that holds a folder or file, by default the working folder.

    Raises:
        UsageError: there is no registry.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: one of them cannot be read.

    """
    config = open_config(environment, folder)
    prefix = path_prefix(environment, config.root)
    with naming_files(prefix):
        return OpenRegistry(config, load_taxonomy(config.root), prefix)


def open_config(environment: Environment, folder: Path | None = None) -> Config:
    """Read the settings of a registry without its vocabulary; arguments and errors as of `open_registry`."""
    root = find_root(environment.cwd / folder if folder else environment.cwd, called=str(folder or ""))
    with naming_files(path_prefix(environment, root)):
        return load_config(root)


def nearest_folder(cwd: Path, name: str) -> Path | None:
    """Return the folder that a path leads to, whose registry is used by default; None if there is none."""
    if not looks_like_path(name):
        return None
    folder = Path(name).parent
    try:
        return folder if (cwd / folder).is_dir() else None
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return None


def path_prefix(environment: Environment, root: Path) -> str:
    """Return how to get from the working folder to a registry, so that a printed path can be opened: `demo/`."""
    cwd = environment.cwd.resolve()
    if root == cwd:
        return ""
    return f"{(root.relative_to(cwd) if root.is_relative_to(cwd) else root).as_posix()}/"


@contextmanager
def naming_files(prefix: str) -> Iterator[None]:
    """Add the prefix of `path_prefix` to the file name of a `ConfigurationError` that the body raises."""
    try:
        yield
    except ConfigurationError as error:
        error.path = prefix + error.path
        raise


def load_taxonomy(root: Path) -> Taxonomy:
    """Read a registry's `taxonomy.yaml`, or return the shipped vocabulary if there is none.

    Raises:
        ConfigurationError: the file is wrong.
        FicliError: the file cannot be read.

    """
    try:
        raw = (root / TAXONOMY_FILE).read_bytes()
    except FileNotFoundError:
        return _taxonomy(None)
    except OSError as error:
        message = f"`{TAXONOMY_FILE}` could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    return _taxonomy(raw)


def _taxonomy(raw: bytes | None) -> Taxonomy:
    from ficli.incident.taxonomy import load_taxonomy_checker, parse_taxonomy, shipped_taxonomy

    return shipped_taxonomy() if raw is None else parse_taxonomy(raw, checker=load_taxonomy_checker())


def _terms_before(change: ChangeSet, settings: Settings, choice: Choice) -> Terms | None:
    """Return the terms of the base of a change; None if there were none, or if they cannot be read.

    Raises:
        GitError: git failed.

    """
    from ficli.registry.rejected import parse_rejections
    from ficli.rules.catalogue import RULES
    from ficli.rules.history_context import Terms
    from ficli.rules.selection import select_rules

    if CONFIG_FILE not in change.base.files:
        return None
    held, config, taxonomy, rejections = change.before, settings.config, settings.taxonomy, settings.rejections
    try:
        if CONFIG_FILE in change.settings:
            config = parse_config(held[CONFIG_FILE].decode("utf-8-sig"), root=config.root)
        if TAXONOMY_FILE in change.settings:
            taxonomy = _taxonomy(held.get(TAXONOMY_FILE))
        if REJECTED_FILE in change.settings:
            rejections = parse_rejections(held.get(REJECTED_FILE, b""))
        before = replace(settings, config=config, taxonomy=taxonomy, rejections=rejections)
        return Terms(before, select_rules(RULES, config, **choice))
    except (FicliError, UnicodeDecodeError):
        return None
