"""Make the summary at the end of a crawl, and the exit status that a scheduler acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.display import counted, readable_bytes
from newscrawl.exit_statuses import ExitStatus
from newscrawl.politeness import backoff, blocks
from newscrawl.state.crawl import BROKEN_OFF

ENDED_WELL = ("finished", "max_articles", "closespider_itemcount", "closespider_pagecount")
"""Finish reasons of a crawl that did what it was asked to do."""

WALLED_MINIMUM = 3
"""Fewer blocks and walls than this are faults of single pages."""
FAILURE_SHARE = 0.2
"""If a larger share of pages fails, the crawl has failed. Usually less than 1 % of the pages of a site are missing."""
FAILURE_MINIMUM = 5
"""Fewer failed pages than this are never too many: the sample site alone has three on purpose."""

_WHAT_HAPPENED = {
    ExitStatus.FINE: "",
    ExitStatus.FAULTS: "the crawl stopped before its end",
    ExitStatus.NOTHING_FOUND: "no article was found",
    ExitStatus.TOO_MANY_FAILURES: "too many pages failed",
    ExitStatus.LAYOUT_DRIFT: "the pages have probably changed: far fewer articles have {fields}",
    ExitStatus.HOST_FAILING: "the site did not answer",
    ExitStatus.BLOCKED: "the site blocks this crawler: {blocked} answers for articles were refusals or walls",
}
_STATUS_OF_REASON = {backoff.CLOSE_REASON: ExitStatus.HOST_FAILING, blocks.CLOSE_REASON: ExitStatus.BLOCKED}
_CONTINUE = "run the same command again to continue"
_NEXT_STEPS = {
    ExitStatus.FAULTS: _CONTINUE,
    ExitStatus.NOTHING_FOUND: "check the sitemaps and feeds of the site",
    ExitStatus.TOO_MANY_FAILURES: f"read the log, then {_CONTINUE}",
    ExitStatus.LAYOUT_DRIFT: "update the profile of the site, then replay the archive",
    ExitStatus.HOST_FAILING: _CONTINUE,
    ExitStatus.BLOCKED: "read the log, crawl more slowly, or ask the site",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold what a crawl did, from its stats."""

    pages: int
    articles: int
    unchanged: int
    rejected: int
    failed: int
    archived_bytes: int
    finish_reason: str
    errors: int
    known: int = 0
    """Links to articles that an earlier crawl fetched and that have not changed since."""
    drifted_fields: tuple[str, ...] = ()
    """Fields that far fewer articles have than in earlier crawls."""
    blocked: int = 0
    """Answers for articles that were refusals or walls."""
    is_replay: bool = False
    """Whether the pages were read from an archive."""

    @classmethod
    def from_stats(cls, stats: Mapping[str, Any]) -> Summary:
        """Return the summary of the Scrapy stats ``stats``."""
        return cls(
            pages=stats.get("replay/captures", stats.get("response_received_count", 0)),
            articles=stats.get("articles/written", 0),
            unchanged=stats.get("articles/unchanged", 0) + stats.get("pages/not_modified", 0),
            rejected=stats.get("articles/rejected", 0),
            failed=stats.get("pages/failed", 0) + stats.get("pages/walled", 0),
            archived_bytes=stats.get("warc/bytes", 0),
            finish_reason=stats.get(BROKEN_OFF, stats.get("finish_reason", "did not start")),
            errors=stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0),
            known=stats.get("articles/known", 0),
            drifted_fields=tuple(stats.get("monitors/drifted_fields", ())),
            blocked=stats.get("politeness/blocked", 0),
            is_replay="replay/captures" in stats,
        )

    @property
    def exit_status(self) -> ExitStatus:
        """Return the exit status; if several apply, the first of 1, 6 or 7, 4, 5, 3."""
        if self.finish_reason not in ENDED_WELL:
            return _STATUS_OF_REASON.get(self.finish_reason, ExitStatus.FAULTS)
        if self.blocked >= WALLED_MINIMUM and not self.articles:
            return ExitStatus.BLOCKED
        if too_many_failures(self.failed, self.pages):
            return ExitStatus.TOO_MANY_FAILURES
        if self.drifted_fields:
            return ExitStatus.LAYOUT_DRIFT
        if not (self.articles or self.unchanged or self.known):
            return ExitStatus.NOTHING_FOUND
        return ExitStatus.FINE

    @property
    def what_happened(self) -> str:
        """Return what went wrong, in a few words; empty if nothing did."""
        return _WHAT_HAPPENED[self.exit_status].format(fields=", ".join(self.drifted_fields), blocked=self.blocked)

    @property
    def counts(self) -> str:
        """Return one line of figures."""
        counts = [f"{counted(self.pages, 'page')} {'read' if self.is_replay else 'fetched'}"]
        counts.append(counted(self.articles, "article" if self.is_replay else "new article", zero="no"))
        others = (
            (self.unchanged, f"{self.unchanged} unchanged"),
            (self.rejected, f"{self.rejected} rejected"),
            (self.failed, f"{self.failed} failed"),
            (self.errors, counted(self.errors, "error")),
        )
        counts += [text for number, text in others if number]
        if not self.is_replay:
            counts.append(f"{readable_bytes(self.archived_bytes)} archived")
        return ", ".join(counts)

    @property
    def data(self) -> dict[str, Any]:
        """Return the exit status, what it means, and the figures, for programs."""
        return {
            "status": self.exit_status.value,
            "meaning": self.what_happened,
            "finishReason": self.finish_reason,
            "pages": self.pages,
            "newArticles": self.articles,
            "unchanged": self.unchanged,
            "known": self.known,
            "rejected": self.rejected,
            "failed": self.failed,
            "errors": self.errors,
            "archivedBytes": self.archived_bytes,
            "driftedFields": list(self.drifted_fields),
        }

    def text(self, warc_directory: str | None, articles_path: Path | None, *, listed: bool = False) -> str:
        """Return a few lines: what was done, what went wrong, where the files are, and what to do next.

        Args:
            warc_directory: The folder of the WARC files, if there are any.
            articles_path: The file of the article lines, if one was written.
            listed: Whether the user listed the URLs of the pages, and so expects their articles.
        """
        lines = [self.counts]
        status = self.exit_status
        if listed and self.unchanged and not self.articles:
            lines.append(
                "unchanged  an earlier crawl wrote the same lines; to write them again, add  -s STATE_DIRECTORY="
            )
        if status:
            reason = f"finish reason: {self.finish_reason}"
            lines.append(f"failed     {self.what_happened} (status {status.value}; {reason})")
        if warc_directory:
            lines.append(f"archive    {warc_directory}/")
        if articles_path:
            lines.append(f"articles   {articles_path}")
        next_step = _NEXT_STEPS.get(status, f"newscrawl replay {warc_directory}" if warc_directory else "")
        if next_step:
            lines.append(f"next       {next_step}")
        return "\n".join(lines)


def too_many_failures(failed: int, pages: int) -> bool:
    """Return whether ``failed`` pages are too many for a crawl with ``pages`` responses."""
    return failed >= FAILURE_MINIMUM and failed > FAILURE_SHARE * max(pages, 1)
