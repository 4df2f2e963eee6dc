"""Idle connections, kept for the next request to where they lead."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable

from newscrawl.recording.connection import Connection

IDLE_SECONDS = 240.0
"""How long a connection is kept idle, as Scrapy's own handler does."""


class IdleConnections:
    """At most ``per_route`` idle connections for each route: an origin, or a proxy, and how it is reached."""

    def __init__(self, per_route: int, idle_seconds: float = IDLE_SECONDS) -> None:
        self._per_route = per_route
        self._idle_seconds = idle_seconds
        self._routes: dict[Hashable, deque[Connection]] = {}
        self._sweep: asyncio.TimerHandle | None = None
        self._closed = False

    def take(self, route: Hashable) -> Connection | None:
        """Return the connection that was put back last, which the server is least likely to have closed; or None."""
        connections = self._routes.get(route)
        while connections:
            connection = connections.pop()
            if connection.is_open:
                return connection
        return None

    def put(self, route: Hashable, connection: Connection) -> None:
        """Keep ``connection``, or close it where there are enough."""
        connections = self._routes.setdefault(route, deque())
        if self._closed or (self._per_route and len(connections) >= self._per_route):
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.idle_since = loop.time()
        connections.append(connection)
        if self._sweep is None:
            self._sweep = loop.call_later(self._idle_seconds, self._close_oldest)

    def _close_oldest(self) -> None:
        loop = asyncio.get_running_loop()
        before = loop.time() - self._idle_seconds
        for route, connections in list(self._routes.items()):
            while connections and (connections[0].idle_since <= before or not connections[0].is_open):
                connections.popleft().close()
            if not connections:
                del self._routes[route]
        self._sweep = loop.call_later(self._idle_seconds, self._close_oldest) if self._routes else None

    def close(self) -> None:
        """Close all of them, and whatever is put back from now on."""
        self._closed = True
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        for connections in self._routes.values():
            for connection in connections:
                connection.close()
        self._routes.clear()
