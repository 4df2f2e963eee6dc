"""Connect a crawl to Redis and to its frontier there, once for the scheduler and the gate."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from scrapy_redis.connection import get_redis_from_settings

from newscrawl.crawl_context import CrawlContext
from newscrawl.frontier.store import FrontierStore

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

PATIENCE_SECONDS = 120
"""How long a crawl waits for a Redis that does not answer. A restart with its data takes Redis about a minute."""


def redis_of(crawler: Crawler) -> Redis:
    """Return the client that ``REDIS_URL`` and the other settings of scrapy-redis describe, one for each crawl."""
    return CrawlContext.of(crawler).shared(Redis, lambda: _client(crawler))


def store_of(crawler: Crawler) -> FrontierStore:
    """Return the frontier that ``FRONTIER_NAME`` names, with this crawl as one of its workers."""
    return CrawlContext.of(crawler).shared(FrontierStore, lambda: _store(crawler))


def _client(crawler: Crawler) -> Redis:
    server: Redis = get_redis_from_settings(crawler.settings)
    # One more try on a fresh connection; more would stop the whole crawl, downloads included.
    server.set_retry(Retry(NoBackoff(), 1))
    return server


def _store(crawler: Crawler) -> FrontierStore:
    worker = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
    lease_ms = round(crawler.settings.getfloat("FRONTIER_LEASE") * 1000)
    return FrontierStore(redis_of(crawler), crawler.settings["FRONTIER_NAME"], worker, lease_ms)
