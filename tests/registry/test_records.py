"""A record is read once, whole, and never further than a record may be long; what is kept of it has bounds."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest

from ficli.errors import ExitCode, FicliError
from ficli.registry import records as module
from ficli.registry.records import LARGEST_RECORD, Records, SourceFile, in_chunks, read_record, readable, record_data
from ficli.registry.scan import RecordFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.mark.parametrize("content", [b"", b"title: x\n", b"\xff\x00\r\n", b"x" * 200_000])
def test_a_record_is_read_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(content)

    assert read_record(tmp_path, "a.yaml") == content
    assert read_record(str(tmp_path), "a.yaml") == content


@pytest.mark.parametrize("size", [LARGEST_RECORD - 1, LARGEST_RECORD, LARGEST_RECORD + 1, 5 * LARGEST_RECORD])
def test_no_more_is_read_than_shows_that_a_file_is_too_long(tmp_path: Path, size: int) -> None:
    with open(tmp_path / "a.yaml", "wb") as stream:
        stream.truncate(size)

    assert len(read_record(tmp_path, "a.yaml")) == min(size, LARGEST_RECORD + 1)


def test_what_comes_in_pieces_is_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"title: x\n" * 100)
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 7)))

    assert read_record(tmp_path, "a.yaml") == b"title: x\n" * 100


def test_a_file_that_grows_while_it_is_read_stays_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x")
    monkeypatch.setattr(os, "read", lambda _handle, size: b"x" * size)

    assert len(read_record(tmp_path, "a.yaml")) <= LARGEST_RECORD + 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "Permission denied"), "permission denied"),
        (OSError(5, "Input/output error"), "input/output error"),
        (OSError("odd"), "odd"),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refuse(*_arguments: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FicliError) as caught:
        read_record(tmp_path, "a\n.yaml")

    assert str(caught.value) == f"`a\\n.yaml` could not be read: {reason}"
    assert caught.value.exit_code is ExitCode.FAILED


def test_a_file_is_closed_also_when_reading_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x")
    closed = []
    close = os.close

    def refuse(*_arguments: object) -> bytes:
        raise OSError(5, "Input/output error")

    def note(handle: int) -> None:
        closed.append(handle)
        close(handle)

    monkeypatch.setattr(os, "read", refuse)
    monkeypatch.setattr(os, "close", note)
    with pytest.raises(FicliError):
        read_record(tmp_path, "a.yaml")

    assert len(closed) == 1


# --- what a file holds -------------------------------------------------------------------------------------


def test_what_a_file_holds() -> None:
    assert record_data(b"title: x\n") == {"title": "x"}
    assert record_data(b"title: &a x\ntags: [\n") is None
    assert record_data(b"- x\n") is None
    assert record_data(b"") is None


def test_a_file_is_read_and_parsed_when_it_is_asked_for_and_never_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"id: FI-0001\nstatus: draft\nslug: a\n")
    file = SourceFile(tmp_path, "a.yaml")
    path.write_bytes(b"id: FI-0002\nstatus: draft\nslug: b\n")
    assert (file.raw[:11], file.parsed) == (b"id: FI-0002", None)
    path.unlink()

    assert file.record.id == "FI-0002"
    assert file.names == ("FI-0002", "draft", "b")
    assert file.parsed is None, "plain data was all that was wanted"
    document = file.document
    assert (file.document is document, file.parsed is document, file.lines_only is document) == (True,) * 3


def test_without_the_accelerator_the_one_document_serves_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.yaml.fast_path._accelerator", lambda: None)
    file = SourceFile("", "a.yaml", b"title: x\n")

    assert file.plain == {"title": "x"}
    assert file.parsed is not None
    assert file.plain is file.document.data


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (b"id: FI-0001\nstatus: published\nslug: a-b\n", ("FI-0001", "published", "a-b")),
        (b"id: FI-0001\r\nstatus: published\r\nslug: a-b\r\n", ("FI-0001", "published", "a-b")),
        (b'id: "FI-0001"\nstatus: published # now\nslug: a-b\n', ("FI-0001", "published", "a-b")),
        (b"status: draft\nslug: a-b\n", ("", "draft", "a-b")),
        (b"title: [\n", ("", "", "")),
    ],
)
def test_what_a_record_goes_by(raw: bytes, names: tuple[str, str, str]) -> None:
    assert SourceFile("", "a.yaml", raw).names == names


def test_where_a_file_is() -> None:
    file = SourceFile("", "drafts/2026/a.yaml")

    assert (file.folder, file.stem) == ("drafts", "a")


# --- the files of one run ----------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Return the files of a run that has room for three of 10 bytes."""
    for name in "abcde":
        (tmp_path / name).write_bytes(name.encode() * 10)
    monkeypatch.setattr(module, "ROOM", 30)
    return Records(tmp_path)


def held(records: Records) -> str:
    return "".join(name for name in "abcde" if "raw" in records.look(name).__dict__)


def test_the_file_that_was_not_asked_for_longest_makes_room(kept: Records) -> None:
    for name in "abcad":
        kept.get(name)

    assert held(kept) == "acd"
    assert kept.get("a") is kept.look("a")


def test_a_spare_file_takes_no_place(kept: Records) -> None:
    for name in "abcd":
        kept.keep(kept.look(name), spare=True)
    kept.get("e")

    assert held(kept) == "bce"


def test_a_file_that_is_larger_than_the_room_is_kept_alone(kept: Records, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a" * 100)
    for name in "ba":
        kept.get(name)

    assert held(kept) == "a"


def test_files_in_the_place_of_others(kept: Records) -> None:
    over = kept.over({"a": SourceFile("", "a", b"other")})
    assert (over.get("a").raw, over.get("b").raw) == (b"other", b"b" * 10)
    assert held(kept) == "b"
    assert over.get("b") is kept.get("b")


def test_what_is_kept_stays_in_its_process(kept: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.get("a")
    sent: Records = pickle.loads(pickle.dumps(kept.over({"b": SourceFile("", "b", b"other")})))  # noqa: S301 - its own
    assert (held(sent), sent.get("b").raw) == ("b", b"other")
    monkeypatch.setattr(os, "getpid", lambda: -1)  # as in a process that was forked
    kept.get("c")

    assert held(kept) == "a"


def test_files_without_a_record_are_noted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"title: x\n")
    (tmp_path / "b.yaml").write_bytes(b"- x\n")
    broken: list[str] = []
    unread: list[str] = []
    files = [RecordFile(f"{name}.yaml", "") for name in "abc"]
    found = [file.record.title for file in readable(tmp_path, files, broken=broken, unread=unread)]

    assert (found, broken) == (["x"], ["b.yaml"])
    assert unread == ["`c.yaml` could not be read: no such file or directory"]


# --- many records ------------------------------------------------------------------------------------------


def counting(first: int) -> Callable[[Sequence[int]], tuple[int, int]]:
    return lambda items: (first + sum(items), os.getpid())


@pytest.mark.parametrize("workers", [1, 2])
def test_chunks_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(module, "CHUNK", 2)
    monkeypatch.setattr(module, "WORTH_WORKERS", 5)
    told: list[tuple[int, int]] = []
    parts = list(in_chunks(range(5), counting, 100, workers=workers, advance=lambda *done: told.append(done)))

    assert [part for part, _ in parts] == [101, 105, 104]
    assert (os.getpid() in {process for _, process in parts}) == (workers == 1)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_few_records_and_none_need_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "in_parallel", None)

    assert list(in_chunks(range(5), counting, 0, workers=2)) == [(10, os.getpid())]
    assert list(in_chunks([], None, workers=2)) == []  # type: ignore[arg-type]  # not even prepared
