"""What is said of each page: at DEBUG as Scrapy says it, above it nothing; and the statistics that count it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from newscrawl.capture import Capture
from newscrawl.chain.drops import NoArticle
from newscrawl.scrapy_overrides.log_formatter import PageLogFormatter
from newscrawl.scrapy_overrides.statistics import Statistics

REQUEST = Request("http://a.test/")
RESPONSE = Response("http://a.test/", request=REQUEST)
SPIDER = Spider(name="a")


@pytest.mark.parametrize("level", ["DEBUG", "debug", 10, "NOTSET"])
def test_all_is_said_where_it_is_read(level: str | int) -> None:
    ours = PageLogFormatter.from_crawler(get_crawler(settings_dict={"LOG_LEVEL": level}))
    theirs = LogFormatter()
    assert ours.crawled(REQUEST, RESPONSE, SPIDER) == theirs.crawled(REQUEST, RESPONSE, SPIDER)
    assert ours.scraped({}, RESPONSE, SPIDER) == theirs.scraped({}, RESPONSE, SPIDER)


@pytest.mark.parametrize("level", ["INFO", "WARNING", 40])
def test_nothing_is_made_up_where_it_is_not(level: str | int) -> None:
    ours = PageLogFormatter.from_crawler(get_crawler(settings_dict={"LOG_LEVEL": level}))
    assert ours.crawled(REQUEST, RESPONSE, SPIDER) is None
    assert ours.scraped({}, RESPONSE, SPIDER) is None
    dropped = ours.dropped({}, ValueError(), RESPONSE, Spider.from_crawler(get_crawler(), name="a"))
    assert dropped["level"]  # what was dropped, or failed, is said at any level


def test_a_page_that_is_dropped_or_fails_is_named_not_written_out() -> None:
    ours = PageLogFormatter()
    capture = Capture("http://a.test/1", datetime(2026, 1, 1, tzinfo=UTC), 200, (), b"the whole page")
    spider = Spider.from_crawler(get_crawler(), name="a")

    dropped = ours.dropped(capture, NoArticle(capture.url, "status 404"), RESPONSE, spider)
    failed = ours.item_error(capture, ValueError("x"), RESPONSE, spider)

    assert dropped["msg"] % dropped["args"] == "Dropped: no article at http://a.test/1: status 404"
    assert failed["msg"] % failed["args"] == "Error processing http://a.test/1"
    other = ours.item_error({"a": 1}, ValueError("x"), RESPONSE, spider)
    assert other["msg"] % other["args"] == "Error processing {'a': 1}"


def test_statistics_count_as_scrapy_counts() -> None:
    for collector in (Statistics(get_crawler()), MemoryStatsCollector(get_crawler())):
        collector.inc_value("pages")
        collector.inc_value("pages", 2)
        collector.max_value("depth", 3)
        collector.max_value("depth", 1)
        collector.min_value("least", 1)
        collector.set_value("file", "a")
        assert collector.get_stats() == {"pages": 3, "depth": 3, "least": 1, "file": "a"}
