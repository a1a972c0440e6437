"""Times `ficli validate` beside the tools one could run instead, on the same records and schema in the same run.

python benchmarks/validate.py [--records 10000] [--rounds 3] [--findings 3 | --warnings 4] [--full | --quick]

Prints the median wall time, its ratio to the fastest other tool, the processor time, and the peak memory of all
processes together. Tools that take minutes are run on a sample, on every record with `--full`, and not at all with
`--quick`. A tool that is not installed is left out. The page cache is warm: every tool reads the records once before
the clock runs.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import Seconds, aligned, peak_memory, run

from ficli.rules.catalogue import RULES, rule_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "schema" / "incident.schema.json"
FICLI = "from ficli.terminal.main import run; run()"
WITHOUT_ACCELERATORS = f"import sys; sys.modules.update(yaml_rs=None, jsonschema_rs=None); {FICLI}"
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable, comments: disable}}"
CLOCK_GRAIN = 2.5
"""Seconds after which ficli trusts the time of a file enough to remember it as unchanged."""


class Tool(NamedTuple):
    """Something to time. In `command`, `{folder}` is the registry, and `{files}` every record of it."""

    name: str
    command: tuple[str, ...]
    peer: bool = False
    slow: bool = False
    changes: bool = False


class Figures(NamedTuple):
    """What was measured of a tool: of each round, then mebibytes or None, and whether it is extrapolated."""

    seconds: list[Seconds]
    memory: float | None
    extrapolated: bool
    exit_code: int


def main() -> int:
    """Generate the records, time every tool, and print the table."""
    parser = argparse.ArgumentParser(description="Time `ficli validate` beside its peers.")
    parser.add_argument("--records", type=int, default=10_000, help="records to judge (default: 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the median is printed (default: 3)")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--findings", type=int, default=0, help="mistakes in every record (default: 0)")
    kinds.add_argument("--warnings", type=int, default=0, help="warnings in every record (default: 0)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the records (default: 1)")
    parser.add_argument("--sample", type=int, default=500, help="records for slow tools (default: 500)")
    slow = parser.add_mutually_exclusive_group()
    slow.add_argument("--full", action="store_true", help="run the slow tools on every record too")
    slow.add_argument("--quick", action="store_true", help="leave the slow tools out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sizes = {asked.records, min(asked.sample, asked.records), 1}
        registries = {size: generate(Path(scratch, str(size)), size, asked) for size in sizes}
        time.sleep(CLOCK_GRAIN)
        chosen = [tool for tool in tools(stop_early=not asked.findings) if not (tool.slow and asked.quick)]
        figures = compare(chosen, registries, asked)
    wrong = f"{asked.warnings} warnings" if asked.warnings else f"{asked.findings} mistakes"
    print(f"{asked.records:,} records, {wrong} in each, median of {asked.rounds}:\n")
    print_table(figures)
    return 0


def generate(folder: Path, records: int, asked: argparse.Namespace) -> Path:
    """Write a registry; a smaller one has the first records of a larger one."""
    options = [f"--{name}={getattr(asked, name)}" for name in ("seed", "findings", "warnings") if getattr(asked, name)]
    script = str(HERE / "generate.py")
    subprocess.run([sys.executable, script, str(folder), f"--records={records}", *options], check=True)
    return folder


# --- the tools -------------------------------------------------------------------------------------------------


def tools(*, stop_early: bool) -> Iterator[Tool]:
    """Yield ficli in its variants, and the peers that are installed."""
    ficli = (sys.executable, "-c", FICLI, "validate", "{folder}", "--output-format=concise")
    shape = [name for name in RULES if rule_module(name).__name__.startswith("ficli.rules.shape.")]
    yield Tool("ficli, every rule", (*ficli, "--no-cache"))
    yield Tool("ficli, every rule, one process", (*ficli, "--no-cache", "--jobs=1"))
    yield Tool("ficli, rules on shape only", (*ficli, "--no-cache", f"--select={','.join(shape)}"))
    yield Tool("ficli, every rule, again", ficli)
    yield Tool("ficli, every rule, one changed", ficli, changes=True)
    yield Tool(
        "ficli, every rule, no accelerators",
        (sys.executable, "-c", WITHOUT_ACCELERATORS, *ficli[3:], "--no-cache"),
        slow=True,
    )
    if sourcemeta := find_sourcemeta():
        options = ("--fast",) if stop_early else ("--fast", "--continue")
        command = (sourcemeta, "validate", *options, str(SCHEMA), "{folder}/incidents")
        yield Tool("sourcemeta jsonschema --fast", command, peer=True)
    if found := find("check-jsonschema"):
        yield Tool("check-jsonschema", (found, "--schemafile", str(SCHEMA), "{files}"), peer=True, slow=True)
    if found := find("yamllint"):
        yield Tool("yamllint", (found, "-d", YAMLLINT, "{folder}/incidents"), peer=True, slow=True)


def find(name: str) -> str | None:
    """Find a program beside this Python, or on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def find_sourcemeta() -> str | None:
    """Find Sourcemeta's `jsonschema`, whose name a Python package has too: only the former answers to `version`."""
    candidates = [found for found in (find("jsonschema"),) if found]
    package = importlib.util.find_spec("sourcemeta_jsonschema")
    for folder in (package.submodule_search_locations or ()) if package else ():
        machine = os.uname().machine.replace("aarch64", "arm64")
        candidates.append(f"{folder}/jsonschema-{sys.platform}-{machine}")
    for candidate in candidates:
        if os.access(candidate, os.X_OK):
            answer = subprocess.run([candidate, "version"], capture_output=True, text=True, check=False)
            if answer.returncode == 0 and re.fullmatch(r"[0-9]+(\.[0-9]+)+\s*", answer.stdout):
                return candidate
    return None


def fill(tool: Tool, folder: Path) -> list[str]:
    """Write the command line of a tool for a registry."""
    words: list[str] = []
    for word in tool.command:
        if word == "{files}":
            words.extend(str(path) for path in sorted((folder / "incidents").iterdir()))
        else:
            words.append(word.replace("{folder}", str(folder)))
    return words


# --- measuring -------------------------------------------------------------------------------------------------


def compare(chosen: Sequence[Tool], registries: dict[int, Path], asked: argparse.Namespace) -> dict[Tool, Figures]:
    """Run every tool to warm up, again for its memory, and then in rounds, so that drift meets all alike."""
    size = {tool: asked.sample if tool.slow and not asked.full else asked.records for tool in chosen}
    size = {tool: min(records, asked.records) for tool, records in size.items()}
    for tool in chosen:
        run(fill(tool, registries[size[tool]]))
    memory = {tool: peak_memory(fill(tool, registries[size[tool]])) for tool in chosen}
    seconds: dict[Tool, list[Seconds]] = {tool: [] for tool in chosen}
    codes: dict[Tool, int] = {}
    for number in range(asked.rounds):
        for tool in chosen:
            print(f"round {number + 1} of {asked.rounds}: {tool.name}", file=sys.stderr)
            if tool.changes:
                change_one(registries[size[tool]])
            taken, codes[tool] = run(fill(tool, registries[size[tool]]))
            if size[tool] < asked.records:
                start, _ = run(fill(tool, registries[1]))
                factor = (asked.records - 1) / (size[tool] - 1)
                taken = Seconds(*(one + (some - one) * factor for one, some in zip(start, taken, strict=True)))
            seconds[tool].append(taken)
    return {tool: Figures(seconds[tool], memory[tool], size[tool] < asked.records, codes[tool]) for tool in chosen}


def change_one(folder: Path) -> None:
    """Write another title into a record, and wait until ficli trusts its time."""
    path = min((folder / "incidents").iterdir())
    text = path.read_text(encoding="utf-8")
    changed = text.replace(" once more\n", "\n", 1)
    path.write_text(changed if changed != text else re.sub(r"\ntitle: .*", r"\g<0> once more", text, count=1), "utf-8")
    time.sleep(CLOCK_GRAIN)


# --- the table -------------------------------------------------------------------------------------------------


def print_table(figures: dict[Tool, Figures]) -> None:
    """Print a line for each tool; the ratios are to the fastest peer that is not extrapolated, where there is one."""
    walls = {tool: [taken.wall for taken in measured.seconds] for tool, measured in figures.items()}
    medians = {tool: statistics.median(taken) for tool, taken in walls.items()}
    peers = [medians[tool] for tool, measured in figures.items() if tool.peer and not measured.extrapolated]
    rows = [("tool", "seconds", "least", "most", "ratio", "CPU", "MiB", "")]
    rows.extend(
        (
            tool.name,
            f"{medians[tool]:.2f}",
            f"{min(walls[tool]):.2f}",
            f"{max(walls[tool]):.2f}",
            f"{medians[tool] / min(peers):.2f}" if peers else "",
            f"{statistics.median(taken.processor for taken in measured.seconds):.2f}",
            f"{measured.memory:.0f}" if measured.memory else "",
            remark(measured),
        )
        for tool, measured in figures.items()
    )
    print("\n".join(aligned(rows)))


def remark(measured: Figures) -> str:
    """Return what a reader must know of a figure."""
    said = ["extrapolated from a sample, memory is the sample's"] if measured.extrapolated else []
    return ", ".join([*said, *([f"exit code {measured.exit_code}"] if measured.exit_code else [])])


if __name__ == "__main__":
    sys.exit(main())
