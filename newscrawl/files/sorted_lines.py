"""Sort lines of any number in bounded memory: sorted runs go to temporary files and are merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

RUN = 32 * 1024 * 1024
"""Bytes of lines that are sorted at once."""
MAX_RUNS = 64
"""Temporary files that are open at once; more runs are merged into one first."""


def sorted_lines(lines: Iterable[bytes], folder: Path, stack: ExitStack) -> Iterator[bytes]:
    """Return an iterator over ``lines``, each with its line end, in the order of their bytes.

    All ``lines`` are read before this returns. Temporary files lie in ``folder``; ``stack`` closes them, and with the
    last handle the operating system deletes them.

    Raises:
        OSError: a temporary file cannot be written.
    """
    runs: list[IO[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= RUN:
            held.sort()
            runs.append(_run(held, folder, stack))
            held, size = [], 0
            if len(runs) >= MAX_RUNS:
                merged = _run(heapq.merge(*runs), folder, stack)
                for run in runs:
                    run.close()
                runs = [merged]
    held.sort()
    return heapq.merge(*runs, held) if runs else iter(held)


def _run(lines: Iterable[bytes], folder: Path, stack: ExitStack) -> IO[bytes]:
    """Return a temporary file of ``lines``, at its beginning."""
    run = stack.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115 - the stack closes it
    run.writelines(lines)
    run.seek(0)
    return run
