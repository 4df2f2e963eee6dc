"""Whether a crawl was as it should be, by itself and by the crawls of its site before: a pure function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from newscrawl.reporting.coverage import Coverage
from newscrawl.reporting.history import CrawlRecord
from newscrawl.reporting.summary import ENDED_WELL, too_many_failures

END, DRIFT, FAILURES, REJECTED, QUIET = "end", "layout", "failures", "rejected", "new articles"
"""The names of the verdicts."""

WINDOW_PAGES = 20
"""Pages that are compared with the past: with fewer, the crawls just before are added. A `latest` crawl reads few."""
BASELINE_PAGES = 50
"""Pages that the past has to have: below, a share says nothing."""
SIGMAS = 4.0
"""A drop counts only when it is so many standard deviations of a share measured on so few articles: one false alarm in
some 30,000 crawls a field."""
REJECTED_MINIMUM = 5
"""Fewer rejected articles than this are never too many."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is still fine; the settings ``MONITORS_*``."""

    coverage_drop: float = 0.2
    """By how much the share of articles with a field may fall, from 0 to 1."""
    rejected_share: float = 0.05
    """How many of the pages with an article may give an invalid one, from 0 to 1."""
    quiet_days: float = 3.0
    """For how long a site may publish nothing."""
    baseline_days: float = 90.0
    """How old the crawls may be that a crawl is compared with."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question and its answer."""

    name: str
    passed: bool
    message: str
    fields: tuple[str, ...] = ()
    """Of the layout: the fields that fell."""


def verdicts(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> tuple[Verdict, ...]:
    """The verdicts on ``crawl``; ``past`` are the crawls of its site before it, newest first."""
    return (
        _end(crawl),
        _layout(crawl, past, thresholds),
        _failures(crawl),
        _rejected(crawl, thresholds),
        _new_articles(crawl, past, thresholds),
    )


def _end(crawl: CrawlRecord) -> Verdict:
    return Verdict(END, crawl.reason in ENDED_WELL, f"the crawl ended for the reason {crawl.reason!r}")


def _failures(crawl: CrawlRecord) -> Verdict:
    passed = not too_many_failures(crawl.failed, crawl.requested)
    return Verdict(FAILURES, passed, f"{crawl.failed} pages failed, {crawl.requested} answers came")


def _rejected(crawl: CrawlRecord, thresholds: Thresholds) -> Verdict:
    judged = crawl.coverage.articles + crawl.rejected
    passed = crawl.rejected < REJECTED_MINIMUM or crawl.rejected <= thresholds.rejected_share * judged
    return Verdict(REJECTED, passed, f"{crawl.rejected} of {judged} articles were rejected")


def _new_articles(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> Verdict:
    if crawl.written:
        return Verdict(QUIET, True, f"{crawl.written} new articles")
    newest = next((earlier.finished for earlier in past if earlier.written), None)
    if newest is None:
        return Verdict(QUIET, True, "no new articles, and none before")
    passed = crawl.finished - newest <= timedelta(days=thresholds.quiet_days)
    return Verdict(QUIET, passed, f"no new articles since {newest:%Y-%m-%d %H:%M} UTC")


def _layout(crawl: CrawlRecord, past: Sequence[CrawlRecord], thresholds: Thresholds) -> Verdict:
    oldest = crawl.finished - timedelta(days=thresholds.baseline_days)
    # An older crawl reads older pages, which have other fields: like is compared with like.
    alike = [earlier for earlier in past if earlier.mode == crawl.mode and earlier.finished >= oldest]
    window, older = _window(crawl, alike)
    baseline = Coverage()
    for earlier in older:
        if not earlier.drifted:
            baseline.add(earlier.coverage)
    if window.pages < WINDOW_PAGES or baseline.pages < BASELINE_PAGES:
        return Verdict(DRIFT, True, f"too few pages to compare: {window.pages} now, {baseline.pages} before")
    fallen = dict(_fallen(window, baseline, thresholds.coverage_drop))
    if not fallen:
        return Verdict(DRIFT, True, f"the fields of {window.articles} articles are those of {baseline.articles} before")
    return Verdict(DRIFT, False, "; ".join(fallen.values()), tuple(fallen))


def _window(crawl: CrawlRecord, alike: Sequence[CrawlRecord]) -> tuple[Coverage, Sequence[CrawlRecord]]:
    """The coverage of this crawl and as many before it as are needed, and the crawls before those."""
    window = Coverage()
    window.add(crawl.coverage)
    for number, earlier in enumerate(alike):
        # A crawl that read nothing has no say: else an old drift would be found again and again.
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
