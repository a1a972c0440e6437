"""What the benchmarks share: the time, the processors and the memory of a command, and the layout of a table."""

from __future__ import annotations

import re
import resource
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAMPLING = 0.02
"""Seconds between two looks at the memory of a run."""


class Seconds(NamedTuple):
    """How long a run took: on the wall, and of the processors."""

    wall: float
    processor: float


def run(command: Sequence[str]) -> tuple[Seconds, int]:
    """Run a command: how long it took, and its exit code."""
    used, started = processor_seconds(), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return Seconds(time.perf_counter() - started, processor_seconds() - used), done.returncode


def processor_seconds() -> float:
    """Sum up what all finished children, and theirs, have used of the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory(command: Sequence[str]) -> float | None:
    """Run a command and watch the memory of all its processes together, in mebibytes; None where /proc tells nothing.

    Memory that processes share is counted once (proportional set size). A peak between two looks is missed.
    """
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(proportional_size(pid) for pid in family(process.pid)))
            time.sleep(SAMPLING)
    return peak / 1024 or None


def family(ancestor: int) -> set[int]:
    """Find a process and everything it has started, by their ids."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state = entry.read_text(errors="replace")
        except OSError:
            continue
        parents[int(state.split(" ", 1)[0])] = int(state.rpartition(")")[2].split()[1])
    members = {ancestor}
    while grown := {pid for pid, parent in parents.items() if parent in members} - members:
        members |= grown
    return members


def proportional_size(pid: int) -> int:
    """Read the memory of a process in kibibytes, its part of shared memory included; 0 when it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+([0-9]+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Lay out a table: the first column to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for name, *cells, last in rows:
        figures = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((f"{name:<{widths[0]}}", *figures, last)).rstrip()
