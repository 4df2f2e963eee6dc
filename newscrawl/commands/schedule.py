"""``newscrawl schedule``: start the crawls that are due by the schedule file, on Scrapyd or here. Cron calls it."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.operations.findings import problems
from newscrawl.operations.firing import Outcome, What, fire
from newscrawl.operations.local_schedule import run_due
from newscrawl.operations.requirements import data_directory, writable
from newscrawl.operations.schedule import Job, Schedule
from newscrawl.operations.schedule_file import MAX_FILE, schedule_from
from newscrawl.operations.scrapyd import Scrapyd
from newscrawl.sites import all_sites


class Command(BaseCommand):
    """Start the crawls that are due."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Start the crawls that are due by the schedule file"

    def long_desc(self) -> str:
        """Return the text of ``--help``."""
        return (
            "Read the schedule file (docs/deploying.md) and start every crawl whose slot has begun and that was not "
            "crawled yet: on the Scrapyd servers of [nodes], or without them as processes of this machine. "
            "Let cron call it every minute. Exit status 0; 1 if a crawl or a server failed; 2 for a wrong schedule."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--file", metavar="PATH", help="the schedule file (default: the setting SCHEDULE_FILE)")
        parser.add_argument("--node", metavar="NAME", action="append", help="only the crawls of this node (repeatable)")
        parser.add_argument("--at", metavar="TIME", help="use this time instead of now: 2026-05-01T03:30 (UTC)")
        parser.add_argument("--dry-run", action="store_true", help="list the slots that have begun, start nothing")
        parser.add_argument("--all", action="store_true", help="also list the slots that were crawled already")
        parser.add_argument("--json", action="store_true", help="write one JSON object per crawl")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the schedule, start what is due, and print what happened.

        Raises:
            UsageError: The schedule, an option or the folder of the claims is wrong.
            ScrapydError: The credentials of a server cannot be read.
        """
        if args:
            raise UsageError(f"{args[0]!r} is not an option, and this command takes no names")
        assert self.settings is not None
        schedule = _schedule(opts.file or self.settings["SCHEDULE_FILE"], get_spider_loader(self.settings))
        jobs = _of_nodes(schedule.jobs(_time(opts.at)), opts.node, schedule)
        if opts.dry_run:
            for job in jobs:
                print(_as_json(job) if opts.json else f"{job.job_id} on {job.crawl.node or 'this machine'}")
        else:
            self._fire(schedule, jobs, _claims_folder(self.settings), opts)

    def _fire(self, schedule: Schedule, jobs: list[Job], folder: Path, opts: argparse.Namespace) -> None:
        if schedule.nodes:
            servers = {name: Scrapyd(url) for name, url in schedule.nodes.items()}
            outcomes = fire(jobs, schedule.project, servers, folder)
        else:
            outcomes = run_due(jobs, folder, folder.parent / "logs", schedule.processes)
        for outcome in outcomes:
            if outcome.what is not What.DONE or opts.all:
                print(_as_json(outcome.job, outcome) if opts.json else _line(outcome), flush=True)
            if outcome.what is What.FAILED:
                self.exitcode = ExitStatus.FAULTS


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
    """Return the folder of the claims, always the same one: with another folder, slots would be started again."""
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
        raise UsageError(f"--at={text!r} is not a time such as 2026-05-01T03:30") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _of_nodes(jobs: tuple[Job, ...], nodes: list[str] | None, schedule: Schedule) -> list[Job]:
    for node in nodes or ():
        if node not in schedule.nodes:
            raise UsageError(f"--node={node} is not a node of the schedule: {', '.join(schedule.nodes)}")
    return [job for job in jobs if not nodes or job.crawl.node in nodes]


def _as_json(job: Job, outcome: Outcome | None = None) -> str:
    values = {"job": job.job_id, "site": job.crawl.site, "slot": job.slot, "node": job.crawl.node or None}
    if outcome is not None:
        values |= {"outcome": outcome.what.value, "reason": outcome.why or None}
    return json.dumps(values, ensure_ascii=False)


def _line(outcome: Outcome) -> str:
    return f"{outcome.what:<6} {outcome.job.job_id} {outcome.why}".rstrip()
