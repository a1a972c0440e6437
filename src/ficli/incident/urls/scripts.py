"""Hosts whose names mix scripts: `а` of Cyrillic beside `a` of Latin, which no reader can tell apart."""

from __future__ import annotations

import unicodedata

from ficli.incident.urls.parse import parse_url
from ficli.wording import listed, quoted

# Scripts that stand beside one another in one language.
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)


def mixed_scripts(text: str) -> str:
    """Say which scripts the host of an address mixes within one part of its name; empty where it mixes none."""
    url = parse_url(text)
    if url is None or "xn--" not in url.host:
        return ""
    import idna

    for label in url.host.split("."):
        shown = idna.ulabel(label) if label.startswith("xn--") else label
        scripts = {_script(letter) for letter in shown if letter.isalpha()}
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            names = listed(sorted(script.capitalize() for script in scripts))
            return f"the host {quoted(url.host)} mixes letters of {names}: is it the site you mean?"
    return ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
