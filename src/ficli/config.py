"""`ficli.toml`: what the registry is called, how its IDs look, and how its rules are set.

Every key has a default and an unknown key is an error. The JSON Schema for editors is
`schema/config.schema.json`; a test compares the two.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from ficli.errors import ConfigurationError, FicliError, why_failed
from ficli.wording import harmless, listed, nearest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import Severity

CONFIG_FILE = "ficli.toml"
TAXONOMY_FILE = "taxonomy.yaml"
INDEX_URL = "https://failureindex.ai"
"""Where the public index is: the default of `base_url`, and what ficli's requests name without a better contact."""
_INDEX_KEYS = ("name", "steward", "base_url", "id_prefix", "id_digits", "licence", "contact")
_RULE_KEYS = ("severity", "since")
_TABLES = ("index", "rules", "sources")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+(/[^\s/?#]+)*")
_SEVERITIES = ("error", "warning", "info", "off")
_FIRST_YEAR = 1000

_Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """The registry's setting for one rule.

    `severity` replaces the rule's own; `off` ignores it. A record indexed before `since` gets a warning
    instead of an error.
    """

    severity: Severity | None = None
    off: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RuleMention:
    """A rule name in `ficli.toml`, so that an unknown name can be reported with its place."""

    name: str
    line: int
    column: int
    source: str


@dataclass(frozen=True, slots=True)
class Config:
    """A registry's settings; `root` is its folder, absolute.

    `source_kinds` has the kind of source by domain, or by domain and the first part of the path. `select` is empty
    if every rule applies.
    """

    root: Path
    name: str = "AI Failure Index"
    steward: str = "Realm Labs"
    base_url: str = INDEX_URL
    id_prefix: str = "FI"
    id_digits: int = 4
    licence: str = "CC-BY-4.0"
    contact: str = ""
    source_kinds: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    mentions: tuple[RuleMention, ...] = ()


def load_config(root: Path) -> Config:
    """Read `ficli.toml` in a registry's folder.

    Raises:
        ConfigurationError: it is not TOML, or holds a key or value that ficli does not know.
        FicliError: the file cannot be read.

    """
    try:
        raw = (root / CONFIG_FILE).read_bytes()
    except OSError as error:
        message = f"`{CONFIG_FILE}` could not be read: {why_failed(error)}"
        raise FicliError(message) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigurationError("this file is not UTF-8", path=CONFIG_FILE, line=line) from error
    return parse_config(text, root=root)


def parse_config(text: str, *, root: Path) -> Config:
    """Parse the text of a `ficli.toml` into settings; raises as `load_config` does."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _not_toml(error, text)
    except RecursionError as error:
        raise ConfigurationError("this file is nested too deeply", path=CONFIG_FILE) from error
    except ValueError as error:  # a number of thousands of digits
        raise ConfigurationError("a number in this file is too long", path=CONFIG_FILE) from error
    return _Reader(text).config(table, root)


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> NoReturn:
    message = str(error)
    if place := re.search(r" \(at line (\d+), column (\d+)\)$", message):
        line, column = int(place[1]), int(place[2])
    else:  # at the end of the document
        place = re.search(r" \([^()]*\)$", message)
        written = text.rstrip().split("\n")
        line, column = len(written), len(written[-1]) + 1
    reason = message[: place.start()] if place else message
    if reason == r"Illegal character '\n'":
        reason = "a quote is not closed on its line"
    reason = harmless(reason[:1].lower() + reason[1:])
    raise ConfigurationError(f"not TOML: {reason}", path=CONFIG_FILE, line=line, column=column) from error


class _Reader:
    """Turns the parsed table into a `Config`, and reports the place of each mistake."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.places = dict(_places(text))

    def config(self, table: dict[str, Any], root: Path) -> Config:
        for key in table:
            if key not in _TABLES:
                self.unknown((key,), _TABLES)
        index = self.table(table, "index")
        for key in index:
            if key not in _INDEX_KEYS:
                self.unknown(("index", key), _INDEX_KEYS)
        rules = self.table(table, "rules")
        select, ignore = self.names(rules, "select"), self.names(rules, "ignore")
        settings = {name: self.setting(name, rules[name]) for name in rules if name not in {"select", "ignore"}}
        facts: dict[str, Any] = {key: self.text(index, key) for key in index if key != "id_digits"}
        if "id_digits" in index:
            facts["id_digits"] = self.digits(index["id_digits"])
        return Config(
            root=root,
            **facts,
            source_kinds=self.source_kinds(self.table(table, "sources")),
            select=select,
            ignore=ignore,
            rules=settings,
            mentions=(
                *(self.mention(name, "select", name) for name in select),
                *(self.mention(name, "ignore", name) for name in ignore),
                *(self.mention(name, name) for name in settings),
            ),
        )

    def table(self, parent: dict[str, Any], key: str) -> dict[str, Any]:
        value = parent.get(key, {})
        if not isinstance(value, dict):
            self.fail(f"`{key}` must be a table", (key,), hint=f"write `[{key}]` on a line of its own")
        return value

    def text(self, index: dict[str, Any], key: str) -> str:
        value, path = index[key], ("index", key)
        if not isinstance(value, str) or (not value.strip() and key != "contact"):
            self.fail(f"`{key}` must be a text in quotes", path)
        if harmless(value) != value:
            self.fail(f"`{key}` holds a control character", path)
        if key == "base_url":
            if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
                self.fail(f"`base_url` must be a web address, not {quoted(value)}", path)
            return value.rstrip("/")
        if key == "id_prefix" and not re.fullmatch(r"[A-Z][A-Z0-9]{0,9}", value):
            self.fail(f"`id_prefix` must be 1 to 10 capital letters or digits, not {quoted(value)}", path)
        return value

    def digits(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 4 <= value <= 9:  # noqa: PLR2004
            message = f"`id_digits` must be a whole number from 4 to 9, not {quoted(value)}"
            self.fail(message, ("index", "id_digits"))
        return value

    def names(self, rules: dict[str, Any], key: str) -> tuple[str, ...]:
        value, path = rules.get(key, []), ("rules", key)
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.fail(f"`{key}` must be a list of rule names", path, hint="`ficli rules` lists them")
        for number, name in enumerate(value):
            self.rule_name(name, (*path, name))
            if name in value[:number]:
                self.fail(f"{quoted(name)} stands twice in `{key}`", (*path, name))
        return tuple(value)

    def rule_name(self, name: str, path: _Path) -> None:
        if not _SLUG.fullmatch(name):
            hint = "it is lower-case words with hyphens between them, such as `future-date`"
            self.fail(f"{quoted(name)} is not the name of a rule", path, hint=hint)

    def setting(self, name: str, value: object) -> RuleSetting:
        path = ("rules", name)
        self.rule_name(name, path)
        if not isinstance(value, dict):
            self.fail(f"`{name}` under `[rules]` must be a table", path, hint=f"write `[rules.{name}]`")
        for key in value:
            if key not in _RULE_KEYS:
                self.unknown((*path, key), _RULE_KEYS)
        severity, since = value.get("severity"), value.get("since")
        if severity is not None and severity not in _SEVERITIES:
            message = f"`severity` must be {listed(_SEVERITIES, last='or')}, not {quoted(severity)}"
            self.fail(message, (*path, "severity"))
        day = _day(since) if since is not None else None
        if since is not None and day is None:
            self.fail("`since` must be a date such as `2026-01-31`", (*path, "since"))
        off = severity == "off"
        return RuleSetting(_severity(severity) if severity and not off else None, off, day)

    def source_kinds(self, sources: dict[str, Any]) -> dict[str, str]:
        for key in sources:
            if key != "kinds":
                self.unknown(("sources", key), ("kinds",))
        kinds = sources.get("kinds", {})
        if not isinstance(kinds, dict):
            self.fail("`kinds` under `[sources]` must be a table", ("sources", "kinds"), hint="write `[sources.kinds]`")
        found: dict[str, str] = {}
        for kind, domains in kinds.items():
            path = ("sources", "kinds", kind)
            if not _SLUG.fullmatch(kind):
                self.fail(f"{quoted(kind)} is not a kind of source", path, hint="`ficli taxonomy` lists them")
            if not isinstance(domains, list) or not all(isinstance(domain, str) for domain in domains):
                self.fail(f"`{kind}` must be a list of domains", path)
            for domain in domains:
                if not _DOMAIN.fullmatch(domain):
                    hint = "write it as `example.org` or `example.org/statements`, in lower case"
                    self.fail(f"{quoted(domain)} is not a domain", (*path, domain), hint=hint)
                if domain in found:
                    self.fail(f"{quoted(domain)} stands twice under `[sources.kinds]`", (*path, domain))
                found[domain] = kind
        return found

    def unknown(self, path: _Path, known: tuple[str, ...]) -> NoReturn:
        near = nearest(path[-1], known)
        where = f" under `[{harmless('.'.join(path[:-1]))}]`" if path[:-1] else ""
        hint = f"did you mean `{near[0]}`?" if near else f"known here: {listed(known)}"
        self.fail(f"unknown key {quoted(path[-1])}{where}", path, hint=hint)

    def fail(self, message: str, path: _Path, *, hint: str = "") -> NoReturn:
        line, column = self.places.get(path, (0, 0))
        raise ConfigurationError(message, path=CONFIG_FILE, line=line, column=column, hint=hint)

    def mention(self, name: str, *path: str) -> RuleMention:
        line, column = self.places.get(("rules", *path), (1, 1))
        return RuleMention(name, line, column, self.lines[line - 1].rstrip("\r"))


def _severity(name: str) -> Severity:
    from ficli.diagnostics import Severity  # imports the whole module of findings, which most commands do not need

    return Severity(name)


def _day(value: object) -> date | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        with contextlib.suppress(ValueError):
            value = date.fromisoformat(value)
    return value if type(value) is date and value.year >= _FIRST_YEAR else None


_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.\n])
    |(?P<word>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL | re.VERBOSE,
)


def _places(text: str) -> Iterator[tuple[_Path, tuple[int, int]]]:
    """Yield the place of each key in TOML text, and of each text in a list; tomllib does not report it.

    The first mention of a path comes last, so that a dictionary keeps it.
    """
    return reversed(list(_Walk().over(text)))


class _Walk:
    """Follows the tokens of a TOML text: a header, the keys of a line, and the brackets they open."""

    def __init__(self) -> None:
        self._header: _Path = ()
        self._keys: list[str] = []
        self._open: list[tuple[str, _Path]] = []
        self._in_value = False
        self._in_header = False

    def over(self, text: str) -> Iterator[tuple[_Path, tuple[int, int]]]:
        line, line_start = 1, 0
        for token in _TOKEN.finditer(text):
            place = (line, token.start() - line_start + 1)
            if token.lastgroup in {"text", "word"}:
                place = (line, place[1] + _quotes(token.group()))
                yield from ((path, place) for path in self._named(_bare(token.group())))
            elif token.lastgroup == "mark":
                self._mark(token.group())
            if breaks := token.group().count("\n"):
                line, line_start = line + breaks, text.rindex("\n", 0, token.end()) + 1

    def _named(self, name: str) -> Iterator[_Path]:
        if not self._in_value:
            self._keys.append(name)
            yield self._path()
        elif self._open and self._open[-1][0] == "[":
            yield (*self._path(), name)

    def _path(self) -> _Path:
        base = self._open[-1][1] if self._open else () if self._in_header else self._header
        return (*base, *self._keys)

    def _mark(self, mark: str) -> None:
        inside = self._open[-1][0] if self._open else ""
        if mark == "=":
            self._in_value = True
        elif mark in "[{" and self._in_value:
            self._open.append((mark, self._path()))
            self._keys, self._in_value = [], mark == "["
        elif mark in "]}" and inside:
            self._open.pop()
            self._in_value = True
        elif mark == "[":
            self._in_header = True
        elif mark == "]" and self._in_header:
            self._header, self._keys, self._in_header = tuple(self._keys), [], False
        elif (mark == "," and inside == "{") or (mark == "\n" and not inside):
            self._keys, self._in_value = [], False


def _bare(token: str) -> str:
    return str(tomllib.loads(f"x = {token}")["x"]) if token[0] in "\"'" else token


def _quotes(token: str) -> int:
    """Count the quotation marks at the start of a text."""
    return 3 if token.startswith(('"""', "'''")) else int(token[0] in "\"'")
