"""Files of JSON lines that a crawl appends to, and what is to be done with those of a crawl that was killed."""

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
    """A line and what it says of which article: that pair is written once."""

    key: int
    digest: bytes
    content: bytes


def revision_digest(digest: str | None) -> bytes:
    """What stands for ``metadata.articleDigest`` in the state."""
    return short_digest(digest or "")


def rejection_digest(messages: Sequence[str], article: dict[str, Any]) -> bytes:
    """The same for a rejected article, which has no digest of its own: its reasons and its content."""
    content = {key: value for key, value in article.items() if key != "metadata"}
    text = orjson.dumps([list(messages), content], option=orjson.OPT_SORT_KEYS)
    return short_digest("rejected " + text.decode("utf-8"))


class LineFile:
    """A file of lines that exists from its first line on; opened exclusively, so that no crawl overwrites another's.

    As long as it is open it is locked: a file that is not has no writer, whatever became of that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.lines = 0
        self._file: FileIO | None = None

    def write(self, lines: bytes) -> None:
        """Append whole lines: all of them, or none where that fails.

        Raises:
            OutputError: they cannot be written: the disk is full, the folder cannot be written to.
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
                with suppress(OSError):  # else the next crawl cuts them; the first error is the one to tell
                    self._cut(self.size)
                raise
        except OSError as error:
            raise OutputError(f"cannot write to {self.path}: {error}") from error
        self.size += len(lines)
        self.lines += lines.count(b"\n")

    def take_back(self, size: int) -> None:
        """Cut the file to ``size`` bytes: what was written after them is not to count."""
        if self._file is not None and size < self.size:
            self._cut(size)
            self.size = size

    def sync(self) -> None:
        """Have the lines on the disk.

        Raises:
            OutputError: they do not get there.
        """
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise OutputError(f"cannot write to {self.path}: {error}") from error

    def close(self) -> None:
        """Lines on the disk, file closed."""
        if self._file is not None:
            self.sync()
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
    """Have the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def line_files(folder: Path, site: str) -> Iterator[tuple[Path, int]]:
    """The line files of ``site`` in ``folder`` with their sizes, by name."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            names = [
                (entry.name, entry.stat().st_size)
                for entry in entries
                if entry.name.startswith(f"{site}-") and entry.name.endswith(SUFFIX) and entry.is_file()
            ]
        yield from ((folder / name, size) for name, size in sorted(names))


def whole_lines(path: Path, start: int, site: str) -> tuple[list[Line], int] | None:
    """The lines of ``path`` from ``start`` on, which are on the disk then, and where the last one ends.

    What follows the last whole line is cut off. None: the file's writer lives, so nothing of this was done.

    Raises:
        OutputError: it cannot be read or cut.
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
                logger.warning("%s: %d bytes of a broken line cut off its end", path, size - end)
                file.truncate(end)
            os.fsync(file.fileno())
            return lines, end
    except OSError as error:
        raise OutputError(f"cannot read {path} again: {error}") from error


def _read(file: BinaryIO, start: int, site: str) -> tuple[list[Line], int]:
    file.seek(start)
    lines: list[Line] = []
    position = end = start
    for content in file:
        position += len(content)
        line = _line_of(content, site) if content.endswith(b"\n") else None
        if line is not None:
            if end < position - len(content):
                logger.warning("%s, offset %d: no line of an article; left as it is", file.name, end)
            lines.append(line)
            end = position
    return lines, end


def _line_of(content: bytes, site: str) -> Line | None:
    """The line as the state knows it; None: it is no line of newscrawl."""
    try:
        document = orjson.loads(content)
        if "article" in document:
            url, digest = document["url"], rejection_digest(document["messages"], document["article"])
        else:
            url, digest = document["url"], revision_digest((document["metadata"] or {}).get("articleDigest"))
        return Line(page_key(url, site), digest, b"")
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
