"""How much of a file is read: bounds far above any record, so that no file can exhaust time or memory."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 1024 * 1024
"""Bytes of a file. A record has about 3.5 KB; what is longer than this is not one, and is not looked into."""

MAX_SECOND_OPINION: Final = 64 * 1024
"""Characters of a text that the slow parser is asked about too, where the fast one refuses it."""

MAX_DEPTH: Final = 32
"""Lists and mappings within each other, the record itself included."""

MAX_FLAWS: Final = 1000
"""Flaws of one kind of search told of one file: whoever has more has one problem, not a thousand."""
