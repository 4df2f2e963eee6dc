"""HTTP/1.1 messages as they cross the wire: what a record has to know of one, and rebuilding one that was not seen."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import NamedTuple

from newscrawl.archive.records.digests import sha1_field
from newscrawl.archive.records.spool import Message
from newscrawl.capture import header_pairs, response_places
from newscrawl.codings import Entity, Framing, Headers, has_no_body
from newscrawl.errors import MessageError

_PLAIN_HEAD = re.compile(rb"HTTP/[^\r\n]*+\r\n(?:[^\r\n!-~]*+[!-~][^\r\n]*+\r\n)*+\r\n")
"""A head whose end all readers find at the same place: no line that looks blank to some, no line end but CR LF."""
_VERSION = re.compile(rb"(?:[^\r\n]* )?HTTP/(\d(?:\.\d)?)[ \r\n]")
_PROXY_CREDENTIALS = re.compile(rb"(?im)^proxy-authorization:[^\n]*\n(?:[ \t][^\n]*\n)*")
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_LINE_BREAKS = re.compile(r"[\r\n\0]+")


class ResponseReading(NamedTuple):
    """What the record of a response has to know of its message."""

    status: int
    headers: Headers
    body_start: int
    """Where the body of the final response begins."""
    complete_head: bool
    """The head's blank line was received."""
    framed: bool
    """The message itself says that nothing is missing: Content-Length reached, last chunk seen, or no body allowed."""
    whole: bool
    """Nothing is missing as far as the message tells; a body that ends with the connection is."""
    digest: str
    """``sha1:BASE32`` of the body without transfer-coding (WARC 1.1, 5.9)."""
    entity_length: int
    """Bytes of the body without transfer-coding."""
    plain: bool
    """All that follows the first head is the entity: every reader comes to the same payload digest."""

    @property
    def media_type(self) -> str:
        """``text/html`` and the like; empty without a Content-Type."""
        value = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        return value.split(";", 1)[0].strip().lower()


def reading_of(message: Message, method: str = "GET") -> ResponseReading | None:
    """Return what a record needs of the response ``message`` to a request by ``method``; None if not HTTP."""
    try:
        status, start, head_end, body_start = response_places(message)
    except MessageError:
        return None
    if message[start : start + 5] != b"HTTP/":  # the status line of an Icecast server
        return None
    headers = header_pairs(message[start:head_end])
    entity = Entity(message, headers, body_start)
    hasher = hashlib.sha1(usedforsecurity=False)
    entity_length = 0
    with memoryview(message) as view:
        for piece_start, piece_end in entity.spans():
            hasher.update(view[piece_start:piece_end])
            entity_length += piece_end - piece_start
    complete_head = body_start > head_end
    bodiless = has_no_body(method, status, Framing(entity.chunked, entity.length))
    framed = complete_head and (bodiless or (entity.whole and (entity.chunked or entity.length is not None)))
    return ResponseReading(
        status=status,
        headers=headers,
        body_start=body_start,
        complete_head=complete_head,
        framed=framed,
        whole=complete_head and (bodiless or entity.whole),
        digest=sha1_field(hasher.digest()),
        entity_length=entity_length,
        plain=start == 0
        and entity_length == len(message) - body_start
        and "transfer-encoding" not in [name.lower() for name, _ in headers]
        and (plain_head := _PLAIN_HEAD.match(message)) is not None
        and plain_head.end() == body_start,
    )


def without_proxy_credentials(request: bytes) -> bytes:
    """``request`` without Proxy-Authorization: a password of ours, for the proxy alone, is nothing to hand on."""
    head_end = request.find(b"\r\n\r\n")
    head = request[: head_end + 2]
    return request if head_end < 0 else _PROXY_CREDENTIALS.sub(b"", head) + request[head_end + 2 :]


def protocol_of(message: Message) -> str | None:
    """Return the value of WARC-Protocol for ``message``: ``http/1.1``; None when its first line names none."""
    version = _VERSION.match(message)
    return f"http/{version[1].decode('ascii')}" if version else None


def rebuilt_request(method: str, target: str, headers: Headers, body: bytes) -> bytes:
    """Return an HTTP/1.1 request that says what was asked, for exchanges whose bytes were not seen."""
    return _message(f"{method} {target or '/'} HTTP/1.1", headers) + body


def rebuilt_response(status: int, headers: Headers, body: bytes) -> bytes:
    """Return an HTTP/1.1 response with this content, for exchanges whose bytes were not seen.

    ``body`` has no transfer-coding any more, so Transfer-Encoding goes, and a Content-Length that is not true of it.
    """
    kept = tuple(
        (name, value)
        for name, value in headers
        if name.lower() != "transfer-encoding"
        and not (name.lower() == "content-length" and body and value.strip() != str(len(body)))
    )
    phrase = _PHRASES.get(status, "")
    return _message(f"HTTP/1.1 {status} {phrase}", kept) + body


def _message(first_line: str, headers: Headers) -> bytes:
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(_LINE_BREAKS.sub(" ", line) for line in lines).encode("latin-1", "replace")
