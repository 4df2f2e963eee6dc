"""Do not format DEBUG messages that nobody logs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.logformatter import LogFormatter

from newscrawl.capture import Capture
from newscrawl.items import Article

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure


class PageLogFormatter(LogFormatter):
    """For the setting ``LOG_FORMATTER``: the messages of level DEBUG are left out where ``LOG_LEVEL`` is above.

    Scrapy makes a record of each and leaves it to its handler to throw it away: 2 % of what a crawl does. What is
    dropped or fails is named: written out, a page is in the archive, not in the log.
    """

    def __init__(self, *, debug: bool = True) -> None:
        self._debug = debug

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the formatter for Scrapy."""
        level = crawler.settings.get("LOG_LEVEL")
        number = level if isinstance(level, int) else logging.getLevelName(str(level).upper())
        return cls(debug=not isinstance(number, int) or number <= logging.DEBUG)

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult | None:  # type: ignore[override]  # None is documented
        """Return the message for a response; None where DEBUG is not logged."""
        return super().crawled(request, response, spider) if self._debug else None

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult | None:  # type: ignore[override]  # same
        """Return the message for an item; None where DEBUG is not logged."""
        return super().scraped(item, response, spider) if self._debug else None

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Return the message for an item that was dropped, with the reason."""
        said = super().dropped(item, exception, response, spider)
        return {**said, "msg": "Dropped: %(exception)s"} if isinstance(item, Capture | Article) else said

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Return the message for an item that a pipeline failed at."""
        named = item.url if isinstance(item, Capture | Article) else item
        return super().item_error(named, exception, response, spider)
