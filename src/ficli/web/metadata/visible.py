"""The visible date: a `<time>` element, a byline or a line that says "published", at the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ficli.web.metadata.dates import read_date
from ficli.web.metadata.page import HtmlPage, clean, text_of

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

    from ficli.dates import PartialDate

Around: TypeAlias = "frozenset[HtmlElement]"

_ELSEWHERE_TAGS = frozenset(
    {"aside", "nav", "footer", "form", "iframe", "select", "table", "script", "style", "noscript"}
)
_ELSEWHERE = re.compile(
    r"(?:^|[-_\s])(?:related|recommend\w*|sidebar|side-?bar|aside|comments?|commentlist|footer|nav|navbar|menu|teasers?|"
    r"more|most|popular|trending|latest|archive|widget|carousel|promo|recirc\w*|rail|newsletter|breaking|ticker|"
    r"copyright|weather|calendar|recent|siblings?|read-?next|also|next|prev|previous|similar|reply|disqus|login|"
    r"advert\w*|ads?|banner|cookies?|modal|popup|share|events?|upcoming|list-?item|card|tweet|twitter)(?:$|[-_\s])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:^|[-_\s])(?:related|recommend\w*|sidebar|side-?bar|comments?|commentlist|trending|popular|recent|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MARKS = frozenset(
    """
    article-date article-publish-date article-timestamp article__date date-published dateline dt-published entry-date
    entry-time post-date posted-on pubdate publication-date publish-date published published-date story-date timestamp
    """.split(),
)
"""Classes for the date of publication, of hAtom and of sites that follow it."""

_DATE_LIKE = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|info|stamp|fecha|datum|data|pubdate|post-?on|author|credit|created|"
    r"entry|detail|source|fonte|quelle|head",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:first published|published|publié|publiée|posted|veröffentlicht|erschienen|publicado|publicada|pubblicato|"
    r"gepubliceerd|geplaatst|publicerad|publisert|udgivet|julkaistu|opublikowano|опубликовано|дата публикации|"
    r"created|issued|released|date of publication|mis en ligne|publicat|dodano|yayınlanma|diterbitkan|発行|公開|发布|"
    r"發佈|입력|등록|δημοσιεύθηκε|postado|stand|written|datum|fecha|published on|on)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|revis|edited|geändert|aktualisiert|actualis|actualiz|mis à jour|maj\b|aggiornat|bijgewerkt|"
    r"uppdatera|oppdater|opdater|päivitetty|zaktualizowan|обновл|更新|수정|güncel|diperbarui|ενημέρωσ|atualizad|"
    r"last (?:changed|reviewed)|accessed|retrieved|copyright|©|diubah",
    re.IGNORECASE,
)
_LONGEST_LINE = 160
_LINE = 90
"""Characters; a text no longer than that with a date is a byline."""

_REACH = 60
"""Elements after the headline in which its date is searched; fewer before it, and few in one line."""

_BEFORE = 25
_MOST_CHILDREN = 30
_LEAD = 40


class VisibleDate(NamedTuple):
    """A visible date.

    Attributes:
        day: the date.
        raw: the words around it.
        place: the element, in words.
        sure: whether the page marks it as the date of the article.

    """

    day: PartialDate
    raw: str
    place: str
    sure: bool


def seen_dates(page: HtmlPage, headline: HtmlElement | None, *, language: str, today: date) -> list[VisibleDate]:
    """Return the dates that may be the article's, the likeliest first.

    Dates with a mark come first. If there are several days, the page lists other articles too, and dates
    at the headline come first.
    """
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
    read = (_read(element, language, today, sure=True) for element in _marked(page, around))
    marked = [seen for seen in read if seen is not None]
    near = list(_near(page, headline, around, language, today)) if headline is not None else []
    return [*near, *marked] if len({seen.day for seen in marked}) > 1 else [*marked, *near]


def _marked(page: HtmlPage, around: Around) -> Iterator[HtmlElement]:
    """Yield the elements that are marked for programs as the date of publication (hAtom and HTML5)."""
    for element in page.root.iter("time", "abbr", "span", "p", "div"):
        words = (element.get("class") or "").lower().split()
        if (element.get("pubdate") is not None or not _MARKS.isdisjoint(words)) and not is_elsewhere(
            element, around, _OTHERS
        ):
            yield element


def is_elsewhere(element: HtmlElement, around: Around, names: re.Pattern[str] = _ELSEWHERE) -> bool:
    """Return whether an element is in a part of the page that is not about the article.

    Args:
        element: the element.
        around: the elements that contain the headline; they are never such a part.
        names: the names of such parts in `class` and `id`.

    """
    for above in (element, *element.iterancestors()):
        if above in around or above.tag in ("body", "html", "main"):
            return False
        if above.tag in _ELSEWHERE_TAGS:
            # The header and footer of an article are about it.
            if above.tag == "footer" and any(higher.tag == "article" for higher in above.iterancestors()):
                continue
            if above.tag == "table" and names is _OTHERS:
                continue
            return True
        if above is not element or above.tag != "time":
            marks = f"{above.get('class') or ''} {above.get('id') or ''}"
            if len(marks) < 300 and names.search(marks):  # noqa: PLR2004 - a heap of classes says nothing
                return True
    return False


def _near(page: HtmlPage, headline: HtmlElement, around: Around, language: str, today: date) -> Iterator[VisibleDate]:
    """Yield the dates just after the headline, then those just before it."""
    after, before = _around(page, headline)
    for element in (*after, *before):
        if is_elsewhere(element, around):
            continue
        if element.tag in ("time", "abbr"):
            sure = bool(element.get("datetime") or element.get("title"))
            if seen := _read(element, language, today, sure=sure):
                yield seen
        elif element.tag in ("a", "h1", "title", "figcaption", "figure", "option"):
            continue
        else:
            own = clean(" ".join(_own_text(element)))
            if 6 <= len(own) <= _LONGEST_LINE:  # noqa: PLR2004 - 1.1.20
                marks = f"{element.get('class') or ''} {element.get('id') or ''}"
                sure = bool(_DATE_LIKE.search(marks) or _PUBLISHED.search(own) or len(own) <= _LINE)
                if seen := _read(element, language, today, sure=sure, text=own):
                    yield seen


def _around(page: HtmlPage, headline: HtmlElement) -> tuple[Sequence[HtmlElement], Sequence[HtmlElement]]:
    every = [element for element in page.root.iter() if isinstance(element.tag, str)]
    at = every.index(headline)
    inside = sum(1 for _ in headline.iterdescendants())
    return every[at + inside + 1 : at + inside + 1 + _REACH], every[max(0, at - _BEFORE) : at][::-1]


def _own_text(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element itself, with that of the small elements in it."""
    if element.text:
        yield element.text
    for child in islice(element, _MOST_CHILDREN):
        if isinstance(child.tag, str) and child.tag in (
            "b",
            "strong",
            "em",
            "i",
            "span",
            "small",
            "br",
            "time",
            "abbr",
            "font",
            "a",
        ):
            yield text_of(child)
        if child.tail:
            yield child.tail


def _read(element: HtmlElement, language: str, today: date, *, sure: bool, text: str = "") -> VisibleDate | None:
    shown = text or text_of(element)
    if _CHANGED.search(shown) or _CHANGED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}"):
        parts = _CHANGED.split(shown, maxsplit=1)
        shown = parts[0] if len(parts) > 1 and read_date(parts[0], language=language, today=today).date else ""
        if not shown:
            return None
    lead = _lead(element)
    if _CHANGED.search(lead) and not _PUBLISHED.search(lead):
        return None
    machine = element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or ""
    for written in filter(None, (machine, shown)):
        day = read_date(written, language=language, today=today).date
        if day is not None and day.has_day:
            return VisibleDate(day, clean(written)[:_LONGEST_LINE], _named(element), sure)
    return None


def _lead(element: HtmlElement) -> str:
    """Return the words just before an element."""
    before, above = element.getprevious(), element.getparent()
    if before is not None:
        return clean(f"{text_of(before)[-_LEAD:] if isinstance(before.tag, str) else ''} {before.tail or ''}")
    return clean(above.text or "")[-_LEAD:] if above is not None else ""


def _named(element: HtmlElement) -> str:
    words = (element.get("class") or "").split()
    return f"<{element.tag}{f' class={words[0]}' if words else ''}>"
