"""Count what a crawl does, check it at its end, and store its figures for the checks of later crawls."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.chain.drops import NoArticle, Rejected, Unchanged
from newscrawl.items import Article
from newscrawl.reporting.checks import BASELINE_PAGES, DRIFT, CheckResult, Thresholds, check_crawl
from newscrawl.reporting.coverage import Coverage
from newscrawl.reporting.frequent_errors import ErrorCounter
from newscrawl.reporting.history import KEPT_DAYS, CrawlRecord, History

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

WATCHED_MODES = ("latest", "backfill", "recheck")
"""Crawls of a list of URLs are not compared: any page may be in the list."""


class CrawlHealth:
    """Check the crawls of sites, unless ``MONITORS_ENABLED`` is off; the history is in ``MONITORS_DIRECTORY``."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._directory = Path(settings["MONITORS_DIRECTORY"])
        self._thresholds = Thresholds(
            settings.getfloat("MONITORS_COVERAGE_DROP"),
            settings.getfloat("MONITORS_REJECTED_SHARE"),
            settings.getfloat("MONITORS_QUIET_DAYS"),
            settings.getfloat("MONITORS_BASELINE_DAYS"),
        )
        self._coverage = Coverage()
        self._usual = Coverage()
        self.errors = ErrorCounter()
        """The error messages of the crawl."""
        self.started = datetime.now(UTC)
        self.results: tuple[CheckResult, ...] = ()
        """The results of the checks, after the end of the crawl."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the extension; Scrapy calls this."""
        if not crawler.settings.getbool("MONITORS_ENABLED"):
            raise NotConfigured  # MONITORS_ENABLED is off
        watch = cls(crawler)
        crawler.signals.connect(watch.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(watch.engine_stopped, signal=signals.engine_stopped)
        crawler.signals.connect(watch.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(watch.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(watch.spider_closed, signal=signals.spider_closed)
        return watch

    def spider_opened(self) -> None:
        """Take the time of the start; count error messages from here on."""
        self.started = datetime.now(UTC)
        logging.getLogger().addHandler(self.errors)

    def engine_stopped(self) -> None:
        """Count error messages no further."""
        logging.getLogger().removeHandler(self.errors)

    def item_scraped(self, item: Any) -> None:
        """Count an article with a new line."""
        if isinstance(item, Article):
            self._coverage.add_article(item)

    def item_dropped(self, exception: Exception) -> None:
        """Count a page that gave no new line."""
        if isinstance(exception, Unchanged):
            self._coverage.add_article(exception.article)
        elif isinstance(exception, Rejected | NoArticle):
            self._coverage.add_page_without_article()

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Check the crawl, write the results to the log and the stats, and store its figures."""
        mode = getattr(getattr(spider, "arguments", None), "mode", None)
        site = getattr(spider, "site", None)
        if site is None or mode not in WATCHED_MODES:
            return
        crawl = self._record(mode, reason, getattr(spider, "crawl_id", None))
        history = History(self._directory / f"{site.name}.sqlite")
        try:
            past = history.since(crawl.finished - timedelta(days=KEPT_DAYS))
        except (sqlite3.Error, ValueError, KeyError) as error:
            self._history_failed(error)
            past = []
        self.results = check_crawl(crawl, past, self._thresholds)
        for earlier in past:
            if earlier.mode == mode and not earlier.drifted:
                self._usual.add(earlier.coverage)
        self._report()
        crawl.drifted = any(result.name == DRIFT and not result.passed for result in self.results)
        try:
            history.add(crawl)
        except (sqlite3.Error, OSError) as error:
            self._history_failed(error)

    def shares(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return the share of articles with each field, in this crawl and in past crawls of its site and mode."""
        now = {name: share for name, (share, _) in self._coverage.shares().items()}
        usual = self._usual.shares() if self._usual.pages >= BASELINE_PAGES else {}
        return now, {name: share for name, (share, _) in usual.items()}

    def _record(self, mode: str, reason: str, crawl_id: str | None) -> CrawlRecord:
        stats = self._crawler.stats
        assert stats is not None
        return CrawlRecord(
            finished=datetime.now(UTC),
            mode=mode,
            reason=reason,
            crawl_id=crawl_id,
            requested=stats.get_value("response_received_count", 0),
            failed=stats.get_value("pages/failed", 0),
            written=stats.get_value("articles/written", 0),
            rejected=stats.get_value("articles/rejected", 0),
            blocked=stats.get_value("politeness/blocked", 0),
            coverage=self._coverage,
        )

    def _report(self) -> None:
        stats = self._crawler.stats
        assert stats is not None
        failed = [result for result in self.results if not result.passed]
        for result in failed:
            logger.error("Check %s failed: %s", result.name, result.message)
            if result.name == DRIFT:
                stats.set_value("monitors/drifted_fields", list(result.fields))
        stats.set_value("monitors/failed", [result.name for result in failed])

    def _history_failed(self, error: Exception) -> None:
        logger.error("Cannot read or write the history of the crawls in %s: %s", self._directory, error)
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value("monitors/history_errors")
