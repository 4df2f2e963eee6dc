"""Whether the state file that a crawl opened is still the one at its place.

A backup that is put back while a crawl runs takes the place of the file that the crawl goes on writing to: what it
writes is lost, and the write-ahead log that it leaves would be taken for that of the file put back, and damage it.
"""

from __future__ import annotations

from pathlib import Path

from newscrawl.errors import StateError

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open."""

_Identity = tuple[int, int] | None


class StatePlace:
    """Made when the file at ``path`` was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = [path.with_name(path.name + end) for end in _BESIDE]
        self._own = _identity(path)
        self._own_beside = [_identity(each) for each in self._beside]

    def check(self) -> None:
        """Raises:
        StateError: the file was replaced or removed.
        """
        if self._is_lost():
            raise StateError(
                f"the state file {self._path} was replaced or removed while the crawl was running; "
                "what it fetched since is in its archive, and the next crawl reads it from there"
            )

    def clear(self) -> None:
        """To be called when the file is closed: if it was replaced, nothing of its own stays beside the new one."""
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
