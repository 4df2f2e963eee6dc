"""The sample site on a socket: HTTP/1.1 with keep-alive and pipelining, on one thread, in constant memory."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic
from typing import cast
from urllib.parse import parse_qs, urlsplit

from newscrawl.errors import UsageError
from newscrawl.samplesite.faults import Fault, Faults
from newscrawl.samplesite.publication import FLAKY_PATH, Publication
from newscrawl.samplesite.responses import Answer, answer, coded, head_of

MAX_HEAD = 65_536
"""Bytes of a request head."""
CACHED_REPLIES = 64
"""Replies kept in memory: what a few clients ask for at the same time."""
LOGGED = 200_000
"""Requests that are remembered, for tests of politeness."""
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?")
_REQUEST = re.compile(r"([A-Z]{1,10}) (\S{1,8000}) (HTTP/1\.[01])")
CONTROL = "/-/"
"""Below this path a running site is told what to do: POST /-/publish, POST /-/misbehave?fault=KIND:PATTERN."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that the site answered."""

    time: float
    """Seconds on the monotonic clock."""
    method: str
    target: str
    status: int
    """0: a fault left it without an answer."""
    user_agent: str


class SampleSite:
    """What is published, and what goes wrong; one for all connections."""

    def __init__(
        self, publication: Publication, faults: tuple[Fault, ...] = (), cached_replies: int = CACHED_REPLIES
    ) -> None:
        self.publication = publication
        self._coded = lru_cache(maxsize=cached_replies)(coded)
        self.faults = Faults(faults)
        self.visits: deque[Visit] = deque(maxlen=LOGGED)
        self.url = ""
        self._flaky_was_asked = False

    async def listen(self, port: int = 0) -> asyncio.Server:
        """Serve on a port of the loopback address; 0: a free one.

        Raises:
            UsageError: the port is taken.
        """
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", port, backlog=512)
        except OSError as error:
            raise UsageError(f"port {port} cannot be used: {error.strerror}") from error
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    def publish(self, edition: int | None = None) -> int:
        """Publish the next edition, or the one named: stories are added, changed, withdrawn."""
        edition = self.publication.edition + 1 if edition is None else edition
        self.publication = replace(self.publication, edition=edition)
        return edition

    def answer(self, method: str, target: str, fields: dict[str, str], keep_alive: bool) -> Answer:
        """Return the response to a request."""
        if target.startswith(CONTROL):
            return self._control(method, target)
        if method not in ("GET", "HEAD"):
            return _plain(405, b"GET and HEAD only\n", ("Allow", "GET, HEAD"))
        if urlsplit(target).path == FLAKY_PATH and not self._flaky_was_asked:
            self._flaky_was_asked = True
            return _plain(500, b"try again\n")
        host = fields.get("host", "")
        base = f"http://{host}" if _HOST.fullmatch(host) else self.url
        gzip = "gzip" in fields.get("accept-encoding", "")
        return answer(method, target, fields, self._coded(self.publication, target, base, gzip), keep_alive)

    def _control(self, method: str, target: str) -> Answer:
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        if method != "POST":
            return _plain(405, b"POST only\n", ("Allow", "POST"))
        try:
            if parts.path == CONTROL + "publish":
                edition = self.publish(int(query["edition"][0]) if "edition" in query else None)
                return _plain(200, json.dumps({"edition": edition}).encode() + b"\n")
            if parts.path == CONTROL + "misbehave":
                self.faults = Faults(tuple(Fault.from_text(text) for text in query.get("fault", ())))
                return _plain(200, json.dumps({"faults": len(self.faults.faults)}).encode() + b"\n")
        except (ValueError, UsageError) as error:
            return _plain(400, f"{error}\n".encode())
        return _plain(404, b"publish or misbehave\n")


def _plain(status: int, body: bytes, *headers: tuple[str, str]) -> Answer:
    fields = [*headers, ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Answer(status, head_of(status, fields), (body,), chunked=False)


class _Connection(asyncio.Protocol):
    """Answers the requests of one connection in turn. Its methods are called by asyncio."""

    def __init__(self, site: SampleSite) -> None:
        self._site = site
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._transport = None
        if self._waiting is not None:
            self._waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._waiting is None:
            self._serve()

    def _serve(self) -> None:
        self._waiting = None
        while self._transport is not None and self._waiting is None and not self._transport.is_closing():
            head, separator, rest = self._received.partition(b"\r\n\r\n")
            if not separator:
                if len(self._received) > MAX_HEAD:
                    self._send(_plain(431, b"too long\n"), keep_alive=False)
                return
            self._received = rest
            self._request(head.decode("latin-1"))

    def _request(self, head: str) -> None:
        request_line, *lines = head.split("\r\n")
        match = _REQUEST.fullmatch(request_line)
        if match is None:
            self._send(_plain(400, b"no HTTP/1.1 request\n"), keep_alive=False)
            return
        method, target, version = match.groups()
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        fields[":version"] = version
        self._received = self._received[_body_length(fields) :]
        keep_alive = version == "HTTP/1.1" and fields.get("connection", "").lower() != "close"
        fault = None if target.startswith(CONTROL) else self._site.faults.befalling(target)
        if fault is not None and fault.kind == "delay":
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(fault.value, self._delayed, method, target, fields, keep_alive)
            return
        self._respond(method, target, fields, keep_alive, fault)

    def _delayed(self, method: str, target: str, fields: dict[str, str], keep_alive: bool) -> None:
        self._respond(method, target, fields, keep_alive, None)
        self._serve()

    def _respond(self, method: str, target: str, fields: dict[str, str], keep_alive: bool, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "status":
            extra = [("Retry-After", fault.retry_after)] if fault.retry_after else []
            made = _plain(int(fault.value), b"misbehaving\n", *extra)
        else:
            made = self._site.answer(method, target, fields, keep_alive)
        broken = fault is not None and fault.kind != "status"
        status = 0 if broken else made.status
        self._site.visits.append(Visit(monotonic(), method, target, status, fields.get("user-agent", "")))
        if fault is not None and broken:
            self._misbehave(fault, made)
        else:
            self._send(made, keep_alive)

    def _send(self, made: Answer, keep_alive: bool) -> None:
        assert self._transport is not None
        self._transport.write(made.head + b"".join(made.pieces))
        if not keep_alive:
            self._transport.close()

    def _misbehave(self, fault: Fault, made: Answer) -> None:
        """Half of the body at the most, then what the fault says."""
        transport = self._transport
        assert transport is not None
        body = b"".join(made.pieces)
        match fault.kind:
            case "silence":
                return
            case "garbage":
                transport.write(b"\x00\x01 this is no HTTP \xff\r\n\r\n")
            case "bad_chunks" if made.chunked:
                transport.write(made.head + made.pieces[0] + b"zz\r\n" + body[:100])
            case "bad_chunks":
                fields = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]
                transport.write(head_of(200, fields) + b"10\r\n0123456789abcdef\r\nzz\r\n" + body[:100])
            case "reset":
                # Closed with nothing to linger for, a socket resets the connection; what was written may still get out.
                transport.write(made.head + body[: len(body) // 2])
                sock = cast(socket.socket, transport.get_extra_info("socket"))
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                asyncio.get_running_loop().call_soon(transport.abort)
                return
            case _:
                transport.write(made.head + body[: len(body) // 2])
        transport.close()


def _body_length(fields: dict[str, str]) -> int:
    length = fields.get("content-length", "0")
    return int(length) if length.isdigit() and len(length) < 8 else 0
