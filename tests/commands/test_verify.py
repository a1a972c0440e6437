"""`ficli verify`: what is found, what differs, what is not found, and what could not be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.commands.verify.claims import ClaimAnswer, PageText, claims_of
from ficli.incident.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web

Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

PAGE = """<html lang=en><meta property=og:title content="Bank's chatbot lied"><meta property=article:published_time content=2025-05-09>
<h1>Bank's chatbot lied</h1><p>On 8 May 2025 a chatbot of Example Bank told customers that “every fee is refunded”. It cost
A$290,000, the bank said.</p>"""
RECORD = """\
schema_version: 1
slug: example-bank-chatbot
status: draft
title: Example Bank's chatbot promises refunds
summary: On May 8, 2025, Example Bank's RefundBot told customers lies, which cost €290,000 and $5 million by 2024.
quote:
  text: every fee is refunded
  speaker: Example Bank's chatbot
  source: 1
organizations:
  - name: Example Bank
    role: deployer
systems:
  - name: RefundBot
sources:
  - kind: press
    title: Bank’s chatbot lied
    url: URL1
    published: 2025-05-09
    passages:
      - a chatbot of Example Bank told customers that "every fee is refunded"
      - a chatbot of Example Bank told clients that "every fee is refunded"
      - colourless green ideas sleep furiously
  - kind: press
    title: Something else
    url: URL2
    published: 2025-05-01
"""


@pytest.fixture
def verify(run: Run, registry: Path, web: Web) -> Run:
    path = registry / "drafts" / "example-bank-chatbot.yaml"
    text = RECORD.replace("URL1", web.url("/a")).replace("URL2", web.url("/b"))
    path.write_text(text, encoding="utf-8")
    web.page("/a", PAGE)
    web.page("/b", PAGE)

    def ran(*arguments: str, **world: object) -> tuple[int, str, str]:
        return run("verify", "example-bank-chatbot", *arguments, cwd=registry, policy=web.policy(), **world)

    return ran


def test_each_thing_is_found_differs_or_is_not_found(verify: Run) -> None:
    code, stdout, stderr = verify()
    lines = [line.strip() for line in stdout.splitlines()]

    assert code == 1
    assert "found      title `Bank’s chatbot lied`: Bank's chatbot lied" in lines
    assert "found      published `2025-05-09`: OpenGraph, `article:published_time`" in lines
    assert "differs    title `Something else`: the page has `Bank's chatbot lied` (OpenGraph, `og:title`)" in lines
    assert "differs    published `2025-05-01`: the page has 2025-05-09 (OpenGraph, `article:published_time`)" in lines
    assert "found      quote `every fee is refunded`: every fee is refunded" in lines
    assert any(line.startswith("differs    passage") and "[-clients-] {+customers+}" in line for line in lines)
    assert "not found  passage `colourless green ideas sleep furiously`" in lines
    assert any(line.startswith("found      date `May 8, 2025` in source 1: ") for line in lines)
    assert any(line.startswith("differs    amount `€290,000` in source 1: the page has A$290,000") for line in lines)
    assert "not found  amount `$5 million`" in lines
    assert "not found  date `2024`" in lines
    assert any(line.startswith("found      name `Example Bank` in source 1: ") for line in lines)
    assert "not found  name `RefundBot`" in lines
    assert "whether it is true is for you to judge" in stderr


def test_json_tells_the_same(verify: Run) -> None:
    code, stdout, _ = verify("--json")
    data = json.loads(stdout)

    assert code == 1
    assert data["path"] == "drafts/example-bank-chatbot.yaml"
    assert {check["answer"] for source in data["sources"] for check in source["checks"]} == {
        "found",
        "differs",
        "not-found",
    }
    assert {check["subject"] for check in data["summary"]} == {"amount", "date", "name"}


def test_a_source_that_cannot_be_read_is_told(verify: Run, web: Web) -> None:
    web.page("/b", "<title>Just a moment...</title>")
    code, stdout, stderr = verify()

    assert code == 1
    assert "  not read: the site shows a check for robots instead of the page\n" in stdout
    assert "    help: open it in a browser" in stdout
    assert "1 source not read." in stderr


def test_a_saved_page_stands_for_its_source(verify: Run, registry: Path, web: Web) -> None:
    (registry / "b.html").write_text(
        "<h1>Something else</h1><time pubdate datetime=2025-05-01>x</time>", encoding="utf-8"
    )
    _, stdout, _ = verify("--html", "2=b.html", "--offline")

    assert web.requests == []
    assert "found      title `Something else`" in stdout
    assert "found      published `2025-05-01`" in stdout
    assert "not read: nothing is fetched with `--offline`" in stdout


def test_all_is_found(verify: Run, registry: Path, web: Web) -> None:
    path = registry / "drafts" / "example-bank-chatbot.yaml"
    path.write_text(
        "slug: example-bank-chatbot\nsummary: Example Bank's chatbot lied.\norganizations:\n  - name: Example Bank\n"
        f"sources:\n  - title: Bank's chatbot lied\n    url: {web.url('/a')}\n    published: 2025-05\n",
        encoding="utf-8",
    )

    assert verify()[0] == 0


def test_the_archived_copy_stands_for_a_page_that_is_gone(verify: Run, registry: Path, web: Web) -> None:
    path = registry / "drafts" / "example-bank-chatbot.yaml"
    path.write_text(
        "slug: example-bank-chatbot\nsources:\n  - title: Bank's chatbot lied\n    url: https://gone.example.org/a\n"
        f"    status: dead\n    archive:\n      url: {web.url('/a', 'archive.example.org')}\n  - title: TODO\n    url: 5\n",
        encoding="utf-8",
    )
    _, stdout, _ = verify()

    assert "found      title `Bank's chatbot lied`" in stdout
    assert "cannot be fetched: it is empty" in stdout


def test_a_pdf_is_read_by_its_headers(verify: Run, web: Web) -> None:
    web.page("/a", b"%PDF-1.7 /Title (Bank's chatbot lied)", content_type="application/pdf")
    _, stdout, _ = verify()

    assert "note: a PDF is read by its headers only" in stdout
    assert "found      title `Bank’s chatbot lied`" in stdout
    assert "not found  published `2025-05-09`" in stdout


def test_colours_and_terminal(verify: Run) -> None:
    assert "\x1b[32mfound    \x1b[0m" in verify("--color", "always", terminal=True)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--html", "b.html"], "`--html`: `b.html` does not name a source and a file"),
        (["--html", "1=nowhere.html"], "`nowhere.html` could not be read"),
        (["--html", "9=ficli.toml"], "`--html 9=`: there is no source 9"),
    ],
)
def test_wrong_usage(verify: Run, arguments: list[str], message: str) -> None:
    code, _, stderr = verify(*arguments)

    assert code == 2
    assert message in stderr


def test_a_record_that_cannot_be_read(run: Run, registry: Path) -> None:
    (registry / "drafts" / "broken.yaml").write_text("a: [", encoding="utf-8")
    code, _, stderr = run("verify", "drafts/broken.yaml", cwd=registry)

    assert code == 3
    assert "cannot be read as a record" in stderr


# --- claims ------------------------------------------------------------------------------------------------


def answer(summary: str, page: str, **record: object) -> list[tuple[str, ClaimAnswer]]:
    claims = claims_of(Record({"summary": summary, **record}))
    return [(claim.written, PageText(page).look_up(claim).answer) for claim in claims]


@pytest.mark.parametrize(
    ("summary", "page", "expected"),
    [
        ("It cost $290,000.", "a loss of US$290,000 in all", ClaimAnswer.FOUND),
        ("It cost $5 million.", "a loss of 5,000,000 dollars", ClaimAnswer.FOUND),
        ("It cost €5 million.", "a loss of £5 million", ClaimAnswer.DIFFERS),
        ("It cost €5 million.", "a loss of €6 million", ClaimAnswer.NOT_FOUND),
        ("On May 8, 2025 it lied.", "it was the 8th of May 2025", ClaimAnswer.FOUND),
        ("On May 8, 2025 it lied.", "reported on 2025-05-08", ClaimAnswer.FOUND),
        ("On May 8, 2025 it lied.", "reported on May 9, 2025", ClaimAnswer.DIFFERS),
        ("On May 8, 2025 it lied.", "reported in May 2025", ClaimAnswer.NOT_FOUND),
        ("In May 2025 it lied.", "reported on May 9, 2025", ClaimAnswer.FOUND),
        ("In 2025 it lied.", "2025年5月9日", ClaimAnswer.FOUND),
        ("In 2025 it lied.", "it costs 2025% or 12.2025", ClaimAnswer.NOT_FOUND),
    ],
)
def test_a_claim_is_looked_up(summary: str, page: str, expected: ClaimAnswer) -> None:
    assert [found for _, found in answer(summary, page)] == [expected]


def test_names_are_looked_up_in_any_usual_form() -> None:
    organizations = [
        {"name": "Federal Trade Commission"},
        {"name": "Hidden plc", "anonymized": True},
        {"name": "Absent Ltd"},
    ]
    found = answer("The Federal Trade Commission fined Hidden plc.", "The FTC has spoken.", organizations=organizations)

    assert found == [("Federal Trade Commission", ClaimAnswer.FOUND)]
