"""Which records an exchange becomes: response or revisit, request, and the metadata record of its context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.archive.exchange import Exchange, RecordEntry, Reference, RevisitIndex
from newscrawl.archive.records import (
    HTTP_REQUEST,
    IDENTICAL_PAYLOAD,
    NOT_MODIFIED,
    UNKNOWN_TYPE,
    WARC_FIELDS,
    exchange_fields,
    response_fields,
    revisit_fields,
    warc_fields,
)
from newscrawl.archive.tape import Message
from newscrawl.archive.wire import ResponseReading, reading_of

_OK = 200
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """A record before it is written."""

    record_type: str
    record_id: str
    date: datetime
    url: str
    fields: list[tuple[str, str]]
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
        """What an index needs of it, now that its place is known."""
        return RecordEntry(
            record_type=self.record_type,
            record_id=self.record_id,
            url=self.url,
            date=self.date,
            filename=filename,
            offset=offset,
            length=length,
            media_type=self.reading.media_type if self.reading else "",
            status=self.reading.status if self.reading else None,
            payload_digest=self.payload_digest,
            method=self.method,
            truncated=self.truncated,
        )


def exchange_records(
    exchange: Exchange, warcinfo_id: str, revisits: RevisitIndex, new_id: Callable[[], str]
) -> list[PlannedRecord]:
    """The records of ``exchange`` in the order in which they are written; the first is the one to refer to."""
    shared = exchange_fields(exchange, warcinfo_id)
    records: list[PlannedRecord] = []
    if exchange.response:
        records.append(_response_record(exchange, shared, revisits, new_id()))
    if exchange.request:
        fields = [*shared, ("Content-Type", HTTP_REQUEST), *_concurrent_to(records)]
        records.append(
            PlannedRecord(
                "request", new_id(), exchange.date, exchange.url, fields, exchange.request, method=exchange.method
            )
        )
    if exchange.context:
        # Named like the exchange's other records, so that tools which group by URL and date find it.
        fields = [*shared[:2], ("Content-Type", WARC_FIELDS), *_concurrent_to(records)]
        block = warc_fields(exchange.context)
        records.append(PlannedRecord("metadata", new_id(), exchange.date, exchange.url, fields, block))
    return records


def remembered(exchange: Exchange, record: PlannedRecord) -> Reference | None:
    """What later captures with the payload of ``record`` may refer to; None when it is no whole capture of one."""
    reading = record.reading
    if reading is None or reading.status != _OK or not reading.whole or not reading.entity_length or record.truncated:
        return None
    if record.record_type == "response":
        return Reference(exchange.url, exchange.date, record.record_id)
    return record.original


def _concurrent_to(records: list[PlannedRecord]) -> list[tuple[str, str]]:
    return [("WARC-Concurrent-To", records[0].record_id)] if records else []


def _response_record(
    exchange: Exchange, shared: list[tuple[str, str]], revisits: RevisitIndex, record_id: str
) -> PlannedRecord:
    reading = reading_of(exchange.response, exchange.method)
    if reading is None:
        return _unreadable_record(exchange, shared, record_id)
    truncated = None if reading.framed else exchange.truncated
    record_type, fields, block, original = "response", response_fields(reading, truncated), exchange.response, None
    if truncated is None and reading.status == _NOT_MODIFIED:
        original = exchange.unmodified or revisits.captured(exchange.url)
        record_type, fields = "revisit", revisit_fields(NOT_MODIFIED, None, original)
    elif truncated is None and reading.status == _OK and reading.whole and reading.entity_length:
        original = revisits.seen(reading.digest)
        if original is not None:
            record_type, fields = "revisit", revisit_fields(IDENTICAL_PAYLOAD, reading.digest, original)
    if record_type == "revisit":
        block = exchange.response[: reading.body_start]
    return PlannedRecord(
        record_type,
        record_id,
        exchange.date,
        exchange.url,
        [*shared, *fields],
        block,
        reading=reading,
        method=exchange.method,
        truncated=truncated,
        original=original,
    )


def _unreadable_record(exchange: Exchange, shared: list[tuple[str, str]], record_id: str) -> PlannedRecord:
    """What came back is no HTTP: kept as a resource, since every reader expects an HTTP head in a response."""
    fields = [*shared, ("Content-Type", UNKNOWN_TYPE)]
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    return PlannedRecord(
        "resource",
        record_id,
        exchange.date,
        exchange.url,
        fields,
        exchange.response,
        method=exchange.method,
        truncated=exchange.truncated,
    )
