"""``scrapy crawl``: Scrapy's own, with arguments checked before the start, a summary, an exit status that tells."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.errors import StateError, UsageError
from newscrawl.operations.start import SLOT_SETTING, check_requirements, claim_slot
from newscrawl.reporting.progress import progress_wanted
from newscrawl.reporting.summary import Summary
from newscrawl.state import CrawlState

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Run a spider of the project, by name."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check, crawl, sum up."""
        if len(args) != 1:
            raise ScrapyUsageError("name one spider; `scrapy list` names them all")
        assert self.crawler_process is not None
        crawler = self._checked_crawler(args[0], opts.spargs)
        if not claim_slot(crawler.settings):
            logger.warning("%s was crawled on this machine before: nothing to do", crawler.settings[SLOT_SETTING])
            return
        if crawl_id := opts.spargs.get("_job"):
            logger.info("Crawl %s of %s", crawl_id, args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self._conclude(crawler)

    def _checked_crawler(self, name: str, arguments: dict[str, Any]) -> Crawler:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise ScrapyUsageError(f"no spider is called {name!r}; `scrapy list` names them all", print_help=False)
        crawler = self.crawler_process.create_crawler(name)
        check = getattr(crawler.spidercls, "check_arguments", None)
        try:
            if check is not None:
                check(arguments)
            check_requirements(crawler.settings)
            CrawlState.of(crawler)
        except (UsageError, StateError) as error:
            # Under Scrapyd the log is what an operator reads; standard error goes elsewhere.
            logger.critical("%s does not start: %s", name, error)
            raise ScrapyUsageError(f"{name}: {error}", print_help=False) from error
        return crawler

    def _conclude(self, crawler: Crawler) -> None:
        summary = Summary.from_stats(crawler.stats.get_stats() if crawler.stats else {})
        self.exitcode = summary.exit_status
        if progress_wanted(crawler.settings):
            print(_text(summary, crawler))
        elif self.exitcode:
            print(_text(summary, crawler), file=sys.stderr)


def _text(summary: Summary, crawler: Crawler) -> str:
    archive = crawler.settings.get("WARC_DIRECTORY") if crawler.settings.getbool("WARC_ENABLED") else None
    written = crawler.stats.get_value("articles/file") if crawler.stats else None
    return summary.text(archive, Path(written) if written else None, f"scrapy replay {archive or 'data/warc'}")
