"""Open archives for reading: files, folders, patterns, WACZ packages, standard input, and any fsspec address.

Nothing here opens a file for writing.
"""

from __future__ import annotations

import glob
import io
import logging
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec

from newscrawl.errors import ArchiveError, UsageError
from newscrawl.files.names import closed_name, names_archive, names_package

logger = logging.getLogger(__name__)

STDIN = "-"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""What a zip file begins with: a local header, or the end of an empty directory (APPNOTE 4.3)."""
ZIP_ERRORS = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, MemoryError)
"""What :mod:`zipfile` raises on damaged, encrypted or unknown members: RuntimeError for a password, its subclass
NotImplementedError for a compression or version that it does not know, ValueError and OverflowError for bad fields."""
_BUFFER = 128 * 1024
"""Bytes that are read at once from a remote file; the client of the store reads ahead more."""
_LOCAL_HEADER = 30
"""Bytes of a zip local file header before the name (APPNOTE 4.3.7)."""


@dataclass(frozen=True, slots=True)
class Source:
    """One WARC or ARC file that can be opened for reading."""

    path: str
    """Path or address; ``-`` is standard input."""
    entry: str | None = None
    """The file's name inside the WACZ at ``path``."""

    @property
    def name(self) -> str:
        """Return how messages name the file."""
        return f"{self.path}#{self.entry}" if self.entry else self.path

    @property
    def filename(self) -> str:
        """Return the base name that the file has when it is closed: captures and indexes carry it."""
        return closed_name(PurePosixPath(self.entry or self.path.split("?", 1)[0]).name)

    def open(self) -> BinaryIO:
        """Return the file, at its beginning.

        Raises:
            ArchiveError: it cannot be opened.
        """
        if self.path == STDIN:
            return sys.stdin.buffer
        try:
            stream = opened(self.path)
            return cast("BinaryIO", _Entry(stream, self.entry)) if self.entry else stream
        except ZIP_ERRORS as error:
            # fsspec reports every failure over HTTP as "file not found"; the cause says what happened.
            raise ArchiveError(f"{self.name} cannot be opened: {error.__cause__ or error}") from error

    def part(self, offset: int, length: int) -> BinaryIO:
        """Return ``length`` bytes of the file from ``offset`` on; no more are requested from a remote store.

        Raises:
            ArchiveError: they cannot be read.
        """
        try:
            if "://" in self.path and self.entry is None:
                filesystem, path = _filesystem(self.path)
                return io.BytesIO(filesystem.cat_file(path, start=offset, end=offset + length))
            with self.open() as stream:
                stream.seek(offset)
                return io.BytesIO(stream.read(length))
        except OSError as error:
            raise ArchiveError(f"{self.name}, offset {offset}: {error}") from error

    @property
    def reopens(self) -> bool:
        """Return whether the file can be opened again, to read one record."""
        return self.path != STDIN


def sources_of(source: str | Path) -> Iterator[Source]:
    """Yield the archive files that ``source`` names, in the order of their names.

    ``source`` is a file, a folder (with its subfolders), a pattern (``*``, ``?``, ``[``), a WACZ package, ``-``
    for standard input, or an address such as ``https://``, ``s3://`` or ``gs://`` of any of these. A file that is named
    may have any name; in a folder, the files with the names of archives and packages count, in any case.

    Raises:
        ArchiveError: there is no such file, or no archive in the folder.
        UsageError: the address needs a package that is not installed.
    """
    for path in paths_of(source):
        if is_package(path):
            yield from wacz_sources(path)
        else:
            yield Source(path)


def paths_of(source: str | Path) -> Iterator[str]:
    """Yield the files that ``source`` names, as :func:`sources_of` finds them; a WACZ package is one file.

    Raises:
        ArchiveError: there is no such file, or no archive in the folder.
        UsageError: the address needs a package that is not installed.
    """
    text = str(source)
    found = False
    for path in _remote_paths(text) if "://" in text else _local_paths(text):
        found = True
        yield path
    if not found:
        raise ArchiveError(f"{text}: no archive file there")


def is_package(path: str) -> bool:
    """Return whether the file at ``path`` is a WACZ package: its first bytes decide, of a remote file its name."""
    if path == STDIN or "://" in path:
        return names_package(path.split("?", 1)[0])
    try:
        with Path(path).open("rb") as stream:
            return stream.read(4) in ZIP_MAGIC or names_package(path)
    except OSError:
        return names_package(path)


def wacz_sources(path: str) -> Iterator[Source]:
    """Yield the WARC files in the WACZ package at ``path``, in the order of their names.

    Raises:
        ArchiveError: the file is not a readable zip file.
    """
    with zip_file(path) as package:
        names = sorted(package.namelist())
    yield from (Source(path, name) for name in names if name.startswith("archive/") and names_archive(name))


@contextmanager
def zip_file(path: str) -> Iterator[zipfile.ZipFile]:
    """Yield the zip file at ``path``, opened for reading.

    Raises:
        ArchiveError: it cannot be opened, or reading it fails in the block.
    """
    try:
        with opened(path) as stream, zipfile.ZipFile(stream) as package:
            yield package
    except ZIP_ERRORS as error:
        raise ArchiveError(f"{path} is not a readable zip file: {error!r}") from error


def opened(path: str) -> BinaryIO:
    """Return the local file or fsspec address ``path``, opened for reading only."""
    if "://" in path:
        # fsspec's files have no readline(limit).
        return io.BufferedReader(_filesystem(path)[0].open(path, "rb"), _BUFFER)
    return Path(path).open("rb")


class _Entry(io.RawIOBase):
    """A file inside a zip package; closing it closes the package.

    An entry that is stored uncompressed, as WACZ asks for, is read in place, so that going to an offset costs nothing.
    """

    def __init__(self, package: BinaryIO, name: str) -> None:
        self._package = package
        with zipfile.ZipFile(package) as directory:
            info = directory.getinfo(name)
            self._deflated = None if info.compress_type == zipfile.ZIP_STORED else directory.open(info)
        self._size = info.file_size
        self._position = 0
        if self._deflated is None:
            package.seek(info.header_offset)
            header = package.read(_LOCAL_HEADER)
            name_length, extra_length = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
            self._start = info.header_offset + _LOCAL_HEADER + name_length + extra_length

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to ``offset`` of the entry; return the new position."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes.

        Raises:
            OSError: the member is damaged.
        """
        left = max(0, self._size - self._position)
        wanted = left if size < 0 else min(size, left)
        if self._deflated is not None:
            data = self._inflated(wanted)
        else:
            self._package.seek(self._start + self._position)
            data = self._package.read(wanted)
        self._position += len(data)
        return data

    def _inflated(self, wanted: int) -> bytes:
        assert self._deflated is not None
        try:
            self._deflated.seek(self._position)
            return self._deflated.read(wanted)
        except OSError:
            raise
        except ZIP_ERRORS as error:
            raise OSError(f"damaged zip member: {error}") from error

    def close(self) -> None:
        """Close the entry and its package."""
        if not self.closed:
            if self._deflated is not None:
                self._deflated.close()
            self._package.close()
        super().close()


def _local_paths(text: str) -> Iterator[str]:
    if text == STDIN or Path(text).is_file():
        yield text
    elif Path(text).is_dir():
        for folder, subfolders, names in os.walk(text):
            subfolders.sort()
            yield from (str(Path(folder, name)) for name in sorted(names) if names_archive(name) or names_package(name))
    elif glob.has_magic(text):
        found = glob.glob(text, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        yield from (path for path in sorted(found) if Path(path).is_file())


def _remote_paths(text: str) -> Iterator[str]:
    filesystem, path = _filesystem(text)
    try:
        if text.startswith(("http://", "https://")):
            yield text
        elif glob.has_magic(path):
            yield from (filesystem.unstrip_protocol(found) for found in sorted(filesystem.glob(path)))
        elif filesystem.isdir(path):
            names = (name for name in sorted(filesystem.find(path)) if names_archive(name) or names_package(name))
            yield from (filesystem.unstrip_protocol(name) for name in names)
        elif filesystem.exists(path):
            yield text
    except Exception as error:
        # Clients of remote stores raise their own exceptions (botocore's, aiohttp's): no credentials, no such host.
        logger.debug("%s", text, exc_info=True)
        raise ArchiveError(f"{text} cannot be listed: {error}") from error


def _filesystem(address: str) -> tuple[Any, str]:
    try:
        filesystem, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: {error}") from error
    except OSError as error:
        raise ArchiveError(f"{address} cannot be reached: {error}") from error
    return filesystem, path
