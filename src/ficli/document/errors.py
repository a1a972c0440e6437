"""The one thing that can fail in a document: a change that would damage it."""

from __future__ import annotations

from ficli.errors import FicliError


class EditError(FicliError):
    """A change was asked for that cannot be made without damage to the file; nothing was changed."""
