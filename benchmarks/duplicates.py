"""Times the search for likely duplicates over synthetic records, some of which are told a second time.

python benchmarks/duplicates.py [--records 100000] [--told-twice 500]

Prints, for a tenth of the records and for all of them, the processor time, the peak memory that the search adds, how
many of the events told twice are found, and how many records are taken for one that are not. A second telling has
another ID and slug, the words of its title in another order, and the same pages, the same quotation or neither.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from itertools import islice
from typing import TYPE_CHECKING

from generate import Incident

from ficli.incident.record import Record
from ficli.registry.duplicates import Resemblance
from ficli.registry.index_entry import IndexEntry, index_record
from ficli.registry.records import record_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 1
FIRST_COPY = 1_000_000


def main() -> int:
    """Time both sizes, and print the table."""
    parser = argparse.ArgumentParser(description="Time the search for likely duplicates.")
    parser.add_argument("--records", type=int, default=100_000, help="records (default: 100000)")
    parser.add_argument("--told-twice", type=int, default=500, help="how many of them are told twice (default: 500)")
    asked = parser.parse_args()
    entries = list(islice(originals(), asked.records))
    print(f"{'records':>9}  {'CPU s':>6}  {'MiB':>5}  {'told twice':>10}  {'found':>6}  {'others':>6}")
    for number in (asked.records // 10, asked.records):
        some = entries[:number]
        copies = list(second_tellings(some, max(1, asked.told_twice * number // asked.records)))
        seconds, memory, pairs = timed([*some, *copies])
        right = {(copy.path, original.path) for copy, original in zip(copies, chosen(some, len(copies)), strict=True)}
        print(
            f"{len(some):>9,}  {seconds:>6.2f}  {memory:>5.0f}  {len(copies):>10,}  {len(right & pairs):>6,}  "
            f"{len(pairs - right):>6,}"
        )
    return 0


def originals() -> Iterator[IndexEntry]:
    """Yield what the index knows of each synthetic record."""
    for number in range(1, sys.maxsize):
        incident = Incident(number, SEED, draft=False)
        yield index_record(incident.path, Record(record_data(incident.text().encode())))


def chosen(entries: Sequence[IndexEntry], number: int) -> Sequence[IndexEntry]:
    """Choose records at even distances."""
    step = max(1, len(entries) // number)
    return entries[::step][:number]


def second_tellings(entries: Sequence[IndexEntry], number: int) -> Iterator[IndexEntry]:
    """Write some records a second time, as a curator would who did not know the first."""
    for place, entry in enumerate(chosen(entries, number)):
        first, *words = entry.title.split()
        again = entry._replace(
            path=f"incidents/FI-{FIRST_COPY + place}.yaml",
            id=f"FI-{FIRST_COPY + place}",
            slug=f"told-again-{place}",
            title=" ".join([*words, first.lower()]),
            quote="",
            sources=(),
            mechanism="",
        )
        yield again._replace(**({"sources": entry.sources}, {"quote": entry.quote}, {})[place % 3])


def timed(entries: Sequence[IndexEntry]) -> tuple[float, float, set[tuple[str, str]]]:
    """Search once for the time and once for the memory, and give both with the pairs of paths."""
    started = time.process_time()
    found = Resemblance(entries).duplicates
    seconds = time.process_time() - started
    tracemalloc.start()
    assert len(Resemblance(entries).duplicates) == len(found)  # noqa: S101 - the same work a second time
    memory = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return seconds, memory, {(item.one.path, item.other.path) for item in found}


if __name__ == "__main__":
    sys.exit(main())
