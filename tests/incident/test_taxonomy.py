"""A registry's vocabulary is read whole, or refused with the line that is wrong."""

from __future__ import annotations

import hashlib

import pytest

from ficli.errors import ConfigurationError
from ficli.incident.fields import PATH_STEPS
from ficli.incident.schema import data_file
from ficli.incident.taxonomy import (
    FIELDS,
    SEVERITIES,
    FailureMode,
    load_taxonomy_checker,
    parse_taxonomy,
    shipped_taxonomy,
)
from ficli.registry.layout import TAXONOMY_FILE

SHIPPED = data_file(TAXONOMY_FILE).decode()
CHECKER = load_taxonomy_checker()
SLUGS_OF_VERSION = {
    "1.0.0": "24ebcc83883bc5c8",
}
"""A digest of the slugs in each version that was shipped. Add a line for a new version; never change one."""


def mistake(text: str | bytes) -> ConfigurationError:
    """Return what is said of a wrong vocabulary."""
    with pytest.raises(ConfigurationError) as caught:
        parse_taxonomy(text.encode() if isinstance(text, str) else text, checker=CHECKER)
    assert caught.value.path == TAXONOMY_FILE
    return caught.value


def line_of(text: str, piece: str) -> int:
    """Count the lines up to a piece of text."""
    return text[: text.index(piece)].count("\n") + 1


def test_the_shipped_vocabulary_is_right_and_complete() -> None:
    taxonomy = parse_taxonomy(SHIPPED.encode(), checker=CHECKER)

    assert taxonomy == shipped_taxonomy()
    assert taxonomy.version == [*SLUGS_OF_VERSION][-1]
    assert tuple(taxonomy.severities) == SEVERITIES
    assert {surface.wing for surface in taxonomy.ai_surfaces.values()} == {"generative", "predictive"}
    for mode in taxonomy.failure_modes.values():
        assert isinstance(mode, FailureMode)
        assert tuple(mode.profile) == PATH_STEPS
        assert mode.signal


def test_a_version_stands_for_its_slugs() -> None:
    taxonomy = shipped_taxonomy()
    slugs = "\n".join(f"{field}/{slug}" for field in FIELDS for slug in sorted(taxonomy.terms(field)))

    assert hashlib.sha256(slugs.encode()).hexdigest()[:16] == SLUGS_OF_VERSION.get(taxonomy.version)


@pytest.mark.parametrize(
    ("field", "slug"),
    [
        ("failure_mode", "prompt-injection"),
        ("ai_surface", "chatbot"),
        ("severity", "high"),
        ("industry", "legal"),
        ("kind", "press"),
    ],
)
def test_the_terms_of_a_field(field: str, slug: str) -> None:
    assert shipped_taxonomy().terms(field)[slug].name


def test_another_field_takes_no_term() -> None:
    with pytest.raises(KeyError):
        shipped_taxonomy().terms("title")


def test_a_missing_slug() -> None:
    text = SHIPPED.replace("  - slug: chatbot\n    name", "  - name")
    error = mistake(text)

    assert str(error) == (f"taxonomy.yaml:{line_of(text, '- name: Chatbot')}:5: `slug` is missing in `ai_surfaces[1]`")
    assert error.hint == "add `slug:`"


def test_a_slug_that_stands_twice() -> None:
    text = SHIPPED.replace("slug: copilot", "slug: chatbot")
    error = mistake(text)

    line = line_of(text, "slug: chatbot\n    name: Copilot")
    assert (error.line, error.column) == (line, 11)
    assert error.message == "`chatbot` stands twice under `ai_surfaces` (at `ai_surfaces[2].slug`)"
    assert error.hint == "delete one, or give it a slug of its own"


def test_a_replacement_that_is_not_there() -> None:
    text = SHIPPED.replace("slug: copilot\n", "slug: copilot\n    deprecated: true\n    replaced_by: assistant\n")
    error = mistake(text)

    assert error.line == line_of(text, "replaced_by: assistant")
    assert error.message == (
        "`assistant`, which is to replace `copilot`, is not under `ai_surfaces` (at `ai_surfaces[2].replaced_by`)"
    )


def test_a_replacement_is_read() -> None:
    text = SHIPPED.replace("slug: copilot\n", "slug: copilot\n    deprecated: true\n    replaced_by: chatbot\n")
    term = parse_taxonomy(text.encode(), checker=CHECKER).ai_surfaces["copilot"]

    assert (term.deprecated, term.replaced_by) == (True, "chatbot")


def test_the_severities_stand_in_their_order() -> None:
    text = SHIPPED.replace("slug: low\n", "slug: x\n").replace("slug: medium\n", "slug: low\n")
    text = text.replace("slug: x\n", "slug: medium\n")
    error = mistake(text)

    assert error.message.startswith("`severities` must be `low`, `medium`, `high` and `catastrophic`, in that order")
    assert error.line == line_of(text, "slug: medium")
    assert error.hint == "rules and headline counts depend on these four"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "taxonomy.yaml: the file must be a mapping of fields, but is empty"),
        ("- a\n", "taxonomy.yaml:1:1: the file must be a mapping of fields, but is a list"),
        ("a: [\n", "taxonomy.yaml:"),
        ("a: 1\na: 2\n", "taxonomy.yaml:2:1: the key `a` is there twice"),
        ("a: &x 1\n", "taxonomy.yaml:1:4: the anchor `&x` is not plain data"),
        (b"\xff\xfea\x00", "taxonomy.yaml:1:1: the file is UTF-16, not UTF-8"),
        (b'version: "\x07"\n', "taxonomy.yaml:1:11: the text holds the hidden or control character"),
    ],
)
def test_what_is_no_vocabulary(text: str | bytes, message: str) -> None:
    assert str(mistake(text)).startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("slug: chatbot", "slug: Chat Bot", "`Chat Bot` does not fit `slug`"),
        ("slug: chatbot", "slug: TODO", "`TODO` does not fit `slug`"),
        ("wing: generative", "wing: both", "`both` is no allowed value of `wing`"),
        ("name: Chatbot", "name: 5", "`name` must be text, but is the number `5`"),
        ("name: Chatbot", "nmae: Chatbot", "there is no field `nmae`"),
        ("name: Chatbot", "name: Chatbot\n    colour: red", "there is no field `colour`"),
    ],
)
def test_a_wrong_term(old: str, new: str, message: str) -> None:
    text = SHIPPED.replace(old, new, 1)
    error = mistake(text)

    assert error.message.startswith(message)
    assert "`ai_surfaces[1]" in error.message
    assert 0 < error.line <= text.count("\n")
