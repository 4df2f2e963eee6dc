"""Define what the state stores of an article, of its announcement and of a fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Status(IntEnum):
    """What the last fetch of an article gave."""

    FOUND = 0
    """Announced, and not fetched yet."""
    WRITTEN = 1
    """Its content is in a line."""
    NO_ARTICLE = 2
    """Its page holds no article."""
    REJECTED = 3
    """It breaks the schema; its line is in data/rejected."""
    GONE = 4
    """It was withdrawn (404 or 410). Earlier lines stay; no new line is written."""
    FAILED = 5
    """It could not be fetched or read."""

    @property
    def label(self) -> str:
        """The name in reports and for ``--status``."""
        return self.name.lower().replace("_", "-")


class Outcome(IntEnum):
    """The result of one fetch."""

    NEW = 1
    """A new line."""
    UNCHANGED = 2
    """A line with this content exists."""
    NOT_MODIFIED = 3
    """The server answered 304."""
    NO_ARTICLE = 4
    REJECTED = 5
    GONE = 6
    FAILED = 7

    @property
    def label(self) -> str:
        """The name in reports."""
        return self.name.lower().replace("_", "-")


class Validators(NamedTuple):
    """What a server sends to recognise a version of a page or file (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """Return the headers that make a request conditional (RFC 9110, 13.1)."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


STATUS_AFTER: dict[Outcome, Status | None] = {
    Outcome.NEW: Status.WRITTEN,
    Outcome.UNCHANGED: Status.WRITTEN,
    Outcome.NOT_MODIFIED: None,
    Outcome.NO_ARTICLE: Status.NO_ARTICLE,
    Outcome.REJECTED: Status.REJECTED,
    Outcome.GONE: Status.GONE,
    Outcome.FAILED: Status.FAILED,
}
"""The status of an article after a fetch; None keeps the status that it had."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article as discovery found it; dates in UTC."""

    key: int
    url: str
    source: str
    found: datetime
    published: datetime | None = None
    lastmod: datetime | None = None
    """The last change that its place announces."""
    fetched_lastmod: datetime | None = None
    """The change that the last fetch is known to have brought."""


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the state knows of an article."""

    key: int
    url: str
    """The URL of the last fetch; before the first one, the URL that was announced."""
    asked: str | None
    """The URL of the last request, where it was redirected."""
    status: Status
    source: str | None
    found: datetime
    published: datetime | None
    lastmod: datetime | None
    fetched_lastmod: datetime | None
    fetched: datetime | None
    """WARC-Date of the last fetch that brought an answer."""
    http_status: int | None
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    reason: str | None
    failures: int
    """Number of failures in a row."""
    due: datetime | None
    """When it becomes due again; None for never."""


class Fetch(NamedTuple):
    """One fetch of an article, with its outcome."""

    key: int
    url: str
    date: datetime
    outcome: Outcome
    asked: str | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_digest: str | None = None
    record_id: str | None = None
    warc_filename: str | None = None
    warc_offset: int | None = None
    published: datetime | None = None
    lastmod: datetime | None = None
    """The last change that was announced when the page was requested."""
    source: str | None = None
    reason: str | None = None


def micros(date: datetime) -> int:
    """Return the microseconds from 1970 to ``date``."""
    return (date - _EPOCH) // timedelta(microseconds=1)


def seconds(date: datetime | None) -> int | None:
    """Return the whole seconds from 1970 to ``date``."""
    return None if date is None else (date - _EPOCH) // timedelta(seconds=1)


def from_micros(value: int | None) -> datetime | None:
    """Return the instant that :func:`micros` turned into ``value``."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)


def from_seconds(value: int | None) -> datetime | None:
    """Return the instant that :func:`seconds` turned into ``value``."""
    return None if value is None else _EPOCH + timedelta(seconds=value)
