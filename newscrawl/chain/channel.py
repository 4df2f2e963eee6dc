"""The pipe to a worker process: pickled messages, each after its length in bytes."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from collections import deque
from typing import Any, cast

LENGTH = struct.Struct("<Q")
"""Written before each message: its number of bytes."""


class Lost(Exception):  # noqa: N818 - names the state
    """The process ended before it had answered."""


class Channel(asyncio.Protocol):
    """Sends pickled items and receives pickled answers, in the order of the items."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[Any]] = deque()
        self._received = bytearray()
        self._transport: asyncio.WriteTransport | None = None
        self._lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def send(self, item: Any) -> None:
        """Send one more item to the process."""
        if self._transport is not None and not self._lost:
            self._transport.write(framed(item))

    def answer(self) -> asyncio.Future[Any]:
        """Return the future of the next answer that has none yet.

        The future raises :class:`Lost` when the process ends first.
        """
        future = asyncio.get_running_loop().create_future()
        if self._lost:
            future.set_exception(Lost())
        else:
            self.waiting.append(future)
        return future

    def data_received(self, data: bytes) -> None:
        """Resolve the futures of the answers that are complete."""
        self._received += data
        while len(self._received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                return
            answer = pickle.loads(self._received[LENGTH.size : end])  # noqa: S301 - from our own process
            del self._received[:end]
            future = self.waiting.popleft()
            if not future.done():
                future.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Fail the futures of all answers that will never come."""
        self._lost = True
        for future in self.waiting:
            if not future.done():
                future.set_exception(Lost())
        self.waiting.clear()

    def close(self) -> None:
        """Send no more items. The process ends when its input does."""
        if self._transport is not None and not self._lost:
            sock = self._transport.get_extra_info("socket")
            sock.shutdown(socket.SHUT_WR)
            self._transport.close()


def framed(message: Any) -> bytes:
    """Return ``message`` as it is sent: its length, then its pickle."""
    data = pickle.dumps(message, protocol=5)
    return LENGTH.pack(len(data)) + data


def framed_error(error: Exception) -> bytes:
    """Return the answer that raises ``error`` in the parent; an error that cannot be pickled becomes a RuntimeError."""
    try:
        answer = framed((True, error))
        pickle.loads(answer[LENGTH.size :])  # noqa: S301 - made in the line above
    except Exception:  # noqa: BLE001 - pickle calls methods of the error's class, which may raise anything
        return framed((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer
