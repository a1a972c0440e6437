"""Times `ficli export` to every format, and opens each file with a reader that is not ficli's.

python benchmarks/export.py [--records 10000] [--rounds 3]

Prints the median wall time, the processor time, the peak memory of all processes together, the size of what was
written, and what the reader found in it. A reader that is not installed is said.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import aligned, peak_memory, run

from ficli.incident.schema import shipped_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
FICLI = "from ficli.terminal.main import run; run()"


class Case(NamedTuple):
    """An export to measure: its name, the words after `ficli export`, and a reader that says what it found."""

    name: str
    words: tuple[str, ...]
    read: Callable[[Path], str]


def main() -> int:
    """Generate the records, export them to every format, and print the table."""
    parser = argparse.ArgumentParser(description="Time `ficli export` to every format.")
    parser.add_argument("--records", type=int, default=10_000, help="records to export (default: 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the median is printed (default: 3)")
    asked = parser.parse_args()
    rows: list[Sequence[str]] = [("format", "seconds", "CPU", "MiB", "size in MB", "read by")]
    with tempfile.TemporaryDirectory() as scratch:
        registry = Path(scratch, "registry")
        generator = [sys.executable, str(HERE / "generate.py"), str(registry), f"--records={asked.records}"]
        subprocess.run(generator, check=True)
        for case in CASES:
            print(case.name, file=sys.stderr)
            rows.append(measured(case, registry, Path(scratch, case.name), asked.rounds))
    print(f"{asked.records:,} records, median of {asked.rounds}:\n")
    print("\n".join(aligned(rows)))
    return 0


def measured(case: Case, registry: Path, output: Path, rounds: int) -> Sequence[str]:
    """Export once to warm up and for the memory, then in rounds, and have the last one read."""
    command = [sys.executable, "-c", FICLI, "export", *case.words, "--registry", str(registry), "-o", f"{output}/"]
    memory = peak_memory(command)
    taken, codes = zip(*(run(command) for _ in range(rounds)), strict=True)
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    return (
        case.name,
        f"{statistics.median(seconds.wall for seconds in taken):.2f}",
        f"{statistics.median(seconds.processor for seconds in taken):.2f}",
        f"{memory:.0f}" if memory else "",
        f"{size / 1e6:.1f}",
        f"exit code {max(codes)}" if any(codes) else said_by(case.read, output),
    )


def said_by(read: Callable[[Path], str], output: Path) -> str:
    """Return what a reader found, or which one is missing."""
    try:
        return read(output)
    except ImportError as error:
        return f"not read: {error.name} is not installed"


# --- the readers -----------------------------------------------------------------------------------------------


def by_json_schema(folder: Path) -> str:
    """Hold `index.json` against its schema."""
    import jsonschema_rs

    data = json.loads((folder / "index.json").read_bytes())
    jsonschema_rs.Draft7Validator(shipped_schema("index")).validate(data)
    return f"json and JSON Schema: valid, {len(data['records']):,} records"


def by_duckdb(pattern: str, reader: str) -> Callable[[Path], str]:
    """Make a function that counts records and sources with DuckDB."""

    def read(folder: Path) -> str:
        import duckdb

        question = f"SELECT count(*), sum(len(sources)) FROM {reader}('{folder}/{pattern}')"  # noqa: S608 - our own
        records, sources = duckdb.execute(question).fetchall()[0]
        return f"DuckDB: {records:,} records, {int(sources):,} sources"

    return read


def by_csv(folder: Path) -> str:
    """Count rows with the `csv` module, and with DuckDB."""
    import duckdb

    counts = {}
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8", newline="") as stream:
            counts[path.stem] = sum(1 for _ in csv.reader(stream)) - 1
        if counts[path.stem]:
            (found,) = duckdb.execute(f"SELECT count(*) FROM read_csv('{path}')").fetchall()[0]  # noqa: S608 - our own
            if found != counts[path.stem]:
                return f"csv and DuckDB differ in {path.name}: {counts[path.stem]:,} and {found:,}"
    return f"csv and DuckDB: {counts['records']:,} records, {counts['sources']:,} sources"


def by_sqlite(folder: Path) -> str:
    """Check the database, count, and search its text."""
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:

        def ask(question: str) -> str:
            return str(database.execute(question).fetchone()[0])

        found = [
            ask("PRAGMA integrity_check"),
            ask("SELECT count(*) || ' records' FROM records"),
            ask("SELECT count(*) || ' sources' FROM sources"),
            ask("SELECT count(*) || ' about refunds' FROM records_text WHERE records_text MATCH 'refunds'"),
        ]
    return f"sqlite3: {', '.join(found)}"


def by_feed_reader(folder: Path) -> str:
    """Read the feed as a feed reader does."""
    import feedparser

    feed = feedparser.parse((folder / "feed.atom").read_bytes())
    return f"feedparser: {'not well-formed' if feed.bozo else feed.version}, {len(feed.entries):,} entries"


def by_eye(folder: Path) -> str:
    """Count the lines of a text."""
    (path,) = folder.iterdir()
    return f"{len(path.read_text(encoding='utf-8').splitlines())} lines"


CASES = (
    Case("json", ("json",), by_json_schema),
    Case("jsonl", ("jsonl",), by_duckdb("records.jsonl", "read_json")),
    Case("jsonl, parts", ("jsonl", "--rows-per-part=2500"), by_duckdb("records-*.jsonl", "read_json")),
    Case("csv", ("csv",), by_csv),
    Case("sqlite", ("sqlite",), by_sqlite),
    Case("parquet", ("parquet",), by_duckdb("records.parquet", "read_parquet")),
    Case("parquet, parts", ("parquet", "--rows-per-part=2500"), by_duckdb("records-*.parquet", "read_parquet")),
    Case("atom", ("atom",), by_feed_reader),
    Case("redirects", ("redirects", "--server=nginx"), by_eye),
    Case("cff", ("cff",), by_eye),
)

if __name__ == "__main__":
    sys.exit(main())
