"""``scrapy schedule``: start on Scrapyd what the schedule file says is due. For cron; safe to call at any time."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ScrapydError, UsageError
from newscrawl.operations.findings import problems
from newscrawl.operations.firing import Outcome, What, fire
from newscrawl.operations.requirements import data_directory, writable
from newscrawl.operations.schedule import Job, Schedule
from newscrawl.operations.schedule_file import MAX_FILE, schedule_from
from newscrawl.operations.scrapyd import Scrapyd
from newscrawl.sites import all_sites


class Command(BaseCommand):
    """Fire what is due."""

    requires_project = True

    def syntax(self) -> str:
        """What follows ``scrapy schedule``."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy``'s list."""
        return "Start on Scrapyd what the schedule file says is due"

    def long_desc(self) -> str:
        """For ``--help``."""
        return (
            "Reads the schedule file (docs/deploying.md) and starts on Scrapyd every crawl whose slot has begun and "
            "was not crawled yet. For cron, every minute or every few; safe to call everywhere at once. "
            "Exit status: 0, or 1 when a server did not answer or refused."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The options of ``scrapy schedule``."""
        super().add_options(parser)
        parser.add_argument("--file", metavar="PATH", help="the schedule (default: the setting SCHEDULE_FILE)")
        parser.add_argument("--node", metavar="NAME", action="append", help="only what this node crawls (repeatable)")
        parser.add_argument("--at", metavar="TIME", help="as if it were this time: 2026-05-01T03:30 (UTC)")
        parser.add_argument("--dry-run", action="store_true", help="say which slots have begun, start nothing")
        parser.add_argument("--all", action="store_true", help="say which slots were crawled already, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, fire, say what came of it."""
        if args:
            raise ScrapyUsageError(f"{args[0]!r}: there is nothing to name; --node and --file are options")
        assert self.settings is not None
        try:
            schedule = _schedule(opts.file or self.settings["SCHEDULE_FILE"], get_spider_loader(self.settings))
            jobs = _of_nodes(schedule.jobs(_time(opts.at)), opts.node, schedule)
            if opts.dry_run:
                print("\n".join(f"{job.job_id} on {job.crawl.node}" for job in jobs))
            else:
                self._fire(schedule, jobs, _claims_folder(self.settings), opts.all)
        except (UsageError, ScrapydError) as error:
            raise ScrapyUsageError(str(error), print_help=False) from error

    def _fire(self, schedule: Schedule, jobs: list[Job], folder: Path, tell_all: bool) -> None:
        servers = {name: Scrapyd(url) for name, url in schedule.nodes.items()}
        for outcome in fire(jobs, schedule.project, servers, folder):
            if outcome.what is not What.DONE or tell_all:
                print(_line(outcome), flush=True)
            if outcome.what is What.FAILED:
                self.exitcode = 1


def _schedule(path: str, spiders: SpiderLoaderProtocol) -> Schedule:
    def check_arguments(site: str, arguments: dict[str, str]) -> None:
        spider: Any = spiders.load(site)
        spider.check_arguments(arguments)

    try:
        with Path(path).open(encoding="utf-8") as file:
            text = file.read(MAX_FILE + 1)
        return schedule_from(text, [site.name for site in all_sites()], check_arguments)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, UsageError) as error:
        raise UsageError(f"{path}: {error}") from error


def _claims_folder(settings: Settings) -> Path:
    """Where claims are kept: always the same folder, or slots would be fired again."""
    folder = Path(settings["SCHEDULE_DIRECTORY"])
    variable = settings.getdict("REQUIRED_SETTINGS").get("DATA_DIRECTORY")
    wanted = data_directory(settings["DATA_DIRECTORY"], variable) if variable else writable("schedule", folder)
    if found := problems([wanted, writable("schedule", folder)]):
        raise UsageError(f"{found[0].message} ({found[0].remedy})")
    return folder


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--at={text!r}: a time is 2026-05-01T03:30") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _of_nodes(jobs: tuple[Job, ...], nodes: list[str] | None, schedule: Schedule) -> list[Job]:
    for node in nodes or ():
        if node not in schedule.nodes:
            raise UsageError(f"--node={node}: the nodes of the schedule are {', '.join(schedule.nodes)}")
    return [job for job in jobs if not nodes or job.crawl.node in nodes]


def _line(outcome: Outcome) -> str:
    return f"{outcome.what:<6} {outcome.job.job_id} {outcome.why}".rstrip()
