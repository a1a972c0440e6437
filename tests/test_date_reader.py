"""The reader of dates: every spelling, what is said of it, and that prompts, `--fix` and pages read it alike."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.commands.new.draft import why_not_past
from ficli.dates import MONTHS, PartialDate, find_dates, months_named, parse_date
from ficli.web.metadata.extract import read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

FORM = "it is not of the form `YYYY-MM-DD`"
WORD = "the month is a word"
LAST = "the year stands last"
VAGUE = "it names a time that is neither a year nor a month nor a day"

ONE = {
    # In the form of a record.
    "2025": ("2025", ""),
    "2025-05": ("2025-05", ""),
    "2025-05-08": ("2025-05-08", ""),
    " 2025-05-08\n": ("2025-05-08", "it has spaces or a line end around it"),
    # The year first, in numbers.
    "2025-5-8": ("2025-05-08", FORM),
    "2025/05/08": ("2025-05-08", FORM),
    "2025.5": ("2025-05", FORM),
    "20250508": ("2025-05-08", FORM),
    "202505": ("2025-05", FORM),
    "2025年5月8日": ("2025-05-08", FORM),
    "2025년 5월": ("2025-05", FORM),
    "２０２５-05-08": ("2025-05-08", FORM),
    # The year last, in numbers: the day is known where only one order can be, and with dots.
    "25/05/2025": ("2025-05-25", LAST),
    "05/25/2025": ("2025-05-25", LAST),
    "25-05-2025": ("2025-05-25", LAST),
    "05/05/2025": ("2025-05-05", LAST),
    "5.8.2025": ("2025-08-05", LAST),
    "05.08.2025": ("2025-08-05", LAST),
    "8. 5. 2025": ("2025-05-08", LAST),
    "5.25.2025": ("2025-05-25", LAST),
    "5/2025": ("2025-05", LAST),
    "05/2025": ("2025-05", LAST),
    "05.2025": ("2025-05", LAST),
    # The month as a word.
    "May 2025": ("2025-05", WORD),
    "may, 2025": ("2025-05", WORD),
    "2025 May": ("2025-05", WORD),
    "Sept. 2024": ("2024-09", WORD),
    "8 May 2025": ("2025-05-08", WORD),
    "  8   MAY  2025 ": ("2025-05-08", WORD),
    "8th of May, 2025": ("2025-05-08", WORD),
    "May 8, 2025": ("2025-05-08", WORD),
    "May 8th 2025": ("2025-05-08", WORD),
    "May 1st 2025": ("2025-05-01", WORD),
    "Sept. 8, 2025": ("2025-09-08", WORD),
    "8-May-2025": ("2025-05-08", WORD),
    "8/May/2025": ("2025-05-08", WORD),
    "2025 May 8": ("2025-05-08", WORD),
    "29 February 2024": ("2024-02-29", WORD),
    # The word of another language.
    "Mai 2025": ("2025-05", WORD),
    "8. Mai 2025": ("2025-05-08", WORD),
    "8 de mayo de 2025": ("2025-05-08", WORD),
    "8 d’abril de 2025": ("2025-04-08", WORD),
    "1er août 2025": ("2025-08-01", WORD),
    "1ER AOÛT 2025": ("2025-08-01", WORD),
    "1 aout 2025": ("2025-08-01", WORD),
    "8 мая 2025": ("2025-05-08", WORD),
    "8 сен. 2025": ("2025-09-08", WORD),
    "8 Μαΐου 2025": ("2025-05-08", WORD),
    "2025. május 8.": ("2025-05-08", WORD),
    "2025 m. gegužės 8": ("2025-05-08", WORD),
    "8 تشرين الثاني 2025": ("2025-11-08", WORD),
    "8 أغسطس 2025": ("2025-08-08", WORD),
    "8 اغسطس 2025": ("2025-08-08", WORD),
    "8 בנובמבר 2025": ("2025-11-08", WORD),
    "8 फ़रवरी 2025": ("2025-02-08", WORD),
    "8 พ.ค. 2568": ("2025-05-08", WORD),
    "8 พฤษภาคม 2025": ("2025-05-08", WORD),
    # With a time of day, and a day of the week: the day of whoever wrote it.
    "2025-05-08T10:00:00Z": ("2025-05-08", "it has a time of day"),
    "2025-05-08 10:00": ("2025-05-08", "it has a time of day"),
    "2025-05-08 10:00:00.5+02:00": ("2025-05-08", "it has a time of day"),
    "2025-05-08T23:30:00-05:00": ("2025-05-08", "it has a time of day"),
    "20250508T100000Z": ("2025-05-08", "it has a time of day"),
    "May 8, 2025 at 10:00 am EDT": ("2025-05-08", "it has a time of day"),
    "Thu, 08 May 2025 10:00:00 GMT": ("2025-05-08", "it has a time of day"),
    "Thu May 08 10:00:00 EDT 2025": ("2025-05-08", "it has a time of day"),
    "Thursday, 8 May 2025": ("2025-05-08", "it has a day of the week"),
}
"""Each spelling of one date: the date, and what is said of the spelling in a record."""

NONE = {
    "": "", "yesterday": "", "May": "", "May 25": "", "last spring": "", "Ma 2025": "", "٢٠٢٥": "", "2025-5/8": "",
    "8 Foo 2025": "", "8 May 2025 or so": "", "May 2025 10:00": "", "x" * 1000: "",
    "spring 2025": VAGUE, "early 2025": VAGUE, "mid-2025": VAGUE, "early May 2025": VAGUE, "end of 2025": VAGUE,
    "Q1 2025": VAGUE, "2025-Q1": VAGUE,
    "8 May 25": "the year has two digits",
    "May 8, 25": "the year has two digits",
    "May ’25": "",
    "08/05/25": "the year has two digits",
    "25-05-08": "the year has two digits",
    "2024-13-45": "there is no month 13",
    "13/13/2025": "there is no month 13",
    "13/2025": "there is no month 13",
    "2025-00": "there is no month 00",
    "2024-00": "there is no month 00",
    "2023-02-30": "February 2023 has no day 30",
    "2025-06-31": "June 2025 has no day 31",
    "2025-5-32": "May 2025 has no day 32",
    "32/08/2025": "August 2025 has no day 32",
    "30 February 2025": "February 2025 has no day 30",
    "31 February 2025": "February 2025 has no day 31",
    "29 February 2025": "February 2025 has no day 29",
    "0000-01-01": "the year cannot be 0000",
    "0997-05": "the year cannot be 0997",
    "0997": "the year cannot be 0997",
}  # fmt: skip
"""What is not a date, and why."""

SEVERAL = {
    "05/08/2025": (["2025-08-05", "2025-05-08"], "it may be 5 August 2025 or 8 May 2025"),
    "05-08-2025": (["2025-08-05", "2025-05-08"], "it may be 5 August 2025 or 8 May 2025"),
    "5 8 2025": (["2025-08-05", "2025-05-08"], "it may be 5 August 2025 or 8 May 2025"),
    "8 listopada 2025": (["2025-10-08", "2025-11-08"], "it may be 8 October 2025 or 8 November 2025"),
    "lipanj/lip 2025": ([], ""),
    "lip 2025": (["2025-06", "2025-07"], "it may be June 2025 or July 2025"),
}
"""What can be read in several ways, the day first, and what is said of it."""


@pytest.mark.parametrize(("text", "day", "reason"), [(text, *known) for text, known in ONE.items()])
def test_one_reading(text: str, day: str, reason: str) -> None:
    found = parse_date(text)

    assert (str(found.date), found.reason) == (day, reason)
    assert found.complete == ("it has a" not in reason or "spaces" in reason)


@pytest.mark.parametrize(("text", "reason"), NONE.items())
def test_no_reading(text: str, reason: str) -> None:
    assert parse_date(text)[:2] == ((), reason)


@pytest.mark.parametrize(("text", "dates", "reason"), [(text, *known) for text, known in SEVERAL.items()])
def test_several_readings(text: str, dates: list[str], reason: str) -> None:
    found = parse_date(text)

    assert ([str(day) for day in found.dates], found.reason) == (dates, reason)
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("05/08/2025", "fr", "2025-08-05"),
        ("05/08/2025", "en-US", "None"),
        ("8 listopada 2025", "hr", "2025-10-08"),
        ("8 listopada 2025", "pl-PL", "2025-11-08"),
        ("8 listopada 2025", "en", "None"),
        ("8 May 2025", "fi", "2025-05-08"),
        ("8 maraskuu 2025", "fi", "None"),
        ("8. marraskuuta 2025", "sv", "2025-11-08"),
    ],
)
def test_the_language_of_the_page_settles_it(text: str, language: str, day: str) -> None:
    assert str(parse_date(text, language).date) == day


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y", "%d.%m.%Y"]))
def test_every_day_is_read_as_itself(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)).dates == (PartialDate.of(day),)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_date(text)

    assert len(found.dates) <= 1 or found.reason


def test_the_future() -> None:
    today = date(2026, 11, 23)

    assert "is in the future" in why_not_past(PartialDate((2026, 11, 24)), today)
    assert why_not_past(PartialDate((2027,)), today)
    assert not why_not_past(PartialDate((2026,)), today)
    assert not why_not_past(PartialDate.of(today), today)


# --- within a text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On May 8, 2025, and on 9. Mai 2025.", ["May 8, 2025", "9. Mai 2025"]),
        ("in May 2025, since 2019", ["May 2025", "2019"]),
        ("on 2025-05-08 it said 2025年5月9日", ["2025-05-08", "2025年5月9日"]),
        ("$2025, 1,2025, 2025%, 12025, 8 people in 2025", ["2025"]),
        ("05/08/2025 and 20250508", ["2025"]),
        ("30 February 2025", ["February 2025"]),
        ("an order of 12 or May", []),
    ],
)
def test_the_dates_of_a_text(text: str, found: list[str]) -> None:
    assert [text[item.start : item.end] for item in find_dates(text)] == found


def test_digits_that_are_no_date_hide_none() -> None:
    found = find_dates("call 12-34-5678 or 30012025 | 8 May 2025", prose=False)

    assert [str(item.reading.date) for item in found] == ["2025-05-08"]


def test_a_line_counts_days_only_and_tells_what_cannot_be_read() -> None:
    found = find_dates("By A. Writer | 05/08/2025 | updated May 9, 2025 | © 2025", prose=False)

    assert [item.reading.reason for item in found] == ["it may be 5 August 2025 or 8 May 2025", WORD]


@pytest.mark.parametrize(
    "part", ["8 may ", "may 8 ", "8.a.b ", "2025 a ", "8 ", "2025-", "8-", "8", "a", " ", "8/may/"]
)
@pytest.mark.parametrize("prose", [True, False])
def test_a_long_text_takes_bounded_work(part: str, *, prose: bool) -> None:
    import time

    started = time.process_time()
    find_dates(part * (100_000 // len(part)), prose=prose)

    assert time.process_time() - started < 5


# --- the names of months ---------------------------------------------------------------------------------------


def test_babel_knows_each_language() -> None:
    """Each locale that is listed has twelve months whose full names are found."""
    from babel import Locale

    from ficli.dates import _LOCALES

    for code in _LOCALES:
        for context in ("format", "stand-alone"):
            for number, name in Locale.parse(code).months[context]["wide"].items():
                assert months_named(name, code) == (number,), (code, name)


@pytest.mark.parametrize("name", ["", "x", "in", "Ju", "de", "of", "Foo", "Mayor", "Marchand"])
def test_no_month(name: str) -> None:
    assert months_named(name) == ()


def test_english_needs_no_babel_and_no_locale() -> None:
    probe = (
        "import locale, sys; from ficli.dates import parse_date, find_dates; "
        f"assert all(parse_date(f'8 {{name}} 2025').date for name in {MONTHS!r}); "
        "assert len(find_dates('On May 8, 2025, in 2025 and by 2026')) == 3; "
        "print('babel' in sys.modules, parse_date('8 Mai 2025').date, 'babel' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - a fixed program
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"LC_ALL": "tr_TR.UTF-8"},
    )

    assert done.stdout == "False 2025-05-08 True\n"


# --- all who read dates agree ----------------------------------------------------------------------------------

EXPECTED = {text: known[0] for text, known in ONE.items()} | dict.fromkeys([*SEVERAL, *NONE])
SPELLINGS = {text: day for text, day in EXPECTED.items() if text and text != "8 May 2025 or so"}
"""All of the above; but a page may have more words around its date, and what is empty is to be written."""

DRAFT = """schema_version: 1
slug: {slug}
status: draft
title: A title
summary: TODO
organizations:
  - name: Example Bank
incident_date: {date}
sources: []
"""


def page_reads(text: str) -> str | None:
    """Read a date as a page has it."""
    content = text.replace('"', "&quot;")
    html = f'<meta charset=utf-8><meta name=date content="{content}"><h1>A headline</h1>'
    found = read_page(html.encode(), url="https://news.example.org/a", today=date(2026, 11, 23)).published
    return found.text if found else None


def new_reads(text: str, registry: Path, run: Run) -> str | None:
    """Read a date as `new --incident-date` does."""
    flags = ["organization", "failure-mode", "ai-surface", "severity", "url"]
    given_flags = [word for flag in flags for word in (f"--{flag}", "TODO")]
    code, stdout, stderr = run(
        "new", "--offline", "A bank fails", f"--incident-date={text}", *given_flags, cwd=registry
    )
    if code:
        assert (code, "`incident_date`: " in stderr) == (2, True)
        return None
    path = registry / stdout.strip()
    written = re.search(r"^incident_date: \"?([0-9-]+)\"?$", path.read_text(), re.MULTILINE)
    path.unlink()
    return written and written[1]


@pytest.mark.parametrize(("text", "day"), SPELLINGS.items())
def test_a_flag_and_a_page_agree(registry: Path, run: Run, text: str, day: str | None) -> None:
    assert page_reads(text) == day
    assert new_reads(text, registry, run) == day


def test_fixes_agree(registry: Path, run: Run) -> None:
    paths = {}
    for number, text in enumerate(SPELLINGS):
        path = registry / "drafts" / f"draft-{number}.yaml"
        quoted = json.dumps(text, ensure_ascii=False)
        path.write_text(DRAFT.format(slug=path.stem, date=quoted), encoding="utf-8")
        paths[text] = path
    run("validate", "--select", "invalid-date", "--unsafe-fixes", cwd=registry)

    for text, path in paths.items():
        written = re.search(r"^incident_date: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert written is not None
        expected = SPELLINGS[text] or json.dumps(text, ensure_ascii=False)
        assert written[1].strip('"') == expected.strip('"'), text


def test_answers_of_programs_agree(registry: Path, run: Run) -> None:
    objects = [{"title": f"Bank {number} fails", "incident_date": text} for number, text in enumerate(SPELLINGS)]
    (registry / "harvest.json").write_text(json.dumps(objects), encoding="utf-8")
    _, stdout, _ = run("new", "--from-json", "harvest.json", "--json", cwd=registry)

    for text, draft in zip(SPELLINGS, json.loads(stdout)["drafts"], strict=True):
        if SPELLINGS[text] is None:
            assert [problem["field"] for problem in draft["problems"]] == ["incident_date"], text
        else:
            assert f"incident_date: {SPELLINGS[text]}\n" in (registry / draft["path"]).read_text().replace('"', ""), (
                text
            )


def test_every_date_of_an_object_is_read(registry: Path, run: Run) -> None:
    copy = {"url": "https://web.archive.org/web/20250508/https://news.example.org/a", "captured": "8 May 2025"}
    source = {"url": "https://news.example.org/a", "published": "May 2025", "archive": copy}
    (registry / "one.json").write_text(json.dumps({"title": "Bank fails", "sources": [source]}), encoding="utf-8")
    code, stdout, _ = run("new", "--from-json", "one.json", cwd=registry)
    text = (registry / stdout.strip()).read_text()

    assert code == 0
    assert "published: 2025-05\n" in text
    assert "captured: 2025-05-08\n" in text
