"""What an HTTP status means for whoever wants a page."""

from __future__ import annotations

from typing import Final

GONE: Final = frozenset({404, 410})
"""There is no such page."""

BLOCKED: Final = frozenset({401, 403, 406, 407, 409, 429, 451, 999})
"""The site does not let programs in; sites send nearly any of these to a program that they take for a robot."""

PAYMENT_REQUIRED: Final = 402
