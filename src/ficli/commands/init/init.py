"""Make a folder a working registry: settings, vocabulary, schema, editor settings, CI and hooks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ficli import __version__
from ficli.commands.reference.reference import incident_schema_text
from ficli.config import INDEX_URL, load_config, parse_config
from ficli.environment import Environment, write_file
from ficli.errors import FicliError, UsageError, why_failed
from ficli.incident.schema import data_file
from ficli.open_registry import OpenRegistry, load_taxonomy
from ficli.registry.layout import (
    CONFIG_FILE,
    DRAFTS,
    EDITOR_FOLDER,
    GIT_FOLDER,
    GITHUB_FOLDER,
    GITLAB_FILE,
    IGNORE_FILE,
    INCIDENTS,
    PRE_COMMIT_FILE,
    PRIVATE_FOLDER,
    SCHEMA_FILE,
    SUFFIX,
    TAXONOMY_FILE,
)
from ficli.wording import harmless

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


_GITHUB = {
    f"{GITHUB_FOLDER}/workflows/ficli-validate.yml": "github-validate.yml",
    f"{GITHUB_FOLDER}/workflows/ficli-assign.yml": "github-assign.yml",
    f"{GITHUB_FOLDER}/workflows/ficli-links.yml": "github-links.yml",
}
_GITLAB = {GITLAB_FILE: "gitlab-ci.yml"}
_PRE_COMMIT = {PRE_COMMIT_FILE: "pre-commit-config.yaml"}
INTEGRATION_FILES = frozenset((*_GITHUB, *_GITLAB, *_PRE_COMMIT))
"""The paths of the files in a repository."""


class Integrations(NamedTuple):
    """The services for which files are wanted."""

    github: bool = False
    gitlab: bool = False
    pre_commit: bool = False


def integration_files(wanted: Integrations) -> Iterator[tuple[str, bytes]]:
    """Yield the files, each with its path in a repository; they install exactly this version of ficli."""
    templates = files("ficli.commands.init") / "templates"
    for chosen, paths in zip(wanted, (_GITHUB, _GITLAB, _PRE_COMMIT), strict=True):
        for path, name in paths.items() if chosen else ():
            text = (templates / name).read_text(encoding="utf-8")
            yield path, text.replace("ficli==VERSION", f"ficli=={__version__}").encode()


def is_below_a_repository(root: Path) -> bool:
    """Return whether a folder is inside a git repository and is not its top."""
    return not (root / GIT_FOLDER).exists() and any((folder / GIT_FOLDER).exists() for folder in root.parents)


_CONFIG = f"""\
# Settings of this registry. Every key may be left out; the values here are the defaults.
# `ficli schema config` prints what may stand in this file.

[index]
name = "AI Failure Index"
steward = "Realm Labs"
base_url = "{INDEX_URL}"
id_prefix = "FI"
id_digits = 4
licence = "CC-BY-4.0"

[rules]
# `ficli rules` lists them, `ficli explain RULE` tells what one is for.
# ignore = ["unformatted"]

# [rules.false-precision]
# severity = "error"
# since = 2026-01-01  # records indexed before this day get a warning only
"""

_GITIGNORE = f"""\
# What ficli can make again: its cache.
{PRIVATE_FOLDER}/
"""

NONE = Integrations()
_RECORD_GLOBS = [f"{folder}/**/*{SUFFIX}" for folder in (INCIDENTS, DRAFTS)]
_EDITOR_SETTINGS = f"{EDITOR_FOLDER}/settings.json"
_MATCHED = {f"./{SCHEMA_FILE}": _RECORD_GLOBS}


@dataclass(frozen=True, slots=True)
class InitOutcome:
    """The result of creating a registry.

    Attributes:
        root: the registry's folder.
        written: the new files, relative to it, in the order of writing.
        kept: the files that existed already and were not changed.
        advice: what to add by hand to a file that was not changed.

    """

    root: Path
    written: Sequence[str]
    kept: Sequence[str]
    advice: Sequence[str]


def init(
    environment: Environment,
    folder: Path,
    *,
    example: bool = False,
    integrations: Integrations = NONE,
    write: bool = True,
) -> InitOutcome:
    """Create a registry, or add to one what it lacks.

    A file that exists keeps its content, so a second run changes nothing; only `.gitignore` is added to.

    Args:
        environment: the environment to work in.
        folder: the folder; it is created if it does not exist.
        example: whether to add a few real incidents.
        integrations: the services that are to check it.
        write: whether to write, or only to report what would be written.

    Raises:
        UsageError: there is something else than a folder at that path.
        FicliError: a file cannot be read or written.
        ConfigurationError: an existing `ficli.toml` or `taxonomy.yaml` is wrong.

    """
    root = (environment.cwd / folder).resolve()
    if root.exists() and not root.is_dir():
        message = f"`{harmless(str(folder))}` is a file"
        raise UsageError(message, hint="name a folder; it is made when it does not exist")
    contents = {**_contents(root, example=example), **dict(integration_files(integrations))}
    written: list[str] = []
    kept: list[str] = []
    advice: list[str] = []
    for path, content in contents.items():
        target = root / path
        if target.is_symlink() or target.exists():
            kept.append(path)
            advice.extend(_advice(path, target))
            continue
        if write:
            write_file(target, content, overwrite=False)
        written.append(path)
    ignored = _gitignore(root)
    if ignored is not None:
        if write:
            write_file(root / IGNORE_FILE, ignored)
        written.append(IGNORE_FILE)
    if is_below_a_repository(root) and not INTEGRATION_FILES.isdisjoint(written):
        advice.append("GitHub, GitLab and pre-commit read their files at the top of a repository; this is not the top")
    return InitOutcome(root, written, kept, advice)


def _contents(root: Path, *, example: bool) -> Mapping[str, bytes]:
    opened = _as_it_will_be(root)
    contents = {
        CONFIG_FILE: _CONFIG.encode(),
        TAXONOMY_FILE: data_file(TAXONOMY_FILE),
        **{f"{folder}/.gitkeep": b"" for folder in (INCIDENTS, DRAFTS)},
        SCHEMA_FILE: incident_schema_text(opened).encode(),
        _EDITOR_SETTINGS: _json({"yaml.schemas": _MATCHED}),
        f"{EDITOR_FOLDER}/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }
    if example:
        contents.update(example_files())
    return contents


def _as_it_will_be(root: Path) -> OpenRegistry:
    """Read the existing settings and vocabulary, or those that are about to be written."""
    config = load_config(root) if (root / CONFIG_FILE).exists() else parse_config(_CONFIG, root=root)
    return OpenRegistry(config, load_taxonomy(root))


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def example_files() -> Iterator[tuple[str, bytes]]:
    """Yield the records of the example, each with its path in a registry."""
    return _example(files("ficli.registry") / "example")


def _example(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _example(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".yaml"):
            yield f"{prefix}{item.name}", item.read_bytes()


def _gitignore(root: Path) -> bytes | None:
    """Return the new content of `.gitignore`, or None if it has what it needs."""
    target = root / IGNORE_FILE
    try:
        old = target.read_bytes()
    except FileNotFoundError:
        return _GITIGNORE.encode()
    except OSError as error:
        message = f"`{IGNORE_FILE}` could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    if any(line.strip().strip(b"/") == PRIVATE_FOLDER.encode() for line in old.splitlines()):
        return None
    return old + (b"\n" if old and not old.endswith(b"\n") else b"") + _GITIGNORE.encode()


def _advice(path: str, target: Path) -> Iterator[str]:
    if path in INTEGRATION_FILES and target.is_file() and b"ficli" not in target.read_bytes():
        yield f"`{path}` does not run ficli; `ficli init` with the same flags in an empty folder shows what to add"
    if path == _EDITOR_SETTINGS and b"incident.schema.json" not in target.read_bytes():
        yield f'to check records as you type, add `"yaml.schemas": {json.dumps(_MATCHED)}` to `{path}`'
