"""Claims on slots: of all processes of a machine that want to do something for a slot, one does, once.

One small file a series holds the latest slot that was claimed; slots only move on, so nothing needs to be cleaned up.
The kernel releases the lock of a process that dies, and its slot stays unclaimed.
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
    """A slot that is ours while the ``with`` block of :func:`claim_on` lasts; :meth:`keep` makes it so for good."""

    def __init__(self, descriptor: int, slot: bytes) -> None:
        self._descriptor = descriptor
        self._slot = slot

    def keep(self) -> None:
        """Nobody gets this slot or an earlier one any more. On the disk when this returns."""
        os.pwrite(self._descriptor, self._slot, 0)
        os.fsync(self._descriptor)


@contextmanager
def claim_on(folder: Path, series: str, slot: str, purpose: str) -> Iterator[Claim | None]:
    """A claim on ``slot`` (``20260501T0330Z``) of ``series``; None when it or a later one is claimed already.

    ``purpose`` keeps apart what is done for a slot: ``fired`` and ``started``.

    Raises:
        UsageError: no such series or slot can be.
        OSError: the folder cannot be written.
    """
    if not _SERIES.fullmatch(series) or not _SLOT.fullmatch(slot.encode()):
        raise UsageError(f"{series!r}, {slot!r}: no series and slot of a schedule")
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
