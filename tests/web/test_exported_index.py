"""An exported index: read, kept, read again without the network, refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ficli.errors import FicliError, UsageError
from ficli.web.exported_index import CachedIndex, IndexCache, cache_folder, load_index, parse_index

if TYPE_CHECKING:
    from tests.index_server import Server

    from ficli.environment import Environment
    from ficli.web.fetch.policy import FetchPolicy

World = Callable[..., "Environment"]

INDEX: dict[str, Any] = {
    "format": 1,
    "index": {"name": "Bot Index", "steward": "Example Lab", "base_url": "https://example.org", "contact": None},
    "version": "2026.06.05",
    "records": [{"id": "BI-0001", "title": "Bot"}, "odd"],
    "tombstones": [],
}


def body(**changes: object) -> bytes:
    return json.dumps({**INDEX, **changes}).encode()


@pytest.fixture
def here(environment: World, tmp_path: Path) -> Environment:
    return environment(variables={"XDG_CACHE_HOME": str(tmp_path / "cache")})


def test_an_index_is_kept_and_asked_for_again_by_its_etag(
    here: Environment, server: Server, policy: FetchPolicy
) -> None:
    server.says(body(), ETag='"a"')
    index, note = load_index(here, server.url, policy)

    assert (index.version, index.records, note) == ("2026.06.05", [{"id": "BI-0001", "title": "Bot"}], "")
    assert index.about == {"name": "Bot Index", "steward": "Example Lab", "base_url": "https://example.org"}

    server.says(b"", status=304)

    assert load_index(here, server.url, policy) == (index, "")
    assert server.asked[1]["If-None-Match"] == '"a"'


def test_without_the_network_the_copy_serves(here: Environment, server: Server, policy: FetchPolicy) -> None:
    server.says(body())
    index, _ = load_index(here, server.url, policy)
    server.says(b"", status=503)
    again, note = load_index(here, server.url, policy)

    assert again == index
    assert note.endswith("answers with HTTP 503; this is from the copy of 2026-11-23")

    asked = len(server.asked)

    assert load_index(here, server.url, policy, offline=True) == (index, "")
    assert len(server.asked) == asked


def test_without_a_copy_there_is_nothing_to_serve(here: Environment, server: Server, policy: FetchPolicy) -> None:
    server.says(b"", status=503)
    with pytest.raises(FicliError, match="answers with HTTP 503"):
        load_index(here, server.url, policy)
    with pytest.raises(FicliError, match="there is no copy of"):
        load_index(here, server.url, policy, offline=True)
    with pytest.raises(UsageError):
        load_index(here, "ftp://example.org", policy, offline=True)
    server.says(b"", status=304)
    with pytest.raises(FicliError, match="was never fetched"):
        load_index(here, server.url, policy)


def test_what_is_no_index_never_takes_the_place_of_one(here: Environment, server: Server, policy: FetchPolicy) -> None:
    server.says(body())
    load_index(here, server.url, policy)
    server.says(b"<html>Sign in</html>", media_type="text/html")
    with pytest.raises(FicliError, match="is a web page"):
        load_index(here, server.url, policy)

    assert load_index(here, server.url, policy, offline=True)[0].version == "2026.06.05"


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-9], lambda raw: b"x" + raw, lambda _: b"", lambda raw: raw.replace(b"Bot", b"Bat")]
)
def test_a_broken_copy_is_none(
    here: Environment, server: Server, policy: FetchPolicy, spoil: Callable[[bytes], bytes]
) -> None:
    server.says(body(), ETag='"a"')
    load_index(here, server.url, policy)
    path = IndexCache(here, server.url).path
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(FicliError, match="there is no copy"):
        load_index(here, server.url, policy, offline=True)
    load_index(here, server.url, policy)

    assert "If-None-Match" not in server.asked[1]
    assert load_index(here, server.url, policy, offline=True)[0].version == "2026.06.05"


def test_a_copy_of_another_address_is_none(here: Environment) -> None:
    one, other = IndexCache(here, "https://example.org/a"), IndexCache(here, "https://example.org/b")
    one.write(CachedIndex(b"{}", "", "2026-11-23"))
    other.path.write_bytes(one.path.read_bytes())

    assert one.read() == CachedIndex(b"{}", "", "2026-11-23")
    assert other.read() is None


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(
    environment: World, server: Server, policy: FetchPolicy, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    server.says(body())
    index, note = load_index(environment(variables={"XDG_CACHE_HOME": str(tmp_path / "file")}), server.url, policy)

    assert index.version == "2026.06.05"
    assert note.startswith("no copy is kept: ")


@pytest.mark.parametrize(
    ("content", "media_type", "said"),
    [
        (b"<!DOCTYPE html><p>", "", "is a web page, not an index"),
        (b"\xef\xbb\xbf\n <HTML>", "application/json", "is a web page, not an index"),
        (body(), "text/html", "is a web page, not an index"),
        (body()[:-5], "", "it is no JSON, or a part of one"),
        (b"[" * 100_000, "", "it is no JSON, or a part of one"),
        (b"\xff\xfe\x00", "", "it is no JSON, or a part of one"),
        (b"[]", "", "it has no `format`"),
        (b"{}", "", "it has no `format`"),
        (body(format=True), "", "it has no `format`"),
        (body(format=2), "", "has format 2, and this ficli reads no newer one than 1"),
        (body(records={}), "", "`index` or `records` is missing"),
        (body(index=[]), "", "`index` or `records` is missing"),
    ],
)
def test_what_is_no_index(content: bytes, media_type: str, said: str) -> None:
    with pytest.raises(FicliError, match=said):
        parse_index(content, "https://example.org/index.json", media_type)


def test_where_copies_are_kept(environment: World, tmp_path: Path) -> None:
    (tmp_path / "mac" / "Library" / "Caches").mkdir(parents=True)
    folders = [
        cache_folder(environment(variables=variables))
        for variables in (
            {"XDG_CACHE_HOME": "/x", "HOME": "/h"},
            {"XDG_CACHE_HOME": "relative", "HOME": "/h"},
            {"LOCALAPPDATA": "/local"},
            {"HOME": str(tmp_path / "mac")},
        )
    ]

    assert folders == [
        Path("/x/ficli"),
        Path("/h/.cache/ficli"),
        Path("/local/ficli/Cache"),
        tmp_path / "mac" / "Library" / "Caches" / "ficli",
    ]
