"""How each site is doing: its last crawl, how fresh its articles are, when it is due again, how much room is left."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newscrawl.errors import StateError
from newscrawl.operations.schedule import Schedule
from newscrawl.reporting.history import CrawlRecord, History
from newscrawl.reports.folder import reports_in
from newscrawl.reports.record import CrawlReport
from newscrawl.state.reading import StateReader
from newscrawl.state.schema import connection_to

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

WELL, NOT_WELL, OVERDUE, SILENT, NEVER = "well", "not well", "overdue", "silent", "never crawled"
"""The conditions of a site, as they are printed."""
OVERDUE_SLOTS = 2
"""Slots of the schedule that may begin without a crawl being finished before a site counts as overdue."""
LITTLE_ROOM = 1_000_000_000
"""Bytes left on the disk of the data below which every site is not well: one archive file more would not fit."""


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One row of the table."""

    site: str
    condition: str
    """One of the conditions above."""
    why: str = ""
    """One sentence where it is not well."""
    last_crawl: datetime | None = None
    mode: str | None = None
    new_since_yesterday: int = 0
    new_in_seven_days: int = 0
    newest_article: datetime | None = None
    next_due: datetime | None = None
    state_bytes: int = 0
    archive_bytes: int = 0
    disk_left: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look at this site."""
        return self.condition == WELL


@dataclass(frozen=True, slots=True)
class Places:
    """Where the data of the sites lies."""

    state: Path
    history: Path
    reports: Path
    archive: Path
    data: Path

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the folders that the settings name."""
        data = Path(settings["DATA_DIRECTORY"] or "data")
        return cls(
            state=Path(settings["STATE_DIRECTORY"] or data / "state"),
            history=Path(settings["MONITORS_DIRECTORY"] or data / "monitors"),
            reports=Path(settings["REPORT_DIRECTORY"] or data / "reports"),
            archive=Path(settings["WARC_DIRECTORY"] or data / "warc"),
            data=data,
        )


def statuses(
    places: Places, schedule: Schedule | None, now: datetime, *, quiet_days: float, sites: Iterable[str] = ()
) -> list[SiteStatus]:
    """Return how the sites are doing at ``now``, those that are not well first.

    Args:
        places: the folders.
        schedule: when each site is due; None: nobody knows.
        now: the time to judge by.
        quiet_days: days that a site may be without a new article (``MONITORS_QUIET_DAYS``).
        sites: the sites to judge; none: all that were ever crawled here or are in the schedule.
    """
    due = _due(schedule, now)
    wanted = (
        set(sites)
        or {path.stem for folder in (places.state, places.history) for path in folder.glob("*.sqlite")} | due.keys()
    )
    sizes = _archive_sizes(places.archive, wanted)
    left = shutil.disk_usage(places.data).free if places.data.is_dir() else 0
    reports: dict[str, CrawlReport] = {}
    for report in reports_in(places.reports):
        reports.setdefault(report.site, report)
    rows = [
        _status(
            site, places, reports.get(site), due.get(site), now, timedelta(days=quiet_days), sizes.get(site, 0), left
        )
        for site in sorted(wanted)
    ]
    return sorted(rows, key=lambda row: row.is_well)


def _due(schedule: Schedule | None, now: datetime) -> dict[str, tuple[datetime, timedelta]]:
    """Return when the next slot of each site begins, and the length of its slots.

    Of several crawls of a site, the most frequent one counts.
    """
    due: dict[str, tuple[datetime, timedelta]] = {}
    for crawl in schedule.crawls if schedule else ():
        following = crawl.cadence.next_slot(now)
        length = following - crawl.cadence.slot(now)
        if crawl.site not in due or length < due[crawl.site][1]:
            due[crawl.site] = following, length
    return due


def _status(
    site: str,
    places: Places,
    report: CrawlReport | None,
    due: tuple[datetime, timedelta] | None,
    now: datetime,
    quiet: timedelta,
    archive_bytes: int,
    left: int,
) -> SiteStatus:
    last = _last_crawl(places.history / f"{site}.sqlite")
    newest, yesterday, week = _articles(places.state / f"{site}.sqlite", now)
    condition, why = _condition(last, report, due, now, newest, quiet, week)
    if left < LITTLE_ROOM and condition == WELL:
        condition, why = NOT_WELL, f"only {left / 1e6:.0f} MB are left on the disk of {places.data}"
    path = places.state / f"{site}.sqlite"
    return SiteStatus(
        site=site,
        condition=condition,
        why=why,
        last_crawl=last.finished if last else None,
        mode=last.mode if last else None,
        new_since_yesterday=yesterday,
        new_in_seven_days=week,
        newest_article=newest,
        next_due=due[0] if due else None,
        state_bytes=path.stat().st_size if path.is_file() else 0,
        archive_bytes=archive_bytes,
        disk_left=left,
    )


def _condition(
    last: CrawlRecord | None,
    report: CrawlReport | None,
    due: tuple[datetime, timedelta] | None,
    now: datetime,
    newest: datetime | None,
    quiet: timedelta,
    week: int,
) -> tuple[str, str]:
    if last is None and report is None:
        return NEVER, "no crawl of it has ended here"
    finished = last.finished if last else datetime.fromisoformat(report.finished)  # type: ignore[union-attr]
    if due is not None and now - finished > OVERDUE_SLOTS * due[1]:
        return OVERDUE, f"its last crawl ended {_ago(now - finished)} ago, and one is due every {_ago(due[1])}"
    if (
        report is not None
        and not report.well
        and datetime.fromisoformat(report.finished) >= finished - timedelta(minutes=1)
    ):
        return NOT_WELL, report.verdict
    if newest is not None and now - newest > quiet and not week:
        return SILENT, f"its newest article is {_ago(now - newest)} old"
    return WELL, ""


def _last_crawl(path: Path) -> CrawlRecord | None:
    try:
        records = History(path).since(datetime(1970, 1, 1, tzinfo=UTC))
    except (sqlite3.Error, ValueError, KeyError) as error:
        logger.warning("the history %s cannot be read: %s", path, error)
        return None
    return records[0] if records else None


def _articles(path: Path, now: datetime) -> tuple[datetime | None, int, int]:
    """Return the date of the newest article and the numbers of new ones since yesterday and in seven days."""
    if not path.is_file():
        return None, 0, 0
    try:
        with closing(connection_to(path, writable=False)) as connection:
            reader = StateReader(connection)
            day, week = (reader.written_since(now - timedelta(days=days)) for days in (1, 7))
            return reader.newest_article(), day, week
    except StateError as error:
        logger.warning("%s", error)
        return None, 0, 0


def _archive_sizes(folder: Path, sites: Iterable[str]) -> Mapping[str, int]:
    """Return the bytes of the archive files of each site.

    A file belongs to the site with the longest name that the name of the file begins with.
    """
    names = sorted(sites, key=len, reverse=True)
    sizes: dict[str, int] = {}
    for path in folder.rglob("*.warc*") if folder.is_dir() else ():
        site = next((name for name in names if path.name.startswith(f"{name}-")), None)
        if site is not None and path.is_file():
            sizes[site] = sizes.get(site, 0) + path.stat().st_size
    return sizes


def _ago(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
