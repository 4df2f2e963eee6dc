"""The Redis of a crawl and its frontier in it: one connection a crawler, for the scheduler and the gate."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, cast

from redis.backoff import NoBackoff
from redis.retry import Retry
from scrapy_redis.connection import get_redis_from_settings

from newscrawl.frontier.store import FrontierStore

if TYPE_CHECKING:
    from redis import Redis
    from scrapy.crawler import Crawler

PATIENCE_SECONDS = 120
"""How long a crawl waits for a Redis that does not answer: it is back from a restart with its data in a minute."""

_SERVER = "newscrawl_frontier_redis"
_STORE = "newscrawl_frontier_store"
"""Attributes of the crawler: connection and store live as long as it does."""


def redis_of(crawler: Crawler) -> Redis:
    """The client that ``REDIS_URL`` and the other settings of scrapy-redis describe, the same for all components."""
    server = vars(crawler).get(_SERVER)
    if server is None:
        server = get_redis_from_settings(crawler.settings)
        # One more try on a fresh connection; more would have the whole crawl stand still, downloads included.
        server.set_retry(Retry(NoBackoff(), 1))
        setattr(crawler, _SERVER, server)
    return cast("Redis", server)


def store_of(crawler: Crawler) -> FrontierStore:
    """The frontier that ``FRONTIER_NAME`` names, seen by this crawl as one of its workers."""
    store = vars(crawler).get(_STORE)
    if store is None:
        worker = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
        lease_ms = round(crawler.settings.getfloat("FRONTIER_LEASE") * 1000)
        store = FrontierStore(redis_of(crawler), crawler.settings["FRONTIER_NAME"], worker, lease_ms)
        setattr(crawler, _STORE, store)
    return cast("FrontierStore", store)
