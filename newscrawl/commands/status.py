"""``newscrawl status``: one table over all sites, and whether each is well."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.spiderloader import get_spider_loader

from newscrawl.command_line.command import BaseCommand
from newscrawl.display import readable_bytes
from newscrawl.errors import UsageError
from newscrawl.operations.schedule import Schedule
from newscrawl.operations.schedule_file import MAX_FILE, schedule_from
from newscrawl.reports.site_status import Places, SiteStatus, statuses


class Command(BaseCommand):
    """Show how each site is doing; exit status 1 when one is not well."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows ``newscrawl status``."""
        return "[--json] [--schedule FILE] [SITE...]"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Show for every site its last crawl, new articles, and whether all is well"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the form of the output and the place of the schedule."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write JSON, one site a line")
        parser.add_argument(
            "--schedule", metavar="FILE", help="the schedule file (default: SCHEDULE_FILE, if it is there)"
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look and show.

        Raises:
            UsageError: no site was ever crawled here, or the schedule cannot be read.
        """
        assert self.settings is not None
        settings = self.settings
        places = Places.from_settings(settings)
        now = datetime.now(UTC)
        schedule = self._schedule(opts.schedule)
        rows = statuses(places, schedule, now, quiet_days=settings.getfloat("MONITORS_QUIET_DAYS"), sites=args)
        if not rows:
            raise UsageError(f"no site was crawled here yet: {places.state} and {places.history} hold nothing")
        if opts.json:
            for row in rows:
                print(orjson.dumps(asdict(row)).decode())
        else:
            _print(rows)
        self.exitcode = 0 if all(row.is_well for row in rows) else 1

    def _schedule(self, given: str | None) -> Schedule | None:
        assert self.settings is not None
        path = Path(given or self.settings["SCHEDULE_FILE"])
        if not path.is_file():
            if given:
                raise UsageError(f"there is no schedule file {path}")
            return None
        text = path.read_bytes()[:MAX_FILE].decode("utf-8", "replace")
        return schedule_from(text, get_spider_loader(self.settings).list(), lambda _site, _arguments: None)


def _print(rows: list[SiteStatus]) -> None:
    columns = (
        "site",
        "condition",
        "last crawl (UTC)",
        "mode",
        "new 24 h",
        "new 7 d",
        "newest article",
        "next due",
        "state",
        "archive",
    )
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(
            row.site,
            Text(row.condition, style="green" if row.is_well else "bold red"),
            *(_moment(row.last_crawl), row.mode or "", str(row.new_since_yesterday), str(row.new_in_seven_days)),
            *(
                _moment(row.newest_article),
                _moment(row.next_due),
                readable_bytes(row.state_bytes),
                readable_bytes(row.archive_bytes),
            ),
        )
    terminal = sys.stdout.isatty()
    console = Console(markup=False, highlight=False, width=None if terminal else 10_000)
    console.print(table, soft_wrap=not terminal)
    for row in rows:
        if row.why:
            console.print(f"{row.site}: {row.why}", soft_wrap=True)
    console.print(f"{readable_bytes(rows[0].disk_left)} left on the disk of the data", soft_wrap=True)


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if moment else ""
