"""`ficli check-links`: what is asked, what is found, what is remembered, and what is written."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from ficli.registry.records import read_record
from ficli.web.fetch.policy import FetchPolicy
from ficli.web.links.check import check_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web

    from ficli.web.links.verdicts import AnswerResult

Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

RECORD = """\
schema_version: 1
slug: example-bank-chatbot
status: draft
title: Example Bank's chatbot promises refunds
# kept
sources:
SOURCES"""
STORY = "<title>A story</title><h1>A story</h1><p>" + "The chatbot said what was not so. " * 40
GONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


class Links:
    """A registry of one draft, and the server at which its sources stand."""

    def __init__(self, run: Run, folder: Path, web: Web) -> None:
        self._run = run
        self.folder = folder
        self.web = web
        self.path = folder / "drafts" / "example-bank-chatbot.yaml"
        (folder / "ficli.toml").parent.mkdir()
        (folder / "ficli.toml").write_text("", encoding="utf-8")
        (folder / "drafts").mkdir()

    def cite(self, *sources: str, extra: str = "") -> None:
        """Write the draft, with sources at these paths of the server, or at these addresses."""
        items = "".join(
            f"  - kind: press\n    title: Story {number}\n    url: {self.url(source)}\n{extra}"
            for number, source in enumerate(sources)
        )
        self.path.write_text(RECORD.replace("SOURCES", items), encoding="utf-8")

    def url(self, source: str) -> str:
        """Return the address of a path of the server; an address is its own."""
        return source if "://" in source else self.web.url(source)

    def check(self, *arguments: str, day: str = "2026-11-23", **policy: object) -> tuple[int, str, str]:
        """Run the command on a day."""
        epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        return self._run(
            "check-links",
            *arguments,
            cwd=self.folder,
            variables={"SOURCE_DATE_EPOCH": str(epoch)},
            policy=self.web.policy(**policy),
        )

    def found(self, *arguments: str, day: str = "2026-11-23", **policy: object) -> list[dict[str, Any]]:
        """Run the command on a day, and give what it says of each source."""
        _, stdout, _ = self.check(*arguments, "--json", day=day, **policy)
        links: list[dict[str, Any]] = json.loads(stdout)["links"]
        return links

    def verdicts(self, *arguments: str, day: str = "2026-11-23", **policy: object) -> list[str]:
        """Run the command on a day, and give the verdict of each source."""
        return [link["verdict"] for link in self.found(*arguments, day=day, **policy)]

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for since this was last read."""
        paths = [request.split()[1] for request in self.web.requests]
        self.web.requests.clear()
        return paths


@pytest.fixture
def links(run: Run, tmp_path: Path, web: Web) -> Links:
    made = Links(run, tmp_path / "registry", web)
    web.page("/a", STORY)
    web.answers |= {"/gone": GONE, "/forbidden": FORBIDDEN}
    return made


def test_each_source_has_a_verdict_at_its_line(links: Links) -> None:
    links.web.redirect("/moved", "/a")
    links.cite("/a", "/gone", "/forbidden", "/moved", "http://127.0.0.1/x", "ftp://example.org/x")
    code, stdout, stderr = links.check()

    assert code == 0
    assert stdout == (
        "Links: 1 suspect, 3 unclear, 1 moved, 1 there\n"
        "\n"
        "  6 sources of 1 record; 4 addresses asked now.\n"
        "\n"
        "Suspect: 1\n"
        "\n"
        "  Seem to be gone. Whether they are is clear when they still are, three days after the first time.\n"
        "\n"
        "    - drafts/example-bank-chatbot.yaml:12:10: suspect\n"
        f"      {links.url('/gone')}\n"
        "      HTTP 404; asked again from 2026-11-26; no archived copy\n"
        "\n"
        "Unclear: 3\n"
        "\n"
        "  A program cannot tell whether these are there. Open them in a browser.\n"
        "\n"
        "    - drafts/example-bank-chatbot.yaml:15:10: blocked\n"
        f"      {links.url('/forbidden')}\n"
        "      HTTP 403\n"
        "    - drafts/example-bank-chatbot.yaml:21:10: refused\n"
        "      http://127.0.0.1/x\n"
        "      `127.0.0.1` is a loopback address\n"
        "    - drafts/example-bank-chatbot.yaml:24:10: refused\n"
        "      ftp://example.org/x\n"
        "      it begins with `ftp:` instead of `https://`\n"
        "\n"
        "Moved: 1\n"
        "\n"
        "  Still there. `ficli link RECORD URL --replace N` takes the new address.\n"
        "\n"
        "    - drafts/example-bank-chatbot.yaml:18:10: redirected\n"
        f"      {links.url('/moved')}\n"
        f"      it has moved for now to `{links.url('/a')}`\n"
        "\n"
    )
    assert stderr == ""


def test_a_page_is_broken_when_it_was_gone_twice_three_days_apart(links: Links) -> None:
    links.cite("/a", "/gone")

    assert links.verdicts() == ["ok", "suspect"]
    assert links.asked == ["/a", "/gone"]
    assert links.verdicts(day="2026-11-25") == ["ok", "suspect"]
    assert links.asked == []  # it is too early
    code, stdout, stderr = links.check(day="2026-11-26")
    assert links.asked == ["/gone"]
    assert code == 1
    assert "Links: 1 broken, 1 there\n" in stdout
    assert "12:10: dead\n" in stdout
    assert "HTTP 404; not there since 2026-11-23; no archived copy" in stdout
    assert stderr == "`ficli check-links --offline --write` brings `status` up to date in the records.\n"


def test_write_marks_what_is_gone_and_nothing_else(links: Links) -> None:
    links.cite("/a", "/gone", "/sold")
    links.web.page("/sold", "<h1>This domain is for sale</h1>")
    links.check()
    before = links.path.read_text(encoding="utf-8")
    code, stdout, stderr = links.check("--write", "--dry-run", day="2026-11-26")

    assert "+    status: dead" in stdout
    assert "+    status: usurped" in stdout
    assert stderr == "Would mark 1 record.\n"
    assert code == 1  # nothing was written
    assert "Broken: 2" in stdout
    assert links.path.read_text(encoding="utf-8") == before

    code, stdout, stderr = links.check("--write", "--offline", day="2026-11-26")
    assert "; now marked `dead`\n" in stdout
    after = links.path.read_text(encoding="utf-8")
    assert code == 0
    assert stderr == "Marked 1 record. Next: `ficli validate`.\n"
    assert after.splitlines()[12:17] == [
        "    status: dead",
        "  - kind: press",
        "    title: Story 2",
        f"    url: {links.url('/sold')}",
        "    status: usurped",
    ]
    assert re.sub(r"    status: .*\n", "", after) == before
    assert links.check(day="2026-11-26")[0] == 0  # the record says it now


def test_a_page_that_is_back_is_marked_live(links: Links) -> None:
    links.cite("/a", extra="    status: dead\n")
    code, stdout, _ = links.check()

    assert code == 0
    assert "Back again: 1" in stdout
    links.check("--write")
    assert "    status: live\n" in links.path.read_text(encoding="utf-8")
    assert "1 there" in links.check()[1]


@pytest.mark.parametrize("status", ["unfit", "usurped", "deviated"])
def test_what_a_person_has_judged_is_not_visited(links: Links, status: str) -> None:
    links.cite("/gone", extra=f"    status: {status}\n")

    assert links.verdicts() == ["skipped"]
    assert links.asked == []
    assert links.check("--write")[0] == 0
    assert f"status: {status}" in links.path.read_text(encoding="utf-8")


def test_an_address_is_asked_once_however_many_cite_it(links: Links) -> None:
    links.cite("/a", "/a#part", "/a?utm_source=x")

    assert links.verdicts() == ["ok", "ok", "ok"]
    assert links.asked == ["/a"]


def test_robots_txt_is_not_asked(links: Links) -> None:
    links.web.page("/robots.txt", "User-agent: *\nDisallow: /", content_type="text/plain")
    links.cite("/a")

    assert links.verdicts() == ["ok"]
    assert links.asked == ["/a"]


def test_a_long_page_is_not_read_to_its_end(links: Links) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n"
    links.web.answers["/long"] = lambda: [head, STORY.encode(), *[b"<p>word " * 8192] * 8]
    links.cite("/long")

    assert links.verdicts() == ["ok"]


def test_named_records_are_asked_at_any_time_and_told_in_full(links: Links) -> None:
    links.cite("/a")
    links.check()
    links.web.requests.clear()
    _, stdout, _ = links.check("example-bank-chatbot")

    assert links.asked == ["/a"]
    assert "There: 1\n" in stdout
    assert f"      {links.url('/a')}\n" in stdout


def test_again_asks_all(links: Links) -> None:
    links.cite("/a")
    links.check()
    links.web.requests.clear()
    links.check("--again")

    assert links.asked == ["/a"]


def test_a_limit_spreads_the_work_over_several_runs(links: Links) -> None:
    links.cite("/a", "/a?b", "/a?c")
    links.web.answers |= {"/a?b": links.web.answers["/a"], "/a?c": links.web.answers["/a"]}
    code, stdout, stderr = links.check("--limit", "2")

    assert code == 0
    assert "2 addresses asked now, 1 still to be asked" in stdout
    assert "2 there, 1 skipped" in stdout
    assert stderr == "1 address still to be asked: run the command again.\n"
    assert links.asked == ["/a", "/a?b"]
    links.check("--limit", "2")
    assert links.asked == ["/a?c"]


def test_who_has_waited_longest_is_asked_first(links: Links) -> None:
    links.web.answers |= {"/b": links.web.answers["/a"]}
    links.cite("/b")
    links.check(day="2026-10-01")
    links.cite("/a", "/b")
    links.check(day="2026-10-02")
    links.asked  # noqa: B018 - forgets them
    links.check("--limit", "1", day="2026-11-23")

    assert links.asked == ["/b"]


def test_offline_asks_nobody(links: Links) -> None:
    links.cite("/a")

    assert links.verdicts("--offline") == ["skipped"]
    assert links.check("--offline")[2] == ""
    assert links.asked == []


def test_a_run_that_is_stopped_has_kept_what_was_answered(links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    from ficli.web.links.history import LinkMemory

    links.cite("/a", "/a?b")
    links.web.answers["/a?b"] = links.web.answers["/a"]
    put = LinkMemory.put

    def interrupted(memory: LinkMemory, seen: Any) -> None:  # noqa: ANN401 - handed on
        put(memory, seen)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LinkMemory, "put", interrupted)
        code, _, stderr = links.check()
    assert code == 130
    assert stderr == "What has been answered is kept; the next run goes on from there.\ninterrupted\n"
    assert sorted(links.verdicts("--offline")) == ["ok", "skipped"]


def test_a_network_that_is_down_says_nothing_of_the_pages(links: Links) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError

    links.cite("http://one.example.org/a", "http://two.example.org/a")
    code, stdout, stderr = links.check(resolve=unknown)

    assert (code, stdout) == (3, "")
    assert stderr == (
        "error: not one of 2 sites could be reached, so nothing is known of any\n"
        "  help: is there a connection to the network?\n"
    )
    assert links.verdicts("--offline") == ["skipped", "skipped"]


def test_a_domain_that_is_gone_is_seen_when_others_are_there(links: Links) -> None:
    def some(host: str, _port: int) -> list[str]:
        if host == "gone.example.org":
            raise OSError
        return ["127.0.0.1"]

    links.cite("http://gone.example.org/a", "/a")

    assert links.verdicts(resolve=some) == ["suspect", "ok"]
    assert links.found(day="2026-11-26", resolve=some)[0]["verdict"] == "dead"


def test_a_name_that_cannot_be_looked_up_for_now_is_not_gone(links: Links) -> None:
    import socket

    def some(host: str, _port: int) -> list[str]:
        if host == "later.example.org":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return ["127.0.0.1"]

    links.cite("http://later.example.org/a", "/a")

    assert links.verdicts(resolve=some) == ["timeout", "ok"]


def test_several_sources_that_lead_to_one_page_are_soft_404s(links: Links) -> None:
    links.web.redirect("/one", "/news")
    links.web.redirect("/two", "/news")
    links.web.page("/news", STORY)
    links.cite("/one", "/two")
    code, stdout, _ = links.check()

    assert code == 1
    assert "soft-404" in stdout
    assert f"it leads to `{links.url('/news')}`, as other sources do" in stdout


def test_a_busy_site_is_asked_when_it_wants(links: Links) -> None:
    links.web.answers["/busy"] = b"HTTP/1.1 429 Busy\r\nRetry-After: 172800\r\nContent-Length: 0\r\n\r\n"
    links.cite("/busy")
    found = links.found()[0]

    assert (found["verdict"], found["next_check"]) == ("blocked", "2026-11-25")
    links.asked  # noqa: B018 - forgets them
    links.check(day="2026-11-24")
    assert links.asked == []


def test_markdown_is_for_a_summary_and_holds_no_markup_of_others(links: Links) -> None:
    links.web.page("/odd", "<title>Not found</title><h1>Not found @somebody <script>alert(1)</script> ::error::x</h1>")
    links.cite("/odd")
    code, stdout, _ = links.check("--output-format", "markdown")

    assert code == 1
    assert stdout.startswith("# Links: 1 broken\n")
    assert "<script" not in stdout
    assert not re.search(r"(?<!`)@somebody(?!`)", re.sub(r"`[^`]*`", "", stdout))


def test_what_servers_say_acts_on_no_terminal(links: Links) -> None:
    links.web.page("/odd", "<title>Not found \x1b]0;owned\x07 \u202e ##[error]x</title>")
    links.cite("/odd")
    for arguments in ([], ["--json"], ["--output-format", "markdown"]):
        text = "".join(map(str, links.check(*arguments)[1:]))
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "##[" not in text


def test_json_has_everything(links: Links) -> None:
    links.cite("/a", "/gone")
    code, stdout, _ = links.check("--json")
    data = json.loads(stdout)

    assert code == 0
    assert data["summary"] == {"records": 1, "sources": 2, "asked": 2, "waiting": 0, "suspect": 1, "there": 1}
    assert data["links"][1] == {
        "path": "drafts/example-bank-chatbot.yaml",
        "line": 12,
        "column": 10,
        "source": 2,
        "url": links.url("/gone"),
        "verdict": "suspect",
        "detail": "HTTP 404",
        "status": None,
        "has_archived_copy": False,
        "final_url": None,
        "checked": "2026-11-23",
        "next_check": "2026-11-26",
        "failing_since": "2026-11-23",
        "last_there": None,
    }


def test_a_registry_without_records_is_a_mistake(links: Links) -> None:
    code, _, stderr = links.check()

    assert code == 2
    assert "there are no records" in stderr


def test_a_file_that_is_no_record_is_told(links: Links) -> None:
    links.cite("/a")
    (links.folder / "drafts" / "odd.yaml").write_text("a: [", encoding="utf-8")
    code, stdout, stderr = links.check()

    assert code == 0
    assert "1 there" in stdout
    assert stderr == "note: `drafts/odd.yaml` cannot be read as a record\n"


def test_a_record_that_is_edited_while_addresses_are_asked_is_left_alone(
    links: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    links.cite("/gone")
    links.check()

    def edited(*arguments: Any) -> AnswerResult:  # noqa: ANN401 - handed on
        links.cite("/a", "/gone")  # what was the first source is the second now
        return check_answer(*arguments)

    monkeypatch.setattr("ficli.commands.check_links.check_links.check_answer", edited)
    code, _, stderr = links.check("--write", day="2026-11-26")
    assert (code, "changed by someone else" in stderr) == (3, True)
    assert "status: dead" not in links.path.read_text(encoding="utf-8")

    monkeypatch.undo()
    code, _, stderr = links.check("--write", day="2026-11-26")
    assert (code, links.path.read_text(encoding="utf-8").count("status: dead")) == (0, 1), stderr


def test_a_record_that_changes_meanwhile_is_not_overwritten(links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    links.cite("/gone")
    links.check()

    def changed(root: Path, path: str) -> bytes:
        return read_record(root, path) + b"# by somebody else\n"

    monkeypatch.setattr("ficli.registry.writing.read_record", changed)
    code, _, stderr = links.check("--write", day="2026-11-26")

    assert code == 3
    assert "changed by someone else" in stderr
    assert "status: dead" not in links.path.read_text(encoding="utf-8")


def test_private_addresses_are_never_asked(links: Links) -> None:
    links.cite("http://intranet.example.org/a", "/a")
    policy = FetchPolicy(resolve=lambda host, _: ["10.0.0.1"] if host.startswith("intranet") else ["127.0.0.1"])

    assert links.verdicts(resolve=policy.resolve)[0] == "refused"


def test_a_memory_that_somebody_has_committed_is_not_believed(links: Links, git: Callable[..., str]) -> None:
    links.cite("/gone")
    links.check()
    memory = links.folder / ".ficli" / "links.sqlite"
    git(links.folder, "init", "-q")
    assert links.verdicts("--offline") == ["suspect"]  # git does not know it yet
    git(links.folder, "add", "--force", str(memory))
    before = memory.read_bytes()
    code, stdout, stderr = links.check(day="2026-11-26")

    assert code == 0
    assert "suspect" in stdout  # not `dead`, which its first day would make of it
    assert "`.ficli/links.sqlite` is in git" in stderr
    assert memory.read_bytes() == before
