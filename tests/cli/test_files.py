"""A file that the user names, or stdin."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from ficli.environment import Environment
from ficli.errors import UsageError
from ficli.terminal.streams import read_given

if TYPE_CHECKING:
    from pathlib import Path


def test_stdin_is_read_as_bytes_where_it_has_them() -> None:
    raw = io.TextIOWrapper(io.BytesIO("Zürich".encode("cp1252")), encoding="utf-8")

    assert read_given(Environment(variables={}, stdin=raw), "-") == b"Z\xfcrich"
    assert read_given(Environment(variables={}, stdin=io.StringIO("Zürich")), "-") == "Zürich".encode()


def test_no_more_is_read_than_a_page_may_have(tmp_path: Path) -> None:
    (tmp_path / "long.html").write_bytes(bytes(6 * 1024 * 1024))

    assert len(read_given(Environment(variables={}, cwd=tmp_path), "long.html")) == 5 * 1024 * 1024 + 1


@pytest.mark.parametrize("name", ["nowhere.html", ".", "a\0b"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_given(Environment(variables={}, cwd=tmp_path), name)

    assert "could not be read" in caught.value.message
