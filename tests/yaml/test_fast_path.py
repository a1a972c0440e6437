"""Tests of the fast way: what it takes, what it must leave to the exact way, and that nothing crashes it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ficli.yaml import fast_path as accept_module
from ficli.yaml.fast_path import REFUSED, parse_fast
from ficli.yaml.flaws import MAX_BYTES
from ficli.yaml.parse import parse

TRAPS = {
    "empty": "",
    "only a comment": "# nothing\n",
    "a list": "- a\n",
    "a scalar": "a\n",
    "no final line break": "a: b",
    "tab": "a: b\tc\n",
    "tab after the colon": "a:\tb\n",
    "windows line ends": "a: b\r\n",
    "old line ends": "a: b\rc: d\n",
    "nul": "a: b\x00\n",
    "escape": "a: \x1b[31m\n",
    "delete": "a: \x7f\n",
    "next line": "a: b\x85c\n",
    "line separator": "a: b\u2028c\n",
    "byte order mark": "\ufeffa: b\n",
    "byte order mark within": "a: b\ufeff\n",
    "zero width": "a: b\u200bc\n",
    "bidi": "a: b\u202ec\n",
    "noncharacter": "a: b\uffffc\n",
    "directive": "%YAML 1.1\n---\na: 0777\n",
    "document start": "---\na: b\n",
    "document end": "a: b\n...\n",
    "second document": "a: b\n---\nc: d\n",
    "anchor": "a: &x b\n",
    "anchor in a list": "a:\n  - &x b\n",
    "anchor in brackets": "a: [&x b]\n",
    "anchor at the start": "&x a: b\n",
    "alias": "a: *x\n",
    "alias in brackets": "a: [b,*x]\n",
    "tag": "a: !x b\n",
    "tag alone": "a: ! b\n",
    "python tag": "a: !!python/object:os.system {}\n",
    "tag at the start": "!!map\na: b\n",
    "merge key": "<<: {a: b}\n",
    "underscores": "a: 1_000\n",
    "leading underscore": "a: _1\n",
    "two underscores": "a: 1__0\n",
    "trailing underscore": "a: 1_\n",
    "underscore after the dot": "a: 1._5\n",
    "binary": "a: 0b11\n",
    "signed base": "a: +0x1\n",
    "signed octal": "a: -0o7\n",
    "base with underscore": "a: 0x_F\n",
    "capital base": "a: 0X1F\n",
    "in brackets": "a: [1_000]\n",
    "infinite": "a: .iNf\n",
    "large": "a: 123456789012345678901234567890\n",
    "number as key": "1: a\n",
    "truth value as key": "a:\n  true: b\n",
    "nothing as key": "~: a\n",
    "empty key": ": a\n",
    "equal keys": "a: 1\na: 2\n",
    "equal keys by quotes": "a: 1\n'a': 2\n",
    "explicit key": "? a\n: b\n",
    "explicit key in brackets": "a: {? b : c}\n",
    "list as key": "[a]: b\n",
    "lists on one line": "a:\n  - - b\n",
    "hexadecimal escape": 'a: "\\x41"\n',
    "unicode escape": 'a: "\\ud800"\n',
    "line continued": 'a: "b\\\n  c"\n',
    "empty block scalar": "b: c\na: |\n",
    "brackets over lines": 'a: {b: c,\n  "d\n  e": f}\n',
    "colon in brackets": "a: {b:, c: d}\n",
    "merge conflict": "a: b\n=======\nc: d\n",
    "merge conflict with its base": "a: |\n  b\n  ||||||| c\n",
    "dash without a space": "a:\n  -b: c\n",
    "dash without a space, in a list": "a:\n  - -b: c\n",
    "deep": "a: " + "[" * 33 + "]" * 33 + "\n",
    "deep in blocks": "".join(" " * depth + "a:\n" for depth in range(33)),
    "not YAML": "a: b: c\n",
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_traps_are_left_to_the_exact_way(text: str) -> None:
    assert parse_fast(text.encode()) is REFUSED


def test_what_is_too_large_is_refused() -> None:
    fine = b"a: b\n#" + b" " * 30
    assert parse_fast(fine + b"x" * (MAX_BYTES - len(fine) - 1) + b"\n") == {"a": "b"}
    assert parse_fast(fine + b"x" * (MAX_BYTES - len(fine)) + b"\n") is REFUSED


def test_not_utf8() -> None:
    assert parse_fast(b"a: \xff\n") is REFUSED
    assert parse_fast("a: b\n".encode("utf-16")) is REFUSED


def test_a_record(record: str) -> None:
    data = parse_fast(record.encode())
    assert data is not REFUSED
    assert data == parse(record.encode()).data
    assert data["schema_version"] == 1
    assert data["incident_date"] == "2025-05-08"


def test_text_stays_text() -> None:
    text = """\
a: no
b: 2024-13-45
c: 12:30
d: AT&T, 5 * 3, what? yes! [sic] 100% a_1 http://x.org/a_1?b=c&d=e#f
e: 0777
f: 1e3
g: "quoted \\"text\\""
h: [SE, 'U S', "x: y"]
i: {value: 5000, currency: USD}
j: 東京 👩\u200d💻
"""
    assert parse_fast(text.encode()) == {
        "a": "no",
        "b": "2024-13-45",
        "c": "12:30",
        "d": "AT&T, 5 * 3, what? yes! [sic] 100% a_1 http://x.org/a_1?b=c&d=e#f",
        "e": 777,
        "f": 1000.0,
        "g": 'quoted "text"',
        "h": ["SE", "U S", "x: y"],
        "i": {"value": 5000, "currency": "USD"},
        "j": "東京 👩\u200d💻",
    }


def test_without_the_accelerator(monkeypatch: pytest.MonkeyPatch, record: str) -> None:
    monkeypatch.setattr(accept_module, "_accelerator", lambda: None)
    assert parse_fast(record.encode()) == parse(record.encode()).data
    assert parse_fast(b"a: 1\na: 2\n") is REFUSED
    assert parse_fast(b"- a\n") is REFUSED


def test_a_panic_of_the_accelerator_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_text: str, /, *, parse_datetime: bool) -> object:
        raise PanicException(parse_datetime)

    def interrupted(_text: str, /, *, parse_datetime: bool) -> object:
        raise KeyboardInterrupt(parse_datetime)

    monkeypatch.setattr(accept_module, "_accelerator", lambda: panics)
    assert parse_fast(b"a: b\n") is REFUSED
    monkeypatch.setattr(accept_module, "_accelerator", lambda: interrupted)
    with pytest.raises(KeyboardInterrupt):
        parse_fast(b"a: b\n")


def test_nothing_overflows_the_stack() -> None:
    """The accelerator dies of half a million lists on one line; in a process of its own, so that the tests do not."""
    code = """
from ficli.yaml.fast_path import parse_fast
for one in ("- ", "? ", "- ? ", "-  - ", "[", "{a: ", "[a: ", "- [", ": ", "- : ", "- a: ", "a: ", "-\\n", "- -\\n"):
    for start in ("", "a:\\n", "a: "):
        for close in ("", "\\n"):
            text = start + one * (1_000_000 // len(one)) + close
            parse_fast(text.encode())
steps = "".join(" " * depth + "-\\n" for depth in range(1400))
parse_fast(("a:\\n" + steps).encode())
steps = "".join(" " * depth + "- a:\\n" for depth in range(0, 1400, 2))
parse_fast(("a:\\n" + steps).encode())
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603
