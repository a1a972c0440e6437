"""The files that let a registry be judged by GitHub, GitLab and pre-commit."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ficli import __version__
from ficli.registry.layout import GIT_FOLDER, GITHUB_FOLDER, GITLAB_FILE, PRE_COMMIT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GITHUB = {
    f"{GITHUB_FOLDER}/workflows/ficli-validate.yml": "github-validate.yml",
    f"{GITHUB_FOLDER}/workflows/ficli-assign.yml": "github-assign.yml",
    f"{GITHUB_FOLDER}/workflows/ficli-links.yml": "github-links.yml",
}
_GITLAB = {GITLAB_FILE: "gitlab-ci.yml"}
_PRE_COMMIT = {PRE_COMMIT_FILE: "pre-commit-config.yaml"}
INTEGRATION_FILES = frozenset((*_GITHUB, *_GITLAB, *_PRE_COMMIT))
"""Where the files lie in a repository."""


class Integrations(NamedTuple):
    """For which of them files are wanted."""

    github: bool = False
    gitlab: bool = False
    pre_commit: bool = False


def integration_files(wanted: Integrations) -> Iterator[tuple[str, bytes]]:
    """Give the files, each with its path in a repository; they install this version of ficli and no other."""
    templates = files("ficli.commands") / "templates"
    for chosen, paths in zip(wanted, (_GITHUB, _GITLAB, _PRE_COMMIT), strict=True):
        for path, name in paths.items() if chosen else ():
            text = (templates / name).read_text(encoding="utf-8")
            yield path, text.replace("ficli==VERSION", f"ficli=={__version__}").encode()


def is_below_a_repository(root: Path) -> bool:
    """Tell whether a folder lies inside a git repository and is not its top."""
    return not (root / GIT_FOLDER).exists() and any((folder / GIT_FOLDER).exists() for folder in root.parents)
