"""What can be cited and what cannot, from a folder and from an exported index, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ficli.citations.catalogue import DATA_FORMATS
from ficli.citations.markup import WRITERS
from ficli.commands.cite.citable import CiteSelection
from ficli.commands.cite.cite import CiteRequest, cite
from ficli.commands.cite.record_source import ExportRecordSource, RecordSource, open_record_source
from ficli.errors import FicliError, UsageError
from ficli.registry import records
from ficli.registry.records import read_record
from ficli.web.exported_index import ExportedIndex
from ficli.web.fetch.policy import FetchPolicy
from ficli.wording import listed

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

World = Callable[..., "Environment"]
Cite = Callable[..., tuple[str, list[str]]]

KLARNA = "incidents/FI-0232.yaml"
DRAFT = "air-canada-held-liable-chatbot-bereavement-fares"
TOMBSTONE = """\
schema_version: 1
id: {id}
slug: {slug}
status: {status}
title: Bot of Example Bank
{more}
retired_date: 2026-07-01
"""


def tombstone(registry: Path, record_id: str, status: str, more: str) -> None:
    text = TOMBSTONE.format(id=record_id, slug=f"bot-{record_id.lower()}", status=status, more=more)
    (registry / "incidents" / f"{record_id}.yaml").write_text(text, encoding="utf-8")


def merged(registry: Path, record_id: str, into: str) -> None:
    tombstone(registry, record_id, "merged", f"merged_into: {into}\nreason: The same event.")


def change(registry: Path, old: str, new: str) -> None:
    path = registry / KLARNA
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def cited(environment: World, registry: Path) -> Cite:
    """Return a function that cites records of the registry, and gives the text and the notes."""

    def done(*names: str, style: str = "", form: str = "text", **wanted: Any) -> tuple[str, list[str]]:  # noqa: ANN401
        here = environment(cwd=registry)
        request = CiteRequest(CiteSelection(names, **wanted), style=style, form=form)
        request.check()
        opened, _ = open_record_source(here, "", names, FetchPolicy, offline=False)
        notes: list[str] = []
        return cite(here, opened, request, notes.append).text, notes

    return done


def test_a_merged_record_cites_the_one_it_was_merged_into(cited: Cite, registry: Path) -> None:
    merged(registry, "FI-0100", "FI-0101")
    merged(registry, "FI-0101", "FI-0232")
    text, notes = cited("FI-0100")

    assert text == cited("232")[0]
    assert notes == [
        "`FI-0100` was merged into `FI-0101`, which is cited in its place",
        "`FI-0101` was merged into `FI-0232`, which is cited in its place",
    ]
    assert cited("100", "232")[1][-1] == "`FI-0232` is cited once, though it is meant twice"


def test_a_merge_that_leads_nowhere(cited: Cite, registry: Path) -> None:
    merged(registry, "FI-0100", "FI-0101")
    merged(registry, "FI-0101", "FI-0100")
    merged(registry, "FI-0102", "FI-9999")
    merged(registry, "FI-0103", '""')

    for name in ("100", "103"):
        with pytest.raises(FicliError, match="was merged, but not into a record that can be cited"):
            cited(name)
    with pytest.raises(UsageError, match="there is no record `FI-9999`"):
        cited("102")


def test_a_removed_record_is_refused_with_its_reason(cited: Cite, registry: Path) -> None:
    tombstone(registry, "FI-0100", "removed", "reason: Not an AI system.")
    with pytest.raises(FicliError, match=r"`FI-0100` was removed on 2026-07-01: Not an AI system$") as refused:
        cited("100")

    assert refused.value.hint == "`--force` cites it all the same, marked as removed"

    text, notes = cited("100", force=True, style="apa")

    assert text == (
        "Realm Labs. (n.d.). Bot of Example Bank (FI-0100). AI Failure Index. "
        "https://failureindex.ai/failures/bot-fi-0100 [Removed from the index on 2026-07-01: Not an AI system.]\n"
    )
    assert notes == ["`FI-0100` was removed; its citation is marked so"]
    with pytest.raises(FicliError, match="was removed"):
        cited("100", force=True, sources=True)


def test_a_draft_is_refused(cited: Cite) -> None:
    with pytest.raises(FicliError, match=f"`{DRAFT}` is a draft"):
        cited(DRAFT)


def test_low_confidence_is_said(cited: Cite) -> None:
    assert cited("666")[1] == ["`FI-0666` has low confidence: no two sources are independent: both are at `ftc.gov`"]
    assert cited("232")[1] == []
    assert cited(every=True)[1] == ["2 records have low confidence: `ficli list --confidence low`"]


def test_a_record_without_a_date(cited: Cite, registry: Path) -> None:
    change(registry, "indexed_date: 2026-06-05\n", "")
    text, notes = cited("232", style="harvard")

    assert text.startswith("Realm Labs (no date) Klarna")
    assert notes == ["`FI-0232` has no `indexed_date`, so its citation has no date"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Klarna reintroduces human agents after AI customer service quality declines\n", "", "has no `title`"),
        ("slug: klarna-reintroduces-human-agents-customer-service\n", "", "has no `slug`"),
        ("status: published", "status: odd", "has no status by which it could be cited: `odd`"),
        ("schema_version: 1", "- x", "cannot be read as a record"),
    ],
)
def test_a_record_that_cannot_be_cited(cited: Cite, registry: Path, old: str, new: str, said: str) -> None:
    change(registry, old, new)

    with pytest.raises(FicliError, match=said):
        cited("232")


def test_an_unsound_registry_still_cites_a_sound_record(cited: Cite, registry: Path) -> None:
    (registry / "incidents" / "FI-0001.yaml").write_text("- x\n{", encoding="utf-8")
    (registry / "taxonomy.yaml").write_text("broken: [", encoding="utf-8")
    change(registry, "severity: medium", "severity: odd")

    assert "(FI-0232)" in cited("232")[0]


def test_a_record_is_read_alone(cited: Cite, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(root: Path, path: str) -> bytes:
        read.append(path)
        return read_record(root, path)

    monkeypatch.setattr(records, "read_record", reading)
    cited("232", style="apa")

    assert read == [KLARNA]


def test_the_index(cited: Cite, registry: Path) -> None:
    text, _ = cited(index=True, style="apa")

    assert text == "Realm Labs. (2026). AI Failure Index (Version 2026.11.23) [Data set]. https://failureindex.ai\n"

    for record in (registry / "incidents").glob("*.yaml"):
        record.unlink()

    assert cited(index=True)[0] == "AI Failure Index. Realm Labs. https://failureindex.ai.\n"
    with pytest.raises(UsageError, match="there is no published record to cite"):
        cited(every=True)


def test_sources(cited: Cite, registry: Path) -> None:
    text, _ = cited("232", sources=True, style="apa")

    assert text.startswith("Bloomberg. (2025, May 8). Klarna Turns From AI to Real Person Customer Service. https://")
    assert text.count("\n") == 2

    change(registry, "    title: Klarna changes its AI tune and again recruits humans for customer service\n", "")

    assert cited("232", sources=True)[1] == ["source 2 of `FI-0232` has no `title`, so it is left out"]

    change(registry, "    url: https://www.bloomberg.com", "    odd: https://www.bloomberg.com")
    with pytest.raises(FicliError, match="`FI-0232` has no source that can be cited"):
        cited("232", sources=True)


def test_many_are_told_apart(cited: Cite) -> None:
    text, _ = cited("666", "232", "192", style="chicago-author-date")

    assert [line[12:18].rstrip() for line in text.splitlines()] == ["2026b.", "2026a.", "2026c."]
    assert cited("192", "232", style="ieee")[0].splitlines()[1].startswith("[2] ")
    assert cited("192", "232", form="markdown")[0].count("\n\n") == 1


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (CiteRequest(CiteSelection()), "name the records to cite"),
        (CiteRequest(CiteSelection(("232",), every=True)), "name the records to cite"),
        (CiteRequest(CiteSelection(index=True, sources=True)), "`--index` has no sources"),
        (CiteRequest(CiteSelection(index=True, with_licence=True)), "and `--index` cites none"),
        (CiteRequest(CiteSelection(("232",), sources=True, with_licence=True)), "and `--sources` cites none"),
        (CiteRequest(CiteSelection(("232",)), style="apaa"), "there is no style `apaa`"),
        (CiteRequest(CiteSelection(("232",)), form="docx"), "there is no format `docx`"),
        (CiteRequest(CiteSelection(("232",)), style="apa", form="ris"), "`--style` is about text"),
        (CiteRequest(CiteSelection(("232",)), in_text=True, form="ris"), "`--in-text` is about text"),
        (CiteRequest(CiteSelection(("232",)), flavours=("ascii",)), "`--ascii` does not go with `--format text`"),
        (
            CiteRequest(CiteSelection(("232",)), form="bibtex", flavours=("endnote",)),
            "`--ris-flavour endnote` does not go",
        ),
    ],
)
def test_what_does_not_go_together(request_: CiteRequest, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        request_.check()


@pytest.mark.parametrize(
    ("style", "form", "hint"),
    [
        ("ap", "text", "did you mean `apa`?"),
        ("ris", "text", "`--format ris` does it"),
        ("", "apa", "`--style apa` does it"),
        ("", "bibtx", "did you mean `bibtex` or `biblatex`?"),
        ("", "zzz", f"it is {listed((*WRITERS, *DATA_FORMATS), last='or')}"),
    ],
)
def test_what_may_be_meant(style: str, form: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        CiteRequest(CiteSelection(("232",)), style=style, form=form).check()

    assert refused.value.hint == hint


@pytest.mark.parametrize("accessed", ["soon", "2026", "2026-02-30", "2026-11-22T00:00"])
def test_a_day_that_is_none(environment: World, registry: Path, accessed: str) -> None:
    here = environment(cwd=registry)
    opened, _ = open_record_source(here, "", (), FetchPolicy, offline=False)

    with pytest.raises(UsageError, match=f"`{accessed}` is no day"):
        cite(here, opened, CiteRequest(CiteSelection(("232",)), accessed=accessed), lambda _: None)


def test_the_day_of_access(environment: World, registry: Path) -> None:
    def ama(accessed: str, **variables: str) -> str:
        here = environment(cwd=registry, variables=variables)
        opened, _ = open_record_source(here, "", (), FetchPolicy, offline=False)
        return cite(
            here, opened, CiteRequest(CiteSelection(("232",)), style="ama", accessed=accessed), lambda _: None
        ).text

    assert "Accessed November 23, 2026." in ama("")
    assert "Accessed November 23, 2026." in ama("today")
    assert "Accessed" not in ama("none")
    assert "Accessed January 2, 2026." in ama("2026-01-02")
    assert "Accessed January 1, 1970." in ama("", SOURCE_DATE_EPOCH="0")


# --- an exported index ---------------------------------------------------------------------------------------

RECORD = {
    "id": "BI-00012",
    "slug": "bot-lies",
    "status": "published",
    "title": "Bot\u202e lies",
    "indexed_date": "2026-06-05",
    "confidence": "low",
    "confidence_reason": "a single source",
    "sources": [{"title": "News", "url": "https://example.org/news"}],
}


def exported(**about: str) -> RecordSource:
    return ExportRecordSource(
        ExportedIndex(
            about={"name": "Bot Index", "steward": "Example Lab", "base_url": "https://bots.example.org/", **about},
            version="2026.06.07",
            records=[
                {**RECORD, "id": "BI-00020", "slug": "old", "status": "draft"},
                {**RECORD, "id": "BI-00013", "slug": "bot-sleeps", "confidence": "high"},
                RECORD,
                {"title": "no id"},
            ],
            tombstones=[
                {"id": "BI-00001", "slug": "gone", "status": "merged", "merged_into": "BI-00012", "title": "Bot"},
                {"id": "BI-00002", "slug": "bot-lies", "status": "removed", "reason": "Twice.", "title": "Bot"},
            ],
        )
    )


def from_export(environment: World, opened: RecordSource, *names: str, **wanted: Any) -> tuple[str, list[str]]:  # noqa: ANN401
    notes: list[str] = []
    text = cite(environment(), opened, CiteRequest(CiteSelection(names, **wanted)), notes.append).text
    return text, notes


@pytest.mark.parametrize(
    "name", ["BI-00012", "bi-12", "12", "bot-lies", "Bot-Lies", "https://bots.example.org/failures/bot-lies", "BI-00001", "gone"]
)  # fmt: skip
def test_a_record_of_an_exported_index(environment: World, name: str) -> None:
    text, notes = from_export(environment, exported(), name)

    assert text == (
        'Bot Index. "Bot lies" (BI-00012). Example Lab. https://bots.example.org/failures/bot-lies (indexed Jun 5, 2026).\n'
    )
    assert notes[-1] == "`BI-00012` has low confidence: a single source"


def test_an_exported_index_as_a_whole(environment: World) -> None:
    assert "(version 2026.06.07)" in from_export(environment, exported(), index=True)[0]
    assert [line.split('"')[1] for line in from_export(environment, exported(), every=True)[0].splitlines()] == [
        "Bot lies",
        "Bot lies",
    ]


@pytest.mark.parametrize(
    ("name", "hint"), [("BI-00014", "`BI-00012`"), ("bot-lie", "`bot-lies`"), ("zzzzzz", ""), ("https://bots.example.org/failures/bot-lie", "`bot-lies`")]
)  # fmt: skip
def test_a_record_that_an_exported_index_does_not_have(environment: World, name: str, hint: str) -> None:
    with pytest.raises(UsageError, match="there is no record") as refused:
        from_export(environment, exported(), name)

    assert hint in refused.value.hint


def test_what_an_exported_index_says_of_itself_is_not_believed() -> None:
    hostile = exported(base_url="javascript:alert(1)", name="\x1b[31mBot", licence="")

    assert hostile.config.base_url == "https://failureindex.ai"
    assert hostile.config.name == "[31mBot"
    assert hostile.config.licence == "CC-BY-4.0"
    empty = ExportRecordSource(ExportedIndex({}, "", [], []))
    assert (empty.config.id_prefix, empty.config.steward, empty.changed()) == ("FI", "Realm Labs", "")
