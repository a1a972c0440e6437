"""Files that no editor would save and git might change: each is told what is wrong, at its place, and read safely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ficli.commands.selftest.selftest import base_record
from ficli.diagnostics import Diagnostic
from ficli.wording import HIDDEN

BASE = base_record().encode()
TITLE = b"title: Example Bank's chatbot promises refunds that do not exist\n"

JudgeBytes = Callable[[bytes], list[Diagnostic]]


def lines(found: list[Diagnostic]) -> list[str]:
    """Write each finding as an `.out` file does."""
    return [f"{item.span.line}:{item.span.column}: {item.severity}[{item.rule}] {item.message}" for item in found]


def with_title(title: bytes) -> bytes:
    """Return the base record another title."""
    assert BASE.count(TITLE) == 1
    return BASE.replace(TITLE, b"title: " + title + b"\n")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            b"\xef\xbb\xbf" + BASE,
            ["1:1: error[control-character] the file starts with a byte order mark, `U+FEFF`"],
        ),
        (
            with_title(b"Refunds\x00 that do not exist"),
            ["5:15: error[control-character] the text holds the hidden or control character `U+0000 NULL`"],
        ),
        (
            with_title(b"Refunds \x1b[31mthat do not exist"),
            ["5:16: error[control-character] the text holds the hidden or control character `U+001B ESCAPE`"],
        ),
        (
            BASE.replace(b"\n", b"\r\n"),
            ["1:1: warning[unformatted] this file has Windows line ends"],
        ),
        (b"\xff\xfe\x00\x00", ["1:1: error[not-utf8] the file is UTF-32, not UTF-8"]),
        (b"\x80", ["1:1: error[not-utf8] the byte `0x80` is not UTF-8"]),
        (b"\n\n", ["1:1: error[wrong-type] this file is empty"]),
        (
            b"a" * (1024 * 1024 + 1),
            ["1:1: error[oversized-file] the file has 1,048,577 bytes; at most 1,048,576 are read"],
        ),
    ],
    ids=["mark", "nul", "escape", "windows", "utf-32", "byte", "lines", "large"],
)
def test_what_is_said(raw: bytes, expected: list[str], judge_bytes: JudgeBytes) -> None:
    assert lines(judge_bytes(raw)) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b"- " * 100_000,
        b"{a: " * 100_000,
        b"a: &a [*a]\n",
        b"? [a]\n: b\n",
        b"!!python/object/apply:os.system [echo]\n",
        b"%YAML 9.9\n---\na: 1\n",
        b"\x00" * 1000,
        bytes(range(256)),
        BASE.replace(b"medium", b"\xe2\x80\xaemedium\x1b]0;title\x07"),
        BASE.replace(b"  - kind", b"  - \x1b[2Jkind"),
        "\N{GRINNING FACE}: \ud800\n".encode("utf-8", "surrogatepass"),
        b"severity: " + b"9" * 10_000 + b"\n",
        b"title: " + b"x" * 500_000 + b"\n",
        BASE + b"2025: a\ntrue: b\nnull: c\n~: d\n",
    ],
)
def test_no_rule_breaks_and_nothing_harmful_is_said(raw: bytes, judge_bytes: JudgeBytes) -> None:
    found = judge_bytes(raw)

    assert found
    assert not [item for item in found if item.rule == "rule-crashed"]
    for item in found:
        said = (item.message, item.help, item.label, *(place.text for place in item.related))
        assert not any(HIDDEN.search(text) for text in said)
        assert len(item.message) < 300


def test_the_twentieth_finding_mends_the_rest(judge_bytes: JudgeBytes) -> None:
    found = judge_bytes(with_title(b"Refunds" + b" \xe2\x80\x8bso" * 25))

    assert len(found) == 20
    fixes = [item.fix for item in found if item.fix]
    assert [len(fix.edits) for fix in fixes] == [1] * 19 + [6]
    assert found[-1].message.endswith("(and 5 more places in this file)")
