"""Exclusive locks on open files, which the operating system drops when their process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO


def lock(file: IO[bytes] | int) -> None:
    """Lock ``file`` for this process alone, and wait for that if another process has the lock."""
    fcntl.flock(file, fcntl.LOCK_EX)


def try_lock(file: IO[bytes] | int) -> bool:
    """Lock ``file`` for this process alone; return False at once if another process has the lock."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_file_at(path: Path, descriptor: int) -> bool:
    """Return whether ``path`` still names the open file: it may be renamed or removed before it is locked."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
