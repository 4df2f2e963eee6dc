"""The arguments of a crawl (``scrapy crawl SITE -a name=value``), checked before the crawl starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from newscrawl.errors import UsageError

MODES = ("latest", "backfill", "urls", "recheck")
MAX_URL_FILE = 256 * 1024 * 1024
"""Bytes: some two million URLs of the family's average length."""
MAX_DAYS_AGO = 36_525
"""A century, so that a slip of the finger is an error and no overflow."""

_DAYS_AGO = re.compile(r"(\d{1,5})d")
_SECTION = re.compile(r"[\w%.-]{1,200}")


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """What to crawl; every argument is optional."""

    mode: str = "latest"
    """latest: what is new; backfill: everything; urls: the URLs named; recheck: known articles that are due again."""
    since: date | None = None
    """Articles of this day and later: YYYY-MM-DD, or 7d for the last seven days."""
    until: date | None = None
    """Articles of this day and earlier: YYYY-MM-DD, or 7d."""
    sections: tuple[str, ...] = ()
    """Only these sections: numbers of listing pages (/z/NUMBER), separated by commas."""
    max_articles: int | None = None
    """Stop asking for more after so many articles."""
    urls: tuple[str, ...] = ()
    """URLs to fetch, separated by commas or blanks; sets mode=urls."""
    urls_file: str | None = None
    """A text file of such URLs, one a line; sets mode=urls."""

    @classmethod
    def from_strings(cls, arguments: dict[str, str], default_mode: str = "latest") -> Self:
        """The arguments as the command line gives them; names that begin with ``_`` are the scheduler's own.

        Raises:
            UsageError: an unknown name or a malformed value, with what it may be.
        """
        values = {name: value for name, value in arguments.items() if not name.startswith("_")}
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise UsageError(f"unknown spider argument {name!r}: the arguments are {', '.join(known)}")
        made = cls(
            mode=_mode(values, default_mode),
            since=_day(values, "since"),
            until=_day(values, "until"),
            sections=_sections(values),
            max_articles=_count(values, "max_articles"),
            urls=_urls(values.get("urls", "")),
            urls_file=_file(values),
        )
        return made._consistent()

    def _consistent(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since={self.since} is after until={self.until}")
        if self.mode == "urls" and not (self.urls or self.urls_file):
            raise UsageError("mode=urls needs urls=… or urls_file=…")
        return self


def _mode(values: dict[str, str], default: str) -> str:
    listed = "urls" in values or "urls_file" in values
    mode = values.get("mode", "urls" if listed else default)
    if mode not in MODES:
        raise UsageError(f"mode={mode!r}: it is one of {', '.join(MODES)}")
    if listed and mode != "urls":
        raise UsageError(f"urls and urls_file belong to mode=urls, not to mode={mode}")
    return mode


def _day(values: dict[str, str], name: str) -> date | None:
    if name not in values:
        return None
    value = values[name].strip()
    ago = _DAYS_AGO.fullmatch(value)
    try:
        if ago and int(ago[1]) <= MAX_DAYS_AGO:
            return datetime.now(UTC).date() - timedelta(days=int(ago[1]))
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{name}={value!r}: a day is YYYY-MM-DD, or 7d for seven days ago") from error


def _count(values: dict[str, str], name: str) -> int | None:
    if name not in values:
        return None
    value = values[name].strip()
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10**9):
        raise UsageError(f"{name}={value!r}: a whole number above 0")
    return int(value)


def _sections(values: dict[str, str]) -> tuple[str, ...]:
    if "sections" not in values:
        return ()
    sections = tuple(part.strip() for part in values["sections"].split(",") if part.strip())
    for section in sections:
        if not _SECTION.fullmatch(section):
            raise UsageError(f"sections: {section!r} is no section; they are the N of listing pages /z/N")
    if not sections:
        raise UsageError("sections is empty")
    return sections


def _urls(text: str) -> tuple[str, ...]:
    urls = tuple(part for part in re.split(r"[\s,]+(?=https?:)|\s+", text.strip()) if part)
    for url in urls:
        if not is_web_url(url):
            raise UsageError(f"urls: {url[:200]!r} is no http(s) URL")
    return urls


def is_web_url(url: str) -> bool:
    """Whether ``url`` is an absolute http or https URL."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _file(values: dict[str, str]) -> str | None:
    path = values.get("urls_file")
    if path is None:
        return None
    if not Path(path).is_file():
        raise UsageError(f"urls_file={path!r}: no such file")
    if Path(path).stat().st_size > MAX_URL_FILE:
        raise UsageError(f"urls_file={path!r}: over {MAX_URL_FILE // 2**20} MB")
    return path
