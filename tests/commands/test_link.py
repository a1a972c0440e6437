"""`ficli link`, from the command line to the file: what is added, replaced, refused, and left as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from tests.wayback import Machine, answered

from ficli.web.archives import archive as archives
from ficli.web.archives.service import Wayback
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web

Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

STORY = """<!doctype html><html lang=en><title>Bank lied | Example News</title><meta property=og:site_name content="Example News">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bank's chatbot lied","datePublished":"2025-05-09T08:00:00Z",
"author":{"name":"Ada Example"}}</script><h1>Bank's chatbot lied</h1><p>It told customers that “every fee is refunded”.</p>"""
RECORD = """\
# kept
schema_version: 1
slug: example-bank-chatbot
status: draft
title: Example Bank's chatbot promises refunds
organizations:
  - name: Example Bank   # the deployer
    role: deployer
sources:
  # the first report
  - kind: press
    title: "An old title"  # by hand
    url: https://paper.example.net/old?utm_source=x
    publisher: Example Paper
    archive:
      url: https://web.archive.org/web/2025/https://paper.example.net/old
    passages:
      - one passage
    status: live
# the end
"""


@pytest.fixture(autouse=True)
def record(registry: Path) -> Path:
    path = registry / "drafts" / "example-bank-chatbot.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


@pytest.fixture
def link(run: Run, registry: Path, web: Web) -> Run:
    """Run `ficli link` on the record, with the server of the test in place of the web."""

    def ran(*arguments: str, **world: object) -> tuple[int, str, str]:
        return run("link", "example-bank-chatbot", *arguments, cwd=registry, policy=web.policy(), **world)

    web.page("/story", STORY)
    return ran


def sources(record: Path) -> list[dict[str, Any]]:
    data = parse(record.read_bytes()).data
    assert isinstance(data, dict)
    return list(data["sources"])


def test_a_source_is_added_and_all_else_stays(link: Run, record: Path, web: Web) -> None:
    code, stdout, stderr = link(web.url("/story?utm_source=x"))
    text = record.read_text(encoding="utf-8")
    added = f"""\
  - kind: press
    title: Bank's chatbot lied
    url: {web.url("/story")}
    publisher: Example News
    published: 2025-05-09
    language: en
    accessed: 2026-11-23
"""

    assert code == 0
    assert text == RECORD.replace("# the end\n", f"{added}# the end\n")
    assert "source 2\n" in stdout
    assert "  published  2025-05-09  (JSON-LD, `NewsArticle.datePublished`)\n" in stdout
    assert "  authors    ? Ada Example  (JSON-LD, `NewsArticle.author`; not written)\n" in stdout
    assert "note: left out of the address: `utm_source`" in stdout
    assert "Added 1 source in drafts/example-bank-chatbot.yaml." in stderr
    assert "ficli validate" in stderr


def test_a_dry_run_shows_the_change(link: Run, record: Path, web: Web) -> None:
    code, stdout, stderr = link(web.url("/story"), "--dry-run")

    assert code == 0
    assert "+    title: Bank's chatbot lied\n" in stdout
    assert "Would add 1 source" in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_part_of_it_fails_and_the_rest_is_written(link: Run, record: Path, web: Web) -> None:
    web.page("/wall", "<title>Just a moment...</title>")
    code, _, stderr = link(
        web.url("/story"), web.url("/wall"), web.url("/gone"), "javascript:alert(1)", "https://paper.example.net/old",
        web.url("/story?utm_source=y"),
    )  # fmt: skip

    assert code == 1
    assert len(sources(record)) == 2
    assert f"error: {web.url('/wall')}: the site shows a check for robots instead of the page\n" in stderr
    assert f"error: {web.url('/gone')}: there is no such page: HTTP 404\n" in stderr
    assert "error: javascript:alert(1): `javascript:alert(1)`: it is no web address" in stderr
    assert "source 1 is it already" in stderr
    assert "same page: `utm_source` does not count" in stderr
    assert f"is it already, `{web.url('/story')}`" in stderr


def test_nothing_comes_of_it(link: Run, record: Path, web: Web) -> None:
    code, _, stderr = link(web.url("/gone"))

    assert code == 3
    assert "Nothing was changed in drafts/example-bank-chatbot.yaml." in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_duplicate_is_refused_and_shown(link: Run, record: Path) -> None:
    code, _, stderr = link("http://www.paper.example.net/old/")

    assert code == 1
    assert "source 1 is it already, `https://paper.example.net/old?utm_source=x`: same page:" in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_page_that_names_the_address_of_another_source_is_a_duplicate(link: Run, record: Path, web: Web) -> None:
    web.page("/old-too", "<link rel=canonical href='https://paper.example.net/old'><h1>A story</h1>")
    code, _, stderr = link(web.url("/old-too", "paper.example.net"))

    assert code == 1
    assert "source 1 is it already" in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_curator_overrides(link: Run, record: Path, web: Web) -> None:
    code, _, _ = link(
        web.url("/story"), "--kind", "primary", "--title", "Its log", "--publisher", "Example Bank", "--author", "Ada",
        "--author", "Alan", "--published", "2025-05", "--language", "de", "--docket", "1:25-cv-1",
    )  # fmt: skip

    assert code == 0
    assert sources(record)[1] == {
        "kind": "primary",
        "title": "Its log",
        "url": web.url("/story"),
        "publisher": "Example Bank",
        "authors": ["Ada", "Alan"],
        "published": "2025-05",
        "language": "de",
        "accessed": "2026-11-23",
        "docket": "1:25-cv-1",
    }


def test_a_passage_is_kept_in_the_words_of_the_page(link: Run, record: Path, web: Web) -> None:
    code, _, _ = link(web.url("/story"), "--passage", 'told customers that "every fee is refunded".')

    assert code == 0
    assert sources(record)[1]["passages"] == ["told customers that “every fee is refunded”."]


def test_a_passage_that_is_not_there_is_refused(link: Run, record: Path, web: Web) -> None:
    code, _, stderr = link(web.url("/story"), "--passage", "told customers that no fee is refunded")

    assert code == 1
    assert "the passage `told customers that no fee is refunded` is not on the page" in stderr
    assert "[-no-]" in stderr
    assert link(web.url("/story"), "--passage", "colourless green ideas sleep")[0] == 1
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_passage_that_cannot_be_looked_up_is_kept_and_noted(link: Run, record: Path, web: Web) -> None:
    code, stdout, _ = link(web.url("/story"), "--offline", "--passage", "some \n words")

    assert code == 0
    assert sources(record)[1]["passages"] == ["some words"]
    assert "note: the passages could not be looked up" in stdout


def test_a_saved_page_is_read_and_nothing_is_fetched(link: Run, record: Path, web: Web, registry: Path) -> None:
    (registry / "page.html").write_text(STORY, encoding="utf-8")
    code, _, _ = link("https://news.example.org/story", "--html", "page.html")

    assert code == 0
    assert web.requests == []
    assert sources(record)[1]["title"] == "Bank's chatbot lied"
    assert "accessed" not in sources(record)[1]
    assert link("https://news.example.org/b", "--html", "nowhere.html")[0] == 2


def test_offline_leaves_a_todo_for_what_only_the_page_knows(link: Run, record: Path, web: Web) -> None:
    code, _, _ = link("https://www.ftc.gov/news/a", "--offline")

    assert code == 0
    assert web.requests == []
    assert sources(record)[1]["kind"] == "regulator"
    assert sources(record)[1]["title"].startswith("TODO: ")


def test_a_source_is_replaced_in_place(link: Run, record: Path, web: Web) -> None:
    code, stdout, stderr = link(
        web.url("/story"), "--replace", "1", "--passage", "every fee is refunded", "--author", "Ada"
    )
    text = record.read_text(encoding="utf-8")

    assert code == 0
    assert "source 1\n" in stdout
    assert "Replaced 1 source" in stderr
    assert sources(record) == [
        {
            "kind": "press",
            "title": "Bank's chatbot lied",
            "url": web.url("/story"),
            "publisher": "Example News",
            "authors": ["Ada"],
            "published": "2025-05-09",
            "language": "en",
            "accessed": "2026-11-23",
            "passages": ["one passage", "every fee is refunded"],
            "status": "live",
        }
    ]
    assert "# by hand" in text
    assert "# the first report" in text
    assert "# the end" in text


def test_what_a_page_does_not_say_keeps_its_value(link: Run, record: Path, web: Web) -> None:
    web.page("/old", "<p>words</p>")
    code, _, _ = link(web.url("/old", "paper.example.net"), "--replace", "1", "--author", "Ada")

    assert code == 0
    assert sources(record)[0]["title"] == "An old title"
    assert sources(record)[0]["kind"] == "press"
    assert link(web.url("/old", "paper.example.net"), "--replace", "1", "--author", "Alan")[0] == 0
    assert sources(record)[0]["authors"] == ["Alan"]


@pytest.mark.parametrize("before", ["", "sources:\n", "sources: []\n"])
def test_the_first_source(link: Run, record: Path, web: Web, before: str) -> None:
    head = RECORD.partition("sources:")[0]
    record.write_text(head + before, encoding="utf-8")

    assert link(web.url("/story"))[0] == 0
    assert [source["title"] for source in sources(record)] == ["Bank's chatbot lied"]
    assert record.read_text(encoding="utf-8").startswith(head)


def test_json_tells_all(link: Run, web: Web) -> None:
    code, stdout, _ = link(web.url("/story"), web.url("/gone"), "--json")
    data = json.loads(stdout)

    assert code == 1
    assert (data["version"], data["path"], data["written"]) == (1, "drafts/example-bank-chatbot.yaml", True)
    assert data["linked"][0]["source"]["title"] == "Bank's chatbot lied"
    assert data["linked"][0]["evidence"]["publisher"] == "OpenGraph, `og:site_name`"
    assert data["linked"][0]["proposals"][0]["field"] == "authors"
    assert data["failed"][0]["reason"] == "gone"


def test_a_page_cannot_act_on_the_terminal(link: Run, record: Path, web: Web) -> None:
    web.page(
        "/evil",
        "<title>\x1b]0;owned\x07 &#x1b;[31m red \u202e title</title><meta property=og:site_name content='&#x9b;x'>",
    )
    code, stdout, stderr = link(web.url("/evil"))

    assert (code, record.exists()) == (0, True), stderr
    assert "\x1b" not in stdout + stderr + record.read_text(encoding="utf-8")
    assert "\u202e" not in stdout + stderr + record.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["URL", "URL2", "--title", "x"], "`--title` is for one source, and 2 addresses are given"),
        (["URL", "URL2", "--author", "x"], "`--author` is for one source"),
        (["URL", "URL2", "--html", "-"], "`--html` is for one source"),
        (["URL", "--kind", "pres"], "`--kind`: there is no `pres`"),
        (["URL", "--published", "05/08/2025"], "`--published`: `05/08/2025` is no date"),
        (["URL", "--replace", "7"], "there is no source 7 to replace: the record has 1 source"),
        (["javascript:alert(1)"], "it is no web address"),
        (["http://127.1/"], "cannot be cited: `127.0.0.1` is a loopback address"),
    ],
)
def test_wrong_usage(link: Run, record: Path, arguments: list[str], message: str) -> None:
    words = {"URL": "https://news.example.org/a", "URL2": "https://news.example.org/b"}
    code, _, stderr = link(*(words.get(word, word) for word in arguments))

    assert code == 2
    assert message in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_record_that_cannot_be_changed_is_left(link: Run, record: Path, web: Web) -> None:
    record.write_text(RECORD.replace("status: draft", "status: merged"), encoding="utf-8")
    assert link(web.url("/story"))[0] == 2
    record.write_text(RECORD + "a: [", encoding="utf-8")
    code, _, stderr = link(web.url("/story"))
    assert code == 3
    assert "cannot be read as a record" in stderr


def test_the_registry_names_kinds_of_its_own(link: Run, registry: Path, record: Path, web: Web) -> None:
    settings = registry / "ficli.toml"
    settings.write_text('[sources.kinds]\nregulator = ["news.example.org"]\n', encoding="utf-8")
    assert link(web.url("/story"))[0] == 0
    assert sources(record)[1]["kind"] == "regulator"

    settings.write_text('[sources.kinds]\nmystery = ["news.example.org"]\n', encoding="utf-8")
    code, _, stderr = link(web.url("/story"))
    assert code == 2
    assert "gives `news.example.org` the kind `mystery`" in stderr


def test_no_flag_opens_what_is_private(run: Run, registry: Path, record: Path) -> None:
    for url in ("http://localhost:8080/", "http://10.0.0.1/", "http://[::1]/"):
        code, _, stderr = run("link", "example-bank-chatbot", url, "--any-port", cwd=registry)
        assert code == 2
        assert "cannot be cited" in stderr
    assert record.read_text(encoding="utf-8") == RECORD


def test_progress_is_told_for_several(link: Run, web: Web) -> None:
    assert link(web.url("/story"), web.url("/gone"), terminal=True)[0] == 1


# --- an archived copy ----------------------------------------------------------------------------------------------


@pytest.fixture
def archived(link: Run, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ficli link --archive`, with a Wayback Machine on this machine."""
    web = machine.web
    here = Wayback(web.url("", "archive.example.org"), look_up_pause=0)
    monkeypatch.setattr(archives, "Wayback", lambda: here)
    web.page("/story", STORY)

    def ran(*arguments: str, **world: object) -> tuple[int, str, str]:
        return link(web.url("/story"), "--archive", *arguments, **world)

    return ran


def test_the_copy_of_a_page_comes_along(archived: Run, record: Path, web: Web, machine: Machine) -> None:
    machine.copies = [("20250510081500", web.url("/story"), "200")]
    code, stdout, _ = archived("--passage", "every fee is refunded")
    copy = f"https://web.archive.org/web/20250510081500/{web.url('/story')}"

    assert code == 0
    assert sources(record)[1]["archive"] == {"url": copy, "captured": "2025-05-10"}
    assert list(sources(record)[1])[-2:] == ["archive", "passages"]
    assert f"  archive    {copy}, 2025-05-10  (the Wayback Machine)\n" in stdout


@pytest.mark.parametrize(
    ("copies", "note"),
    [
        ([], "there is no archived copy to take: the Wayback Machine has no copy"),
        (
            [("20240101000000", "200")],
            "the archived copy is from before it was published, and not taken: `https://web.",
        ),
    ],
)
def test_where_there_is_no_copy_the_source_is_added_without(
    archived: Run, record: Path, web: Web, machine: Machine, copies: list[tuple[str, str]], note: str
) -> None:
    machine.copies = [(stamp, web.url("/story"), status) for stamp, status in copies]
    code, stdout, _ = archived()

    assert code == 0
    assert f"  note: {note}" in stdout
    assert "archive" not in sources(record)[1]


def test_an_archive_that_is_out_of_order_keeps_no_source_back(archived: Run, record: Path, machine: Machine) -> None:
    machine.says("/cdx", answered(b"<html>", "500 Broken"))
    code, stdout, _ = archived()

    assert code == 0
    assert "note: no archived copy was looked for: the Wayback Machine" in stdout
    assert len(sources(record)) == 2


@pytest.mark.parametrize("other", [("--offline",), ("--replace", "1")])
def test_what_does_not_go_with_a_copy(archived: Run, record: Path, other: tuple[str, ...]) -> None:
    code, stdout, stderr = archived(*other)

    assert (code, stdout) == (2, "")
    assert f"`--archive` and `{other[0]}` cannot go together" in stderr
    assert record.read_text(encoding="utf-8") == RECORD
