"""The data formats, read back by readers that are not ficli's, and held against what each format allows."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import jsonschema
import pytest
from ruamel.yaml import YAML
from tests.citations import allowed, readers

from ficli.citations.catalogue import data_format
from ficli.citations.citation import cite_index, cite_record, cite_source
from ficli.errors import FicliError
from ficli.incident.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.citations.citation import Citation
    from ficli.config import Config

Reader: TypeAlias = "Callable[[str], list[dict[str, str]]]"

BIBER = shutil.which("biber") or ""
DAY = date(2026, 11, 22)
HARD = (
    'Chatbot says "yes" to a refund',
    "Chatbot says “yes” to a refund",
    'Chatbot says "yes to a refund',
    "Is it a bot?",
    "It is a bot!",
    "100% of R&D_ pays $5 for #1 {best ~ ^ \\ `offer`}",
    "An { unbalanced brace",
    "<script>alert('x')</script> & more",
    "Chatbot answers 🤖👨‍👩‍👧 only",
    "聊天机器人对客户说谎",
    "روبوت المحادثة يكذب على العملاء",
    "Cafe\u0301 chatbot loses an order",
    "word " * 119 + "end",
    "Two\nlines\u2028and\u202e more",
    "a -- b --- c '' ,, << >> ?` !`",
    "@comment{x} % not a comment, ER  - ",
)


def hard(record: Record, config: Config) -> list[Citation]:
    records = [Record({**record.data, "id": f"FI-{place:04}", "title": title}) for place, title in enumerate(HARD, 1)]
    return [cite_record(item, config) for item in records]


def everything(record: Record, config: Config) -> list[Citation]:
    """Give citations of every kind, with everything in them."""
    sources = Record({"id": "FI-0232", "sources": [
        {"title": "Shop bot", "url": "https://example.org/a?b=%20{c}", "publisher": "Example News", "authors": ["Ada Example", "Ben Sample"], "published": "2025-05-08"},
        {"title": "Bot", "url": "https://example.org/x", "published": "2025-05", "language": "de"},
        {"title": "Bot", "url": "https://example.org/y", "published": "2025", "language": "xx"},
    ]})  # fmt: skip
    removed = Record(
        {"id": "FI-0100", "status": "removed", "title": "Bot", "slug": "bot", "reason": "Not an AI system."}
    )
    plain = [
        cite_record(record, config, licence_line=True),
        cite_record(removed, config),
        cite_index(config, "2026-06-05"),
        *(cite_source(sources, place, config) for place in range(3)),
    ]
    return [*plain, *(replace(citation, accessed=DAY, key=f"{citation.key}-read") for citation in plain)]


def written(name: str, citations: list[Citation], flavour: str = "") -> str:
    chosen = data_format(name)
    return (chosen.flavours[flavour] if flavour else chosen.write)(citations)


# --- BibTeX and BibLaTeX -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@pytest.mark.parametrize("reader", [readers.with_bibtexparser, readers.with_pybtex])
def test_hard_titles_are_read_back(record: Record, config: Config, name: str, reader: Reader) -> None:
    citations = hard(record, config)
    entries = reader(written(name, citations))

    assert [readers.from_latex(entry["title"]) for entry in entries] == [citation.title for citation in citations]
    assert {readers.from_latex(entry["author"]) for entry in entries} == {"Realm Labs"}
    assert {entry["author"] for entry in entries} == {"{Realm Labs}"}


def test_a_bibtex_entry(citation: Citation) -> None:
    assert written("bibtex", [citation]) == (
        "@misc{fi-0232,\n"
        "  author = {{Realm Labs}},\n"
        "  title = {{Klarna reintroduces human agents after AI customer service quality declines}},\n"
        "  howpublished = {AI Failure Index},\n"
        "  year = {2026},\n"
        "  month = jun,\n"
        "  note = {Incident FI-0232; indexed 2026-06-05},\n"
        "  url = {https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service},\n"
        "}\n"
    )


def test_a_biblatex_entry(citation: Citation) -> None:
    assert written("biblatex", [replace(citation, accessed=DAY)]) == (
        "@online{fi-0232,\n"
        "  author = {{Realm Labs}},\n"
        "  title = {{Klarna reintroduces human agents after AI customer service quality declines}},\n"
        "  organization = {AI Failure Index},\n"
        "  date = {2026-06-05},\n"
        "  note = {Incident FI-0232; indexed 2026-06-05},\n"
        "  url = {https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service},\n"
        "  urldate = {2026-11-22},\n"
        "  langid = {english},\n"
        "}\n"
    )


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_only_entries_and_fields_that_the_format_has(record: Record, config: Config, name: str) -> None:
    entries = readers.with_bibtexparser(written(name, everything(record, config)))

    assert len(entries) == 12
    for entry in entries:
        assert set(entry) - {""} <= allowed.BIBLIOGRAPHY[name][entry[""]]


def test_what_bibtex_has_no_field_for_is_a_note(record: Record, config: Config) -> None:
    notes = [entry.get("note", "") for entry in readers.with_pybtex(written("bibtex", everything(record, config)))]

    assert notes[1] == "Incident FI-0100. Removed from the index: Not an AI system"
    assert notes[2] == "Version 2026.06.05"
    assert notes[8] == "Version 2026.06.05. Accessed 2026-11-22"
    assert notes[0].endswith("Full dataset at /data")


def test_persons_stay_whole(record: Record, config: Config) -> None:
    source = everything(record, config)[3]

    assert "author = {{Ada Example} and {Ben Sample}}," in written("bibtex", [source])
    assert "url = {https://example.org/a?b=%20%7Bc%7D}," in written("bibtex", [source])


LETTERS = "é à ñ ö ç ő ž ş ę ı í ĵ å Å ø ß œ æ ł ð þ đ “x” ‘y’ „z‚ « » – — … € £ ¥ § © ® ™ ° · • × ¡ ¿ ǖ ṩ"


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_ascii(citation: Citation, name: str) -> None:
    text = written(name, [replace(citation, title=LETTERS)], "ascii")

    assert text.isascii()
    assert readers.from_latex(readers.with_pybtex(text)[0]["title"]) == LETTERS


@pytest.mark.parametrize("char", ["聊", "🤖", "≠", "\u0301", "я"])
def test_what_ascii_cannot_write_is_refused(citation: Citation, char: str) -> None:
    with pytest.raises(FicliError, match=f"`{char}` cannot be written in ASCII"):
        written("bibtex", [replace(citation, title=f"A {char}")], "ascii")


def test_in_ascii_an_address_is_ascii_too(citation: Citation) -> None:
    text = written("biblatex", [replace(citation, url="https://example.org/straße")], "ascii")

    assert "url = {https://example.org/stra%C3%9Fe}," in text


@pytest.mark.skipif(not BIBER, reason="biber is not installed; `allowed.py` has what it would say")
def test_biber_misses_nothing_but_a_date_that_nobody_knows(record: Record, config: Config, tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_text(
        written("biblatex", [*everything(record, config), *hard(record, config)]), encoding="utf-8"
    )
    done = subprocess.run(  # noqa: S603 - the words are those of this test
        [BIBER, "--tool", "--validate-datamodel", "--output-file", "out.bib", "all.bib"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    warnings = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
    undated = [citation.key for citation in everything(record, config) if citation.issued is None]
    assert [line.partition("'")[2].partition("'")[0] for line in warnings] == undated
    assert all("one of 'date, year' must be defined" in line for line in warnings)


# --- RIS -----------------------------------------------------------------------------------------------------


def test_a_ris_record(citation: Citation) -> None:
    assert written("ris", [replace(citation, accessed=DAY)]) == (
        "TY  - ELEC\r\nID  - fi-0232\r\nAU  - Realm Labs\r\n"
        "TI  - Klarna reintroduces human agents after AI customer service quality declines\r\n"
        "T2  - AI Failure Index\r\nPB  - Realm Labs\r\nPY  - 2026\r\nDA  - 2026/06/05\r\nAN  - FI-0232\r\n"
        "DB  - AI Failure Index\r\nLA  - en\r\n"
        "UR  - https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service\r\n"
        "Y2  - 2026/11/22\r\nER  - \r\n"
    )
    assert "\r\nAU  - Realm Labs,\r\n" in written("ris", [citation], "endnote")


def test_ris_is_read_back(record: Record, config: Config) -> None:
    citations = [*hard(record, config), *everything(record, config)]
    text = written("ris", citations)
    found = readers.with_rispy(text)

    assert [item["title"] for item in found] == [citation.title for citation in citations]
    assert [item["authors"] for item in found] == [list(citation.authors) for citation in citations]
    assert {tag for tag, _ in readers.ris_tags(text)} <= allowed.RIS
    assert [item["type_of_reference"] for item in found].count("DATA") == 2


# --- CSL-JSON, CFF, JSON-LD ----------------------------------------------------------------------------------


def test_csl_json(record: Record, config: Config) -> None:
    citations = [*hard(record, config), *everything(record, config)]
    items = json.loads(written("csl-json", citations))
    jsonschema.validate(items, allowed.CSL_JSON)

    assert [item["title"] for item in items] == [citation.title for citation in citations]
    assert items[0]["author"] == [{"literal": "Realm Labs"}]
    assert "publisher" not in items[0]
    assert [item["version"] for item in items if item["type"] == "dataset"] == ["2026.06.05"] * 2


def test_a_publisher_that_is_not_the_author_is_named(citation: Citation) -> None:
    (item,) = json.loads(written("csl-json", [replace(citation, publisher="Example Press")]))

    assert item["publisher"] == "Example Press"


def cff(citations: list[Citation]) -> dict[str, Any]:
    text = written("cff", citations)
    data = YAML(typ="safe", pure=True).load(io.StringIO(text))
    jsonschema.validate(data, allowed.CFF)
    return cast("dict[str, Any]", data)


def test_cff(record: Record, config: Config) -> None:
    entry, _, index, *sources = everything(record, config)
    many = cff(hard(record, config))

    assert [item["title"] for item in many["references"]] == [citation.title for citation in hard(record, config)]
    assert cff([entry])["preferred-citation"]["database"] == "AI Failure Index"
    assert cff([index])["version"] == "2026.06.05"
    assert "preferred-citation" not in cff([index])
    assert cff([replace(index, version="", issued=None)])["title"] == "AI Failure Index"
    assert [item.get("year") for item in cff(sources[:3])["references"]] == [None, 2025, 2025]
    assert "license" not in cff([replace(entry, licence="Ours")])


def test_json_ld(record: Record, config: Config) -> None:
    entry, removed, index, source, *_ = everything(record, config)
    graph = json.loads(written("jsonld", [entry, removed, index, source]))
    jsonschema.validate(graph, allowed.JSON_LD)
    single = json.loads(written("jsonld", [entry]))
    jsonschema.validate(single, allowed.JSON_LD)

    assert [node["@type"] for node in graph["@graph"]] == ["WebPage", "WebPage", "Dataset", "WebPage"]
    assert graph["@graph"][3]["author"][0] == {"@type": "Person", "name": "Ada Example"}
    assert single["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert single["identifier"]["value"] == "FI-0232"


def test_json_ld_can_stand_in_a_page(citation: Citation) -> None:
    title = "</script><script>alert(1)</script><!--"
    text = written("jsonld", [replace(citation, title=title)])

    assert "<" not in text
    assert json.loads(text)["name"] == title


@pytest.mark.parametrize(("name", "flavour"), [("bibtex", ""), ("bibtex", "ascii"), ("biblatex", ""), ("ris", ""), ("ris", "endnote"), ("csl-json", ""), ("cff", ""), ("jsonld", "")])  # fmt: skip
def test_the_same_citations_give_the_same_bytes(record: Record, config: Config, name: str, flavour: str) -> None:
    assert written(name, everything(record, config), flavour) == written(name, everything(record, config), flavour)
