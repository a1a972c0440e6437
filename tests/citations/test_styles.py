"""Every style against the table in `docs/cite.md`: an entry, the index, a source, the text, and what may be missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ficli.citations.catalogue import DATA_FORMATS, STYLES, data_format, style
from ficli.citations.citation import cite_index, cite_source
from ficli.citations.markup import to_markdown, to_text
from ficli.incident.record import Record

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.config import Config

T = "Klarna reintroduces human agents after AI customer service quality declines"
C = "Klarna Reintroduces Human Agents after AI Customer Service Quality Declines"
U = "https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service"
DAY = date(2026, 11, 22)

ENTRY = {
    "house": f'AI Failure Index. "{T}" (FI-0232). Realm Labs. {U} (indexed Jun 5, 2026).',
    "apa": f"Realm Labs. (2026, June 5). *{T}* (FI-0232). AI Failure Index. {U}",
    "mla": f"“{C}.” *AI Failure Index*, FI-0232, Realm Labs, 5 June 2026, {U}.",
    "chicago": f"Realm Labs. “{C}.” FI-0232. AI Failure Index, June 5, 2026. {U}.",
    "chicago-note": f"Realm Labs, “{C},” FI-0232, AI Failure Index, June 5, 2026, {U}.",
    "chicago-author-date": f"Realm Labs. 2026. “{C}.” FI-0232. AI Failure Index, June 5. {U}.",
    "ieee": f"[1] Realm Labs, “{T},” AI Failure Index. Accessed: Nov. 22, 2026. [Online]. Available: {U}",
    "harvard": f"Realm Labs (2026) *{T}*, *AI Failure Index*. Available at: {U} (Accessed: 22 November 2026).",
    "vancouver": f"1. Realm Labs. AI Failure Index [Internet]. Realm Labs; 2026 [cited 2026 Nov 22]. {T}. Available from: {U}",
    "ama": f"1. Realm Labs. {T}. AI Failure Index. June 5, 2026. Accessed November 22, 2026. {U}",
}
INDEX = {
    "house": "AI Failure Index (version 2026.06.05). Realm Labs. https://failureindex.ai.",
    "apa": "Realm Labs. (2026). *AI Failure Index* (Version 2026.06.05) [Data set]. https://failureindex.ai",
    "mla": "*AI Failure Index*. Version 2026.06.05, Realm Labs, 2026, https://failureindex.ai.",
    "chicago": "Realm Labs. *AI Failure Index*. Version 2026.06.05. 2026. https://failureindex.ai.",
    "chicago-note": "Realm Labs, *AI Failure Index*, version 2026.06.05, 2026, https://failureindex.ai.",
    "chicago-author-date": "Realm Labs. 2026. *AI Failure Index*. Version 2026.06.05. https://failureindex.ai.",
    "ieee": "[1] Realm Labs, *AI Failure Index* (version 2026.06.05), 2026. Accessed: Nov. 22, 2026. [Online]. Available: https://failureindex.ai",
    "harvard": "Realm Labs (2026) *AI Failure Index* (Version 2026.06.05) [Data set]. Available at: https://failureindex.ai (Accessed: 22 November 2026).",
    "vancouver": "1. Realm Labs. AI Failure Index [Internet]. Version 2026.06.05. Realm Labs; 2026 [cited 2026 Nov 22]. Available from: https://failureindex.ai",
    "ama": "1. Realm Labs. AI Failure Index. Version 2026.06.05. June 5, 2026. Accessed November 22, 2026. https://failureindex.ai",
}
IN_TEXT = {
    "house": ("(AI Failure Index, FI-0232)", "(AI Failure Index, 2026.06.05)"),
    "apa": ("(Realm Labs, 2026)", "(Realm Labs, 2026)"),
    "mla": ("(“Klarna”)", "(*AI Failure Index*)"),
    "chicago": ("Realm Labs, “Klarna Reintroduces Human Agents.”", "Realm Labs, *AI Failure Index*."),
    "chicago-note": ("Realm Labs, “Klarna Reintroduces Human Agents.”", "Realm Labs, *AI Failure Index*."),
    "chicago-author-date": ("(Realm Labs 2026)", "(Realm Labs 2026)"),
    "ieee": ("[1]", "[1]"),
    "harvard": ("(Realm Labs, 2026)", "(Realm Labs, 2026)"),
    "vancouver": ("(1)", "(1)"),
    "ama": ("¹", "¹"),
}


def accessed(citation: Citation, name: str) -> Citation:
    return replace(citation, accessed=DAY if style(name).wants_access_date else None)


def starred(citation: Citation, name: str, *, in_text: bool = False) -> str:
    """Write a citation as the table has it: italics between stars, nothing escaped."""
    known = style(name)
    pieces = (known.in_text if in_text else known.reference)(citation)
    return "".join(f"*{piece.text}*" if piece.italic else piece.text for piece in pieces)


def test_the_tables_know_every_style_and_nothing_else() -> None:
    assert list(ENTRY) == list(INDEX) == list(IN_TEXT) == list(STYLES)
    with pytest.raises(KeyError):
        style("turabian")
    with pytest.raises(KeyError):
        data_format("endnote-xml")
    assert all(data_format(name).title for name in DATA_FORMATS)


@pytest.mark.parametrize("name", STYLES)
def test_an_entry(citation: Citation, name: str) -> None:
    assert starred(accessed(citation, name), name) == ENTRY[name]
    assert to_text(style(name).reference(accessed(citation, name))) == ENTRY[name].replace("*", "")


@pytest.mark.parametrize("name", STYLES)
def test_the_index(config: Config, name: str) -> None:
    assert starred(accessed(cite_index(config, "2026-06-05"), name), name) == INDEX[name]


@pytest.mark.parametrize("name", STYLES)
def test_an_index_without_records(config: Config, name: str) -> None:
    written = starred(cite_index(config, ""), name)

    assert "ersion" not in written
    assert "()" not in written
    assert "None" not in written
    assert ", ," not in written


@pytest.mark.parametrize("name", STYLES)
def test_in_the_text(citation: Citation, config: Config, name: str) -> None:
    entry, index = IN_TEXT[name]

    assert starred(citation, name, in_text=True) == entry
    assert starred(cite_index(config, "2026-06-05"), name, in_text=True) == index


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("house", f"{U} (indexed Jun 5, 2026; accessed Nov 22, 2026)."),
        ("apa", f"Retrieved November 22, 2026, from {U}"),
        ("mla", f"{U}. Accessed 22 Nov. 2026."),
        ("chicago", f"AI Failure Index, June 5, 2026. Accessed November 22, 2026. {U}."),
        ("chicago-note", f"AI Failure Index, June 5, 2026, accessed November 22, 2026, {U}."),
        ("chicago-author-date", f"AI Failure Index, June 5. Accessed November 22, 2026. {U}."),
    ],
)
def test_a_day_of_access_where_the_style_does_not_ask_for_one(citation: Citation, name: str, end: str) -> None:
    assert starred(replace(citation, accessed=DAY), name).endswith(end)


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("ieee", f"AI Failure Index. [Online]. Available: {U}"),
        ("harvard", f"Available at: {U}."),
        ("vancouver", f"Realm Labs; 2026. {T}. Available from: {U}"),
        ("ama", f"AI Failure Index. June 5, 2026. {U}"),
    ],
)
def test_no_day_of_access_where_the_style_asks_for_one(citation: Citation, name: str, end: str) -> None:
    assert starred(citation, name).endswith(end)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("house", f"Realm Labs. {U}."),
        ("apa", "Realm Labs. (n.d.). *Klarna"),
        ("mla", f"FI-0232, Realm Labs, {U}."),
        ("chicago", f"FI-0232. AI Failure Index. {U}."),
        ("chicago-note", f"FI-0232, AI Failure Index, {U}."),
        ("chicago-author-date", "Realm Labs. n.d. “Klarna"),
        ("harvard", "Realm Labs (no date) *Klarna"),
        ("vancouver", f"[Internet]. Realm Labs. {T}."),
        ("ama", f"AI Failure Index. {U}"),
    ],
)
def test_a_record_without_a_date(citation: Citation, name: str, part: str) -> None:
    assert part in starred(replace(citation, issued=None), name)


@pytest.mark.parametrize("title", ["Is it a bot?", "It is a bot!", "It asks “why?”", "Bot of Initech Inc."])
@pytest.mark.parametrize("name", STYLES)
def test_a_title_that_ends_in_a_mark_swallows_the_period_of_the_style(
    citation: Citation, name: str, title: str
) -> None:
    written = starred(replace(citation, title=title), name)

    for end in ("?.", "!.", "?”.", "!”.", "?’.”", "..", "?*.", "!*."):
        assert end not in written


SOURCES = {
    "sources": [
        {
            "title": "Shop bot gives goods away",
            "url": "https://news.example.org/bot",
            "publisher": "Example News",
            "authors": ["Ada Example", "Ben Sample"],
            "published": "2025-05-08",
        },
        {
            "title": "Statement",
            "url": "https://shop.example.org/statement",
            "publisher": "Example Shop",
            "published": "2025-05",
        },
        {"title": "Der Bot der Bank", "url": "https://www.example.org/de", "language": "de", "published": "2025"},
        {
            "title": "Paper",
            "url": "https://example.org/p",
            "publisher": "Journal",
            "authors": ["A. One", "B. Two", "C. Three"],
        },
    ],
    "id": "FI-0001",
}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("house", 'Example News. "Shop bot gives goods away". Ada Example and Ben Sample. https://news.example.org/bot (published May 8, 2025).', '"Statement". Example Shop. https://shop.example.org/statement (published May 2025).'),
        ("apa", "Ada Example & Ben Sample. (2025, May 8). *Shop bot gives goods away*. Example News. https://news.example.org/bot", "Example Shop. (2025, May). *Statement*. https://shop.example.org/statement"),
        ("mla", "Ada Example and Ben Sample. “Shop Bot Gives Goods Away.” *Example News*, 8 May 2025, https://news.example.org/bot.", "“Statement.” Example Shop, May 2025, https://shop.example.org/statement."),
        ("chicago", "Ada Example and Ben Sample. “Shop Bot Gives Goods Away.” Example News, May 8, 2025. https://news.example.org/bot.", "Example Shop. “Statement.” May 2025. https://shop.example.org/statement."),
        ("chicago-note", "Ada Example and Ben Sample, “Shop Bot Gives Goods Away,” Example News, May 8, 2025, https://news.example.org/bot.", "Example Shop, “Statement,” May 2025, https://shop.example.org/statement."),
        ("chicago-author-date", "Ada Example and Ben Sample. 2025. “Shop Bot Gives Goods Away.” Example News, May 8. https://news.example.org/bot.", "Example Shop. 2025. “Statement.” May. https://shop.example.org/statement."),
        ("ieee", "[1] Ada Example and Ben Sample, “Shop bot gives goods away,” Example News. [Online]. Available: https://news.example.org/bot", "[1] Example Shop, “Statement.” [Online]. Available: https://shop.example.org/statement"),
        ("harvard", "Ada Example and Ben Sample (2025) *Shop bot gives goods away*, *Example News*. Available at: https://news.example.org/bot.", "Example Shop (2025) *Statement*. Available at: https://shop.example.org/statement."),
        ("vancouver", "1. Ada Example, Ben Sample. Shop bot gives goods away [Internet]. Example News; 2025 May 8. Available from: https://news.example.org/bot", "1. Example Shop. Statement [Internet]. Example Shop; 2025 May. Available from: https://shop.example.org/statement"),
        ("ama", "1. Ada Example, Ben Sample. Shop bot gives goods away. Example News. May 8, 2025. https://news.example.org/bot", "1. Example Shop. Statement. May 2025. https://shop.example.org/statement"),
    ],
)  # fmt: skip
def test_sources(config: Config, name: str, first: str, second: str) -> None:
    record = Record(SOURCES)

    assert starred(cite_source(record, 0, config), name) == first
    assert starred(cite_source(record, 1, config), name) == second


def test_a_source_keeps_its_language_and_stands_for_itself(config: Config) -> None:
    german = cite_source(Record(SOURCES), 2, config)
    paper = cite_source(Record(SOURCES), 3, config)

    assert "“Der Bot der Bank.”" in starred(german, "mla")
    assert starred(german, "chicago", in_text=True) == "example.org, “Der Bot der Bank.”"
    assert german.authors == ("example.org",)
    assert starred(paper, "apa", in_text=True) == "(A. One et al., n.d.)"
    assert starred(paper, "apa").startswith("A. One, B. Two, & C. Three. (n.d.).")
    assert starred(paper, "house", in_text=True) == '(A. One, B. Two, and C. Three, "Paper")'


def test_a_source_of_which_nearly_nothing_is_known(config: Config) -> None:
    broken = Record({"id": "FI-0001", "sources": [{"title": "Bot", "url": "http://[broken", "authors": [1, " "]}, "x"]})
    nobody = cite_source(broken, 0, config)

    assert nobody.authors == ()
    assert starred(nobody, "apa") == "*Bot*. (n.d.). http://[broken"
    assert starred(nobody, "harvard") == "*Bot* (no date). Available at: http://[broken."
    assert starred(nobody, "apa", in_text=True) == "(Bot, n.d.)"
    assert starred(nobody, "chicago-note") == "“Bot,” http://[broken."
    assert starred(nobody, "chicago", in_text=True) == "“Bot.”"
    assert cite_source(broken, 7, config).title == ""


def test_titles_keep_their_case_when_asked(citation: Citation) -> None:
    kept = replace(citation, keep_case=True)

    assert f"“{T}.”" in starred(kept, "mla")
    assert starred(kept, "chicago", in_text=True) == "Realm Labs, “Klarna reintroduces human agents.”"
    assert starred(replace(kept, short_title="the bot"), "mla", in_text=True) == "(“the bot”)"


def test_another_publisher_is_printed(citation: Citation) -> None:
    other = replace(citation, publisher="Example Press")

    assert "AI Failure Index. Example Press. https" in starred(other, "apa")
    assert starred(other, "mla").startswith("Realm Labs. “Klarna")


def test_markdown_has_the_italics_of_the_table(citation: Citation) -> None:
    assert to_markdown(style("apa").reference(citation)) == ENTRY["apa"].replace(U, f"<{U}>")


def test_the_documentation_has_the_same_strings() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cite.md").read_text(encoding="utf-8")

    assert all(f"| {name} | {string} |\n" in page for table in (ENTRY, INDEX) for name, string in table.items())
    assert all(f"| {name} | {' | '.join(strings)} |\n" in page for name, strings in IN_TEXT.items())


def test_every_data_format_is_written_by_a_test() -> None:
    tests = Path(__file__).with_name("test_formats.py").read_text(encoding="utf-8")

    assert [name for name in DATA_FORMATS if f'written("{name}", ' not in tests] == []


def test_the_page_on_citing_names_every_data_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cite.md").read_text(encoding="utf-8")
    _head, _line, *rows = page.partition("\n## Data\n\n")[2].partition("\n\n")[0].splitlines()

    assert tuple(row.split("`")[1] for row in rows) == DATA_FORMATS
