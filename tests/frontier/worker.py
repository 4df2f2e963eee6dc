"""One crawl of the site at argv[1] with the settings NAME=VALUE that follow: the real spider, handler and scheduler.

The item pipelines are left out: what they do is tested elsewhere, and the site's pages hold no article.
"""

from __future__ import annotations

import sys
from importlib import import_module

from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

# A worker that finds nothing to do looks again after this many seconds (Scrapy: 5, which is as good but for tests).
ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.2

settings = Settings()
settings.setmodule(import_module("newscrawl.settings.development"), priority="project")
settings.update(
    {
        "ITEM_PIPELINES": {},
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "FRONTIER_LEASE": 2,
        **dict(option.split("=", 1) for option in sys.argv[2:]),
    },
    priority="cmdline",
)
process = AsyncCrawlerProcess(settings)
process.crawl("sample", base_url=sys.argv[1])
process.start()
