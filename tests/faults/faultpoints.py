"""Points at which a crawl may die: every write to an archive, index or file of lines, every fsync, every statement.

Installed in a crawl's own process: at the step it is told it kills that process with SIGKILL, or cuts the power: first
what was not on the disk is torn off, as far as chance will have it.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import threading
from io import FileIO
from pathlib import Path
from typing import Any

from newscrawl.archive.writing import warc_file as warcfile
from newscrawl.state import lines, schema


class Disk:
    """What was written, what of it is on the disk, and the step at which all ends."""

    def __init__(self, die_at: int | None, seed: int, *, power: bool, full_at: int | None = None) -> None:
        self.steps = 0
        self.lock = threading.RLock()
        """Held by who dies, so that no other thread writes on after the power is cut."""
        self._die_at = die_at
        self._random = random.Random(seed)
        self._power = power
        self._full_at = full_at
        self._line_bytes = 0
        self._synced: dict[int, int] = {}
        self._paths: dict[int, Path] = {}
        self._logs: dict[Path, int] = {}

    def opened(self, file: FileIO, path: Path) -> None:
        inode = os.fstat(file.fileno()).st_ino
        self._synced.setdefault(inode, 0)
        self._paths[inode] = path

    def room_for(self, path: Path, size: int) -> int:
        """How many bytes of a line file still fit on the disk."""
        if self._full_at is None or path.suffix != ".jsonl":
            return size
        fitting = max(0, min(size, self._full_at - self._line_bytes))
        self._line_bytes += fitting
        return fitting

    def synced(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        if status.st_ino in self._synced:
            self._synced[status.st_ino] = status.st_size

    def state_opened(self, path: Path) -> None:
        log = path.with_name(path.name + "-wal")
        self._logs.setdefault(log, log.stat().st_size if log.exists() else 0)

    def step(self, *, before: Any = None) -> None:
        with self.lock:
            self.steps += 1
            if self.steps == self._die_at:
                if before is not None:
                    before()
                if self._power:
                    self._cut_power()
                os.kill(os.getpid(), signal.SIGKILL)

    def _cut_power(self) -> None:
        for inode, path in self._paths.items():
            for each in (path, path.with_name(path.name.removesuffix(".open"))):
                if each.exists() and each.stat().st_ino == inode:
                    self._tear(each, self._synced[inode])
        for log, kept in self._logs.items():
            if log.exists():
                self._tear(log, kept)

    def _tear(self, path: Path, kept: int) -> None:
        size = path.stat().st_size
        os.truncate(path, self._random.randint(min(kept, size), size))


def install(disk: Disk) -> None:
    """Have ``disk`` told of all that this process writes from now on."""
    fsync, connect = os.fsync, sqlite3.connect

    class WatchedFile(FileIO):
        def __init__(self, path: Any, mode: str) -> None:
            super().__init__(path, mode)
            if isinstance(path, Path) and "x" in mode:
                disk.opened(self, path)

        def write(self, data: Any) -> int:
            half = memoryview(data)[: len(data) // 2]
            with disk.lock:
                disk.step(before=lambda: super(WatchedFile, self).write(half))
                fitting = disk.room_for(Path(str(self.name)), len(data))
                if not fitting:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return super().write(memoryview(data)[:fitting])

    def watched_fsync(descriptor: int) -> None:
        disk.step()
        fsync(descriptor)
        disk.synced(descriptor)

    def watched_connect(address: str, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(address, *arguments, **options)
        disk.state_opened(Path(address.removeprefix("file://").partition("?")[0]))
        connection.set_trace_callback(lambda statement: None if statement.startswith("SELECT") else disk.step())
        return connection

    warcfile.FileIO = lines.FileIO = WatchedFile  # type: ignore[misc,assignment]
    os.fsync = watched_fsync
    schema.sqlite3 = type("watched", (), {"connect": staticmethod(watched_connect), "Error": sqlite3.Error})  # type: ignore[attr-defined]
