"""Index entries of the records in existing files: the same as the index of a crawl has while it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newscrawl.archive.cdxj.index import INDEXED, REVISIT, IndexEntry, is_indexed
from newscrawl.archive.reading.captures import date_of_record, is_http, is_not_modified
from newscrawl.archive.reading.record_blocks import Block, blocks_of
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import payload_digest, response_parts
from newscrawl.codings import Headers, transfer_decoded
from newscrawl.errors import MessageError, RecordError
from newscrawl.files.sources import Source

_PARAMETERS = re.compile(r"[;\s]")


def entries_of(source: Source, on_skip: Callable[[RecordError], None]) -> Iterator[IndexEntry]:
    """Yield the entries of the captures in one file, in its order.

    Args:
        source: the file.
        on_skip: called with each record that cannot be read or indexed, and why.

    Raises:
        ArchiveError: the file cannot be opened.
    """
    for record, block in blocks_of(source, INDEXED, on_skip):
        try:
            entry = entry_of(record, block)
        except RecordError as error:
            on_skip(error)
        else:
            if entry is not None:
                yield entry


def entry_of(record: Record, block: Block) -> IndexEntry | None:
    """Return the entry of a record that was read with its block; None for one that has no line in an index.

    Raises:
        RecordError: no date, no HTTP message, or no offset of its own in the file.
    """
    if is_not_modified(record):
        return None
    if not record.addressable or record.end is None:
        raise RecordError(record.path, record.offset, "compressed together with other records, so it has no offset")
    headers: Headers = ()
    status: int | None = None
    body = message = block.content()
    if record.type != "resource" and message and is_http(record):
        try:
            status, headers, body = response_parts(message)
        except MessageError as error:
            raise RecordError(record.path, record.offset, str(error)) from error
    if not is_indexed(record.type, status):
        return None
    return IndexEntry(
        url=record.url,
        date=date_of_record(record, block),
        mime=_mime(record, headers),
        status=status,
        digest=record.get("WARC-Payload-Digest") or _digest(record, block, body, headers),
        length=record.end - record.offset - (len(record.gap) if record.plain else 0),
        offset=record.offset,
        filename=record.filename,
    )


def _mime(record: Record, headers: Headers) -> str:
    if record.type == "revisit":
        return REVISIT
    value = record.get("Content-Type") or ""
    if record.type == "response":
        value = next((value for name, value in headers if name.lower() == "content-type"), "")
    return _PARAMETERS.split(value, maxsplit=1)[0]


def _digest(record: Record, block: Block, body: bytes, headers: Headers) -> str | None:
    if record.type == "revisit" or not block.whole:
        return None
    return payload_digest(transfer_decoded(body, headers)[0])
