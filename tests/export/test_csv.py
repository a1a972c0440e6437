"""Tables are read back by the `csv` module as they were written, and a spreadsheet calculates nothing in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest

from ficli.export import csv_

from .conftest import put, record

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]


def rows(pieces: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(pieces), newline="")))


def test_a_record_is_a_row(index: Path, read: Read) -> None:
    least, full, _ = rows(csv_.render(read(index).dataset))

    assert (least["id"], least["title"]) == ("FI-0001", "Chatbot of Example Bank invents a fee, case 1")
    assert least["what_happened"] == "The chatbot told customers of a fee.\n\nThere was none."
    assert (least["anonymized"], full["anonymized"], least["source_count"]) == ("false", "true", "1")
    assert (full["quote_text"], full["quote_source"], least["quote_text"]) == ("We are sorry.", "1", "")
    assert (full["organizations"], full["systems"]) == ("A bank in Europe", "Teller; Base model")
    assert (full["countries"], full["impact_amounts"]) == ("DE; AT", "1200.5 EUR")
    assert full["corrections"] == "2026-03-01: The sum was wrong.; 2026-03-05: So was the day."
    assert full["citations_house"].endswith("(indexed Jan 10, 2026).")
    assert not [name for name in full if name.startswith("sources") or name == "steward_note"]


def test_a_source_is_a_row_with_its_record(index: Path, read: Read) -> None:
    found = rows(csv_.render_sources(read(index, only=("published", "draft")).dataset))

    assert [row["record"] for row in found] == ["FI-0001", "FI-0007", "FI-0007", "FI-0010", "a-draft"]
    assert (found[1]["number"], found[1]["authors"]) == ("1", "B. Example; C. Example")
    assert found[1]["archive_url"] == "https://archive.example.com/12"


def test_the_files_there_are(index: Path, read: Read) -> None:
    assert list(csv_.files(read(index).dataset)) == ["records.csv", "sources.csv", "tombstones.csv"]
    assert list(csv_.files(read(index, only=("published",)).dataset)) == ["records.csv", "sources.csv"]
    assert list(csv_.files(read(index, only=("published",), fields=("id", "sources")).dataset)) == ["records.csv"]
    found = rows(csv_.files(read(index).dataset)["tombstones.csv"])
    assert (found[0]["id"], found[0]["redirect_to"]) == ("FI-0002", "FI-0001")


def test_chosen_fields_are_the_columns(index: Path, read: Read) -> None:
    text = "".join(csv_.render(read(index, fields=("severity", "sources", "id")).dataset))
    assert text.splitlines()[:2] == ["severity,sources,id", "medium,https://news.example.org/1,FI-0001"]
    assert text.endswith("\r\n")


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '"=1', "'=1", "''=1", "\u201c=1", "\u00a0=1",
    "\u200b=1", "\ufeff=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20A", "\ttext", "-", "- a dash",
]  # fmt: skip
TEXTS = ["", "text", "a=b", "1-2", "'text'", '"quoted"', "e@example.org", " text", "5 % +"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_.neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_stays(text: str) -> None:
    assert csv_.neutral(text) == text


def test_a_long_run_of_what_may_stand_before_a_formula_is_walked_once() -> None:
    for run in ("\n", "\u2028", " '\u200b\n"):
        assert csv_.neutral(f" {run * 5000}x") == f" {run * 5000}x"
        assert csv_.neutral(f" {run * 5000}=") == f"' {run * 5000}="


@pytest.mark.parametrize("text", [*FORMULAS, *TEXTS])
def test_what_was_done_can_be_undone_as_documented(text: str) -> None:
    written = csv_.neutral(text)
    undone = written[1:] if written[:1] == "'" and csv_.neutral(written[1:]) == written else written
    assert undone == text


def test_no_cell_of_a_hostile_record_is_a_formula(index: Path, read: Read) -> None:
    evil = record(
        20, title="=cmd|'/c calc'!A1", summary="@SUM(1) is what it said to customers. They were all quite surprised.",
        organizations=[{"name": "+Bank", "role": "deployer"}, {"name": "=Bank", "role": "other"}],
        sources=[{"kind": "press", "title": "-title", "url": "https://news.example.org/20", "authors": ["=A", "=B"]}],
    )  # fmt: skip
    put(index, {"incidents/FI-0020.yaml": evil})
    for pieces in csv_.files(read(index).dataset).values():
        for row in rows(pieces):
            assert [cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r")] == []
    last = rows(csv_.render(read(index).dataset))[-1]
    assert (last["title"], last["organizations"]) == ("'=cmd|'/c calc'!A1", "'+Bank; '=Bank")
