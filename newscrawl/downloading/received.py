"""The bytes behind a response, for as long as someone holds the response; and the capture they make."""

from __future__ import annotations

from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.http import Response

from newscrawl.archive.records.exchange import RecordedExchange
from newscrawl.archive.records.http import ResponseReading, rebuilt_response
from newscrawl.archive.records.spool import Message
from newscrawl.capture import Capture, capture_of
from newscrawl.codings import Headers

META_KEY = "warc"
"""Key of the :class:`RecordedExchange` in ``request.meta`` (and so in ``response.meta``)."""

# Keyed by the request and not kept in its meta: a request copied from another one's meta, or written to a disk queue,
# takes no page with it, and the bytes go with the response that holds the request.
_MESSAGES: WeakKeyDictionary[Request, tuple[Message, ResponseReading | None]] = WeakKeyDictionary()


def keep_message(
    request: Request, recorded: RecordedExchange, message: Message, reading: ResponseReading | None = None
) -> None:
    """Have :func:`capture_from` find what came back for ``request``, and what its record had to know of it."""
    request.meta[META_KEY] = recorded
    _MESSAGES[request] = message, reading


def forget(request: Request) -> None:
    """Before ``request`` is downloaded: what it carries of an earlier download goes."""
    request.meta.pop(META_KEY, None)
    _MESSAGES.pop(request, None)


def is_recorded(request: Request) -> bool:
    """Whether what came back for ``request`` was recorded."""
    return request in _MESSAGES


def capture_from(response: Response) -> Capture:
    """The capture of ``response``: of its bytes on the wire, with the place of its record.

    It equals the capture that reading the record gives. Without the recording handler it is made of what Scrapy left
    of the response, dated now.

    Raises:
        MessageError: what came back is no HTTP message.
    """
    request = response.request
    recorded = request.meta.get(META_KEY) if request is not None else None
    kept = _MESSAGES.get(request) if request is not None else None
    if kept is None or not isinstance(recorded, RecordedExchange):
        rebuilt = rebuilt_response(response.status, header_pairs_of(response.headers), response.body)
        return capture_of(response.url, datetime.now(UTC), rebuilt)
    message, reading = kept[0][:], kept[1]
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
    """Scrapy's ``headers`` as pairs, one for each value."""
    items = headers.items()  # type: ignore[attr-defined]  # Scrapy's Headers are a dict of lists
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in items for value in values)
