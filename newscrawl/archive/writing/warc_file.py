"""One WARC file while it is written: its name, its lock, its bytes on the disk.

The name is ``Prefix-Timestamp-Serial-Host`` (WARC 1.1, annex C), with the process id before the host name as Heritrix 3
has it (``pid~host``), so that several crawls on one machine never use the same name. While the file is written its name
ends in ``.open`` and it is locked (:mod:`newscrawl.files.names`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from io import FileIO
from pathlib import Path

from newscrawl.errors import ArchiveError
from newscrawl.files.atomic import sync_folder
from newscrawl.files.locks import is_file_at, lock
from newscrawl.files.names import open_path

MAX_SERIAL = 99_999
_UNSAFE = re.compile(r"[^A-Za-z0-9_.~]+")


def file_name(prefix: str, date: datetime, serial: int, host: str, suffix: str) -> str:
    """Return ``Prefix-Timestamp-Serial-Host`` with ``suffix``; only the host may add hyphens."""
    return f"{safe_prefix(prefix)}-{date:%Y%m%d%H%M%S}-{serial:05d}-{_UNSAFE.sub('-', host)}{suffix}"


def safe_prefix(prefix: str) -> str:
    """Return ``prefix`` in the form that file names have."""
    return _UNSAFE.sub("_", prefix).strip(".")[:100] or "crawl"


class WarcFile:
    """An open WARC file; made by :meth:`create`."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self.path = path
        """The path that it has once it is closed."""
        self.name = path.name
        """Base name, without ``.open``."""
        self._file = file
        self.size = 0
        self._unsynced = False

    @classmethod
    def create(cls, directory: Path, prefix: str, date: datetime, serial: int, host: str, suffix: str) -> WarcFile:
        """Return a new file; the serial number grows from ``serial`` until a name is free.

        Raises:
            ArchiveError: no file can be made there.
        """
        for number in range(serial, MAX_SERIAL + 1):
            path = directory / file_name(prefix, date, number, host, suffix)
            opened = open_path(path)
            try:
                file = FileIO(opened, "xb")
            except FileExistsError:
                continue
            except OSError as error:
                raise ArchiveError(f"cannot write archives to {directory}: {error}") from error
            lock(file.fileno())
            if not is_file_at(opened, file.fileno()):
                # A salvage found it between opening and locking, took it for left behind, and removed it.
                file.close()
                continue
            # Only the holder of the .open file may take the final name, so looking after opening leaves no gap.
            if not path.exists():
                sync_folder(directory)
                return cls(path, file)
            opened.unlink()
            file.close()
        raise ArchiveError(f"no free file name for {prefix!r} in {directory}")

    def write(self, data: bytes) -> None:
        """Append ``data``; when this returns the operating system has it, so a kill of the process loses nothing.

        Raises:
            OSError: the disk is full or gone.
        """
        with memoryview(data) as rest:
            done = 0
            while done < len(rest):
                done += self._file.write(rest[done:]) or 0
        self.size += len(data)
        self._unsynced = True

    def truncate(self, size: int) -> None:
        """Cut the file to ``size`` bytes, so that a failed write leaves no half record.

        Raises:
            OSError: it cannot be cut.
        """
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def sync(self) -> None:
        """Write all bytes to the disk.

        Raises:
            OSError: they cannot be written.
        """
        if self._unsynced:
            os.fsync(self._file.fileno())
            self._unsynced = False

    def pending_sync(self) -> Callable[[], None] | None:
        """Return a callable that syncs the file from another thread, or None if nothing is unsynced.

        The callable may run while this thread writes on or closes the file; it raises ArchiveError if the bytes cannot
        be written to the disk.
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
        """Write all bytes to the disk, give the file its final name, and return that.

        Raises:
            OSError: the bytes or the name cannot be written.
        """
        self._unsynced = True  # includes what another thread has taken and not synced yet
        self.sync()
        open_path(self.path).rename(self.path)
        self._file.close()
        sync_folder(self.path.parent)
        return self.path
