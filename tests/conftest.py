"""What all tests share: how much input hypothesis makes up, a registry to work on, and ficli in a scrubbed world."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import re
import shutil
import socket
import subprocess
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from tests.clock import clock
from tests.index_server import policy, server
from tests.wayback import archive, machine

from ficli.commands.init.init import init
from ficli.environment import Environment
from ficli.terminal.main import main
from ficli.urls.private import why_not_public
from ficli.web.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator, Mapping

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

__all__ = ["archive", "clock", "machine", "policy", "server"]  # fixtures

TODAY = date(2026, 11, 23)
SETTINGS = Path(__file__).with_name("settings") / "ficli.toml"


def _no_addresses(host: str, _port: int) -> list[str]:
    raise OSError(f"{host} is not known here")


NOWHERE = FetchPolicy(resolve=_no_addresses, pause=0)
"""Nobody can be reached: what a test does not hand in, it does not fetch."""


class Stream(io.StringIO):
    """A stream in memory that is a terminal, or is none."""

    def __init__(self, text: str = "", *, terminal: bool = False) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        """Return whether a person is at the other end."""
        return self.terminal


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes the expectations of the whole-program cases anew, to be read before they are kept."""
    parser.addoption("--update-cases", action="store_true", help="write what the cases in tests/cli/cases print")


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("example")
    init(Environment(variables={}, cwd=root, clock=lambda: TODAY), root, example=True)
    shutil.copyfile(SETTINGS, root / SETTINGS.name)
    return root


@pytest.fixture
def registry(tmp_path: Path, _example: Path) -> Path:
    """Return a registry with the example records and the rules in `tests/settings/ficli.toml`, for the test to spoil."""
    return shutil.copytree(_example, tmp_path / "registry")


@pytest.fixture
def environment(tmp_path: Path) -> Callable[..., Environment]:
    """Return a function that makes a world: a fixed day, no variables but the given ones, streams in memory."""

    def made(
        *, cwd: Path = tmp_path, variables: Mapping[str, str] | None = None, terminal: bool = False, workers: int = 1
    ) -> Environment:
        return Environment(
            variables=variables or {},
            cwd=cwd,
            stdin=Stream(terminal=terminal),
            stdout=Stream(terminal=terminal),
            stderr=Stream(terminal=terminal),
            clock=lambda: TODAY,
            workers=workers,
        )

    return made


@pytest.fixture
def run(
    environment: Callable[..., Environment], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs ficli in such a world, and gives its exit code, its stdout and its stderr."""
    monkeypatch.setenv("COLUMNS", "80")  # help is laid out for the real terminal
    monkeypatch.setenv("TERM", "dumb")

    def ran(*arguments: str, policy: FetchPolicy = NOWHERE, **world: object) -> tuple[int, str, str]:
        here = environment(**world)
        with contextlib.redirect_stdout(here.stdout), contextlib.redirect_stderr(here.stderr):
            code = main(list(arguments), here, policy)
        return code, _text(here.stdout), _text(here.stderr)

    return ran


def _text(stream: object) -> str:
    assert isinstance(stream, Stream)
    return stream.getvalue()


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs git in a folder as nobody in particular, one commit a minute, and returns what it prints."""
    minutes = itertools.count(1)

    def run(folder: Path, *arguments: str) -> str:
        when = f"{1_790_000_000 + 60 * next(minutes)} +0000"
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Curator"), ("EMAIL", "curator@example.org"), ("DATE", when))
        }
        variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", **identity}
        settings = ("-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "protocol.file.allow=always")
        command = ["git", *settings, "-C", str(folder), *arguments]
        done = subprocess.run(command, env=variables, capture_output=True, check=True)  # noqa: S603 - a fixed program
        return os.fsdecode(done.stdout)

    return run


DRAFT = """\
# yaml-language-server: $schema=../schema/incident.schema.json
schema_version: 1
slug: {slug}
status: "draft"  # until it is assigned
title: 'Chatbot of Example Bank promises refunds in case {slug}'
summary: >-
  The chatbot of Example Bank promised customers in case {slug} refunds that do not exist.

organizations:
  - {{name: Example Bank, role: deployer}}
incident_date: 2026-05
failure_mode: hallucination
ai_surface: chatbot
severity: low
what_happened: |
  Customers of Example Bank asked the chatbot for refunds, and it promised them in case {slug}.
sources:
# The first report.
  - kind: press
    title: Refunds that do not exist in case {slug}
    url: https://news.example.org/2026/{slug}
    publisher: Example News
    published: 2026-05-20
    accessed: 2026-06-01
"""


@pytest.fixture
def index(tmp_path: Path, git: Callable[..., str]) -> Path:
    """Return an empty registry in a clone with one commit."""
    root = tmp_path / "index"
    root.mkdir()
    (root / "ficli.toml").write_text("", encoding="utf-8")
    (root / ".gitignore").write_text(".ficli/\n", encoding="utf-8")
    git(root, "init")
    git(root, "add", "--all")
    git(root, "commit", "--message", "Start")
    return root


@pytest.fixture
def add_drafts(git: Callable[..., str]) -> Callable[..., None]:
    """Return a function that writes a clean draft for each slug into a registry, and commits them together."""

    def add(root: Path, *slugs: str, commit: bool = True, extra: str = "") -> None:
        for slug in slugs:
            path = root / "drafts" / f"{slug}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(DRAFT.format(slug=slug) + extra, encoding="utf-8")
        if commit:
            git(root, "add", "--all")
            git(root, "commit", "--message", f"Draft {' '.join(slugs)}")

    return add


@pytest.fixture
def clone_of(tmp_path: Path, git: Callable[..., str]) -> Callable[..., Path]:
    """Return a function that puts a bare repository behind a registry, and makes another clone of it."""

    def cloned(root: Path, name: str) -> Path:
        bare = tmp_path / "bare.git"
        if not bare.exists():
            git(tmp_path, "init", "--bare", str(bare))
            git(root, "remote", "add", "origin", str(bare))
            git(root, "push", "--set-upstream", "origin", "main")
        git(tmp_path, "clone", str(bare), str(tmp_path / name))
        return tmp_path / name

    return cloned


@pytest.fixture
def ficli(run: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs ficli in a registry with git at hand: the folder, then the words."""

    def ran(
        root: Path, *words: str, variables: Mapping[str, str] | None = None, terminal: bool = False
    ) -> tuple[int, str, str]:
        known = {
            "PATH": os.environ["PATH"],
            "HOME": str(root.parent),
            "GIT_AUTHOR_NAME": "Curator",
            "GIT_AUTHOR_EMAIL": "curator@example.org",
            "GIT_COMMITTER_NAME": "Curator",
            "GIT_COMMITTER_EMAIL": "curator@example.org",
            "GIT_COMMITTER_DATE": "1795000000 +0000",
        }
        return run(*words, cwd=root, variables=known | dict(variables or {}), terminal=terminal)

    return ran


class Web:
    """A web server on this machine that sends what a test has written for a path, byte by byte, and minds no rule.

    An answer is bytes, or gives pieces of bytes one after the other, as slowly or as long as it likes.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, bytes | Callable[[], Iterable[bytes]]] = {}
        self.requests: list[str] = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._closing = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str, host: str = "news.example.org") -> str:
        """Return the address of a path."""
        return f"{'https' if self._context else 'http'}://{host}:{self.port}{path}"

    def page(self, path: str, html: str | bytes, *, content_type: str = "text/html; charset=utf-8") -> None:
        """Serve a page as a well-behaved server does."""
        body = html.encode() if isinstance(html, str) else html
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.answers[path] = head.encode() + body

    def redirect(self, path: str, target: str) -> None:
        """Send whoever asks for a path elsewhere."""
        self.answers[path] = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()

    def policy(self, **changes: Any) -> FetchPolicy:  # noqa: ANN401 - any field of a policy
        """Return a policy under which this server may be asked, under any name, and waiting takes no time."""
        open_here = FetchPolicy(
            resolve=lambda _host, _port: ["127.0.0.1"],
            why_refused=lambda address: "" if str(address) == "127.0.0.1" else why_not_public(address),
            ports=None,
            pause=0,
            seconds=5,
        )
        return replace(open_here, **changes)

    def close(self) -> None:
        """Stop, and wait for whatever is still being sent."""
        self._closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._threads[0].join(5)  # it lets go of the listener before that is closed
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # the test is over
                return
            if self._closing:
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            connection.settimeout(5)
            if self._context is not None:
                connection = stack.enter_context(self._context.wrap_socket(connection, server_side=True))
            asked = b""
            while not _is_whole(asked) and (more := connection.recv(65536)):
                asked += more
            self.requests.append(asked.decode("latin-1"))
            path = asked.split(b" ")[1].decode("latin-1") if b" " in asked else ""
            answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            for piece in [answer] if isinstance(answer, bytes) else answer():
                if self._closing:
                    return
                connection.sendall(piece)


def _is_whole(asked: bytes) -> bool:
    """Return whether a request has come whole; what is none is answered as it is."""
    head, end, body = asked.partition(b"\r\n\r\n")
    said = re.search(rb"(?i)\r\ncontent-length: ?([0-9]+)", head)
    return asked[:1] not in (b"", b"G", b"P") or bool(end and len(body) >= int(said[1] if said else 0))


@pytest.fixture
def make_web() -> Iterator[Callable[[ssl.SSLContext | None], Web]]:
    """Yield a function that starts a web server on this machine, over TLS where it is given a context."""
    servers: list[Web] = []

    def made(context: ssl.SSLContext | None = None) -> Web:
        servers.append(Web(context))
        return servers[-1]

    yield made
    for made_server in servers:
        made_server.close()


@pytest.fixture
def web(make_web: Callable[[], Web]) -> Web:
    """Return a web server on this machine."""
    return make_web()
