"""`ficli.toml`: what it may say, where a mistake in it is shown, and that the schema for editors says the same."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.config import Config, RuleSetting, load_config, parse_config
from ficli.diagnostics import Severity
from ficli.errors import ConfigurationError, ExitCode, FicliError
from ficli.incident.schema import shipped_schema

ROOT = Path("/registry")


def mistake(text: str) -> tuple[str, str]:
    """Return what is said of a wrong text, with its place, and the hint."""
    with pytest.raises(ConfigurationError) as caught:
        parse_config(text, root=ROOT)
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value), caught.value.hint


def test_every_key_has_a_default() -> None:
    config = parse_config("", root=ROOT)

    assert config == Config(root=ROOT)
    assert (config.name, config.id_prefix, config.id_digits) == ("AI Failure Index", "FI", 4)
    assert (config.select, config.ignore, dict(config.rules), config.mentions) == ((), (), {}, ())


def test_every_key_is_read() -> None:
    config = parse_config(
        """\
        [index]
        name = "Chatbot Mishaps"
        steward = "The Stewards"
        base_url = "https://example.org/index/"
        id_prefix = "CM2"
        id_digits = 6
        licence = "CC0-1.0"
        contact = ""

        [rules]
        select = ["missing-field", "cut-slug"]
        ignore = ["cut-slug"]

        [rules.false-precision]
        severity = "error"
        since = 2026-01-31

        [rules.unformatted]
        severity = "off"

        [rules.future-date]
        since = "2025-12-31"

        [sources.kinds]
        regulator = ["authority.example.org", "example.org/decisions"]
        press = []
        """,
        root=ROOT,
    )

    assert config.base_url == "https://example.org/index"
    assert (config.name, config.steward, config.licence, config.contact) == (
        "Chatbot Mishaps", "The Stewards", "CC0-1.0", ""
    )  # fmt: skip
    assert (config.id_prefix, config.id_digits) == ("CM2", 6)
    assert (config.select, config.ignore) == (("missing-field", "cut-slug"), ("cut-slug",))
    assert config.source_kinds == {"authority.example.org": "regulator", "example.org/decisions": "regulator"}
    assert config.rules == {
        "false-precision": RuleSetting(severity=Severity.ERROR, since=date(2026, 1, 31)),
        "unformatted": RuleSetting(off=True),
        "future-date": RuleSetting(since=date(2025, 12, 31)),
    }


def test_the_rules_it_mentions_are_found_at_their_places() -> None:
    text = """\
# ignore = ["cut-slug"] and cut-slug
[rules]
select = ["missing-field",  # "cut-slug"
  'cut-slug']
ignore = ["cut-slug"]

[rules.cut-slug]
severity = "info"
[ rules . "future-date" ]
"""
    mentions = parse_config(text, root=ROOT).mentions

    assert [(mention.name, mention.line, mention.column) for mention in mentions] == [
        ("missing-field", 3, 12),
        ("cut-slug", 4, 4),
        ("cut-slug", 5, 12),
        ("cut-slug", 7, 8),
        ("future-date", 9, 12),
    ]
    assert mentions[1].source == "  'cut-slug']"


BAD = [
    ("[index", "1:7: not TOML: expected ']' at the end of a table declaration", ""),
    ("\nname", "not TOML: expected '=' after a key in a key/value pair", ""),
    ("a = 1\na = 2", "2:6: not TOML: cannot overwrite a value", ""),
    ("a = " + "[" * 5000, "this file is nested too deeply", ""),
    ("a = " + "9" * 5000, "a number in this file is too long", ""),
    ("[rulez]", "1:2: unknown key `rulez`", "did you mean `rules`?"),
    ("zzz = 1", "1:1: unknown key `zzz`", "known here: `index`, `rules` and `sources`"),
    ('"\\u001b[31m" = 1', "1:2: unknown key `\\x1b[31m`", "known here: `index`, `rules` and `sources`"),
    ("index = 5", "1:1: `index` must be a table", "write `[index]` on a line of its own"),
    ("rules = []", "1:1: `rules` must be a table", "write `[rules]` on a line of its own"),
    ("[index]\n\nnmae = 'x'", "3:1: unknown key `nmae` under `[index]`", "did you mean `name`?"),
    ("[index]\n  name = 5", "2:3: `name` must be a text in quotes", ""),
    ("[index]\nname = ' '", "2:1: `name` must be a text in quotes", ""),
    ("index.name = ''", "1:7: `name` must be a text in quotes", ""),
    ("index = { name = true }", "1:11: `name` must be a text in quotes", ""),
    ('[index]\nname = "a\\u0007"', "2:1: `name` holds a control character", ""),
    ("[index]\nbase_url = 'x.org'", "2:1: `base_url` must be a web address, not `x.org`", ""),
    ("[index]\nid_prefix = 'fi'", "2:1: `id_prefix` must be 1 to 10 capital letters or digits, not `fi`", ""),
    ("[index]\nid_digits = 3", "2:1: `id_digits` must be a whole number from 4 to 9, not `3`", ""),
    ("[index]\nid_digits = true", "2:1: `id_digits` must be a whole number from 4 to 9, not `true`", ""),
    ("[rules]\nselect = 'x'", "2:1: `select` must be a list of rule names", "`ficli rules` lists them"),
    ("[rules]\nignore = [5]", "2:1: `ignore` must be a list of rule names", "`ficli rules` lists them"),
    ("[rules]\nignore = [\n 'a',\n 'a',\n]", "3:3: `a` stands twice in `ignore`", ""),
    (
        "[rules]\nignore = ['Cut Slug']",
        "2:12: `Cut Slug` is not the name of a rule",
        "it is lower-case words with hyphens between them, such as `future-date`",
    ),
    ("[rules]\ncut-slug = 'off'", "2:1: `cut-slug` under `[rules]` must be a table", "write `[rules.cut-slug]`"),
    (
        "[rules.cut-slug]\nseverty = 'off'",
        "2:1: unknown key `severty` under `[rules.cut-slug]`",
        "did you mean `severity`?",
    ),
    (
        "[rules.a]\nseverity = 'info'\n[rules.b]\nseverity = 'fatal'",
        "4:1: `severity` must be `error`, `warning`, `info` or `off`, not `fatal`",
        "",
    ),
    (
        "[rules]\na = { severity = ['error'] }",
        "2:7: `severity` must be `error`, `warning`, `info` or `off`, not `['error']`",
        "",
    ),
    ("sources = 5", "1:1: `sources` must be a table", "write `[sources]` on a line of its own"),
    ("[sources]\nkindz = 5", "2:1: unknown key `kindz` under `[sources]`", "did you mean `kinds`?"),
    ("[sources]\nkinds = 5", "2:1: `kinds` under `[sources]` must be a table", "write `[sources.kinds]`"),
    ("[sources.kinds]\nPress = []", "2:1: `Press` is not a kind of source", "`ficli taxonomy` lists them"),
    ("[sources.kinds]\npress = 'x.org'", "2:1: `press` must be a list of domains", ""),
    ("[sources.kinds]\npress = ['x.org', 5]", "2:1: `press` must be a list of domains", ""),
    (
        "[sources.kinds]\npress = ['https://x.org']",
        "2:11: `https://x.org` is not a domain",
        "write it as `example.org` or `example.org/statements`, in lower case",
    ),
    ("[sources.kinds]\npress = ['x.org', 'x.org']", "2:11: `x.org` stands twice under `[sources.kinds]`", ""),
    ("[rules.a]\nsince = 2026", "2:1: `since` must be a date such as `2026-01-31`", ""),
    ("[rules.a]\nsince = 2026-01-31T12:00:00", "2:1: `since` must be a date such as `2026-01-31`", ""),
    ("[rules.a]\nsince = '20260131'", "2:1: `since` must be a date such as `2026-01-31`", ""),
    ("[rules.a]\nsince = '2026-02-30'", "2:1: `since` must be a date such as `2026-01-31`", ""),
]


@pytest.mark.parametrize(("text", "message", "hint"), BAD, ids=[message for _, message, _ in BAD])
def test_a_mistake_is_told_with_its_place(text: str, message: str, hint: str) -> None:
    told, told_hint = mistake(text)

    assert told.startswith("ficli.toml:")
    assert told.endswith(message)
    assert told_hint == hint
    assert told.isprintable()


def test_a_mistake_at_the_end_of_the_text_has_its_reason() -> None:
    told, _ = mistake("[index]\nname\n\n")

    assert told == "ficli.toml:2:5: not TOML: expected '=' after a key in a key/value pair"


# --- the schema for editors --------------------------------------------------------------------------------

AGREED = [
    "",
    "[sources]",
    "[sources.kinds]\npress = []",
    "[sources.kinds]\npress = ['x.org', 'x.org/a/b']",
    "[sources.kinds]\npress = ['x.org', 'x.org']",
    "[sources.kinds]\npress = ['X.org']",
    "[sources.kinds]\npress = ['x']",
    "[sources.kinds]\npress = ['https://x.org']",
    "[sources.kinds]\npress = 'x.org'",
    "[sources.kinds]\nPress = []",
    "[sources]\nx = 1",
    "[index]",
    "[index]\nname = 'x'",
    "[index]\nname = ''",
    "[index]\nname = ' '",
    "[index]\nname = 5",
    "[index]\ncontact = ''",
    "[index]\nid_digits = 4",
    "[index]\nid_digits = 9",
    "[index]\nid_digits = 3",
    "[index]\nid_digits = 10",
    "[index]\nid_digits = true",
    "[index]\nid_digits = '4'",
    "[index]\nid_prefix = 'F'",
    "[index]\nid_prefix = 'FI2'",
    "[index]\nid_prefix = '2FI'",
    "[index]\nid_prefix = 'ABCDEFGHIJK'",
    '[index]\nid_prefix = "FI\\n"',
    "[index]\nbase_url = 'https://x.org'",
    "[index]\nbase_url = 'http://x.org/a/b/'",
    "[index]\nbase_url = 'https://x.org/?a'",
    "[index]\nbase_url = 'https://x.org/#a'",
    "[index]\nbase_url = 'ftp://x.org'",
    "[index]\nbase_url = 'x.org'",
    "[index]\nbase_url = 'https://'",
    "[index]\nlicense = 'MIT'",
    "index = 1",
    "other = 1",
    "[rules]\nselect = []",
    "[rules]\nselect = ['a-b']",
    "[rules]\nselect = ['a-b', 'a-b']",
    "[rules]\nselect = ['A-b']",
    "[rules]\nselect = ['a--b']",
    "[rules]\nselect = ['1a']",
    "[rules]\nselect = 'a'",
    "[rules]\nignore = [1]",
    "[rules]\nignore = ['a2-b3']",
    "[rules.a]",
    "[rules.A]",
    "[rules.a]\nseverity = 'off'",
    "[rules.a]\nseverity = 'info'",
    "[rules.a]\nseverity = 'fatal'",
    "[rules.a]\nseverity = 1",
    "[rules.a]\nsince = '2026-01-31'",
    "[rules.a]\nsince = 2026-01-31",
    "[rules.a]\nsince = '2026-1-31'",
    "[rules.a]\nsince = '0999-01-31'",
    "[rules.a]\nsince = '2026-13-31'",
    "[rules.a]\nsince = 2026",
    "[rules.a]\nsince = 2026-01-31T12:00:00",
    "[rules.a]\nwhen = 2026",
    "[rules]\na = 1",
]

STRICTER = [
    "[index]\nid_digits = 4.0",  # a whole number to JSON Schema
    '[index]\nname = "a\\u0007"',
    "[rules.a]\nsince = '2026-02-30'",
]


def schema_accepts(text: str) -> bool:
    """Ask the schema for editors, which sees a date of TOML as text."""
    return jsonschema_rs.Draft7Validator(shipped_schema("config")).is_valid(_with_dates_as_text(tomllib.loads(text)))


def loader_accepts(text: str) -> bool:
    """Ask what ficli runs by."""
    try:
        parse_config(text, root=ROOT)
    except ConfigurationError:
        return False
    return True


def _with_dates_as_text(value: Any) -> Any:  # noqa: ANN401 - any TOML
    if isinstance(value, dict):
        return {key: _with_dates_as_text(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("text", AGREED)
def test_the_schema_and_the_loader_agree(text: str) -> None:
    assert schema_accepts(text) is loader_accepts(text)


@pytest.mark.parametrize("text", STRICTER)
def test_the_loader_sees_what_a_schema_cannot(text: str) -> None:
    assert schema_accepts(text)
    assert not loader_accepts(text)


NAMES = st.sampled_from(["index", "rules", "name", "select", "severity", "since", "cut-slug", "x"])
VALUES = st.recursive(
    st.sampled_from(['"off"', "'cut-slug'", "4", "true", "2026-01-31", '"""a\n]"""', "1.5", '"#"']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + "".join(f"{item}, # a ] comment\n" for item in items) + "]")
        | st.tuples(NAMES, st.sampled_from(["1", "'x'", "[2, '}']"])).map(" = ".join).map("{{ {} }}".format)
    ),
    max_leaves=4,
)
LINES = st.builds("{} = {}".format, NAMES, VALUES) | NAMES.map("[{}]".format) | NAMES.map("[rules.{}] # [x".format)


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_whatever_stands_there_is_settings_or_a_mistake_at_a_place(text: str) -> None:
    try:
        config = parse_config(text, root=ROOT)
    except ConfigurationError as error:
        line = error.line
        assert 1 <= line <= text.count("\n") + 1
    else:
        lines = text.split("\n")
        assert all(
            lines[mention.line - 1][mention.column - 1 :].startswith(mention.name) for mention in config.mentions
        )


# --- finding and reading it --------------------------------------------------------------------------------


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "ficli.toml").write_bytes(b"\xef\xbb\xbf[index]\nname = 'x'\n")

    assert load_config(tmp_path).name == "x"


def test_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "ficli.toml").write_bytes(b"[rules]\r\nignore = [\r\n  'cut-slug',\r\n]\r\n")
    mention = load_config(tmp_path).mentions[0]

    assert (mention.line, mention.column, mention.source) == (3, 4, "  'cut-slug',")


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "ficli.toml").write_bytes(b"[index]\nname = 'caf\xe9'\n")
    with pytest.raises(ConfigurationError) as caught:
        load_config(tmp_path)

    assert str(caught.value) == "ficli.toml:2: this file is not UTF-8"


def test_a_file_that_cannot_be_read_is_no_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(FicliError) as caught:
        load_config(tmp_path)

    assert str(caught.value) == "`ficli.toml` could not be read: no such file or directory"
    assert caught.value.exit_code is ExitCode.FAILED
