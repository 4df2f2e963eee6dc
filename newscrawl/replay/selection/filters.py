"""What of an archive is replayed: by host, URL, site, date of capture, media type, status, language."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from newscrawl.archive.cdxj.index import REVISIT, IndexEntry
from newscrawl.archive.reading.captures import RecordHead
from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture
from newscrawl.errors import UsageError
from newscrawl.items import Article
from newscrawl.sites import site_for, site_named
from newscrawl.sites.pages import why_not_fetched

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Filters:
    """All must hold; one that is left empty always does."""

    hosts: tuple[str, ...] = ()
    """Host names; their subdomains too."""
    url_pattern: str | None = None
    """A regular expression that is searched in the URL."""
    sites: tuple[str, ...] = ()
    """Names of site profiles."""
    since: datetime | None = None
    """Captures of this instant and later."""
    until: datetime | None = None
    """Captures before this instant."""
    media_types: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    """BCP 47: ``sr`` is also ``sr-Latn``."""

    @classmethod
    def from_strings(
        cls,
        *,
        hosts: str = "",
        url_pattern: str = "",
        sites: str = "",
        since: str = "",
        until: str = "",
        media_types: str = "",
        statuses: str = "",
        languages: str = "",
    ) -> Self:
        """The filters as a command line gives them; lists are separated by commas.

        Raises:
            UsageError: a value that cannot be, with what it may be.
        """
        for name in _listed(sites):
            site_named(name)
        return cls(
            hosts=tuple(host.lower().rstrip(".") for host in _listed(hosts)),
            url_pattern=_pattern(url_pattern),
            sites=_listed(sites),
            since=_instant("since", since),
            until=_instant("until", until, end_of_day=True),
            media_types=tuple(media_type.lower() for media_type in _listed(media_types)),
            statuses=_statuses(statuses),
            languages=_listed(languages),
        )

    def as_dict(self) -> dict[str, Any]:
        """For the manifest: plain values of those that are set."""
        return {name: value for name, value in asdict(self).items() if value}

    def wants_record(self, head: RecordHead) -> bool:
        """Whether the record may give an article that is wanted: asked before its payload is decoded."""
        return (
            why_not_fetched(head.url, head.status, head.media_type if head.status is not None else "") is None
            and self._wants(head.url, head.date)
            and (head.status is None or self._wants_response(head.status, head.media_type))
        )

    def wants_entry(self, entry: IndexEntry) -> bool:
        """The same for a line of an index: asked before its record is fetched."""
        media_type = "" if entry.mime == REVISIT else entry.mime.lower()
        return why_not_fetched(entry.url, entry.status, media_type) is None and self._wants(entry.url, entry.date)

    def wants(self, item: Capture | TextRecord) -> bool:
        """Whether the capture, or the text of a page, is wanted."""
        if not self._wants(item.url, item.date):
            return False
        return isinstance(item, TextRecord) or self._wants_response(item.status, item.media_type)

    def wants_article(self, article: Article) -> bool:
        """Whether the article's language is wanted."""
        if not self.languages:
            return True
        language = (article.inLanguage or "").lower()
        return any(language == tag.lower() or language.startswith(f"{tag.lower()}-") for tag in self.languages)

    def _wants(self, url: str, date: datetime) -> bool:
        return (
            (self.since is None or date >= self.since)
            and (self.until is None or date < self.until)
            and (not self.hosts or self._wants_host(url))
            and (self.url_pattern is None or re.search(self.url_pattern, url) is not None)
            and (not self.sites or getattr(site_for(url), "name", None) in self.sites)
        )

    def _wants_host(self, url: str) -> bool:
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:  # "http://[" and the like
            return False
        return any(host == wanted or host.endswith(f".{wanted}") for wanted in self.hosts)

    def _wants_response(self, status: int, media_type: str) -> bool:
        return (not self.statuses or status in self.statuses) and (
            not self.media_types or media_type in self.media_types
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _pattern(text: str) -> str | None:
    try:
        return re.compile(text).pattern if text else None
    except re.error as error:
        raise UsageError(f"url-pattern={text!r} is no regular expression: {error}") from error


def _instant(name: str, text: str, *, end_of_day: bool = False) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{name}={text!r}: a day is YYYY-MM-DD, an instant YYYY-MM-DDTHH:MM (UTC)") from error
    if end_of_day and _DAY.fullmatch(text.strip()):
        instant = datetime.combine(instant.date() + timedelta(days=1), time())
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _statuses(text: str) -> tuple[int, ...]:
    for part in _listed(text):
        if not (part.isascii() and part.isdigit() and 100 <= int(part) <= 999):
            raise UsageError(f"status={part!r}: an HTTP status is a number such as 200")
    return tuple(int(part) for part in _listed(text))
