"""What BibTeX and BibLaTeX share: entries with braces, and text in LaTeX with every special character escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from ficli.citations.contract import DataFormat, Write
from ficli.errors import FicliError
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.citations.citation import Citation


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
"""Braces are written as commands, since BibTeX counts those behind a backslash too."""

_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
_LETTERS = {
    "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}", "Ø": r"\O{}",
    "å": r"\aa{}", "Å": r"\AA{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "ð": r"\dh{}", "Ð": r"\DH{}",
    "þ": r"\th{}", "Þ": r"\TH{}", "đ": r"\dj{}", "Đ": r"\DJ{}", "¡": r"\textexclamdown{}",
    "¿": r"\textquestiondown{}", "“": r"\textquotedblleft{}", "”": r"\textquotedblright{}",
    "‘": r"\textquoteleft{}", "’": r"\textquoteright{}", "„": r"\quotedblbase{}", "‚": r"\quotesinglbase{}",
    "«": r"\guillemotleft{}", "»": r"\guillemotright{}", "–": r"\textendash{}", "—": r"\textemdash{}",
    "…": r"\textellipsis{}", "€": r"\texteuro{}", "£": r"\textsterling{}", "¥": r"\textyen{}", "§": r"\textsection{}",
    "©": r"\textcopyright{}", "®": r"\textregistered{}", "™": r"\texttrademark{}", "°": r"\textdegree{}",
    "·": r"\textperiodcentered{}", "•": r"\textbullet{}", "×": r"\texttimes{}", "\u00a0": "~", "\u2011": "-",
}  # fmt: skip


def latex(text: str) -> str:
    """Escape text for LaTeX; letters of all scripts stay as they are, in UTF-8."""
    return "".join(_SPECIAL.get(char, char) for char in _LIGATURE.sub("\0", text)).replace("\0", "{}")


def latex_ascii(text: str) -> str:
    """Escape text for LaTeX in ASCII: accents and letters as commands.

    Raises:
        FicliError: a character has no command that every LaTeX knows.

    """
    return "".join(map(_ascii, latex(text)))


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    if char in _LETTERS:
        return _LETTERS[char]
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not base.isascii() or any(mark not in _ACCENTS for mark in marks):
        message = f"{quoted(char)} cannot be written in ASCII"
        raise FicliError(message, hint="leave out `--ascii`: biber and newer BibTeX read UTF-8")
    written = {"i": r"\i", "j": r"\j"}.get(base, base) if marks[0] not in "\u0323\u0327\u0328\u0331" else base
    for mark in marks:
        written = f"\\{_ACCENTS[mark]}{{{written}}}"
    return written


def bibliography_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Write an entry of fields whose values are already escaped; a field without a value is left out."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def braced(text: str) -> str:
    """Enclose a value in braces; an empty one stays empty."""
    return f"{{{text}}}" if text else ""


def protected(text: str) -> str:
    """Enclose a value in two pairs of braces, so that styles keep its case and readers do not split a name."""
    return braced(braced(text))


def names(citation: Citation, escape: Callable[[str], str]) -> str:
    """Write the authors, each protected from being split."""
    return braced(" and ".join(braced(escape(name)) for name in citation.authors))


def ascii_address(citation: Citation) -> str:
    """Write the address for LaTeX's `url`: not escaped, and in ASCII."""
    return quote(citation.url, safe="/:?#[]@!$&'()*+,;=%~")


def latex_format(title: str, entry: Callable[[Citation, Callable[[str], str]], str]) -> DataFormat:
    """Return a format whose entries have a blank line between them: in UTF-8, or with the flavour `ascii` in ASCII.

    Args:
        title: its name for people.
        entry: writes one citation with a function that escapes text for LaTeX.

    """

    def written(escape: Callable[[str], str]) -> Write:
        return lambda citations: "\n".join(entry(citation, escape) for citation in citations)

    return DataFormat(title, written(latex), {"ascii": written(latex_ascii)})
