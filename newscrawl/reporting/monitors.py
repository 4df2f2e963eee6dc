"""The verdicts on a crawl as a suite of Spidermon, which runs them and sends notices (the extra ``monitors``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spidermon import Monitor, MonitorSuite
from spidermon.core.actions import Action

from newscrawl.reporting.checks import DRIFT, END, FAILURES, QUIET, REJECTED
from newscrawl.reporting.crawl_health import Watch
from newscrawl.reporting.notifications import Channels, Notice
from newscrawl.reporting.summary import Summary

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CrawlMonitor(Monitor):  # type: ignore[misc]  # Spidermon has no types
    """One test a verdict of :mod:`newscrawl.reporting.checks`; more can be added to the same suite."""

    def test_the_crawl_ended_well(self) -> None:
        """It did what it was asked for."""
        self._check(END)

    def test_fields_are_those_of_the_recent_past(self) -> None:
        """The layout of the site is still the one that its profile describes."""
        self._check(DRIFT)

    def test_few_pages_failed(self) -> None:
        """The share of errors."""
        self._check(FAILURES)

    def test_few_articles_were_rejected(self) -> None:
        """The share of articles that break the schema."""
        self._check(REJECTED)

    def test_the_site_is_not_quiet(self) -> None:
        """New articles came, now or some days ago."""
        self._check(QUIET)

    def _check(self, name: str) -> None:
        watch = self.data.crawler.get_extension(Watch)
        verdict = next((one for one in (watch.verdicts if watch else ()) if one.name == name), None)
        if verdict is None:
            self.skipTest("this crawl is not judged")
        assert verdict is not None
        if not verdict.passed:
            self.fail(verdict.message)


class SendNotices(Action):  # type: ignore[misc]
    """Sends the verdicts that did not pass to all channels that are configured."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__()
        self._crawler = crawler
        self._channels = Channels.from_settings(crawler.settings)

    @classmethod
    def from_crawler_kwargs(cls, crawler: Crawler) -> dict[str, Any]:
        """What Spidermon makes the action with."""
        return {"crawler": crawler}

    def run_action(self) -> None:
        """Send.

        Raises:
            RuntimeError: a channel failed; the others got theirs. Spidermon logs it.
        """
        watch = self._crawler.get_extension(Watch)
        stats = self._crawler.stats
        assert watch is not None
        assert stats is not None
        spider = self._crawler.spider
        summary = Summary.from_stats(stats.get_stats())
        notice = Notice(
            site=getattr(spider, "name", ""),
            crawl_id=getattr(spider, "crawl_id", None),
            status=summary.exit_status,
            summary=summary.counts,
            verdicts=[verdict for verdict in watch.verdicts if not verdict.passed],
        )
        failures = list(self._channels.send(notice))
        stats.inc_value("monitors/notices")
        if failures:
            stats.inc_value("monitors/notices_failed", len(failures))
            raise RuntimeError(f"a notice was not delivered: {'; '.join(failures)}")


class CrawlSuite(MonitorSuite):  # type: ignore[misc]
    """What runs at the end of each crawl."""

    monitors = (CrawlMonitor,)
    monitors_failed_actions = (SendNotices,)
