"""What became of each page, told to the state: an extension, since it is known only when all pipelines are through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from newscrawl.capture import Capture, instant
from newscrawl.chain.drops import Rejected, Unchanged
from newscrawl.dates import instant_of
from newscrawl.errors import ArchiveError, OutputError, StateError
from newscrawl.items import Article
from newscrawl.pipelines.revision import revision_of
from newscrawl.state.crawl import CrawlState
from newscrawl.state.records import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


class Settlement:
    """Concludes the fetches of the pages whose items came out of the pipelines, or did not."""

    def __init__(self, state: CrawlState) -> None:
        self._state = state

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        settlement = cls(CrawlState.of(crawler))
        crawler.signals.connect(settlement.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(settlement.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(settlement.item_error, signal=signals.item_error)
        return settlement

    def item_scraped(self, item: Any) -> None:
        """An article with a new line."""
        if isinstance(item, Article) and item.metadata is not None:
            self._state.conclude(
                item.url,
                item.metadata.dateDownloaded,
                Outcome.NEW,
                published=instant_of(item.datePublished),
                revision=revision_of(item, self._state.site),
            )

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """No article, an invalid one, or one that says nothing new."""
        if isinstance(item, Capture):
            published = instant_of(exception.article.datePublished) if isinstance(exception, Unchanged) else None
            self._state.conclude(
                item.url, instant(item.date), _outcome(exception), reason=_reason(exception), published=published
            )

    def item_error(self, item: Any, failure: Failure) -> None:
        """A fault in a pipeline. A disk that is full is none: the page is not dealt with then."""
        if isinstance(item, Capture) and not isinstance(failure.value, ArchiveError | OutputError | StateError):
            reason = f"{failure.type.__name__}: {failure.getErrorMessage()}" if failure.type else str(failure.value)
            self._state.conclude(item.url, instant(item.date), Outcome.FAILED, reason=reason[:500])


def _outcome(exception: Exception) -> Outcome:
    if isinstance(exception, Unchanged):
        return Outcome.UNCHANGED
    return Outcome.REJECTED if isinstance(exception, Rejected) else Outcome.NO_ARTICLE


def _reason(exception: Exception) -> str | None:
    return None if isinstance(exception, Unchanged) else str(exception)[:500]
