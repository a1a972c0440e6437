"""A lock keeps others out, and ends with its holder."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ficli.environment.files import locked
from ficli.errors import FicliError

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import os, sys
from pathlib import Path
from ficli.environment.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
    os._exit(9)
"""


def test_a_lock_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(  # noqa: S603 - a fixed program
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(FicliError, match=r"another ficli has been at work here for more than 0\.1 seconds"),
            locked(path, patience=0.1),
        ):
            pass
        holder.communicate("")
    with locked(path, patience=10):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with (
        pytest.raises(FicliError, match="could not be opened to keep others out: no such file"),
        locked(tmp_path / "no" / "lock"),
    ):
        pass


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available", str((handle, how)))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(FicliError, match="could not be locked: no locks available"), locked(tmp_path / "lock"):
        pass


def test_no_lock_is_left_to_a_file_that_outlives_its_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(handle: int, how: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented", str((handle, how)))

    monkeypatch.setattr(fcntl, "flock", missing)
    with pytest.raises(FicliError, match="could not be locked"), locked(tmp_path / "lock"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_the_file_stays_behind_empty_and_may_be_locked_by_the_group(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        with locked(tmp_path / "lock"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "lock").read_bytes() == b""
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o664
