"""Processes that run the article pipelines beside the reactor: the costliest part of a crawl, on another core.

With the pipelines in the reactor a crawl is limited by their CPU (docs/performance.md). Threads gain nothing, since the
interpreter runs one at a time; for the same reason the pipes are served by the reactor itself and not by the threads of
an executor, which cost 1 ms a page.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import multiprocessing
import os
import pickle
import signal
import socket
import threading
from multiprocessing.connection import wait as wait_for
from typing import Any

from newscrawl.chain.chain import Chain
from newscrawl.chain.channel import LENGTH, Channel, Lost, framed, framed_error
from newscrawl.errors import ExtractionDied

logger = logging.getLogger(__name__)

CONTEXT = multiprocessing.get_context("spawn")
"""A fresh interpreter for each process: forking would copy the parent's threads and locks in whatever state."""
CLOSE_SECONDS = 10
"""How long a process may take to end before it is killed: it has nothing left to do."""


class ChainProcesses:
    """Runs the chain of ``paths`` on items, in as many processes as it is told; survives the death of any of them."""

    def __init__(self, paths: list[str], processes: int) -> None:
        self._paths = paths
        self._wanted = processes
        self._workers: list[_Worker] = []
        self._running: set[_Worker] = set()
        self._is_closed = False
        self._alone = asyncio.Lock()
        self.deaths = 0

    async def ready(self) -> None:
        """Returns when the processes have loaded the pipelines.

        Raises:
            ExtractionDied: one of them could not, or is to end already.
        """
        self._workers += await asyncio.gather(*(self._started() for _ in range(self._wanted)))

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
        except Lost:
            await self._replace(worker)
            return await self._folded_alone(item)

    async def _folded_alone(self, item: Any) -> Any:
        """Once more, with no other item in the same process: so the one that kills it is known."""
        async with self._alone:
            worker = await self._started()
            try:
                return await worker.folded(item)
            except Lost as error:
                raise ExtractionDied(f"the process that read {item.url} died: out of memory, or a fault") from error
            finally:
                self._end(worker)

    async def _replace(self, lost: _Worker) -> None:
        if lost in self._workers:
            self._workers.remove(lost)
            self.deaths += 1
            logger.error("a process that runs the article pipelines died; the next one takes over")
            self._end(lost)
            self._workers.append(await self._started())

    async def _started(self) -> _Worker:
        if self._is_closed:
            raise ExtractionDied("the crawl ends; no more processes are started")
        worker = _Worker(self._paths)
        self._running.add(worker)
        await worker.loaded()
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.close()
        self._running.discard(worker)

    def close(self) -> None:
        """End the processes, those too that have not finished starting."""
        self._is_closed = True
        self._workers.clear()
        for worker in tuple(self._running):
            self._end(worker)


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, paths: list[str]) -> None:
        self._sock, theirs = socket.socketpair()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, paths), daemon=True)
        self._process.start()
        # Where a crawl ends without closing its pipelines, the interpreter would wait for a process that still waits
        # for items; this comes before that, the last registered being the first that is run.
        atexit.register(self._process.kill)
        theirs.close()
        self._sock.setblocking(False)
        self._channel = Channel()
        self._is_loaded = False

    async def loaded(self) -> None:
        """Returns when the process has loaded the pipelines.

        Raises:
            ExtractionDied: it could not.
        """
        await asyncio.get_running_loop().create_connection(lambda: self._channel, sock=self._sock)
        try:
            await self._channel.answer()
        except Lost as error:
            self.close()
            raise ExtractionDied("a process could not load the article pipelines; the log says why") from error
        self._is_loaded = True

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
        """End the process: it ends when its input does, or at once if it is still loading."""
        self._channel.close()
        if self._is_loaded:
            self._process.join(CLOSE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        atexit.unregister(self._process.kill)


def _serve(sock: socket.socket, paths: list[str]) -> None:
    """What the process does: load the pipelines, say so, answer each item until there are no more."""
    become_child()
    # A service that is stopped tells all its processes; this one ends with its input, when the crawl has no more items.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    chain = Chain.from_paths(paths)
    sock.sendall(framed((False, None)))
    with sock.makefile("rb", buffering=1024 * 1024) as items:
        while len(head := items.read(LENGTH.size)) == LENGTH.size:
            item = pickle.loads(items.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our own parent
            sock.sendall(_answer(chain, item))


def _answer(chain: Chain, item: Any) -> bytes:
    try:
        return framed((False, chain.folded(item)))
    except Exception as error:  # noqa: BLE001 - whatever a pipeline raises is raised in the crawl
        return framed_error(error)


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
