"""Run the article pipelines in a crawl, in the reactor or in processes beside it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, Self

from scrapy.utils.asyncio import is_asyncio_available
from scrapy.utils.defer import deferred_from_coro

from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.chain.drops import drop_of
from newscrawl.chain.processes import ChainService, WorkerProcesses
from newscrawl.errors import ExtractionDied
from newscrawl.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

PAGES_BEFORE_PROCESSES = 100
"""A crawl of fewer pages starts no process: starting one takes as long as about 300 pages."""


class ExtractionPipeline:
    """Runs ``ARTICLE_PIPELINES``, in order, on each capture.

    With ``EXTRACTION_PROCESSES`` above 0 they run in that many processes once the crawl is long enough to gain by it.
    The results are the same, because the pipelines keep nothing from one page to the next. Scrapy limits the pages in
    progress: an item counts until all pipelines are done with it.
    """

    def __init__(self, crawler: Crawler, paths: list[str], processes: int) -> None:
        self._stats = crawler.stats
        self._paths = paths
        self._chain = Chain.from_paths(paths)
        self._wanted = processes if is_asyncio_available() else 0
        self._seen = 0
        self._processes: WorkerProcesses | None = None
        self._is_ready = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy.

        Raises:
            UsageError: ``ARTICLE_PIPELINES`` names something that is no pipeline.
        """
        settings = crawler.settings
        return cls(crawler, settings.getlist("ARTICLE_PIPELINES"), settings.getint("EXTRACTION_PROCESSES"))

    def process_item(self, item: Any) -> Any | Awaitable[Article]:
        """Return the article of a capture.

        Raises:
            NoArticle: the page holds none.
            Rejected: the article breaks the schema.
            ExtractionDied: the process died of this page.
        """
        if not isinstance(item, Capture):
            return item  # another item of a project that uses the add-on
        if self._is_ready:
            return self._beside(item)
        self._seen += 1
        if self._wanted and self._processes is None and self._seen >= PAGES_BEFORE_PROCESSES:
            self._processes = WorkerProcesses(ChainService(self._paths), self._wanted)
            deferred_from_coro(self._switch(self._processes))
        try:
            article: Article = self._chain.apply(item)
        except Exception as error:
            raise drop_of(item, error) from error
        return article

    async def _switch(self, processes: WorkerProcesses) -> None:
        try:
            await processes.ready()
        except ExtractionDied:
            if self._processes is processes:
                logger.exception("the article pipelines stay in the reactor")
            return
        self._is_ready = self._processes is processes

    async def _beside(self, item: Any) -> Article:
        assert self._processes is not None
        try:
            article: Article = await self._processes.answer(item)
        except ExtractionDied as error:
            if self._stats is not None:
                self._stats.inc_value("extraction/died")
            raise ExtractionDied(f"{item.url}: {error}") from error
        except Exception as error:
            raise drop_of(item, error) from error
        return article

    def close_spider(self) -> None:
        """Stop the processes."""
        if self._processes is not None:
            if self._stats is not None and self._processes.deaths:
                self._stats.set_value("extraction/processes_died", self._processes.deaths)
            processes, self._processes, self._is_ready = self._processes, None, False
            processes.close()
