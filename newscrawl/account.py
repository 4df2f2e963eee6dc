"""The account of a crawl or replay: every capture that was read ends in exactly one outcome, with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one capture. The list is closed: nothing that was read ends in anything else."""

    ARTICLE = "article"
    """It gave a line."""
    REPEAT = "repeat"
    """It says what another capture of the same article says; the reason names the record of that one."""
    DUPLICATE = "duplicate"
    """Its text is that of another article, or nearly so; the reason names the URL of that one."""
    NOT_HTTP = "not-http"
    """Its URL is not of HTTP, such as a DNS answer."""
    NOT_MODIFIED = "not-modified"
    """The server answered 304: nothing was fetched."""
    STATUS = "status"
    """Its HTTP status is not 200; the reason says which it is."""
    NOT_HTML = "not-html"
    """Its media type is not HTML; the reason says which it is."""
    NOT_ARTICLE_URL = "not-article-url"
    """It is of a known site, but its URL is not that of an article."""
    FILTERED = "filtered"
    """A filter excludes it; the reason names the filter."""
    NO_ARTICLE = "no-article"
    """The page holds no article; the reason says why."""
    REJECTED = "rejected"
    """The article breaks the schema; the reason lists what is wrong."""
    FAILED = "failed"
    """A pipeline raised an exception that it must not raise: a bug."""
    FAULT = "fault"
    """It could not be read: a damaged record, or a revisit whose original is missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the account, as ``--outcomes`` writes it."""

    url: str | None
    date: str | None
    """Instant of the capture, ISO 8601, UTC."""
    record: str | None
    """WARC-Record-ID."""
    file: str
    """Base name of the WARC file; of a fault, its path."""
    offset: int | None
    """Offset of the record in the file, in bytes."""
    outcome: str
    """A value of :class:`Outcome`."""
    reason: str | None


_WORDS = {
    Outcome.ARTICLE: ("article", "articles"),
    Outcome.REPEAT: ("repeat", "repeats"),
    Outcome.DUPLICATE: ("duplicate", "duplicates"),
    Outcome.NOT_HTTP: ("not of HTTP", "not of HTTP"),
    Outcome.NOT_MODIFIED: ("not modified", "not modified"),
    Outcome.STATUS: ("with another status than 200", "with another status than 200"),
    Outcome.NOT_HTML: ("not HTML", "not HTML"),
    Outcome.NOT_ARTICLE_URL: ("without article URL", "without article URL"),
    Outcome.FILTERED: ("filtered", "filtered"),
    Outcome.NO_ARTICLE: ("without article", "without article"),
    Outcome.REJECTED: ("rejected", "rejected"),
    Outcome.FAILED: ("failed", "failed"),
    Outcome.FAULT: ("fault", "faults"),
}


def in_words(outcomes: Mapping[str, int]) -> str:
    """Return the counts as people read them, in the order of :class:`Outcome`: ``184 articles, 24 repeats``."""
    counts = Counter(outcomes)
    return ", ".join(
        f"{counts[outcome]} {_WORDS[outcome][counts[outcome] != 1]}" for outcome in Outcome if counts[outcome]
    )
