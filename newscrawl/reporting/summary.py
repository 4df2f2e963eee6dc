"""The summary at the end of a crawl, and the exit status that a scheduler acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.politeness.backoff import CLOSE_REASON
from newscrawl.state.crawl import BROKEN_OFF

FINE, FAILED, NOTHING_FOUND, TOO_MANY_FAILURES, LAYOUT_DRIFT, HOST_FAILING = 0, 1, 3, 4, 5, 6
"""Exit statuses of ``scrapy crawl``; 2 is a usage error, as everywhere (docs/scheduling.md)."""

ENDED_WELL = ("finished", "max_articles", "closespider_itemcount", "closespider_pagecount")
"""Finish reasons of a crawl that did what it was asked for."""

FAILURE_SHARE = 0.2
"""Above this share of failed pages a crawl counts as failed: a site's usual share of 404s is below one in a hundred."""
FAILURE_MINIMUM = 5
"""Fewer failures than this are never too many: the sample site alone has three on purpose."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a crawl did, from its stats."""

    pages: int
    articles: int
    unchanged: int
    rejected: int
    failed: int
    archived_bytes: int
    finish_reason: str
    errors: int
    known: int = 0
    """Announcements of articles that an earlier crawl fetched, and that did not change since."""
    drifted_fields: tuple[str, ...] = ()
    """Fields that far fewer articles have than in the crawls before."""

    @classmethod
    def from_stats(cls, stats: Mapping[str, Any]) -> Summary:
        """The summary of the Scrapy stats ``stats``."""
        return cls(
            pages=stats.get("replay/captures", stats.get("response_received_count", 0)),
            articles=stats.get("articles/written", 0),
            unchanged=stats.get("articles/unchanged", 0) + stats.get("pages/not_modified", 0),
            rejected=stats.get("articles/rejected", 0),
            failed=stats.get("pages/failed", 0),
            archived_bytes=stats.get("warc/bytes", 0),
            finish_reason=stats.get(BROKEN_OFF, stats.get("finish_reason", "did not start")),
            errors=stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0),
            known=stats.get("articles/known", 0),
            drifted_fields=tuple(stats.get("monitors/drifted_fields", ())),
        )

    @property
    def exit_status(self) -> int:
        """0 fine; 1 broke off; 3 no article at all; 4 too many pages failed; 5 layout drift; 6 the site is down."""
        if self.finish_reason not in ENDED_WELL:
            return HOST_FAILING if self.finish_reason == CLOSE_REASON else FAILED
        if too_many_failures(self.failed, self.pages):
            return TOO_MANY_FAILURES
        if self.drifted_fields:
            return LAYOUT_DRIFT
        if not (self.articles or self.unchanged or self.known):
            return NOTHING_FOUND
        return FINE

    @property
    def counts(self) -> str:
        """One line of figures."""
        counts = [f"{self.pages} pages", f"{self.articles} articles"]
        counts += [f"{number} {what}" for what, number in self._exceptions() if number]
        if self.known and not self.articles:
            counts.append("all others known")
        return ", ".join(counts) + f", {readable_bytes(self.archived_bytes)} archived"

    def text(self, warc_directory: str | None, articles_path: Path | None, next_command: str) -> str:
        """A few lines for people."""
        lines = [self.counts]
        if self.exit_status != FINE:
            what = _WHAT_HAPPENED[self.exit_status].format(fields=", ".join(self.drifted_fields))
            lines.append(f"not fine: {what} (finish reason: {self.finish_reason})")
        if warc_directory:
            lines.append(f"archive    {warc_directory}/")
        if articles_path:
            lines.append(f"articles   {articles_path}")
        lines.append(f"next       {next_command}")
        return "\n".join(lines)

    def _exceptions(self) -> list[tuple[str, int]]:
        return [
            ("unchanged", self.unchanged),
            ("rejected", self.rejected),
            ("failed", self.failed),
            ("errors", self.errors),
        ]


_WHAT_HAPPENED = {
    FAILED: "the crawl broke off",
    NOTHING_FOUND: "no article was found",
    TOO_MANY_FAILURES: "too many pages failed",
    LAYOUT_DRIFT: "the pages seem to have changed, far fewer articles have {fields}",
    HOST_FAILING: "the site did not answer, the rest is left for the next crawl",
}


def too_many_failures(failed: int, pages: int) -> bool:
    """Whether ``failed`` pages are too many beside ``pages`` answers."""
    return failed >= FAILURE_MINIMUM and failed > FAILURE_SHARE * max(pages, 1)


def readable_bytes(size: float) -> str:
    """``1.5 MB`` and the like, in powers of 1,000."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
