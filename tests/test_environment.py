"""The gate to the outside: today, colour, writing files whole or not at all, and working in several processes."""

from __future__ import annotations

import errno
import io
import os
import random
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ficli.environment import (
    Environment,
    feed_program,
    find_program,
    in_parallel,
    is_terminal,
    usable_cores,
    write_file,
)
from ficli.errors import FicliError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

World = Callable[..., Environment]

# --- today -------------------------------------------------------------------------------------------------


def test_today_is_what_the_clock_says(environment: World) -> None:
    assert environment().today() == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("", date(2026, 11, 23)),
        ("0", date(1970, 1, 1)),
        ("86399", date(1970, 1, 1)),
        ("86400", date(1970, 1, 2)),
        ("1767225600", date(2026, 1, 1)),
    ],
)
def test_source_date_epoch_stands_in_for_the_clock(environment: World, epoch: str, day: date) -> None:
    assert environment(variables={"SOURCE_DATE_EPOCH": epoch}).today() == day


@pytest.mark.parametrize("epoch", ["soon", "-1", "1.5", "1_000", " 5", "٣", "9" * 30, "9" * 5000, "\x1b[31m"])
def test_a_bad_source_date_epoch_is_wrong_usage(environment: World, epoch: str) -> None:
    with pytest.raises(UsageError) as caught:
        environment(variables={"SOURCE_DATE_EPOCH": epoch}).today()

    assert str(caught.value).startswith("`SOURCE_DATE_EPOCH` must be a number of seconds since 1970, not `")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 140


def test_the_real_world_has_a_today() -> None:
    assert Environment(variables={}).today() >= date(2026, 1, 1)


# --- colour ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "variables", "terminal", "coloured"),
    [
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "xterm"}, True, True),
    ],
)
def test_colour_is_settled_by_the_flag_then_the_variables_then_the_terminal(
    environment: World, choice: str, variables: dict[str, str], *, terminal: bool, coloured: bool
) -> None:
    world = environment(variables=variables, terminal=terminal)

    assert world.colour(choice, world.stdout) is coloured


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()

    assert not is_terminal(stream)


# --- writing files -----------------------------------------------------------------------------------------

OLD, NEW = b"old\n" * 5000, b"new\n" * 6000


def fail(number: int) -> Callable[..., None]:
    """Make a stand-in for a function of the system that fails with an error number."""

    def failing(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


class FullDisk(io.FileIO):
    """A file on a disk on which nothing more fits."""

    def write(self, _content: object) -> int:
        """Refuse."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_bytes(OLD)
    return path


def test_a_file_is_replaced(target: Path) -> None:
    write_file(target, NEW)

    assert target.read_bytes() == NEW
    assert os.listdir(target.parent) == [target.name]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "c.yaml", NEW)

    assert (tmp_path / "a" / "b" / "c.yaml").read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o444])
def test_the_permissions_of_the_old_file_are_kept(target: Path, mode: int) -> None:
    target.chmod(mode)
    write_file(target, NEW)

    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(tmp_path: Path) -> None:
    old_mask = os.umask(0o027)
    try:
        write_file(tmp_path / "new.yaml", NEW)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(old_mask)

    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "folder" / "link.yaml"
    link.parent.mkdir()
    link.symlink_to(target)
    write_file(link, NEW)

    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert os.listdir(link.parent) == ["link.yaml"]


def test_a_circle_of_links_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(FicliError, match="could not be written"):
        write_file(tmp_path / "a", NEW)

    assert sorted(os.listdir(tmp_path)) == ["a", "b"]
    assert (tmp_path / "a").is_symlink()


def test_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    name = "字" * 83 + ".yaml"
    write_file(tmp_path / name, NEW)

    assert os.listdir(tmp_path) == [name]


def test_a_file_that_may_not_be_replaced_is_not(target: Path) -> None:
    with pytest.raises(FicliError) as caught:
        write_file(target, NEW, overwrite=False)

    assert str(caught.value) == f"`{target}` could not be written: file exists"
    assert caught.value.hint == "nothing was changed in that file"
    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


def test_of_two_writers_of_a_new_file_one_is_told(tmp_path: Path) -> None:
    together = threading.Barrier(8)
    outcomes = []

    def write(number: int) -> None:
        together.wait()
        try:
            write_file(tmp_path / "new.yaml", b"%d" % number, overwrite=False)
        except FicliError:
            outcomes.append(b"")
        else:
            outcomes.append(b"%d" % number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [outcome for outcome in outcomes if outcome] == [(tmp_path / "new.yaml").read_bytes()]
    assert os.listdir(tmp_path) == ["new.yaml"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_new_file_on_a_file_system_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", fail(number))
    write_file(tmp_path / "new.yaml", NEW, overwrite=False)
    with pytest.raises(FicliError, match="file exists"):
        write_file(tmp_path / "new.yaml", OLD, overwrite=False)

    assert (tmp_path / "new.yaml").read_bytes() == NEW
    assert os.listdir(tmp_path) == ["new.yaml"]


FAULTS = [
    ("mkstemp", errno.EACCES, "permission denied"),
    ("open", errno.EIO, "input/output error"),
    ("write", errno.ENOSPC, "no space left on device"),
    ("fsync", errno.EIO, "input/output error"),
    ("chmod", errno.EPERM, "operation not permitted"),
    ("replace", errno.EXDEV, "invalid cross-device link"),
]


def break_system(monkeypatch: pytest.MonkeyPatch, where: str, number: int) -> None:
    """Make one step of writing a file fail."""
    if where == "mkstemp":
        monkeypatch.setattr("tempfile.mkstemp", fail(number))
    elif where == "write":
        monkeypatch.setattr("ficli.environment.files.open", FullDisk, raising=False)
    elif where == "open":
        monkeypatch.setattr("ficli.environment.files.open", fail(number), raising=False)
    else:
        monkeypatch.setattr(os, where, fail(number))


@pytest.mark.parametrize(("where", "number", "reason"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_leaves_the_old_file_and_nothing_else(
    target: Path, monkeypatch: pytest.MonkeyPatch, where: str, number: int, reason: str
) -> None:
    break_system(monkeypatch, where, number)
    with pytest.raises(FicliError) as caught:
        write_file(target, NEW)
    monkeypatch.undo()

    assert str(caught.value) == f"`{target}` could not be written: {reason}"
    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.parametrize("where", ["mkstemp", "open", "write", "fsync", "chmod"])
def test_a_fault_leaves_no_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    break_system(monkeypatch, where, errno.EIO)
    with pytest.raises(FicliError):
        write_file(tmp_path / "new.yaml", NEW, overwrite=False)
    monkeypatch.undo()

    assert os.listdir(tmp_path) == []


def test_a_fault_after_the_name_was_taken_gives_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail(errno.EPERM))
    monkeypatch.setattr(os, "replace", fail(errno.EIO))
    with pytest.raises(FicliError):
        write_file(tmp_path / "new.yaml", NEW, overwrite=False)

    assert os.listdir(tmp_path) == []


def test_an_interruption_passes_through_and_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, NEW)

    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


def test_a_folder_that_cannot_be_flushed_does_not_matter(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flush(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    write_file(target, NEW)

    assert target.read_bytes() == NEW


WRITER = """
import sys
from pathlib import Path
from ficli.environment import write_file

contents = [b"old\\n" * 200_000, b"new\\n" * 300_000]
for number in range(1_000_000):
    write_file(Path(sys.argv[1]), contents[number % 2])
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_one_whole_file_or_the_other(tmp_path: Path) -> None:
    target = tmp_path / "record.yaml"
    chance = random.Random(20261123)  # noqa: S311 - no secret
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as writer:  # noqa: S603
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 8)):
                writer.stdout.readline()
            for _ in range(chance.randrange(200_000)):  # a moment, without the clock
                pass
            writer.send_signal(signal.SIGKILL)
        content = target.read_bytes()
        assert content in {b"old\n" * 200_000, b"new\n" * 300_000}
    leftovers = [name for name in os.listdir(tmp_path) if name != target.name]
    assert all(name.startswith(".ficli-") for name in leftovers)


# --- several processes -------------------------------------------------------------------------------------


def test_results_come_in_the_order_of_the_items() -> None:
    results = in_parallel(abs, range(0, -50, -1), workers=2, prepare=id, arguments=(0,))

    assert list(results) == list(range(50))


def test_each_worker_is_prepared(tmp_path: Path) -> None:
    results = in_parallel(os.path.abspath, ["a", "b", "c"], workers=2, prepare=os.chdir, arguments=(tmp_path,))

    assert list(results) == [str(tmp_path / name) for name in "abc"]


def test_an_exception_of_the_function_passes_through() -> None:
    results = in_parallel(int, ["1", "two", "3"], workers=1, prepare=id, arguments=(0,))

    assert next(results) == 1
    with pytest.raises(ValueError, match="'two'"):
        next(results)


def test_a_worker_that_dies_is_an_error_with_a_way_on() -> None:
    with pytest.raises(FicliError) as caught:
        list(in_parallel(os._exit, [9], workers=1, prepare=id, arguments=(0,)))

    assert str(caught.value) == "a worker process died, so not every record was read"
    assert "--jobs 1" in caught.value.hint


INTERRUPTED = """
import functools, os, signal
from ficli.environment import in_parallel

interrupt_all = functools.partial(os.killpg, os.getpgrp())
try:
    list(in_parallel(interrupt_all, [signal.SIGINT], workers=2, prepare=id, arguments=(0,)))
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c_reaches_the_parent_and_no_worker_complains() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False, start_new_session=True
    )

    assert (done.stdout, done.stderr) == ("interrupted\n", "")


def test_there_is_a_core_to_work_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert usable_cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)

    assert usable_cores() == 1


def test_a_program_that_cannot_be_fed(tmp_path: Path) -> None:
    assert not feed_program([str(tmp_path / "missing")], "text")
    assert find_program("missing", {"PATH": str(tmp_path)}) == ""
