"""Times how long the commands take that a person waits for, beside bare Python and a Typer command that does nothing.

python benchmarks/startup.py [--rounds 20]

Prints the median wall time in milliseconds and its ratio to the command that does nothing.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FICLI = "from ficli.terminal.main import run; run()"
NO_OP = "import typer; app = typer.Typer(rich_markup_mode=None); app.command()(lambda: None); app()"
BASE = "typer, a command that does nothing"


def main() -> int:
    """Time every command in rounds, and print the table."""
    parser = argparse.ArgumentParser(description="Time the start of ficli.")
    parser.add_argument("--rounds", type=int, default=20, help="rounds; the median is printed (default: 20)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as demo:
        subprocess.run(python(FICLI, "init", "--example", demo), check=True, capture_output=True)
        chosen = commands(demo)
        seconds: dict[str, list[float]] = {name: [] for name in chosen}
        for number in range(asked.rounds + 1):
            for name, command in chosen.items():
                taken = run(command)
                if number:  # the first round warms up
                    seconds[name].append(taken)
    medians = {name: statistics.median(taken) * 1000 for name, taken in seconds.items()}
    width = max(map(len, medians))
    print(f"{'':{width}}  {'ms':>5}  ratio")
    for name, median in medians.items():
        print(f"{name:{width}}  {median:5.0f}  {median / medians[BASE]:5.2f}")
    return 0


def commands(demo: str) -> dict[str, list[str]]:
    """Name what is timed. ficli is started as its console script starts it."""
    return {
        "python -c pass": python("pass"),
        BASE: python(NO_OP),
        "ficli --version": python(FICLI, "--version"),
        "ficli --help": python(FICLI, "--help"),
        "ficli explain cut-slug": python(FICLI, "explain", "cut-slug"),
        "ficli cite FI-0232": python(FICLI, "cite", "FI-0232", "--registry", demo),
        "ficli validate, on the example, --no-cache": python(FICLI, "validate", demo, "--no-cache"),
        "ficli validate, on the example": python(FICLI, "validate", demo),
    }


def python(program: str, *arguments: str) -> list[str]:
    """Write the command line that runs a program in this Python."""
    return [sys.executable, "-c", program, *arguments]


def run(command: Sequence[str]) -> float:
    """Run a command, and give the seconds on the wall."""
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
