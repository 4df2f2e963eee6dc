"""The archive of one crawl: made on first use, shared by all components of its crawler, closed after all downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call, run_in_thread
from scrapy.utils.defer import deferred_from_coro

from newscrawl.archive.cdxj.live import LiveIndex
from newscrawl.archive.records.exchange import Exchange, Fields, RecordedExchange, RecordEntry
from newscrawl.archive.records.http import protocol_of, reading_of, without_proxy_credentials
from newscrawl.archive.records.spool import SPILL_BYTES
from newscrawl.archive.salvage import salvage
from newscrawl.archive.writing.writer import WarcWriter, utc_now
from newscrawl.crawl_context import CrawlContext
from newscrawl.downloading.context import context_of
from newscrawl.downloading.figures import ArchiveFigures
from newscrawl.downloading.options import DIRECTORY, revisit_index, writer_of
from newscrawl.downloading.received import keep_message
from newscrawl.downloading.tap import Attempt, Recording
from newscrawl.downloading.truncation import truncation_by
from newscrawl.downloading.uploads import Uploads
from newscrawl.errors import ArchiveError
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
"""How often it is looked whether bytes have to go to the disk or a file has to be closed."""


class CrawlArchive:
    """Writes what a crawl fetches; get it by :meth:`of`."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.enabled: bool = settings.getbool("WARC_ENABLED", True)
        self._crawler = crawler
        self._spill_bytes: int = settings.getint("WARC_SPILL_BYTES", SPILL_BYTES)
        self._writer: WarcWriter | None = None
        self._index: LiveIndex | None = None
        self._uploads = Uploads.from_crawler(crawler)
        self._check = create_looping_call(self._look_after_file)
        self._closed = False
        self._state = CrawlState.of(crawler)
        self._state.before_commit.append(self._pending_sync)
        self._figures = ArchiveFigures(crawler)
        crawler.signals.connect(self._spider_opened, signals.spider_opened)
        crawler.signals.connect(self._figures.tell, signals.spider_idle)  # others look at them when the spider closes
        crawler.signals.connect(self._spider_closed, signals.spider_closed)
        # A crawl that fails to start sends no spider_closed.
        crawler.signals.connect(self._spider_closed, signals.engine_stopped)

    @classmethod
    def of(cls, crawler: Crawler) -> CrawlArchive:
        """The archive of ``crawler``, the same for all its components."""
        return CrawlContext.of(crawler).shared(cls, lambda: cls(crawler))

    @property
    def writer(self) -> WarcWriter:
        """The writer; it opens a file with the first record."""
        if self._writer is None:
            self._writer = writer_of(self._crawler)
            self._writer.on_records.append(self._figures.add)
            self._writer.on_close.append(self._file_closed)
            if self._crawler.settings.getbool("WARC_INDEX", True):
                self._index = LiveIndex(self._writer.directory)
                self._writer.on_records.append(self._index.add)
            self._writer.on_records.append(self._tell_progress)
            if (index := revisit_index(self._crawler)) is not None:
                self._writer.revisits = index
        return self._writer

    def new_recording(self) -> Recording:
        """Where the attempts of one download are recorded."""
        return Recording(utc_now, self._spill_bytes)

    def record(self, request: Request, recording: Recording, end: BaseException | str | None) -> None:
        """Write all attempts of ``recording``; ``end`` is what ended the last one early, if anything did.

        Raises:
            ArchiveError: they cannot be written.
        """
        for attempt in recording.attempts:
            last = attempt is recording.attempts[-1]
            truncated = truncation_by(end) if last else "disconnect"
            failure = "" if end is None else f"{type(end).__name__}: {end}" if isinstance(end, Exception) else str(end)
            exchange = self._exchange(request, attempt, truncated, failure if last else "the connection was stale")
            recorded = self.write(exchange)
            if last:
                keep_message(request, recorded, exchange.response, exchange.reading)

    def write(self, exchange: Exchange) -> RecordedExchange:
        """Write ``exchange``; without ``WARC_ENABLED`` only say what was fetched and when.

        Raises:
            ArchiveError: it cannot be written. The crawl is closed: what is not archived must not be read.
        """
        if not self.enabled:
            return RecordedExchange(exchange.url, exchange.date, truncated=exchange.truncated)
        if self._closed:
            raise ArchiveError(f"the archive is closed: {exchange.url} came too late")
        try:
            return self.writer.write_exchange(exchange)
        except ArchiveError as error:
            self._failed(error)
            raise

    def write_metadata(self, url: str, refers_to: str | None, content_type: str, block: bytes) -> None:
        """Write what is known about ``url`` beside its record.

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

    def _exchange(self, request: Request, attempt: Attempt, truncated: str | None, failure: str) -> Exchange:
        sent, received = attempt.sent.message(), attempt.received.message()
        proxied = bool(request.meta.get("proxy"))
        if proxied and isinstance(sent, bytes):
            sent = without_proxy_credentials(sent)
        context: Fields = context_of(request)
        if failure and truncated:
            context = (*context, ("fetchFailure", failure))
        protocols = (protocol_of(received) or protocol_of(sent), attempt.tls_protocol)
        return Exchange(
            url=request.url.partition("#")[0],
            date=attempt.date,
            request=sent,
            response=received,
            method=request.method,
            ip_address=None if proxied else attempt.ip_address,
            protocols=tuple(protocol for protocol in protocols if protocol),
            cipher_suite=attempt.cipher_suite,
            truncated=truncated,
            context=context,
            unmodified=request.meta.get("warc_unmodified"),
            reading=reading_of(received, request.method) if received and self.enabled else None,
        )

    def _failed(self, error: ArchiveError) -> None:
        if self._crawler.stats is not None:  # a crawl that is ending already keeps its reason
            self._crawler.stats.set_value(BROKEN_OFF, _FAILED)
        logger.critical("The archive cannot be written, so the crawl ends: %s", error)
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            deferred_from_coro(engine.close_spider_async(reason=_FAILED))

    def _tell_progress(self, entries: Sequence[RecordEntry]) -> None:
        """The state is to know up to where all pages of the file are dealt with."""
        first, last = entries[0], entries[-1]
        if self._is_page(first):
            self._state.progress.written(first.url, first.filename, first.offset, first.length)
        self._state.progress.written(None, last.filename, last.offset, last.length)

    def _is_page(self, entry: RecordEntry) -> bool:
        """Whether it is a page that the pipelines deal with."""
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

    def _look_after_file(self) -> None:
        self._figures.tell()
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
        """Close what a killed crawl left open in the folder, before anything is fetched."""
        directory = Path(self._crawler.settings.get("WARC_DIRECTORY", DIRECTORY))
        if not directory.is_dir():
            return
        for salvaged in await run_in_thread(salvage, directory):
            if salvaged.final is not None:
                self._figures.salvaged()
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
        self._figures.tell()
        await self._uploads.finished()

    def _close_file(self, writer: WarcWriter) -> None:
        try:
            writer.close()
        except ArchiveError as error:
            self._failed(error)
