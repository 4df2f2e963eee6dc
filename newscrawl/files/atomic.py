"""Write files so that they exist whole or not at all, and so that they and their names survive a power failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO

from newscrawl.files.locks import is_file_at, lock, try_lock

_PART = ".part"
"""Ends the name of a file that :func:`whole_file` has not finished."""


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to, which appears under ``path`` when the block ends without an error.

    An existing file is never replaced. The umask of the process decides who may read the file. While it is written its
    name is ``.NAME.RANDOM.part`` and it is locked; parts of ``path`` that a killed process left are removed.

    Raises:
        FileExistsError: ``path`` exists when the block ends.
        OSError: the file cannot be written.
    """
    _remove_stale_parts(path)
    part, file = _locked_part(path)
    with file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.link(part, path)
            sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, in the place of what is there: a reader sees the old bytes or the new ones.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    part = path.with_name(f".{path.name}.{token_hex(4)}{_PART}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Write the names in ``folder`` to the disk.

    Raises:
        OSError: they cannot be written.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _locked_part(path: Path) -> tuple[Path, IO[bytes]]:
    """Return a new part of ``path`` and its open file, locked."""
    while True:
        part = path.with_name(f".{path.name}.{token_hex(4)}{_PART}")
        file = part.open("x+b")
        lock(file)
        if is_file_at(part, file.fileno()):
            return part, file
        file.close()  # another process took it for a stale one before it was locked


def _remove_stale_parts(path: Path) -> None:
    for part in path.parent.iterdir():
        if part.name.startswith(f".{path.name}.") and part.name.endswith(_PART):
            try:
                with part.open("rb") as file:
                    if try_lock(file):
                        part.unlink(missing_ok=True)
            except FileNotFoundError:
                continue
