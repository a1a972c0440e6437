"""The records in parts of so many rows, with a manifest, for what reads a folder of files as one table."""

from __future__ import annotations

import hashlib
import json
import os
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from ficli.errors import UsageError
from ficli.export import jsonl, parquet
from ficli.export.json_ import head
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import PendingFile
    from ficli.export.dataset import Dataset

MANIFEST = "manifest.json"
_PART = re.compile(r"records-[0-9]{5,}\.(?:jsonl|parquet)|tombstones\.(?:jsonl|parquet)")


def write(dataset: Dataset, kind: str, rows: int, begin: Callable[[str], PendingFile]) -> None:
    """Write the parts, the tombstones where they are wanted, and last the manifest.

    Args:
        dataset: the index.
        kind: `jsonl` or `parquet`.
        rows: how many records a part has at most.
        begin: begins a file in the folder.

    Raises:
        FicliError: the disk is full.

    """
    fill, fill_tombstones = (_jsonl if kind == "jsonl" else _parquet)(dataset)
    files = []
    total = len(dataset.records)
    for number, start in enumerate(range(0, max(total, 1), rows), start=1):
        name, size = f"records-{number:05}.{kind}", min(rows, total - start)
        pending = begin(name)
        fill(pending, size)
        files.append({"file": name, "table": "records", "rows": size, **_measured(pending)})
    if {"merged", "removed"} & set(dataset.selection.only):
        name, pending = f"tombstones.{kind}", begin(f"tombstones.{kind}")
        fill_tombstones(pending)
        files.append({"file": name, "table": "tombstones", "rows": len(dataset.tombstones), **_measured(pending)})
    known = head(dataset)
    manifest = {**{name: known[name] for name in ("format", "index", "version", "selection")}, "files": files}
    begin(MANIFEST).write_text([json.dumps(manifest, indent=2), "\n"])


def stale_parts(folder: Path) -> list[str]:
    """Name the parts that an earlier export left in a folder, which a new one has to clear away or replace.

    Raises:
        UsageError: the folder has parts that no manifest in it names, so that they may be anybody's.

    """
    try:
        found = sorted(name for name in os.listdir(folder) if _PART.fullmatch(name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    for name in found:
        if name not in _listed_in(folder / MANIFEST):
            message = f"{quoted(str(folder / name))} would be read as a part, and no export in that folder has written it"
            raise UsageError(message, hint="name another folder, or move it away")
    return found


def _listed_in(manifest: Path) -> set[str]:
    try:
        return {str(item["file"]) for item in json.loads(manifest.read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _jsonl(dataset: Dataset) -> tuple[Callable[[PendingFile, int], None], Callable[[PendingFile], None]]:
    lines = jsonl.render(dataset)
    return (
        lambda pending, size: pending.write_text(islice(lines, size)),
        lambda pending: pending.write_text(jsonl.render_tombstones(dataset)),
    )


def _parquet(dataset: Dataset) -> tuple[Callable[[PendingFile, int], None], Callable[[PendingFile], None]]:
    entries = iter(dataset.records)
    return (
        lambda pending, size: parquet.write(dataset, islice(entries, size), pending.temporary),
        lambda pending: parquet.write_tombstones(dataset, pending.temporary),
    )


def _measured(pending: PendingFile) -> dict[str, Any]:
    with open(pending.temporary, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"bytes": os.path.getsize(pending.temporary), "sha256": digest}
