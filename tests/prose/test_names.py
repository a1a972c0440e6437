"""Whether prose speaks of an organization, whether two spellings are one name, whether one name is several."""

from __future__ import annotations

import pytest

from ficli.prose.names import is_mentioned, joined_names, one_letter_apart, spelling_key

LONG = 100_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Klarna", "Klarna reintroduced human agents."),
        ("Klarna", "KLARNA's agents came back."),
        ("Klarna Bank AB", "The agents of Klarna came back."),
        ("OpenAI, Inc.", "It was made by OpenAI."),
        ("Open AI", "It was made by OpenAI."),
        ("OpenAI", "It asked ChatGPT."),
        ("Google LLC", "Gemini answered."),
        ("xAI", "Grok answered."),
        ("Meta Platforms", "It spread on Facebook."),
        ("Tesla", "Two Teslas collided."),
        ("Uber Technologies Inc", "An Uber-owned car collided."),
        ("Federal Trade Commission", "The FTC settled."),
        ("Federal Trade Commission (FTC)", "The F.T.C. settled."),
        ("FTC", "The Federal Trade Commission settled."),
        ("Department of Justice", "The Justice Department sued."),
        ("Department of Justice", "The DoJ sued."),
        ("New York City Police Department", "The NYPD used it."),
        ("UK Home Office", "The Home Office used it."),
        ("Société Générale", "Societe Generale paid."),
        ("Pak'nSave", "The Pak 'n' Save app answered."),
        ("Stanford University", "Researchers at Stanford found it."),
        ("Levidow, Levidow & Oberman", "Levidow's lawyers paid."),
        ("日本銀行", "The bank of Japan paid."),
        ("Inc.", "Nothing to look for."),
    ],
)
def test_mentioned(name: str, text: str) -> None:
    assert is_mentioned(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Klarna", "A bank reintroduced human agents."),
        ("Stanford University", "A university in Minnesota retracted it."),
        ("City of New Orleans", "A court in Minnesota refused it."),
        ("Meta", "It was downloaded from GitHub."),
        ("Eko Health", "A stethoscope failed two thirds of the time."),
        ("Apple", "The app applied for it."),
        ("Environment Agency", "A warning came too late."),
        ("Uber", "The tuber was mistaken for a potato."),
        ("Ministry of Social Affairs", "A chatbot of the bank was wrong."),
    ],
)
def test_not_mentioned(name: str, text: str) -> None:
    assert not is_mentioned(name, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI", "Open AI, Inc."),
        ("Openai", "OpenAI"),
        ("Department for Work and Pensions", "Department of Work & Pensions"),
        ("The New York Times", "New York Times"),
        ("Snap Inc", "Snap Inc."),
        ("Société Générale", "Societe Generale S.A."),
        ("Pak 'n' Save", "Pak ‘n’ Save"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ministry of Health", "Ministry of Justice"), ("Station 12", "Station 13"), ("Ant", "Ant Group")],
)
def test_two_names(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


def test_a_slip_is_a_letter_of_a_long_name() -> None:
    keys = [
        spelling_key(name) for name in ("Lantern Laboratories", "Lantern Labortories", "Antern Laboratories", "Bank")
    ]

    assert set(one_letter_apart(keys)) == {(keys[0], keys[1]), (keys[0], keys[2])}


@pytest.mark.parametrize("keys", [("bigscience", "biscience"), ("lanternlaboratory12", "lanternlaboratory123"), ()])
def test_another_name_is_no_slip(keys: tuple[str, ...]) -> None:
    assert list(one_letter_apart(keys)) == []


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("New Orleans / Stanford", ["New Orleans", "Stanford"]),
        ("Google/Alphabet", ["Google", "Alphabet"]),
        ("Geico; Safeco; Nationwide", ["Geico", "Safeco", "Nationwide"]),
        ("Uber |Lyft", ["Uber", "Lyft"]),
    ],
)
def test_several_names_in_one(name: str, names: list[str]) -> None:
    assert joined_names(name) == names


@pytest.mark.parametrize(
    "name",
    [
        "Klarna",
        "Novo Nordisk A/S",
        "Levidow, Levidow & Oberman",
        "owner/repository",
        "Chevrolet (Fullpath / ChatGPT)",
        "AC/DC",
        "Initech /",
        "",
    ],
)
def test_one_name_with_a_stroke(name: str) -> None:
    assert joined_names(name) == []


@pytest.mark.parametrize("piece", ["a", " ", "/", " / ", "; ", "(", "(x", "A. ", "\n"])
def test_a_long_name_takes_no_longer_for_its_length(piece: str) -> None:
    name = (piece * LONG)[:LONG]

    joined_names(name)
    spelling_key(name)
    is_mentioned(name, "A bank paid.")
    is_mentioned("Federal Trade Commission (FTC)", name)
