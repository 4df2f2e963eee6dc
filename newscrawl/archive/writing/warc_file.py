"""One WARC file while it is written: its name, its lock, its bytes on the disk.

The name is ``Prefix-Timestamp-Serial-Host`` (WARC 1.1, annex C), with the process id before the host name as Heritrix 3
has it (``pid~host``): several crawls on one machine never meet. While it is written the file ends in ``.open`` and is
locked; a file that ends in ``.open`` without a lock was left behind by a crawl that died.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable
from datetime import datetime
from io import FileIO
from pathlib import Path

from newscrawl.errors import ArchiveError

OPEN_SUFFIX = ".open"
MAX_SERIAL = 99_999
_UNSAFE = re.compile(r"[^A-Za-z0-9_.~]+")


def file_name(prefix: str, date: datetime, serial: int, host: str, suffix: str) -> str:
    """``Prefix-Timestamp-Serial-Host`` with ``suffix``; no part but the last may bring hyphens of its own."""
    return f"{safe_prefix(prefix)}-{date:%Y%m%d%H%M%S}-{serial:05d}-{_UNSAFE.sub('-', host)}{suffix}"


def safe_prefix(prefix: str) -> str:
    """``prefix`` as it stands in file names."""
    return _UNSAFE.sub("_", prefix).strip(".")[:100] or "crawl"


def _is(path: Path, file: FileIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


class WarcFile:
    """An open WARC file; made by :meth:`create`."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self.path = path
        """Under its final name, which it has once it is closed."""
        self.name = path.name
        """Base name, without ``.open``."""
        self._file = file
        self.size = 0
        self._unsynced = False

    @classmethod
    def create(cls, directory: Path, prefix: str, date: datetime, serial: int, host: str, suffix: str) -> WarcFile:
        """A new file, never one that exists: the serial number grows until a name is free.

        Raises:
            ArchiveError: no file can be made there.
        """
        for number in range(serial, MAX_SERIAL + 1):
            path = directory / file_name(prefix, date, number, host, suffix)
            opened = path.with_name(path.name + OPEN_SUFFIX)
            try:
                file = FileIO(opened, "xb")
            except FileExistsError:
                continue
            except OSError as error:
                raise ArchiveError(f"cannot write archives to {directory}: {error}") from error
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            if not _is(opened, file):
                # A salvage saw it between opening and locking, took it for left behind, and removed it.
                file.close()
                continue
            # Only who holds the .open file may take the final name: looking after opening leaves no gap.
            if not path.exists():
                _sync_folder(directory)
                return cls(path, file)
            opened.unlink()
            file.close()
        raise ArchiveError(f"no free file name for {prefix!r} in {directory}")

    def write(self, data: bytes) -> None:
        """Append ``data``: with the operating system when this returns, so that a kill of the process loses nothing.

        Raises:
            OSError: the disk is full or gone.
        """
        with memoryview(data) as rest:
            done = 0
            while done < len(rest):
                done += self._file.write(rest[done:]) or 0
        self.size += len(data)
        self._unsynced = True

    def take_back(self, size: int) -> None:
        """Cut the file to ``size`` bytes: no half record stays when writing one fails."""
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def sync(self) -> None:
        """Have all written bytes on the disk."""
        if self._unsynced:
            os.fsync(self._file.fileno())
            self._unsynced = False

    def pending_sync(self) -> Callable[[], None] | None:
        """The same for another thread, while this one writes on or closes the file; None: nothing is to be done.

        It raises ArchiveError when the bytes do not get to the disk.
        """
        if not self._unsynced:
            return None
        self._unsynced = False
        descriptor = os.dup(self._file.fileno())

        def sync() -> None:
            try:
                os.fsync(descriptor)
            except OSError as error:
                self._unsynced = True
                raise ArchiveError(f"cannot write to {self.path}: {error}") from error
            finally:
                os.close(descriptor)

        return sync

    def close(self) -> Path:
        """All bytes on the disk, the file under its final name, which is returned."""
        self._unsynced = True  # also what another thread has taken on and not done yet
        self.sync()
        self.path.with_name(self.path.name + OPEN_SUFFIX).rename(self.path)
        self._file.close()
        _sync_folder(self.path.parent)
        return self.path


def _sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
