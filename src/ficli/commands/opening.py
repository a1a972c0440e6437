"""Opening a registry: its folder, its settings and its vocabulary, as every command needs them first."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.config import Config, load_config
from ficli.errors import ConfigurationError, FicliError
from ficli.registry.find import looks_like_path
from ficli.registry.layout import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.environment import Environment
    from ficli.incident.taxonomy import Taxonomy


class OpenRegistry(NamedTuple):
    """A registry that is ready to be read."""

    config: Config
    taxonomy: Taxonomy

    @property
    def root(self) -> Path:
        """Its folder, absolute."""
        return self.config.root


def open_registry(environment: Environment, folder: Path | None = None) -> OpenRegistry:
    """Open the registry that holds a folder or file, by default the working folder.

    Raises:
        UsageError: there is no registry.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: one of them cannot be read.

    """
    start = environment.cwd / folder if folder else environment.cwd
    root = find_root(start, called=str(folder or ""))
    with naming_files(environment, root):
        return OpenRegistry(load_config(root), load_taxonomy(root))


def open_config(environment: Environment, folder: Path | None = None) -> Config:
    """Read the settings of a registry without its vocabulary; takes and raises what `open_registry` does."""
    root = find_root(environment.cwd / folder if folder else environment.cwd, called=str(folder or ""))
    with naming_files(environment, root):
        return load_config(root)


def nearest_folder(cwd: Path, name: str) -> Path | None:
    """Give the folder that a path leads to, so that its registry need not be named; None where there is none."""
    if not looks_like_path(name):
        return None
    folder = Path(name).parent
    try:
        return folder if (cwd / folder).is_dir() else None
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return None


def path_prefix(environment: Environment, root: Path) -> str:
    """Say how to get from the working folder to a registry, so that a printed path can be opened: `demo/`."""
    cwd = environment.cwd.resolve()
    if root == cwd:
        return ""
    return f"{(root.relative_to(cwd) if root.is_relative_to(cwd) else root).as_posix()}/"


@contextmanager
def naming_files(environment: Environment, root: Path) -> Iterator[None]:
    """Let a mistake in the settings name its file as it is reached from the working folder."""
    try:
        yield
    except ConfigurationError as error:
        error.path = path_prefix(environment, root) + error.path
        raise


def load_taxonomy(root: Path) -> Taxonomy:
    """Read a registry's `taxonomy.yaml`, or take the shipped vocabulary where there is none.

    Raises:
        ConfigurationError: it is wrong.
        FicliError: it cannot be read.

    """
    from ficli.incident.taxonomy import load_taxonomy_checker, parse_taxonomy, shipped_taxonomy
    from ficli.registry.layout import TAXONOMY_FILE

    try:
        raw = (root / TAXONOMY_FILE).read_bytes()
    except FileNotFoundError:
        return shipped_taxonomy()
    except OSError as error:
        message = f"`{TAXONOMY_FILE}` could not be read: {(error.strerror or str(error)).lower()}"
        raise FicliError(message) from error
    return parse_taxonomy(raw, checker=load_taxonomy_checker())
