"""Which record became which: by ID first, then by file, then by slug."""

from __future__ import annotations

import pytest

from ficli.registry.record_versions import pair_versions
from ficli.registry.records import SourceFile


def raw(record_id: str = "", slug: str = "", status: str = "published") -> bytes:
    return f"{f'id: {record_id}' if record_id else 'schema_version: 1'}\nslug: {slug}\nstatus: {status}\n".encode()


def files(held: dict[str, bytes]) -> list[SourceFile]:
    return [SourceFile("", path, content) for path, content in held.items()]


A, B = raw("FI-0001", "a"), raw("FI-0002", "b")


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ({"incidents/FI-0001.yaml": A}, {"incidents/FI-0001.yaml": A}, {("incidents/FI-0001.yaml",) * 2}),
        ({"incidents/FI-0001.yaml": A}, {}, {("incidents/FI-0001.yaml", "")}),
        ({}, {"incidents/FI-0001.yaml": A}, {("", "incidents/FI-0001.yaml")}),
        (  # moved
            {"incidents/FI-0001.yaml": A},
            {"incidents/2026/FI-0001.yaml": A},
            {("incidents/FI-0001.yaml", "incidents/2026/FI-0001.yaml")},
        ),
        (  # renumbered: the slug tells
            {"incidents/FI-0001.yaml": A},
            {"incidents/FI-0009.yaml": raw("FI-0009", "A")},
            {("incidents/FI-0001.yaml", "incidents/FI-0009.yaml")},
        ),
        (  # renumbered in its file
            {"incidents/FI-0001.yaml": A},
            {"incidents/FI-0001.yaml": raw("FI-0009", "other")},
            {("incidents/FI-0001.yaml",) * 2},
        ),
        (  # swapped: an ID is what people cite
            {"incidents/FI-0001.yaml": A, "incidents/FI-0002.yaml": B},
            {"incidents/FI-0001.yaml": B, "incidents/FI-0002.yaml": A},
            {
                ("incidents/FI-0001.yaml", "incidents/FI-0002.yaml"),
                ("incidents/FI-0002.yaml", "incidents/FI-0001.yaml"),
            },
        ),
        (  # published
            {"drafts/a.yaml": raw("", "a", "draft")},
            {"incidents/FI-0001.yaml": A},
            {("drafts/a.yaml", "incidents/FI-0001.yaml")},
        ),
        (  # broken: the file tells
            {"incidents/FI-0001.yaml": A},
            {"incidents/FI-0001.yaml": b"id: [\n"},
            {("incidents/FI-0001.yaml",) * 2},
        ),
        (  # two files with one ID: each stays itself
            {"incidents/FI-0001.yaml": A, "incidents/b/FI-0001.yaml": A},
            {"incidents/FI-0001.yaml": A, "incidents/b/FI-0001.yaml": A},
            {("incidents/FI-0001.yaml",) * 2, ("incidents/b/FI-0001.yaml",) * 2},
        ),
    ],
)
def test_pairs(before: dict[str, bytes], after: dict[str, bytes], pairs: set[tuple[str, str]]) -> None:
    steps = pair_versions(files(before), files(after))

    found = {(step.before.path if step.before else "", step.after.path if step.after else "") for step in steps}
    assert found == pairs
    assert len(steps) == len(pairs)
