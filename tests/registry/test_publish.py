"""What a draft becomes when it is published, and how its record is known again."""

from __future__ import annotations

import pytest

from ficli.commands.assign.publish import is_published_form, published
from ficli.registry.records import SourceFile
from ficli.yaml.edit import EditError

DRAFT = b"schema_version: 1\nslug: one\nstatus: draft # soon\ntitle: One\n"
GIVEN = {"day": "2026-11-23", "taxonomy_version": "1.0.0"}


def file(raw: bytes) -> SourceFile:
    return SourceFile("", "a.yaml", raw)


def known(draft: bytes, record: bytes) -> bool:
    """Return whether a record is what a draft becomes."""
    return is_published_form(file(draft), file(record))


def test_four_lines_are_written() -> None:
    assert published(file(DRAFT), "FI-0001", **GIVEN) == (
        b"schema_version: 1\nid: FI-0001\nslug: one\nstatus: published # soon\ntitle: One\n"
        b"indexed_date: 2026-11-23\ntaxonomy_version: 1.0.0\n"
    )


def test_a_record_is_known_again_and_one_that_was_edited_is_not() -> None:
    record = published(file(DRAFT), "FI-0001", **GIVEN)
    assert known(DRAFT, record)
    assert not known(DRAFT + b"summary: More\n", record)
    assert not known(DRAFT, record.replace(b"title: One", b"title: Two"))
    assert not known(DRAFT, DRAFT)
    assert not known(b"id: FI-0009\n" + DRAFT, record)


def test_a_draft_that_has_an_id_or_cannot_be_read() -> None:
    for raw in (b"id: FI-0009\n" + DRAFT, b"{", b"- a list\n"):
        with pytest.raises(EditError):
            published(file(raw), "FI-0001", **GIVEN)
