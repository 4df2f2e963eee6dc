"""The connections of a crawl, each told by whom it is wanted before it is handed out."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.web.client import HTTPConnectionPool, _RetryingHTTP11ClientProtocol

from newscrawl.downloading.connection import RecordingFactory, RecordingProtocol
from newscrawl.downloading.tap import Recording


class RecordingPool(HTTPConnectionPool):
    """Hands out connections that record into :attr:`recording`, as it was when the connection was asked for."""

    def __init__(self, reactor: Any, max_per_host: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]  # Twisted's
        self.maxPersistentPerHost = max_per_host
        self._factory = RecordingFactory
        self.recording: Recording | None = None
        self.returned: RecordingProtocol | None = None
        """A connection whose next request is the one that its borrower has already written."""

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:
        """As its base class, for one request."""
        recording, self.recording = self.recording, None
        returned, self.returned = self.returned, None
        connection: Deferred[Any]
        if returned is None:
            connection = super().getConnection(key, endpoint)
        else:
            again = _RetryingHTTP11ClientProtocol(returned, lambda: self._newConnection(key, endpoint))  # type: ignore[no-untyped-call]
            connection = succeed(again)
        return connection if recording is None else connection.addCallback(_Recorded, recording)

    def idle_connection(self, key: Any) -> RecordingProtocol | None:
        """One that waits for a request; it is the caller's from now on."""
        connections = self._connections.get(key)
        while connections:
            connection: RecordingProtocol = connections.pop(0)
            self._timeouts.pop(connection).cancel()
            if connection.state == "QUIESCENT":
                return connection
        return None


class _Recorded:
    """A connection that is told, with its request, where to record it."""

    def __init__(self, connection: Any, recording: Recording) -> None:
        self._connection = connection
        self._recording = recording

    def request(self, request: Any) -> Deferred[Any]:
        request.recording = self._recording
        result: Deferred[Any] = self._connection.request(request)
        return result
