"""Share the politeness of all workers: the delay between requests to a host, and the number that run at a time."""

from __future__ import annotations

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from redis.exceptions import RedisError
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.asyncio import call_later, create_looping_call
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.internet.defer import Deferred

from newscrawl.fetch_record import fetch_record
from newscrawl.frontier.connection import PATIENCE_SECONDS, redis_of, store_of

if TYPE_CHECKING:
    from redis import Redis
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""Seconds between two checks whether one of the running requests has ended."""
REDIS_RETRY_SECONDS = 1.0

# 0: go; above 0: ask again after so many milliseconds; -1: the lease was lost, another worker has the request.
_ENTER = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[5] ~= '' and redis.call('HGET', KEYS[3], ARGV[5]) ~= ARGV[6] then return -1 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return tonumber(ARGV[7]) end
local wait = tonumber(redis.call('GET', KEYS[2]) or 0) - now
if wait > 0 then return wait end
redis.call('SET', KEYS[2], string.format('%.0f', now + ARGV[1]), 'PX', ARGV[1] + 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[4]), ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 0
"""

_STAY = """
local time = redis.call('TIME')
local until_when = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1])
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], until_when, ARGV[i]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
"""


class HostGate:
    """The limits of every host, kept in Redis; all times are those of its clock."""

    def __init__(self, server: Redis, worker: str, owners_key: str) -> None:
        self._server = server
        self._worker = worker
        self._owners_key = owners_key
        self._enter = server.register_script(_ENTER)
        self._stay = server.register_script(_STAY)

    def enter(self, host: str, ticket: str, request_id: str, delay: float, at_a_time: int, hold: float) -> float | None:
        """Return 0 to go now, seconds to wait before the next try, or None if another worker has this request.

        ``ticket`` is one of the ``at_a_time`` places until :meth:`leave`, or until ``hold`` seconds have passed.
        """
        delay_ms, hold_ms, poll_ms = round(delay * 1000), round(hold * 1000), round(POLL_SECONDS * 1000)
        arguments: list[str | int] = [delay_ms, max(at_a_time, 1), ticket, hold_ms, request_id, self._worker, poll_ms]
        keys = [*self._keys(host), self._owners_key]
        wait: Any = self._enter(keys=keys, args=arguments)
        return None if wait < 0 else wait / 1000

    def stay(self, host: str, tickets: Iterable[str], hold: float) -> None:
        """Keep the places of running requests for another ``hold`` seconds."""
        self._stay(keys=self._keys(host)[:1], args=[round(hold * 1000), *tickets])

    def leave(self, host: str, ticket: str) -> None:
        """Free the place of a request that has ended."""
        self._server.zrem(self._keys(host)[0], ticket)

    def _keys(self, host: str) -> list[str]:
        return [f"newscrawl:host:{host}:running", f"newscrawl:host:{host}:next"]


class GatedDownloadHandler:
    """Holds each request until its host has room, then passes it to ``FRONTIER_DOWNLOAD_HANDLER``.

    It stands here, behind Scrapy's own delay and last before the wire, so that robots.txt, redirects and retries come
    through it as well, and what it spaces is what the site sees. How far apart and how many at a time is what this
    worker's downloader slot says: DOWNLOAD_DELAY and what AutoThrottle made of it.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        path = crawler.settings["FRONTIER_DOWNLOAD_HANDLER"]
        self._handler: Any = build_from_crawler(load_object(path), crawler)
        store = store_of(crawler)
        self._gate = HostGate(redis_of(crawler), store.worker, f"{store.prefix}owners")
        # A worker that dies leaves its places, too, when its leases end.
        self._hold = crawler.settings.getfloat("FRONTIER_LEASE")
        self._inside: defaultdict[str, set[str]] = defaultdict(set)
        self._stay = create_looping_call(self._renew)
        self._stay.start(self._hold / 3, now=False)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the handler for Scrapy."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the response, once the host has room for the request.

        Raises:
            IgnoreRequest: another worker took the request over, because this one seemed dead.
        """
        host = urlparse_cached(request).hostname or ""
        ticket = uuid.uuid4().hex
        await self._pass(request, host, ticket)
        try:
            response: Response = await self._handler.download_request(request)
            return response
        finally:
            self._leave(host, ticket)

    async def close(self) -> None:
        """Close the handler behind the gate."""
        self._stay.stop()
        await self._handler.close()

    async def _pass(self, request: Request, host: str, ticket: str) -> None:
        started = time.monotonic()
        while True:
            try:
                wait = self._ask(request, host, ticket)
            except RedisError as error:
                self._count("frontier/redis_errors")
                if time.monotonic() - started > PATIENCE_SECONDS:
                    raise
                logger.warning("Redis does not answer, %s waits: %s", request, error)
                wait = REDIS_RETRY_SECONDS
            if wait is None:
                self._count("frontier/lost_leases")
                raise IgnoreRequest(f"{request.url} was taken over by another worker")
            if not wait:
                self._inside[host].add(ticket)
                return
            self._count("frontier/waits")
            await _sleep(wait)

    def _ask(self, request: Request, host: str, ticket: str) -> float | None:
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", host))
        settings = self._crawler.settings
        delay = slot.delay if slot else settings.getfloat("DOWNLOAD_DELAY")
        at_a_time = slot.concurrency if slot else settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        return self._gate.enter(host, ticket, fetch_record(request).frontier_id or "", delay, at_a_time, self._hold)

    def _renew(self) -> None:
        try:
            for host, tickets in self._inside.items():
                if tickets:
                    self._gate.stay(host, tickets, self._hold)
        except RedisError as error:
            self._count("frontier/redis_errors")
            logger.warning("Redis does not answer, places may go to other workers: %s", error)

    def _leave(self, host: str, ticket: str) -> None:
        self._inside[host].discard(ticket)
        try:
            self._gate.leave(host, ticket)
        except RedisError as error:
            self._count("frontier/redis_errors")
            logger.warning("Redis does not answer, a place at %s stays taken for a while: %s", host, error)

    def _count(self, name: str) -> None:
        self._crawler.stats.inc_value(name)


async def _sleep(seconds: float) -> None:
    waiting: Deferred[None] = Deferred()
    call_later(seconds, waiting.callback, None)
    await maybe_deferred_to_future(waiting)
