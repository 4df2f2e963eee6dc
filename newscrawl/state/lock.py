"""Allow one crawl of a site at a time: a lock that the system releases when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from io import FileIO
from pathlib import Path

from newscrawl.errors import StateError


class SiteLock:
    """A lock on a site, held until :meth:`release`.

    A single crawl holds it exclusively. Crawlers that share a frontier hold it together, and exclude all others.
    """

    def __init__(self, path: Path, site: str, *, shared: bool) -> None:
        """Take the lock.

        Raises:
            StateError: another crawl holds it, or the file cannot be made.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644), "r+")
        except OSError as error:
            raise StateError(f"cannot open {path}: {error}") from error
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = self._file.read(20).decode("ascii", "replace").strip()
            self._file.close()
            by = f" (process {holder})" if holder.isdigit() else ""
            raise StateError(
                f"another crawl of {site} is running{by}: wait until it ends, or stop it; its state is in {path.parent}"
            ) from error
        try:
            self._file.truncate(0)
            self._file.write(b"%d\n" % os.getpid())
        except OSError as error:
            self._file.close()
            raise StateError(f"cannot write to {path}: {error}") from error

    def release(self) -> None:
        """Release the lock. The file stays: if it were removed, two crawls could hold locks on two files."""
        self._file.close()
