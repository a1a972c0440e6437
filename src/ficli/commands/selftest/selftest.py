"""Check that every rule fires: break a copy of the example once per rule, and change it in git for history rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from ficli.commands.init.init import example_files
from ficli.commands.validate.validate import ValidateRequest, validate
from ficli.config import Config
from ficli.diagnostics import Diagnostic, Rule, Scope, Severity
from ficli.environment import Environment, remove_file, temporary_folder, write_file
from ficli.environment.git import GitError, require_git, run_git
from ficli.incident.fields import LAYOUT
from ficli.incident.schema import data_file
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.open_registry import OpenRegistry, load_taxonomy
from ficli.registry.layout import CONFIG_FILE, DRAFTS, FOLDERS, SUFFIX, TAXONOMY_FILE
from ficli.registry.records import SourceFile
from ficli.rules.catalogue import RULES, rule_module
from ficli.rules.check_record import run_rules
from ficli.rules.check_registry import check_registry
from ficli.rules.contract import RecordContext, Settings
from ficli.rules.page import RulePage, parse_page
from ficli.rules.tool import rule_crashed

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.environment import Environment

DAY = date(2026, 11, 23)
"""The day on which the examples are checked."""

NOT_SHOWN = frozenset({"rule-crashed"})
"""The rules that a record cannot be an example of."""

_NOT_IN_A_DRAFT = "# without: id\n# without: indexed_date\n# without: taxonomy_version\n"

_RETIRED = """\
  - slug: tool-abuse
    name: Tool Abuse
    definition: The old name of tool misuse.
    deprecated: true
    replaced_by: tool-misuse
    profile:
      trigger: A system is asked for something.
      model_step: It takes a wrong step.
      control_gap: No check stands in the way.
      failure: The step is carried out.
      consequence: Somebody bears what follows.
    signal: Nobody asked for the step.
"""

_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_GIT_VARIABLES = {
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


def page_of(rule: str) -> RulePage:
    """Read the page of a rule."""
    return parse_page(rule_module(rule).__doc__)


def base_record(name: str = "base") -> str:
    """Return a record without findings that examples are laid over: `base`, or `other` for a second incident."""
    return (files("ficli.commands.selftest") / f"{name}.yaml").read_text(encoding="utf-8")


def broken_files(example: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an example, each with its path in a registry.

    There are several, each under a line `# file: path`, or the base record with the fields of the example. A line
    `# without: name` removes a field of it, and `# encoding: name` at the top writes it in that encoding.
    A record file without `schema_version` gives only the fields that matter. The first one is laid over the base
    record and later ones over another incident, so that they have nothing in common but what the example shows.
    """
    if example.startswith("# file: "):
        base = "base"
        for part in re.split(r"^# file: ", example + "\n", flags=re.MULTILINE)[1:]:
            path, _, text = part.partition("\n")
            if path.partition("/")[0] in FOLDERS and not re.search(r"^schema_version:", text, re.MULTILINE):
                text, base = _completed(path, text, base), "other"
            yield path, text.encode()
        return
    encoding = re.match(r"# encoding: (\S+)\n", example)
    text = lay_over(base_record(), example[encoding.end() :] if encoding else example)
    slug = re.search(r"^slug: (.+)$", text, re.MULTILINE)
    is_draft = "\nstatus: draft\n" in text
    path = f"drafts/{slug[1]}.yaml" if is_draft and slug else "incidents/FI-0042.yaml"
    yield path, text.encode(encoding[1] if encoding else "utf-8")


def _completed(path: str, fields: str, base: str) -> str:
    """Complete the fields of a file with those of a base record, and with the ID or slug that its path says."""
    stem = path.rpartition("/")[2].removesuffix(SUFFIX)
    if path.startswith(f"{DRAFTS}/") and not re.search(r"^status:", fields, re.MULTILINE):
        record = lay_over(base_record(base), f"slug: {stem}\nstatus: draft\n" + _NOT_IN_A_DRAFT)
    else:
        record = lay_over(base_record(base), f"id: {stem}\n")
    return lay_over(record, fields)


class ShownChange(NamedTuple):
    """A change as the example of a rule about history shows it.

    Attributes:
        committed: the states of the registry that were committed before it, the oldest first; the last is its base.
            Each has the content of its files by path.
        after: the files as the change leaves them.

    """

    committed: Sequence[Mapping[str, bytes]]
    after: Mapping[str, bytes]


def shown_change(example: str) -> ShownChange:
    """Parse the states of a registry under the lines `# earlier` (optional), `# before` and `# after`.

    A state has the base record with the fields that follow, if any do, and files as in other examples.
    """
    _, *parts = re.split(r"^# (earlier|before|after)$", example + "\n", flags=re.MULTILINE)
    states = dict(zip(parts[::2], map(_state, parts[1::2]), strict=True))
    return ShownChange([states[name] for name in ("earlier", "before") if name in states], states["after"])


def _state(text: str) -> dict[str, bytes]:
    fields, mark, rest = text.lstrip("\n").partition("# file: ")
    found: dict[str, bytes] = dict(broken_files((mark + rest).rstrip("\n"))) if mark else {}
    if fields.strip():
        record = lay_over(base_record(), fields)
        name = re.search(r"^id: (\S+)$", record, re.MULTILINE)
        if name is None:
            message = "a state of an example holds a record without an `id`"
            raise ValueError(message)
        found[f"incidents/{name[1]}.yaml"] = record.encode()
    return found


def vocabulary_with_a_retired_term() -> bytes:
    """Return the shipped vocabulary with a failure mode that has been replaced, for the page of `deprecated-term`."""
    head, modes, rest = data_file(TAXONOMY_FILE).decode().partition("failure_modes:\n")
    return (head + modes + _RETIRED + rest).encode()


def lay_over(base: str, example: str) -> str:
    """Replace a record's own fields by those of an example."""
    without = set(re.findall(r"^# without: (\w+)$", example, re.MULTILINE))
    example = re.sub(r"^# without: .*\n?", "", example + "\n", flags=re.MULTILINE).rstrip("\n") + "\n"
    changed: dict[str, str] = {}
    for key, lines in _blocks(example):
        changed[key] = changed.get(key, "") + lines
    fields = {**dict(_blocks(base)), **changed}
    names = sorted((key for key in fields if key not in without), key=lambda key: LAYOUT.rank((), key))
    return "".join(fields[key] for key in names)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Split a record into its top-level fields, each with the comments above it."""
    key, lines = "", ""
    for line in text.splitlines(keepends=True):
        field = re.match(r"(\w+):", line)
        starts = field is not None or line.startswith("#")
        if starts and key:
            yield key, lines
            key, lines = "", ""
        lines += line
        key = field[1] if field else key
    if key:
        yield key, lines


@dataclass(frozen=True, slots=True)
class SelftestOutcome:
    """The results of the rules.

    Attributes:
        records: how many records the copy has before it is broken.
        fired: the rules that reported the expected finding.
        silent: the rules that did not.
        untried: the rules about history, if there is no git.
        untried_because: why they were not tried; empty if all were.

    """

    records: int
    fired: Sequence[str]
    silent: Sequence[str]
    untried: Sequence[str]
    untried_because: str

    @property
    def changes(self) -> int:
        """How many of the tried rules check a change in git, and not the present records."""
        return sum(RULES[name].scope is Scope.HISTORY for name in (*self.fired, *self.silent))


def selftest(environment: Environment, advance: Callable[[int, int], None] | None = None) -> SelftestOutcome:
    """Try every rule on the bad example of its page.

    Args:
        environment: the environment to work in; only its git is used.
        advance: called, as the work goes on, with how many of how many rules are done.

    Raises:
        FicliError: a copy cannot be written, or git failed.

    """
    fired: list[str] = []
    silent: list[str] = []
    example = dict(example_files())
    with temporary_folder() as root:
        records = _RecordSandbox(root / "records", example)
        changes = ChangeSandbox(environment, root / "changes", example)
        reason = changes.why_not()
        untried = [name for name, rule in RULES.items() if reason and rule.scope is Scope.HISTORY]
        tried = [name for name in RULES if name not in untried]
        for number, name in enumerate(tried, start=1):
            sandbox = changes if RULES[name].scope is Scope.HISTORY else records
            (fired if sandbox.fires(name) else silent).append(name)
            if advance is not None:
                advance(number, len(tried))
    return SelftestOutcome(len(example), fired, silent, untried, reason)


class _RecordSandbox:
    """A copy of the example registry that is broken and restored."""

    def __init__(self, root: Path, example: Mapping[str, bytes]) -> None:
        self._root = root
        self._example = example
        for path, content in example.items():
            write_file(root / path, content, sync=False)
        self._before = {_what(item) for item in self._check()}

    def fires(self, name: str) -> bool:
        """Break the copy as the page of a rule shows it, and return whether the rule reports something new."""
        if name == rule_crashed.RULE.name:
            return _broken_rule_is_reported(self._root)
        broken = dict(broken_files(page_of(name).bad))
        if name == "deprecated-term":
            broken[TAXONOMY_FILE] = vocabulary_with_a_retired_term()
        for path, content in broken.items():
            write_file(self._root / path, content, sync=False)
        found = {_what(item) for item in self._check() if item.rule == name}
        for path in broken:
            remove_file(self._root / path)
            if path in self._example:
                write_file(self._root / path, self._example[path], sync=False)
        return bool(found - self._before)

    def _check(self) -> Sequence[Diagnostic]:
        opened = OpenRegistry(Config(root=self._root), load_taxonomy(self._root))
        return check_registry(*opened.terms(DAY)).diagnostics


class ChangeSandbox:
    """Copies of the example registry that are changed in git, one repository a rule: some rules look at every commit.

    Args:
        environment: the environment to work in; git gets its `PATH` and temporary folder, but no settings of the user.
        folder: where the copies go.
        example: the content of each file of the registry, by path.

    """

    def __init__(self, environment: Environment, folder: Path, example: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._example = {CONFIG_FILE: b"", **example}
        home = folder / "home"
        write_file(home / ".gitconfig", _GIT_SETTINGS, sync=False)
        known = {name: environment.variables[name] for name in _KEPT_VARIABLES if name in environment.variables}
        self._world = replace(
            environment,
            variables={**known, **_GIT_VARIABLES, "HOME": str(home)},
            cwd=folder,
            clock=lambda: DAY,
            workers=1,
        )

    def why_not(self) -> str:
        """Return why no change can be tried on this machine; empty if one can."""
        try:
            require_git(self._world, self._folder)
        except GitError as error:
            return error.message
        return ""

    def fires(self, name: str) -> bool:
        """Change a copy as the page of a rule shows it, and return whether the rule reports something new.

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
        """Write the example and the files of a state into a copy, and remove the files of an earlier state."""
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


def _what(item: Diagnostic) -> tuple[str, str, str]:
    return item.rule, item.path, item.message


class _BrokenRule:
    """A rule raised an error."""

    RULE = Rule("broken", Severity.ERROR, Scope.FILE, since="0.1.0")

    def check(self, _record: RecordContext) -> NoReturn:
        raise ZeroDivisionError


def _broken_rule_is_reported(root: Path) -> bool:
    settings = Settings(Config(root=root), shipped_taxonomy(), DAY)
    record = RecordContext(SourceFile(root, "incidents/FI-0042.yaml", base_record().encode()), {}, settings)
    return [name for name, _ in run_rules([_BrokenRule()], record)] == [rule_crashed.RULE.name]
