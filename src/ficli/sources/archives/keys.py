"""The keys of an account at archive.org, with which copies are made; they show nowhere but in the request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ficli.errors import FicliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "FICLI_WAYBACK_KEY"
SECRET: Final = "FICLI_WAYBACK_SECRET"  # noqa: S105 - the name of a variable
WHERE: Final = "the keys of an account are at `https://archive.org/account/s3.php`"

_WORD = re.compile(r"[!-9;-~]{8,200}\Z")
"""What may stand in a header, without the colon that parts the two; long enough to be found in a text again."""


class KeysRefusedError(FicliError):
    """The Wayback Machine does not know the keys: nothing can be saved with them."""

    def __init__(self) -> None:
        super().__init__(f"the Wayback Machine does not accept `{KEY}` and `{SECRET}`", hint=WHERE)


@dataclass(frozen=True, slots=True)
class Keys:
    """A key and its secret, neither of which is shown."""

    key: str = field(repr=False)
    secret: str = field(repr=False)

    def header(self) -> str:
        """Give what the header `Authorization` says."""
        return f"LOW {self.key}:{self.secret}"

    def hidden_in(self, body: bytes) -> bytes:
        """Take the secret out of an answer that repeats what was asked, as servers do that explain themselves."""
        return body.replace(self.secret.encode(), b"...")


def keys_from(variables: Mapping[str, str]) -> Keys | None:
    """Take the keys from variables; None where there are none.

    Raises:
        UsageError: there is one without the other, or one that can be none; its value is not told.

    """
    found = {name: variables.get(name, "") for name in (KEY, SECRET)}
    if not any(found.values()):
        return None
    for name, value in found.items():
        if not value:
            raise UsageError(f"`{name}` is not set, and saving needs both `{KEY}` and `{SECRET}`", hint=WHERE)
        if not _WORD.match(value):
            raise UsageError(
                f"`{name}` is no key: one has 8 to 200 letters, digits and signs, and no colon", hint=WHERE
            )
    return Keys(found[KEY], found[SECRET])
