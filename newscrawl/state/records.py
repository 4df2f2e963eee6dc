"""What the state says of an article, and what it is told of a fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Status(IntEnum):
    """What became of an article the last time it was fetched."""

    FOUND = 0
    """Announced, and not fetched yet."""
    WRITTEN = 1
    """What it says is in a line."""
    NO_ARTICLE = 2
    """Its page holds none."""
    REJECTED = 3
    """It breaks the schema: it is in data/rejected."""
    GONE = 4
    """Withdrawn: 404 or 410. Its earlier lines stay."""
    FAILED = 5
    """It could not be fetched or read."""

    @property
    def label(self) -> str:
        """For people and for ``--status``."""
        return self.name.lower().replace("_", "-")


class Outcome(IntEnum):
    """What came of one fetch."""

    NEW = 1
    """A new line."""
    UNCHANGED = 2
    """It says what a line says already."""
    NOT_MODIFIED = 3
    """The server answered 304."""
    NO_ARTICLE = 4
    REJECTED = 5
    GONE = 6
    FAILED = 7

    @property
    def label(self) -> str:
        """For people."""
        return self.name.lower().replace("_", "-")


STATUS_AFTER: dict[Outcome, Status | None] = {
    Outcome.NEW: Status.WRITTEN,
    Outcome.UNCHANGED: Status.WRITTEN,
    Outcome.NOT_MODIFIED: None,
    Outcome.NO_ARTICLE: Status.NO_ARTICLE,
    Outcome.REJECTED: Status.REJECTED,
    Outcome.GONE: Status.GONE,
    Outcome.FAILED: Status.FAILED,
}
"""The status of an article after a fetch; None: what it was."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article as discovery found it."""

    key: int
    url: str
    source: str
    found: datetime
    published: datetime | None = None
    lastmod: datetime | None = None
    """The last change that its place announces."""
    fetched_lastmod: datetime | None = None
    """Set where the last fetch is known to have brought that change."""


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What is known of an article."""

    key: int
    url: str
    """As last fetched; before that, as found."""
    asked: str | None
    """As last requested, where a redirect led on."""
    status: Status
    source: str | None
    found: datetime
    published: datetime | None
    lastmod: datetime | None
    fetched_lastmod: datetime | None
    fetched: datetime | None
    """WARC-Date of the last fetch that was dealt with."""
    http_status: int | None
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    reason: str | None
    failures: int
    """In a row."""
    due: datetime | None
    """When it is to be fetched again; None: never."""


class Fetch(NamedTuple):
    """One fetch of an article that was dealt with."""

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
    """As discovery had it when the page was asked for."""
    source: str | None = None
    reason: str | None = None


def micros(date: datetime) -> int:
    """Microseconds since 1970."""
    return (date - _EPOCH) // timedelta(microseconds=1)


def seconds(date: datetime | None) -> int | None:
    """Seconds since 1970."""
    return None if date is None else (date - _EPOCH) // timedelta(seconds=1)


def from_micros(value: int | None) -> datetime | None:
    """The inverse of :func:`micros`."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)


def from_seconds(value: int | None) -> datetime | None:
    """The inverse of :func:`seconds`."""
    return None if value is None else _EPOCH + timedelta(seconds=value)
