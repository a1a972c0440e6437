"""What follows from a record: wing, "What", page URL, named or not, and confidence, held against real records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.config import Config
from ficli.incident.derived import confidence, is_anonymized, page_url, what, wing
from ficli.incident.independence import independence
from ficli.incident.record import Record
from ficli.incident.taxonomy import shipped_taxonomy

TAXONOMY = shipped_taxonomy()
CONFIG = Config(root=Path())

KLARNA = [
    {
        "kind": "press",
        "title": "Klarna Turns From AI to Real Person Customer Service",
        "publisher": "Bloomberg",
        "url": "https://www.bloomberg.com/news/articles/2025-05-08/"
        "klarna-turns-from-ai-to-real-person-customer-service",
    },
    {
        "kind": "press",
        "title": "Klarna changes its AI tune and again recruits humans for customer service",
        "publisher": "CX Dive",
        "url": "https://www.customerexperiencedive.com/news/"
        "klarna-reinvests-human-talent-customer-service-AI-chatbot/747586/",
    },
]
MATA = [
    {
        "kind": "court-filing",
        "title": "Mata v. Avianca, Inc., opinion and order on sanctions",
        "publisher": "Justia",
        "url": "https://law.justia.com/cases/federal/district-courts/new-york/nysdce/1:2022cv01461/575368/54/",
    },
    {
        "kind": "reference",
        "title": "Mata v. Avianca, Inc.",
        "publisher": "Wikipedia",
        "url": "https://en.wikipedia.org/wiki/Mata_v._Avianca,_Inc.",
    },
]
RITE_AID = [
    {
        "kind": "regulator",
        "title": "Rite Aid Banned from Using AI Facial Recognition After FTC Says Retailer Deployed Technology"
        " without Reasonable Safeguards",
        "publisher": "Federal Trade Commission",
        "url": "https://www.ftc.gov/news-events/news/press-releases/2023/12/"
        "rite-aid-banned-using-ai-facial-recognition-after-ftc-says-retailer-deployed-technology-without",
    },
    {
        "kind": "court-filing",
        "title": "Complaint for permanent injunction",
        "publisher": "Federal Trade Commission",
        "url": "https://www.ftc.gov/system/files/ftc_gov/pdf/2023190_riteaid_complaint_filed.pdf",
    },
]
AIR_CANADA = [
    {
        "kind": "court-filing",
        "title": "Moffatt v. Air Canada",
        "publisher": "CanLII",
        "url": "https://www.canlii.org/en/bc/bccrt/doc/2024/2024bccrt149/2024bccrt149.html",
    },
    {
        "kind": "press",
        "title": "Air Canada ordered to pay customer who was misled by airline's chatbot",
        "publisher": "The Guardian",
        "url": "https://www.theguardian.com/world/2024/feb/16/air-canada-chatbot-lawsuit",
    },
]


@pytest.mark.parametrize(
    ("sources", "level", "why"),
    [
        (KLARNA, "medium", "2 independent sources, none of them primary"),
        (MATA, "low", "no two sources are independent: `en.wikipedia.org` is an encyclopedia"),
        (RITE_AID, "low", "no two sources are independent: both are at `ftc.gov`"),
        (AIR_CANADA, "high", "2 independent sources, one of them primary (court filing)"),
        (AIR_CANADA[:1], "low", "a single source"),
        ([], "low", "no source"),
        ([*KLARNA, AIR_CANADA[1]], "medium", "3 independent sources, none of them primary"),
        ([*KLARNA, *RITE_AID], "high", "3 independent sources, one of them primary (regulator)"),
        ([*KLARNA, MATA[1]], "medium", "2 independent sources, none of them primary"),
        ([AIR_CANADA[0], AIR_CANADA[0]], "low", "no two sources are independent: both are the same page"),
        ([*AIR_CANADA[1:], {**AIR_CANADA[0], "kind": "research"}], "medium",
         "2 independent sources, none of them primary"),
        ([*AIR_CANADA[1:], {**AIR_CANADA[0], "kind": 5}], "medium", "2 independent sources, none of them primary"),
    ],
)  # fmt: skip
def test_confidence(sources: list[dict[str, object]], level: str, why: str) -> None:
    found = confidence(Record({"sources": sources}), TAXONOMY)
    assert (found.level, found.why) == (level, why)


def test_a_primary_source_that_another_one_copies_makes_no_record_certain() -> None:
    copied = [{**RITE_AID[0], "url": f"https://s{number}.example/a", "kind": "press"} for number in range(2)]
    found = confidence(Record({"sources": [RITE_AID[0], *copied]}), TAXONOMY)
    assert found.level == "low"


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("chatbot", "generative"), ("computer-vision", "predictive"), ("no-such", ""), (None, ""), (["chatbot"], "")],
)
def test_the_wing_follows_from_the_surface(surface: object, expected: str) -> None:
    assert wing(Record({"ai_surface": surface}), TAXONOMY) == expected


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("In Mata v. Avianca, Inc. a U.S. court fined two lawyers. They had cited cases that do not exist.",
         "In Mata v. Avianca, Inc. a U.S. court fined two lawyers."),
        ("A chatbot invented a rule.", "A chatbot invented a rule."),
        ("", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_what_is_the_first_sentence_of_the_summary(summary: object, expected: str) -> None:
    assert what(Record({"summary": summary})) == expected


@pytest.mark.parametrize(
    ("organizations", "expected"),
    [
        ([{"name": "A bank", "anonymized": True}], True),
        ([{"name": "A bank", "anonymized": True}, {"name": "A vendor", "anonymized": True}], True),
        ([{"name": "A bank", "anonymized": True}, {"name": "Klarna"}], False),
        ([{"name": "Klarna", "anonymized": False}], False),
        ([{"name": "Klarna", "anonymized": "yes"}], False),
        ([], False),
        ("Klarna", False),
    ],
)
def test_a_record_is_anonymized_if_it_names_nobody(organizations: object, expected: object) -> None:
    assert is_anonymized(Record({"organizations": organizations})) is expected


def test_the_address_of_the_page() -> None:
    record = Record({"slug": "klarna-reintroduces-human-agents-customer-service"})
    page = "https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service"
    assert page_url(record, CONFIG) == page
    assert page_url(record, Config(root=Path(), base_url="https://example.org/ai")).startswith(
        "https://example.org/ai/failures/klarna-"
    )
    assert page_url(Record({}), CONFIG) == ""


FIELDS = ["sources", "url", "title", "kind", "publisher", "authors", "ai_surface", "summary", "slug", "organizations"]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("https://example.org/a"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=15,
)


@given(PLAIN)
def test_a_broken_record_has_derived_values(data: object) -> None:
    record = Record(data)
    assert wing(record, TAXONOMY) == "" or isinstance(data, dict)
    assert isinstance(what(record), str)
    assert isinstance(page_url(record, CONFIG), str)
    assert is_anonymized(record) in {True, False}
    found = confidence(record, TAXONOMY)
    assert (found.level == "low") == (len(independence(record).independent) < 2)
