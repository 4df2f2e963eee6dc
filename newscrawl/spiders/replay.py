"""Replay archives as a spider, so that Scrapyd can schedule it, and feeds and item pipelines get its articles."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import orjson
from scrapy import Spider, signals
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.misc import load_object
from twisted.internet.threads import deferToThread

from newscrawl.chain.drops import Rejected
from newscrawl.errors import ArchiveError, OutputError, UsageError
from newscrawl.items import Article
from newscrawl.replay.job import Replay
from newscrawl.replay.options import SpiderArguments
from newscrawl.replay.output.account_file import AccountFile
from newscrawl.replay.reading.units import units_of
from newscrawl.replay.run import RunReport
from newscrawl.scrapy_overrides.start_items import room_for_item

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LOG_SECONDS = 60.0
STATS_SECONDS = 1.0
NOTHING_BUT_LINES = {
    "WARC_ENABLED": False,
    "WARC_REVISIT_INDEX": None,
    "STATE_DIRECTORY": None,
    "FRONTIER_NAME": None,
    "ROBOTSTXT_OBEY": False,
}
"""No archive, no state of a crawl, no network."""

NOT_REPLAYED = (
    "newscrawl.pipelines.extraction.ExtractionPipeline",
    "newscrawl.pipelines.revision.RevisionPipeline",
    "newscrawl.pipelines.warc.WarcPipeline",
    "newscrawl.pipelines.images.ImagePipeline",
)
"""Item pipelines of a crawl that a replay has no use for: it has articles already, knows all revisions itself, and
archives nothing."""


class ReplaySpider(Spider):
    """Reads ``source`` and yields its articles, each revision once: the lines that ``newscrawl replay`` writes."""

    name = "replay"

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.arguments = SpiderArguments.from_strings(arguments)
        self.crawl_id = arguments.get("_job")
        self.started = datetime.now(UTC)
        self._replay: Replay | None = None
        self._logged = 0

    @classmethod
    def check_arguments(cls, arguments: dict[str, str]) -> None:
        """Check the arguments.

        Raises:
            UsageError: an argument is missing, unknown or malformed, or the source is not there.
        """
        made = SpiderArguments.from_strings(arguments)
        try:
            units_of(made.sources, base=made.work.base)
        except ArchiveError as error:
            raise UsageError(f"source: {error}") from error

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Switch off the network and the archive, and the item pipelines that make the article."""
        super().update_settings(settings)
        for name, value in NOTHING_BUT_LINES.items():
            settings.set(name, value, priority="cmdline")
        made_here = {load_object(path) for path in (*settings.getlist("ARTICLE_PIPELINES"), *NOT_REPLAYED)}
        kept = {
            path: position
            for path, position in settings.getdict("ITEM_PIPELINES").items()
            if position is not None and load_object(path) not in made_here
        }
        settings.set("ITEM_PIPELINES", kept, priority="cmdline")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider for Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._stop, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Article]:
        """Yield the articles once all sources are read: only then the first capture of each revision is known."""
        with self._work_folder() as folder, self._reports():
            replay = self._replay = Replay(
                units_of(self.arguments.sources, base=self.arguments.work.base),
                self.arguments.recipe(self.settings),
                Path(folder),
                processes=self.arguments.processes,
                account=AccountFile(self.arguments.outcomes) if self.arguments.outcomes else None,
            )
            report = await self._extracted(replay)
            with replay.results() as results:
                for line in results.rejected():
                    self._reject(line)
                for line in results.lines():
                    yield Article.from_json(line)
                    if not await room_for_item(self.crawler):
                        return
        if report.faults:
            raise CloseSpider("faults")

    async def _extracted(self, replay: Replay) -> RunReport:
        """Extract the articles in a thread and in processes of a pool, so that the engine can answer signals."""
        try:
            report: RunReport = await maybe_deferred_to_future(deferToThread(replay.extract))
        except (OutputError, UsageError) as error:
            self.logger.critical("%s", error)
            raise CloseSpider("output" if isinstance(error, OutputError) else "usage") from error
        for fault in report.faults:
            self.logger.error("Could not be read: %s", fault)
        for name, count in {**report.counts, "files": report.files, "skipped": report.skipped}.items():
            self._set(name, count)
        self._set("faults", len(report.faults))
        for outcome, count in report.outcomes.items():
            self._set(f"outcomes/{outcome}", count)
        if report.stopped:
            raise CloseSpider("shutdown")
        return report

    @contextmanager
    def _work_folder(self) -> Iterator[str]:
        """Yield the folder for lines: in ``JOBDIR``, where a killed job continues, else a temporary one."""
        if job := self.settings.get("JOBDIR"):
            yield str(Path(job, "replay"))
            return
        beside = Path(self.settings.get("ARTICLES_DIRECTORY") or ".")
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".replay-", dir=beside) as folder:
            yield folder

    def _reject(self, line: bytes) -> None:
        """Send the signal that a validation pipeline would cause, so that the article goes to the rejected ones."""
        values = orjson.loads(line)
        article = Article.from_dict(values["article"])
        rejected = Rejected(article, tuple(values["messages"]))
        self.logger.warning("%s", rejected)
        self.crawler.signals.send_catch_log(
            signals.item_dropped, item=article, response=None, exception=rejected, spider=self
        )

    # ── Stats and logs ───────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _reports(self) -> Iterator[None]:
        loops = [(create_looping_call(self._count), STATS_SECONDS), (create_looping_call(self._log), LOG_SECONDS)]
        for loop, seconds in loops:
            loop.start(seconds, now=False)
        try:
            yield
        finally:
            for loop, _ in loops:
                loop.stop()

    def _count(self) -> None:
        if self._replay is not None:
            captures, articles, size = self._replay.progress.totals()
            for name, count in {"captures": captures, "articles": articles, "bytes": size}.items():
                self._set(name, count)

    def _log(self) -> None:
        if self._replay is not None:
            captures, articles, size = self._replay.progress.totals()
            share = 100 * size / self._replay.progress.expected if self._replay.progress.expected else 0
            rate = (captures - self._logged) / LOG_SECONDS
            self._logged = captures
            self.logger.info(
                "Read %d pages (%.1f pages/s), %d articles, %.1f %% of the sources", captures, rate, articles, share
            )

    def _set(self, name: str, count: int) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.set_value(f"replay/{name}", count)

    def _stop(self) -> None:
        if self._replay is not None:
            self._replay.progress.stop()
