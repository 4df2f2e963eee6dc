"""Check one record that was read whole: its fields, its date, its digests, its HTTP message.

Source: WARC 1.1, sections 4 and 5 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from newscrawl.archive.reading.captures import is_http, is_not_modified
from newscrawl.archive.reading.record_blocks import Block
from newscrawl.archive.records.digests import Digest, digest_of, parsed
from newscrawl.archive.records.parse_head import RECORD_END, Record
from newscrawl.capture import response_parts
from newscrawl.codings import transfer_decoded
from newscrawl.errors import MessageError

_REPEATABLE = frozenset({"warc-concurrent-to", "warc-protocol", "warc-json-metadata"})
"""Fields that may occur more than once: 1.1 names the first; the second is in general use and repeats by proposal."""
_DEFINED = re.compile("warc-|content-", re.IGNORECASE)
"""What the fields of the standard begin with; others may repeat."""
_WITH_TARGET = frozenset({"response", "resource", "request", "revisit", "conversion", "continuation"})
_URI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>")
_SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_W3C = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?", re.ASCII)
_REQUEST_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S.*? HTTP/\d", re.DOTALL)
_NOT_MODIFIED = re.compile(rb"HTTP/\d(?:\.\d+)?[ \t]+304\b")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class Checked:
    """Takes the block of a record: keeps its beginning and digests all of it."""

    def __init__(self, record: Record) -> None:
        self.kept = Block()
        self.expected = parsed(record.get("WARC-Block-Digest") or "")
        self._hasher = hashlib.new(self.expected.algorithm, usedforsecurity=False) if self.expected else None

    def feed(self, data: bytes) -> None:
        """Take the next piece of the block."""
        self.kept.feed(data)
        if self._hasher is not None:
            self._hasher.update(data)

    def block_digest_holds(self) -> bool:
        """Return whether the block has the digest that its record names, if it names one."""
        return self._hasher is None or self.expected is None or self._hasher.digest() == self.expected.value


def faults_of(record: Record, checked: Checked) -> Iterator[str]:
    """Yield what is wrong with ``record``, whose block ``checked`` took."""
    if record.version != "ARC/1":
        yield from _field_faults(record)
        yield from _date_faults(record)
        if record.gap != RECORD_END:
            yield f"the record ends with {record.gap!r}, not with two line ends"
    if not record.addressable or record.end is None:
        yield "compressed together with other records, so it has no offset"
    yield from _digest_faults(record, checked)
    yield from _message_faults(record, checked)


def answers_not_modified(record: Record, checked: Checked) -> bool:
    """Return whether ``record`` is an answer with status 304, which an index leaves out."""
    return is_not_modified(record) or (
        record.type in ("response", "revisit") and _NOT_MODIFIED.match(checked.kept.content()[:64]) is not None
    )


def _field_faults(record: Record) -> Iterator[str]:
    if not record.type:
        yield "no WARC-Type"
    if record.id is None:
        yield "no WARC-Record-ID"
    elif not _URI.fullmatch(record.id):
        yield f"WARC-Record-ID {record.id!r} is not a URI in angle brackets"
    if record.type in _WITH_TARGET and not record.url:
        yield f"a {record.type} record without WARC-Target-URI"
    if record.type == "revisit" and not record.get("WARC-Profile"):
        yield "a revisit record without WARC-Profile"
    if (record.get("Content-Length") or "").startswith("-"):
        yield f"Content-Length {record.get('Content-Length')} is negative"
    counts = Counter(name.lower() for name, _ in record.fields)
    for name, _ in record.fields:
        if counts.pop(name.lower(), 0) > 1 and name.lower() not in _REPEATABLE and _DEFINED.match(name):
            yield f"the field {name} occurs more than once"


def _date_faults(record: Record) -> Iterator[str]:
    text = record.get("WARC-Date")
    if text is None:
        yield "no WARC-Date"
    elif record.date is None or not (_W3C if record.version >= "WARC/1.1" else _SECONDS).fullmatch(text.upper()):
        yield f"WARC-Date {text!r} is not a date of {record.version}"


def _digest_faults(record: Record, checked: Checked) -> Iterator[str]:
    for name in ("WARC-Block-Digest", "WARC-Payload-Digest"):
        value = record.get(name)
        if value is not None and parsed(value) is None:
            yield f"{name} {value!r} cannot be read"
    if not checked.block_digest_holds():
        yield _wrong_block_digest(record, checked)
    payload = parsed(record.get("WARC-Payload-Digest") or "")
    # A revisit's payload digest is that of its original's payload; a segment's is that of the whole.
    if payload is None or record.type == "revisit" or record.get("WARC-Segment-Number") or not checked.kept.whole:
        return
    if not _payload_digest_holds(record, checked.kept.content(), payload):
        yield f"WARC-Payload-Digest {payload} is wrong, with and without transfer-coding"


def _wrong_block_digest(record: Record, checked: Checked) -> str:
    if record.type == "revisit" and checked.expected is not None and checked.expected.matches(()):
        return "WARC-Block-Digest is that of an empty block, as wget writes it on revisits whatever their block holds"
    return f"WARC-Block-Digest {record.get('WARC-Block-Digest')} is wrong"


def _payload_digest_holds(record: Record, block: bytes, payload: Digest) -> bool:
    """Return whether the digest is right by either convention (:mod:`newscrawl.archive.records.digests`)."""
    if not is_http(record) and payload.matches((block,)):
        return True  # an HTTP message under a URL of another scheme: most tools do not parse it
    if not _is_message(record):
        return payload.matches((block,))
    head_end = _HEAD_END.search(block)
    framed = block[head_end.end() :] if head_end else b""
    if payload.matches((framed,)):
        return True
    try:
        _, headers, body = response_parts(block)
    except MessageError:
        return False
    return digest_of((transfer_decoded(body, headers)[0],), payload.algorithm) == payload


def _message_faults(record: Record, checked: Checked) -> Iterator[str]:
    if not _is_message(record) or not is_http(record):
        return
    start = checked.kept.content()
    if record.type == "request" and not _REQUEST_LINE.match(start):
        yield f"not an HTTP request: {start[:40]!r}"
    if record.type == "response" or (record.type == "revisit" and start):
        try:
            response_parts(start)
        except MessageError as error:
            yield str(error)


def _is_message(record: Record) -> bool:
    content_type = (record.get("Content-Type") or "").lower()
    return record.type in ("request", "response", "revisit") and (
        record.version == "ARC/1" or content_type.startswith("application/http") or is_http(record)
    )
