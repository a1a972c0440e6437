"""Licences by their SPDX names: which of them machines know, and where they can be read."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[05])")
_OTHER = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}


def licence_url(name: str) -> str:
    """Give the address of a licence for data; empty where it is not known."""
    match = _CREATIVE_COMMONS.fullmatch(name)
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _OTHER.get(name, "")
