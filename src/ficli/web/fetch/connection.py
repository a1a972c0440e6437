"""A connection to one checked address: no second look-up, and every read within the remaining time and bytes.

The host keeps its name, for the `Host` header, for the name in TLS and for the check of the certificate;
only the address that the socket connects to is fixed. `timeout=` of requests applies to each read alone, so that a
server that sends a byte a second is never late; here the remaining time is set before each read.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Retry, Timeout

from ficli.web.fetch.errors import FetchError, Reason
from ficli.wording import quoted

if TYPE_CHECKING:
    from requests import PreparedRequest
    from urllib3.connectionpool import ConnectionPool

    from ficli.web.fetch.limits import Meter

_PATIENCE = 5.0
"""Seconds for one of several addresses to accept the connection."""


class _Metered(socket.socket):
    """A socket whose reads are counted."""

    meter: Meter

    def recv_into(self, *arguments: Any, **keywords: Any) -> int:  # noqa: ANN401 - as the socket has them
        self.settimeout(self.meter.remaining())
        number = super().recv_into(*arguments, **keywords)
        self.meter.count(number)
        return number


class _MeteredTls(ssl.SSLSocket):
    """The same over TLS; the encrypted bytes are counted."""

    meter: Meter

    def recv_into(self, *arguments: Any, **keywords: Any) -> int:  # noqa: ANN401 - as the socket has them
        self.settimeout(self.meter.remaining())
        number = super().recv_into(*arguments, **keywords)
        self.meter.count(number)
        return number


class Route:
    """The destination of one request.

    Args:
        host: the name in the address of the page, normalized.
        addresses: checked; tried in their order until one accepts the connection.
        meter: the remaining time and bytes.
        trust: the TLS context.

    """

    def __init__(self, host: str, addresses: Sequence[str], meter: Meter, trust: ssl.SSLContext) -> None:
        # The context makes its sockets from this class, so that reads over TLS are counted too.
        trust.sslsocket_class = _MeteredTls
        self.host = host
        self.addresses = addresses
        self.meter = meter
        self.trust = trust

    def connect(self, port: int) -> socket.socket:
        """Open a socket to the first address that accepts the connection.

        Raises:
            FetchError: none does, or the time is over.

        """
        refusal: OSError | None = None
        for number, address in enumerate(self.addresses, start=1):
            left = self.meter.remaining()
            sock = _Metered(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            sock.meter = self.meter
            sock.settimeout(left if number == len(self.addresses) else min(left, _PATIENCE))
            try:
                sock.connect((address, port))
            except OSError as error:
                sock.close()
                refusal = error
            else:
                sock.settimeout(self.meter.remaining())
                return sock
        self.meter.remaining()
        message = f"nobody answers at {quoted(self.host)}, port {port}"
        raise FetchError(Reason.UNREACHABLE, message) from refusal


class _Plain(HTTPConnection):
    route: Route

    def _new_conn(self) -> socket.socket:
        return self.route.connect(self.port)


class _Tls(HTTPSConnection):
    route: Route

    def _new_conn(self) -> socket.socket:
        return self.route.connect(self.port)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _MeteredTls):
            self.sock.meter = self.route.meter


class PinnedAdapter(HTTPAdapter):
    """Sends every request of a session along one route."""

    def __init__(self, route: Route) -> None:
        super().__init__(max_retries=Retry(0, read=False))
        self._route = route
        self._pools: list[ConnectionPool] = []

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,  # noqa: ARG002, FBT001 - as requests calls it
        proxies: Any = None,  # noqa: ANN401, ARG002 - none is ever used
        cert: Any = None,  # noqa: ANN401, ARG002 - none is ever used
    ) -> ConnectionPool:
        """Return the pool that holds the one connection."""
        from urllib.parse import urlsplit

        parts = urlsplit(request.url or "")
        route = self._route
        kind: type[HTTPConnection] = _Tls if parts.scheme == "https" else _Plain
        # urllib3 makes connections from a class, so that the route has to be an attribute of one.
        routed = type(kind.__name__, (kind,), {"route": route})
        host, timeout = parts.hostname or "", Timeout(route.meter.remaining())
        pool: HTTPConnectionPool
        if parts.scheme == "https":
            pool = HTTPSConnectionPool(host, parts.port, timeout=timeout, ssl_context=route.trust)
        else:
            pool = HTTPConnectionPool(host, parts.port, timeout=timeout)
        pool.ConnectionCls = routed
        self._pools.append(pool)
        return pool

    def close(self) -> None:
        """Close the connection."""
        for pool in self._pools:
            pool.close()
        super().close()
