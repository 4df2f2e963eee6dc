"""CDXJ: the index of what lies where, one line a capture, sorted by SURT key and time.

::

    org,example)/a 20250101120000 {"url": "https://example.org/a", "mime": "text/html", "status": "200",
        "digest": "sha1:...", "length": "24310", "offset": "1822", "filename": "crawl-20250101120000-00000.warc.gz"}

(on one line). The keys and their order are those of cdxj-indexer, so pywb and wabac.js read it; the format is described
at https://specs.webrecorder.net/cdxj/0.1.0/. Revisits have the media type ``warc/revisit``.
"""

from __future__ import annotations

import fcntl
import heapq
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from newscrawl.archive.records.exchange import RecordEntry
from newscrawl.archive.records.write_head import warc_date
from newscrawl.errors import ArchiveError, ArchiveInUse
from newscrawl.files.atomic import whole_file

INDEXED = frozenset({"response", "revisit", "resource"})
"""The types of records that a replay tool may show. Metadata is not: it would stand in for the page it is about."""
REVISIT = "warc/revisit"
"""The media type under which a revisit is indexed."""
OPEN = ".open"
"""Ends the name of an index or an archive file that is being written."""
RUN = 32 * 1024 * 1024
"""Bytes of lines sorted at once; more are sorted in runs on disk and merged."""

_NO_SEPARATORS = str.maketrans("", "", "-:T")
_json_string = json.JSONEncoder().encode
"""A third of the time of :func:`json.dumps` for all fields of a line, with the same bytes."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One capture and where it lies."""

    url: str
    date: datetime
    mime: str
    """Media type without parameters; ``warc/revisit`` for revisits."""
    status: int | None
    """HTTP status; None for records without."""
    digest: str | None
    """Of the payload, as the record writes it: ``sha1:BASE32``."""
    length: int
    """Bytes that the record takes in the file."""
    offset: int
    filename: str
    """Base name of the file."""

    @classmethod
    def of(cls, entry: RecordEntry) -> IndexEntry | None:
        """The entry of a record that was just written; None where its type is not indexed."""
        if entry.record_type not in INDEXED:
            return None
        return cls(
            url=entry.url,
            date=entry.date,
            mime=REVISIT if entry.record_type == "revisit" else entry.media_type,
            status=entry.status,
            digest=entry.payload_digest,
            length=entry.length,
            offset=entry.offset,
            filename=entry.filename,
        )

    @property
    def timestamp(self) -> str:
        """The date as 14 digits."""
        return warc_date(self.date)[: len("2026-01-31T23:59:59")].translate(_NO_SEPARATORS)

    def line(self) -> bytes:
        """The line of CDXJ, with its line end."""
        fields = (
            ("url", self.url),
            ("mime", self.mime),
            ("status", "" if self.status is None else str(self.status)),
            ("digest", self.digest),
            ("length", str(self.length)),
            ("offset", str(self.offset)),
            ("filename", self.filename),
        )
        content = ", ".join([f'"{name}": {_json_string(value)}' for name, value in fields if value])
        return f"{url_key(self.url)} {self.timestamp} {{{content}}}\n".encode()


_SEGMENT = r"(?!\.)(?:[A-Za-z0-9_,~.-]++|%[89A-Fa-f][0-9A-Fa-f])++"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PLAIN_URL = re.compile(
    rf"https?://(?:(?:www\d*\.)?+([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*)|(?!0)({_OCTET}(?:\.{_OCTET}){{3}}))"
    rf"(:(?!(?:80|443)(?:/|$))(?:[1-9]\d{{1,3}}|[1-5]\d{{4}}))?((?:/{_SEGMENT})*+)/?",
    re.ASCII,
)
"""A URL of words alone, as news sites have them: nothing in it can be written in two ways but for the case."""


def url_key(url: str) -> str:
    """The SURT form of ``url`` that sorts a site's pages together, without blanks.

    What the library cannot take apart is its own key, as for cdxj-indexer. It takes 40 µs for a URL, so plain ones are
    turned around here.
    """
    plain = _PLAIN_URL.fullmatch(url)
    if plain is not None:
        host = ",".join(reversed((plain[1] or plain[2]).split(".")))
        return f"{host}{plain[3] or ''}){plain[4].lower() or '/'}"
    import surt  # it takes requests along, a seventh of a second that no other command need wait for

    try:
        key = str(surt.surt(url))
    except (ValueError, AttributeError, IndexError, UnicodeError):
        key = url
    return "%20".join(key.split())


class CdxjIndex:
    """The index of a crawl while it is written: appended to ``PATH.open``, sorted into ``PATH`` on :meth:`close`.

    The open file is locked (``fcntl.flock``), so :func:`newscrawl.archive.salvage.salvage` leaves it alone while its
    writer lives and completes it when it was killed.
    """

    def __init__(self, path: str | Path) -> None:
        """Begin the index that will be ``path``.

        Raises:
            ArchiveInUse: the file exists, or another process writes it.
        """
        self.path = Path(path)
        self.open_path = self.path.with_name(self.path.name + OPEN)
        try:
            self._file = self.open_path.open("xb", buffering=0)
        except FileExistsError as error:
            reason = f"{self.open_path} exists: another crawl writes it, or `scrapy salvage` is due"
            raise ArchiveInUse(reason) from error
        # A salvage may come between opening and locking, and close the index as left behind.
        fcntl.flock(self._file, fcntl.LOCK_EX)
        if self.path.exists():
            self.open_path.unlink(missing_ok=True)
            self._file.close()
            raise ArchiveInUse(f"{self.path} exists")

    def add(self, entry: IndexEntry) -> None:
        """Append one capture; the line is with the operating system when this returns."""
        self._file.write(entry.line())

    def add_records(self, entries: Iterable[RecordEntry]) -> None:
        """Append those of the records that are indexed, in one write."""
        captures = [capture for entry in entries if (capture := IndexEntry.of(entry)) is not None]
        self._file.write(b"".join([capture.line() for capture in captures]))

    def close(self) -> None:
        """Sort the lines into the final file; the open one goes when that is on disk."""
        if self._file.closed:
            return
        with self._file, self.open_path.open("rb") as lines:
            write_sorted(lines, self.path)
            self.open_path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def write_sorted(lines: Iterable[bytes], path: Path) -> int:
    """Write ``lines`` to the new file ``path`` in the order of their bytes, each once; return how many.

    Memory is bounded: above :data:`RUN` bytes, sorted runs go to temporary files beside ``path``.

    Raises:
        ArchiveError: ``path`` exists.
    """
    count = 0
    try:
        with whole_file(path) as part, ExitStack() as stack:
            previous = b""
            for line in merged(lines, path.parent, stack):
                if line != previous:
                    part.write(line)
                    count += 1
                previous = line
    except FileExistsError as error:
        raise ArchiveError(f"{path} exists") from error
    return count


def merged(lines: Iterable[bytes], folder: Path, stack: ExitStack) -> Iterator[bytes]:
    """The lines sorted, with runs in temporary files of ``folder`` that ``stack`` closes."""
    runs: list[IO[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= RUN:
            run = stack.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115 - the stack closes it
            run.writelines(sorted(held))
            run.seek(0)
            runs.append(run)
            held, size = [], 0
    return heapq.merge(*runs, sorted(held)) if runs else iter(sorted(held))
