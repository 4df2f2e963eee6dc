"""Collects the report of a crawl while it runs, and writes it at its end: an extension of Scrapy."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

import newscrawl
from newscrawl.errors import OutputError, StateError
from newscrawl.items import Article
from newscrawl.pipelines.jsonlines import crawl_name
from newscrawl.reporting.checks import CheckResult
from newscrawl.reporting.crawl_health import CrawlHealth
from newscrawl.reporting.frequent_errors import ErrorCounter
from newscrawl.reporting.summary import Summary
from newscrawl.reporting.verdict import verdict_of
from newscrawl.reports.folder import write_pages
from newscrawl.reports.measures import LAG_BOUNDS, LATENCY_BOUNDS, Histogram, TimelineCounter
from newscrawl.reports.record import EXAMPLES, Check, CrawlReport, FieldCoverage, Group
from newscrawl.state.reading import StateReader
from newscrawl.state.schema import connection_to, state_file

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

LIBRARIES = ("scrapy", "twisted", "selectolax", "lxml", "trafilatura", "extruct", "orjson", "isal")
"""Libraries whose versions a report names."""
ERRORS = 5
"""Different error messages that a report names."""
_SECRET = re.compile(r"PASS|SECRET|TOKEN|KEY|WEBHOOK|AUTH|CREDENTIAL|USER$|REDIS_URL|DSN", re.IGNORECASE)
_USER_INFORMATION = re.compile(r"(?<=://)[^/@\s]+@")


class CrawlReporter:
    """Writes a report of each crawl of a site below ``REPORT_DIRECTORY``."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self._crawler = crawler
        self._folder = folder
        self._started = datetime.now(UTC)
        self._timeline = TimelineCounter()
        self._latencies = Histogram(LATENCY_BOUNDS)
        self._statuses: Counter[str] = Counter()
        self._layouts: Counter[str] = Counter()
        self._errors = ErrorCounter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension; it is not configured without ``REPORT_DIRECTORY``."""
        folder = crawler.settings.get("REPORT_DIRECTORY")
        if not folder:
            raise NotConfigured  # without a message, which Scrapy would log as a warning
        reporter = cls(crawler, Path(folder))
        crawler.signals.connect(reporter.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(reporter.response_received, signal=signals.response_received)
        crawler.signals.connect(reporter.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(reporter.engine_stopped, signal=signals.engine_stopped)
        return reporter

    def spider_opened(self) -> None:
        """Take the time of the start; count error messages from here on."""
        self._started = datetime.now(UTC)
        logging.getLogger().addHandler(self._errors)

    def response_received(self, response: Response, request: Request) -> None:
        """Count an answer."""
        elapsed = (datetime.now(UTC) - self._started).total_seconds()
        self._timeline.add(elapsed, response.status, len(response.body))
        self._statuses[str(response.status)] += 1
        latency = request.meta.get("download_latency")
        if isinstance(latency, float):
            self._latencies.add(latency)

    def item_scraped(self, item: Any) -> None:
        """Count the layout that read a new article."""
        if isinstance(item, Article) and item.metadata is not None:
            self._layouts[item.metadata.layout or "none"] += 1

    def engine_stopped(self) -> None:
        """Write the report, after the state and the archive were closed.

        A report that cannot be written is logged and counted.
        """
        logging.getLogger().removeHandler(self._errors)
        spider = self._crawler.spider
        if spider is None or getattr(spider, "site", None) is None:
            return
        try:
            report = self._report(spider)
            report.write(self._folder)
            write_pages(self._folder, [report])
        except (OutputError, StateError, OSError, ValueError) as error:
            logger.error("The report of this crawl could not be written: %s", error)  # noqa: TRY400 - the message says it all
            if self._crawler.stats is not None:
                self._crawler.stats.inc_value("reports/failed")

    def _report(self, spider: Spider) -> CrawlReport:
        stats: Mapping[str, Any] = self._crawler.stats.get_stats() if self._crawler.stats else {}
        summary = Summary.from_stats(stats)
        site = spider.site.name  # type: ignore[attr-defined]
        groups, sources, lags = self._from_state(site)
        checks = self._checks()
        counts = {
            "pages": summary.pages,
            "new": summary.articles,
            "unchanged": summary.unchanged,
            "known": summary.known,
            "rejected": summary.rejected,
            "failed": summary.failed,
            "gone": stats.get("pages/gone", 0),
            "without article": sum(group.pages for group in groups if group.outcome == "no-article"),
            "errors": summary.errors,
        }
        well, verdict, step = verdict_of(site, summary.exit_status, summary.finish_reason, counts, checks)
        return CrawlReport(
            site=site,
            name=crawl_name(self._crawler),
            started=_instant(self._started),
            finished=_instant(datetime.now(UTC)),
            mode=getattr(getattr(spider, "arguments", None), "mode", None),
            crawl_id=getattr(spider, "crawl_id", None),
            arguments=_shown_arguments(spider),
            reason=summary.finish_reason,
            status=summary.exit_status,
            well=well,
            verdict=verdict,
            next_step=step,
            counts=counts,
            checks=tuple(Check(one.name, one.passed, one.message) for one in checks),
            groups=groups,
            timeline=self._timeline.timeline(),
            statuses=dict(sorted(self._statuses.items())),
            latencies=self._latencies.counts(),
            sources=sources,
            lags=lags,
            coverage=self._coverage(),
            layouts=dict(self._layouts.most_common()),
            files=self._archive_files(spider.name),
            records={
                name.rpartition("/")[2]: count for name, count in stats.items() if name.startswith("warc/records/")
            },
            politeness=self._politeness(stats),
            settings=_changed_settings(self._crawler),
            versions=_versions(),
            errors=self._errors.most_frequent(ERRORS),
            output=stats.get("articles/file"),
            log=self._crawler.settings.get("LOG_FILE"),
        )

    def _from_state(self, site: str) -> tuple[tuple[Group, ...], dict[str, int], tuple[tuple[str, int], ...]]:
        """Return pages without a new line by reason, new announcements by source, and how late they were found."""
        folder = self._crawler.settings.get("STATE_DIRECTORY")
        path = state_file(folder, site) if folder else None
        if path is None or not path.is_file():
            return (), {}, ()
        lags = Histogram(LAG_BOUNDS)
        # Writable: the last connection to a state that can write takes its -wal and -shm files along when it closes.
        with closing(connection_to(path)) as connection:
            reader = StateReader(connection)
            groups = tuple(
                Group(outcome.label, reason or "", count, tuple(urls))
                for outcome, reason, count, urls in reader.outcomes_since(self._started, EXAMPLES)
            )
            sources: Counter[str] = Counter()
            for source, found, published in reader.announced_since(self._started):
                sources[source or "unknown"] += 1
                if published is not None:
                    lags.add((found - published).total_seconds())
        return groups, dict(sources.most_common()), lags.counts()

    def _checks(self) -> tuple[CheckResult, ...]:
        health = self._crawler.get_extension(CrawlHealth)
        return health.results if health else ()

    def _coverage(self) -> tuple[FieldCoverage, ...]:
        health = self._crawler.get_extension(CrawlHealth)
        if health is None:
            return ()
        now, usual = health.shares()
        return tuple(FieldCoverage(name, share, usual.get(name)) for name, share in now.items())

    def _archive_files(self, spider: str) -> tuple[tuple[str, int], ...]:
        settings = self._crawler.settings
        folder = settings.get("WARC_DIRECTORY") if settings.getbool("WARC_ENABLED") else None
        if not folder or not Path(folder).is_dir():
            return ()
        prefix = f"{settings.get('WARC_PREFIX') or spider}-"
        found = []
        for path in sorted(Path(folder).glob("*.warc*")):
            status = path.stat()
            if path.name.startswith(prefix) and status.st_mtime >= self._started.timestamp() - 1:
                found.append((path.name, status.st_size))
        return tuple(found)

    def _politeness(self, stats: Mapping[str, Any]) -> dict[str, str]:
        shown = {
            name.removeprefix("politeness/").replace("crawl_delay/", "Crawl-delay of "): str(value)
            for name, value in sorted(stats.items())
            if name.startswith("politeness/")
        }
        settings = self._crawler.settings
        shown["robots.txt"] = "obeyed" if settings.getbool("ROBOTSTXT_OBEY") else "ignored"
        shown["forbidden by robots.txt"] = str(stats.get("robotstxt/forbidden", 0))
        shown["delay between requests"] = f"{settings.getfloat('DOWNLOAD_DELAY')} s"
        shown["requests at once"] = str(settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        shown["retries"] = str(stats.get("retry/count", 0))
        return shown


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _shown_arguments(spider: Spider) -> dict[str, str]:
    arguments = getattr(spider, "given_arguments", None)
    return {str(name): str(value)[:300] for name, value in arguments.items()} if isinstance(arguments, dict) else {}


def _changed_settings(crawler: Crawler) -> dict[str, str]:
    """Return the settings that differ from the project's defaults, without the values of secrets."""
    changed = {}
    for name, value in sorted(crawler.settings.attributes.items()):
        # 0 is Scrapy's default, 10 a command's; the project's own settings module is 20.
        if value.priority > _PROJECT:
            shown = "(set, not shown)" if _SECRET.search(name) else _USER_INFORMATION.sub("", repr(value.value))
            changed[str(name)] = shown[:300]
    return changed


_PROJECT = 20
"""Scrapy's priority of the project's settings module (scrapy.settings.SETTINGS_PRIORITIES)."""


def _versions() -> dict[str, str]:
    versions = {"newscrawl": newscrawl.__version__, "python": python_version()}
    for library in LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:  # an egg may be deployed beside a library without its metadata
            versions[library] = "unknown"
    return versions
