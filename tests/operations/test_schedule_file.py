"""The schedule file: what it may contain, which jobs it makes, and which message each mistake gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import UsageError
from newscrawl.operations.cadence import Cadence
from newscrawl.operations.schedule_file import schedule_from
from newscrawl.spiders.arguments import CrawlArguments

SITES = ("azattyq", "rferl", "sample", "svoboda")
NOW = datetime(2026, 5, 1, 3, 44, 59, tzinfo=UTC)  # a Friday
NODES = '[nodes]\na = "http://a:6800/"\nb = "http://b:6800/"\n'


def check(site: str, arguments: dict[str, str]) -> None:
    CrawlArguments.from_strings(arguments)


def jobs(crawls: str, now: datetime = NOW) -> list[str]:
    return [job.job_id for job in schedule_from(NODES + crawls, SITES, check).jobs(now)]


@pytest.mark.parametrize(
    ("cadence", "slot"),
    [
        ('every = "15m"\nat = "00:00"', "20260501T0330Z"),
        ('every = "15m"\nat = "00:14"', "20260501T0344Z"),
        ('every = "1h"\nat = "00:45"', "20260501T0245Z"),
        ('every = "6h"\nat = "03:44"', "20260501T0344Z"),
        ('every = "6h"\nat = "03:45"', "20260430T2145Z"),
        ('every = "1d"\nat = "03:30"', "20260501T0330Z"),
        ('every = "1d"\nat = "23:59"', "20260430T2359Z"),
        ('every = "1w"\nat = "mon 04:00"', "20260427T0400Z"),
        ('every = "1w"\nat = "fri 03:44"', "20260501T0344Z"),
        ('every = "1w"\nat = "fri 03:45"', "20260424T0345Z"),
        ('every = "1w"\nat = "Thu 00:00"', "20260430T0000Z"),
    ],
)
def test_slot_contains_now(cadence: str, slot: str) -> None:
    assert jobs(f'[[crawl]]\nsites = ["rferl"]\n{cadence}\n') == [f"rferl-latest-{slot}"]


@pytest.mark.parametrize(
    ("expression", "slot"),
    [
        ("*/15 * * * *", "20260501T0330Z"),
        ("44 * * * *", "20260501T0344Z"),
        ("45 3 * * *", "20260430T0345Z"),
        ("30 3 * * mon", "20260427T0330Z"),
    ],
)
def test_cron_string_gives_the_latest_time_that_is_not_after_now(expression: str, slot: str) -> None:
    assert jobs(f'[[crawl]]\nsites = ["rferl"]\ncron = "{expression}"\n') == [f"rferl-latest-{slot}"]


# hypothesis wants the bounds without a zone and adds one.
EARLIEST, LATEST = datetime(1971, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001


@given(
    st.datetimes(EARLIEST, LATEST, timezones=st.timezones()),
    st.sampled_from(["1m", "7m", "15m", "1h", "6h", "1d", "1w", "4w"]),
    st.text(min_size=1, max_size=9),
)
def test_every_moment_of_a_slot_gives_the_same_slot(now: datetime, every: str, key: str) -> None:
    cadence = Cadence.from_text(every, None, key)
    start = cadence.slot(now)
    assert start <= now < start + cadence.every
    assert start.utcoffset() == timedelta()
    assert (start.second, start.microsecond) == (0, 0)
    assert cadence.slot(start) == start
    assert cadence.slot(start + cadence.every - timedelta(microseconds=1)) == start
    assert cadence.slot(start + cadence.every) == start + cadence.every


def test_sites_start_at_different_minutes() -> None:
    minutes = {Cadence.from_text("1d", None, f"site{number}").offset for number in range(50)}
    assert len(minutes) > 40
    assert max(minutes) < timedelta(days=1)


def test_all_is_every_site_except_the_sample_site() -> None:
    crawls = '[[crawl]]\nsites = "all"\nexcept = ["svoboda"]\nevery = "1d"\nat = "00:00"\n'
    assert jobs(crawls) == ["azattyq-latest-20260501T0000Z", "rferl-latest-20260501T0000Z"]


def test_job_has_the_arguments_settings_and_priority_of_the_file() -> None:
    text = """
version = "17"
[nodes]
a = "http://a:6800/"
[[crawl]]
sites = ["rferl"]
mode = "backfill"
name = "spring"
every = "1w"
arguments = { max_articles = 500, since = "2026-03-01" }
settings = { LOG_LEVEL = "DEBUG", DOWNLOAD_DELAY = 0.5, WARC_ENABLED = true }
priority = 2
"""
    (job,) = schedule_from(text, SITES, check).jobs(NOW)
    assert job.crawl.arguments == (("max_articles", "500"), ("mode", "backfill"), ("since", "2026-03-01"))
    assert job.crawl.settings == (("DOWNLOAD_DELAY", "0.5"), ("LOG_LEVEL", "DEBUG"), ("WARC_ENABLED", "True"))
    assert (job.crawl.series, job.crawl.node, job.crawl.priority, job.crawl.version) == ("rferl-spring", "a", 2.0, "17")


def test_job_ids_of_every_site_fit_into_file_names() -> None:
    from newscrawl.sites import all_sites

    names = [site.name for site in all_sites()]
    schedule = schedule_from(
        NODES + f'[[crawl]]\nsites = {names!r}\nname = "{"n" * 20}"\nevery = "1d"\n'.replace("'", '"'), names, check
    )
    ids = [job.job_id for job in schedule.jobs(NOW)]
    assert len(set(ids)) == len(names)
    assert max(map(len, ids)) <= 64


ONE = '[[crawl]]\nsites = ["rferl"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nodes", "not TOML"),
        ("[nodes]\n" + ONE + 'every = "1d"\nnode = "a"', "node='a' is not one of [nodes]"),
        ("processes = 0\n" + ONE + 'every = "1d"', "processes=0: not a whole number from 1"),
        (NODES, "crawl is missing: one or more tables [[crawl]]"),
        (NODES + "[crawl]\n", "not one or more tables [[crawl]]"),
        ('[nodes]\na = "ftp://a/"\n' + ONE + 'every = "1d"', "not an http(s) URL"),
        ('[nodes]\na = "http://user:secret@a/"\n' + ONE + 'every = "1d"', "~/.netrc"),
        ('[nodes]\n"../a" = "http://a/"\n' + ONE + 'every = "1d"', "not a table of names"),
        ("crawls = 1\n" + NODES + ONE + 'every = "1d"', "unknown key 'crawls'"),
        (NODES + ONE + 'every = "1d"\nevrey = "2d"', "unknown key 'evrey'"),
        (NODES + ONE, "every is missing"),
        (NODES + ONE + 'every = "30s"', "every='30s'"),
        (NODES + ONE + 'every = "0m"', "every='0m'"),
        (NODES + ONE + 'every = "9999w"', "every='9999w'"),
        (NODES + ONE + "every = 15", "every=15: not a number of m, h, d or w"),
        (NODES + ONE + 'every = "1d"\nat = "24:00"', "at='24:00'"),
        (NODES + ONE + 'every = "1h"\nat = "01:00"', "is not within every"),
        (NODES + ONE + 'every = "1d"\nat = "mon 01:00"', "not a number of weeks"),
        (NODES + ONE + 'every = "1d"\nmode = "lastest"', "mode='lastest'"),
        (NODES + ONE + 'every = "1d"\narguments = { sicne = "7d" }', "unknown spider argument 'sicne'"),
        (NODES + ONE + 'every = "1d"\narguments = { mode = "recheck" }', "mode is a key of [[crawl]]"),
        (NODES + ONE + 'every = "1d"\narguments = ["7d"]', "not a table"),
        (NODES + ONE + 'every = "1d"\nsettings = { "-a" = "x" }', "not a table of setting names"),
        (NODES + ONE + 'every = "1d"\nnode = "c"', "not one of [nodes]: a, b"),
        (NODES + ONE + 'every = "1d"\nname = "Täglich"', "name='Täglich'"),
        (NODES + ONE + 'every = "1d"\nname = "../../etc"', "name='../../etc'"),
        (NODES + ONE + 'every = "1d"\npriority = true', "priority=True: not a number"),
        (NODES + ONE + 'cron = "*/15 * * *"', "cron='*/15 * * *': not five fields"),
        (NODES + ONE + 'cron = "0 0 30 2 *"', "cron='0 0 30 2 *'"),
        (NODES + ONE + 'cron = "* * * * * *"', "cron='* * * * * *'"),
        (NODES + ONE + 'cron = "@daily"', "cron='@daily'"),
        (NODES + ONE + 'cron = "0 3 * * *"\nevery = "1d"', "cron replaces every and at"),
        (NODES + '[[crawl]]\nsites = ["nosuch"]\nevery = "1d"', "no site is called 'nosuch'"),
        (NODES + '[[crawl]]\nsites = "rferl"\nevery = "1d"', "sites='rferl': not a list"),
        (NODES + (ONE + 'every = "1d"\n') * 2, "two crawls of rferl are called 'latest'"),
        ("a" * 2_000_000, "is larger than"),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_mistake_in_the_file_gives_a_message_that_says_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        schedule_from(text, SITES, check)
    assert message in str(caught.value)


@given(st.text(max_size=300))
def test_any_text_is_a_schedule_or_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        schedule_from(text + "\n[nope]", SITES, check)
