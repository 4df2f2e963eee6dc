"""Compute when a crawl is due: time is divided into slots, which every machine computes alike from UTC."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from cronsim import CronSim, CronSimError

from newscrawl.errors import UsageError

SHORTEST = timedelta(minutes=1)
"""Cron runs a command at most once per minute."""
LONGEST = timedelta(days=366)
CRON_FIELDS = 5
"""A sixth field would be seconds."""

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_UNITS = {"m": _MINUTE, "h": timedelta(hours=1), "d": _DAY, "w": _WEEK}
_DURATION = re.compile(r"(\d{1,4})([mhdw])")
_TIME = re.compile(r"(?:(mon|tue|wed|thu|fri|sat|sun) )?([01]\d|2[0-3]):([0-5]\d)")
_WEEKDAYS = ("thu", "fri", "sat", "sun", "mon", "tue", "wed")
"""In the order from 1970-01-01, a Thursday, on: all slots are counted from there."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CronCadence:
    """Slots that begin at the times of a cron string, in UTC."""

    expression: str

    @classmethod
    def from_text(cls, expression: str) -> Self:
        """Return the cadence of ``expression``, five fields as in a crontab.

        Raises:
            UsageError: The expression is malformed, or no time ever matches it.
        """
        try:
            next(CronSim(expression, _EPOCH))
        except (CronSimError, StopIteration) as error:
            raise UsageError(f"cron={expression!r}: not five fields of a crontab, such as */15 * * * *") from error
        if len(expression.split()) != CRON_FIELDS:
            raise UsageError(f"cron={expression!r}: not five fields of a crontab; the shortest cadence is a minute")
        return cls(expression)

    def slot(self, now: datetime) -> datetime:
        """Return the latest time of the cron string that is not after ``now``."""
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        # Reverse iteration yields times before its start.
        return next(CronSim(self.expression, minute + _MINUTE, reverse=True))

    def next_slot(self, now: datetime) -> datetime:
        """Return the first time of the cron string that is after ``now``."""
        return next(CronSim(self.expression, now.astimezone(UTC)))


@dataclass(frozen=True, slots=True)
class Cadence:
    """Slots of length ``every``, counted from ``offset`` after 1970-01-01T00:00Z."""

    every: timedelta
    offset: timedelta

    @classmethod
    def from_text(cls, every: str, at: str | None, key: str) -> Self:
        """Return the cadence that the schedule file describes.

        Args:
            every: The length of a slot: 15m, 6h, 1d or 1w.
            at: The start of a slot in UTC: 03:30, or ``mon 03:30`` for whole weeks. Without it the start is computed
                from ``key``, so that the crawls of many sites do not start at once, and start at the same minute on
                every machine.
            key: The name of the crawl.

        Raises:
            UsageError: The duration or the time is malformed, or the time is not within the duration.
        """
        length = _duration(every)
        offset = _spread(key, length) if at is None else _offset(at, length)
        return cls(length, offset)

    def slot(self, now: datetime) -> datetime:
        """Return the start of the slot that contains ``now``."""
        return now.astimezone(UTC) - (now - _EPOCH - self.offset) % self.every

    def next_slot(self, now: datetime) -> datetime:
        """Return the start of the slot after the one that ``now`` lies in."""
        return self.slot(now) + self.every


def _duration(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    length = int(match[1]) * _UNITS[match[2]] if match else timedelta()
    if not SHORTEST <= length <= LONGEST:
        raise UsageError(f"every={text!r}: not a number of m, h, d or w from 1m to 52w, such as 15m")
    return length


def _offset(text: str, every: timedelta) -> timedelta:
    match = _TIME.fullmatch(text.lower())
    if not match:
        raise UsageError(f"at={text!r}: not a time in UTC such as 03:30, or mon 03:30 for whole weeks")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if match[1]:
        if every % _WEEK:
            raise UsageError(f"at={text!r} names a day of the week, but every is not a number of weeks")
        offset += _WEEKDAYS.index(match[1]) * _DAY
    if offset >= every:
        raise UsageError(f"at={text!r} is not within every: with every=6h it is a time from 00:00 to 05:59")
    return offset


def _spread(key: str, every: timedelta) -> timedelta:
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % (every // _MINUTE) * _MINUTE
