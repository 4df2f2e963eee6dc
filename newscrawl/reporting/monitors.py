"""Run the checks of a crawl as a suite of Spidermon, which sends the notifications (the extra ``monitors``)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any

from spidermon import Monitor, MonitorSuite
from spidermon.core.actions import Action

from newscrawl.pipelines.jsonlines import crawl_name
from newscrawl.reporting.checks import DRIFT, END, FAILURES, QUIET, REJECTED, TEXT
from newscrawl.reporting.crawl_health import CrawlHealth
from newscrawl.reporting.notice_memory import NoticeMemory
from newscrawl.reporting.notifications import Channels, Notice
from newscrawl.reporting.summary import Summary
from newscrawl.reporting.verdict import verdict_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CrawlMonitor(Monitor):  # type: ignore[misc]  # Spidermon has no types
    """Run one test per check of :mod:`newscrawl.reporting.checks`; more can be added to the same suite."""

    def test_the_crawl_ended_well(self) -> None:
        """Check that the crawl did what it was asked to do."""
        self._check(END)

    def test_fields_are_those_of_the_recent_past(self) -> None:
        """Check that the layout of the site is still the one that its profile describes."""
        self._check(DRIFT)

    def test_few_pages_failed(self) -> None:
        """Check the share of pages that failed."""
        self._check(FAILURES)

    def test_few_articles_were_rejected(self) -> None:
        """Check the share of articles that break the schema."""
        self._check(REJECTED)

    def test_few_articles_lack_text(self) -> None:
        """Check the share of articles that lack text which their pages show."""
        self._check(TEXT)

    def test_the_site_is_not_quiet(self) -> None:
        """Check that new articles were found, now or some days ago."""
        self._check(QUIET)

    def _check(self, name: str) -> None:
        health = self.data.crawler.get_extension(CrawlHealth)
        result = next((one for one in (health.results if health else ()) if one.name == name), None)
        if result is None:
            self.skipTest("crawls of this mode are not checked")
        assert result is not None
        if not result.passed:
            self.fail(result.message)


class SendNotices(Action):  # type: ignore[misc]
    """Notify all configured channels of checks that newly fail, and of those that pass again."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__()
        self._crawler = crawler
        self._channels = Channels.from_settings(crawler.settings)

    @classmethod
    def from_crawler_kwargs(cls, crawler: Crawler) -> dict[str, Any]:
        """Return what Spidermon creates the action with."""
        return {"crawler": crawler}

    def run_action(self) -> None:
        """Send the notification.

        Raises:
            RuntimeError: A channel failed; the others got their notification. Spidermon logs the error.
        """
        health = self._crawler.get_extension(CrawlHealth)
        stats = self._crawler.stats
        assert health is not None
        assert stats is not None
        notice = self._notice(health, Summary.from_stats(stats.get_stats()))
        memory = NoticeMemory(Path(self._crawler.settings["MONITORS_DIRECTORY"]) / f"{notice.site}.sent.json")
        conditions = [result.name for result in notice.failed]
        new, over = memory.changes(conditions)
        if not new and not over:
            return
        failures = list(self._channels.send(replace(notice, over=over)))
        stats.inc_value("monitors/notices")
        if failures:
            stats.inc_value("monitors/notices_failed", len(failures))
            raise RuntimeError(f"a notification was not delivered: {'; '.join(failures)}")
        # Only what was delivered is remembered: the next crawl sends the rest again.
        memory.remember(conditions)

    def _notice(self, health: CrawlHealth, summary: Summary) -> Notice:
        spider = self._crawler.spider
        settings = self._crawler.settings
        site = getattr(spider, "name", "")
        counts = {"failed": summary.failed, "pages": summary.pages, "new": summary.articles}
        _, verdict, next_step = verdict_of(site, summary.exit_status, summary.finish_reason, counts, health.results)
        reports = settings.get("REPORT_DIRECTORY")
        return Notice(
            site=site,
            crawl_id=getattr(spider, "crawl_id", None),
            status=summary.exit_status,
            meaning=summary.what_happened,
            summary=summary.counts,
            failed=[result for result in health.results if not result.passed],
            host=gethostname(),
            started=f"{health.started:%Y-%m-%dT%H:%M:%SZ}",
            mode=str(getattr(getattr(spider, "arguments", None), "mode", "")),
            verdict=verdict,
            next_step=next_step,
            errors=health.errors.most_frequent(),
            log=settings.get("LOG_FILE"),
            report=str(Path(reports) / site / f"{crawl_name(self._crawler)}.html") if reports else None,
        )


class CrawlSuite(MonitorSuite):  # type: ignore[misc]
    """Run at the end of each crawl."""

    monitors = (CrawlMonitor,)
    # Also when all is well: a condition that is over is sent once, too.
    monitors_finished_actions = (SendNotices,)
