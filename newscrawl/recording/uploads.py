"""Upload finished files to ``WARC_STORE``, in a thread, one after the other.

An empty file ``NAME.unstored`` stands beside each until it is in the store, so that files left behind by a kill or an
unreachable store are uploaded by the next crawl.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future

from newscrawl.errors import ArchiveError
from newscrawl.files.names import UNSTORED
from newscrawl.files.store import ATTEMPTS, Store

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
        """Return the uploads to the store that ``WARC_STORE`` names."""
        url = crawler.settings.get("WARC_STORE")
        delete = crawler.settings.getbool("WARC_STORE_DELETE_LOCAL", False)
        attempts = crawler.settings.getint("WARC_STORE_ATTEMPTS", ATTEMPTS)
        return cls(crawler, Store(url, delete_local=delete, attempts=attempts) if url else None)

    def start(self, path: Path) -> None:
        """Upload ``path`` after those before it; return at once."""
        if self._store is None:
            return
        _mark_of(path).touch()
        self._waiting.append(path)
        if self._running is None:
            self._running = deferred_from_coro(self._work(self._store))

    def resume(self, directory: Path) -> None:
        """Upload what earlier crawls left unstored in ``directory``; return at once."""
        for mark in sorted(directory.glob("*" + UNSTORED)):
            self.start(mark.with_name(mark.name.removesuffix(UNSTORED)))

    async def finished(self) -> None:
        """Return when all uploads are done, or have failed for good."""
        while self._running is not None:
            await maybe_deferred_to_future(self._running)

    async def _work(self, store: Store) -> None:
        try:
            while self._waiting:
                await self._upload(store, self._waiting.pop(0))
        finally:
            self._running = None

    async def _upload(self, store: Store, path: Path) -> None:
        with _claimed(path) as mark:
            if mark is None:
                return
            try:
                stored = await run_in_thread(store.put, path)
            except ArchiveError as error:
                logger.error("The file stays here, the next crawl uploads it: %s", error)  # noqa: TRY400 - it says all
                self._count("warc/store/failed", 1)
            else:
                mark.unlink()
                logger.info("Stored %s as %s", path, stored.url)
                self._count("warc/store/files", 1)
                self._count("warc/store/bytes", stored.size)

    def _count(self, name: str, number: int) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name, number)


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + UNSTORED)


@contextmanager
def _claimed(path: Path) -> Iterator[Path | None]:
    """Yield the mark of ``path``, locked; None where another crawl is uploading the file, or has done so."""
    mark = _mark_of(path)
    try:
        file = mark.open("r+b")
    except FileNotFoundError:
        yield None
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        if not path.exists():  # someone removed it
            mark.unlink(missing_ok=True)
        yield mark if mark.exists() else None
