"""An export is one stream of the same bytes as its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.commands.export.export import ExportRequest, open_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import Environment


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_a_binary_format_is_one_stream(registry: Path, environment: Callable[..., Environment], form: str) -> None:
    here = environment(cwd=registry)
    with open_export(here, None, ExportRequest(form)) as export:
        content = b"".join(export.content())
    with open_export(here, None, ExportRequest(form, "out/")) as export:
        (path,) = export.write()

    assert content == path.read_bytes() != b""
