"""The records in parts of so many rows, with a manifest, for programs that read a folder of files as one table."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from ficli.errors import UsageError
from ficli.export import jsonl, parquet
from ficli.export.json_ import head
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import PendingFile
    from ficli.export.dataset import Dataset

Fill: TypeAlias = "Callable[[PendingFile], None]"
"""Writes all of a file that was begun; raises `FicliError` if the disk is full."""
MANIFEST = "manifest.json"
_PART = re.compile(r"records-[0-9]{5,}\.(?:jsonl|parquet)|tombstones\.(?:jsonl|parquet)")


def files(dataset: Dataset, kind: str, rows: int) -> Iterator[tuple[str, Fill]]:
    """Yield the parts, the tombstones if they are wanted, and last the manifest, each with its writer.

    Args:
        dataset: the index.
        kind: `jsonl` or `parquet`.
        rows: how many records a part has at most.

    """
    fill, fill_tombstones = (_jsonl if kind == "jsonl" else _parquet)(dataset)
    listed: list[dict[str, Any]] = []

    def measuring(name: str, table: str, count: int, fill: Fill) -> tuple[str, Fill]:
        def measured(pending: PendingFile) -> None:
            fill(pending)
            listed.append({"file": name, "table": table, "rows": count, **_measures(pending)})

        return name, measured

    total = len(dataset.records)
    for number, start in enumerate(range(0, max(total, 1), rows), start=1):
        size = min(rows, total - start)
        yield measuring(f"records-{number:05}.{kind}", "records", size, partial(fill, size))
    if dataset.selection.has_tombstones:
        yield measuring(f"tombstones.{kind}", "tombstones", len(dataset.tombstones), fill_tombstones)
    known = {name: value for name, value in head(dataset).items() if name not in {"taxonomy", "counts"}}
    yield MANIFEST, lambda pending: pending.write_text([json.dumps({**known, "files": listed}, indent=2), "\n"])


def stale_parts(folder: Path) -> list[str]:
    """Return the parts of an earlier export in a folder, which a new one has to delete or replace.

    Raises:
        UsageError: the folder has parts that are not in a manifest in it, so that somebody else may own them.

    """
    try:
        found = sorted(name for name in os.listdir(folder) if _PART.fullmatch(name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    for name in found:
        if name not in _listed_in(folder / MANIFEST):
            message = f"{quoted(name)} in that folder would be read as a part, and no export has written it"
            raise UsageError(message, hint="name another folder, or move it away")
    return found


def _listed_in(manifest: Path) -> set[str]:
    try:
        return {str(item["file"]) for item in json.loads(manifest.read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _jsonl(dataset: Dataset) -> tuple[Callable[[int, PendingFile], None], Fill]:
    lines = jsonl.render(dataset)
    return (
        lambda size, pending: pending.write_text(islice(lines, size)),
        lambda pending: pending.write_text(jsonl.render_tombstones(dataset)),
    )


def _parquet(dataset: Dataset) -> tuple[Callable[[int, PendingFile], None], Fill]:
    entries = iter(dataset.records)
    return (
        lambda size, pending: parquet.write(dataset, islice(entries, size), pending.temporary),
        lambda pending: parquet.write_tombstones(dataset, pending.temporary),
    )


def _measures(pending: PendingFile) -> dict[str, Any]:
    with open(pending.temporary, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"bytes": os.path.getsize(pending.temporary), "sha256": digest}
