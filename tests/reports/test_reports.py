"""Reports of real crawls: what the page says, that nothing of it is taken for markup, and the table over all sites."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.exit_statuses import ExitStatus
from newscrawl.reporting.checks import CheckResult
from newscrawl.reporting.verdict import verdict_of
from newscrawl.reports.folder import reports_in, write_pages
from newscrawl.reports.measures import SPANS, Histogram, TimelineCounter
from newscrawl.reports.page import report_page
from newscrawl.reports.record import CrawlReport, Group
from newscrawl.reports.site_status import NEVER, NOT_WELL, OVERDUE, WELL, Places, statuses
from tests.reporting.test_signs_of_life import crawl, written

HOSTILE = "<script>alert(1)</script>\"'><img src=x>"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    run = crawl(folder, "-s", "SECRET_TOKEN=very-secret", "-s", "DOWNLOAD_DELAY=0.01")
    assert run.returncode == 0, run.stderr
    return folder


def only(folder: Path) -> CrawlReport:
    (report,) = reports_in(folder / "reports")
    return report


def test_a_crawl_leaves_a_report(crawled: Path) -> None:
    report = only(crawled)

    assert report.verdict == f"All is well: {written(crawled)} new articles."
    assert report.counts["new"] == written(crawled) > 1
    assert sum(report.statuses.values()) == sum(sum(one.values()) for one in report.timeline.answers)
    assert report.layouts
    assert report.sources
    assert report.files
    assert report.records["response"] > 5
    assert {"newscrawl", "scrapy", "python"} <= report.versions.keys()
    assert (crawled / "reports" / "index.html").is_file()


def test_a_report_names_changed_settings_and_hides_secrets(crawled: Path) -> None:
    report = only(crawled)

    assert report.settings["DOWNLOAD_DELAY"] == "'0.01'"
    assert report.settings["SECRET_TOKEN"] == "(set, not shown)"
    assert "very-secret" not in (crawled / "reports" / "sample" / f"{report.name}.html").read_text("utf-8")


def test_a_report_is_the_same_after_a_round_through_json(crawled: Path) -> None:
    report = only(crawled)

    assert CrawlReport.from_json(report.to_json()) == report
    assert json.loads(report.to_json_line())["site"] == "sample"


def test_the_page_needs_nothing_beside_it(crawled: Path) -> None:
    page = report_page(only(crawled))

    assert "<script" not in page
    assert not re.search(r'(?:src|srcset|@import|url\()\s*=?\s*["\'(]?(?:https?:)?//', page)
    assert "default-src 'none'" in page


def test_nothing_from_outside_is_markup(crawled: Path) -> None:
    report = replace(
        only(crawled),
        verdict=HOSTILE,
        crawl_id=HOSTILE,
        groups=(Group("failed", HOSTILE, 1, (HOSTILE, f"javascript:{HOSTILE}")),),
        errors=((HOSTILE, 3),),
        sources={HOSTILE: 2},
        layouts={HOSTILE: 2},
        settings={HOSTILE: HOSTILE},
    )
    page = report_page(report)

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_a_damaged_report_does_not_stop_the_others(
    crawled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "reports"
    report = only(crawled)
    report.write(folder)
    for name, content in (("broken", b"{"), ("newer", b'{"version": 99}'), ("other", b"[]")):
        (folder / "sample" / f"sample-{name}.json").write_bytes(content)

    assert list(reports_in(folder)) == [report]
    assert len(write_pages(folder, [report])) == 2
    assert caplog.text.count("is passed over") >= 3


@pytest.mark.parametrize(
    "status", [status for status in ExitStatus if status not in (ExitStatus.FINE, ExitStatus.USAGE)]
)
def test_every_status_has_a_sentence_and_a_next_step(status: ExitStatus) -> None:
    well, sentence, step = verdict_of("rferl", status, "shutdown", {"failed": 9, "pages": 10}, [])

    assert not well
    assert sentence.endswith(".")
    assert step


def test_a_failed_check_is_no_fine_crawl() -> None:
    well, sentence, step = verdict_of(
        "rferl", 0, "finished", {"new": 3}, [CheckResult("new articles", False, "none since")]
    )

    assert not well
    assert "none since" in sentence
    assert "newscrawl doctor rferl" in step


def test_a_timeline_keeps_its_size_and_its_sums() -> None:
    counter = TimelineCounter()
    for second in range(10_000):
        counter.add(float(second), 200 if second % 2 else 404, 10)
    timeline = counter.timeline()

    assert len(timeline.answers) <= SPANS
    assert sum(sum(one.values()) for one in timeline.answers) == 10_000
    assert sum(timeline.bytes) == 100_000


def test_a_histogram_counts_each_value_once() -> None:
    histogram = Histogram(((1, "a"), (2, "b")))
    for value in (0.5, 1, 1.5, 7):
        histogram.add(value)

    assert histogram.counts() == (("up to a", 2), ("up to b", 1), ("longer", 1))


def places(folder: Path) -> Places:
    return Places(folder / "state", folder / "monitors", folder / "reports", folder / "warc", folder)


def test_a_site_that_was_crawled_is_well(crawled: Path) -> None:
    (row,) = statuses(places(crawled), None, datetime.now(UTC), quiet_days=3)

    assert (row.site, row.condition, row.new_since_yesterday) == ("sample", WELL, written(crawled))
    assert row.archive_bytes
    assert row.state_bytes


def test_a_site_whose_crawl_failed_or_is_late_is_not_well(crawled: Path, tmp_path: Path) -> None:
    from newscrawl.operations.cadence import Cadence
    from newscrawl.operations.schedule import Crawl, Schedule

    now = datetime.now(UTC)
    every = Crawl("sample", "latest", Cadence.from_text("15m", None, "x"), "n", ())
    schedule = Schedule("newscrawl", {"n": "http://127.0.0.1:6800"}, (every, replace(every, site="rferl")))
    late = statuses(places(crawled), schedule, now + timedelta(hours=2), quiet_days=3)
    assert {row.site: row.condition for row in late} == {"sample": OVERDUE, "rferl": NEVER}

    failed = replace(
        only(crawled), well=False, verdict="The site did not answer.", finished=f"{now:%Y-%m-%dT%H:%M:%SZ}"
    )
    failed.write(tmp_path)
    (row,) = statuses(replace(places(crawled), reports=tmp_path), None, now, quiet_days=3)
    assert (row.condition, row.why) == (NOT_WELL, "The site did not answer.")
