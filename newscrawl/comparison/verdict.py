"""Decide for CI whether a comparison is acceptable, from the shares of articles that may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from newscrawl.comparison.intervals import share_of
from newscrawl.comparison.report import Report
from newscrawl.errors import UsageError

ALL = "articles"
"""The name of the limit on articles that changed in any field, or are on one side only."""
SAME, ACCEPTED, TOO_MANY, UNSURE = "same", "accepted", "too many changes", "unsure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One limit, and what was found."""

    name: str
    """A field, or ``articles``."""
    limit: float
    share: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``--verdict`` writes."""

    verdict: str
    """``same``: nothing changed. ``accepted``: every share is within its limit, with 95 % confidence. ``too many
    changes``: one exceeds its limit. ``unsure``: the sample is too small to decide."""
    articles: int
    changed: int
    only_old: int
    only_new: int
    sample: float
    findings: list[Finding] = field(default_factory=list)

    @property
    def passes(self) -> bool:
        """Whether CI may go on."""
        return self.verdict in (SAME, ACCEPTED)


def limits_from(text: str) -> dict[str, float]:
    """Return the limits that ``--allow`` gives, such as ``0.01,headline=0,keywords=0.2``.

    Raises:
        UsageError: a part is not a share from 0 to 1, or a field with one.
    """
    limits: dict[str, float] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = part.rpartition("=")
        try:
            limits[name or ALL] = float(number)
        except ValueError:
            limits[name or ALL] = -1.0
        if not 0 <= limits[name or ALL] <= 1:
            raise UsageError(f"allow={part!r}: write a share from 0 to 1, or FIELD=SHARE, separated by commas")
    return limits


def verdict_on(report: Report, limits: Mapping[str, float]) -> Verdict:
    """Return whether what changed is within ``limits``; without any, nothing may change."""
    total = report.articles + report.only_old + report.only_new
    counts = {each.name: each.changed for each in report.fields}
    counts[ALL] = report.changed + report.only_old + report.only_new
    is_whole = report.sample >= 1
    findings = [_finding(name, limit, counts.get(name, 0), total, is_whole) for name, limit in limits.items()]
    verdicts = {each.verdict for each in findings}
    if not report.differs:
        verdict = SAME
    elif not findings or TOO_MANY in verdicts:
        verdict = TOO_MANY
    else:
        verdict = UNSURE if UNSURE in verdicts else ACCEPTED
    return Verdict(verdict, report.articles, report.changed, report.only_old, report.only_new, report.sample, findings)


def _finding(name: str, limit: float, count: int, total: int, is_whole: bool) -> Finding:
    """Return one finding; of a whole output the share itself decides, of a sample its interval."""
    share, low, high = share_of(count, total)
    if is_whole:
        low = high = share
    verdict = ACCEPTED if high <= limit else TOO_MANY if low > limit else UNSURE
    return Finding(name, limit, share, low, high, verdict)
