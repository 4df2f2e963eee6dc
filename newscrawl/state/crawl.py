"""The state of one crawl: opened before the crawl starts, shared by its components, committed while it runs."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
from newscrawl.state.records import Announcement, Fetch, Outcome, Validators
from newscrawl.state.schema import connection_to, state_file
from newscrawl.state.seen_index import SeenIndex
from newscrawl.state.startup_import import import_lines
from newscrawl.state.state_file_guard import StateFileGuard
from newscrawl.state.writing import StateWriter

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

logger = logging.getLogger(__name__)

COMMIT_SECONDS = 1.0
"""Seconds between two commits. A killed crawl reads from its WARCs again what it fetched and did not commit."""
COMMIT_SIZE = 2000
"""Number of entries at which a batch is committed at once: about 10 MB of lines."""
BROKEN_OFF = "crawl/broken_off"
"""Statistic that names the fault of a crawl that failed, whatever reason Scrapy closed it for."""
_FAILED = "state_failed"
_READ_WHOLE = (Outcome.NEW, Outcome.UNCHANGED)


class PageOutcome(NamedTuple):
    """What the pipelines made of one page."""

    outcome: Outcome
    reason: str | None = None
    published: datetime | None = None
    revision: tuple[int, bytes] | None = None
    """Article key and digest of what was written; None where nothing was."""
    line: Line | None = None
    """The line for the file of articles, which carries its revision; None where no such file is written."""


class CrawlState:
    """What is known of the articles of a site, and what this crawl adds. Get it by :meth:`of`.

    Each page visits the state twice: :meth:`begin` when it was fetched, :meth:`finish` when its outcome is known.
    :meth:`record` does both for a fetch that brought no page.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self.site: str = crawler.spidercls.name
        self.shared = bool(settings.get("FRONTIER_NAME"))
        """Whether other crawlers of the same frontier may write to this state file."""
        self.before_commit: list[Callable[[], Callable[[], None] | None]] = []
        """Called before each commit. What they return runs first in the thread that commits: syncs of the WARC."""
        self.batches: list[Batch] = [Batch()]
        """Batches that are not committed: first the one that grows, then the one that is being committed, if any."""
        self.progress = ArchiveProgress()
        self.articles: LineFile | None = None
        self.rejected: LineFile | None = None
        self._begun: dict[tuple[str, str], Fetch] = {}
        """Fetches whose pages are in the pipelines, by URL and by instant as ``metadata.dateDownloaded`` writes it."""
        self._commit: Deferred[None] | None = None
        self._failed = self._closed = False
        # Replays, the shell and spiders without a site keep no state across crawls.
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
        """Return the state of ``crawler``, the same one for all its components.

        Raises:
            StateError: another crawl of the site is running, or the state cannot be read.
        """
        return CrawlContext.of(crawler).shared(cls, lambda: cls(crawler))

    def _open(self, rule: RecheckRule) -> None:
        """Take the lock and open the file; without ``STATE_DIRECTORY`` open one that is deleted with the crawl."""
        if self._directory:
            path = state_file(self._directory, self.site)
            self._lock: SiteLock | None = SiteLock(path.with_suffix(".lock"), self.site, shared=self.shared)
        else:
            self._temporary = tempfile.TemporaryDirectory(prefix="newscrawl-state-")
            path = state_file(self._temporary.name, self.site)
            self._lock = None
        self._writing = connection_to(path)
        self._reading = connection_to(path)
        self._guard = StateFileGuard(path)
        self.reader = StateReader(self._reading)
        self.seen = SeenIndex(self.reader)
        self._writer = StateWriter(self._writing, rule)

    @property
    def persistent(self) -> bool:
        """Whether the state outlives this crawl."""
        return self._temporary is None

    def announce(self, announcement: Announcement) -> None:
        """Add an article that discovery found, or a later date that it announces."""
        self.batches[0].announcements.append(announcement)

    def begin(self, fetch: Fetch) -> None:
        """Note that a page was fetched; :meth:`finish` says what became of it."""
        self._begun[fetch.url, instant(fetch.date)] = fetch

    def finish(self, url: str, downloaded: str, result: PageOutcome) -> None:
        """Record the outcome of the page of ``url`` that was fetched at the instant ``downloaded``; once is enough.

        ``downloaded`` is ``metadata.dateDownloaded``. A page without :meth:`begin`, as of a spider without a state,
        has its line or revision recorded and no fetch.
        """
        fetch = self._begun.pop((url, downloaded), None)
        batch = self.batches[0]
        if result.line is not None:
            batch.lines.append(result.line)
        elif result.revision is not None:
            batch.revisions[result.revision] = None
        if fetch is not None:
            published = result.published or fetch.published
            fetch = fetch._replace(outcome=result.outcome, reason=result.reason, published=published)
            # Only a page that was read may be requested conditionally: a 304 would make any fault of it permanent.
            self.record(fetch if result.outcome in _READ_WHOLE else fetch._replace(etag=None, last_modified=None))
        self._commit_if_large()

    def record(self, fetch: Fetch) -> None:
        """Record a fetch whose outcome is known."""
        self.batches[0].fetches.append(fetch)
        self.progress.settled(fetch.url)
        self._commit_if_large()

    def validators(self, url: str) -> Validators:
        """Return the validators of the file at ``url`` as any crawl of the site captured it last."""
        for batch in self.batches:
            if (validators := batch.validators.get(url)) is not None:
                return validators
        return self.reader.validators(url)

    def remember_validators(self, url: str, validators: Validators) -> None:
        """Note that the file at ``url`` was captured whole with these validators."""
        self.batches[0].validators[url] = validators

    def add_rejected(self, line: Line) -> None:
        """Add the line of an article that breaks the schema."""
        self.batches[0].rejected.append(line)

    def _commit_if_large(self) -> None:
        if len(self.batches[0]) >= COMMIT_SIZE:
            self._commit_some()

    def _commit_some(self) -> None:
        if self._commit is None and not self._failed and (self.batches[0] or self.progress.moved):
            self._commit = deferred_from_coro(self._commit_batch())

    async def _commit_batch(self) -> None:
        batch = self.batches[0]
        batch.archives = self.progress.positions()
        syncs = [sync for pending in self.before_commit if (sync := pending()) is not None]
        self.batches.insert(0, Batch())
        try:
            await run_in_thread(self._store, batch, syncs)
        except (ArchiveError, OutputError, StateError) as error:
            self._fail(error)
        except BaseException as error:
            # A bug. The crawl ends, because going on without this batch would lose its lines.
            self._fail(error)
            raise
        else:
            self.batches.remove(batch)
            self.seen.committed(batch)
        finally:
            self._commit = None

    def _store(self, batch: Batch, syncs: Sequence[Callable[[], None]]) -> None:
        self._guard.check()
        for sync in syncs:
            sync()
        batch.commit(self._writer, self.articles or _NO_LINES, self.rejected or _NO_LINES)

    def _fail(self, error: BaseException) -> None:
        """Close the crawl and commit nothing more, so that the state stays true for the next crawl."""
        self._failed = True
        if self._crawler.stats is not None:
            self._crawler.stats.set_value(BROKEN_OFF, _FAILED)
        logger.critical("closing the crawl: the state cannot be written: %s", error)
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
                imported = await run_in_thread(import_lines, self.reader, self._writer, self.site, folders)
                if not self.shared:
                    self.seen.load()
            except (OutputError, StateError) as error:
                self._fail(error)
                raise CloseSpider(_FAILED) from error
            if imported and self._crawler.stats is not None:
                self._crawler.stats.set_value("state/lines_imported", imported)
        self._loop.start(COMMIT_SECONDS, now=False)

    async def close(self) -> None:
        """Commit what is left, close the files and release the site for the next crawl."""
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
        self._guard.clear()
        if self._lock is not None:
            self._lock.release()
        if self._temporary is not None:
            self._temporary.cleanup()


_NO_LINES = LineFile(Path("unset"))
"""Stands for the file of lines where no pipeline adds any; it is never written to."""
