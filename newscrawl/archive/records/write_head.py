"""Heads of the records that we write, WARC/1.1.

Source: WARC 1.1, sections 4 to 6 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/);
WARC-Protocol and WARC-Cipher-Suite: https://github.com/iipc/warc-specifications/issues/42 and /86.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from newscrawl.archive.records.digests import sha1_field
from newscrawl.archive.records.exchange import Exchange, Fields, Reference
from newscrawl.archive.records.http import ResponseReading
from newscrawl.archive.records.spool import Message

VERSION = "WARC/1.1"

IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

WARC_FIELDS = "application/warc-fields"
HTTP_REQUEST = "application/http; msgtype=request"
HTTP_RESPONSE = "application/http; msgtype=response"
UNKNOWN_TYPE = "application/octet-stream"

REBUILT_FIELD = "Newscrawl-Rebuilt-From"
"""Our own field (WARC 1.1, 4: fields may be added, readers ignore those they do not know): the message of this record
was not taken from the wire but rebuilt from what the component named here gave."""

_UNSAFE_IN_URI = re.compile(r"[^!-;=?-~]")
_BREAKS = re.compile(r"[\r\n\0]+")


def record_head(record_type: str, record_id: str, date: datetime, lines: str, block: Message) -> bytes:
    """All that stands before ``block`` in its record; ``lines`` are the fields that :func:`field_lines` wrote."""
    digest = sha1_field(hashlib.sha1(block, usedforsecurity=False).digest())
    return (
        f"{VERSION}\r\nWARC-Type: {record_type}\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {warc_date(date)}\r\n"
        f"{lines}WARC-Block-Digest: {digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode()


# The records of an exchange have one date, and the revisits of a page name that of one other.
@lru_cache(maxsize=64)
def warc_date(date: datetime) -> str:
    """``2026-01-31T23:59:59.123456Z``: always six digits, so that dates sort as text (WARC 1.1, 5.4)."""
    return date.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def target_uri(url: str) -> str:
    """``url`` as a field may hold it: what no URI can contain is percent-encoded."""
    return _UNSAFE_IN_URI.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), url
    )


def warc_fields(fields: Fields) -> bytes:
    """A block of ``application/warc-fields``: one named field a line."""
    return field_lines(fields).encode()


def field_lines(fields: Iterable[tuple[str, str]]) -> str:
    """Named fields as they stand in a head: one a line, whatever their values hold."""
    return "".join([f"{name}: {one_line(value)}\r\n" for name, value in fields])


def one_line(value: str) -> str:
    """``value`` without line breaks, which could forge a field, and as UTF-8 can hold it."""
    if value.isprintable():
        return value
    return _BREAKS.sub(" ", value).encode("utf-8", "replace").decode("utf-8")


def subject_fields(url: str, warcinfo_id: str) -> list[tuple[str, str]]:
    """What a record is about and where it was made: the fields that all of an exchange share."""
    return [("WARC-Target-URI", target_uri(url)), ("WARC-Warcinfo-ID", warcinfo_id)]


def connection_fields(exchange: Exchange) -> list[tuple[str, str]]:
    """The fields that request and response of ``exchange`` share beside."""
    fields: list[tuple[str, str]] = []
    if exchange.ip_address:
        fields.append(("WARC-IP-Address", exchange.ip_address))
    fields.extend(("WARC-Protocol", protocol) for protocol in exchange.protocols)
    if exchange.cipher_suite:
        fields.append(("WARC-Cipher-Suite", exchange.cipher_suite))
    if exchange.rebuilt:
        fields.append((REBUILT_FIELD, exchange.rebuilt))
    return fields


def response_fields(reading: ResponseReading, truncated: str | None) -> list[tuple[str, str]]:
    """The fields of a response in full.

    WARC-Payload-Digest only where every reader comes to the same one (see :mod:`newscrawl.archive.records.digests`).
    """
    fields = [("Content-Type", HTTP_RESPONSE)]
    if truncated:
        fields.append(("WARC-Truncated", truncated))
    elif reading.plain and reading.entity_length:
        fields.append(("WARC-Payload-Digest", reading.digest))
    return fields


def revisit_fields(profile: str, digest: str | None, original: Reference | None) -> list[tuple[str, str]]:
    """The fields that make a revisit (WARC 1.1, 6.7)."""
    fields = [("Content-Type", HTTP_RESPONSE), ("WARC-Profile", profile)]
    if digest:
        fields.append(("WARC-Payload-Digest", digest))
    if original:
        fields.append(("WARC-Refers-To", original.record_id))
        fields.append(("WARC-Refers-To-Target-URI", target_uri(original.url)))
        fields.append(("WARC-Refers-To-Date", warc_date(original.date)))
    return fields
