"""Export figures of crawls to Prometheus: a text file a site, an endpoint while a crawl runs (extra ``metrics``)."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.display import install_hint
from newscrawl.errors import UsageError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.reporting.summary import Summary

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Gauge
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

SECONDS = 15.0
"""Seconds between two updates while a crawl runs: the usual interval at which Prometheus asks."""
FIGURES = {
    "newscrawl_pages": ("response_received_count", "Responses of the crawl."),
    "newscrawl_articles_written": ("articles/written", "New lines of articles."),
    "newscrawl_articles_unchanged": ("articles/unchanged", "Articles fetched again without a change."),
    "newscrawl_articles_rejected": ("articles/rejected", "Articles that broke the schema."),
    "newscrawl_pages_failed": ("pages/failed", "Pages that could not be fetched or read."),
    "newscrawl_pages_gone": ("pages/gone", "Articles that were withdrawn (404, 410)."),
    "newscrawl_archived_bytes": ("warc/bytes", "Bytes written to WARC files."),
    "newscrawl_errors": ("log_count/ERROR", "Error messages in the log."),
    "newscrawl_retries": ("retry/count", "Requests that were tried again."),
    "newscrawl_announced": ("discovery/announced", "Links to articles in sitemaps, feeds and listings."),
    "newscrawl_checks_failed": ("monitors/failed", "Checks that did not pass."),
}
"""Metrics by name: the key of the crawl's stats, and the help text."""


class Metrics:
    """Write ``METRICS_DIRECTORY/newscrawl_SITE.prom`` for the node exporter; listen at ``METRICS_PORT``."""

    def __init__(self, crawler: Crawler, directory: Path | None, port: int) -> None:
        self._crawler = crawler
        self._site = crawler.spidercls.name
        self._directory = directory
        self._port = port
        self._registry, self._gauges = _registry()
        self._loop = create_looping_call(self._update)
        self._server: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the extension; Scrapy calls this.

        Raises:
            NotConfigured: neither ``METRICS_DIRECTORY`` nor ``METRICS_PORT`` is set.
            UsageError: the extra ``metrics`` is not installed.
        """
        directory = crawler.settings.get("METRICS_DIRECTORY")
        port = crawler.settings.getint("METRICS_PORT")
        if not directory and not port:
            raise NotConfigured
        try:
            metrics = cls(crawler, Path(directory) if directory else None, port)
        except ImportError as error:
            raise UsageError(f"metrics need prometheus_client: {install_hint('metrics')}") from error
        crawler.signals.connect(metrics.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(metrics.engine_stopped, signal=signals.engine_stopped)
        return metrics

    def spider_opened(self) -> None:
        """Start to export. A port that another crawl uses costs the endpoint, not the crawl."""
        if self._port:
            from prometheus_client import start_http_server

            try:
                self._server, _ = start_http_server(self._port, addr="127.0.0.1", registry=self._registry)
            except OSError as error:
                logger.warning("METRICS_PORT=%d cannot be used, so this crawl has no endpoint: %s", self._port, error)
        self._loop.start(SECONDS, now=True)

    def engine_stopped(self) -> None:
        """Export the last figures and the time of the end."""
        if self._loop.running:
            self._loop.stop()
        stats = self._crawler.stats.get_stats() if self._crawler.stats else {}
        status = Summary.from_stats(stats).exit_status
        labels = {"site": self._site}
        self._gauges["newscrawl_exit_status"].labels(**labels).set(int(status))
        self._gauges["newscrawl_last_end_timestamp_seconds"].labels(**labels).set(time.time())
        if status == ExitStatus.FINE:
            self._gauges["newscrawl_last_success_timestamp_seconds"].labels(**labels).set(time.time())
        self._update()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def _update(self) -> None:
        stats = self._crawler.stats.get_stats() if self._crawler.stats else {}
        for name, (key, _) in FIGURES.items():
            value = stats.get(key, 0)
            self._gauges[name].labels(site=self._site).set(len(value) if isinstance(value, list | tuple) else value)
        if self._directory is None:
            return
        from prometheus_client import write_to_textfile

        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            write_to_textfile(str(self._directory / f"newscrawl_{self._site}.prom"), self._registry)
        except OSError as error:
            logger.error("The metrics in %s cannot be written: %s", self._directory, error)  # noqa: TRY400
            if self._crawler.stats is not None:
                self._crawler.stats.inc_value("metrics/failed")


def _registry() -> tuple[CollectorRegistry, dict[str, Gauge]]:
    from prometheus_client import CollectorRegistry, Gauge

    registry = CollectorRegistry()
    helps = {name: text for name, (_, text) in FIGURES.items()}
    helps |= {
        "newscrawl_exit_status": "Exit status of the last crawl (docs/reference/exit-statuses.md).",
        "newscrawl_last_end_timestamp_seconds": "When the last crawl ended.",
        "newscrawl_last_success_timestamp_seconds": "When the last crawl ended with status 0.",
    }
    return registry, {name: Gauge(name, text, ["site"], registry=registry) for name, text in helps.items()}
