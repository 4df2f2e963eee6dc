"""Where archives are read from: files, folders, patterns, WACZ packages, standard input, and any fsspec address.

Nothing here opens for writing.
"""

from __future__ import annotations

import glob
import io
import logging
import os
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec

from newscrawl.errors import ArchiveError, UsageError

logger = logging.getLogger(__name__)

STDIN = "-"
_CODINGS = ("", ".gz", ".zst", ".lz4")
EXTENSIONS = tuple(
    f".{kind}{coding}{opened}"
    for kind in ("warc", "arc", "warc.wet", "warc.wat")
    for coding in _CODINGS
    for opened in ("", ".open")
)
"""Names by which a folder's archive files are known; ``.open``: being written, or left so by a kill."""
WACZ = ".wacz"
_BUFFER = 128 * 1024
"""Bytes at a time of a remote file; the store's own client reads ahead more."""
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
        """What messages call it."""
        return f"{self.path}#{self.entry}" if self.entry else self.path

    @property
    def filename(self) -> str:
        """The base name that the file has when it is closed: as captures and indexes carry it."""
        return PurePosixPath(self.entry or self.path.split("?", 1)[0]).name.removesuffix(".open")

    def open(self) -> BinaryIO:
        """The file, at its beginning.

        Raises:
            ArchiveError: it cannot be opened.
        """
        if self.path == STDIN:
            return sys.stdin.buffer
        try:
            stream = opened(self.path)
            return cast("BinaryIO", _Entry(stream, self.entry)) if self.entry else stream
        # NotImplementedError is what zipfile says of a compression that it does not know.
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError) as error:
            # Over HTTP fsspec says of whatever went wrong that the file is not found; its cause is what happened.
            raise ArchiveError(f"{self.name} cannot be opened: {error.__cause__ or error}") from error

    def part(self, offset: int, length: int) -> BinaryIO:
        """``length`` bytes of the file from ``offset`` on: of a remote store no more are asked.

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
        """Whether it can be opened again, to read one record."""
        return self.path != STDIN


def sources_of(source: str | Path) -> Iterator[Source]:
    """The archive files that ``source`` names, in the order of their names.

    ``source`` is a file, a folder (with its subfolders), a pattern (``*``, ``?``, ``[``), a ``.wacz`` package, ``-``
    for standard input, or an address such as ``https://``, ``s3://`` or ``gs://`` of any of these.

    Raises:
        ArchiveError: there is no such file, or no archive in the folder.
        UsageError: the address needs a package that is not installed.
    """
    for path in paths_of(source):
        if path.endswith(WACZ):
            yield from wacz_sources(path)
        else:
            yield Source(path)


def paths_of(source: str | Path) -> Iterator[str]:
    """The files that ``source`` names, as :func:`sources_of` finds them; a WACZ package is one file.

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


def wacz_sources(path: str) -> Iterator[Source]:
    """The WARC files in the WACZ package at ``path``, by name.

    Raises:
        ArchiveError: no readable zip file.
    """
    try:
        with opened(path) as stream, zipfile.ZipFile(stream) as package:
            names = sorted(package.namelist())
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise ArchiveError(f"{path} is no readable WACZ: {error}") from error
    yield from (Source(path, name) for name in names if name.startswith("archive/") and name.endswith(EXTENSIONS))


def opened(path: str) -> BinaryIO:
    """The local file or fsspec address ``path``, for reading only."""
    if "://" in path:
        # fsspec's files have no readline(limit).
        return io.BufferedReader(_filesystem(path)[0].open(path, "rb"), _BUFFER)
    return Path(path).open("rb")


class _Entry(io.RawIOBase):
    """A file inside a zip package. Closing it closes the package.

    An entry that is stored as it is (WACZ asks for that) is read where it lies, so going to any offset costs nothing.
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
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._size - self._position)
        wanted = left if size < 0 else min(size, left)
        if self._deflated is not None:
            self._deflated.seek(self._position)
            data = self._deflated.read(wanted)
        else:
            self._package.seek(self._start + self._position)
            data = self._package.read(wanted)
        self._position += len(data)
        return data

    def close(self) -> None:
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
            yield from (str(Path(folder, name)) for name in sorted(names) if name.endswith((*EXTENSIONS, WACZ)))
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
            names = (name for name in sorted(filesystem.find(path)) if name.endswith((*EXTENSIONS, WACZ)))
            yield from (filesystem.unstrip_protocol(name) for name in names)
        elif filesystem.exists(path):
            yield text
    except Exception as error:
        # Clients of remote stores raise exceptions of their own (botocore's, aiohttp's): no credentials, no such host.
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
