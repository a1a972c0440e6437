"""`ficli new --url` with the page: what the draft takes from it, what it does without it, and what is never asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import NOWHERE

from ficli.commands.new import conversation
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web

    Run = Callable[..., tuple[int, str, str]]

PATH = "drafts/chatbot-example-bank-invents-fees.yaml"
STORY = """<!doctype html><html lang=en><title>TITLE | Example News</title><meta property=og:site_name content="Example News">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"TITLE","datePublished":"2025-05-09T08:00:00Z",
"author":{"name":"Ada Example"}}</script><h1>TITLE</h1><p>It told customers that every fee is refunded.</p>"""
HOSTILE = "Bank\x1b]0;x\x07 &#27;[31m\u202e[red]lied: # {a}\n::error::b"
FLAGS = ["--organization", "Example Bank", "--incident-date", "2025", "--failure-mode", "TODO", "--ai-surface", "TODO"]


@pytest.fixture
def new(run: Run, registry: Path, web: Web) -> Run:
    """Run `ficli new` with the server of the test in place of the web."""

    def ran(
        *arguments: str, title: str = "Chatbot of Example Bank invents fees", **world: object
    ) -> tuple[int, str, str]:
        words = ["new", title, *FLAGS, "--severity", "TODO", *arguments]
        return run(*words, cwd=registry, **{"policy": web.policy(), **world})

    web.page("/story", STORY.replace("TITLE", "Bank's chatbot lied"))
    return ran


def sources(registry: Path, path: str = PATH) -> list[dict[str, Any]]:
    data = parse((registry / path).read_bytes()).data
    assert isinstance(data, dict)
    return list(data["sources"])


def test_the_page_fills_in_its_source(new: Run, registry: Path, web: Web) -> None:
    code, stdout, stderr = new("--url", web.url("/story?utm_source=x"))

    assert (code, stdout) == (0, f"{PATH}\n")
    assert sources(registry) == [
        {
            "kind": "press",
            "title": "Bank's chatbot lied",
            "url": web.url("/story"),
            "publisher": "Example News",
            "published": "2025-05-09",
            "language": "en",
            "accessed": "2026-11-23",
        }
    ]
    assert stderr.startswith("source 1\n  kind       press  (")
    assert "  title      Bank's chatbot lied  (" in stderr
    assert "  authors    ? Ada Example  (" in stderr
    assert "  note: left out of the address: `utm_source`\n" in stderr
    assert "What is marked `?` is for you to check; the draft does not have it.\n" in stderr


def test_what_the_page_does_not_say_is_a_todo(new: Run, registry: Path, web: Web) -> None:
    web.page("/bare", "<!doctype html><title></title><p>Words.</p>")
    code, _, stderr = new("--url", web.url("/bare"))
    source = sources(registry)[0]

    assert code == 0
    assert source["title"].startswith("TODO: ")
    assert source["kind"].startswith("TODO: ")
    assert source["accessed"] == "2026-11-23"
    assert "What is marked" not in stderr


def test_a_page_that_cannot_be_had(new: Run, registry: Path, web: Web) -> None:
    gone = web.url("/gone?utm_source=x")
    code, stdout, stderr = new("--url", gone, "--url", web.url("/story"), "--url", "TODO", "--url", "TODO: the ruling")
    first, second, third = sources(registry)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert stderr.startswith(f"warning: {gone}: ")
    assert stderr.partition("\n")[0].endswith("; its source has the address alone")
    assert "\nsource 2\n" in stderr
    assert stderr.count("warning: ") == 1
    assert (first["url"], first["title"][:5], "accessed" in first) == (web.url("/gone"), "TODO:", False)
    assert second["title"] == "Bank's chatbot lied"
    assert third["url"] == "TODO: the ruling"


def test_nobody_can_be_reached(new: Run, registry: Path) -> None:
    code, stdout, stderr = new("--url", "https://news.example.org/a", policy=NOWHERE)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert stderr.count("warning: https://news.example.org/a: ") == 1
    assert sources(registry)[0]["url"] == "https://news.example.org/a"


def test_a_kind_that_the_vocabulary_does_not_have(new: Run, registry: Path, web: Web) -> None:
    with open(registry / "ficli.toml", "a", encoding="utf-8") as settings:
        settings.write('[sources.kinds]\ngossip = ["news.example.org"]\n')
    code, _, stderr = new("--url", web.url("/story"))

    assert code == 0
    assert "`gossip`" in stderr.partition("\n")[0]
    assert sources(registry)[0]["kind"].startswith("TODO: ")


def test_offline_asks_nobody(new: Run, registry: Path, web: Web) -> None:
    code, _, stderr = new("--url", web.url("/story"), "--offline")

    assert code == 0
    assert (web.requests, stderr.startswith("Next: ")) == ([], True)
    assert sources(registry)[0]["title"].startswith("TODO: ")


def test_from_json_asks_nobody(run: Run, registry: Path, web: Web) -> None:
    (registry / "harvest.json").write_text(json.dumps({"title": "A bank fails", "url": web.url("/story")}))
    code, stdout, _ = run("new", "--from-json", "harvest.json", cwd=registry, policy=web.policy())

    assert (code, stdout, web.requests) == (0, "drafts/bank-fails.yaml\n", [])


@pytest.mark.parametrize("wrong", ["http://localhost/a", "news", "https://[::1]/"])
def test_a_wrong_address_is_refused_before_the_others_are_asked(new: Run, web: Web, wrong: str) -> None:
    code, stdout, stderr = new("--url", web.url("/story"), "--url", wrong)

    assert (code, stdout, web.requests) == (2, "", [])
    assert "cannot be a source" in stderr


def test_a_slug_that_is_taken_is_refused_before_anybody_is_asked(new: Run, web: Web) -> None:
    new("--url", "TODO")
    code, _, stderr = new("--url", web.url("/story"))

    assert (code, web.requests) == (2, [])
    assert "`chatbot-example-bank-invents-fees-2` is free" in stderr


def test_what_is_typed_is_read_too(new: Run, registry: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "converse", lambda _desk, given: {**given, "url": [web.url("/story")]})
    code, _, _ = new(terminal=True)

    assert code == 0
    assert sources(registry)[0]["title"] == "Bank's chatbot lied"


def test_a_hostile_title(new: Run, registry: Path, web: Web) -> None:
    web.page("/hostile", f"<!doctype html><title>{HOSTILE}</title><meta property=og:site_name content='{HOSTILE}'>")
    code, _, stderr = new("--url", web.url("/hostile"))
    text = (registry / PATH).read_text(encoding="utf-8")

    assert code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(stderr + text)
    assert "\n::error::" not in stderr
    assert sources(registry)[0]["title"].endswith("[red]lied: # {a} ::error::b")


def test_the_page_of_another_record_is_known_by_where_it_leads(new: Run, web: Web) -> None:
    new("--url", web.url("/story"))
    web.redirect("/short", web.url("/story"))
    address = web.url("/short", "moved.example.net")
    code, _, stderr = new("--url", address, "--fail-on-duplicate", title="Customers of a bank are misled")

    assert code == 1
    assert "is the same page as its source 1" in stderr
