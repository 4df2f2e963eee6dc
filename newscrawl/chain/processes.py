"""Worker processes that survive the death of any of them: one pool for crawls and replays.

A crawl runs the article pipelines in them, beside the reactor: with the pipelines in the reactor a crawl is limited by
their CPU time (docs/performance.md). Threads gain nothing, because the interpreter runs one at a time. For the same
reason the event loop serves the pipes and not the threads of an executor, which cost 1 ms a page.
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
import sys
import threading
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from typing import Any

from newscrawl.chain.chain import Chain
from newscrawl.chain.channel import LENGTH, Channel, Lost, framed, framed_error
from newscrawl.errors import ExtractionDied

logger = logging.getLogger(__name__)

SPAWN: BaseContext = multiprocessing.get_context("spawn")
"""A fresh interpreter for each process: a fork would copy the parent's threads and locks in whatever state they are."""
CLOSE_SECONDS = 10
"""Seconds that an idle process may take to end before it is killed."""

Service = Callable[[Any], Any]
"""What a worker process does with an item; it returns the answer."""


def process_context() -> BaseContext:
    """Return how to start processes: by fork where this process has one thread, else by spawn.

    A fork takes milliseconds, a fresh interpreter a second. A fork of a process with other threads would copy their
    locks in whatever state they are.
    """
    forking = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forking else "spawn")


class WorkerProcesses:
    """Answer items in several processes. An item whose process dies is tried once more, in a separate process."""

    def __init__(self, service: Callable[[], Service], processes: int, *, context: BaseContext = SPAWN) -> None:
        """Remember what to run.

        Args:
            service: makes the service within each worker process; it must be picklable.
            processes: how many worker processes :meth:`ready` starts.
            context: how processes are started.
        """
        self._service = service
        self._wanted = processes
        self._context = context
        self._workers: list[_Worker] = []
        self._running: set[_Worker] = set()
        self._is_closed = False
        self._retrying = asyncio.Lock()
        self.deaths = 0

    async def ready(self) -> None:
        """Start the processes and wait until each has made its service.

        Raises:
            ExtractionDied: a process could not make its service, or the pool was closed meanwhile.
        """
        self._workers += await asyncio.gather(*(self._started() for _ in range(self._wanted)))

    async def answer(self, item: Any) -> Any:
        """Return the answer of the least busy process to ``item``; raise what the service raises.

        Raises:
            ExtractionDied: the process died twice while it worked on this item.
        """
        if not self._workers:
            return await self._answer_alone(item)
        worker = min(self._workers, key=lambda one: one.waiting)
        try:
            return await worker.answer(item)
        except Lost:
            await self._replace(worker)
            return await self._answer_alone(item)

    async def _answer_alone(self, item: Any) -> Any:
        """Try once more with no other item in the same process: if that dies too, this item is the cause."""
        async with self._retrying:
            worker = await self._started()
            try:
                return await worker.answer(item)
            except Lost as error:
                reason = "the process that read it died twice: out of memory, or a fault in a library"
                raise ExtractionDied(reason) from error
            finally:
                self._end(worker)

    async def _replace(self, lost: _Worker) -> None:
        if lost in self._workers:
            self._workers.remove(lost)
            self.deaths += 1
            logger.error("a worker process died; a new one replaces it")
            self._end(lost)
            self._workers.append(await self._started())

    async def _started(self) -> _Worker:
        if self._is_closed:
            raise ExtractionDied("the worker processes are being closed; no more are started")
        worker = _Worker(self._service, self._context)
        self._running.add(worker)
        await worker.loaded()
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.close()
        self._running.discard(worker)

    def close(self) -> None:
        """End all processes, including those that have not finished starting."""
        self._is_closed = True
        self._workers.clear()
        for worker in tuple(self._running):
            self._end(worker)


class ChainService:
    """Make the service of a crawl's workers: apply the pipelines at ``paths`` to an item."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(paths)

    def __call__(self) -> Service:
        """Load the pipelines.

        Raises:
            UsageError: a path that cannot be loaded.
        """
        return Chain.from_paths(self._paths).apply


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, service: Callable[[], Service], context: BaseContext) -> None:
        self._sock, theirs = socket.socketpair()
        self._process = context.Process(target=_serve, args=(theirs, service), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        # Where nobody closes the pool, the interpreter would wait at its end for a process that waits for items.
        # Functions registered last run first, so this one runs before that.
        atexit.register(self._process.kill)
        theirs.close()
        self._sock.setblocking(False)
        self._channel = Channel()
        self._is_loaded = False

    async def loaded(self) -> None:
        """Wait until the process has made its service.

        Raises:
            ExtractionDied: it could not.
        """
        await asyncio.get_running_loop().create_connection(lambda: self._channel, sock=self._sock)
        try:
            await self._channel.answer()
        except Lost as error:
            self.close()
            raise ExtractionDied("a worker process could not start; the log shows why") from error
        self._is_loaded = True

    @property
    def waiting(self) -> int:
        """Number of items that were sent and are not answered."""
        return len(self._channel.waiting)

    async def answer(self, item: Any) -> Any:
        """Return the answer to ``item``, or raise what the service raised.

        Raises:
            Lost: the process died.
        """
        self._channel.send(item)
        raised, result = await self._channel.answer()
        if raised:
            raise result
        return result

    def close(self) -> None:
        """End the process: by closing its input, or by a kill if it is still starting."""
        self._channel.close()
        if self._is_loaded:
            self._process.join(CLOSE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        atexit.unregister(self._process.kill)


def _serve(sock: socket.socket, service: Callable[[], Service]) -> None:
    """Run a worker process: make the service, report that it is ready, answer items until the input ends."""
    _prepare_child()
    serve = service()
    sock.sendall(framed((False, None)))
    with sock.makefile("rb", buffering=1024 * 1024) as items:
        while len(head := items.read(LENGTH.size)) == LENGTH.size:
            item = pickle.loads(items.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our own parent
            sock.sendall(_answer_to(serve, item))


def _answer_to(serve: Service, item: Any) -> bytes:
    try:
        return framed((False, serve(item)))
    except Exception as error:  # noqa: BLE001 - whatever the service raises is raised in the parent
        return framed_error(error)


def _prepare_child() -> None:
    """Leave signals to the parent, and end when the parent ends, for whatever reason.

    A service manager that stops a service signals all its processes. A worker ends when its input ends, after the
    parent has sent its last item.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait_for([parent.sentinel])
    os._exit(1)  # nobody will read the answers
