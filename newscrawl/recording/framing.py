"""Find where an HTTP/1.1 response ends, from its bytes alone (RFC 9112, 6 and 7).

No I/O and no clock. How a head is read and what frames a body is decided by the functions that read records, so that
a crawl and a replay come to the same body. Neither h11 nor httptools serves here: h11 2 refuses bare line feeds, lines
without a colon and heads over a few kilobytes, httptools refuses Content-Length beside chunks, and neither says which
bytes belong to the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from newscrawl.capture import header_pairs, response_places
from newscrawl.codings import Framing, Headers, chunk_size, framing_of, has_no_body, may_begin_chunk_size
from newscrawl.errors import MessageError

MAX_HEAD = 1024 * 1024
"""Bytes of a response's heads, interim responses included, and of its trailers: three times the largest head seen."""

_HEAD_END = re.compile(rb"\n\r?\n")
_HEAD_END_OVERLAP = 3
_BEGINNING = b"HTTP/"
_VERSION = re.compile(rb"HTTP/(\d(?:\.\d+)?)")
_SWITCHING_PROTOCOLS = 101
_SPACE = b"\r\n"


class Fault(Enum):
    """What is wrong with a response."""

    NOT_HTTP = "what came is no HTTP response"
    HEAD_TOO_LARGE = f"its head is larger than {MAX_HEAD:,} bytes"
    BAD_CHUNK = "a chunk of its body has no valid size"


class Head(NamedTuple):
    """The head of a final response."""

    status: int
    version: str
    """``1.1``, as the status line says."""
    headers: Headers
    start: int
    """Where it begins in the message, after the interim responses."""
    end: int
    """Where its last header line ends."""
    body_start: int
    framing: Framing
    bodiless: bool
    """It has no body, whatever its header lines say."""

    def keeps_alive(self) -> bool:
        """Return whether the server leaves the connection open after this response (RFC 9112, 9.3)."""
        lines = [value.lower() for name, value in self.headers if name.lower() in ("connection", "proxy-connection")]
        options = {option.strip() for option in ",".join(lines).split(",")} if lines else ()
        if "close" in options or not (self.bodiless or self.framing.chunked or self.framing.length is not None):
            return False
        return self.version not in ("1.0", "0.9") or "keep-alive" in options


class ResponseFramer:
    """Follows one response to a request by ``method`` through :meth:`feed`, in whatever pieces it comes."""

    __slots__ = (
        "_between",
        "_buffer",
        "_in_chunks",
        "_missing",
        "_read",
        "_trailer_size",
        "body_size",
        "body_spans",
        "complete",
        "fault",
        "head",
        "method",
    )

    def __init__(self, method: str) -> None:
        self.method = method
        self.head: Head | None = None
        self.complete = False
        """The message is at its end; nothing more belongs to it."""
        self.fault: Fault | None = None
        """Why nothing more can be read of it."""
        self.body_size = 0
        """Bytes of the body so far, without the framing of chunks."""
        self.body_spans: list[tuple[int, int]] = []
        """Where the last piece that was fed holds bytes of the body."""
        self._read: Callable[[bytes, int], int] = self._blank_lines
        self._buffer = bytearray()
        """The head, or the line, that has begun."""
        self._missing = 0
        """Bytes of the body, or of the chunk, that are still to come."""
        self._between = 0
        """Bytes of heads before the one that has begun."""
        self._in_chunks = False
        """A chunk, or the last chunk's line, was seen."""
        self._trailer_size = 0

    @property
    def body_complete(self) -> bool:
        """Whether the whole body has come, though trailers or the blank line after the last chunk may be missing."""
        return self.complete or self._read == self._trailers

    @property
    def ends_with_connection(self) -> bool:
        """Whether nothing but the end of the connection ends the body."""
        return self._read == self._until_close

    def feed(self, data: bytes) -> tuple[int, int]:
        """Read the next piece, and return where in ``data`` the bytes of this message begin and end.

        Blank lines before the status line belong to no message, nor does what follows the end. After a fault it is
        unknown what belongs to the message, so all of the piece does.
        """
        if self.body_spans:
            self.body_spans = []
        position, total = 0, len(data)
        if self._read == self._blank_lines:
            position = self._blank_lines(data, 0)
        start = position
        while position < total and not self.complete and self.fault is None:
            position = self._read(data, position)
        return start, total if self.fault else position

    def finish(self) -> bool:
        """Take note that the connection ended, and return whether the response is whole."""
        if self.ends_with_connection or self.body_complete:
            self.complete = True
        return self.complete

    def _blank_lines(self, data: bytes, position: int) -> int:
        while position < len(data) and data[position] in _SPACE:
            position += 1
        if position < len(data):
            self._read = self._heads
        return position

    def _heads(self, data: bytes, position: int) -> int:
        """Read a head, of an interim response or the final one."""
        if not self._buffer and (end := _HEAD_END.search(data, position)):
            head = data[position : end.end()]
            after = end.end()
        else:
            searched = max(len(self._buffer) - _HEAD_END_OVERLAP, 0)
            before = len(self._buffer)
            self._buffer += data[position:] if position else data
            end = _HEAD_END.search(self._buffer, searched)
            if end is None:
                self._check_begun_head()
                return len(data)
            after = position + end.end() - before
            head = bytes(self._buffer[: end.end()])
            self._buffer.clear()
        if self._between + len(head) > MAX_HEAD:
            self.fault = Fault.HEAD_TOO_LARGE
            return after
        self._take_head(head, self._between)
        return after

    def _check_begun_head(self) -> None:
        if not _BEGINNING.startswith(self._buffer[: len(_BEGINNING)]):
            self.fault = Fault.NOT_HTTP
        elif self._between + len(self._buffer) > MAX_HEAD:
            self.fault = Fault.HEAD_TOO_LARGE

    def _take_head(self, head: bytes, start: int) -> None:
        version = _VERSION.match(head)
        try:
            status, _, head_end, _ = response_places(head)
        except MessageError:
            version = None
        if version is None:
            self.fault = Fault.NOT_HTTP
            return
        if 100 <= status < 200 and status != _SWITCHING_PROTOCOLS:
            self._between = start + len(head)
            return
        headers = header_pairs(head[:head_end])
        framing = framing_of(headers)
        bodiless = has_no_body(self.method, status, framing)
        end, body_start = start + head_end, start + len(head)
        self.head = Head(status, version[1].decode("ascii"), headers, start, end, body_start, framing, bodiless)
        if bodiless or framing.length == 0:
            self.complete = True
        elif framing.chunked:
            self._read = self._size_line
        elif framing.length is not None:
            self._missing = framing.length
            self._read = self._counted
        else:
            self._read = self._until_close

    def _content(self, start: int, end: int) -> None:
        if end > start:
            self.body_size += end - start
            self.body_spans.append((start, end))

    def _counted(self, data: bytes, position: int) -> int:
        end = min(position + self._missing, len(data))
        self._content(position, end)
        self._missing -= end - position
        self.complete = not self._missing
        return end

    def _until_close(self, data: bytes, position: int) -> int:
        self._content(position, len(data))
        return len(data)

    def _size_line(self, data: bytes, position: int) -> int:
        """Read the line with the size of the next chunk."""
        if not self._buffer and (sized := chunk_size(data, position)):
            size, after = sized
        else:
            before = len(self._buffer)
            line_end = data.find(b"\n", position) + 1
            self._buffer += data[position : line_end or len(data)]
            sized = chunk_size(self._buffer, 0)
            if sized is None:
                if line_end or not may_begin_chunk_size(self._buffer):
                    self._bad_size_line(position + len(self._buffer) - before)
                return line_end or len(data)
            size, end = sized
            after = position + end - before
            self._buffer.clear()
        self._in_chunks = True
        self._missing = size
        self._read = self._chunk if size else self._trailers
        return after

    def _bad_size_line(self, end: int) -> None:
        if self._in_chunks:
            self.fault = Fault.BAD_CHUNK
            return
        # Not chunked at all despite its header: all that comes is the body, as a reader of the record has it.
        self.body_size += len(self._buffer)
        self.body_spans.append((max(end - len(self._buffer), 0), end))
        self._buffer.clear()
        self._read = self._until_close

    def _chunk(self, data: bytes, position: int) -> int:
        end = min(position + self._missing, len(data))
        self._content(position, end)
        self._missing -= end - position
        if not self._missing:
            self._read = self._chunk_end
        return end

    def _chunk_end(self, data: bytes, position: int) -> int:
        """Read the line end after a chunk, CR LF or LF; without one, the next size line begins at once."""
        byte = data[position : position + 1]
        if self._buffer:  # a CR
            self._buffer.clear()
            if byte != b"\n":
                self.fault = Fault.BAD_CHUNK
                return position
        elif byte == b"\r":
            self._buffer += byte
            return position + 1
        self._read = self._size_line
        return position + (byte == b"\n")

    def _trailers(self, data: bytes, position: int) -> int:
        """Read trailer lines up to the blank one."""
        line_end = data.find(b"\n", position) + 1
        end = line_end or len(data)
        self._trailer_size += end - position
        self._buffer += data[position:end][-_HEAD_END_OVERLAP:]
        if line_end:
            self.complete = bytes(self._buffer) in (b"\n", b"\r\n")
            self._buffer.clear()
        if self._trailer_size > MAX_HEAD:
            self.complete = True
        return end
