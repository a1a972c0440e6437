"""JSON-LD: the data in `<script type="application/ld+json">`, also if it is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ficli.web.metadata.page import HtmlPage, clean, plain

_LONGEST = 2 * 1024 * 1024
"""Characters of JSON-LD that are read in one page."""

_MOST_NODES = 20_000
_MOST_NAMES = 30
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPER = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z"
)
_FIELD = r'"%s"\s*:\s*(?:"((?:[^"\\\n]|\\.)*)"|([0-9][0-9T:.+Z-]{7,40}))'

_ARTICLES = {
    kind.lower(): rank
    for rank, kinds in enumerate(
        (
            """
            NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle
            ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle LiveBlogPosting
            """,
            """
            Article BlogPosting ScholarlyArticle MedicalScholarlyArticle TechArticle Report
            SocialMediaPosting DiscussionForumPosting Legislation
            """,
            """
            VideoObject AudioObject PodcastEpisode RadioEpisode TVEpisode Review CriticReview Recipe
            Quotation PublicationIssue Chapter Book DigitalDocument CreativeWork
            """,
            "WebPage ItemPage AboutPage MedicalWebPage Event",
        )
    )
    for kind in kinds.split()
}
"""Types of things that a page may be about, the likeliest first."""

_ASIDE = frozenset(
    """
    about breadcrumb citation comment commentcount correction exampleofwork haspart image interactionstatistic
    isbasedon ispartof itemlistelement liveblogupdate logo mentions potentialaction primaryimageofpage recordedas
    relatedlink review sharedcontent significantlink subjectof thumbnail translationofwork workexample worktranslation
    """.split(),
)
"""Properties of a thing that lead to other things."""


class Thing(NamedTuple):
    """A thing that a page describes.

    Attributes:
        data: its properties.
        kind: the first of its types that is known, as written.
        rank: how likely it is what the page is about; 0 is likeliest.
        aside: whether it is part of another thing.

    """

    data: Mapping[str, Any]
    kind: str
    rank: int
    aside: bool


class Structured:
    """All JSON-LD of a page.

    Args:
        page: the page.

    """

    def __init__(self, page: HtmlPage) -> None:
        self.things: list[Thing] = []
        self.broken: list[str] = []
        self._by_id: dict[str, Mapping[str, Any]] = {}
        self.sites: list[Mapping[str, Any]] = []
        room = _LONGEST
        for script in page.linked_data:
            text = script[: room + 1]
            room -= len(text)
            if room < 0:
                break
            data = _loaded(text)
            if data is None:
                self.broken.append(text)
            else:
                self._collect(data)

    def _collect(self, data: object) -> None:
        """Collect the things of the data; iterative, with its own stack, so that no nesting is too deep."""
        waiting: list[tuple[object, bool]] = [(data, False)]
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node, aside = waiting.pop()
            if isinstance(node, list):
                waiting.extend((item, aside) for item in reversed(node))
            elif isinstance(node, dict):
                self._note(node, aside=aside)
                waiting.extend(
                    (value, aside or key.lower() in _ASIDE)
                    for key, value in reversed(node.items())
                    if isinstance(value, dict | list)
                )

    def _note(self, node: Mapping[str, Any], *, aside: bool) -> None:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            self._by_id.setdefault(name, node)
        for kind in kinds_of(node):
            low = kind.lower()
            if low in ("website", "newsmediaorganization", "organization", "corporation") and not aside:
                self.sites.append(node)
                return
            if low in _ARTICLES:
                self.things.append(Thing(node, kind, _ARTICLES[low], aside))
                return

    def resolved(self, value: object) -> object:
        """Follow a reference `{"@id": …}` to its target."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self._by_id.get(str(value.get("@id")), value)
        return value

    def names(self, value: object) -> list[str]:
        """Return the names of persons or organizations: a text, a thing with a name, a reference, or a list."""
        found: list[str] = []
        for item in value if isinstance(value, list) else [value]:
            known = self.resolved(item)
            if isinstance(known, list):
                found.extend(self.names(known[:_MOST_NAMES]) if known is not value else ())
                continue
            name = known.get("name") if isinstance(known, dict) else known
            if isinstance(name, list):
                name = name[0] if name else ""
            if isinstance(name, str) and (name := plain(name)):
                found.append(name)
        return found[:_MOST_NAMES]

    def salvaged(self, name: str) -> str:
        """Find a text property in invalid JSON; empty if there is none."""
        for text in self.broken:
            if match := re.search(_FIELD % re.escape(name), text):
                try:
                    found = json.loads(f'"{match[1] or match[2]}"', strict=False)
                except ValueError:
                    continue
                if isinstance(found, str):
                    return plain(found)
        return ""


def kinds_of(node: Mapping[str, Any]) -> Sequence[str]:
    """Return the types of a thing, without the address of their vocabulary."""
    kinds = node.get("@type")
    return [
        re.split(r"[/#:]", kind)[-1]
        for kind in (kinds if isinstance(kinds, list) else [kinds])[:20]
        if isinstance(kind, str)
    ]


def text_in(node: Mapping[str, Any], *names: str) -> tuple[str, str]:
    """Return the first present text property of some: its name and its text; of a list the first item."""
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and (text := plain(value)):
            return name, text
    return "", ""


def _loaded(text: str) -> object:
    """Parse JSON as it is, or else with common errors fixed; None if that does not help."""
    for attempt in _attempts(text):
        try:
            data: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return data
    return None


def _attempts(text: str) -> Iterator[str]:
    yield text
    bare = _WRAPPER.sub("", text).strip().rstrip(";")
    bare = _WRAPPER.sub("", bare).strip()
    yield bare
    without = _TRAILING_COMMA.sub(r"\1", bare)
    yield without
    if "&quot;" in without:
        from html import unescape

        yield unescape(without)
    yield re.sub(r"}\s*{", "},{", f"[{without}]")
    yield clean(without).replace("\\'", "'")
