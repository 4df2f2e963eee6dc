"""Append JSON lines to the files of a crawl, and read what a killed crawl left in them."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from newscrawl.errors import OutputError
from newscrawl.state.keys import page_key, short_digest

logger = logging.getLogger(__name__)

SUFFIX = ".jsonl"


class Line(NamedTuple):
    """One line; for each pair of key and digest one line is written."""

    key: int
    """Of the article (:mod:`newscrawl.state.keys`)."""
    digest: bytes
    """Of its content."""
    content: bytes


def revision_digest(digest: str | None) -> bytes:
    """Return what stands for ``metadata.articleDigest`` in the state."""
    return short_digest(digest or "")


def rejection_digest(messages: Sequence[str], article: dict[str, Any]) -> bytes:
    """Return what stands for a rejected article in the state: a digest of its reasons and its content."""
    content = {key: value for key, value in article.items() if key != "metadata"}
    text = orjson.dumps([list(messages), content], option=orjson.OPT_SORT_KEYS)
    return short_digest("rejected " + text.decode("utf-8"))


class LineFile:
    """A file of lines that is created with its first line, exclusively, so that no crawl overwrites another's.

    The file is locked while it is open: one that is not locked has no writer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.lines = 0
        self._file: FileIO | None = None

    def write(self, lines: bytes) -> None:
        """Append whole lines: all of them, or none where that fails.

        Raises:
            OutputError: they cannot be written: the disk is full, or the folder is not writable.
        """
        try:
            if self._file is None:
                self._file = _created(self.path)
            try:
                with memoryview(lines) as rest:
                    done = 0
                    while done < len(rest):
                        done += self._file.write(rest[done:]) or 0
            except OSError:
                with suppress(OSError):  # the next crawl cuts the torn line off; the first error is the one to report
                    self._cut(self.size)
                raise
        except OSError as error:
            raise OutputError(f"cannot write to {self.path}: {error}") from error
        self.size += len(lines)
        self.lines += lines.count(b"\n")

    def take_back(self, size: int) -> None:
        """Cut the file to ``size`` bytes, because what follows was not committed.

        Raises:
            OutputError: the file cannot be cut.
        """
        if self._file is not None and size < self.size:
            try:
                self._cut(size)
            except OSError as error:
                raise OutputError(f"cannot cut {self.path} to {size} bytes: {error}") from error
            self.size = size

    def sync(self) -> None:
        """Sync the lines to the disk.

        Raises:
            OutputError: they cannot be synced.
        """
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise OutputError(f"cannot write to {self.path}: {error}") from error

    def close(self) -> None:
        """Sync the lines and close the file.

        Raises:
            OutputError: they cannot be synced; the file is closed all the same.
        """
        if self._file is not None:
            try:
                self.sync()
            finally:
                self._file.close()
                self._file = None

    def _cut(self, size: int) -> None:
        assert self._file is not None
        self._file.truncate(size)
        self._file.seek(size)


def _created(path: Path) -> FileIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = FileIO(path, "xb")
    fcntl.flock(file, fcntl.LOCK_EX)
    sync_folder(path.parent)
    return file


def sync_folder(folder: Path) -> None:
    """Sync the names in ``folder`` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def line_files(folder: Path, site: str) -> Iterator[tuple[Path, int]]:
    """Yield the line files of ``site`` in ``folder`` with their sizes in bytes, in the order of their names."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            names = [
                (entry.name, entry.stat().st_size)
                for entry in entries
                if entry.name.startswith(f"{site}-") and entry.name.endswith(SUFFIX) and entry.is_file()
            ]
        yield from ((folder / name, size) for name, size in sorted(names))


def whole_lines(path: Path, start: int, site: str) -> tuple[list[Line], int] | None:
    """Return the lines of ``path`` from ``start`` on, synced to the disk, and the offset at which the last one ends.

    What follows the last whole line is cut off. Return None, and do nothing, if the writer of the file is running.

    Raises:
        OutputError: the file cannot be read or cut.
    """
    try:
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return None
            lines, end = _read(file, start, site)
            size = os.fstat(file.fileno()).st_size
            if end < size:
                logger.warning("%s: cut off %d bytes of a torn line at the end", path, size - end)
                file.truncate(end)
            os.fsync(file.fileno())
            return lines, end
    except OSError as error:
        raise OutputError(f"cannot import the lines of {path}: {error}") from error


def _read(file: BinaryIO, start: int, site: str) -> tuple[list[Line], int]:
    file.seek(start)
    lines: list[Line] = []
    position = end = start
    for content in file:
        position += len(content)
        line = _parse_line(content, site) if content.endswith(b"\n") else None
        if line is not None:
            if end < position - len(content):
                logger.warning("%s, offset %d: this line is no article; it is left as it is", file.name, end)
            lines.append(line)
            end = position
    return lines, end


def _parse_line(content: bytes, site: str) -> Line | None:
    """Return key and digest of the line; None where it is no line of newscrawl."""
    try:
        document = orjson.loads(content)
        if "article" in document:
            url, digest = document["url"], rejection_digest(document["messages"], document["article"])
        else:
            url, digest = document["url"], revision_digest((document["metadata"] or {}).get("articleDigest"))
        return Line(page_key(url, site), digest, b"")
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
