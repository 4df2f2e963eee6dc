"""Make the capture of a response from the bytes that were recorded for it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from newscrawl.archive.records.exchange import RecordedExchange
from newscrawl.archive.records.http import ResponseReading, rebuilt_response
from newscrawl.archive.records.spool import Message
from newscrawl.capture import Capture, capture_of
from newscrawl.codings import Headers
from newscrawl.fetch_record import META_KEY, fetch_record, update_fetch_record


def keep_message(
    request: Request, recorded: RecordedExchange, message: Message, reading: ResponseReading | None = None
) -> None:
    """Keep what came back for ``request`` in its fetch record, where :func:`capture_from` finds it."""
    update_fetch_record(request, recorded=recorded, message=message, reading=reading)


def forget(request: Request) -> None:
    """Remove what an earlier download left in the fetch record of ``request``, before it is downloaded."""
    if META_KEY in request.meta:
        request.meta[META_KEY] = fetch_record(request).before_download()


def is_recorded(request: Request) -> bool:
    """Return whether what came back for ``request`` was recorded."""
    return fetch_record(request).recorded is not None


def capture_from(response: Response) -> Capture:
    """Return the capture of ``response``: of its bytes on the wire, with the place of its record.

    It equals the capture that reading the record gives. Without the recording handler it is made of what Scrapy left
    of the response, dated now.

    Raises:
        MessageError: what came back is no HTTP message.
    """
    record = fetch_record(response.request)
    recorded, reading = record.recorded, record.reading
    if recorded is None or record.message is None:
        rebuilt = rebuilt_response(response.status, header_pairs_of(response.headers), response.body)
        return capture_of(response.url, datetime.now(UTC), rebuilt)
    message = record.message[:]
    return capture_of(
        recorded.url,
        recorded.date,
        message,
        record_id=recorded.record_id,
        warc_filename=recorded.filename,
        warc_offset=recorded.offset,
        truncated=recorded.truncated,
        digest=recorded.payload_digest,
        parts=(reading.status, reading.headers, message[reading.body_start :]) if reading else None,
    )


def header_pairs_of(headers: object) -> Headers:
    """Return Scrapy's ``headers`` as pairs, one for each value."""
    items = headers.items()  # type: ignore[attr-defined]  # Scrapy's Headers are a dict of lists
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in items for value in values)
