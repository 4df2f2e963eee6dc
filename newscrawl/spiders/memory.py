"""Connect a spider with the state of its site: which articles it requests, and what the answers were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.archive.writing.warc_file import safe_prefix
from newscrawl.capture import Capture
from newscrawl.dates import instant_of
from newscrawl.discovery import Found
from newscrawl.errors import ArchiveError
from newscrawl.fetch_record import fetch_record
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.state import ArticleState, CrawlState, Fetch
from newscrawl.state.keys import id_key
from newscrawl.state.records import Announcement, Outcome, Validators
from newscrawl.state.refetch_policy import decide
from newscrawl.state.unprocessed_pages import pages_to_recover

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

MAX_REASON = 500
"""Characters of a reason that are kept."""
FRESH = timedelta(days=2)
"""Age of an announcement up to which a 404 may mean that the article is not there yet."""
MISSES_WHILE_FRESH = 3
"""Number of 404s after which a fresh article counts as withdrawn."""


class ArticleMemory:
    """What the crawls of a site know of its articles, as one spider sees it."""

    def __init__(self, crawler: Crawler, spider: DiscoverySpider) -> None:
        self._crawler = crawler
        self._settings = crawler.settings
        self._spider = spider
        self._mode = spider.arguments.mode
        self.state = CrawlState.of(crawler)

    def pages_to_recover(self) -> Iterator[Capture]:
        """Yield the archived pages that a killed crawl did not finish.

        There are none where several crawlers share the site: they fetch again what a killed one had leased.
        """
        if not self.state.persistent or self.state.shared or not self._settings.getbool("WARC_ENABLED", True):
            return
        directory = Path(self._settings.get("WARC_DIRECTORY", "data/warc"))
        prefix = safe_prefix(self._settings.get("WARC_PREFIX") or self.state.site)
        for capture in pages_to_recover(self.state, directory, prefix, self._spider.site):
            self.state.begin(self._page_fetch(capture))
            yield capture

    def due(self) -> Iterator[Found]:
        """Yield the articles that are due again, the most overdue first."""
        now = datetime.now(UTC)
        self._count("articles/known", self.state.reader.count() - self.state.reader.due_count(now))
        for known in self.state.reader.due(now):
            yield Found(url=known.asked or known.url, source="recheck")

    def wanted(self, announced: Sequence[Found]) -> Iterator[tuple[Found, dict[str, str]]]:
        """Yield the announced articles that are to be fetched, each with the headers of a conditional request."""
        announcements = [self._announcement(found) for found in announced]
        known = self.state.reader.articles([each.key for each in announcements])
        mode = "urls" if self._mode == "recheck" else self._mode
        for found, announcement in zip(announced, announcements, strict=True):
            article = known.get(announcement.key)
            decision = decide(announcement, article, mode, announcement.found)
            if decision.announcement is not None:
                self.state.announce(decision.announcement)
            if decision.is_wanted:
                yield found, _conditions(article, found.url)
            else:
                self._count("articles/known")

    def page_came(self, capture: Capture, response: Response) -> None:
        """Note that a page came; the pipelines will say what it holds."""
        request = response.request
        assert request is not None
        asked = _asked_url(request)
        self.state.begin(self._page_fetch(capture, asked, fetch_record(request).found))
        if self._key(asked) != self._key(capture.url):
            self.led_elsewhere(request, response.url, response.status)

    def led_elsewhere(self, request: Request, target: str, status: int | None) -> str:
        """Record that the request for an article was redirected to another page, and return the article's URL."""
        asked = _asked_url(request)
        self._record(request, Outcome.NO_ARTICLE, status, f"leads to {target}", url=asked)
        return asked

    def not_modified(self, response: Response) -> None:
        """Record that the server answered 304: nothing changed since the last capture."""
        assert response.request is not None
        self._record(response.request, Outcome.NOT_MODIFIED, response.status)

    def is_abandoned(self, request: Request) -> bool:
        """Return whether ``request`` was given up because the crawl ends."""
        return fetch_record(request).is_abandoned or not self._crawler.crawling

    def is_fresh(self, request: Request) -> bool:
        """Return whether the article was announced in the last days and never fetched, so that it may yet appear.

        Servers behind a cache, and editors, announce articles before they can be had.
        """
        known = self.state.reader.article(self._key(_asked_url(request)))
        if known is not None and (known.fetched is not None or known.failures >= MISSES_WHILE_FRESH):
            return False
        found = fetch_record(request).found
        announced = (instant_of(found.published) or instant_of(found.lastmod)) if found else None
        if announced is None:
            return self._mode == "latest" and found is not None
        return announced >= datetime.now(UTC) - FRESH

    def failed(self, failure: Failure, *, gone: bool) -> None:
        """Record that no page came, unless the request was given up because the crawl ends."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(error, ArchiveError) or self.is_abandoned(request):
            return
        status = error.response.status if isinstance(error, HttpError) else None
        reason = f"HTTP status {status}" if status else f"{type(error).__name__}: {failure.getErrorMessage()}"
        if isinstance(error, IgnoreRequest) and status is None:
            reason = failure.getErrorMessage()
        self._record(request, Outcome.GONE if gone else Outcome.FAILED, status, reason)

    def _record(
        self, request: Request, outcome: Outcome, status: int | None, reason: str | None = None, url: str | None = None
    ) -> None:
        """Record a fetch that brought no page of the article."""
        record, asked = fetch_record(request), _asked_url(request)
        found, place = record.found, record.recorded
        self.state.record(
            Fetch(
                key=self._key(asked),
                url=url or request.url,
                asked=asked,
                date=place.date if place else datetime.now(UTC),
                outcome=outcome,
                http_status=status,
                record_id=place.record_id if place else None,
                warc_filename=place.filename if place else None,
                warc_offset=place.offset if place else None,
                lastmod=instant_of(found.lastmod) if found else None,
                source=found.source if found else None,
                reason=reason[:MAX_REASON] if reason else None,
            )
        )

    def _page_fetch(self, capture: Capture, asked: str | None = None, found: Found | None = None) -> Fetch:
        """Return the fetch of a page whose outcome is not known yet."""
        return Fetch(
            key=self._key(capture.url),
            url=capture.url,
            date=capture.date,
            outcome=Outcome.FAILED,
            asked=asked,
            http_status=capture.status,
            etag=capture.header("etag"),
            last_modified=capture.header("last-modified"),
            payload_digest=capture.payload_digest,
            record_id=capture.record_id,
            warc_filename=capture.warc_filename,
            warc_offset=capture.warc_offset,
            published=instant_of(found.published) if found else None,
            lastmod=instant_of(found.lastmod) if found else None,
            source=found.source if found else "archive",
        )

    def _announcement(self, found: Found) -> Announcement:
        return Announcement(
            key=self._key(found.url),
            url=found.url,
            source=found.source,
            found=datetime.now(UTC),
            published=instant_of(found.published),
            lastmod=instant_of(found.lastmod),
        )

    def _key(self, url: str) -> int:
        return id_key(self._spider.site.article_id(url) or url)

    def _count(self, name: str, number: int = 1) -> None:
        if self._crawler.stats is not None and number:
            self._crawler.stats.inc_value(name, number)


def _asked_url(request: Request) -> str:
    """Return the URL by which the article was announced, whatever redirects followed."""
    found = fetch_record(request).found
    return found.url if found else request.url


def _conditions(known: ArticleState | None, url: str) -> dict[str, str]:
    """Return the headers that make the request conditional (RFC 9110, 13.1), if the page of this URL is known."""
    if known is None or url not in (known.url, known.asked):
        return {}
    return Validators(known.etag, known.last_modified).conditions
