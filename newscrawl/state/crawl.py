"""The state of one crawl: opened before it starts, shared by all its components, committed while it runs."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import create_looping_call, run_in_thread
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future

from newscrawl.capture import instant
from newscrawl.crawl_context import CrawlContext
from newscrawl.errors import ArchiveError, OutputError, StateError
from newscrawl.state.batch import ARTICLES, REJECTED, Batch
from newscrawl.state.lines import Line, LineFile
from newscrawl.state.lock import SiteLock
from newscrawl.state.progress import ArchiveProgress
from newscrawl.state.reading import StateReader
from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.records import Announcement, Fetch, Outcome
from newscrawl.state.schema import connection_to, state_file
from newscrawl.state.seen_index import Known
from newscrawl.state.startup_import import lines_learnt
from newscrawl.state.state_file_guard import StatePlace
from newscrawl.state.writing import StateWriter

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

logger = logging.getLogger(__name__)

COMMIT_SECONDS = 1.0
"""How often a batch is committed: what a killed crawl has fetched and not committed is read from its WARCs again."""
COMMIT_SIZE = 2000
"""Entries at which a batch does not wait any longer: about 10 MB of lines."""
BROKEN_OFF = "crawl/broken_off"
"""Figure that says why a crawl is not fine, whatever the reason for which it ended."""
_FAILED = "state_failed"


class CrawlState:
    """What is known of the articles of a site, and what this crawl adds; get it by :meth:`of`."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self.site: str = crawler.spidercls.name
        self.shared = bool(settings.get("FRONTIER_NAME"))
        """Whether other crawlers of the frontier may write here."""
        self.before_commit: list[Callable[[], Callable[[], None] | None]] = []
        """Asked before each commit for what has to be done before it, in the thread that commits."""
        self.batches: list[Batch] = [Batch()]
        """What is not committed: the batch that grows, then the one that is being committed, if any."""
        self.progress = ArchiveProgress()
        self.articles: LineFile | None = None
        self.rejected: LineFile | None = None
        self._taken: dict[tuple[str, str], Fetch] = {}
        """Fetches whose items are on their way through the pipelines, by URL and instant."""
        self._commit: Deferred[None] | None = None
        self._failed = self._closed = False
        # A replay, a shell and other spiders that are of no site have nothing to know of the next time.
        has_site = getattr(crawler.spidercls, "site", None) is not None
        self._directory = settings.get("STATE_DIRECTORY") if has_site else None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._open(RecheckRule.from_settings(settings))
        self._loop = create_looping_call(self._commit_some)
        crawler.signals.connect(self._spider_opened, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)
        # A crawl that fails to start sends no spider_closed.
        crawler.signals.connect(self.close, signals.engine_stopped)

    @classmethod
    def of(cls, crawler: Crawler) -> CrawlState:
        """The state of ``crawler``, the same for all its components.

        Raises:
            StateError: another crawl of the site is running, or the state cannot be read.
        """
        return CrawlContext.of(crawler).shared(cls, lambda: cls(crawler))

    def _open(self, rule: RecheckRule) -> None:
        """Lock, file, connections; without ``STATE_DIRECTORY`` a state that ends with the crawl."""
        if self._directory:
            path = state_file(self._directory, self.site)
            self._lock: SiteLock | None = SiteLock(path.with_suffix(".lock"), self.site, shared=self.shared)
        else:
            self._temporary = tempfile.TemporaryDirectory(prefix="newscrawl-state-")
            path = state_file(self._temporary.name, self.site)
            self._lock = None
        self._writing = connection_to(path)
        self._reading = connection_to(path)
        self._place = StatePlace(path)
        self.reader = StateReader(self._reading)
        self.known = Known(self.reader)
        self._writer = StateWriter(self._writing, rule)

    @property
    def persistent(self) -> bool:
        """Whether the next crawl will know of this one."""
        return self._temporary is None

    def announce(self, announcement: Announcement) -> None:
        """An article was found, or there is news of it."""
        self.batches[0].announcements.append(announcement)

    def add_line(self, line: Line) -> None:
        """A line of an article, for the next commit."""
        self.batches[0].lines.append(line)
        self._commit_if_large()

    def add_rejected(self, line: Line) -> None:
        """A line of a rejected article, for the next commit."""
        self.batches[0].rejected.append(line)

    def take(self, fetch: Fetch) -> None:
        """A page was fetched; what becomes of it is told by :meth:`conclude`."""
        self._taken[fetch.url, instant(fetch.date)] = fetch

    def conclude(
        self,
        url: str,
        downloaded: str,
        outcome: Outcome,
        *,
        reason: str | None = None,
        published: datetime | None = None,
        revision: tuple[int, bytes] | None = None,
    ) -> None:
        """What became of the page of ``url`` that was fetched at the instant ``downloaded``."""
        fetch = self._taken.pop((url, downloaded), None)
        if fetch is not None:
            self.settle(
                fetch._replace(outcome=outcome, reason=reason, published=published or fetch.published), revision
            )
        elif revision is not None:
            self.batches[0].revisions[revision] = None

    def settle(self, fetch: Fetch, revision: tuple[int, bytes] | None = None) -> None:
        """A fetch was dealt with: its line, if any, is in this batch or an earlier one."""
        batch = self.batches[0]
        if revision is not None:
            batch.revisions[revision] = None
        batch.fetches.append(fetch)
        self.progress.settled(fetch.url)
        self._commit_if_large()

    def _commit_if_large(self) -> None:
        if len(self.batches[0]) >= COMMIT_SIZE:
            self._commit_some()

    def _commit_some(self) -> None:
        if self._commit is None and not self._failed and (self.batches[0] or self.progress.moved):
            self._commit = deferred_from_coro(self._commit_batch())

    async def _commit_batch(self) -> None:
        batch = self.batches[0]
        batch.archives = self.progress.positions()
        syncs = [sync for ask in self.before_commit if (sync := ask()) is not None]
        self.batches.insert(0, Batch())
        try:
            await run_in_thread(self._written, batch, syncs)
        except (ArchiveError, OutputError, StateError) as error:
            self._fail(error)
        except BaseException as error:
            # A bug; going on without this batch would lose its lines.
            self._fail(error)
            raise
        else:
            self.batches.remove(batch)
            self.known.committed(batch)
        finally:
            self._commit = None

    def _written(self, batch: Batch, syncs: Sequence[Callable[[], None]]) -> None:
        self._place.check()
        for sync in syncs:
            sync()
        batch.commit(self._writer, self.articles or _NO_LINES, self.rejected or _NO_LINES)

    def _fail(self, error: BaseException) -> None:
        """Nothing is committed any more, so that the next crawl finds a state that is true."""
        self._failed = True
        if self._crawler.stats is not None:  # a crawl that is ending already keeps its reason
            self._crawler.stats.set_value(BROKEN_OFF, _FAILED)
        logger.critical("What was found cannot be kept, so the crawl ends: %s", error)
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            deferred_from_coro(engine.close_spider_async(reason=_FAILED))

    async def _spider_opened(self) -> None:
        folders = {
            kind: file.path.parent if file is not None else None
            for kind, file in ((ARTICLES, self.articles), (REJECTED, self.rejected))
        }
        if self.persistent:
            try:
                learnt = await run_in_thread(lines_learnt, self.reader, self._writer, self.site, folders)
                if not self.shared:
                    self.known.learn()
            except (OutputError, StateError) as error:
                self._fail(error)
                raise CloseSpider(_FAILED) from error
            if learnt and self._crawler.stats is not None:
                self._crawler.stats.set_value("state/lines_learnt", learnt)
        self._loop.start(COMMIT_SECONDS, now=False)

    async def close(self) -> None:
        """All that was found on the disk; the site is free for the next crawl."""
        if self._closed:
            return
        self._closed = True
        if self._loop.running:
            self._loop.stop()
        try:
            await self._commit_the_rest()
        finally:
            self._release()

    async def _commit_the_rest(self) -> None:
        if self._commit is not None:
            await maybe_deferred_to_future(self._commit)
        if not self._failed and (self.batches[0] or self.progress.moved):
            await self._commit_batch()

    def _release(self) -> None:
        for lines in filter(None, (self.articles, self.rejected)):
            lines.close()
        self._reading.close()
        self._writing.close()
        self._place.clear()
        if self._lock is not None:
            self._lock.release()
        if self._temporary is not None:
            self._temporary.cleanup()


_NO_LINES = LineFile(Path("unset"))
"""Where no pipeline adds lines: never written to."""
