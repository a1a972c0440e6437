"""Dates with the precision that is written: a year, a month or a day, and the one reader of all their spellings.

What people type, records hold and pages print goes through the same forms, so that no two commands disagree. Nothing
is invented: a month stays a month, `early 2025` is not a date, and a text with two readings has two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, Self

FIRST_YEAR = 1000
"""No record and no page is about an earlier one; such a year is a slip of the hand."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

FORMS = "`8 May 2025`, `May 2025`, `2025`, or `2025-05-08`"
"""The accepted forms, for messages."""

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_LONGEST = 100
_BUDDHIST, _FIRST_BUDDHIST_YEAR = 543, 2400


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; `parts` has one, two or three numbers.

    Two dates are ordered only as far as both are known: `2025-05` is neither before nor after `2025-05-08`.
    """

    parts: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for anything else, and for a day no calendar has."""
        parts = _parts(text)
        return cls(parts) if parts else None

    @classmethod
    def of(cls, day: date) -> Self:
        """Return a calendar day as a date of full precision."""
        return cls((day.year, day.month, day.day))

    def before(self, other: PartialDate) -> bool:
        """Return whether this date is certainly earlier than the other, compared at their common precision."""
        shared = min(len(self.parts), len(other.parts))
        return self.parts[:shared] < other.parts[:shared]

    @property
    def has_day(self) -> bool:
        """Whether the date has a day."""
        return len(self.parts) == 3  # noqa: PLR2004 - year, month, day

    @property
    def in_words(self) -> str:
        """The date in English words: `8 May 2025`, `May 2025`."""
        year, *rest = self.parts
        names = [MONTHS[rest[0] - 1]] if rest else []
        return " ".join([*map(str, rest[1:]), *names, f"{year:04}"])

    def __str__(self) -> str:
        return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(self.parts))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[int, ...]:
    """Parse a date into numbers; empty if it is not one. Cached, since the same few dates are in many records."""
    match = _SHAPE.match(text)
    if match is None:
        return ()
    parts = tuple(int(part) for part in match.groups() if part is not None)
    try:
        date(*parts, *(1, 1)[len(parts) - 1 :])
    except ValueError:
        return ()
    return parts


# --- the reader ------------------------------------------------------------------------------------------------


class Reading(NamedTuple):
    """The dates that a text can mean.

    Attributes:
        dates: empty if the text is not a date; several if it has several readings, the day first before the others.
        reason: why the text is not a date in the form of a record, or why it has no date or several.
        complete: whether the reading drops nothing but the form, such as the time of day.

    """

    dates: tuple[PartialDate, ...] = ()
    reason: str = ""
    complete: bool = True

    @property
    def date(self) -> PartialDate | None:
        """The date of the text; None if there is none, and if there are several."""
        return self.dates[0] if len(self.dates) == 1 else None


class Found(NamedTuple):
    """A date within a longer text, and its offsets there."""

    reading: Reading
    start: int
    end: int


def parse_date(text: str, language: str = "") -> Reading:
    """Parse a text that is a date and nothing else, in any spelling.

    Args:
        text: as it is typed, or as a record or a page has it.
        language: of the page, if it is known; it decides between two readings.

    """
    bare = text.strip()
    if len(bare) > _LONGEST:
        return Reading()
    if (day := PartialDate.parse(bare)) and day.parts[0] >= FIRST_YEAR:
        return Reading((day,), "" if bare == text else "it has spaces or a line end around it")
    # Full-width digits of East Asian keyboards are 0 to 9. Other scripts' digits may be of other calendars: 1404, 2568.
    plain = " ".join(_normalized(bare).split())
    untimed = _without_time(plain)
    reading = _whole(untimed, language)
    if untimed == plain or not reading.dates:
        return reading if reading.dates or reading.reason else Reading((), _near_miss(plain))
    if not all(day.has_day for day in reading.dates):
        return Reading()
    if len(reading.dates) > 1:
        return reading
    return Reading(reading.dates, f"it has a {'time of day' if ':' in plain else 'day of the week'}", complete=False)


def find_dates(text: str, language: str = "", *, prose: bool = True) -> list[Found]:
    """Find the dates in a longer text, in their order; none within a more exact one.

    Args:
        text: what is searched.
        language: of the text, if it is known.
        prose: whether the text is prose, where months and years count, and digits alone may be something else; else
            it is a line that holds a date, and days alone count, those that cannot be read too.

    """
    taken = bytearray(len(text))
    found: list[Found] = []
    for form in _forms():
        if ("prose" if prose else "line") in form.where:
            for match in form.pattern.finditer(text):
                start, end = match.span()
                likely = "1500" <= match["year"] < "2600"  # else `12-34-5678` hides the date beside a telephone
                reading = form.read(match, language) if likely and not any(taken[start:end]) else None
                if reading is not None and (reading.date is not None or not prose):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Found(reading, start, end))
    return sorted(found, key=lambda item: item.start)


def _whole(text: str, language: str) -> Reading:
    for form in _forms():
        match = form.pattern.fullmatch(text) if "alone" in form.where else None
        if match is not None and (reading := form.read(match, language)) is not None:
            return reading
    return Reading()


def _normalized(text: str) -> str:
    import unicodedata

    return text if text.isascii() else unicodedata.normalize("NFKC", text)


class _Form(NamedTuple):
    """One way to write a date, by named groups; what is said of it; whether it counts alone, in a line, in prose."""

    pattern: re.Pattern[str]
    remark: str
    where: str

    def read(self, match: re.Match[str], language: str) -> Reading | None:
        """Read what the form matched; None if a word in it is not the name of a month."""
        parts = match.groupdict()
        written = list(_written(parts, language))
        if not written:
            return None
        dates = tuple(dict.fromkeys(day for item in written if (day := _date(*item)) is not None))
        # Dots are day first: CLDR knows 250 locales that write them, and the month is first in one, Ngomba.
        if parts.get("second") and (parts["mark"] == "." or language[:2].lower() in _DAY_FIRST):
            dates = dates[:1]
        if not dates:
            return Reading((), _why_impossible(*written[0]))
        if len(dates) > 1:
            return Reading(dates, f"it may be {' or '.join(day.in_words for day in dates)}")
        return Reading(dates, "it has a time of day" if parts.get("time") else self.remark, not parts.get("time"))


def _written(parts: Mapping[str, str | None], language: str) -> Iterator[tuple[int, str, str]]:
    """Yield the year, month and day that the parts of a date can mean; what is not written is empty."""
    year, month, day = int(parts["year"] or 0), parts.get("month") or "", parts.get("day") or ""
    if words := parts.get("words"):
        if year > _FIRST_BUDDHIST_YEAR and re.search(r"[\u0e00-\u0e7f]", words):  # Thai letters
            year -= _BUDDHIST
        yield from ((year, str(month), day) for month in _months_in(words, language))
    elif (first := parts.get("first")) and (second := parts.get("second")):
        yield from ((year, second, first), (year, first, second))
    else:
        yield year, month, day


def _date(year: int, month: str, day: str) -> PartialDate | None:
    numbers = [f"{int(part):02}" for part in (month, day) if part]
    return PartialDate.parse("-".join([f"{year:04}", *numbers])) if year >= FIRST_YEAR else None


def _why_impossible(year: int, month: str, day: str) -> str:
    if year < FIRST_YEAR:
        return f"the year cannot be {year:04}"
    if not 1 <= (number := int(month)) <= len(MONTHS):
        return f"there is no month {month}"
    return f"{MONTHS[number - 1]} {year} has no day {int(day)}"


_TIME = (
    r"(?:[Tt]|,?\s+(?:at\s+)?)\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[ap]\.?m\.?)?"
    r"(?:\s?(?:Z|[A-Z]{1,5}))?(?:\s?[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"


def _without_time(text: str) -> str:
    """Remove the time of day and the weekday; the date stays as it is written, in whatever time zone."""
    text = re.sub(rf"{_TIME}\Z", "", text, flags=re.IGNORECASE)
    return re.sub(rf"\A{_WEEKDAY}(?=\S)", "", text, flags=re.IGNORECASE)


@cache
def _forms() -> Sequence[_Form]:
    """Return the forms of dates; compiled when the first text is not in the form of a record."""
    before, after = r"(?<![0-9])(?<![0-9][.,])", r"(?![0-9])"
    year = rf"(?P<year>[0-9]{{4}}){after}"
    month, day = r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
    nth = rf"{before}{day}(?:st|nd|rd|th|er|º|ª|\.|-?го|ού)?"
    # A word is a letter and what follows it, for marks that belong to letters are no word characters to `re`. Whether
    # it names a month is looked up, which is faster than one pattern of a thousand names.
    word = r"[^\W\d_][^\s\d,;:/|()\[\]<>\"–—-]{0,23}"
    one, some = rf"(?<!\w)(?P<words>{word})", rf"(?P<words>{word}(?:\s+{word}){{0,2}})"
    by_number = "it is not of the form `YYYY-MM-DD`"
    by_name, backwards, everywhere = "the month is a word", "the year stands last", "alone line prose"
    both = r"(?P<first>[0-9]{1,2})\s?(?P<mark>[-/.])\s?(?P<second>[0-9]{1,2})(?P=mark)\s?"
    compact = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])"
    clock = r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)\s+(?:[A-Z+:0-9-]+\s+)?"
    forms = (
        (rf"{before}(?P<year>[0-9]{{4}})(?P<mark>[-/.])\s?{month}(?P=mark)\s?{day}{after}", by_number, everywhere),
        (rf"(?P<year>[0-9]{{4}})\s?[年년]\s?{month}\s?[月월]\s?{day}\s?[日일]", by_number, everywhere),
        (rf"{nth}[\s./-]*{some}[\s,./-]*{year}", by_name, everywhere),
        (rf"{one}[\s-]*{nth}[\s,-]+(?:de\s)?{year}", by_name, everywhere),
        (rf"{before}{year}[\s.,-]*{some}[\s.-]*{nth}{after}", by_name, "alone line"),
        (rf"{one}\s+{nth}\s+{clock}{year}", by_name, "alone line"),  # as `date` prints it
        (rf"{before}{both}{year}", backwards, "alone line"),
        (rf"(?P<first>[0-9]{{1,2}})(?P<mark> )(?P<second>[0-9]{{1,2}}) {year}", backwards, "alone"),
        (rf"(?<![0-9]){compact}(?P<time>T?[0-9]{{4}}(?:[0-9]{{2}})?)?{after}Z?", by_number, "alone line"),
        (rf"{year}[-/.]{month}", by_number, "alone"),
        (rf"(?P<year>[0-9]{{4}})\s?[年년]\s?{month}\s?[月월]", by_number, "alone"),
        (r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})", by_number, "alone"),
        (rf"{month}[-/.]{year}", backwards, "alone"),
        (rf"{some}[\s,./-]*{year}", by_name, "alone"),
        (rf"{year}[\s,-]+{some}", by_name, "alone"),
        (rf"{one}\s+(?:of\s+|de\s+)?{year}", by_name, "prose"),
        (year, by_number, "alone"),
        (r"(?<![\d.,$€£¥-])(?P<year>(?:19|20)[0-9]{2})(?![\d%]|[.,]\d)", by_number, "prose"),
    )
    return [_Form(re.compile(pattern, re.IGNORECASE), remark, where) for pattern, remark, where in forms]


_DAY_FIRST = frozenset(
    """
    ar az be bg bn bs ca cs cy da de el es et fi fr ga gl he hi hr hy id is it ka kk lv mk ms mt nb nl nn no pl pt ro ru
    sk sl sq sr sv ta te th tr uk ur uz vi
    """.split(),
)
"""Languages in which the day always comes before the month, in numbers."""


def _near_miss(text: str) -> str:
    """Return why a text that resembles a date is not one; empty if no reason is known."""
    number, name = "[0-9]{1,2}", r"[^\W\d_]{3,12}"
    part = "early|mid|late|end|start|spring|summer|autumn|fall|winter|q[1-4]|h[12]|(?:first|second) half"
    if re.fullmatch(
        rf"(?:in )?(?:{part})[ -]+(?:(?:in|of) )?(?:{name} )?[0-9]{{4}}|[0-9]{{4}}[ -]?[qh][1-4]", text, re.IGNORECASE
    ):
        return "it names a time that is neither a year nor a month nor a day"
    if re.fullmatch(
        rf"(?:{number}[-/. ]+(?:{number}|{name}\.?)[-/. ,]+|{name}\.? {number}(?:, ?| )|{name} ')'?[0-9]{{2}}", text
    ):
        return "the year has two digits"
    return ""


# --- the names of months ---------------------------------------------------------------------------------------

_LOCALES = tuple(
    """
    ar ar_DZ ar_LB az be bg bn bs ca cs da de de_AT el es et eu fa fi fr ga gl he hi hr hu hy id is it ka kk lt lv mk ms
    mt nb nl nn pl pt ro ru sk sl sq sr sr_Latn sv th tr uk uz
    """.split(),
)
"""The locales of CLDR whose names of months are known, beside English."""

# Spellings of pages that CLDR does not have.
_ALSO = {
    "ar": "يونيه=6 يوليه=7",
    "bg": "ян=1",
    "bn": "জানুয়ারী=1 ফেব্রুয়ারী=2 আগষ্ট=8",
    "de": "jaenner=1 feber=2 maerz=3 mrz=3",
    "es": "setiembre=9",
    "fa": "جولای=7",
    "hi": "सितम्बर=9 अक्तूबर=10 नवम्बर=11 दिसम्बर=12",
    "hr": "studenog=11",
    "id": "agt=8",
    "it": "sett=9",
    "lv": "janvārī=1 aprīlī=4 maijā=5 jūnijā=6 jūlijā=7 septembrī=9 oktobrī=10 novembrī=11 decembrī=12",
    "sr_Latn": "avgusta=8",
}
_BETWEEN = frozenset("d da de del di do g gada m of ta' г".split())
"""Words beside the month in a date."""


@lru_cache(maxsize=4096)
def months_named(name: str, language: str = "") -> tuple[int, ...]:
    """Return the numbers of the months that a word can name, in any case, whole or abbreviated.

    English comes first and alone, since nearly all texts are in it. Then the language of the page counts; and only
    then all languages, in a few of which a word names another month than in others: `listopad` is October in Croatian
    and November in Polish. Babel and its data are loaded for that only: a third of a second, 5 ms for one language.
    """
    word = _folded(name)
    if word.isascii() and len(word) < 3:  # noqa: PLR2004 - `Ju` is June or July, and `in 2025` is not worth a look
        return ()
    if english := tuple(number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(word)):
        return english
    own = {"no": "nb", "iw": "he", "in": "id"}.get(language[:2].lower(), language[:2].lower())
    for locales in (tuple(code for code in _LOCALES if code[:2] == own), _LOCALES):
        names = _names(locales)
        if found := names.get(word) or names.get(word.removeprefix("ב")):  # Hebrew for `in`
            return found
    return ()


def _months_in(words: str, language: str) -> tuple[int, ...]:
    return months_named(" ".join(word for word in words.split() if _folded(word) not in _BETWEEN), language)


@cache
def _names(locales: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Return the months that each word can mean in some of the locales, by CLDR."""
    if not locales:
        return {}
    from babel import Locale

    names: dict[str, set[int]] = {}
    first_letters: dict[str, set[int]] = {}
    """Used if CLDR has a longer abbreviation or none, as for `сентября`; a name that CLDR has comes first."""
    for code in locales:
        months = Locale.parse(code).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names.setdefault(_folded(name), set()).add(number)
            for number, name in months[context]["wide"].items():
                if (letters := _folded(name)[:3]).isalpha():
                    first_letters.setdefault(letters, set()).add(number)
        for name, _, number in (item.partition("=") for item in _ALSO.get(code, "").split()):
            names.setdefault(_folded(name), set()).add(int(number))
    return {name: tuple(sorted(numbers)) for name, numbers in (first_letters | names).items()}


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Normalize a name: no case, no accents, no final period, and no marks that some keyboards lack."""
    if not name.isascii():
        import unicodedata

        # Latin, Greek and Cyrillic accents, hamza and madda, nukta; never vowel signs, which are letters.
        apart = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
        name = re.sub(r"[\u0300-\u036f\u0653-\u0655\u093c\u09bc\u200b-\u200f]", "", apart)
    return " ".join(name.casefold().split()).rstrip(".॰׳'")
