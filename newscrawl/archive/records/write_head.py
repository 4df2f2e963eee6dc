"""Write the heads of records: WARC/1.1, or WARC/1.0 for tools that read nothing newer.

Source: WARC 1.1, sections 4 to 6 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/);
WARC-Protocol and WARC-Cipher-Suite: https://github.com/iipc/warc-specifications/issues/42 and /86.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from newscrawl.archive.records.digests import sha1_field
from newscrawl.archive.records.exchange import Exchange, Fields, Reference
from newscrawl.archive.records.http import ResponseReading
from newscrawl.archive.records.spool import Message


@dataclass(frozen=True, slots=True)
class WarcVersion:
    """A version of the standard that records may be written in."""

    name: str
    """Value of ``WARC_VERSION``: ``1.1`` or ``1.0``."""
    digits_of_second: int
    """Of dates: WARC 1.0 has whole seconds (section 5.4 of both)."""

    @property
    def line(self) -> str:
        """Return the first line of a record."""
        return f"WARC/{self.name}"

    @property
    def conforms_to(self) -> str:
        """Return the address of the standard, for the warcinfo record."""
        return f"http://iipc.github.io/warc-specifications/specifications/warc-format/warc-{self.name}/"

    def profile(self, name: str) -> str:
        """Return the WARC-Profile of a revisit: of ``identical-payload-digest`` or ``server-not-modified``."""
        return f"http://netpreserve.org/warc/{self.name}/revisit/{name}"

    def date_kept(self, date: datetime) -> datetime:
        """Return ``date`` as a record of this version keeps it."""
        return date if self.digits_of_second else date.replace(microsecond=0)

    def date_text(self, date: datetime) -> str:
        """Return ``date`` as WARC-Date has it."""
        text = warc_date(date)
        return text if self.digits_of_second else text[: len("2026-01-31T23:59:59")] + "Z"


WARC_1_1 = WarcVersion("1.1", 6)
WARC_1_0 = WarcVersion("1.0", 0)
VERSIONS = {version.name: version for version in (WARC_1_1, WARC_1_0)}
IDENTICAL_PAYLOAD = "identical-payload-digest"
NOT_MODIFIED = "server-not-modified"

WARC_FIELDS = "application/warc-fields"
HTTP_REQUEST = "application/http; msgtype=request"
HTTP_RESPONSE = "application/http; msgtype=response"
UNKNOWN_TYPE = "application/octet-stream"

REBUILT_FIELD = "Newscrawl-Rebuilt-From"
"""Our own field (WARC 1.1, 4: fields may be added, readers ignore those they do not know): the message of this record
was not taken from the wire but rebuilt from what the component named here gave."""

_UNSAFE_IN_URI = re.compile(r"[^!-;=?-~]")
_BREAKS = re.compile(r"[\r\n\0]+")


def record_head(
    record_type: str, record_id: str, date: datetime, lines: str, block: Message, version: WarcVersion = WARC_1_1
) -> bytes:
    """Return what precedes ``block`` in its record; ``lines`` are the fields that :func:`field_lines` wrote."""
    digest = sha1_field(hashlib.sha1(block, usedforsecurity=False).digest())
    return (
        f"{version.line}\r\nWARC-Type: {record_type}\r\nWARC-Record-ID: {record_id}\r\n"
        f"WARC-Date: {version.date_text(date)}\r\n"
        f"{lines}WARC-Block-Digest: {digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode()


# The records of an exchange have one date, and the revisits of a page name that of one other.
@lru_cache(maxsize=64)
def warc_date(date: datetime) -> str:
    """Return ``2026-01-31T23:59:59.123456Z``: always six digits, so that dates sort as text (WARC 1.1, 5.4)."""
    return date.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def target_uri(url: str) -> str:
    """Return ``url`` as a field may hold it: what no URI can contain is percent-encoded."""
    return _UNSAFE_IN_URI.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), url
    )


def warc_fields(fields: Fields) -> bytes:
    """Return a block of ``application/warc-fields``: one named field a line."""
    return field_lines(fields).encode()


def field_lines(fields: Iterable[tuple[str, str]]) -> str:
    """Return named fields as they are in a head: one a line, whatever their values hold."""
    return "".join([f"{name}: {one_line(value)}\r\n" for name, value in fields])


def one_line(value: str) -> str:
    """Return ``value`` without line breaks, which could forge a field, and in a form that UTF-8 can hold."""
    if value.isprintable():
        return value
    return _BREAKS.sub(" ", value).encode("utf-8", "replace").decode("utf-8")


def subject_fields(url: str, warcinfo_id: str) -> list[tuple[str, str]]:
    """Return the fields that all records of an exchange share: what they are about and where they were made."""
    return [("WARC-Target-URI", target_uri(url)), ("WARC-Warcinfo-ID", warcinfo_id)]


def connection_fields(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the fields that only request and response of ``exchange`` share."""
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
    """Return the fields of a response in full.

    WARC-Payload-Digest only where every reader comes to the same one (see :mod:`newscrawl.archive.records.digests`).
    """
    fields = [("Content-Type", HTTP_RESPONSE)]
    if truncated:
        fields.append(("WARC-Truncated", truncated))
    elif reading.plain and reading.entity_length:
        fields.append(("WARC-Payload-Digest", reading.digest))
    return fields


def revisit_fields(
    profile: str, digest: str | None, original: Reference | None, version: WarcVersion = WARC_1_1
) -> list[tuple[str, str]]:
    """Return the fields that make a revisit (WARC 1.1, 6.7); those of its original are in general use in 1.0 too."""
    fields = [("Content-Type", HTTP_RESPONSE), ("WARC-Profile", version.profile(profile))]
    if digest:
        fields.append(("WARC-Payload-Digest", digest))
    if original:
        fields.append(("WARC-Refers-To", original.record_id))
        fields.append(("WARC-Refers-To-Target-URI", target_uri(original.url)))
        fields.append(("WARC-Refers-To-Date", version.date_text(original.date)))
    return fields
