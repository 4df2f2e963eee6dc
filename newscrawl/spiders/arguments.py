"""The arguments of a crawl (``newscrawl crawl SITE -a name=value``), checked before the crawl starts.

``newscrawl arguments SITE`` and docs/reference/arguments.md list them; both are made from :class:`CrawlArguments`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from urllib.parse import urlsplit

import msgspec

from newscrawl.errors import UsageError
from newscrawl.inputs import about, converted

Mode = Literal["latest", "backfill", "urls", "recheck"]
MODES: tuple[Mode, ...] = get_args(Mode)

MAX_URL_FILE = 256 * 1024 * 1024
"""Bytes: some two million URLs of the family's average length."""
MAX_DAYS_AGO = 36_525
"""A century: a larger number is a typing error."""
MAX_ARTICLES = 10**9

_DAYS_AGO = re.compile(r"([0-9]{1,5})d")
_SECTION = re.compile(r"[\w%.-]{1,200}")


def _day(text: str) -> str | date:
    text = text.strip()
    ago = _DAYS_AGO.fullmatch(text)
    if ago and int(ago[1]) <= MAX_DAYS_AGO:
        return datetime.now(UTC).date() - timedelta(days=int(ago[1]))
    return text


def _sections(text: str) -> list[str]:
    sections = [part.strip() for part in text.split(",") if part.strip()]
    if not sections or not all(map(_SECTION.fullmatch, sections)):
        raise ValueError(text)
    return sections


def _urls(text: str) -> list[str]:
    # A URL may contain commas, so a comma separates only before the next scheme.
    urls = [part for part in re.split(r"[\s,]+(?=https?:)|\s+", text.strip()) if part]
    for url in urls:
        if not is_web_url(url):
            raise UsageError(f"urls: {url[:200]!r} is not an http(s) URL")
    return urls


def _url_file(text: str) -> str:
    if not Path(text).is_file():
        raise UsageError(f"urls_file={text!r}: no such file")
    if Path(text).stat().st_size > MAX_URL_FILE:
        raise UsageError(f"urls_file={text!r}: larger than {MAX_URL_FILE // 2**20} MiB")
    return text


class CrawlArguments(msgspec.Struct, frozen=True):
    """What to crawl; every argument is optional."""

    mode: Annotated[
        Mode,
        about(
            "latest: fetch what is new. backfill: fetch everything in the sitemaps and archives. "
            "urls: fetch the URLs in urls or urls_file. recheck: fetch known articles that are due again.",
            f"one of {', '.join(MODES)}",
        ),
    ] = "latest"
    since: Annotated[
        date | None,
        about("Only articles of this day and later.", "a day as YYYY-MM-DD, or 7d for seven days ago", _day),
    ] = None
    until: Annotated[
        date | None,
        about("Only articles of this day and earlier.", "a day as YYYY-MM-DD, or 7d for seven days ago", _day),
    ] = None
    sections: Annotated[
        tuple[str, ...],
        about("Only these sections.", "numbers N of listing pages /z/N, separated by commas", _sections),
    ] = ()
    max_articles: Annotated[
        Annotated[int, msgspec.Meta(gt=0, lt=MAX_ARTICLES)] | None,
        about("Stop requesting pages after this many articles.", "a whole number above 0"),
    ] = None
    urls: Annotated[
        tuple[str, ...],
        about("URLs to fetch; sets mode=urls.", "http(s) URLs, separated by commas or spaces", _urls),
    ] = ()
    urls_file: Annotated[
        str | None,
        about("A text file of URLs to fetch, one per line; sets mode=urls.", "the path of a text file", _url_file),
    ] = None

    @classmethod
    def from_strings(cls, arguments: dict[str, str], default_mode: str = "latest") -> Self:
        """Return the arguments as the command line or Scrapyd gives them.

        Names that begin with ``_`` belong to the scheduler and are ignored.

        Raises:
            UsageError: A name is unknown, a value is malformed, or two arguments contradict each other.
        """
        values = {name: value for name, value in arguments.items() if not name.startswith("_")}
        listed = "urls" in values or "urls_file" in values
        made = converted(cls, {"mode": "urls" if listed else default_mode} | values, kind="spider argument")
        if listed and made.mode != "urls":
            raise UsageError(f"urls and urls_file need mode=urls, not mode={made.mode}")
        if made.mode == "urls" and not (made.urls or made.urls_file):
            raise UsageError("mode=urls needs urls=… or urls_file=…")
        if made.since and made.until and made.since > made.until:
            raise UsageError(f"since={made.since} is after until={made.until}")
        return made


def is_web_url(url: str) -> bool:
    """Return whether ``url`` is an absolute http or https URL."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
