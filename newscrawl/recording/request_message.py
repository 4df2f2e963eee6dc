"""Write the bytes of an HTTP/1.1 request (RFC 9112, 3 and 6), and say where they go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from newscrawl.errors import UsageError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)", re.DOTALL)
_HOST_AND_PORT = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_VALUES = re.compile(rb"[\r\n\0]+")
_NOT_IN_TARGETS = re.compile(rb"[\x00-\x20\x7f]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65_535
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose requests say that they have no body, where they have none (RFC 9110, 8.6)."""
_ORIGINS = 1024
"""Origins that are kept parsed: as many as a crawl of several sites has."""
_LINES = 1024
"""Header lines that are kept written: those that each request repeats, and the latest referrers."""
_FRAMING = frozenset({b"Content-Length", b"Transfer-Encoding"})
_PROXY_CREDENTIALS = b"Proxy-Authorization"


class Origin(NamedTuple):
    """A scheme, host and port."""

    scheme: str
    host: str
    """Lower case, without the brackets of an IPv6 address."""
    port: int

    @property
    def netloc(self) -> str:
        """``host:port``, with the brackets of an IPv6 address."""
        return f"{self.bracketed_host}:{self.port}"

    @property
    def bracketed_host(self) -> str:
        """The host as URLs and Host headers write it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def host_header(self) -> bytes:
        """The value of the Host header: the port only where it is not the scheme's own."""
        is_default = self.port == _DEFAULT_PORTS[self.scheme]
        return (self.bracketed_host if is_default else self.netloc).encode("ascii")


class Address(NamedTuple):
    """A URL of HTTP taken apart."""

    origin: Origin
    user_info: str
    """``user:password``, still escaped; empty without."""
    target: str
    """Path and query, at least ``/``."""


def address_of(url: str) -> Address | None:
    """Return the parts of ``url``; None where it is no URL of HTTP with a host and a valid port."""
    match = _URL.match(url)
    if match is None:
        return None
    scheme, netloc, rest = match.groups()
    parsed = _origin(scheme.lower(), netloc)
    if parsed is None:
        return None
    origin, user_info = parsed
    return Address(origin, user_info, rest if rest.startswith("/") else "/" + rest)


@lru_cache(_ORIGINS)
def _origin(scheme: str, netloc: str) -> tuple[Origin, str] | None:
    user_info, _, host_and_port = netloc.rpartition("@")
    match = _HOST_AND_PORT.fullmatch(host_and_port)
    if match is None or scheme not in _DEFAULT_PORTS:
        return None
    host = match[1].strip("[]").lower()
    port = int(match[2]) if match[2] else _DEFAULT_PORTS[scheme]
    if not host or not 0 < port <= _MAX_PORT or any(ord(character) <= ord(" ") for character in host):
        return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return Origin(scheme, host, port), user_info


class RequestMessage(NamedTuple):
    """The bytes of one request."""

    sent: bytes
    recorded: bytes
    """The same without the credentials for a proxy: they are ours, and for the proxy alone."""


def request_message(
    method: str,
    address: Address,
    headers: Mapping[bytes, list[bytes]],
    body: bytes,
    *,
    through_proxy: bool = False,
    proxy_credentials: bytes | None = None,
) -> RequestMessage:
    """Return the request for ``address``.

    ``headers`` are lists of values by name. Content-Length is set from ``body``. ``through_proxy`` writes the target in
    absolute form (RFC 9112, 3.2.2) with ``proxy_credentials``, the value of Proxy-Authorization.

    Raises:
        UsageError: the method or the name of a header is not a token.
    """
    target = _target(
        f"http://{address.origin.host_header.decode()}{address.target}" if through_proxy else address.target
    )
    verb = method.encode("ascii", "replace")
    if not _TOKEN.fullmatch(verb):
        raise UsageError(f"{method!r} is not a request method")
    lines = [b"%b %b HTTP/1.1\r\n" % (verb, target)]
    if b"Host" not in headers:
        lines.append(b"Host: %b\r\n" % address.origin.host_header)
    for name, values in headers.items():
        if name not in _FRAMING and name != _PROXY_CREDENTIALS:
            lines.extend([_line(name, value) for value in values])
    if body or method in _WITH_BODY:
        lines.append(b"Content-Length: %d\r\n" % len(body))
    rest = b"\r\n" + body
    recorded = b"".join(lines) + rest
    if not (through_proxy and proxy_credentials):
        return RequestMessage(recorded, recorded)
    lines.append(_line(_PROXY_CREDENTIALS, proxy_credentials))
    return RequestMessage(b"".join(lines) + rest, recorded)


def _target(target: str) -> bytes:
    """Return ``target`` as bytes without what would end the request line: blanks and controls are escaped."""
    data = target.encode("utf-8", "surrogatepass")
    return _NOT_IN_TARGETS.sub(lambda found: b"%%%02X" % found[0][0], data)


@lru_cache(_LINES)
def _line(name: bytes, value: bytes) -> bytes:
    if not _TOKEN.fullmatch(name):
        raise UsageError(f"{name.decode('latin-1')!r} is not the name of a header")
    return b"%b: %b\r\n" % (name, _NOT_IN_VALUES.sub(b" ", value).strip())


def connect_message(origin: Origin, proxy_credentials: bytes | None) -> bytes:
    """Return the request that opens a tunnel to ``origin`` (RFC 9110, 9.3.6)."""
    netloc = origin.netloc.encode("ascii")
    credentials = _line(_PROXY_CREDENTIALS, proxy_credentials) if proxy_credentials else b""
    return b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n%b\r\n" % (netloc, netloc, credentials)
