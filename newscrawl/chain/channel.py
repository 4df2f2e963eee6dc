"""The pipe to a process that runs the article pipelines: pickled messages, each behind its length."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from collections import deque
from typing import Any, cast

LENGTH = struct.Struct("<Q")
"""What stands before each message: its bytes."""


class Lost(Exception):  # noqa: N818 - names what happened
    """The process ended with work left."""


class Channel(asyncio.Protocol):
    """Pickled items out, pickled answers in, each behind its length; answers come in the order of the items."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[Any]] = deque()
        self._received = bytearray()
        self._transport: asyncio.WriteTransport | None = None
        self._lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def send(self, item: Any) -> None:
        """One more item for the process."""
        if self._transport is not None and not self._lost:
            self._transport.write(framed(item))

    def answer(self) -> asyncio.Future[Any]:
        """The next answer that nobody waits for yet."""
        future = asyncio.get_running_loop().create_future()
        if self._lost:
            future.set_exception(Lost())
        else:
            self.waiting.append(future)
        return future

    def data_received(self, data: bytes) -> None:
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
        self._lost = True
        for future in self.waiting:
            if not future.done():
                future.set_exception(Lost())
        self.waiting.clear()

    def close(self) -> None:
        """No more items: the end of its input is the end of the process."""
        if self._transport is not None and not self._lost:
            sock = self._transport.get_extra_info("socket")
            sock.shutdown(socket.SHUT_WR)
            self._transport.close()


def framed(message: Any) -> bytes:
    """``message`` as it crosses the pipe."""
    data = pickle.dumps(message, protocol=5)
    return LENGTH.pack(len(data)) + data


def framed_error(error: Exception) -> bytes:
    """The answer that raises ``error`` on the other side, or where that cannot be pickled one that says the same."""
    try:
        answer = framed((True, error))
        pickle.loads(answer[LENGTH.size :])  # noqa: S301 - what was just made
    except Exception:  # noqa: BLE001 - pickle runs what the error's class says
        return framed((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer
