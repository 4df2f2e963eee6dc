"""Answer batches in worker processes, in their order and with a bound on what is held."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from newscrawl.chain.processes import Service, WorkerProcesses, process_context

AHEAD = 3
"""Batches for each process that are read before the first one is answered."""


async def in_order(
    batches: Iterable[Any], service: Callable[[], Service], processes: int
) -> AsyncIterator[tuple[Any, Any]]:
    """Yield each of ``batches`` with its answer, in their order.

    A batch whose worker process died twice is yielded with the :class:`newscrawl.errors.ExtractionDied` in place of its
    answer. With one process, this process does the work.
    """
    if processes <= 1:
        serve = service()
        for batch in batches:
            yield batch, serve(batch)
        return
    pool = WorkerProcesses(service, processes, context=process_context())
    try:
        await pool.ready()
        waiting: deque[tuple[Any, asyncio.Task[Any]]] = deque()
        for batch in batches:
            waiting.append((batch, asyncio.create_task(pool.answer(batch))))
            await asyncio.sleep(0)
            while len(waiting) >= AHEAD * processes:
                yield await _first(waiting)
        while waiting:
            yield await _first(waiting)
    finally:
        pool.close()


async def _first(waiting: deque[tuple[Any, asyncio.Task[Any]]]) -> tuple[Any, Any]:
    batch, task = waiting.popleft()
    answers = await asyncio.gather(task, return_exceptions=True)
    answer = answers[0]
    if isinstance(answer, BaseException) and not isinstance(answer, Exception):
        raise answer
    return batch, answer
