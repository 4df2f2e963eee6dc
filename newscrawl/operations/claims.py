"""Claim slots of the schedule, so that only one process of a machine acts on a slot, and only once.

One small file per series holds the latest slot that was claimed. Slots only increase, so nothing needs to be cleaned
up. When a process dies, the kernel releases its lock, and the slot stays unclaimed.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import UsageError

_SERIES = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_SLOT = re.compile(rb"\d{8}T\d{4}Z")


class Claim:
    """Hold a slot during the ``with`` block of :func:`claim_on`; :meth:`keep` makes the claim permanent."""

    def __init__(self, descriptor: int, slot: bytes) -> None:
        self._descriptor = descriptor
        self._slot = slot

    def keep(self) -> None:
        """Record the claim: no process gets this slot or an earlier one again. It is on the disk on return."""
        os.pwrite(self._descriptor, self._slot, 0)
        os.fsync(self._descriptor)


@contextmanager
def claim_on(folder: Path, series: str, slot: str, purpose: str) -> Iterator[Claim | None]:
    """Yield a claim on ``slot`` (``20260501T0330Z``) of ``series``, or None if it or a later one is already claimed.

    ``purpose`` separates the claims of different actions for one slot: ``fired`` and ``started``.

    Raises:
        UsageError: The name of the series or the slot is malformed.
        OSError: The folder cannot be written.
    """
    if not _SERIES.fullmatch(series) or not _SLOT.fullmatch(slot.encode()):
        raise UsageError(f"{series!r}/{slot!r} is not SERIES/SLOT, such as rferl-latest/20260501T0330Z")
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{series}.{purpose}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield Claim(descriptor, slot.encode()) if _free(descriptor, slot.encode()) else None
    finally:
        os.close(descriptor)


def _free(descriptor: int, slot: bytes) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    latest = os.pread(descriptor, 32, 0)
    return not _SLOT.fullmatch(latest) or latest < slot
