"""Finished files to where they stay: any file system that fsspec knows (``s3://``, ``gs://``, ``file://``)."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import fsspec

from newscrawl.errors import ArchiveError

ATTEMPTS = 5
"""Tries of one upload: with the pauses between them it bears with a store that is away for half a minute."""
FIRST_PAUSE_SECONDS = 2.0
"""Before the second try; each further pause is twice as long."""
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is in the store, its content compared."""

    url: str
    size: int
    sha256: str


class Store:
    """A folder of a remote file system."""

    def __init__(
        self,
        url: str,
        *,
        delete_local: bool = False,
        attempts: int = ATTEMPTS,
        first_pause: float = FIRST_PAUSE_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the file system of the store.

        Raises:
            ArchiveError: No file system has the scheme of the URL, or its library is not installed.
        """
        self._url = url.rstrip("/")
        self._delete_local = delete_local
        self._attempts = attempts
        self._first_pause = first_pause
        self._pause = pause
        try:
            self._files, self._folder = fsspec.core.url_to_fs(self._url)
        except (ImportError, ValueError) as error:
            raise ArchiveError(f"WARC_STORE {url!r}: {error}") from error

    def put(self, path: Path) -> StoredFile:
        """Copy ``path`` into the store, compare the two, and only then, if asked to, remove it here.

        Raises:
            ArchiveError: it is not there with the same content after all tries; the local file is untouched.
        """
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                sha256 = _sha256(file)
        except OSError as error:
            raise ArchiveError(f"cannot read {path}, so it is not stored: {error}") from error
        target = f"{self._folder}/{path.name}"
        reason: Exception | None = None
        for attempt in range(self._attempts):
            if attempt:
                self._pause(self._first_pause * 2 ** (attempt - 1))
            try:
                self._put_once(path, target, size, sha256)
            except _NameTakenError as error:
                raise ArchiveError(f"{self._url}/{path.name} exists with other content") from error
            except Exception as error:  # noqa: BLE001 - each library behind fsspec has its own exceptions
                reason = error
                continue
            if self._delete_local:
                path.unlink()
            return StoredFile(f"{self._url}/{path.name}", size, sha256)
        raise ArchiveError(f"cannot store {path} in {self._url}, {self._attempts} tries: {reason!r}") from reason

    def _put_once(self, path: Path, target: str, size: int, sha256: str) -> None:
        self._files.invalidate_cache()
        if self._files.exists(target):
            # Of an earlier try that was cut off after it was through; anything else is not ours to overwrite.
            if not self._is_same(target, size, sha256):
                raise _NameTakenError
            return
        self._files.makedirs(self._folder, exist_ok=True)
        self._files.put_file(str(path), target)
        self._files.invalidate_cache()
        if not self._is_same(target, size, sha256):
            self._files.rm_file(target)
            raise OSError("what arrived differs from what was sent")

    def _is_same(self, target: str, size: int, sha256: str) -> bool:
        info: dict[str, Any] = self._files.info(target)
        if info.get("size") != size:
            return False
        with self._files.open(target, "rb") as file:
            return _sha256(file) == sha256


class _NameTakenError(Exception):
    """Something else has the name."""


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
