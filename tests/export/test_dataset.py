"""A registry is read once, whole and in order; what is not in the dataset is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ficli.commands.export.dataset import Spool
from ficli.commands.list.rows import count_records
from ficli.errors import UsageError
from ficli.incident.derived import confidence, page_url, what, wing
from ficli.incident.record import Record

from .conftest import FULL, put, record, tombstone

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome
    from ficli.environment import Environment

Read = Callable[..., "DatasetOutcome"]


def ids(reading: DatasetOutcome) -> list[str]:
    return [entry["id"] or entry["slug"] for entry in reading.dataset.records]


def test_records_are_in_the_order_of_their_ids_and_drafts_are_left_out(index: Path, read: Read) -> None:
    found = read(index)

    assert ids(found) == ["FI-0001", "FI-0007", "FI-0010"]
    assert [stone.id for stone in found.dataset.tombstones] == ["FI-0002", "FI-0003", "FI-0004"]
    assert found.left_out == type(found.left_out)()


def test_what_follows_from_a_record_is_what_is_worked_out_elsewhere(index: Path, read: Read) -> None:
    dataset = read(index).dataset
    entry = list(dataset.records)[1]
    given = Record(FULL)
    known = confidence(given, dataset.taxonomy)

    assert (entry["confidence"], entry["confidence_reason"]) == (known.level, known.why) == ("high", known.why)
    assert entry["url"] == page_url(given, dataset.config)
    assert entry["what"] == what(given) == "The chatbot of Example Bank told customers of a fee that did not exist."
    assert entry["wing"] == wing(given, dataset.taxonomy) == "generative"
    assert (entry["anonymized"], entry["source_count"]) == (True, 2)
    assert (entry["indexed_date"], entry["updated_date"]) == ("2026-01-10", "2026-03-05")


def test_what_a_record_says_is_kept_and_what_it_does_not_say_is_null(index: Path, read: Read) -> None:
    least, full, _ = read(index, with_steward_notes=True).dataset.records

    for name, value in FULL.items():
        if name not in {"schema_version", "sources", "impact", "systems"}:
            assert full[name] == value, name
    assert full["systems"] == [FULL["systems"][0], {"name": "Base model", "vendor": None, "version": None}]
    assert full["sources"][0] == {"number": 1, **FULL["sources"][0]}
    assert full["sources"][1]["number"] == 2
    assert full["sources"][1]["archive"] is None
    assert full["impact"]["amounts"] == FULL["impact"]["amounts"]
    assert least["organizations"] == [{"name": "Example Bank", "role": "deployer", "anonymized": False}]
    assert least["date_basis"] == "occurred"
    assert [least[name] for name in ("quote", "mechanism", "impact", "tags")] == [None, None, None, []]
    assert list(least) == list(full)


def test_the_stewards_commentary_is_left_out_unless_asked_for(index: Path, read: Read) -> None:
    assert all("steward_note" not in entry for entry in read(index).dataset.records)
    assert [entry["steward_note"] for entry in read(index, with_steward_notes=True).dataset.records][1]
    assert list(next(iter(read(index, fields=("steward_note",)).dataset.records))) == ["steward_note"]


def test_a_merged_record_leads_to_the_last_of_the_chain(index: Path, read: Read) -> None:
    two, three, four = read(index).dataset.tombstones

    assert (two.merged_into, two.redirect_to, three.redirect_to) == ("FI-0003", "FI-0001", "FI-0001")
    assert two.redirect_url == "https://failureindex.ai/failures/example-bank-1"
    assert (four.status, four.merged_into, four.redirect_to, four.redirect_url) == ("removed", "", "", "")


@pytest.mark.parametrize(
    ("stones", "said"),
    [
        ([tombstone(20, "merged", 21), tombstone(21, "merged", 20)], "leads in a circle"),
        ([tombstone(20, "merged", 20)], "leads in a circle"),
        ([tombstone(20, "merged", 99)], "its target `FI-0099` is not in the index"),
    ],
)
def test_a_merged_record_that_leads_nowhere_is_named(index: Path, read: Read, stones: list[Any], said: str) -> None:
    put(index, {f"incidents/{stone['id']}.yaml": stone for stone in stones})
    found = read(index)

    assert [
        problem for problem in found.left_out.problems if "`FI-0020` leads nowhere: " in problem and said in problem
    ]
    assert {stone.redirect_to for stone in found.dataset.tombstones if stone.id in {"FI-0020", "FI-0021"}} == {""}


def test_a_record_merged_into_a_removed_one_leads_nowhere_and_that_is_right(index: Path, read: Read) -> None:
    put(index, {"incidents/FI-0020.yaml": tombstone(20, "merged", 4)})
    found = read(index)

    assert found.left_out.problems == []
    assert found.dataset.tombstones[-1].redirect_to == ""


def test_the_version_is_the_newest_day(index: Path, read: Read) -> None:
    assert read(index).dataset.version == "2026.05.06"
    assert read(index).dataset.updated == "2026-05-06"
    put(index, {"incidents/FI-0011.yaml": record(11, corrections=[{"date": "2026-07-08", "note": "A name."}])})
    assert read(index).dataset.version == "2026.07.08"


def test_an_empty_registry_has_no_version(tmp_path: Path, read: Read) -> None:
    (tmp_path / "ficli.toml").touch()
    dataset = read(tmp_path).dataset

    assert (dataset.version, len(dataset.records), dataset.counts.statuses["published"]) == ("", 0, 0)


def test_counts_are_those_of_stats_whatever_is_selected(
    index: Path, read: Read, environment: Callable[..., Environment]
) -> None:
    stats = count_records(environment(cwd=index), None)
    for chosen in ({}, {"only": ("merged",)}, {"since": "2026-04-01"}):
        counts = read(index, **chosen).dataset.counts
        assert tuple(counts) == (stats.statuses, stats.headline, stats.left_out, stats.groups)
    assert (stats.headline["high"], stats.left_out["high"]) == (1, 1)


@pytest.mark.parametrize(
    ("chosen", "records", "tombstones"),
    [
        ({"only": ("published",)}, ["FI-0001", "FI-0007", "FI-0010"], []),
        ({"only": ("draft",)}, ["a-draft"], []),
        ({"only": ("draft", "published")}, ["FI-0001", "FI-0007", "FI-0010", "a-draft"], []),
        ({"only": ("removed",)}, [], ["FI-0004"]),
        ({"since": "2026-03-05"}, ["FI-0007", "FI-0010"], ["FI-0003"]),
        ({"since": "2026-03-06"}, ["FI-0010"], ["FI-0003"]),
        ({"since": "2026-03-06", "only": ("draft", "published")}, ["FI-0010"], []),
    ],
)
def test_what_is_selected_is_there(
    index: Path, read: Read, chosen: dict[str, Any], records: list[str], tombstones: list[str]
) -> None:
    found = read(index, **chosen)

    assert ids(found) == records
    assert [stone.id for stone in found.dataset.tombstones] == tombstones


def test_fields_are_in_the_order_wanted(index: Path, read: Read) -> None:
    assert next(iter(read(index, fields=("title", "id")).dataset.records)) == {
        "title": "Chatbot of Example Bank invents a fee, case 1", "id": "FI-0001"
    }  # fmt: skip


def test_an_unknown_field_is_refused_with_the_nearest(index: Path, read: Read) -> None:
    with pytest.raises(UsageError, match="there is no field `titel`") as caught:
        read(index, fields=("titel",))
    assert caught.value.hint == "did you mean `title`?"
    with pytest.raises(UsageError) as caught:
        read(index, fields=("xyzzy",))
    assert "`id`, `slug`" in caught.value.hint


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"severity": "grave"}, "unsound"),
        ({"title": 404}, "unsound"),
        ({"indexed_date": "2026-02-31"}, "unsound"),
        ({"confidence": "high"}, "unsound"),
        ({"summary": None}, "unsound"),
    ],
)
def test_a_record_without_the_shape_of_one_is_left_out_and_named(
    index: Path, read: Read, changes: dict[str, Any], kind: str
) -> None:
    put(index, {"incidents/FI-0011.yaml": record(11, **changes)})
    found = read(index)

    assert ids(found) == ["FI-0001", "FI-0007", "FI-0010"]
    assert getattr(found.left_out, kind) == ["incidents/FI-0011.yaml"]
    assert found.dataset.counts.statuses["published"] == 3


def test_a_file_that_is_no_record_and_one_that_cannot_be_read_are_named(
    index: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficli.errors import FicliError
    from ficli.registry import records
    from ficli.registry.records import read_record

    def broken(root: Path, path: str) -> bytes:
        if path.endswith("FI-0001.yaml"):
            message = "`incidents/FI-0001.yaml` could not be read: input/output error"
            raise FicliError(message)
        return read_record(root, path)

    monkeypatch.setattr(records, "read_record", broken)
    (index / "incidents" / "FI-0012.yaml").write_text("- no record\n", encoding="utf-8")
    left_out = read(index).left_out

    assert left_out.broken == ["incidents/FI-0012.yaml"]
    assert left_out.unread == ["`incidents/FI-0001.yaml` could not be read: input/output error"]


def test_of_two_records_with_one_id_the_first_is_taken_and_the_other_named(index: Path, read: Read) -> None:
    put(index, {"incidents/zzz/FI-0001.yaml": record(1, title="Another"), "drafts/b.yaml": record(
        0, id=None, slug="a-draft", status="draft", indexed_date=None, taxonomy_version=None)})  # fmt: skip
    found = read(index, only=("published", "draft"))

    assert ids(found) == ["FI-0001", "FI-0007", "FI-0010", "a-draft"]
    assert found.left_out.problems == [
        "`drafts/b.yaml` is left out: its slug `a-draft` is that of another record",
        "`incidents/zzz/FI-0001.yaml` is left out: its ID `FI-0001` is that of another record",
    ]
    assert next(iter(found.dataset.records))["title"].startswith("Chatbot")


def test_workers_read_the_same(tmp_path: Path, read: Read) -> None:
    put(tmp_path, {f"incidents/FI-{number:04}.yaml": record(number) for number in range(1, 1101)})
    (tmp_path / "ficli.toml").touch()
    one, two = (read(tmp_path, workers=workers).dataset for workers in (1, 2))

    assert list(one.records.lines()) == list(two.records.lines())
    assert one.counts == two.counts
    assert len(one.records) == 1100


def test_a_spool_gives_back_what_it_keeps_from_disk_as_from_memory() -> None:
    for in_memory in (1, 10_000):
        with Spool(in_memory=in_memory) as spool:
            for number in (3, 1, 2):
                spool.add(b'{"n":%d,"text":"\xc3\xa4"}' % number, number)
            assert [entry["n"] for entry in spool] == [1, 2, 3]
            spool.add(b'{"n":0}', 0)
            assert list(spool.lines())[:2] == ['{"n":0}', '{"n":1,"text":"ä"}']


def test_a_full_disk_for_temporary_files_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from ficli.errors import FicliError

    class Full:
        def seek(self, place: int) -> None: ...

        def write(self, _line: bytes) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda _size: Full())
    with Spool() as spool, pytest.raises(FicliError, match=r"could not be put aside in .*: no space left on device"):
        spool.add(b"{}", 1)
