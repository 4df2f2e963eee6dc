"""Record in the state what the pipelines made of each page.

This is an extension, because only the signals of Scrapy tell of pages that a pipeline dropped or failed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from newscrawl.capture import Capture, instant
from newscrawl.chain.drops import NoArticle, Rejected, Unchanged
from newscrawl.dates import instant_of
from newscrawl.errors import ArchiveError, OutputError, StateError
from newscrawl.items import Article
from newscrawl.pipelines.revision import revision_of
from newscrawl.state.crawl import CrawlState, PageOutcome
from newscrawl.state.records import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

MAX_REASON = 500
"""Characters of a reason that are kept."""


class OutcomeExtension:
    """Finishes the pages that the pipelines dropped or failed at, and those whose articles go only to feeds."""

    def __init__(self, state: CrawlState) -> None:
        self._state = state

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension for Scrapy, and connect its signals."""
        extension = cls(CrawlState.of(crawler))
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.item_error, signal=signals.item_error)
        return extension

    def item_scraped(self, item: Any) -> None:
        """Record an article that passed all pipelines; does nothing where its line is recorded already."""
        if isinstance(item, Article) and item.metadata is not None:
            published, revision = instant_of(item.datePublished), revision_of(item, self._state.site)
            result = PageOutcome(Outcome.NEW, published=published, revision=revision)
            self._state.finish(item.url, item.metadata.dateDownloaded, result)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Record a page without an article, with an invalid one, or with one that a line has already."""
        if isinstance(item, Capture):
            self._state.finish(item.url, instant(item.date), _outcome_of(exception))

    def item_error(self, item: Any, failure: Failure) -> None:
        """Record a page that a pipeline failed at. If the disk is full, its page stays open for the next crawl."""
        if isinstance(item, Capture) and not isinstance(failure.value, ArchiveError | OutputError | StateError):
            reason = f"{failure.type.__name__}: {failure.getErrorMessage()}" if failure.type else str(failure.value)
            self._state.finish(item.url, instant(item.date), PageOutcome(Outcome.FAILED, reason[:MAX_REASON]))


def _outcome_of(exception: Exception) -> PageOutcome:
    if isinstance(exception, Unchanged):
        return PageOutcome(Outcome.UNCHANGED, published=instant_of(exception.article.datePublished))
    if isinstance(exception, NoArticle) and exception.is_wall:
        return PageOutcome(Outcome.FAILED, exception.reason[:MAX_REASON])
    outcome = Outcome.REJECTED if isinstance(exception, Rejected) else Outcome.NO_ARTICLE
    return PageOutcome(outcome, str(exception)[:MAX_REASON])
