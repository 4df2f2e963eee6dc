"""Between a spider and the state of its site: which articles it asks for, and what it tells of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
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
from newscrawl.site import Site
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.state import ArticleState, CrawlState, Fetch
from newscrawl.state.keys import id_key
from newscrawl.state.records import Announcement, Outcome
from newscrawl.state.refetch_policy import choice
from newscrawl.state.unprocessed_pages import pages_to_recover

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


class ArticleMemory:
    """What the crawls of a site know of its articles, as one spider sees it."""

    def __init__(self, crawler: Crawler, spider: DiscoverySpider) -> None:
        self._crawler = crawler
        self._settings = crawler.settings
        self._spider = spider
        self._mode = spider.arguments.mode
        self.state = CrawlState.of(crawler)

    def pages_to_recover(self) -> Iterator[Capture]:
        """Archived pages that a killed crawl has not dealt with; none where others crawl the site at the same time:
        they fetch again what this one had leased.
        """
        if not self.state.persistent or self.state.shared or not self._settings.getbool("WARC_ENABLED", True):
            return
        directory = Path(self._settings.get("WARC_DIRECTORY", "data/warc"))
        prefix = safe_prefix(self._settings.get("WARC_PREFIX") or self.state.site)
        for capture in pages_to_recover(self.state, directory, prefix, self._site):
            self.state.take(self._fetch_of(capture))
            yield capture

    def due(self) -> Iterator[Found]:
        """The articles that are due again, the most overdue first."""
        now = datetime.now(UTC)
        self._count("articles/known", self.state.reader.count() - self.state.reader.due_count(now))
        for known in self.state.reader.due(now):
            yield Found(url=known.asked or known.url, source="recheck")

    def wanted(self, announced: Sequence[Found]) -> Iterator[tuple[Found, dict[str, str]]]:
        """Those of the announced articles that are to be fetched, each with the validators of its last capture."""
        announcements = [self._announcement(found) for found in announced]
        known = self.state.reader.articles([each.key for each in announcements])
        mode = "urls" if self._mode == "recheck" else self._mode
        for found, announcement in zip(announced, announcements, strict=True):
            article = known.get(announcement.key)
            decided = choice(announcement, article, mode, announcement.found)
            if decided.announcement is not None:
                self.state.announce(decided.announcement)
            if decided.wanted:
                yield found, _validators(article, found.url)
            else:
                self._count("articles/known")

    def take(self, capture: Capture, response: Response) -> None:
        """A page came; the pipelines tell what it holds."""
        request = response.request
        assert request is not None
        found, asked = fetch_record(request).found, _asked(request)
        self.state.take(self._fetch_of(capture, asked, found))
        if self._key(asked) != self._key(capture.url):
            self._settle_elsewhere(response, asked)

    def led_elsewhere(self, response: Response) -> None:
        """The request for an article led to a page that is none."""
        assert response.request is not None
        self._settle_elsewhere(response, _asked(response.request))

    def not_modified(self, response: Response) -> None:
        """The server says that nothing changed since the last capture."""
        request = response.request
        assert request is not None
        self._settle(request, Outcome.NOT_MODIFIED, status=response.status)

    def is_left(self, request: Request) -> bool:
        """Whether it was given up because the crawl ends."""
        return fetch_record(request).is_abandoned or not self._crawler.crawling

    def failed(self, failure: Failure, *, gone: bool) -> None:
        """No page came. What was given up because the crawl ends is not held against the article."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(error, ArchiveError) or self.is_left(request):
            return
        status = error.response.status if isinstance(error, HttpError) else None
        outcome = Outcome.GONE if gone else Outcome.FAILED
        reason = f"HTTP status {status}" if status else f"{type(error).__name__}: {failure.getErrorMessage()}"
        if isinstance(error, IgnoreRequest) and status is None:
            reason = failure.getErrorMessage()
        self._settle(request, outcome, status=status, reason=reason[:500])

    def _settle_elsewhere(self, response: Response, asked: str) -> None:
        assert response.request is not None
        reason = f"leads to {response.url}"[:500]
        self._settle(response.request, Outcome.NO_ARTICLE, status=response.status, reason=reason, url=asked)

    def _settle(
        self,
        request: Request,
        outcome: Outcome,
        *,
        status: int | None,
        reason: str | None = None,
        url: str | None = None,
    ) -> None:
        record = fetch_record(request)
        found, place = record.found, record.recorded
        asked = _asked(request)
        self.state.settle(
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
                reason=reason,
            )
        )

    def _fetch_of(self, capture: Capture, asked: str | None = None, known: Found | None = None) -> Fetch:
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
            published=instant_of(known.published) if known else None,
            lastmod=instant_of(known.lastmod) if known else None,
            source=known.source if known else "archive",
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

    @property
    def _site(self) -> Site:
        return self._spider.site

    def _key(self, url: str) -> int:
        return id_key(self._site.article_id(url) or url)

    def _count(self, name: str, number: int = 1) -> None:
        if self._crawler.stats is not None and number:
            self._crawler.stats.inc_value(name, number)


def _asked(request: Request) -> str:
    found = fetch_record(request).found
    return found.url if found else request.url


def _validators(known: ArticleState | None, url: str) -> dict[str, str]:
    """What makes the request conditional (RFC 9110, 13.1): only for the URL whose page is known."""
    if known is None or url not in (known.url, known.asked):
        return {}
    validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in validators.items() if value}
