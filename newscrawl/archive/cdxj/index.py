"""CDXJ: the index that says where each capture is, one line a capture, sorted by SURT key and time.

::

    org,example)/a 20250101120000 {"url": "https://example.org/a", "mime": "text/html", "status": "200",
        "digest": "sha1:...", "length": "24310", "offset": "1822", "filename": "crawl-20250101120000-00000.warc.gz"}

(on one line). The keys and their order are those of cdxj-indexer, so pywb and wabac.js read it; the format is described
at https://specs.webrecorder.net/cdxj/0.1.0/. Revisits have the media type ``warc/revisit``.

Answers with status 304 are not indexed: they hold no page, and a player that finds one as the newest capture of an
article shows an empty page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from newscrawl.archive.records.exchange import RecordEntry
from newscrawl.archive.records.write_head import warc_date
from newscrawl.errors import ArchiveError, ArchiveInUse
from newscrawl.files.atomic import whole_file
from newscrawl.files.locks import lock
from newscrawl.files.names import open_path
from newscrawl.files.sorted_lines import sorted_lines

INDEXED = frozenset({"response", "revisit", "resource"})
"""The types of records that may be indexed: a metadata record would stand in for the page it describes."""
NOT_MODIFIED = 304
REVISIT = "warc/revisit"
"""The media type under which a revisit is indexed."""

_NO_SEPARATORS = str.maketrans("", "", "-:T")
_json_string = json.JSONEncoder().encode
"""A third of the time of :func:`json.dumps` for all fields of a line, with the same bytes."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One capture and where it is."""

    url: str
    date: datetime
    mime: str
    """Media type without parameters; ``warc/revisit`` for revisits."""
    status: int | None
    """HTTP status; None for records without one."""
    digest: str | None
    """Of the payload, as the record writes it: ``sha1:BASE32``."""
    length: int
    """Bytes that the record takes in the file."""
    offset: int
    filename: str
    """Base name of the file."""

    @classmethod
    def of(cls, entry: RecordEntry) -> IndexEntry | None:
        """Return the entry of a record that was just written; None for a record that is not indexed."""
        if not is_indexed(entry.record_type, entry.status):
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
        """Return the date as 14 digits."""
        return warc_date(self.date)[: len("2026-01-31T23:59:59")].translate(_NO_SEPARATORS)

    def line(self) -> bytes:
        """Return the line of CDXJ, with its line end."""
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


def is_indexed(record_type: str, status: int | None) -> bool:
    """Return whether a record of this type, whose HTTP message has this status, has a line in an index."""
    return record_type in INDEXED and status != NOT_MODIFIED


_SEGMENT = r"(?!\.)(?:[A-Za-z0-9_,~.-]++|%[89A-Fa-f][0-9A-Fa-f])++"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PLAIN_URL = re.compile(
    rf"https?://(?:(?:www\d*\.)?+([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*)|(?!0)({_OCTET}(?:\.{_OCTET}){{3}}))"
    rf"(:(?!(?:80|443)(?:/|$))(?:[1-9]\d{{1,3}}|[1-5]\d{{4}}))?((?:/{_SEGMENT})*+)/?",
    re.ASCII,
)
"""A URL of words alone, as news sites have them: nothing in it can be written in two ways but for the case."""


def url_key(url: str) -> str:
    """Return the SURT form of ``url``, without blanks: sorted by it, the pages of a site are together.

    A URL that the surt library cannot parse is its own key, as for cdxj-indexer. The library takes 40 µs for a URL, so
    plain ones are converted here.
    """
    plain = _PLAIN_URL.fullmatch(url)
    if plain is not None:
        host = ",".join(reversed((plain[1] or plain[2]).split(".")))
        return f"{host}{plain[3] or ''}){plain[4].lower() or '/'}"
    import surt  # it imports requests, which takes a seventh of a second that no other command should wait for

    try:
        key = str(surt.surt(url))
    except (ValueError, AttributeError, IndexError, UnicodeError):
        key = url
    return "%20".join(key.split())


class CdxjIndex:
    """The index of a crawl while it is written: appended to ``PATH.open``, sorted into ``PATH`` by :meth:`close`.

    The open file is locked, so :func:`newscrawl.archive.salvage.salvage` ignores it while its writer lives and
    completes it when the writer was killed.
    """

    def __init__(self, path: str | Path) -> None:
        """Begin the index that will be ``path``.

        Raises:
            ArchiveInUse: the file exists, or another process writes it.
        """
        self.path = Path(path)
        self.open_path = open_path(self.path)
        try:
            self._file = self.open_path.open("xb", buffering=0)
        except FileExistsError as error:
            reason = (
                f'{self.open_path} exists: another crawl writes it, or a killed one left it (run "newscrawl salvage")'
            )
            raise ArchiveInUse(reason) from error
        # A salvage may come between opening and locking, and close the index as left behind.
        lock(self._file)
        if self.path.exists():
            self.open_path.unlink(missing_ok=True)
            self._file.close()
            raise ArchiveInUse(f"{self.path} exists")

    def add(self, entry: IndexEntry) -> None:
        """Append one capture; when this returns, the operating system has the line."""
        self._file.write(entry.line())

    def add_records(self, entries: Iterable[RecordEntry]) -> None:
        """Append the records that are indexed, in one write."""
        captures = [capture for entry in entries if (capture := IndexEntry.of(entry)) is not None]
        self._file.write(b"".join([capture.line() for capture in captures]))

    def close(self) -> None:
        """Sort the lines into the final file, and remove the open one when that is on disk."""
        if self._file.closed:
            return
        with self._file, self.open_path.open("rb") as lines:
            write_sorted(lines, self.path)
            self.open_path.unlink()

    def __enter__(self) -> Self:
        """Return the index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()


def write_sorted(lines: Iterable[bytes], path: Path) -> int:
    """Write ``lines`` to the new file ``path`` in the order of their bytes, each once; return their number.

    Memory is bounded (:mod:`newscrawl.files.sorted_lines`).

    Raises:
        ArchiveError: ``path`` exists.
    """
    count = 0
    try:
        with whole_file(path) as part, ExitStack() as stack:
            previous = b""
            for line in sorted_lines(lines, path.parent, stack):
                if line != previous:
                    part.write(line)
                    count += 1
                previous = line
    except FileExistsError as error:
        raise ArchiveError(f"{path} exists") from error
    return count
