"""Fetches an exported index from an address, if it has changed: https or http, bounded in time and size, nothing else.

A user names the address, so a page there may be anything; it is read as bytes and judged by `exported_index`.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from ficli import __version__
from ficli.errors import FicliError, UsageError
from ficli.wording import counted, harmless, quoted

if TYPE_CHECKING:
    from requests import Response, Session

_SCHEMES = ("https", "http")
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16
_OK, _NOT_MODIFIED = 200, 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Policy:
    """How far a fetch may go.

    Attributes:
        deadline: seconds for the whole of it.
        patience: seconds that the server may say nothing.
        largest: bytes that an index may be long, unpacked.
        loopback: whether this machine may be asked, as tests do.

    """

    deadline: float = 60.0
    patience: float = 15.0
    largest: int = 256 * 1024 * 1024
    loopback: bool = False


class Fetched(NamedTuple):
    """What the server sent: `media_type` in lower case, without parameters; `etag` empty where it has none."""

    content: bytes
    media_type: str
    etag: str


class UnreachableError(FicliError):
    """The index could not be fetched, though it may be there: no network, no answer, a server that is down."""


def fetch_index(url: str, *, etag: str = "", policy: Policy | None = None) -> Fetched | None:
    """Fetch an index; None where the server says that it is still the one with this ETag.

    Raises:
        UsageError: the address is not one of the web.
        UnreachableError: the server cannot be reached, or does not deliver.
        FicliError: it delivers what cannot be an index: too much, or a redirect out of the web.

    """
    require_web_address(url)
    policy = policy or Policy()
    outcome = _Outcome()
    # Each read has a timeout, but a server that sends a byte now and then outlasts any number of them.
    thread = threading.Thread(target=_into, args=(outcome, url, etag, policy), daemon=True)
    thread.start()
    thread.join(policy.deadline)
    if thread.is_alive():
        raise UnreachableError(
            f"{quoted(url)} has not delivered the index in {counted(round(policy.deadline), 'second')}"
        )
    if outcome.error is not None:
        raise outcome.error
    return outcome.fetched


def require_web_address(url: str) -> None:
    """See that an address is one of the web.

    Raises:
        UsageError: it is not.

    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f\x7f]", url):
        message = f"{quoted(url)} is no address of an index"
        raise UsageError(message, hint="an exported index is at `https://…/index.json`")
    if parts.username is not None:
        message = f"{quoted(f'{parts.scheme}://…@{parts.hostname}')} holds a password, which would be kept in the cache"
        raise UsageError(message, hint="leave the name and the password out")


class _Outcome:
    """What a fetch in a thread of its own came to."""

    fetched: Fetched | None = None
    error: BaseException | None = None


def _into(outcome: _Outcome, url: str, etag: str, policy: Policy) -> None:
    try:
        outcome.fetched = _fetch(url, etag, policy)
    except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
        outcome.error = error


def _fetch(url: str, etag: str, policy: Policy) -> Fetched | None:
    import requests

    with requests.Session() as session:
        session.trust_env = False  # no proxy, and no password of the user's, for an address from anywhere
        try:
            response = _follow(session, url, etag, policy)
            with response:
                return _read(response, url, policy)
        except requests.RequestException as error:
            raise UnreachableError(f"{quoted(url)} could not be reached: {_reason(error)}") from error
        except UnicodeError as error:
            raise UnreachableError(f"{quoted(url)} could not be reached: no host can have that name") from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UnreachableError(f"{quoted(url)} could not be reached: {harmless(reason)}") from error


def _follow(session: Session, url: str, etag: str, policy: Policy) -> Response:
    headers = {"Accept": "application/json", "User-Agent": f"ficli/{__version__}"}
    if etag:
        headers["If-None-Match"] = etag
    address = url
    for _ in range(_MOST_REDIRECTS + 1):
        _require_public(address, policy)
        response = session.get(
            address, headers=headers, stream=True, allow_redirects=False, timeout=(policy.patience, policy.patience)
        )
        target = response.headers.get("Location", "")
        if response.status_code not in _REDIRECTS or not target:
            return response
        response.close()
        address = urljoin(address, target)
        if urlsplit(address).scheme not in {"https", urlsplit(url).scheme.lower()}:
            raise FicliError(f"{quoted(url)} leads out of the secure web, to {quoted(address)}")
    raise FicliError(f"{quoted(url)} is redirected more than {_MOST_REDIRECTS} times")


def _require_public(url: str, policy: Policy) -> None:
    """See that an address leads to the open web and not into a machine or network that trusts this one."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for *_, place in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
        number = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not number.is_global and not (number.is_loopback and policy.loopback):
            raise FicliError(f"{quoted(url)} leads to {quoted(str(number))}, which is not on the open web")


def _read(response: Response, url: str, policy: Policy) -> Fetched | None:
    if response.status_code == _NOT_MODIFIED:
        return None
    if response.status_code != _OK:
        message = f"{quoted(url)} answers with {response.status_code} {harmless(response.reason or '')}".rstrip()
        raise UnreachableError(message)
    content = bytearray()
    ends = time.monotonic() + policy.deadline
    for chunk in response.iter_content(_CHUNK):
        content += chunk
        if len(content) > policy.largest:
            raise FicliError(f"{quoted(url)} is longer than {policy.largest:,} bytes, so it is no index")
        if time.monotonic() > ends:  # nobody waits any more
            break
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Fetched(bytes(content), media_type, response.headers.get("ETag", ""))


def _reason(error: Exception) -> str:
    """Say in a few words what went wrong; the library's own say it in a hundred."""
    import requests

    match error:
        case requests.exceptions.SSLError():
            return "its certificate is not to be trusted"
        case requests.Timeout():
            return "the server does not answer"
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return "the answer breaks off"
    return "no connection"
