"""Measures `ficli assign`: many drafts into a large registry, and many processes at once.

python benchmarks/assign.py [--records 100000] [--drafts 1000] [--processes 50] [--together 500]

The registry is that of generate.py, in a git clone with one commit. `first` is a run that knows nothing yet, as in CI;
`again` is one in a registry that `ficli validate` has judged before, as on a curator's machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERATOR = Path(__file__).with_name("generate.py")
FICLI = (sys.executable, "-m", "ficli")
A_MOMENT = 2.5
"""Seconds that a file must be old before its verdict is remembered."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Measure ficli assign.")
    parser.add_argument("--records", type=int, default=100_000, help="published records (default: 100000)")
    parser.add_argument("--drafts", type=int, default=1000, help="drafts to publish (default: 1000)")
    parser.add_argument("--processes", type=int, default=50, help="processes at once (default: 50)")
    parser.add_argument("--together", type=int, default=500, help="drafts for those together (default: 500)")
    asked = parser.parse_args(arguments)
    print("| work | seconds | CPU |", "|---|---|---|", sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        large(Path(folder) / "large", asked.records, asked.drafts)
        together(Path(folder) / "together", asked.processes, asked.together)
    return 0


def large(root: Path, records: int, drafts: int) -> None:
    """Publish drafts into a large registry, and audit it."""
    make(root, records, drafts)
    what = f"{drafts:,} drafts into {records:,} records"
    report(f"{what}, first", root, "assign", "--all")
    git(root, "reset", "--quiet", "--hard")
    git(root, "clean", "--quiet", "-d", "--force")
    time.sleep(A_MOMENT)
    measured(root, "validate")
    report(f"{what}, again", root, "assign", "--all")
    git(root, "add", "--all")
    commit(root)
    report(f"audit of {records + drafts:,} records", root, "ids", "audit")


def together(root: Path, processes: int, drafts: int) -> None:
    """Make many processes publish their shares of the drafts at once, and audit the outcome."""
    make(root, 20, drafts)
    slugs = sorted(path.stem for path in (root / "drafts").glob("*.yaml"))
    started = time.perf_counter()
    running = [
        subprocess.Popen(
            [*FICLI, "assign", *slugs[start::processes]],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for start in range(processes)
    ]
    given = [line.split("\t")[0] for process in running for line in process.communicate()[0].splitlines()]
    seconds = time.perf_counter() - started
    failed = sum(process.returncode != 0 for process in running)
    left = len(list((root / "drafts").glob("*.yaml")))
    print(f"| {processes} processes, {drafts} drafts | {seconds:.1f} | |")
    print(f"{len(given)} IDs given, {len(set(given))} different, {left} drafts left, {failed} processes failed")
    audit = subprocess.run([*FICLI, "ids", "audit"], cwd=root, capture_output=True, text=True, check=False)
    print(f"exit {audit.returncode}: {audit.stdout}{audit.stderr}".strip())


def make(root: Path, records: int, drafts: int) -> None:
    """Write a registry and commit it."""
    words = (str(root), "--records", str(records), "--drafts", str(drafts))
    subprocess.run([sys.executable, str(GENERATOR), *words], check=True)
    (root / ".gitignore").write_text(".ficli/\n", encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    commit(root)


def commit(root: Path) -> None:
    """Commit what is in the index."""
    git(root, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message", "Bench")


def git(root: Path, *words: str) -> None:
    """Run git."""
    subprocess.run(["git", "-C", str(root), *words], check=True)


def report(what: str, root: Path, *words: str) -> None:
    """Print a line of the table."""
    seconds, processor = measured(root, *words)
    print(f"| {what} | {seconds:.1f} | {processor:.1f} |")


def measured(root: Path, *words: str) -> tuple[float, float]:
    """Run ficli and give the seconds it took, on the clock and of processors."""
    before, started = os.times(), time.perf_counter()
    subprocess.run([*FICLI, *words], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    seconds, after = time.perf_counter() - started, os.times()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    sys.exit(main())
