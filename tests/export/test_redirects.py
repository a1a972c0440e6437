"""Each retired page leads to the record that tells it now, in the words of each server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.export import redirects

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]
SITE = "https://failureindex.ai/failures"


def written(reading: DatasetOutcome, server: str) -> list[str]:
    lines = "".join(redirects.render(reading.dataset, server)).splitlines()
    return [line.strip() for line in lines if line and not line.startswith("#")]


def test_nginx(index: Path, read: Read) -> None:
    assert written(read(index), "nginx") == [
        "map $uri $ficli_redirect {",
        'default "";',
        f'"/failures/retired-2" "{SITE}/example-bank-1";',
        f'"/failures/retired-2/" "{SITE}/example-bank-1";',
        f'"/failures/retired-3" "{SITE}/example-bank-1";',
        f'"/failures/retired-3/" "{SITE}/example-bank-1";',
        "}",
        "map $uri $ficli_gone {",
        "default 0;",
        '"/failures/retired-4" 1;',
        '"/failures/retired-4/" 1;',
        "}",
    ]


def test_apache(index: Path, read: Read) -> None:
    assert written(read(index), "apache") == [
        f"Redirect 301 /failures/retired-2 {SITE}/example-bank-1",
        f"Redirect 301 /failures/retired-3 {SITE}/example-bank-1",
        "Redirect 410 /failures/retired-4",
    ]


@pytest.mark.parametrize("server", ["netlify", "cloudflare"])
def test_a_file_of_redirects(index: Path, read: Read, server: str) -> None:
    assert written(read(index), server) == [
        f"/failures/retired-2 {SITE}/example-bank-1 301",
        f"/failures/retired-3 {SITE}/example-bank-1 301",
    ]
    assert "# removed: /failures/retired-4\n" in "".join(redirects.render(read(index).dataset, server))


@pytest.mark.parametrize("server", redirects.SERVERS)
def test_an_odd_address_of_the_site_ends_nothing_early(index: Path, read: Read, server: str) -> None:
    (index / "ficli.toml").write_text(
        "[index]\nname = 'A'\nbase_url = 'https://example.org/a\"b;$c{}ä\\'\n", encoding="utf-8"
    )
    text = "".join(redirects.render(read(index).dataset, server))

    assert "https://example.org/a%22b;%24c%7B%7D%C3%A4%5C/failures/example-bank-1" in text
    if server == "nginx":
        assert '"/a\\"b;$c{}ä\\\\/failures/retired-2" "https:' in text
    else:
        assert "/a%22b;%24c%7B%7D%C3%A4%5C/failures/retired-2" in text
