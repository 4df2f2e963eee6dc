"""``newscrawl crawl``: check the arguments, crawl, print a summary, set the exit status."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.command_line.command import KnownOptions
from newscrawl.errors import NewscrawlError, StateError, UsageError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.operations.processes import MOST_JOBS, CrawlRun, run_all
from newscrawl.operations.schedule_file import NOT_LIVE
from newscrawl.operations.start import SLOT_SETTING, check_requirements, claim_slot
from newscrawl.reporting.progress import progress_wanted
from newscrawl.reporting.summary import Summary
from newscrawl.sites import all_sites
from newscrawl.state import CrawlState

logger = logging.getLogger(__name__)


class Command(KnownOptions, ScrapyCrawl):
    """Run a spider by name."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Crawl a site: archive its pages and write its articles"

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] SITE… | --all"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options for several sites to those of Scrapy."""
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="crawl every site, except for the sample site")
        parser.add_argument(
            "--jobs", metavar="N", type=int, default=2, help="crawl so many of several sites at once (default: 2)"
        )
        parser.add_argument("-v", "--verbose", action="store_true", help="write the log to the terminal, not to a file")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object per site")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Apply the options.

        A crawl of one site that is started on a terminal logs to a file, unless ``-v`` is given. With ``--json``,
        standard output has no progress.
        """
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.json:
            self.settings.set("PROGRESS_ENABLED", False, priority="cmdline")
        folder = self.settings.get("LOG_DIRECTORY")
        by_hand = sys.stdout.isatty() and sys.stderr.isatty()
        if not by_hand or opts.verbose or not folder or self.settings.get("LOG_FILE") or len(args) != 1 or opts.all:
            return
        path = Path(folder) / f"{Path(args[0]).name}-{datetime.now(UTC):%Y%m%d%H%M%S}-{os.getpid()}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.settings.set("LOG_FILE", str(path), priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and report the result."""
        if opts.all or len(args) > 1:
            self._crawl_several(args, opts)
            return
        if len(args) != 1:
            raise ScrapyUsageError("name a spider; `newscrawl list` lists them")
        assert self.crawler_process is not None
        crawler = self._checked_crawler(args[0], opts.spargs)
        try:
            # A second crawl of the same site ends here.
            CrawlState.of(crawler)
        except StateError as error:
            raise _did_not_start(args[0], error) from error
        if not claim_slot(crawler.settings):
            logger.warning("Skipped: %s was already crawled on this machine", crawler.settings[SLOT_SETTING])
            return
        if crawl_id := opts.spargs.get("_job"):
            logger.info("Crawl %s of %s", crawl_id, args[0])
        errors = _errors_of(self.crawler_process.crawl(crawler, **opts.spargs))
        self.crawler_process.start()
        for failure in errors:
            if not isinstance(failure, NewscrawlError):
                raise failure
            raise _did_not_start(args[0], failure) from failure
        self._conclude(crawler, opts)

    def _crawl_several(self, names: list[str], opts: argparse.Namespace) -> None:
        """Crawl each site in its own process; the log of each is in logs/ beside the data."""
        assert self.crawler_process is not None
        if opts.all and names:
            raise ScrapyUsageError("name sites or --all, not both")
        if not 0 < opts.jobs <= MOST_JOBS:
            raise ScrapyUsageError(f"--jobs={opts.jobs}: not a whole number from 1 to {MOST_JOBS}")
        names = names or [site.name for site in all_sites() if site.name != NOT_LIVE]
        for name in names:
            self._checked_crawler(name, opts.spargs)
        logs = Path(self.crawler_process.settings["DATA_DIRECTORY"] or "data") / "logs"
        settings = {name: str(value) for name, value in (each.split("=", 1) for each in opts.set)}
        runs = [CrawlRun(name, logs / f"{name}.log", opts.spargs, settings) for name in names]
        for result in run_all(runs, opts.jobs):
            if opts.json:
                print(
                    json.dumps({"site": result.run.site, "status": result.status, "log": str(result.run.log)}),
                    flush=True,
                )
            else:
                words = "fine" if result.status == ExitStatus.FINE else f"status {result.status}, log {result.run.log}"
                print(f"{result.run.site}: {words}", flush=True)
            if result.status:
                self.exitcode = ExitStatus.FAULTS

    def _checked_crawler(self, name: str, arguments: dict[str, Any]) -> Crawler:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise ScrapyUsageError(f"no spider is called {name!r}; `newscrawl list` lists them", print_help=False)
        crawler = self.crawler_process.create_crawler(name)
        check = getattr(crawler.spidercls, "check_arguments", None)
        try:
            if check is not None:
                check(arguments)
            check_requirements(crawler.settings)
        except UsageError as error:
            raise _did_not_start(name, error) from error
        return crawler

    def _conclude(self, crawler: Crawler, opts: argparse.Namespace) -> None:
        summary = Summary.from_stats(crawler.stats.get_stats() if crawler.stats else {})
        self.exitcode = summary.exit_status
        archive = crawler.settings.get("WARC_DIRECTORY") if crawler.settings.getbool("WARC_ENABLED") else None
        articles = crawler.stats.get_value("articles/file") if crawler.stats else None
        if opts.json:
            files = {"archive": archive, "articles": str(articles) if articles else None}
            print(json.dumps({"site": crawler.spidercls.name, **summary.data, "files": files}, ensure_ascii=False))
            return
        listed = not opts.spargs.keys().isdisjoint({"urls", "urls_file"})
        text = summary.text(archive, Path(articles) if articles else None, listed=listed)
        if log := crawler.settings.get("LOG_FILE"):
            text = f"{text}\nlog        {log}"
        if progress_wanted(crawler.settings):
            print(text)
        elif self.exitcode:
            print(text, file=sys.stderr)


def _errors_of(crawl: Any) -> list[BaseException]:
    """Return a list that receives the error with which a crawl (a task or a deferred) ends before its spider runs."""
    errors: list[BaseException] = []
    if isinstance(crawl, asyncio.Task):
        crawl.add_done_callback(lambda task: errors.extend(filter(None, [task.exception()])))
    else:
        crawl.addErrback(lambda failure: errors.append(failure.value))
    return errors


def _did_not_start(name: str, error: NewscrawlError) -> ScrapyUsageError:
    # Under Scrapyd operators read the log; standard error goes to another file.
    logger.critical("%s does not start: %s", name, error)
    return ScrapyUsageError(f"{name}: {error}", print_help=False)
