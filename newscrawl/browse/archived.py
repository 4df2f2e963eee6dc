"""Captures of the archive for display: found by URL and time, read from their records, resolved through revisits."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from newscrawl.archive.reading.by_offset import Range, read_ranges
from newscrawl.browse.index import BrowseIndex, CaptureRow
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source

logger = logging.getLogger(__name__)

KEPT_BYTES = 32 * 1024 * 1024
"""Payload bytes of captures that stay in memory: the style sheets and pictures of a page are asked for again and
again.
"""
MAX_KEPT = 4 * 1024 * 1024
"""Payload bytes above which a capture is not kept."""
SPELLINGS = 8
"""Captures of one URL that are tried when the records of the nearest ones cannot be read."""


class ArchivedCaptures:
    """Read captures out of the WARC files below ``archives``, whose places the index knows."""

    def __init__(self, index: BrowseIndex, archives: Sequence[Path]) -> None:
        self._index = index
        self._archives = tuple(folder.resolve() for folder in archives)
        self._files: dict[tuple[str, str], Path | None] = {}
        self._kept: OrderedDict[tuple[str, int], Capture] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def nearest(self, url: str, date: str) -> Capture | None:
        """Return the readable capture of ``url`` nearest to ``date`` (ISO 8601, UTC), or None."""
        rows = [row for row in self._index.captures(url) if row.status is not None and row.status != 304]
        for row in _by_distance(rows, date)[:SPELLINGS]:
            try:
                return self.read(row)
            except ArchiveError as error:
                logger.warning("%s of %s cannot be shown: %s", row.url, row.date, error)
        return None

    def read(self, row: CaptureRow) -> Capture:
        """Return the capture whose record the index row names.

        Raises:
            ArchiveError: its file is not there, or its record or the original of a revisit cannot be read.
        """
        key = (row.filename, row.offset)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        capture = self._read(row)
        self._keep(key, capture)
        return capture

    def path_of(self, row: CaptureRow) -> Path:
        """Return the archive file that holds the record.

        Raises:
            ArchiveError: there is no such file below the archive folders.
        """
        key = (row.folder, row.filename)
        if self._files.get(key) is None:
            self._files[key] = self._found(row)
        path = self._files[key]
        if path is None or not path.is_file():
            self._files.pop(key, None)
            raise ArchiveError(
                f"{row.filename} is named by an index, but is not below {', '.join(map(str, self._archives))}"
            )
        return path

    def _found(self, row: CaptureRow) -> Path | None:
        name = Path(row.filename).name
        if name != row.filename or name in ("", ".", ".."):
            return None  # an index may not lead out of its folder
        beside = [Path(row.folder) / name, Path(row.folder) / f"{name}.open"]
        elsewhere = (
            path for folder in self._archives for pattern in (name, f"{name}.open") for path in _below(folder, pattern)
        )
        return next((path for path in (*beside, *elsewhere) if path.is_file() and self._is_inside(path)), None)

    def _is_inside(self, path: Path) -> bool:
        resolved = path.resolve()
        return any(resolved.is_relative_to(folder) for folder in self._archives)

    def _read(self, row: CaptureRow) -> Capture:
        faults: list[RecordError] = []
        place = Range(Source(str(self.path_of(row))), row.offset, row.length or None)
        for capture in read_ranges([place], on_skip=faults.append):
            _ = capture.payload  # decoded here, so that what is kept is what is shown
            return capture
        raise ArchiveError(str(faults[0]) if faults else f"{row.filename} holds no capture at offset {row.offset}")

    def _keep(self, key: tuple[str, int], capture: Capture) -> None:
        size = len(capture.payload)
        if size > MAX_KEPT:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = capture
                self._size += size
            while self._size > KEPT_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.payload)


def _by_distance(rows: Sequence[CaptureRow], date: str) -> list[CaptureRow]:
    """Return the rows, the one nearest in time first.

    Of two equally near rows, the later one is first: the article was made from it.
    """
    place = bisect_left([row.date for row in rows], date)
    wanted = _moment(date)
    near = rows[max(0, place - SPELLINGS) : place + SPELLINGS]
    return sorted(near, key=lambda row: (abs((_moment(row.date) - wanted).total_seconds()), row.date < date))


def _moment(date: str) -> datetime:
    return datetime.fromisoformat(date[:19] + "+00:00")


def _below(folder: Path, name: str) -> list[Path]:
    """Return the files called ``name`` below ``folder``, whatever characters of a pattern the name has."""
    return [
        path / name
        for path in [folder, *(each for each in folder.rglob("*") if each.is_dir())]
        if (path / name).is_file()
    ]
