"""The record of one fetch: everything that newscrawl keeps in ``request.meta``, under one key.

It travels with the request from discovery through the download to the state: who announced the page, where its response
is in the archive, and why nothing came. :func:`fetch_record` reads it and :func:`update_fetch_record` replaces it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from newscrawl.archive.records.exchange import RecordedExchange
from newscrawl.archive.records.http import ResponseReading
from newscrawl.archive.records.spool import Message
from newscrawl.discovery import Found

if TYPE_CHECKING:
    from scrapy import Request

META_KEY = "newscrawl"
"""Key of the record in ``request.meta``."""


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """What newscrawl knows of one request."""

    found: Found | None = None
    """How discovery found the page; None for robots.txt, sitemaps, feeds, listings and pictures."""
    capture_only: bool = False
    """Whether the callback reads only the capture of the response, so that Scrapy need not decode the body."""
    allow_offsite: bool = False
    """Whether the request may go to any public host. Pictures may: they are on hosts that serve several sites."""
    is_essential: bool = False
    """Whether the crawl can do nothing without an answer: such a request is put back as long as its host fails."""
    recorded: RecordedExchange | None = None
    """Where the last download of this request is in the archive; None before it."""
    message: Message | None = field(default=None, compare=False, repr=False)
    """The HTTP response as it crossed the wire; empty where nothing came."""
    reading: ResponseReading | None = field(default=None, compare=False, repr=False)
    """What the record's writer read of ``message``; None where it read nothing."""
    is_abandoned: bool = False
    """Whether the request was given up because the crawl ends, so that nothing is known of its page."""
    postponements: int = 0
    """How often the request was put back because its host was failing; these are not retries."""
    frontier_id: str | None = None
    """The number under which a shared frontier leased the request to this worker."""

    def before_download(self) -> FetchRecord:
        """Return the record without what an earlier download left in it."""
        if self.recorded is None and self.message is None:
            return self
        return replace(self, recorded=None, message=None, reading=None)

    def __reduce__(self) -> tuple[Callable[..., FetchRecord], tuple[Any, ...]]:
        """Pickle without the message: a request in a queue on the disk takes no page along."""
        left_out = ("message", "reading")
        return FetchRecord, tuple(None if each.name in left_out else getattr(self, each.name) for each in fields(self))


_EMPTY = FetchRecord()


def fetch_record(request: Request | None) -> FetchRecord:
    """Return the record of ``request``; an empty one where it has none, as the requests of other spiders."""
    record = request.meta.get(META_KEY) if request is not None else None
    return record if isinstance(record, FetchRecord) else _EMPTY


def update_fetch_record(request: Request, **changes: Any) -> FetchRecord:
    """Replace the record of ``request`` by one with ``changes``, and return it."""
    record = request.meta[META_KEY] = replace(fetch_record(request), **changes)
    return record
