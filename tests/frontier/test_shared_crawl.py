"""Several crawler processes share one site: real processes, a real Redis, a site that notes who came when."""

from __future__ import annotations

import os
import signal
import time

import pytest
from redis import Redis

from tests.frontier.conftest import Diary, RedisServer, Workers
from tests.waiting import wait_for


def article_ids(diary: Diary) -> list[str]:
    return [path.rpartition("/")[2] for path in diary.paths()]


def test_two_workers_fetch_every_article_once_and_both_take_part(workers: Workers, diary: Diary) -> None:
    diary.seconds = 0.25  # so that the second is there before the first is through
    workers.start("one")
    workers.start("two")
    workers.finish()
    ids = article_ids(diary)
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == diary.articles
    assert diary.agents() == {"one", "two"}
    assert len(diary.paths("/sitemap")) == len(set(diary.paths("/sitemap")))
    taken = [int(workers.stats(name)["frontier/taken"]) for name in ("one", "two")]
    done = [int(workers.stats(name)["frontier/done"]) for name in ("one", "two")]
    assert taken == done
    assert all("'finish_reason': 'finished'" in workers.log(name) for name in ("one", "two"))


def test_politeness_holds_for_both_together(workers: Workers, diary: Diary) -> None:
    diary.articles = 12
    delay = 0.3
    for name in ("one", "two"):
        workers.start(name, DOWNLOAD_DELAY=delay, DOWNLOAD_DELAY_JITTER=0, CONCURRENT_REQUESTS=2)
    workers.finish()
    assert diary.agents() == {"one", "two"}
    # The gate spaces the starts exactly; the way to the site and this machine's scheduling take some of it.
    assert min(diary.gaps()) > delay * 0.7


def test_no_more_requests_at_a_time_than_one_worker_may(workers: Workers, diary: Diary) -> None:
    diary.seconds = 0.1
    for name in ("one", "two", "three"):
        workers.start(name, CONCURRENT_REQUESTS_PER_DOMAIN=2)
    workers.finish()
    assert len(article_ids(diary)) == diary.articles
    assert diary.most_at_once == 2


def done(redis_client: Redis) -> int:
    """How many requests are dealt with for good."""
    prefix = "newscrawl:frontier:{spring}:"
    unfinished = redis_client.zcard(f"{prefix}waiting") + redis_client.zcard(f"{prefix}leased")
    return int(redis_client.get(f"{prefix}number") or 0) - int(unfinished)


def test_what_a_killed_worker_had_taken_is_fetched_by_the_other(
    workers: Workers, diary: Diary, redis_client: Redis
) -> None:
    diary.seconds = 0.2
    doomed = workers.start("doomed", CONCURRENT_REQUESTS=8)
    wait_for(lambda: len(diary.paths()) >= 10 and done(redis_client) >= 10, "ten are done")
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    lost = int(redis_client.zcard("newscrawl:frontier:{spring}:leased"))
    assert lost > 0
    diary.seconds = 0.02
    workers.start("heir")
    workers.finish()
    by_doomed, by_heir = (set(diary.paths_of(name)) for name in ("doomed", "heir"))
    assert len(by_doomed | by_heir) == diary.articles
    assert int(workers.stats("heir")["frontier/regained"]) == lost
    # Fetched twice is what was on the wire or had no line on the disk yet, and nothing else.
    assert len(diary.paths_of("heir")) == len(by_heir)
    assert len(by_doomed & by_heir) <= lost
    assert by_doomed - by_heir


@pytest.mark.slow
def test_a_worker_that_was_away_does_not_fetch_what_another_took_over(workers: Workers, diary: Diary) -> None:
    diary.articles = 30
    sleeper = workers.start("sleeper", DOWNLOAD_DELAY=0.1, CONCURRENT_REQUESTS=12)
    wait_for(lambda: len(diary.paths()) >= 3, "three articles")
    sleeper.send_signal(signal.SIGSTOP)
    on_the_wire = len(diary.paths())
    workers.start("other")
    wait_for(lambda: len(set(article_ids(diary))) == diary.articles, "all articles")
    os.kill(sleeper.pid, signal.SIGCONT)
    workers.finish()
    ids = article_ids(diary)
    assert len(set(ids)) == diary.articles
    assert len(ids) - len(set(ids)) <= min(on_the_wire, 4)
    assert int(workers.stats("sleeper").get("frontier/lost_leases", 0)) > 0


def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_other(workers: Workers, diary: Diary) -> None:
    workers.start("leaver", DOWNLOAD_DELAY=0.05)
    wait_for(lambda: len(diary.paths()) >= 5, "five articles")
    workers.processes["leaver"].send_signal(signal.SIGINT)
    workers.processes["leaver"].wait(30)
    assert "'finish_reason': 'shutdown'" in workers.log("leaver")
    workers.start("stayer")
    workers.finish()
    ids = article_ids(diary)
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == diary.articles


def test_one_that_comes_late_finds_all_done(workers: Workers, diary: Diary, redis_client: Redis) -> None:
    workers.start("early")
    workers.finish()
    visits = len(diary.paths())
    workers.start("late")
    workers.finish()
    assert len(diary.paths()) == visits == diary.articles
    assert 0 < int(redis_client.ttl("newscrawl:frontier:{spring}:seen")) <= 7 * 24 * 3600


@pytest.mark.slow
def test_another_name_is_another_frontier(workers: Workers, diary: Diary) -> None:
    workers.start("spring")
    workers.finish()
    workers.start("autumn", FRONTIER_NAME="autumn")
    workers.finish()
    assert len(article_ids(diary)) == 2 * diary.articles


@pytest.mark.slow
def test_a_crawl_outlives_a_restart_of_redis(workers: Workers, diary: Diary, redis_server: RedisServer) -> None:
    workers.start("patient", DOWNLOAD_DELAY=0.05, DOWNLOAD_DELAY_JITTER=0)
    wait_for(lambda: len(diary.paths()) >= 5, "five articles")
    redis_server.stop()
    before = len(diary.paths())
    time.sleep(1)
    # Without Redis nobody knows when the next request may start: at most what was let through already is sent.
    assert len(diary.paths()) - before <= 4
    redis_server.start()
    workers.finish()
    assert sorted(article_ids(diary)) == sorted({str(1000 + number) + ".html" for number in range(diary.articles)})
    assert int(workers.stats("patient")["frontier/redis_errors"]) > 0
