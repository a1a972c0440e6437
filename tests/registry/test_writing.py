"""Writing the registry's files: nothing that somebody else has changed or made is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.environment import FileTakenError
from ficli.errors import FicliError
from ficli.registry.writing import write_changes

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_as_it_was_read_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "empty").touch()
    write_changes(tmp_path, {"a": b"old", "b": None, "empty": b""}, {"a": b"new", "b": b"made", "empty": b"full"})

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"new",
        "b": b"made",
        "empty": b"full",
    }


def test_one_file_that_has_changed_keeps_all_from_being_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"by somebody else")
    with pytest.raises(FicliError, match="`b` was changed by someone else meanwhile, so nothing was written"):
        write_changes(tmp_path, {"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new"})

    assert (tmp_path / "a").read_bytes() == b"old"
    assert (tmp_path / "b").read_bytes() == b"by somebody else"


def test_a_file_that_somebody_else_has_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"by somebody else")
    with pytest.raises(FileTakenError):
        write_changes(tmp_path, {"a": None}, {"a": b"new"})

    assert (tmp_path / "a").read_bytes() == b"by somebody else"
