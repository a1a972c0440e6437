"""What a citation takes from a record, and what hostile records cannot put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.citations.citation import (
    address,
    cite_index,
    cite_record,
    cite_source,
    first_words,
    key_of,
    licence_url,
    one_line,
)
from ficli.citations.dates import day_first, month_first, without_year, year_first
from ficli.dates import PartialDate
from ficli.incident.derived import changed_date
from ficli.incident.record import Record
from ficli.wording import HIDDEN

if TYPE_CHECKING:
    from ficli.config import Config


def test_nothing_hidden_gets_in(config: Config) -> None:
    hostile = "\x1b]0;x\x07 a\u202eb\u2028c\nd\u200be\ud800"
    record = Record(
        {
            "id": hostile,
            "slug": hostile,
            "title": hostile,
            "status": "removed",
            "reason": hostile,
            "retired_date": hostile,
            "sources": [{"title": hostile, "url": hostile, "publisher": hostile, "authors": [hostile], "language": hostile}],
        }
    )  # fmt: skip
    for citation in (cite_record(record, config, licence_line=True), cite_source(record, 0, config)):
        texts = [value for name in citation.__slots__ for value in [getattr(citation, name)] if isinstance(value, str)]

        assert not HIDDEN.search("".join((*texts, *citation.authors)))
        assert citation.title == "]0;x ab c de"


def test_a_removed_record_says_so(config: Config) -> None:
    removed = Record({"id": "FI-0001", "status": "removed", "title": "Bot", "slug": "bot", "retired_date": "2026-07-01", "reason": "Not an AI system."})  # fmt: skip

    assert cite_record(removed, config).mark == "Removed from the index on 2026-07-01: Not an AI system"
    assert cite_record(Record({"status": "removed"}), config).mark == "Removed from the index"


def test_the_line_about_the_licence(config: Config, record: Record) -> None:
    citation = cite_record(record, config, licence_line=True)

    assert (
        citation.licence_line
        == "Data fields CC-BY 4.0, prose citation permitted. Incident ID FI-0232. Full dataset at /data."
    )
    assert cite_record(record, config).licence_line == ""
    assert citation.note.endswith("indexed 2026-06-05. " + citation.licence_line.rstrip("."))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ('https://example.org/a b<c>"d"{e}|f\\g^h`i', "https://example.org/a%20b%3Cc%3E%22d%22%7Be%7D%7Cf%5Cg%5Eh%60i"),
        ("https://example.org/straße/%20", "https://example.org/straße/%20"),
    ],
)  # fmt: skip
def test_addresses(url: str, safe: str) -> None:
    assert address(url) == safe
    assert address(safe) == safe


def test_keys_and_short_titles(config: Config) -> None:
    assert cite_index(config, "").key == "ai-failure-index"
    assert key_of("Index für KI!") == "index-f-r-ki"
    assert key_of("指数") == "index"
    assert first_words("The “bot” lies", 1) == "bot"
    assert first_words("A", 1) == "A"
    assert first_words("“”", 1) == "“”"
    assert one_line(" a\t\nb\u2029c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-06-05", ("June 5, 2026", "5 June 2026", "2026 Jun 5", "June 5")),
        ("2026-06", ("June 2026", "June 2026", "2026 Jun", "June")),
        ("2026", ("2026", "2026", "2026", "")),
        ("", ("", "", "", "")),
    ],
)
def test_dates(text: str, written: tuple[str, ...]) -> None:
    day = PartialDate.parse(text)

    assert (month_first(day), day_first(day), year_first(day), without_year(day)) == written


def test_licences() -> None:
    assert licence_url("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert licence_url("CC-BY-NC-SA-2.5") == "https://creativecommons.org/licenses/by-nc-sa/2.5/"
    assert licence_url("CC0-1.0") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert licence_url("Ours") == ""


def test_the_last_change_of_a_record() -> None:
    corrections = [{"date": "2026-07-01"}, {"date": "2026-08"}, {"date": 3}]

    assert changed_date(Record({"indexed_date": "2026-06-05", "corrections": corrections})) == "2026-07-01"
    assert changed_date(Record({"retired_date": "2026-06-05", "indexed_date": "soon"})) == "2026-06-05"
    assert changed_date(Record({})) == ""
