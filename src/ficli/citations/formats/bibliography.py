"""The layout that BibTeX and BibLaTeX share: entries with fields in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ficli.citations.citation import Citation


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Write an entry of fields whose values are written already; a field without a value is left out."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def braced(text: str) -> str:
    """Put a value in braces; nothing stays nothing."""
    return f"{{{text}}}" if text else ""


def protected(text: str) -> str:
    """Put a value in two pairs of braces, so that no style changes its case and no reader takes a name apart."""
    return braced(braced(text))


def names(citation: Citation, escape: Callable[[str], str]) -> str:
    """Write the authors, each protected from being taken apart."""
    return braced(" and ".join(braced(escape(name)) for name in citation.authors))


def ascii_address(citation: Citation) -> str:
    """Write the address as LaTeX's `url` takes it: not escaped, and in ASCII."""
    return quote(citation.url, safe="/:?#[]@!$&'()*+,;=%~")
