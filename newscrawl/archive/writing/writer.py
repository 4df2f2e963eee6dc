"""Writes exchanges as WARC/1.1 records into files that rotate by size and age.

Everything it is not told comes in through ``clock``, ``timer`` and ``new_id``: with fixed ones its output is fixed.
"""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive.records.exchange import Exchange, Fields, RecordedExchange, RecordEntry, RevisitIndex
from newscrawl.archive.records.record_ids import record_ids
from newscrawl.archive.records.write_head import (
    VERSIONS,
    WARC_1_1,
    WARC_FIELDS,
    field_lines,
    record_head,
    subject_fields,
    warc_fields,
)
from newscrawl.archive.writing.compression import COMPRESSIONS, Pieces
from newscrawl.archive.writing.record_plan import PlannedRecord, exchange_records, remembered
from newscrawl.archive.writing.record_writer import RecordWriter
from newscrawl.archive.writing.revisit_memory import SeenInCrawl
from newscrawl.archive.writing.warc_file import WarcFile
from newscrawl.errors import ArchiveError

MAX_BYTES = 1_000_000_000
"""Size at which a file is closed: WARC 1.1, annex C, recommends 1 GB."""
FSYNC_SECONDS = 5.0
"""What a power failure may cost at most; a kill of the process costs nothing. One fsync takes 1-30 ms."""
_AT_ONCE = 4 * 1024 * 1024
"""Compressed bytes of one exchange that are gathered for one write."""


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """What may be set of a writer."""

    max_bytes: int = MAX_BYTES
    """A file that has grown to this is closed after the exchange that made it so."""
    max_age_seconds: float | None = None
    """A file this old is closed; None: whatever its age."""
    compression: str = "gzip"
    """``gzip``, ``zstd`` or ``none``."""
    version: str = WARC_1_1.name
    """Of the standard: ``1.1`` or ``1.0``."""
    fsync_seconds: float = FSYNC_SECONDS
    """Bytes are on the disk at the latest this long after they were written."""
    info: Fields = ()
    """Fields of the warcinfo record that begins each file."""


def utc_now() -> datetime:
    """Return the wall clock."""
    return datetime.now(UTC)


class WarcWriter:
    """One archive that grows: call :meth:`write_exchange`, :meth:`write_metadata`, at last :meth:`close`."""

    def __init__(
        self,
        directory: str | os.PathLike[str],
        prefix: str,
        options: WriterOptions | None = None,
        *,
        revisits: RevisitIndex | None = None,
        on_records: Sequence[Callable[[Sequence[RecordEntry]], None]] = (),
        on_close: Sequence[Callable[[Path], None]] = (),
        clock: Callable[[], datetime] = utc_now,
        timer: Callable[[], float] = time.monotonic,
        new_id: Callable[[], str] | None = None,
        host: str | None = None,
    ) -> None:
        """Create the writer.

        Raises:
            ArchiveError: There is no such compression.
        """
        self.directory = Path(directory)
        self.revisits = revisits if revisits is not None else SeenInCrawl()
        self.on_records = list(on_records)
        """Called with the entries of the records that were written together, once they are."""
        self.on_close = list(on_close)
        """Called with the path of each file once it is closed."""
        self._prefix = prefix
        self._options = options or WriterOptions()
        if self._options.compression not in COMPRESSIONS:
            raise ArchiveError(f"compression {self._options.compression!r} is none of {', '.join(COMPRESSIONS)}")
        self._compression = COMPRESSIONS[self._options.compression]
        if self._options.version not in VERSIONS:
            raise ArchiveError(f"WARC version {self._options.version!r} is none of {', '.join(VERSIONS)}")
        self._version = VERSIONS[self._options.version]
        self._records = RecordWriter(self._compression)
        self._clock, self._timer, self._new_id = clock, timer, new_id or record_ids().__next__
        self._host = host or f"{os.getpid()}~{_host_name()}"
        self._serial = 0
        self._file: WarcFile | None = None
        self._warcinfo_id = ""
        self._opened_at = self._synced_at = timer()

    def write_exchange(self, exchange: Exchange) -> RecordedExchange:
        """Write response (or revisit), request and context of ``exchange``; they are with the operating system then.

        Raises:
            ArchiveError: they cannot be written; nothing of them is left in the file.
        """
        file = self._current_file()
        if (date := self._version.date_kept(exchange.date)) != exchange.date:
            exchange = replace(exchange, date=date)
        planned = exchange_records(exchange, self._warcinfo_id, self.revisits, self._new_id, self._version)
        entries = self._write(file, planned)
        if original := remembered(exchange, planned[0]):
            self.revisits.remember(exchange.url, planned[0].payload_digest or "", original)
        self.sync_if_due()
        return RecordedExchange(
            url=exchange.url,
            date=exchange.date,
            record_type=planned[0].record_type,
            record_id=planned[0].record_id,
            filename=file.name,
            offset=entries[0].offset,
            payload_digest=planned[0].payload_digest,
            truncated=planned[0].truncated,
        )

    def write_metadata(self, url: str, refers_to: str | None, content_type: str, block: bytes) -> RecordEntry:
        """Write a metadata record about ``url`` and, where given, the record with the id ``refers_to``.

        Raises:
            ArchiveError: it cannot be written.
        """
        file = self._current_file()
        fields = subject_fields(url, self._warcinfo_id)
        if refers_to:
            fields.append(("WARC-Refers-To", refers_to))
        fields.append(("Content-Type", content_type))
        record = PlannedRecord("metadata", self._new_id(), self._clock(), url, field_lines(fields), block)
        (entry,) = self._write(file, [record])
        self.sync_if_due()
        return entry

    def sync_if_due(self) -> None:
        """Have all bytes on the disk when the last time was long enough ago; to be called now and then.

        Raises:
            ArchiveError: they do not get there.
        """
        if self._file is not None and self._timer() - self._synced_at >= self._options.fsync_seconds:
            try:
                self._file.sync()
            except OSError as error:
                raise ArchiveError(f"cannot write to {self._file.path}: {error}") from error
            self._synced_at = self._timer()

    def pending_sync(self) -> Callable[[], None] | None:
        """Return what has all records written so far on the disk, to be called in any thread; None: they are there.

        It raises ArchiveError when they do not get there.
        """
        return self._file.pending_sync() if self._file is not None else None

    def rotate_if_due(self) -> None:
        """Close a file that is large or old enough; to be called now and then, for crawls that write seldom."""
        if self._file is not None and self._is_full(self._file):
            self.close()

    def close(self) -> None:
        """Close the file, if one is open; a later record begins a new one."""
        if self._file is None:
            return
        file, self._file = self._file, None
        path = file.close()
        for callback in self.on_close:
            callback(path)

    def _is_full(self, file: WarcFile) -> bool:
        age = self._options.max_age_seconds
        return file.size >= self._options.max_bytes or (age is not None and self._timer() - self._opened_at >= age)

    def _current_file(self) -> WarcFile:
        self.rotate_if_due()
        if self._file is None:
            self._file = self._begin_file()
        return self._file

    def _begin_file(self) -> WarcFile:
        now = self._clock()
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"cannot make the folder {self.directory}: {error}") from error
        file = WarcFile.create(self.directory, self._prefix, now, self._serial, self._host, self._compression.suffix)
        self._serial += 1
        self._opened_at = self._synced_at = self._timer()
        self._warcinfo_id = self._new_id()
        lines = field_lines([("WARC-Filename", file.name), ("Content-Type", WARC_FIELDS)])
        self._write(
            file, [PlannedRecord("warcinfo", self._warcinfo_id, now, "", lines, warc_fields(self._options.info))]
        )
        return file

    def _write(self, file: WarcFile, planned: Sequence[PlannedRecord]) -> list[RecordEntry]:
        before = file.size
        entries = []
        gathered = _Gathered(file)
        try:
            for record in planned:
                offset = gathered.position
                head = record_head(
                    record.record_type, record.record_id, record.date, record.lines, record.block, self._version
                )
                self._records.write(gathered, head, record.block)
                entries.append(record.entry(file.name, offset, gathered.position - offset))
            gathered.flush()
        except OSError as error:
            with suppress(OSError):  # else the next salvage cuts it; the first error is the one to tell
                file.truncate(before)
            raise ArchiveError(f"cannot write to {file.path}: {error}") from error
        for callback in self.on_records:
            callback(entries)
        return entries


class _Gathered:
    """What goes into ``file``, in few and large writes."""

    def __init__(self, file: WarcFile) -> None:
        self._file = file
        self._pieces: Pieces = []
        self.position = file.size

    def write(self, data: bytes | memoryview) -> None:
        self.writelines([data])

    def writelines(self, pieces: Pieces) -> None:
        self._pieces += pieces
        self.position += sum(map(len, pieces))
        if self.position - self._file.size >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        self._file.write(b"".join(self._pieces))
        self._pieces.clear()


def _host_name() -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "_", socket.gethostname())[:64] or "localhost"
