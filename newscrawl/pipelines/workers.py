"""Processes that run the article pipelines beside the reactor: the costliest part of a crawl, on another core.

With the pipelines in the reactor a crawl is limited by their CPU (docs/performance.md). Threads gain nothing, since the
interpreter runs one at a time; for the same reason the pipes are served by the reactor itself and not by the threads of
an executor, which cost 1 ms a page.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import signal
import socket
import struct
import threading
from collections import deque
from multiprocessing.connection import wait as wait_for
from typing import Any, cast

from newscrawl.errors import ExtractionDied
from newscrawl.pipelines.chain import Chain

logger = logging.getLogger(__name__)

CONTEXT = multiprocessing.get_context("spawn")
"""A fresh interpreter for each process: forking would copy the parent's threads and locks in whatever state."""
CLOSE_SECONDS = 10
"""How long a process may take to end before it is killed: it has nothing left to do."""
_LENGTH = struct.Struct("<Q")


class ChainProcesses:
    """Runs the chain of ``paths`` on items, in as many processes as it is told; survives the death of any of them."""

    def __init__(self, paths: list[str], processes: int) -> None:
        self._paths = paths
        self._wanted = processes
        self._workers: list[_Worker] = []
        self._alone = asyncio.Lock()
        self.deaths = 0

    async def ready(self) -> None:
        """Returns when the processes have loaded the pipelines.

        Raises:
            ExtractionDied: one of them could not.
        """
        for _ in range(self._wanted):
            self._workers.append(await _Worker.started(self._paths))

    async def folded(self, item: Any) -> Any:
        """What the pipelines make of ``item``; raises what they raise.

        Raises:
            ExtractionDied: the process died of this very item.
        """
        if not self._workers:
            return await self._folded_alone(item)
        worker = min(self._workers, key=lambda one: one.waiting)
        try:
            return await worker.folded(item)
        except _Lost:
            await self._replace(worker)
            return await self._folded_alone(item)

    async def _folded_alone(self, item: Any) -> Any:
        """Once more, with no other item in the same process: so the one that kills it is known."""
        async with self._alone:
            worker = await _Worker.started(self._paths)
            try:
                return await worker.folded(item)
            except _Lost as error:
                raise ExtractionDied(f"the process that read {item.url} died: out of memory, or a fault") from error
            finally:
                worker.close()

    async def _replace(self, lost: _Worker) -> None:
        if lost in self._workers:
            self._workers.remove(lost)
            self.deaths += 1
            logger.error("a process that runs the article pipelines died; the next one takes over")
            lost.close()
            self._workers.append(await _Worker.started(self._paths))

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.close()
        self._workers.clear()


class _Lost(Exception):  # noqa: N818 - names what happened
    """The process ended with work left."""


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, process: Any, sock: socket.socket, channel: _Channel) -> None:
        self._process, self._sock, self._channel = process, sock, channel

    @classmethod
    async def started(cls, paths: list[str]) -> _Worker:
        """A process that has loaded the pipelines.

        Raises:
            ExtractionDied: it could not.
        """
        ours, theirs = socket.socketpair()
        process = CONTEXT.Process(target=_serve, args=(theirs, paths), daemon=True)
        process.start()
        theirs.close()
        ours.setblocking(False)
        _, channel = await asyncio.get_running_loop().create_connection(_Channel, sock=ours)
        worker = cls(process, ours, channel)
        try:
            await channel.answer()
        except _Lost as error:
            worker.close()
            raise ExtractionDied("a process could not load the article pipelines; the log says why") from error
        return worker

    @property
    def waiting(self) -> int:
        """Items that it was given and has not answered."""
        return len(self._channel.waiting)

    async def folded(self, item: Any) -> Any:
        """What the pipelines make of ``item``, in the order of asking."""
        self._channel.send(item)
        raised, result = await self._channel.answer()
        if raised:
            raise result
        return result

    def close(self) -> None:
        """End the process: it ends when its input does."""
        self._channel.close()
        self._process.join(CLOSE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


class _Channel(asyncio.Protocol):
    """Pickled items out, pickled answers in, each behind its length; answers come in the order of the items."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[Any]] = deque()
        self._received = bytearray()
        self._transport: asyncio.WriteTransport | None = None
        self._lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def send(self, item: Any) -> None:
        if self._transport is not None and not self._lost:
            self._transport.write(_framed(item))

    def answer(self) -> asyncio.Future[Any]:
        """The next answer that nobody waits for yet."""
        future = asyncio.get_running_loop().create_future()
        if self._lost:
            future.set_exception(_Lost())
        else:
            self.waiting.append(future)
        return future

    def data_received(self, data: bytes) -> None:
        self._received += data
        while len(self._received) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                return
            answer = pickle.loads(self._received[_LENGTH.size : end])  # noqa: S301 - from our own process
            del self._received[:end]
            future = self.waiting.popleft()
            if not future.done():
                future.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._lost = True
        for future in self.waiting:
            if not future.done():
                future.set_exception(_Lost())
        self.waiting.clear()

    def close(self) -> None:
        """No more items: the end of its input is the end of the process."""
        if self._transport is not None and not self._lost:
            sock = self._transport.get_extra_info("socket")
            sock.shutdown(socket.SHUT_WR)
            self._transport.close()


def _framed(message: Any) -> bytes:
    data = pickle.dumps(message, protocol=5)
    return _LENGTH.pack(len(data)) + data


def _serve(sock: socket.socket, paths: list[str]) -> None:
    """What the process does: load the pipelines, say so, answer each item until there are no more."""
    become_child()
    # A service that is stopped tells all its processes; this one ends with its input, when the crawl has no more items.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    chain = Chain.from_paths(paths)
    sock.sendall(_framed((False, None)))
    with sock.makefile("rb", buffering=1024 * 1024) as items:
        while len(head := items.read(_LENGTH.size)) == _LENGTH.size:
            item = pickle.loads(items.read(_LENGTH.unpack(head)[0]))  # noqa: S301 - from our own parent
            sock.sendall(_answer(chain, item))


def _answer(chain: Chain, item: Any) -> bytes:
    try:
        return _framed((False, chain.folded(item)))
    except Exception as error:  # noqa: BLE001 - whatever a pipeline raises is raised in the crawl
        return _framed_error(error)


def _framed_error(error: Exception) -> bytes:
    try:
        framed = _framed((True, error))
        pickle.loads(framed[_LENGTH.size :])  # noqa: S301 - what was just made
    except Exception:  # noqa: BLE001 - pickle runs what the error's class says
        return _framed((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return framed


def become_child() -> None:
    """What a process of a pool does first: leave interrupts to its parent, and end with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork has its parent's handler
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait_for([parent.sentinel])
    os._exit(1)  # nobody will ask for results any more
