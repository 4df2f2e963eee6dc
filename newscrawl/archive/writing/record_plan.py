"""Which records an exchange becomes: response or revisit, request, and the metadata record of its context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.archive.records.exchange import Exchange, RecordEntry, Reference, RevisitIndex
from newscrawl.archive.records.http import ResponseReading, reading_of
from newscrawl.archive.records.spool import Message
from newscrawl.archive.records.write_head import (
    HTTP_REQUEST,
    IDENTICAL_PAYLOAD,
    NOT_MODIFIED,
    UNKNOWN_TYPE,
    WARC_1_1,
    WARC_FIELDS,
    WarcVersion,
    connection_fields,
    field_lines,
    response_fields,
    revisit_fields,
    subject_fields,
    warc_fields,
)

_OK = 200
_NOT_MODIFIED = 304


@dataclass(slots=True)
class PlannedRecord:
    """A record before it is written."""

    record_type: str
    record_id: str
    date: datetime
    url: str
    lines: str
    """Its own fields, as :func:`newscrawl.archive.records.write_head.field_lines` writes them."""
    block: Message
    reading: ResponseReading | None = None
    """Of the response, where it is one."""
    method: str | None = None
    truncated: str | None = None
    original: Reference | None = None
    """What a revisit refers to."""

    @property
    def payload_digest(self) -> str | None:
        """``sha1:BASE32`` of the body without transfer-coding; None without one."""
        return self.reading.digest if self.reading and self.reading.entity_length else None

    def entry(self, filename: str, offset: int, length: int) -> RecordEntry:
        """Return what an index needs of it, now that its place is known."""
        reading = self.reading
        return RecordEntry(
            self.record_type,
            self.record_id,
            self.url,
            self.date,
            filename,
            offset,
            length,
            reading.media_type if reading else "",
            reading.status if reading else None,
            self.payload_digest if reading else None,
            self.method,
            self.truncated,
        )


def exchange_records(
    exchange: Exchange,
    warcinfo_id: str,
    revisits: RevisitIndex,
    new_id: Callable[[], str],
    version: WarcVersion = WARC_1_1,
) -> list[PlannedRecord]:
    """Return the records of ``exchange`` in the order in which they are written; the first is the one to refer to."""
    date, url = exchange.date, exchange.url
    subject = field_lines(subject_fields(url, warcinfo_id))
    shared = subject + field_lines(connection_fields(exchange))
    records: list[PlannedRecord] = []
    if exchange.response:
        records.append(_response_record(exchange, shared, revisits, new_id(), version))
    if exchange.request:
        lines = f"{shared}Content-Type: {HTTP_REQUEST}\r\n{_concurrent_to(records)}"
        records.append(PlannedRecord("request", new_id(), date, url, lines, exchange.request, method=exchange.method))
    if exchange.context:
        # Named like the exchange's other records, so that tools which group by URL and date find it.
        lines = f"{subject}Content-Type: {WARC_FIELDS}\r\n{_concurrent_to(records)}"
        records.append(PlannedRecord("metadata", new_id(), date, url, lines, warc_fields(exchange.context)))
    return records


def remembered(exchange: Exchange, record: PlannedRecord) -> Reference | None:
    """Return what later captures with the payload of ``record`` may refer to; None if it is not complete."""
    reading = record.reading
    if reading is None or reading.status != _OK or not reading.whole or not reading.entity_length or record.truncated:
        return None
    if record.record_type == "response":
        return Reference(exchange.url, exchange.date, record.record_id)
    return record.original


def _concurrent_to(records: list[PlannedRecord]) -> str:
    return f"WARC-Concurrent-To: {records[0].record_id}\r\n" if records else ""


def _response_record(
    exchange: Exchange, shared: str, revisits: RevisitIndex, record_id: str, version: WarcVersion
) -> PlannedRecord:
    reading = exchange.reading or reading_of(exchange.response, exchange.method)
    if reading is None:
        return _unreadable_record(exchange, shared, record_id)
    truncated = None if reading.framed else exchange.truncated
    record_type, fields, block, original = "response", response_fields(reading, truncated), exchange.response, None
    if truncated is None and reading.status == _NOT_MODIFIED:
        original = exchange.unmodified or revisits.captured(exchange.url)
        record_type, fields = "revisit", revisit_fields(NOT_MODIFIED, None, original, version)
    elif truncated is None and reading.status == _OK and reading.whole and reading.entity_length:
        original = revisits.seen(reading.digest)
        if original is not None:
            record_type, fields = "revisit", revisit_fields(IDENTICAL_PAYLOAD, reading.digest, original, version)
    if record_type == "revisit":
        block = exchange.response[: reading.body_start]
    return PlannedRecord(
        record_type,
        record_id,
        exchange.date,
        exchange.url,
        shared + field_lines(fields),
        block,
        reading=reading,
        method=exchange.method,
        truncated=truncated,
        original=original,
    )


def _unreadable_record(exchange: Exchange, shared: str, record_id: str) -> PlannedRecord:
    """Return what came back is no HTTP: kept as a resource, since every reader expects an HTTP head in a response."""
    fields = [("Content-Type", UNKNOWN_TYPE)]
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    return PlannedRecord(
        "resource",
        record_id,
        exchange.date,
        exchange.url,
        shared + field_lines(fields),
        exchange.response,
        method=exchange.method,
        truncated=exchange.truncated,
    )
