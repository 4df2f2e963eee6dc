"""Judge a crawl by its figures and by the earlier crawls of its site; a pure function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from newscrawl.display import counted
from newscrawl.reporting.coverage import LOST_TEXT, Coverage
from newscrawl.reporting.history import CrawlRecord
from newscrawl.reporting.summary import ENDED_WELL, WALLED_MINIMUM, too_many_failures

END, WALLED, DRIFT, FAILURES, REJECTED = "end", "walled", "layout", "failures", "rejected"
TEXT, QUIET = "text", "new articles"
"""The names of the checks."""

WINDOW_PAGES = 20
"""Pages that are compared with the past. A `latest` crawl reads few, so the crawls just before it are added."""
BASELINE_PAGES = 50
"""Pages that the past must have: a share of fewer pages means nothing."""
SIGMAS = 4.0
"""A drop counts only if it is this many standard deviations of a share of so few articles: one false alarm per field in
some 30,000 crawls."""
REJECTED_MINIMUM = 5
"""Fewer rejected articles than this are never too many."""
LOST_MINIMUM = 5
"""Fewer articles without a part of their text are never too many."""
LOST_SHARE = 0.05
"""The share of articles that may lack a part of their text: editors break markup by hand every day."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold the limits of the checks: the settings ``MONITORS_*``."""

    coverage_drop: float = 0.2
    """By how much the share of articles with a field may fall, from 0 to 1."""
    rejected_share: float = 0.05
    """Which share of the articles may be invalid, from 0 to 1."""
    quiet_days: float = 3.0
    """For how many days a site may publish nothing."""
    baseline_days: float = 90.0
    """How many days old the crawls may be that a crawl is compared with."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Hold the result of one check."""

    name: str
    passed: bool
    message: str
    fields: tuple[str, ...] = ()
    """For the check of the layout: the fields whose share fell."""


def check_crawl(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> tuple[CheckResult, ...]:
    """Return the results for ``crawl``; ``past`` are the earlier crawls of its site, newest first."""
    return (
        _end(crawl),
        _walled(crawl),
        _layout(crawl, past, thresholds),
        _failures(crawl),
        _rejected(crawl, thresholds),
        _text(crawl),
        _new_articles(crawl, past, thresholds),
    )


def _end(crawl: CrawlRecord) -> CheckResult:
    return CheckResult(END, crawl.reason in ENDED_WELL, f"the crawl ended for the reason {crawl.reason!r}")


def _walled(crawl: CrawlRecord) -> CheckResult:
    message = f"{counted(crawl.blocked, 'answer')} for articles were blocks or walls"
    return CheckResult(WALLED, crawl.blocked < WALLED_MINIMUM, message)


def _failures(crawl: CrawlRecord) -> CheckResult:
    passed = not too_many_failures(crawl.failed, crawl.requested)
    return CheckResult(
        FAILURES, passed, f"{counted(crawl.failed, 'page')} failed, {counted(crawl.requested, 'response')} received"
    )


def _rejected(crawl: CrawlRecord, thresholds: Thresholds) -> CheckResult:
    judged = crawl.coverage.articles + crawl.rejected
    passed = crawl.rejected < REJECTED_MINIMUM or crawl.rejected <= thresholds.rejected_share * judged
    return CheckResult(REJECTED, passed, f"{crawl.rejected} of {counted(judged, 'article')} rejected")


def _text(crawl: CrawlRecord) -> CheckResult:
    lost, articles = crawl.coverage.with_field[LOST_TEXT], crawl.coverage.articles
    passed = lost < LOST_MINIMUM or lost <= LOST_SHARE * articles
    return CheckResult(TEXT, passed, f"{lost} of {counted(articles, 'article')} lack text that their pages show")


def _new_articles(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> CheckResult:
    if crawl.written:
        return CheckResult(QUIET, True, counted(crawl.written, "new article"))
    newest = next((earlier.finished for earlier in past if earlier.written), None)
    if newest is None:
        return CheckResult(QUIET, True, "no new articles, and none in earlier crawls")
    passed = crawl.finished - newest <= timedelta(days=thresholds.quiet_days)
    return CheckResult(QUIET, passed, f"no new articles since {newest:%Y-%m-%d %H:%M} UTC")


def _layout(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> CheckResult:
    oldest = crawl.finished - timedelta(days=thresholds.baseline_days)
    # A back-fill reads older pages, which have other fields, so only crawls of the same mode are compared.
    alike = [earlier for earlier in past if earlier.mode == crawl.mode and earlier.finished >= oldest]
    window, older = _window(crawl, alike)
    baseline = Coverage()
    for earlier in older:
        if not earlier.drifted:
            baseline.add(earlier.coverage)
    if window.pages < WINDOW_PAGES or baseline.pages < BASELINE_PAGES:
        return CheckResult(DRIFT, True, f"too few pages to compare: {window.pages} now, {baseline.pages} before")
    fallen = dict(_fallen(window, baseline, thresholds.coverage_drop))
    if not fallen:
        return CheckResult(
            DRIFT, True, f"{counted(window.articles, 'article')} with the same fields as {baseline.articles} before"
        )
    return CheckResult(DRIFT, False, "; ".join(fallen.values()), tuple(fallen))


def _window(crawl: CrawlRecord, alike: Sequence[CrawlRecord]) -> tuple[Coverage, Sequence[CrawlRecord]]:
    """Return the coverage of this crawl and the few before it that are needed, and the crawls before those."""
    window = Coverage()
    window.add(crawl.coverage)
    for number, earlier in enumerate(alike):
        # A crawl that read no page is not judged: it would report an old drift again.
        if window.pages >= WINDOW_PAGES or not crawl.coverage.pages:
            return window, alike[number:]
        window.add(earlier.coverage)
    return window, ()


def _fallen(now: Coverage, before: Coverage, drop: float) -> Iterator[tuple[str, str]]:
    shares = now.shares()
    for name, (usual, base) in before.shares().items():
        share, articles = shares.get(name, (0.0, 0))
        if not articles:
            continue
        deviation = sqrt(max(usual * (1 - usual), 1 / base) / articles)
        if usual - share > max(drop, SIGMAS * deviation):
            yield name, f"{name}: {share:.0%} of {articles}, {usual:.0%} of {base} before"
