"""Processes that run the article pipelines beside the reactor: the costliest part of a crawl, on another core.

With the pipelines in the reactor a crawl is limited by their CPU (docs/performance.md). Threads gain nothing: the
interpreter runs one at a time.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import Any

from newscrawl.errors import ExtractionDied
from newscrawl.pipelines.chain import Chain

logger = logging.getLogger(__name__)

CONTEXT = multiprocessing.get_context("spawn")
"""A fresh interpreter for each process: forking would copy the parent's threads and locks in whatever state."""


class ChainProcesses:
    """Runs the chain of ``paths`` on items, in as many processes as it is told; survives the death of any of them."""

    def __init__(self, paths: list[str], processes: int) -> None:
        self._paths = paths
        self._processes = processes
        self._pool = self._begun(processes)
        self._alone = asyncio.Lock()
        self.deaths = 0

    async def ready(self) -> None:
        """Returns when a process has loaded the pipelines."""
        await asyncio.wrap_future(self._pool.submit(os.getpid))

    async def folded(self, item: Any) -> Any:
        """What the pipelines make of ``item``; raises what they raise.

        Raises:
            ExtractionDied: the process died of this very item.
        """
        pool = self._pool
        try:
            return await asyncio.wrap_future(pool.submit(_folded, item))
        except BrokenProcessPool:
            self._replace(pool)
            return await self._folded_alone(item)

    async def _folded_alone(self, item: Any) -> Any:
        """Once more, with no other item in the same process: so the one that kills it is known."""
        async with self._alone:
            pool = self._begun(1)
            try:
                return await asyncio.wrap_future(pool.submit(_folded, item))
            except BrokenProcessPool as error:
                raise ExtractionDied(f"the process that read {item.url} died: out of memory, or a fault") from error
            finally:
                pool.shutdown(wait=False)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._pool is broken:
            self.deaths += 1
            logger.error("a process that runs the article pipelines died; the next one takes over")
            self._pool = self._begun(self._processes)
            broken.shutdown(wait=False)

    def _begun(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, CONTEXT, _begin, (self._paths,))

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


_chain: Chain | None = None


def _begin(paths: list[str]) -> None:
    global _chain
    become_child()
    _chain = Chain.from_paths(paths)


def _folded(item: Any) -> Any:
    assert _chain is not None
    return _chain.folded(item)


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
