"""Captures out of records: the one bridge from what an archive holds to :func:`newscrawl.capture.capture_of`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from newscrawl.archive.reading.record_blocks import Block
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import Capture, capture_of, header_pairs, response_parts, response_places
from newscrawl.codings import Headers, content_decoded, transfer_decoded
from newscrawl.dates import instant_of
from newscrawl.errors import MessageError, RecordError

CAPTURED = frozenset({"response", "revisit", "resource"})
"""The types of records that give captures."""
HTML = frozenset({"text/html", "application/xhtml+xml"})
_HTTP = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What a filter may look at before a payload is decoded."""

    type: str
    """WARC-Type: ``response``, ``revisit`` or ``resource``."""
    url: str
    date: datetime
    status: int | None
    """None where a revisit has no HTTP head of its own: it has that of its original."""
    media_type: str
    """Of the payload: lower case, without parameters; empty where it is not told."""
    length: int
    """Bytes of the record's block."""
    record_id: str | None
    filename: str
    offset: int
    headers: Headers = ()
    """Of the HTTP message."""
    body_start: int | None = None
    """Where the body begins in the record's block; None where the block is not an HTTP message."""


def gives_capture(record: Record) -> bool:
    """Return whether ``record`` is of HTTP: a response, a revisit of a payload, or HTML as a resource."""
    return why_no_capture(record) is None


def why_no_capture(record: Record) -> str | None:
    """Return why a record of :data:`CAPTURED` gives no capture: one of three reasons; None if it gives one."""
    if not is_http(record):
        return "not of HTTP"
    if record.type == "resource" and _media_type(record.get("Content-Type")) not in HTML:
        return "a resource that is not HTML"
    return "not modified" if is_not_modified(record) else None


def is_http(record: Record) -> bool:
    """Whether the record's URL is one of HTTP."""
    return record.url[:8].lower().startswith(_HTTP)


def is_not_modified(record: Record) -> bool:
    """Whether a revisit says that the server had nothing new (a 304)."""
    return record.type == "revisit" and (record.get("WARC-Profile") or "").endswith("/server-not-modified")


def head_of(record: Record, block: Block) -> RecordHead:
    """Return what a filter may look at; the HTTP head is parsed here and nowhere else.

    Raises:
        RecordError: no date, or a response that is no HTTP message.
    """
    status: int | None = None
    headers: Headers = ()
    body_start: int | None = None
    media_type = _media_type(record.get("Content-Type"))
    if record.type == "resource":
        status = 200
    elif (message := block.content()) or record.type == "response":
        try:
            status, start, head_end, body_start = response_places(message)
        except MessageError as error:
            raise RecordError(record.path, record.offset, str(error)) from error
        headers = header_pairs(message[start:head_end])
        media_type = _media_type(next((value for name, value in headers if name.lower() == "content-type"), None))
    else:
        media_type = ""
    return RecordHead(
        type=record.type,
        url=record.url,
        date=date_of_record(record, block),
        status=status,
        media_type=media_type,
        length=record.length,
        record_id=record.id,
        filename=record.filename,
        offset=record.offset,
        headers=headers,
        body_start=body_start,
    )


def capture_from(record: Record, block: Block, head: RecordHead | None = None) -> Capture:
    """Return the capture that a ``response`` or ``resource`` record holds; ``head`` spares parsing its HTTP head again.

    Raises:
        RecordError: no date, or no HTTP message.
    """
    truncated = record.get("WARC-Truncated")
    if truncated is None and (record.get("WARC-Segment-Number") or not block.whole):
        truncated = "length"
    try:
        return capture_of(
            record.url,
            date_of_record(record, block),
            http_message(record, block),
            record_id=record.id,
            warc_filename=record.filename,
            warc_offset=record.offset if record.addressable else None,
            truncated=truncated,
            parts=_parts(head, block),
        )
    except MessageError as error:
        raise RecordError(record.path, record.offset, str(error)) from error


def revisited(
    revisit: Record, block: Block, original: Record, original_block: Block, head: RecordHead | None = None
) -> Capture:
    """Return the capture that a revisit stands for: its own URL, date, headers and id, the payload of its original.

    Raises:
        RecordError: no date, or no HTTP message in one of the two.
    """
    capture = replace(
        capture_from(original, original_block),
        url=revisit.url,
        date=date_of_record(revisit, block),
        record_id=revisit.id,
        warc_filename=revisit.filename,
        warc_offset=revisit.offset if revisit.addressable else None,
    )
    message = block.content()
    if not message:
        return capture
    try:
        status, headers, _ = _parts(head, block) or response_parts(message)
    except MessageError as error:
        raise RecordError(revisit.path, revisit.offset, str(error)) from error
    if _codings(headers) == _codings(capture.headers):
        return replace(capture, status=status, headers=headers)
    # The same entity under another Content-Encoding: decoded as the revisit's own head says, as it was when fetched.
    _, original_headers, body = response_parts(http_message(original, original_block))
    payload, _ = content_decoded(transfer_decoded(body, original_headers)[0], headers)
    return replace(capture, status=status, headers=headers, payload=payload)


def _parts(head: RecordHead | None, block: Block) -> tuple[int, Headers, bytes] | None:
    if head is None or head.status is None or head.body_start is None:
        return None
    return head.status, head.headers, block.content()[head.body_start :]


def http_message(record: Record, block: Block) -> bytes:
    """Return the HTTP message of a response; of a resource, its content below a head that says its type."""
    if record.type != "resource":
        return block.content()
    content_type = (record.get("Content-Type") or "").encode("latin-1", "replace")
    return b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n\r\n%b" % (content_type, block.content())


def date_of_record(record: Record, block: Block) -> datetime:
    """Return WARC-Date; where that is missing or not a date, the ``Date`` of the HTTP response in ``block``.

    Raises:
        RecordError: neither is a date.
    """
    date = record.date or _http_date(record, block)
    if date is None:
        raise RecordError(record.path, record.offset, f"WARC-Date {record.get('WARC-Date')!r} is not a date")
    return date


def _http_date(record: Record, block: Block) -> datetime | None:
    if record.type not in ("response", "revisit"):
        return None
    try:
        _, headers, _ = response_parts(block.content())
    except MessageError:
        return None
    return instant_of(next((value for name, value in headers if name.lower() == "date"), None))


def _media_type(content_type: str | None) -> str:
    words = (content_type or "").split(";", 1)[0].split()
    return words[0].lower() if words else ""


def _codings(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [value.strip().lower() for name, value in headers if name.lower() == "content-encoding"]
