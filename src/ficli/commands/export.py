"""Writes the whole index in one of the formats of `ficli.export`, to files or as one stream."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.dataset import LeftOut, read_dataset
from ficli.commands.opening import open_registry
from ficli.environment import PendingFile, write_together
from ficli.errors import FicliError, UsageError
from ficli.export import FORMATS
from ficli.export.dataset import Dataset, Selection
from ficli.incident.counts import STATUSES
from ficli.incident.dates import PartialDate
from ficli.registry.scan import FOLDERS
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ficli.environment import Environment
    from ficli.export import Format

_OWN = (*FOLDERS, "schema", "ficli.toml", "taxonomy.yaml", "rejected.yaml", ".ficli", ".git")
"""What of a registry no export may take the place of."""
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be exported, and where to.

    Attributes:
        format: one of `FORMATS`.
        output: a file or a folder; nothing for one stream.
        selection: what of the index.
        server: for `redirects`: one of `ficli.export.redirects.SERVERS`.
        rows_per_part: how many records a file has at most; 0 for one file.

    """

    format: str
    output: str = ""
    selection: Selection = field(default_factory=Selection)
    server: str = ""
    rows_per_part: int = 0


class Written(NamedTuple):
    """A file that was written, as the user would name it, and its size in bytes."""

    path: str
    size: int


class Export:
    """A dataset that is ready to be written.

    Attributes:
        dataset: the index.
        left_out: what is not in it.

    """

    def __init__(self, request: Request, dataset: Dataset, left_out: LeftOut, cwd: Path) -> None:
        self.dataset = dataset
        self.left_out = left_out
        self._request = request
        self._cwd = cwd
