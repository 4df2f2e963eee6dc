"""Finished files on their way to ``WARC_STORE``, in a thread, one after the other."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future

from newscrawl.archive.storage import Store
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Uploads:
    """The uploads of one crawl; none without a store."""

    def __init__(self, crawler: Crawler, store: Store | None) -> None:
        self._crawler = crawler
        self._store = store
        self._waiting: list[Path] = []
        self._running: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """To the store that ``WARC_STORE`` names."""
        url = crawler.settings.get("WARC_STORE")
        delete = crawler.settings.getbool("WARC_STORE_DELETE_LOCAL", False)
        return cls(crawler, Store(url, delete_local=delete) if url else None)

    def start(self, path: Path) -> None:
        """Upload ``path`` once those before it are through; returns at once."""
        if self._store is None:
            return
        self._waiting.append(path)
        if self._running is None:
            self._running = deferred_from_coro(self._work(self._store))

    async def finished(self) -> None:
        """Returns when all uploads are through, or have failed for good."""
        while self._running is not None:
            await maybe_deferred_to_future(self._running)

    async def _work(self, store: Store) -> None:
        try:
            while self._waiting:
                await self._upload(store, self._waiting.pop(0))
        finally:
            self._running = None

    async def _upload(self, store: Store, path: Path) -> None:
        try:
            stored = await run_in_thread(store.put, path)
        except ArchiveError as error:
            logger.error("The file stays here alone: %s", error)  # noqa: TRY400 - the message says it all
            self._count("warc/store/failed", 1)
        else:
            logger.info("Stored %s as %s", path, stored.url)
            self._count("warc/store/files", 1)
            self._count("warc/store/bytes", stored.size)

    def _count(self, name: str, number: int) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name, number)
