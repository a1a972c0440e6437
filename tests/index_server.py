"""A web server on this machine that answers as a test tells it to, and keeps what it was asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from ficli.urls.private import why_not_public
from ficli.web.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Server:
    """The server: `answer` is called for every request."""

    url: str = ""
    answer: Callable[[BaseHTTPRequestHandler], None] = field(default=lambda handler: handler.send_error(404))
    asked: list[dict[str, str]] = field(default_factory=list)

    def says(self, body: bytes, *, status: int = 200, media_type: str = "application/json", **headers: str) -> None:
        """Set the answer to every request."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", media_type)
            handler.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answer = answer


@pytest.fixture
def server() -> Iterator[Server]:
    """Start a server for the test, and stop it afterwards."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(dict(self.headers))
            told.answer(self)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        told.url = f"http://127.0.0.1:{running.server_port}/index.json"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield told
        running.shutdown()
        thread.join()


@pytest.fixture
def policy() -> FetchPolicy:
    """Allow requests to this machine, with little patience."""
    return FetchPolicy(
        why_refused=lambda address: "" if str(address) == "127.0.0.1" else why_not_public(address),
        ports=None,
        seconds=5,
        most_bytes=10_000,
    )
