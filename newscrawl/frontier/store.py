"""Keep the frontier in Redis: what is to be fetched, who fetches what, what was seen. Each step is an atomic script.

A worker holds a lease on each request that it took, and renews it while it lives. All times are those of Redis, so
the clocks of the workers do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis import Redis

MAX_LOSSES = 3
"""A request whose worker died this many times is set aside: it probably kills them."""
RETENTION_SECONDS = 7 * 24 * 3600
"""Seconds for which a finished frontier is kept, so that a late worker finds that everything is done."""

_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""

# Scores of waiting requests: higher priority first, then first come, first served. Doubles count exactly to 2^53:
# 2^40 requests of priorities from -4000 to 4000; what was lost comes before all.
_ADD = """
if ARGV[1] ~= '' and redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 0 end
local id = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[3], id, ARGV[3])
redis.call('ZADD', KEYS[4], string.format('%.0f', id - ARGV[2] * 2^40), id)
return id
"""

_TAKE = (
    _NOW
    + """
local regained, abandoned = 0, 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do
    redis.call('ZREM', KEYS[2], id)
    redis.call('HDEL', KEYS[3], id)
    if redis.call('HINCRBY', KEYS[4], id, 1) >= tonumber(ARGV[3]) then
        redis.call('RPUSH', KEYS[6], id)
        abandoned = abandoned + 1
    else
        redis.call('ZADD', KEYS[1], string.format('%.0f', -(2^52)), id)
        regained = regained + 1
    end
end
local first = redis.call('ZPOPMIN', KEYS[1])
if #first == 0 then return {regained, abandoned} end
local id = first[1]
redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[2]), id)
redis.call('HSET', KEYS[3], id, ARGV[1])
return {regained, abandoned, id, redis.call('HGET', KEYS[5], id)}
"""
)

_DONE = """
local done = 0
for i = 2, #ARGV do
    if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[1] then
        for _, key in ipairs({KEYS[2], KEYS[3], KEYS[4]}) do redis.call('HDEL', key, ARGV[i]) end
        redis.call('ZREM', KEYS[1], ARGV[i])
        done = done + 1
    end
end
return done
"""

_RENEW = (
    _NOW
    + """
local lost = 0
for i = 3, #ARGV do
    if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[1] then
        redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[i])
    else
        lost = lost + 1
    end
end
return lost
"""
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of :meth:`FrontierStore.take`."""

    request_id: str | None
    """None where there is nothing to do now."""
    data: bytes
    regained: int
    """Requests of dead workers that were put back in this step."""
    abandoned: int
    """Requests set aside in this step because their workers died :data:`MAX_LOSSES` times."""


class FrontierStore:
    """The frontier ``name``, as used by the worker ``worker``.

    All methods raise ``redis.RedisError`` when Redis does not answer.
    """

    def __init__(self, server: Redis, name: str, worker: str, lease_ms: int) -> None:
        self._server = server
        self.worker = worker
        self._lease_ms = lease_ms
        # The braces keep all keys on one node of a Redis cluster, as scripts need it.
        self.prefix = f"newscrawl:frontier:{{{name}}}:"
        self._add = server.register_script(_ADD)
        self._take = server.register_script(_TAKE)
        self._done = server.register_script(_DONE)
        self._renew = server.register_script(_RENEW)

    def add(self, data: bytes, priority: int, identity: bytes | None) -> bool:
        """Queue a request; False when ``identity`` was queued before. None is never the same as another."""
        keys = self._keys("seen", "number", "requests", "waiting")
        bounded = max(-4000, min(4000, priority))
        return bool(self._add(keys=keys, args=[identity or b"", bounded, data]))

    def take(self) -> Taken:
        """Lease the next request; those of dead workers come first."""
        keys = self._keys("waiting", "leased", "owners", "losses", "requests", "abandoned")
        answer: Any = self._take(keys=keys, args=[self.worker, self._lease_ms, MAX_LOSSES])
        regained, abandoned, *lent = answer
        request_id, data = lent if lent else (None, b"")
        return Taken(request_id.decode() if request_id else None, data or b"", int(regained), int(abandoned))

    def done(self, request_ids: Iterable[str]) -> int:
        """Remove finished requests, and return how many of them this worker still held."""
        keys = self._keys("leased", "owners", "requests", "losses")
        return int(self._done(keys=keys, args=[self.worker, *request_ids]))

    def renew(self, request_ids: Iterable[str]) -> int:
        """Renew the leases of requests, and return how many of them another worker has taken meanwhile."""
        keys = self._keys("leased", "owners")
        return int(self._renew(keys=keys, args=[self.worker, self._lease_ms, *request_ids]))

    def unfinished(self) -> int:
        """Return the number of requests that wait or are being fetched."""
        waiting, leased = self._keys("waiting", "leased")
        return int(self._server.zcard(waiting)) + int(self._server.zcard(leased))

    def forget_later(self) -> None:
        """Let Redis delete the finished frontier after :data:`RETENTION_SECONDS`."""
        names = ("seen", "number", "requests", "waiting", "leased", "owners", "losses", "abandoned")
        for key in self._keys(*names):
            self._server.expire(key, RETENTION_SECONDS)

    def _keys(self, *names: str) -> list[str]:
        return [self.prefix + name for name in names]
