"""Asking over HTTP: no redirects, no proxies, nothing kept; so many bytes and seconds and not more.

httpcore does the protocol and TLS; where its lines lead, and for how long they are listened to, is decided here.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from fetcher.places import public_address

HTTP = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
SECONDS = 5.0
MOST_BYTES = 10 * 1024 * 1024  # lists of revoked certificates are the largest of what is asked for


class NotFetched(OSError):
    """No answer: forbidden, out of reach, too slow, too large, or no HTTP. The text says which, and no secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def get(
    url: str, *, headers: Mapping[str, str] | None = None, seconds: float = SECONDS, most_bytes: int = MOST_BYTES
) -> Answer:
    """Raises NotFetched."""
    return _ask("GET", url, b"", headers or {}, seconds, most_bytes)


def post(
    url: str,
    content: bytes,
    *,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """Raises NotFetched."""
    return _ask("POST", url, content, headers or {}, seconds, most_bytes)


def _ask(
    method: str, url: str, content: bytes, headers: Mapping[str, str], seconds: float, most_bytes: int
) -> Answer:
    if not url.lower().startswith(("http://", "https://")):
        raise NotFetched("neither http nor https")
    if not url.isascii():
        raise NotFetched("an address with signs that none has")
    # Reading whom this machine trusts takes longer than asking; who asks without TLS does not need it.
    context = ssl.create_default_context() if url.lower().startswith("https://") else None
    deadline = time.monotonic() + seconds
    sent = [*{"Accept-Encoding": "identity", "User-Agent": "iysportal", **headers}.items()]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=_Guarded(deadline)) as pool,
            pool.stream(method, url, headers=sent, content=content or None) as answer,
        ):
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            return Answer(answer.status, found, _body(answer, most_bytes))
    except NotFetched:
        raise
    except (OSError, ValueError, *HTTP) as error:
        raise NotFetched(type(error).__name__) from error


def _body(answer: httpcore.Response, most_bytes: int) -> bytes:
    received = bytearray()
    for part in answer.iter_stream():
        received += part
        if len(received) > most_bytes:
            raise NotFetched("too many bytes")
    return bytes(received)


class _Guarded(httpcore.SyncBackend):
    """Opens lines to permitted addresses alone, and none that outlives the deadline."""

    def __init__(self, deadline: float) -> None:
        super().__init__()
        self._deadline = deadline

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore.NetworkStream:
        # TLS still asks for the certificate of the name, which httpcore has from the address that was asked for.
        address = public_address(host, port)
        options["timeout"] = _left(self._deadline)
        return _Limited(super().connect_tcp(address, port, *args[1:], **options), self._deadline)

    def connect_unix_socket(self, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        raise NotFetched("no line within this machine")


class _Limited(httpcore.NetworkStream):
    """A line on which a server that sends a byte now and then wins no time."""

    def __init__(self, line: httpcore.NetworkStream, deadline: float) -> None:
        self._line, self._deadline = line, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._line.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Limited(self._line.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._line.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise NotFetched("too slow")
    return left
