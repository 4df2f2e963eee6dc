"""Keep the account of a crawl: every response ends in one outcome, counted in the stats and listed on request.

This is an extension, because only the signals of Scrapy tell of responses that give no item.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import orjson
from scrapy import signals

from newscrawl.account import Entry, Outcome
from newscrawl.capture import Capture, instant
from newscrawl.chain.drops import NoArticle, Rejected, Unchanged
from newscrawl.fetch_record import fetch_record
from newscrawl.items import Article
from newscrawl.sites.pages import unfit_for_article

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

NOT_MODIFIED = 304
MAX_REASON = 500
"""Characters of a reason that are kept."""
UNREAD = "nothing asked for its article, or the crawl ended before that"


class AccountExtension:
    """Counts what became of each response as ``outcomes/…``; ``OUTCOMES_FILE`` lists all of them as JSON Lines."""

    def __init__(self, crawler: Crawler, path: str | None) -> None:
        self._stats = crawler.stats
        self._path = path
        self._file: BinaryIO | None = None
        self._pages: dict[tuple[str, str | None], Entry] = {}
        """Pages that are asked for an article, by URL and instant, until their outcome is known."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension for Scrapy, and connect its signals."""
        extension = cls(crawler, crawler.settings.get("OUTCOMES_FILE"))
        connect = crawler.signals.connect
        connect(extension.response_downloaded, signal=signals.response_downloaded)
        connect(extension.item_scraped, signal=signals.item_scraped)
        connect(extension.item_dropped, signal=signals.item_dropped)
        connect(extension.item_error, signal=signals.item_error)
        connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Record a response that gives no article, or wait for the outcome of its page."""
        entry = _entry_of(response, request)
        content_type = response.headers.get("Content-Type", b"") or b""
        media_type = content_type.decode("latin-1").split(";", 1)[0].strip().lower()
        if response.status == NOT_MODIFIED:
            self._end(entry, Outcome.NOT_MODIFIED, "not modified")
        elif (unfit := unfit_for_article(response.url, response.status, media_type)) is not None:
            self._end(entry, *unfit)
        else:
            self._pages[response.url, entry.date] = entry

    def item_scraped(self, item: Any) -> None:
        """Record an article that gave a line."""
        if isinstance(item, Article) and item.metadata is not None:
            self._end_page(item.url, item.metadata.dateDownloaded, Outcome.ARTICLE, None)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Record a page without an article, with an invalid one, or with one that was written before."""
        if isinstance(item, Capture):
            self._end_page(item.url, instant(item.date), *_outcome_of(exception))

    def item_error(self, item: Any, failure: Failure) -> None:
        """Record a page that a pipeline failed at."""
        if isinstance(item, Capture):
            reason = f"{type(failure.value).__name__}: {failure.value}"
            self._end_page(item.url, instant(item.date), Outcome.FAILED, reason)

    def spider_closed(self) -> None:
        """Record the pages that nothing was made of, and close the file."""
        for entry in self._pages.values():
            self._end(entry, Outcome.NO_ARTICLE, UNREAD)
        self._pages.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _end_page(self, url: str, date: str, outcome: Outcome, reason: str | None) -> None:
        entry = self._pages.pop((url, date), None)
        if entry is not None:
            self._end(entry, outcome, reason)

    def _end(self, entry: Entry, outcome: Outcome, reason: str | None) -> None:
        if self._stats is not None:
            self._stats.inc_value(f"outcomes/{outcome}")
        if self._path:
            if self._file is None:
                Path(self._path).parent.mkdir(parents=True, exist_ok=True)
                self._file = Path(self._path).open("ab")  # noqa: SIM115 - closed when the spider is
            ended = replace(entry, outcome=outcome.value, reason=reason and reason[:MAX_REASON])
            self._file.write(orjson.dumps(ended, option=orjson.OPT_APPEND_NEWLINE))


def _entry_of(response: Response, request: Request) -> Entry:
    recorded = fetch_record(request).recorded
    if recorded is None:
        return Entry(response.url, None, None, "", None, "", None)
    place = (recorded.record_id, recorded.filename or "", recorded.offset)
    return Entry(response.url, instant(recorded.date), *place, "", None)


def _outcome_of(exception: Exception) -> tuple[Outcome, str]:
    match exception:
        case Unchanged():
            return Outcome.REPEAT, "its line was written before"
        case Rejected():
            return Outcome.REJECTED, "; ".join(exception.messages)
        case NoArticle():
            return Outcome.NO_ARTICLE, exception.reason
    return Outcome.NO_ARTICLE, str(exception)
