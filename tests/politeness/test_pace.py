"""How fast a host is asked: Crawl-delay, Retry-After, the limit a host, the pauses of a failing one."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.politeness.health import FIRST_PAUSE, STREAK, HostHealth
from newscrawl.politeness.retryafter import seconds_to_wait
from newscrawl.samplesite.faults import Fault
from newscrawl.samplesite.running import RunningSite, running_site
from newscrawl.samplesite.server import Visit
from tests.politeness.crawl import crawl
from tests.politeness.server import serving

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def articles_of(site: RunningSite, number: int) -> str:
    return " ".join(f"{site.url}/a/{story_id}.html" for story_id in list(site.publication.item_ids())[:number])


def visits_of(site: RunningSite, prefix: str = "/a/") -> Sequence[Visit]:
    return [visit for visit in site.visits if visit.target.startswith(prefix)]


@pytest.mark.parametrize("throttle", [False, True])
def test_the_crawl_delay_of_robots_txt_is_kept(tmp_path: Path, throttle: bool) -> None:
    with running_site(size=20, crawl_delay=0.3) as site:
        settings = {"AUTOTHROTTLE_ENABLED": throttle, "AUTOTHROTTLE_START_DELAY": 0}
        stats = crawl(tmp_path, "sample", {"base_url": site.url, "urls": articles_of(site, 4)}, **settings)
        times = [visit.time for visit in site.visits]
    assert stats["politeness/crawl_delay/127.0.0.1"] == 0.3
    assert stats["articles/written"] == 4
    # The first answer may come late, the last one cannot come early.
    assert times[-1] - times[0] >= 0.3 * (len(times) - 1) - 0.25


def test_a_crawl_delay_beyond_reason_is_capped(tmp_path: Path) -> None:
    with running_site(size=20, crawl_delay=86_400) as site:
        stats = crawl(tmp_path, "sample", {"base_url": site.url, "urls": articles_of(site, 2)}, CRAWL_DELAY_MAX=0.01)
    assert stats["politeness/crawl_delay/127.0.0.1"] == 0.01
    assert "it gets 0.01" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("kind", ["seconds", "date", "beyond the cap"])
def test_retry_after_is_waited_for_and_uses_up_no_retry(tmp_path: Path, kind: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    value = {"seconds": "1", "date": date, "beyond the cap": "99999"}[kind]
    status = 429 if kind == "seconds" else 503
    fault = Fault("status", "/a/.*", status, times=1, retry_after=value)
    with running_site(size=20, faults=(fault,)) as site:
        arguments = {"base_url": site.url, "urls": articles_of(site, 3)}
        settings = {"RETRY_AFTER_MAX": 600 if kind == "seconds" else 1, "CONCURRENT_REQUESTS": 1}
        stats = crawl(tmp_path, "sample", arguments, **settings)
        refused, *others = visits_of(site)
    assert refused.status == status
    assert min(visit.time for visit in others) - refused.time >= 0.8
    assert stats["politeness/retry_after"] == 1
    assert stats["politeness/postponed"] == 1
    assert stats.get("retry/count", 0) == 0
    assert stats["articles/written"] == 3


@pytest.mark.parametrize("order", ["as it comes", "a page's retries before other pages"])
def test_a_host_that_recovers_loses_no_page(tmp_path: Path, order: str) -> None:
    # With a retry less, all that fails before the host counts as failing may be one page's, which is given up then:
    # a page that fails alone is not to be told from it.
    settings: dict[str, float] = {"RETRY_AFTER_MAX": 0.2, "RETRY_TIMES": STREAK - 1}
    if order != "as it comes":
        settings |= {"CONCURRENT_REQUESTS": 1, "RETRY_PRIORITY_ADJUST": 1}
    with running_site(size=20, faults=(Fault("status", "/a/.*", 503, times=STREAK + 4),)) as site:
        arguments = {"base_url": site.url, "urls": articles_of(site, 8)}
        stats = crawl(tmp_path, "sample", arguments, **settings)
    assert stats["articles/written"] == 8
    assert stats["finish_reason"] == "finished"
    assert stats["politeness/recoveries"] >= 1
    assert stats.get("pages/failed", 0) == 0


def test_a_host_that_stays_down_ends_the_crawl_and_its_list_is_not_used_up(tmp_path: Path) -> None:
    with running_site(size=40, faults=(Fault("status", "/a/.*", 502),)) as site:
        arguments = {"base_url": site.url, "urls": articles_of(site, 30)}
        stats = crawl(tmp_path, "sample", arguments, RETRY_AFTER_MAX=0.3, HOST_DOWN_MAX=1.0, CONCURRENT_REQUESTS=4)
        asked = visits_of(site)
    assert stats["finish_reason"] == "host_failing"
    assert stats["politeness/host_failing"] == "127.0.0.1"
    assert len({visit.target for visit in asked}) < 30
    assert stats.get("pages/failed", 0) <= STREAK


def test_what_a_host_that_is_down_left_over_is_fetched_by_the_next_crawl(tmp_path: Path) -> None:
    with running_site(size=40, faults=(Fault("status", "/a/.*", 503),)) as site:
        first = crawl(tmp_path, "sample", {"base_url": site.url}, RETRY_AFTER_MAX=0.2, HOST_DOWN_MAX=0.6)
        site.misbehave()
        second = crawl(tmp_path, "sample", {"base_url": site.url})
        third = crawl(tmp_path, "sample", {"base_url": site.url})
    assert first["finish_reason"] == "host_failing"
    assert first.get("articles/written", 0) == 0
    assert second["articles/written"] >= 36
    assert second["finish_reason"] == "finished"
    assert third.get("articles/written", 0) == 0, "nothing was left"


def test_a_host_that_does_not_answer_at_all_ends_the_crawl(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        arguments = {"base_url": f"http://127.0.0.1:{taken.getsockname()[1]}"}
        stats = crawl(tmp_path, "sample", arguments, RETRY_AFTER_MAX=0.2, HOST_DOWN_MAX=0.8)
    assert stats["finish_reason"] == "host_failing"


def test_one_page_that_always_fails_comes_to_an_end(tmp_path: Path) -> None:
    fault = Fault("status", "/a/31000026.html", 503, retry_after="0")
    with running_site(size=20, faults=(fault,)) as site:
        urls = f"{site.url}/a/31000026.html {articles_of(site, 1)}"
        stats = crawl(tmp_path, "sample", {"base_url": site.url, "urls": urls}, RETRY_TIMES=1)
    assert stats["finish_reason"] == "finished"
    assert stats["pages/failed"] == 1


def test_no_more_than_the_limit_is_asked_of_a_host_at_once(tmp_path: Path) -> None:
    with serving(seconds=0.05) as server:
        urls = " ".join(f"{server.url}/{number}" for number in range(12))
        settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 2, "ROBOTSTXT_OBEY": False}
        stats = crawl(tmp_path, "bare", {"urls": urls}, **settings)
    assert stats["bare/got"] == 12
    assert server.most_at_once == 2


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (b" 7 ", 7),
        ("0", 0),
        ("99999999999999999999", 600),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Sun, 01 Mar 2037 12:00:00 GMT", 600),
        ("-1", None),
        ("1.5", 1.5),
        ("90s", 90),
        ("60 seconds", 60),
        ("120, 30", 120),
        ("2026-03-01T12:00:30Z", 30),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30),
        ("soon", None),
        ("", None),
        (None, None),
        ("\u0663", None),
    ],
)
def test_retry_after_is_a_number_or_a_date_in_any_form(value: str | bytes | None, seconds: float | None) -> None:
    assert seconds_to_wait(value, NOW, 600) == seconds


@given(st.one_of(st.text(), st.binary()))
def test_no_retry_after_breaks_it(value: str | bytes) -> None:
    assert (seconds_to_wait(value, NOW, 600) or 0) <= 600


def test_pauses_grow_up_to_the_longest_and_end_with_the_first_answer() -> None:
    health = HostHealth(longest_pause=60)
    now = 0.0
    assert [health.failed(now) for _ in range(STREAK - 1)] == [0] * (STREAK - 1)
    pauses = []
    for _ in range(7):
        pauses.append(health.failed(now))
        now += pauses[-1]
    assert pauses == [FIRST_PAUSE, 10, 20, 40, 60, 60, 60]
    assert health.down_for(now) == now
    assert health.succeeded()
    assert not health.succeeded()
    assert health.down_for(now) == 0
    assert health.failed(now) == 0


def test_what_was_under_way_when_the_pause_began_does_not_lengthen_it() -> None:
    health = HostHealth(longest_pause=60)
    assert sum(health.failed(0.0) for _ in range(STREAK + 3)) == FIRST_PAUSE
