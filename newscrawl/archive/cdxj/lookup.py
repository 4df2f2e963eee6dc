"""Read CDXJ: all lines, or those of one URL, of a period, of a status or media type.

A sorted file is searched by binary search, so one line in a file of gigabytes is found with a few dozen reads.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from newscrawl.archive.cdxj.index import IndexEntry, url_key
from newscrawl.archive.untrusted_json import json_object
from newscrawl.errors import RecordError
from newscrawl.files.names import is_open
from newscrawl.files.sources import opened

MAX_LINE = 1024 * 1024
"""Bytes of a line that are read: data URLs are long, but what is longer than this is not a URL."""
_SEARCH_ENDS = 4096
"""Bytes that are read line by line instead of searched further."""

_START = "00000101000000"
"""What stands for the part that a shortened timestamp leaves out."""
_HEADERS = (b" CDX", b"!meta")
"""What the first lines of CDX and of compressed indexes begin with."""

OnSkip = Callable[[RecordError], None]


def read_cdxj(
    path: str | Path,
    *,
    url: str | None = None,
    prefix: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    status: int | None = None,
    mime: str | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[IndexEntry]:
    """Yield the entries of the CDXJ file ``path`` (plain or gzip, local or any fsspec address), in its order.

    Args:
        path: the file.
        url: only captures of this URL (of its SURT key); a sorted file that is not compressed is searched.
        prefix: only captures whose SURT key begins so: ``org,example)/news/`` or ``org,example,``.
        since: only captures of this instant and later.
        until: only captures before this instant.
        status: only this HTTP status.
        mime: only this media type.
        on_skip: called with each line that cannot be read, and why.

    Raises:
        OSError: the file cannot be read.
    """
    start = (url_key(url) + " " if url is not None else prefix or "").encode()
    for position, line in _lines(str(path), start):
        if not line.startswith(start) or not line.strip() or line.startswith(_HEADERS):
            continue
        try:
            entry = parsed_line(line)
        except ValueError as error:
            if on_skip is not None:
                on_skip(RecordError(str(path), position, f"not a line of CDXJ: {error}"))
            continue
        if (
            (since is None or entry.date >= since)
            and (until is None or entry.date < until)
            and (status is None or entry.status == status)
            and (mime is None or entry.mime == mime)
        ):
            yield entry


def parsed_line(line: bytes) -> IndexEntry:
    """Return the entry in a line of CDXJ.

    Raises:
        ValueError: the line holds none.
    """
    _, timestamp, content = line.decode("utf-8").split(" ", 2)
    fields = json_object(content)
    try:
        return IndexEntry(
            url=str(fields["url"]),
            date=datetime.strptime(timestamp[:14] + _START[len(timestamp) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC),
            mime=str(fields.get("mime") or ""),
            status=int(fields["status"]) if str(fields.get("status") or "").isdigit() else None,
            digest=str(fields["digest"]) if fields.get("digest") else None,
            length=int(fields.get("length") or 0),
            offset=int(fields["offset"]),
            filename=str(fields["filename"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"field {error} is missing or wrong") from error


def _lines(path: str, start: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the position and bytes of each line; with ``start``, at least of those that begin so."""
    with opened(path) as stream:
        compressed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if compressed:
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        in_order = bool(start) and not compressed and not is_open(path)
        if in_order:
            stream.seek(_first_at_or_before(stream, start))
        position = stream.tell()
        while line := stream.readline(MAX_LINE):
            if in_order and line > start and not line.startswith(start):
                return
            yield position, line
            position += len(line)


def _first_at_or_before(stream: BinaryIO, key: bytes) -> int:
    """Return the position of a line at or shortly before the first that is not below ``key``."""
    low, high = 0, stream.seek(0, 2)
    while high - low > _SEARCH_ENDS:
        middle = (low + high) // 2
        stream.seek(middle)
        skipped = stream.readline(MAX_LINE)
        line = stream.readline(MAX_LINE)
        if line and line < key:
            low = middle + len(skipped)
        else:
            high = middle
    return low
