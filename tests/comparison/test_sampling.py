"""Samples of outputs, confidence intervals, and verdicts for CI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.comparison.intervals import share_of
from newscrawl.comparison.pairing import pairs_of
from newscrawl.comparison.report import Report, report_of
from newscrawl.comparison.verdict import ACCEPTED, SAME, TOO_MANY, UNSURE, limits_from, verdict_on
from newscrawl.errors import UsageError
from newscrawl.replay.selection.sampling import in_sample
from tests.replay.commandline import scrapy_here

ARTICLES = 400


def outputs(folder: Path, changed: int) -> tuple[str, str]:
    """Return two outputs of the same articles, in which ``changed`` headlines differ."""
    paths = []
    for side in ("old", "new"):
        lines = []
        for number in range(ARTICLES):
            headline = f"headline {number}" + (" changed" if side == "new" and number < changed else "")
            lines.append(json.dumps({"url": f"https://example.org/{number}", "headline": headline, "metadata": {}}))
        (folder / f"{side}.jsonl").write_text("\n".join(lines) + "\n")
        paths.append(str(folder / f"{side}.jsonl"))
    return paths[0], paths[1]


def reported(folder: Path, changed: int, sample: float = 1.0) -> Report:
    old, new = outputs(folder, changed)
    return report_of(old, new, pairs_of(old, new, sample=sample), sample=sample)


@given(st.integers(0, 500), st.integers(1, 500))
def test_interval_holds_the_share_and_narrows_with_the_number(count: int, more: int) -> None:
    share, low, high = share_of(count, count + more)
    assert 0 <= low <= share <= high <= 1
    wide = share_of(count, count + more)
    narrow = share_of(10 * count, 10 * (count + more))
    assert narrow.high - narrow.low < wide.high - wide.low


def test_interval_of_nothing_says_nothing() -> None:
    assert share_of(0, 0) == (0.0, 0.0, 1.0)


@given(st.text(max_size=20), st.floats(0.01, 1), st.floats(0.01, 1))
def test_sample_holds_every_smaller_sample(name: str, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert in_sample(name, large) or not in_sample(name, small)
    assert in_sample(name, 1)


def test_sample_compares_the_same_articles_of_both_sides(tmp_path: Path) -> None:
    report = reported(tmp_path, changed=200, sample=0.5)
    assert 120 < report.articles < 280
    assert (report.only_old, report.only_new) == (0, 0)
    share = share_of(report.changed, report.articles)
    assert share.low <= 0.5 <= share.high


@pytest.mark.parametrize(
    ("changed", "sample", "allowed", "verdict"),
    [
        (0, 1.0, "", SAME),
        (1, 1.0, "", TOO_MANY),
        (4, 1.0, "0.01", ACCEPTED),
        (5, 1.0, "0.01", TOO_MANY),
        (5, 1.0, "0.05,headline=0", TOO_MANY),
        (5, 1.0, "description=0,headline=0.02", ACCEPTED),
        (200, 0.2, "0.9", ACCEPTED),
        (200, 0.2, "0.1", TOO_MANY),
        (200, 0.2, "0.5", UNSURE),
    ],
)
def test_verdict_follows_the_limits(changed: int, sample: float, allowed: str, verdict: str, tmp_path: Path) -> None:
    found = verdict_on(reported(tmp_path, changed, sample), limits_from(allowed))
    assert found.verdict == verdict
    assert found.passes == (verdict in (SAME, ACCEPTED))


@pytest.mark.parametrize("text", ["many", "headline=", "1.5", "headline=-1", "=x"])
def test_limit_that_is_no_share_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="allow="):
        limits_from(text)


@pytest.mark.parametrize(("allowed", "status"), [("0", 1), ("0.1", 0)])
def test_command_writes_the_verdict_and_the_page(
    allowed: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = outputs(tmp_path, changed=10)
    arguments: list[Any] = ["diff", old, new, "--allow", allowed, "--verdict", "verdict.json", "--html", "diff.html"]
    assert scrapy_here(monkeypatch, tmp_path, *arguments) == status
    verdict = json.loads((tmp_path / "verdict.json").read_bytes())
    assert verdict["changed"] == 10
    assert verdict["findings"][0]["share"] == 10 / ARTICLES
    assert f"<dd>{verdict['verdict']}</dd>" in (tmp_path / "diff.html").read_text()
