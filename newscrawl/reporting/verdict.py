"""The verdict on a crawl in one sentence, and what to do next: pure functions of its exit status and its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newscrawl.exit_statuses import ExitStatus
from newscrawl.reporting.checks import CheckResult

_SENTENCES = {
    ExitStatus.FAULTS: "The crawl broke off ({reason}).",
    ExitStatus.NOTHING_FOUND: "The crawl found no article at all.",
    ExitStatus.TOO_MANY_FAILURES: "Too many pages failed: {failed} of {pages}.",
    ExitStatus.LAYOUT_DRIFT: "The site seems to have changed its pages: far fewer articles have the usual fields.",
    ExitStatus.HOST_FAILING: "The site did not answer; what was left is fetched by the next crawl.",
}
_STEPS = {
    ExitStatus.FAULTS: "Read the last lines of the log, then start the same crawl again: it goes on from there.",
    ExitStatus.NOTHING_FOUND: "Open the site's sitemap and robots.txt in a browser; then run: newscrawl doctor {site}",
    ExitStatus.TOO_MANY_FAILURES: "Look at the failed pages below; if the site blocks, raise DOWNLOAD_DELAY and wait.",
    ExitStatus.LAYOUT_DRIFT: "Compare articles with pages (newscrawl browse), then correct the layout (docs/sites.md).",
    ExitStatus.HOST_FAILING: "Wait, then crawl again: nothing is lost. If it lasts, ask: newscrawl doctor {site}",
}
_CHECK_STEPS = {
    "failures": _STEPS[ExitStatus.TOO_MANY_FAILURES],
    "rejected": "Look at the rejected articles below: each has the field that broke the schema.",
    "new articles": "See whether the site still publishes. If so, its sitemap has changed: newscrawl doctor {site}",
    "layout": _STEPS[ExitStatus.LAYOUT_DRIFT],
}


def verdict_of(
    site: str, status: int, reason: str, counts: Mapping[str, int], checks: Sequence[CheckResult]
) -> tuple[bool, str, str]:
    """Return whether all is well, one sentence that says it, and the next step."""
    failed = next((check for check in checks if not check.passed), None)
    if status != ExitStatus.FINE:
        sentence = _SENTENCES.get(ExitStatus(status), "The crawl ended with status {status}.")
        values = {
            "reason": reason,
            "status": status,
            "site": site,
            **{name: counts.get(name, 0) for name in ("failed", "pages")},
        }
        return False, sentence.format(**values), _STEPS.get(ExitStatus(status), "Read the log.").format(site=site)
    if failed is not None:
        step = _CHECK_STEPS.get(failed.name, "Read the log.").format(site=site)
        return False, f"The crawl ended well, but: {failed.message}.", step
    sentence = f"All is well: {_number(counts.get('new', 0), 'new article')}"
    unchanged = counts.get("unchanged", 0)
    sentence += f", {_number(unchanged, 'known one')} unchanged." if unchanged else "."
    rejected = counts.get("rejected", 0)
    return True, sentence, "Look at the rejected articles below." if rejected else "Nothing needs to be done."


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
