"""Keeps records as lines of JSON, on disk when they are many, and gives them back in any order."""

from __future__ import annotations

import json
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ficli.errors import FicliError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.export.dataset import Entry

_IN_MEMORY = 32 * 1024 * 1024


class _Place(NamedTuple):
    order: Any
    start: int
    length: int


class Spool:
    """Records that are written once and read back sorted; a context, which ends the temporary file with it.

    In memory is only where each record lies, and their lines as long as they are few.
    """

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._file = tempfile.SpooledTemporaryFile(in_memory)  # noqa: SIM115 - closed with the spool
        self._end = 0
        self._places: list[_Place] = []
        self._sorted = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, line: bytes, order: Any) -> None:  # noqa: ANN401 - whatever can be compared
        """Keep a record, to be given back in the place that its order says.

        Raises:
            FicliError: the disk is full.

        """
        try:
            self._file.seek(self._end)
            self._file.write(line)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the records could not be put aside in `{tempfile.gettempdir()}`: {reason}"
            raise FicliError(message, hint="TMPDIR names another folder for temporary files") from error
        self._places.append(_Place(order, self._end, len(line)))
        self._end += len(line)
        self._sorted = False

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Entry]:
        for line in self.lines():
            yield json.loads(line)

    def lines(self) -> Iterator[str]:
        """Yield the line of each record, in order."""
        if not self._sorted:
            self._places.sort()
            self._sorted = True
        for place in self._places:
            self._file.seek(place.start)
            yield self._file.read(place.length).decode()
