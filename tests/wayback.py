"""What the tests of archived copies share: a Wayback Machine on this machine."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ficli.web.archives.archive import Archive
from ficli.web.archives.service import Keys, Wayback

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clock import Clock
    from tests.conftest import Web

TODAY = date(2026, 11, 23)
KEYS = Keys("accesskey0", "topsecret0")
PAGE = "https://news.example.org/bank"


class Machine:
    """A Wayback Machine: an index of copies that is asked as the real one is, and answers that a test has written."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.copies: list[tuple[str, str, str]] = []
        self.asked: list[dict[str, str]] = []
        machine = self

        class Answers(dict[str, Any]):
            def get(self, path: str, default: Any = None) -> Any:  # noqa: ANN401 - as the server's
                if path.startswith("/cdx/search/cdx?") and "/cdx" not in self:
                    return machine.index(path)
                return super().get("/cdx" if path.startswith("/cdx/search/cdx?") else path, default)

        web.answers = Answers()

    def index(self, path: str) -> bytes:
        """Answer as the index does: by time, within `from` and `to`, the first or last few."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        self.asked.append(query)
        found = sorted(row for row in self.copies if query.get("from", "") <= row[0] <= query.get("to", "9"))
        limit = int(query["limit"])
        found = found[:limit] if limit > 0 else found[limit:]
        return answered([query["fl"].split(","), *found] if found else [])

    def says(self, path: str, *answers: object, status: str = "200 OK") -> None:
        """Answer a path with one thing after the other, and with the last one from then on."""
        left = [answer if isinstance(answer, bytes) else answered(answer, status) for answer in answers]
        self.web.answers[path] = lambda: [left.pop(0) if len(left) > 1 else left[0]]

    def paths(self) -> list[str]:
        """List what was asked, in order, without queries."""
        return [request.split()[1].partition("?")[0] for request in self.web.requests]


def answered(body: object, status: str = "200 OK", *headers: str) -> bytes:
    """Write an answer in JSON, or of bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@pytest.fixture
def machine(web: Web) -> Machine:
    """Return a Wayback Machine without copies."""
    return Machine(web)


@pytest.fixture
def archive(machine: Machine, clock: Clock) -> Callable[..., Archive]:
    """Return a function that makes what asks that machine, with any field of the policy changed."""

    def made(
        *,
        keys: Keys | None = KEYS,
        **policy: Any,  # noqa: ANN401 - any field of a policy
    ) -> Archive:
        wayback = Wayback(machine.web.url("", "archive.example.org"))
        changes = {"clock": clock, "sleep": clock.sleep} | policy
        return Archive(machine.web.policy(**changes), TODAY, keys=keys, wayback=wayback)

    return made
