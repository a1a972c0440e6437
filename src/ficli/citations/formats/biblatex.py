"""BibLaTeX: `@online` for an entry or a source, `@dataset` for the index; only fields that biber allows."""

from __future__ import annotations

from collections.abc import Callable

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.formats.tex import ascii_address, bibliography_entry, braced, latex_format, names, protected

_LANGUAGES = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "it": "italian", "ja": "japanese", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip
"""The names of languages in babel."""


def _entry(citation: Citation, escape: Callable[[str], str]) -> str:
    is_index = citation.kind is CitationKind.INDEX
    fields = {
        "author": names(citation, escape),
        "title": protected(escape(citation.title)),
        "organization": "" if is_index else braced(escape(citation.container or citation.other_publisher)),
        "publisher": braced(escape(citation.publisher)) if is_index else "",
        "version": braced(citation.version),
        "date": braced(str(citation.issued or "")),
        "note": braced(escape(citation.note)),
        "url": braced(ascii_address(citation)),
        "urldate": braced(citation.accessed.isoformat() if citation.accessed else ""),
        "langid": braced(_LANGUAGES.get(citation.language.partition("-")[0].lower(), "")),
    }
    return bibliography_entry("dataset" if is_index else "online", citation.key, fields)


FORMAT = latex_format("BibLaTeX", _entry)
