"""Schedule requests through the shared frontier, in place of Scrapy's own queue."""

from __future__ import annotations

import logging
import time
from collections import deque
from typing import TYPE_CHECKING, Self

from redis.exceptions import RedisError
from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from newscrawl.fetch_record import update_fetch_record
from newscrawl.frontier.connection import PATIENCE_SECONDS, store_of
from newscrawl.frontier.serialization import NotSerializable, deserialized, serialized
from newscrawl.site import Site
from newscrawl.state import CrawlState

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

    from newscrawl.state.batch import Batch

logger = logging.getLogger(__name__)

SETTLE_SECONDS = 0.1
"""Seconds. What a worker finished within them before it was killed may be fetched again."""


class SharedScheduler(BaseScheduler):
    """Queues requests for all workers of a frontier and takes from all of them.

    A request is done when Scrapy has dealt with it wholly: downloaded, its callback run, the requests from it queued
    here, its items through all pipelines, and their lines on the disk. Only then its lease ends; what a killed worker
    was at is fetched again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store = store_of(crawler)
        self._state = CrawlState.of(crawler)
        self._taken: dict[Request, str] = {}
        self._dealt_with: list[tuple[str, tuple[Batch, ...]]] = []
        """Requests that are done, with the batches that must be on the disk before Redis learns of it."""
        self._own: deque[Request] = deque()
        """Requests that only this process can fetch, because they cannot be serialised."""
        self._unsent: deque[Request] = deque()
        """Requests that wait for Redis to come back."""
        self._silent_since: float | None = None
        self._renewal = create_looping_call(self._renew)
        self._settlement = create_looping_call(self._settle_or_wait)
        # The state commits its last batch when the spider is closed, after the scheduler.
        crawler.signals.connect(self._leave, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the scheduler for Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:  # noqa: ARG002 - Scrapy's signature
        """Join the frontier.

        Raises:
            redis.RedisError: Redis does not answer.
        """
        unfinished = self._store.unfinished()
        logger.info("%s joins %s, where %d requests are unfinished", self._store.worker, self._store.prefix, unfinished)
        self._renewal.start(self._crawler.settings.getfloat("FRONTIER_LEASE") / 3, now=False)
        self._settlement.start(SETTLE_SECONDS, now=False)

    def close(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        """Take and renew nothing more; what is dealt with is told when the last of it is on the disk."""
        self._renewal.stop()
        self._settlement.stop()
        try:
            self._send_unsent()
        except RedisError:
            logger.exception("Redis does not answer: not queued: %s", self._unsent)

    def _leave(self) -> None:
        """Leave the frontier; the last worker to leave a finished one has it forgotten, in a week."""
        try:
            self._settle()
            if not self._store.unfinished():
                self._store.forget_later()
        except RedisError:
            logger.exception("Redis does not answer: what this worker had is fetched again")

    def has_pending_requests(self) -> bool:
        """Return whether anything is unfinished, also at another worker: it may bring more requests, or die."""
        if self._own or self._unsent:
            return True
        try:
            self._settle()
            return self._store.unfinished() > 0
        except RedisError as error:
            self._no_answer(error)
            return True

    def enqueue_request(self, request: Request) -> bool:
        """Queue ``request`` for whoever comes first; False when any worker queued the same before."""
        try:
            return self._add(request)
        except NotSerializable as error:
            logger.warning("%s stays with this worker: %s", request, error)
            self._count("unserializable")
            self._own.append(request)
        except RedisError as error:
            self._no_answer(error)
            self._unsent.append(request)
        return True

    def next_request(self) -> Request | None:
        """Return the next request of the frontier; None where there is nothing to do now."""
        if self._own:
            return self._own.popleft()
        try:
            self._send_unsent()
            self._settle()
            return self._take()
        except RedisError as error:
            self._no_answer(error)
            return None

    def give_back(self, request: Request) -> None:
        """Give ``request`` up, because this worker stops: another one fetches it when its lease expires."""
        self._taken.pop(request, None)

    def _add(self, request: Request) -> bool:
        added = self._store.add(serialized(request, self._spider), request.priority, self._identity(request))
        self._answered()
        self._count("added" if added else "known")
        return added

    def _identity(self, request: Request) -> bytes | None:
        """Return what two requests for the same page share; None where the request is never a duplicate.

        An article has many URLs, and each worker may come upon another one: its id decides. But for the one that it
        redirects to, which is the same article and not yet fetched.
        """
        if request.dont_filter:
            return None
        site = getattr(self._spider, "site", None)
        if isinstance(site, Site) and request.method == "GET" and "redirect_urls" not in request.meta:
            article_id = site.article_id(request.url)
            if article_id is not None:
                return f"article {article_id}".encode()
        return self._crawler.request_fingerprinter.fingerprint(request)

    def _take(self) -> Request | None:
        while True:
            taken = self._store.take()
            self._answered()
            self._count("regained", taken.regained)
            self._count("abandoned", taken.abandoned)
            if taken.request_id is None:
                return None
            try:
                request = deserialized(taken.data, self._spider)
            except ValueError as error:
                logger.error("The frontier holds what is no request, %s", error)  # noqa: TRY400 - no trace needed
                self._count("malformed")
                self._store.done([taken.request_id])
                continue
            update_fetch_record(request, frontier_id=taken.request_id)
            self._taken[request] = taken.request_id
            self._count("taken")
            return request

    def _settle(self) -> None:
        """Report to Redis what is done: requests whose results are on the disk."""
        # Scrapy has no signal for "wholly dealt with"; this is the set that it itself waits for when it closes.
        slot = self._crawler.engine._slot
        in_progress = slot.inprogress if slot is not None else ()
        for request in [request for request in self._taken if request not in in_progress]:
            self._dealt_with.append((self._taken.pop(request), tuple(self._state.batches)))
        done = [request_id for request_id, batches in self._dealt_with if not self._waits_for(batches)]
        if done:
            self._count("done", self._store.done(done))
            self._dealt_with = [each for each in self._dealt_with if each[0] not in done]

    def _waits_for(self, batches: tuple[Batch, ...]) -> bool:
        """Return whether any of ``batches`` holds something that is not on the disk."""
        return any(batch and batch is waiting for batch in batches for waiting in self._state.batches)

    def _settle_or_wait(self) -> None:
        try:
            self._settle()
        except RedisError as error:
            self._no_answer(error)

    def _renew(self) -> None:
        try:
            held = [*self._taken.values(), *(request_id for request_id, _ in self._dealt_with)]
            if lost := self._store.renew(held):
                logger.warning("%d requests went to other workers: this one was away for too long", lost)
        except RedisError as error:
            self._no_answer(error)

    def _send_unsent(self) -> None:
        while self._unsent:
            self._add(self._unsent[0])
            self._unsent.popleft()

    def _answered(self) -> None:
        self._silent_since = None

    def _no_answer(self, error: RedisError) -> None:
        self._count("redis_errors")
        now = time.monotonic()
        if self._silent_since is None:
            self._silent_since = now
            logger.warning("Redis does not answer, the crawl waits: %s", error)
        elif now - self._silent_since > PATIENCE_SECONDS and self._crawler.crawling:
            self._silent_since = now
            logger.error("Redis did not answer for %d s: the crawl ends", PATIENCE_SECONDS)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason="frontier_lost"))

    def _count(self, what: str, count: int = 1) -> None:
        if count:
            self._crawler.stats.inc_value(f"frontier/{what}", count)

    @property
    def _spider(self) -> Spider:
        spider = self._crawler.spider
        assert spider is not None
        return spider
