"""Detect a page that replaces another: a check for robots, or a "not found" with a success status."""

from __future__ import annotations

import re

from ficli.web.metadata.page import HtmlPage, text_of

CHALLENGE = "challenge"
NOT_FOUND = "not-found"
EMPTY = "empty"

_SHORT = 1500
"""Characters of text; an article is longer than such a page."""

_CHALLENGES = re.compile(
    r"just a moment|attention required|checking (?:if the site connection|your browser)|are you (?:a robot|human)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|access (?:to this page has been )?denied|security check|"
    r"please enable (?:js|javascript|cookies)|enable javascript and cookies|ddos protection|bot (?:check|verification)|"
    r"human verification|pardon our interruption|request unsuccessful|incapsula|unusual traffic|captcha|"
    r"before you continue|un instant|einen moment",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b404\b(?! media)|page (?:not found|cannot be found|can.t be found|does(?:n.t| not) exist|unavailable|no longer)|"
    r"not found|(?:can.t|cannot|couldn.t|could not) find (?:that|the|this) page|seite nicht gefunden|"
    r"page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|pagina niet gevonden|"
    r"página não encontrada|страница не найдена|no longer available|content unavailable",
    re.IGNORECASE,
)


def wall(page: HtmlPage) -> str:
    """Return what replaces the page: `challenge`, `not-found` or `empty`; an empty text for a real page."""
    text = page.text
    heading = text_of(page.headings[0]) if page.headings else ""
    if not text and not page.title and not page.metas and not page.linked_data:
        return EMPTY
    if len(text) > _SHORT:
        return ""
    said = f"{page.title}\n{heading}"
    if _CHALLENGES.search(said):
        return CHALLENGE
    if says_missing(page.title) or says_missing(heading):
        return NOT_FOUND
    return ""


def says_missing(text: str) -> bool:
    """Return whether a title or heading says that there is no such page; `404 Media` is a newspaper."""
    return _MISSING.search(text) is not None
