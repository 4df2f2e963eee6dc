"""The summary at the end of a crawl, and the exit status that a scheduler acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FINE, FAILED, NOTHING_FOUND, TOO_MANY_FAILURES = 0, 1, 3, 4
"""Exit statuses of ``scrapy crawl``; 2 is a usage error, as everywhere (docs/scheduling.md)."""

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

    @classmethod
    def from_stats(cls, stats: Mapping[str, Any]) -> Summary:
        """The summary of the Scrapy stats ``stats``."""
        return cls(
            pages=stats.get("response_received_count", 0),
            articles=stats.get("articles/written", 0),
            unchanged=stats.get("articles/unchanged", 0) + stats.get("pages/not_modified", 0),
            rejected=stats.get("articles/rejected", 0),
            failed=stats.get("pages/failed", 0),
            archived_bytes=stats.get("warc/bytes", 0),
            finish_reason=stats.get("finish_reason", "did not start"),
            errors=stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0),
            known=stats.get("articles/known", 0),
        )

    @property
    def exit_status(self) -> int:
        """0 fine; 1 broke off; 3 no article at all; 4 too many pages failed."""
        if self.finish_reason not in ("finished", "max_articles", "closespider_itemcount", "closespider_pagecount"):
            return FAILED
        if self.failed >= FAILURE_MINIMUM and self.failed > FAILURE_SHARE * max(self.pages, 1):
            return TOO_MANY_FAILURES
        if not (self.articles or self.unchanged or self.known):
            return NOTHING_FOUND
        return FINE

    def text(self, warc_directory: str | None, articles_path: Path | None, next_command: str) -> str:
        """A few lines for people."""
        counts = [f"{self.pages} pages", f"{self.articles} articles"]
        counts += [f"{number} {what}" for what, number in self._exceptions() if number]
        lines = [", ".join(counts) + f", {readable_bytes(self.archived_bytes)} archived"]
        if self.exit_status != FINE:
            lines.append(f"not fine: {_WHAT_HAPPENED[self.exit_status]} (finish reason: {self.finish_reason})")
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
}


def readable_bytes(size: float) -> str:
    """``1.5 MB`` and the like, in powers of 1,000."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
