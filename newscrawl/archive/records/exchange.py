"""What the writer takes and gives: one exchange, and where its records are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from newscrawl.archive.records.http import ResponseReading
from newscrawl.archive.records.spool import Message

Fields = tuple[tuple[str, str], ...]


class Reference(NamedTuple):
    """An earlier capture, as revisit records name it (WARC 1.1, 5.11-5.13)."""

    url: str
    """WARC-Refers-To-Target-URI."""
    date: datetime
    """WARC-Refers-To-Date."""
    record_id: str
    """WARC-Refers-To: ``<urn:uuid:...>``."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back for it."""

    url: str
    """Target URI, without fragment."""
    date: datetime
    """UTC, when the request began to be sent: the WARC-Date of all records of this exchange."""
    request: Message
    """What was sent; empty when it is not known."""
    response: Message
    """What was received; empty when nothing came."""
    method: str = "GET"
    ip_address: str | None = None
    """Of the server; None behind a proxy."""
    protocols: tuple[str, ...] = ()
    """Values of WARC-Protocol: ``http/1.1``, ``tls/1.3``."""
    cipher_suite: str | None = None
    """Its IANA name."""
    truncated: str | None = None
    """Why the response ended early: ``length``, ``time``, ``disconnect`` or ``unspecified`` (WARC 1.1, 5.14)."""
    rebuilt: str | None = None
    """Which component the messages were rebuilt from; None: they are what crossed the wire."""
    context: Fields = ()
    """How the URL was found, for the metadata record: ``via``, ``hopsFromSeed``..."""
    unmodified: Reference | None = None
    """For a 304: the capture that the server calls unmodified."""
    reading: ResponseReading | None = None
    """Of the response, where it was read already."""


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """Where the record of a response (or revisit; of the request, when nothing came back) is in the archive.

    A :class:`newscrawl.fetch_record.FetchRecord` holds it. It pickles, so a request with it can go to a disk queue.
    """

    url: str
    date: datetime
    """UTC, to the microsecond, as WARC-Date has it."""
    record_type: str | None = None
    """``response``, ``revisit``, ``resource``; ``request`` when nothing came back."""
    record_id: str | None = None
    """``<urn:uuid:...>``; None with ``WARC_ENABLED = False``."""
    filename: str | None = None
    """Base name of the WARC file, without ``.open``."""
    offset: int | None = None
    """Of the record in the file, in bytes."""
    payload_digest: str | None = None
    """``sha1:BASE32`` of the body without transfer-coding."""
    truncated: str | None = None
    """Value of WARC-Truncated."""


class RecordEntry(NamedTuple):
    """A record that was just written: what an index needs of it."""

    record_type: str
    record_id: str
    url: str
    date: datetime
    filename: str
    """Base name, without ``.open``."""
    offset: int
    length: int
    """Bytes in the file, compressed."""
    media_type: str = ""
    """Of the payload: lower case, without parameters."""
    status: int | None = None
    payload_digest: str | None = None
    """``sha1:BASE32`` of the body without transfer-coding, also where the record itself carries none."""
    method: str | None = None
    truncated: str | None = None


class RevisitIndex(Protocol):
    """What was captured before, in this crawl or any other: decides what is written as a revisit."""

    def seen(self, digest: str) -> Reference | None:
        """Return the first capture with this payload digest."""
        ...

    def captured(self, url: str) -> Reference | None:
        """Return the last whole capture of ``url``: what a 304 refers to."""
        ...

    def remember(self, url: str, digest: str, reference: Reference) -> None:
        """``url`` was captured whole: its payload is in the record ``reference``, which is written."""
        ...
