"""Scrapy's statistics, without what it puts before each look at them."""

from __future__ import annotations

from scrapy.statscollectors import MemoryStatsCollector


class Statistics(MemoryStatsCollector):
    """For the setting ``STATS_CLASS``.

    Scrapy 2.19 looks for a warning about an old argument whenever a method is looked up: 1.6 µs instead of 0.1 for each
    of the 14 figures that a page adds to.
    """

    __getattribute__ = object.__getattribute__
