"""Detect that the state file was replaced or removed while a crawl has it open.

When a backup is put back while a crawl runs, the crawl goes on writing to the file that was replaced: what it writes is
lost, and SQLite would take the write-ahead log that it leaves for that of the new file, and damage it.
"""

from __future__ import annotations

from pathlib import Path

from newscrawl.errors import StateError

_BESIDE = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside an open one."""

_Identity = tuple[int, int] | None
"""Device and inode; None where there is no file."""


class StateFileGuard:
    """Compares the file at ``path`` with the one that was there when the guard was made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = [path.with_name(path.name + end) for end in _BESIDE]
        self._own = _identity(path)
        self._own_beside = [_identity(each) for each in self._beside]

    def check(self) -> None:
        """Check that the file is still the same.

        Raises:
            StateError: the file was replaced or removed.
        """
        if self._is_lost():
            raise StateError(
                f"the state file {self._path} was replaced or removed while the crawl was running; "
                "the next crawl reads what this one fetched since from its archive"
            )

    def clear(self) -> None:
        """Delete what this crawl left beside a file that replaced its own. Call it once the file is closed."""
        if self._is_lost():
            for path, own in zip(self._beside, self._own_beside, strict=True):
                if own is not None and _identity(path) == own:
                    path.unlink(missing_ok=True)

    def _is_lost(self) -> bool:
        return _identity(self._path) != self._own


def _identity(path: Path) -> _Identity:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
