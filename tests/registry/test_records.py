"""A record is read once, whole, and never further than a record may be long."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ficli.errors import ExitCode, FicliError
from ficli.registry.records import LARGEST_RECORD, read_record

if TYPE_CHECKING:
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
