"""The archive of one crawl: created on first use, shared by all components, closed after all downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call, run_in_thread
from scrapy.utils.defer import deferred_from_coro

from newscrawl.archive.cdxj.live import LiveIndex
from newscrawl.archive.records.exchange import Exchange, RecordedExchange, RecordEntry
from newscrawl.archive.records.http import ResponseReading, protocol_of, reading_of
from newscrawl.archive.records.spool import SPILL_BYTES, Message
from newscrawl.archive.salvage import salvage
from newscrawl.archive.writing.writer import WarcWriter
from newscrawl.crawl_context import CrawlContext
from newscrawl.errors import ArchiveError
from newscrawl.recording.archive_stats import ArchiveStats
from newscrawl.recording.fetch_context import context_of
from newscrawl.recording.fetched import keep_message
from newscrawl.recording.transfer import Attempt
from newscrawl.recording.uploads import Uploads
from newscrawl.recording.writer_options import DIRECTORY, revisit_index, writer_of
from newscrawl.site import Site
from newscrawl.state.crawl import BROKEN_OFF, CrawlState

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_FAILED = "archive_failed"
_PAGES = ("response", "revisit")
_OK = 200
_CHECK_SECONDS = 1.0
"""How often the archive checks whether bytes must go to the disk or a file must be closed."""
_STALE = "the idle connection could no longer be used"


class CrawlArchive:
    """Writes what a crawl fetches; get it by :meth:`of`."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.enabled: bool = settings.getbool("WARC_ENABLED", True)
        self.spill_bytes: int = settings.getint("WARC_SPILL_BYTES", SPILL_BYTES)
        """Bytes of a message that stay in memory while it comes."""
        self._crawler = crawler
        self._writer: WarcWriter | None = None
        self._index: LiveIndex | None = None
        self._uploads = Uploads.from_crawler(crawler)
        self._check = create_looping_call(self._check_file)
        self._closed = False
        self._state = CrawlState.of(crawler)
        self._state.before_commit.append(self._pending_sync)
        self._stats = ArchiveStats(crawler)
        crawler.signals.connect(self._spider_opened, signals.spider_opened)
        crawler.signals.connect(self._stats.publish, signals.spider_idle)  # others read them when the spider closes
        crawler.signals.connect(self._spider_closed, signals.spider_closed)
        # A crawl that fails to start sends no spider_closed.
        crawler.signals.connect(self._spider_closed, signals.engine_stopped)

    @classmethod
    def of(cls, crawler: Crawler) -> CrawlArchive:
        """Return the archive of ``crawler``, the same for all its components."""
        return CrawlContext.of(crawler).shared(cls, lambda: cls(crawler))

    @property
    def writer(self) -> WarcWriter:
        """The writer; it opens a file with the first record."""
        if self._writer is None:
            self._writer = writer_of(self._crawler)
            self._writer.on_records.append(self._stats.add)
            self._writer.on_close.append(self._file_closed)
            if self._crawler.settings.getbool("WARC_INDEX", True):
                self._index = LiveIndex(self._writer.directory)
                self._writer.on_records.append(self._index.add)
            self._writer.on_records.append(self._note_progress)
            if (index := revisit_index(self._crawler)) is not None:
                self._writer.revisits = index
        return self._writer

    def record(
        self, request: Request, attempts: Sequence[Attempt], received: Message, reading: ResponseReading | None
    ) -> None:
        """Write all ``attempts`` at ``request``, and keep what came in its fetch record.

        ``received`` is the message of the last attempt, and ``reading`` what it says.

        Raises:
            ArchiveError: they cannot be written.
        """
        *stale, last = attempts
        for attempt in stale:
            attempt.truncated, attempt.failure = attempt.truncated or "disconnect", _STALE
            self.write(self._exchange(request, attempt, attempt.received.message(), None))
        recorded = self.write(self._exchange(request, last, received, reading))
        keep_message(request, recorded, received, reading)

    def record_failure(self, request: Request, attempts: Sequence[Attempt], error: BaseException) -> None:
        """Write the ``attempts`` of a download that ended by ``error`` before it had a response.

        Raises:
            ArchiveError: they cannot be written.
        """
        if not attempts:
            return
        last = attempts[-1]
        last.truncated = last.truncated or "unspecified"
        last.failure = last.failure or f"{type(error).__name__}: {error}"
        received = last.received.message()
        self.record(request, attempts, received, reading_of(received, request.method) if received else None)

    def write(self, exchange: Exchange) -> RecordedExchange:
        """Write ``exchange``; without ``WARC_ENABLED`` only return what was fetched and when.

        Raises:
            ArchiveError: it cannot be written. The crawl is closed: what is not archived must not be read.
        """
        if not self.enabled:
            digest = exchange.reading.digest if exchange.reading else None
            return RecordedExchange(exchange.url, exchange.date, payload_digest=digest, truncated=exchange.truncated)
        if self._closed:
            raise ArchiveError(f"the archive is closed: {exchange.url} came too late")
        try:
            return self.writer.write_exchange(exchange)
        except ArchiveError as error:
            self._failed(error)
            raise

    def write_metadata(self, url: str, refers_to: str | None, content_type: str, block: bytes) -> None:
        """Write a metadata record about ``url``, which refers to the record with the id ``refers_to``.

        Raises:
            ArchiveError: it cannot be written. The crawl is closed.
        """
        if not self.enabled:
            return
        try:
            self.writer.write_metadata(url, refers_to, content_type, block)
        except ArchiveError as error:
            self._failed(error)
            raise

    def _exchange(
        self, request: Request, attempt: Attempt, received: Message, reading: ResponseReading | None
    ) -> Exchange:
        context = context_of(request)
        if attempt.failure and attempt.truncated:
            context = (*context, ("fetchFailure", attempt.failure))
        protocols = (protocol_of(received) or protocol_of(attempt.sent), attempt.tls.protocol)
        return Exchange(
            url=request.url.partition("#")[0],
            date=attempt.date,
            request=attempt.sent,
            response=received,
            method=request.method,
            ip_address=None if request.meta.get("proxy") else attempt.ip_address,
            protocols=tuple(protocol for protocol in protocols if protocol),
            cipher_suite=attempt.tls.cipher_suite,
            truncated=attempt.truncated,
            context=context,
            unmodified=request.meta.get("warc_unmodified"),
            reading=reading,
        )

    def _failed(self, error: ArchiveError) -> None:
        if self._crawler.stats is not None:  # a crawl that is ending already keeps its reason
            self._crawler.stats.set_value(BROKEN_OFF, _FAILED)
        logger.critical("The archive cannot be written, so the crawl ends: %s", error)
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            deferred_from_coro(engine.close_spider_async(reason=_FAILED))

    def _note_progress(self, entries: Sequence[RecordEntry]) -> None:
        """Have the state know up to where all pages of the file are dealt with."""
        first, last = entries[0], entries[-1]
        if self._is_page(first):
            self._state.progress.written(first.url, first.filename, first.offset, first.length)
        self._state.progress.written(None, last.filename, last.offset, last.length)

    def _is_page(self, entry: RecordEntry) -> bool:
        """Return whether it is a page that the pipelines deal with."""
        if entry.record_type not in _PAGES or entry.status != _OK or entry.truncated is not None:
            return False
        site = getattr(self._crawler.spider, "site", None)
        return isinstance(site, Site) and site.article_id(entry.url) is not None

    def _pending_sync(self) -> Callable[[], None] | None:
        return self._writer.pending_sync() if self._writer is not None else None

    def _file_closed(self, path: Path) -> None:
        logger.info("Archive file closed: %s", path)
        self._uploads.start(path)
        if self._index is not None and (index := self._index.close()) is not None:
            self._uploads.start(index)

    def _check_file(self) -> None:
        self._stats.publish()
        try:
            if self._index is not None:
                self._index.flush()
            if self._writer is not None:
                self._writer.sync_if_due()
                self._writer.rotate_if_due()
        except ArchiveError as error:
            self._failed(error)

    async def _spider_opened(self) -> None:
        if not self.enabled:
            return
        await self._salvage()
        self._check.start(_CHECK_SECONDS, now=False)

    async def _salvage(self) -> None:
        """Close the files that a killed crawl left open in the folder, before anything is fetched."""
        directory = Path(self._crawler.settings.get("WARC_DIRECTORY", DIRECTORY))
        if not directory.is_dir():
            return
        for salvaged in await run_in_thread(salvage, directory):
            if salvaged.final is not None:
                self._stats.salvaged()
                self._uploads.start(salvaged.final)
        self._uploads.resume(directory)

    async def _spider_closed(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._check.running:
            self._check.stop()
        if self._writer is not None:
            self._close_file(self._writer)
        self._stats.publish()
        await self._uploads.finished()

    def _close_file(self, writer: WarcWriter) -> None:
        try:
            writer.close()
        except ArchiveError as error:
            self._failed(error)
