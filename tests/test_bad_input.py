"""Whatever a registry holds, the run ends with the right error at the right place and the right exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ficli.incident.schema import data_file

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

RECORD = "incidents/FI-0232.yaml"
MEBIBYTE = 1024 * 1024


class Found(NamedTuple):
    """What is expected: the rule and the line of each finding; `...` after the first where more may follow."""

    rule: str
    line: int
    message: str = ""


def findings(run: Run, registry: Path, code: int, record: str = RECORD) -> list[Found]:
    """Judge a registry for people and for programs, and give the findings in one file."""
    seen, stdout, stderr = run("validate", cwd=registry)
    assert (seen, stderr) == (code, ""), stdout
    assert stdout.replace("\n", "").isprintable()
    _, stdout, stderr = run("validate", "--output-format", "json", cwd=registry)
    assert stderr == ""
    return [
        Found(item["rule"], item["line"], item["message"])
        for item in json.loads(stdout)["diagnostics"]
        if item["path"] == record
    ]


@pytest.fixture
def registry(registry: Path) -> Path:
    """Return the examples without the draft in which a text is still to be written."""
    for draft in (registry / "drafts").glob("*.yaml"):
        draft.unlink()
    return registry


@pytest.fixture
def good(registry: Path) -> bytes:
    """Return a good record."""
    return (registry / RECORD).read_bytes()


def changed(old: str, new: str | bytes) -> Callable[[bytes], bytes]:
    """Make a function that changes a piece of a record."""

    def change(record: bytes) -> bytes:
        assert record.count(old.encode()) == 1
        return record.replace(old.encode(), new if isinstance(new, bytes) else new.encode())

    return change


def instead(content: str | bytes) -> Callable[[bytes], bytes]:
    """Make a function that puts something else in place of a record."""
    return lambda _record: content if isinstance(content, bytes) else content.encode()


def before(content: bytes) -> Callable[[bytes], bytes]:
    """Make a function that puts bytes before a record."""
    return lambda record: content + record


TITLE = "title: Klarna reintroduces human agents after AI customer service quality declines"
BOMB = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

BAD_RECORDS: dict[str, tuple[Callable[[bytes], bytes], Found]] = {
    "empty file": (instead(""), Found("wrong-type", 1)),
    "only a comment": (instead("# nothing yet\n"), Found("wrong-type", 1)),
    "not YAML": (instead("title: a: b\n"), Found("yaml-syntax", 1)),
    "HTML": (instead("<html>\n<p>x: y: z\n"), Found("yaml-syntax", 1)),
    "binary": (instead(bytes(range(256)) * 20), Found("not-utf8", 3)),
    "tabs": (changed("\n  - name: Klarna", "\n\t- name: Klarna"), Found("yaml-syntax", 18)),
    "duplicate key": (changed("severity: medium\n", "severity: medium\ntitle: x\n"), Found("duplicate-key", 26)),
    "two documents": (lambda record: record + b"---\n" + record, Found("multiple-documents", 50)),
    "anchor and alias": (
        changed("severity: medium\n", "severity: &s medium\ntags: [*s]\n"), Found("yaml-feature", 25)
    ),
    "alias bomb": (instead(BOMB), Found("yaml-feature", 1)),
    "merge key": (changed("severity: medium\n", "<<: {severity: medium}\n"), Found("yaml-feature", 25)),
    "Python object": (
        changed("severity: medium", "severity: !!python/object/apply:os.system [echo]"), Found("yaml-feature", 25)
    ),
    "list": (instead("- title: x\n"), Found("wrong-type", 1)),
    "text": (instead("just words\n"), Found("wrong-type", 1)),
    "number as title": (changed(TITLE, "title: 404"), Found("wrong-type", 6)),
    "empty title": (changed(TITLE, "title:"), Found("wrong-type", 6)),
    "conflict markers": (
        changed("severity: medium\n", "<<<<<<< ours\nseverity: low\n=======\nseverity: high\n>>>>>>> theirs\n"),
        Found("yaml-syntax", 25),
    ),
    "no is a text": (changed("severity: medium", "severity: no"), Found("invalid-value", 25, "`no` is no allowed")),
    "on is a text": (changed("severity: medium", "severity: on"), Found("invalid-value", 25, "`on` is no allowed")),
    "0777 is a number": (changed("severity: medium", "severity: 0777"), Found("wrong-type", 25, "the number `777`")),
    "1_000 is a text": (changed("severity: medium", "severity: 1_000"), Found("invalid-value", 25, "`1_000`")),
    "no such month": (
        changed("incident_date: 2025-05-08", "incident_date: 2024-13-45"), Found("invalid-date", 20, "no month 13")
    ),
    "a year is a number": (changed("incident_date: 2025-05-08", "incident_date: 2025"), Found("wrong-type", 20)),
    "not a number": (changed("  source: 1", "  source: .nan"), Found("invalid-value", 16)),
    "infinity": (changed("  source: 1", "  source: .inf"), Found("invalid-value", 16)),
    "a number of 700 digits": (changed("  source: 1", f"  source: {'9' * 700}"), Found("wrong-type", 16)),
    "UTF-16": (lambda record: record.decode().encode("utf-16"), Found("not-utf8", 1)),
    "UTF-16 without a mark": (lambda record: record.decode().encode("utf-16-le"), Found("not-utf8", 1)),
    "Latin-1": (changed(TITLE, b"title: Caf\xe9 closes"), Found("not-utf8", 6)),
    "byte order mark": (before(b"\xef\xbb\xbf"), Found("control-character", 1)),
    "NUL": (changed(TITLE, b"title: a\x00b"), Found("control-character", 6, "`U+0000 NULL`")),
    "ANSI sequence": (changed(TITLE, b"title: a \x1b[31mred\x1b[0m b"), Found("control-character", 6)),
    "escaped ANSI sequence": (changed(TITLE, 'title: "a \\e[31m b"'), Found("control-character", 6)),
    "bidi override": (changed(TITLE, "title: a \u202ederevo b"), Found("control-character", 6)),
    "surrogate in bytes": (changed(TITLE, b"title: a \xed\xa0\x80 b"), Found("not-utf8", 6)),
    "escaped surrogate": (changed(TITLE, 'title: "a \\ud800 b"'), Found("control-character", 6)),
    "too large": (lambda record: record + b"# " + b"x" * (5 * MEBIBYTE) + b"\n", Found("oversized-file", 1)),
    "one byte too large": (
        lambda record: record + b"#" * (MEBIBYTE - len(record)) + b"\n", Found("oversized-file", 1)
    ),
    "lists 500 deep": (changed(TITLE, f"title: {'[' * 500}{']' * 500}"), Found("oversized-file", 6)),
    "mappings 500 deep": (
        lambda record: record + b"".join(b" " * n + b"a:\n" for n in range(500)), Found("oversized-file", 82)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_bad_record_is_told_at_its_line(run: Run, registry: Path, good: bytes, name: str) -> None:
    spoil, expected = BAD_RECORDS[name]
    (registry / RECORD).write_bytes(spoil(good))
    first, *_ = found = findings(run, registry, 1)

    assert (first.rule, first.line) == (expected.rule, expected.line), found
    assert expected.message in first.message
    assert {item.rule for item in found} <= {expected.rule, "unformatted"}


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_bad_record_can_be_neither_fixed_nor_formatted_into_a_crash(
    run: Run, registry: Path, good: bytes, name: str
) -> None:
    spoil, expected = BAD_RECORDS[name]
    (registry / RECORD).write_bytes(spoil(good))
    for arguments in (("validate", "--diff"), ("fmt", "--diff"), ("validate", "--unsafe-fixes")):
        code, _, stderr = run(*arguments, cwd=registry)
        assert code in {0, 1}, stderr
    if expected.rule != "control-character":
        return
    assert run("validate", cwd=registry)[0] == 0


def test_only_hostile_text_is_escaped_in_what_is_printed(run: Run, registry: Path, good: bytes) -> None:
    title = "title: a \x1b]0;owned\x07 \u202e \u200b \x9b31m [bold]x[/bold] ::error::y".encode()
    (registry / RECORD).write_bytes(changed(TITLE, title)(good))
    for flags in ((), ("--color", "always"), ("--output-format", "concise"), ("--diff",)):
        _, stdout, stderr = run("validate", *flags, cwd=registry)
        plain = stdout.replace("\x1b[", "") if "always" in flags else stdout
        assert plain.replace("\n", "").isprintable()
        assert stderr.replace("\n", "").isprintable()
        assert not [line for line in stdout.splitlines() if line.startswith("::")]


# --- what lies in the folders ------------------------------------------------------------------------------


def test_a_link_out_of_the_registry(run: Run, registry: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_bytes(b"password: hunter2\n")
    (registry / "incidents" / "FI-0300.yaml").symlink_to(secret)
    (item,) = findings(run, registry, 1, "incidents/FI-0300.yaml")

    assert item == ("misplaced-file", 1, "`FI-0300.yaml` is a symbolic link that leads out of the registry")
    assert "hunter2" not in run("validate", cwd=registry)[1]


def test_links_in_a_circle(run: Run, registry: Path) -> None:
    (registry / "incidents" / "a.yaml").symlink_to("b.yaml")
    (registry / "incidents" / "b.yaml").symlink_to("a.yaml")
    (registry / "incidents" / "loop").symlink_to(".")

    assert [item.rule for item in findings(run, registry, 1, "incidents/a.yaml")] == ["misplaced-file"]
    assert [item.rule for item in findings(run, registry, 1, "incidents/loop")] == ["misplaced-file"]


def test_a_folder_named_as_a_record(run: Run, registry: Path) -> None:
    (registry / "incidents" / "FI-0300.yaml").mkdir()
    (item,) = findings(run, registry, 1, "incidents/FI-0300.yaml")

    assert item == ("misplaced-file", 1, "`FI-0300.yaml` is a folder with the name of a record")


def test_names_that_differ_only_in_case(run: Run, registry: Path, good: bytes) -> None:
    text = good.replace(b"id: FI-0232\n", b"").replace(b"status: published", b"status: draft")
    text = text.replace(b"indexed_date: 2026-06-05\n", b"").replace(b'taxonomy_version: "1.0.0"\n', b"")
    (registry / "drafts" / "a.yaml").write_bytes(text.replace(b"\nslug: ", b"\nslug: one-"))
    (registry / "drafts" / "A.yaml").write_bytes(text.replace(b"\nslug: ", b"\nslug: two-"))
    item = findings(run, registry, 1, "drafts/a.yaml")[0]

    assert item == ("misplaced-file", 2, "`drafts/a.yaml` and `drafts/A.yaml` are one file on macOS and Windows")


@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\x1b[31m.yaml", b"a\nb.yaml"])
def test_a_name_that_cannot_be_shown(run: Run, registry: Path, good: bytes, name: bytes) -> None:
    (registry / "drafts" / os.fsdecode(name)).write_bytes(good)
    code, stdout, stderr = run("validate", cwd=registry)

    assert (code, stderr) == (1, "")
    assert stdout.startswith("error[misplaced-file]: ")
    assert stdout.replace("\n", "").isprintable()


def test_an_unreadable_record(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = os.open

    def refuse(path: str, *arguments: int, **options: int) -> int:
        if str(path).endswith("FI-0232.yaml"):
            raise PermissionError(13, "Permission denied")
        return opening(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    for flags in ((), ("--exit-zero",), ("--diff",), ("--fix",)):
        code, _, stderr = run("validate", *flags, cwd=registry)
        assert code == 3
        assert stderr.startswith(f"error: `{RECORD}` could not be read: permission denied\n")
    assert run("validate", cwd=registry)[1] == (
        "No problems in 2 records. 34 rules ran. 1 record could not be read, so this is not the whole picture.\n"
    )
    assert run("fmt", cwd=registry)[0] == 3


def test_an_unreadable_folder(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)

    assert run("validate", cwd=registry) == (3, "", "error: `drafts` could not be listed: permission denied\n")


# --- the registry itself -----------------------------------------------------------------------------------


def refused(run: Run, registry: Path) -> str:
    """Judge what is no registry, and give what is said."""
    code, stdout, stderr = run("validate", cwd=registry)
    assert (code, stdout) == (2, "")
    assert stderr.startswith("error: ")
    return stderr.removeprefix("error: ")


def test_no_settings(run: Run, registry: Path) -> None:
    (registry / "ficli.toml").unlink()

    assert refused(run, registry).startswith("no registry here: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[index", "ficli.toml:1:7: not TOML: "),
        (b"[index]\nnmae = 1\n", "ficli.toml:2:1: unknown key `nmae`"),
        (b"\xff\xfe[\x00", "ficli.toml:1: this file is not UTF-8"),
        (b"\x00", "ficli.toml:1:1: not TOML: "),
        (b"a = " + b"[" * 100_000, "ficli.toml: this file is nested too deeply"),
        (b"[rules.yaml-syntax]\nseverity = 'off'\n", "ficli.toml:1:8: `yaml-syntax` cannot be turned off"),
    ],
)
def test_wrong_settings(run: Run, registry: Path, content: bytes, said: str) -> None:
    (registry / "ficli.toml").write_bytes(content)

    assert refused(run, registry).startswith(said)


TAXONOMY = data_file("taxonomy.yaml")
CHATBOT, END = TAXONOMY[: TAXONOMY.index(b"slug: chatbot")].count(b"\n") + 1, TAXONOMY.count(b"\n") + 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "taxonomy.yaml: the file must be a mapping of fields, but is empty\n"),
        (TAXONOMY.replace(b"  - slug: chatbot\n    name", b"  - name"), f"taxonomy.yaml:{CHATBOT}:5: `slug` is missing"),
        (TAXONOMY.replace(b"slug: copilot", b"slug: chatbot"), f"taxonomy.yaml:{CHATBOT + 5}:11: `chatbot` stands twice"),
        (TAXONOMY + b"\xff", f"taxonomy.yaml:{END}:1: the byte `0xFF` is not UTF-8"),
        (TAXONOMY + b"x: &y 1\n", f"taxonomy.yaml:{END}:4: the anchor `&y` is not plain data"),
        (TAXONOMY.replace(b"version: ", b"version: [", 1), "taxonomy.yaml:"),
        (b"a: " + b"[" * 500, "taxonomy.yaml:1:"),
        (b"#" * (2 * MEBIBYTE), "taxonomy.yaml:1:1: the file has "),
    ],
)  # fmt: skip
def test_a_wrong_vocabulary(run: Run, registry: Path, content: bytes, said: str) -> None:
    (registry / "taxonomy.yaml").write_bytes(content)

    assert refused(run, registry).startswith(said)


def test_a_vocabulary_that_is_a_folder(run: Run, registry: Path) -> None:
    (registry / "taxonomy.yaml").unlink()
    (registry / "taxonomy.yaml").mkdir()

    assert run("validate", cwd=registry) == (3, "", "error: `taxonomy.yaml` could not be read: is a directory\n")


def test_without_a_vocabulary_the_shipped_one_counts(run: Run, registry: Path) -> None:
    (registry / "taxonomy.yaml").unlink()

    assert run("validate", cwd=registry)[0] == 0


def test_no_records(run: Run, registry: Path) -> None:
    for record in (registry / "incidents").glob("*.yaml"):
        record.unlink()

    assert refused(run, registry).startswith(f"no records in `{registry}`\n")


@pytest.mark.parametrize("path", ["nothing.yaml", "x" * 300, "a/b/c"])
def test_a_path_that_is_not_there(run: Run, registry: Path, path: str) -> None:
    for command in ("validate", "fmt"):
        code, stdout, stderr = run(command, path, cwd=registry)
        assert stdout == ""
        assert code in {2, 3}
        assert stderr.startswith("error: `")


def test_a_path_with_hostile_characters(run: Run, registry: Path) -> None:
    code, _, stderr = run("validate", "a\x1b[31m\n\udcff", cwd=registry)

    assert code == 2
    assert stderr.startswith("error: `a\\x1b[31m\\n\\udcff` does not exist\n")
