"""Tries rules about the past: commits what an example shows, out of reach of any setting, and judges the change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.commands.validate import ValidateRequest, validate
from ficli.environment import remove_file, write_file
from ficli.environment.git import GitError, require_git, run_git
from ficli.registry.layout import CONFIG_FILE
from ficli.rules.trial import DAY, page_of, shown_change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ficli.environment import Environment

_OF_THE_MACHINE = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_OURS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "ficli"), ("EMAIL", "ficli@localhost"), ("DATE", f"{DAY}T00:00:00+00:00"))
    },
}
# Some file systems name another owner than the user who has just made the folder.
_GIT_SETTINGS = b"[safe]\n\tdirectory = *\n"


class ChangeTrial:
    """Copies of the example registry that are changed in git, one repository a rule: some rules look at every commit.

    Args:
        environment: the world to work in; git is told nothing of its user, and of its variables where programs are.
        folder: where the copies go.
        example: the content of each file of the registry, by path.

    """

    def __init__(self, environment: Environment, folder: Path, example: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._example = {CONFIG_FILE: b"", **example}
        home = folder / "home"
        write_file(home / ".gitconfig", _GIT_SETTINGS, sync=False)
        known = {name: environment.variables[name] for name in _OF_THE_MACHINE if name in environment.variables}
        self._world = replace(
            environment, variables={**known, **_OURS, "HOME": str(home)}, cwd=folder, clock=lambda: DAY, workers=1
        )

    def why_not(self) -> str:
        """Say why no change can be tried on this machine; empty where one can."""
        try:
            require_git(self._world, self._folder)
        except GitError as error:
            return error.message
        return ""

    def fires(self, name: str) -> bool:
        """Change a copy as the page of a rule shows it, and tell whether the rule finds what it did not before.

        Raises:
            FicliError: a file cannot be written, or git failed.

        """
        shown = shown_change(page_of(name).bad)
        root = self._folder / name
        run_git(self._world, self._folder, ["init", "--quiet", "--template=", name])
        laid: Mapping[str, bytes] = {}
        for state in shown.committed:
            laid = self._lay(root, laid, state)
            run_git(self._world, root, ["add", "--all"])
            run_git(self._world, root, ["commit", "--quiet", "--allow-empty", "--message=state"])
        before = self._findings(root, name)
        self._lay(root, laid, shown.after)
        return bool(self._findings(root, name) - before)

    def _lay(self, root: Path, laid: Mapping[str, bytes], state: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Let a copy hold the example and the files of a state, and no file of an earlier one."""
        wanted = {**self._example, **state}
        for path in laid.keys() - wanted.keys():
            remove_file(root / path)
        for path, content in wanted.items():
            if laid.get(path) != content:
                write_file(root / path, content, sync=False)
        return wanted

    def _findings(self, root: Path, name: str) -> set[tuple[str, str]]:
        request = ValidateRequest(since="HEAD", cache=False)
        outcome = validate(replace(self._world, cwd=root), request)
        return {(item.path, item.message) for item in outcome.diagnostics if item.rule == name}
