"""The feed is what RFC 4287 asks for, and a feed reader finds in it what the records say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser

from ficli.export import atom

from .conftest import put, record

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed(reading: DatasetOutcome) -> str:
    return "".join(atom.render(reading.dataset))


def hold_against_the_rfc(text: str) -> ET.Element:
    """Check that a feed has what RFC 4287 says it must have (sections 4.1.1 and 4.1.2), and once."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    for element, once in ((root, ("id", "title", "updated", "subtitle", "rights", "generator")), *(
        (entry, ("id", "title", "updated", "published", "summary")) for entry in root.iter(f"{ATOM}entry")
    )):  # fmt: skip
        assert {name: len(element.findall(ATOM + name)) for name in once} == dict.fromkeys(once, 1)
        assert all(
            MOMENT.fullmatch(found.text or "")
            for name in ("updated", "published")
            for found in element.findall(ATOM + name)
        )
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        assert len(kinds) == len(set(kinds))
        assert ("alternate" in {kind[0] for kind in kinds}) is True
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    names = [found.text for found in root.findall(f"{ATOM}entry/{ATOM}id")]
    assert len(names) == len(set(names))
    assert all(category.get("term") for category in root.iter(f"{ATOM}category"))
    return root


def test_the_feed_is_valid(index: Path, read: Read) -> None:
    hold_against_the_rfc(feed(read(index, only=("published", "draft"))))


def test_a_feed_reader_finds_what_was_changed_last_first(index: Path, read: Read) -> None:
    found = feedparser.parse(feed(read(index)))

    assert not found.bozo
    assert (found.version, found.feed.title, found.feed.author) == ("atom10", "AI Failure Index", "Realm Labs")
    assert found.feed.updated == "2026-04-01T00:00:00Z"
    assert [entry.link.rpartition("/")[2] for entry in found.entries] == [
        "example-bank-10", "example-bank-7", "example-bank-1",
    ]  # fmt: skip
    corrected = found.entries[1]
    assert corrected.title == "Chatbot of Example Bank invents a fee, case 7"
    assert (corrected.published, corrected.updated) == ("2026-01-10T00:00:00Z", "2026-03-05T00:00:00Z")
    assert corrected.summary.startswith("Corrected on 2026-03-05: So was the day.\n\nCorrected on 2026-03-01: ")
    assert [tag.term for tag in corrected.tags] == [
        "hallucination", "chatbot", "high", "financial-services", "fees", "refunds",
    ]  # fmt: skip


def test_a_feed_has_the_newest_or_all_since_a_day(tmp_path: Path, read: Read) -> None:
    put(tmp_path, {f"incidents/FI-{number:04}.yaml": record(number) for number in range(1, 121)})
    (tmp_path / "ficli.toml").touch()

    newest = feedparser.parse(feed(read(tmp_path)))
    assert [entry.link.rpartition("-")[2] for entry in newest.entries] == [str(number) for number in range(120, 20, -1)]
    assert len(feedparser.parse(feed(read(tmp_path, since="2026-01-01"))).entries) == 120


def test_a_feed_without_entries_is_valid(tmp_path: Path, read: Read) -> None:
    (tmp_path / "ficli.toml").touch()
    root = hold_against_the_rfc(feed(read(tmp_path)))
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_hostile_text_stays_text(index: Path, read: Read) -> None:
    (index / "ficli.toml").write_text('[index]\nname = "A & B <c>"\n', encoding="utf-8")
    title = ']]><script>alert(1)</script> & "x" \'\u202e\ufeff\x00\x1b\ufffe\ud800 \U0001f600'
    put(index, {"incidents/FI-0020.yaml": record(20, title=title, indexed_date="2026-09-09")})
    text = feed(read(index))
    root = hold_against_the_rfc(text)

    assert "\u202e" not in text
    assert "&#x202E;" in text
    assert root.findtext(f"{ATOM}title") == "A & B <c>"
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == (
        ']]><script>alert(1)</script> & "x" \'\u202e\ufeff\ufffd\ufffd\ufffd\ufffd \U0001f600'
    )
