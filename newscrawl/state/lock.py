"""One crawl of a site at a time: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
from io import FileIO
from pathlib import Path

from newscrawl.errors import StateError


class SiteLock:
    """Held from its making to :meth:`release`.

    A crawl holds it alone. Crawlers that share a frontier hold it together: they keep out only those that do not.
    """

    def __init__(self, path: Path, site: str, *, shared: bool) -> None:
        """Raises:
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
                f"another crawl of {site} is running{by}: wait for its end, or stop it; its state is {path.parent}"
            ) from error
        self._file.truncate(0)
        self._file.write(b"%d\n" % os.getpid())

    def release(self) -> None:
        """Others may crawl; the file stays, since removing it would let two in."""
        self._file.close()
