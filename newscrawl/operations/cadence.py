"""When a crawl is due: time cut into slots that every machine finds at the same places, by UTC alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from newscrawl.errors import UsageError

SHORTEST = timedelta(minutes=1)
"""Cron calls at most once a minute."""
LONGEST = timedelta(days=366)

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_UNITS = {"m": _MINUTE, "h": timedelta(hours=1), "d": _DAY, "w": _WEEK}
_DURATION = re.compile(r"(\d{1,4})([mhdw])")
_TIME = re.compile(r"(?:(mon|tue|wed|thu|fri|sat|sun) )?([01]\d|2[0-3]):([0-5]\d)")
_WEEKDAYS = ("thu", "fri", "sat", "sun", "mon", "tue", "wed")
"""From 1970-01-01 on, a Thursday, where all slots are counted from."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Slots of length ``every``, ``offset`` after 1970-01-01T00:00Z and its multiples."""

    every: timedelta
    offset: timedelta

    @classmethod
    def from_text(cls, every: str, at: str | None, key: str) -> Self:
        """The cadence as the schedule writes it: ``every`` 15m, 6h, 1d, 1w; ``at`` 03:30 or (weeks) ``mon 03:30``, UTC.

        Without ``at`` the slots of each ``key`` begin at a minute of their own, which follows from the key: so the
        crawls of many sites do not all start at once, and start at the same minute wherever it is asked.

        Raises:
            UsageError: no such duration or time, or a time that lies outside of it.
        """
        length = _duration(every)
        offset = _spread(key, length) if at is None else _offset(at, length)
        return cls(length, offset)

    def slot(self, now: datetime) -> datetime:
        """The start of the slot that ``now`` lies in."""
        return now.astimezone(UTC) - (now - _EPOCH - self.offset) % self.every


def _duration(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    length = int(match[1]) * _UNITS[match[2]] if match else timedelta()
    if not SHORTEST <= length <= LONGEST:
        raise UsageError(f"every={text!r}: a number of m, h, d or w, such as 15m, from 1m to 52w")
    return length


def _offset(text: str, every: timedelta) -> timedelta:
    match = _TIME.fullmatch(text.lower())
    if not match:
        raise UsageError(f"at={text!r}: a time in UTC such as 03:30, or mon 03:30 for whole weeks")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if match[1]:
        if every % _WEEK:
            raise UsageError(f"at={text!r} names a day of the week, but every is not a number of weeks")
        offset += _WEEKDAYS.index(match[1]) * _DAY
    if offset >= every:
        raise UsageError(f"at={text!r} lies outside of every: with every=6h it is a time from 00:00 to 05:59")
    return offset


def _spread(key: str, every: timedelta) -> timedelta:
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % (every // _MINUTE) * _MINUTE
