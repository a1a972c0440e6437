"""Send one request; each redirect is followed by hand and checked like the first address."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from ficli.urls.parse import Url, parse_url, why_invalid
from ficli.web.fetch.decoding import ACCEPTED, decoded, encodings_of, start_of
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.limits import Meter
from ficli.web.fetch.policy import FetchPolicy, checked_addresses
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from requests import Response

_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_NO_BODY = frozenset({204, 304})
_LONGEST_CHAIN = 20
_PIECE = 64 * 1024
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": ACCEPTED,
    "Accept-Language": "*",
    "Connection": "close",
}
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A complete answer.

    Attributes:
        asked: the address that was asked first.
        url: the address that answered, after redirects.
        status: the HTTP status.
        headers: of the answer, by their names in lower case.
        body: unpacked.
        hops: the addresses that redirected, in their order.
        moved_for_good: whether each of them was a permanent redirect.

    """

    asked: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[str, ...] = ()
    moved_for_good: bool = False

    @property
    def content_type(self) -> str:
        """The header `Content-Type`, or empty."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """The method, headers and body of a request.

    Attributes:
        method: of HTTP; redirects are followed with `GET`.
        headers: may hold a secret.
        body: of the request.
        goes_along: whether the headers are sent to the target of a redirect too.

    """

    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    goes_along: bool = False

    @property
    def after_redirect(self) -> RequestOptions:
        """The request for the target of a redirect."""
        return RequestOptions(headers=self.headers) if self.goes_along else _GET


_GET = RequestOptions()


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(
    policy: FetchPolicy,
    address: str,
    *,
    call: RequestOptions = _GET,
    sample: int = 0,
    seconds: float | None = None,
    before_hop: Callable[[str, float], None] = lambda _url, _left: None,
) -> FetchedPage:
    """Request an address, and follow its redirects.

    Args:
        policy: what is allowed.
        address: http or https.
        call: the method, headers and body.
        sample: the bytes at the start of an answer that are enough, however long it is; 0 for all of it.
        seconds: for all of it, if that is less than the policy's.
        before_hop: called with each address before the request and with the seconds left; may raise to forbid it.

    Raises:
        FetchError: it must not be requested, or does not answer as a web server should.

    """
    meter = Meter(
        policy.seconds if seconds is None else seconds, policy.most_bytes + policy.most_header_bytes, policy.clock
    )
    hops: list[str] = []
    url, for_good = address, True
    while True:
        parts = _parsed(url, hops)
        before_hop(url, meter.remaining())
        answer = _ask(policy, parts, _sent(url, parts), call.after_redirect if hops else call, meter, sample)
        target = answer.headers.get("location", "").strip() if answer.status in _MOVED else ""
        if not target:
            moved_for_good = bool(hops) and for_good
            return FetchedPage(address, url, answer.status, answer.headers, answer.body, tuple(hops), moved_for_good)
        hops.append(url)
        for_good = for_good and answer.status in _FOR_GOOD
        url = _next(url, target)
        if url in hops:
            hint = "it may want cookies, which ficli does not keep: save the page and use `--html FILE`"
            raise FetchError(Reason.REDIRECTS, f"the site sends in a circle, by {quoted(url)}", hint=hint)
        if len(hops) > policy.most_redirects:
            raise FetchError(Reason.REDIRECTS, f"more than {counted(policy.most_redirects, 'redirect')}")


def _parsed(url: str, hops: list[str]) -> Url:
    parts = parse_url(url)
    if parts is None:
        led = "redirects to an address that is none: " if hops else "it is no web address: "
        raise FetchError(Reason.REFUSED, f"{led}{why_invalid(url)}")
    return parts


def _sent(url: str, parts: Url) -> str:
    """Return an address as it is sent: the host normalized, without user name, password and fragment."""
    rest = url.partition("#")[0].partition("://")[2]
    cut = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
    port = f":{parts.port}" if parts.port is not None else ""
    tail = rest[cut:]
    return f"{parts.scheme}://{parts.host}{port}{tail if tail.startswith('/') else '/' + tail}"


def _next(url: str, target: str) -> str:
    """Return the target of a redirect; `Location` is decoded as Latin-1 and mostly holds UTF-8."""
    with contextlib.suppress(UnicodeError):
        target = target.encode("latin-1").decode()
    try:
        following = urljoin(url, target.replace(" ", "%20"))
    except ValueError as error:
        raise FetchError(Reason.REDIRECTS, f"redirects to an address that is none, {quoted(target)}") from error
    kept = url.partition("#")[2]
    return f"{following}#{kept}" if kept and "#" not in following else following


def _ask(policy: FetchPolicy, parts: Url, url: str, call: RequestOptions, meter: Meter, sample: int) -> _Answer:
    """Send one request and read its answer; no state of earlier ones and no settings of the system are used."""
    from requests import Request
    from requests.exceptions import InvalidURL, RequestException
    from urllib3.exceptions import HTTPError

    from ficli.web.fetch.connection import PinnedAdapter, Route

    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    addresses = checked_addresses(policy, parts.host, port, meter)
    meter.start_answer()
    adapter = PinnedAdapter(Route(parts.host, addresses, meter, policy.trust()))
    try:
        # Without a session: that would read `.netrc` and variables, keep cookies, and look into redirects.
        headers = {"User-Agent": policy.user_agent, **_HEADERS, **call.headers}
        request = Request(call.method, url, headers=headers, data=call.body or None).prepare()
        with adapter.send(request, stream=True, timeout=meter.remaining()) as response:
            return _read(policy, response, sample)
    except InvalidURL as error:
        raise FetchError(Reason.REFUSED, f"{quoted(url)} cannot be asked") from error
    except (RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
        meter.remaining()
        raise _explained(error, parts.host) from error
    finally:
        adapter.close()


def _read(policy: FetchPolicy, response: Response, sample: int) -> _Answer:
    headers = _headers(policy, response)
    if response.status_code in _MOVED or response.status_code in _NO_BODY:
        return _Answer(response.status_code, headers, b"")
    if sample:
        return _Answer(response.status_code, headers, _start(policy, response, headers, sample))
    said = headers.get("content-length", "")
    if said.isascii() and said.isdecimal() and int(said[:19]) > policy.most_bytes:
        raise FetchError(Reason.TOO_LARGE, f"the answer is longer than {policy.most_bytes // 2**20} MB")
    encodings = encodings_of(headers.get("content-encoding", ""), most=policy.most_encodings)
    body = bytearray()
    for piece in response.raw.stream(_PIECE, decode_content=False):
        body += piece
        if len(body) > policy.most_bytes:
            raise FetchError(Reason.TOO_LARGE, f"the answer is longer than {policy.most_bytes // 2**20} MB")
    return _Answer(response.status_code, headers, decoded(bytes(body), encodings, most_bytes=policy.most_bytes))


def _start(policy: FetchPolicy, response: Response, headers: Mapping[str, str], sample: int) -> bytes:
    """Read the start of a body, and leave the rest unread."""
    encodings = encodings_of(headers.get("content-encoding", ""), most=policy.most_encodings)
    body = bytearray()
    for piece in response.raw.stream(_PIECE, decode_content=False):
        body += piece
        if len(body) >= sample:
            break
    return start_of(bytes(body[:sample]), encodings, most_bytes=sample)


def _headers(policy: FetchPolicy, response: Response) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    size = 0
    for name, value in response.raw.headers.items():
        size += len(name) + len(value)
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    if size > policy.most_header_bytes:
        raise FetchError(Reason.TOO_LARGE, f"the head of the answer is longer than {policy.most_header_bytes:,} bytes")
    return headers


def _explained(error: Exception, host: str) -> FetchError:
    """Convert the libraries' errors into one with a sentence; they wrap one error in another."""
    import ssl

    from urllib3.exceptions import SSLError

    name = quoted(host)
    chain = list(_chain(error))
    for cause in chain:
        if isinstance(cause, FetchError):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message.lower().rstrip(".") or "it cannot be checked"
            return FetchError(Reason.TLS, f"the certificate of {name} is not valid: {reason}")
    if any(isinstance(cause, ssl.SSLError | SSLError) for cause in chain):
        return FetchError(Reason.TLS, f"no secure connection to {name} could be made")
    return FetchError(Reason.NOT_HTTP, f"{name} does not answer as a web server should, or breaks off")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and its causes, for chains of any length."""
    cause: BaseException | None = error
    for _ in range(_LONGEST_CHAIN):
        if cause is None:
            return
        yield cause
        inner = next((part for part in cause.args if isinstance(part, BaseException)), None)
        cause = cause.__cause__ or cause.__context__ or inner
