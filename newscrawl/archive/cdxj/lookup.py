"""Read CDXJ: all lines, or those of one URL, of a period, of a status or media type.

A sorted file is searched by binary search, so one line in a file of gigabytes is found with a few dozen reads.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from newscrawl.archive.cdxj.index import IndexEntry, url_key
from newscrawl.archive.untrusted_json import json_object
from newscrawl.errors import RecordError
from newscrawl.files.names import INDEX, is_open
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


def is_index(path: str | Path) -> bool:
    """Return whether the local file ``path`` is an index, CDXJ or CDX, plain or gzip: its first line decides.

    An empty file is one if its name says so.
    """
    try:
        _, first = next(_lines(str(path), b""), (0, b""))
        return bool(first.startswith(_HEADERS) or parsed_line(first)) if first else str(path).endswith(INDEX)
    except (OSError, EOFError, ValueError, zlib.error):
        return False


def parsed_line(line: bytes) -> IndexEntry:
    """Return the entry in a line of CDXJ, or of CDX with 9 or 11 fields.

    Raises:
        ValueError: the line holds none.
    """
    _, timestamp, content = line.decode("utf-8").split(" ", 2)
    fields = json_object(content) if content.startswith("{") else _cdx_fields(content.split())
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


def _cdx_fields(fields: list[str]) -> dict[str, str]:
    """Return the fields of a CDX line after key and date, by their names in CDXJ.

    Without a header they are told by their number, as pywb does it: ``N b a m s k r V g`` or ``N b a m s k r M S V g``.
    """
    if len(fields) not in (7, 9):
        raise ValueError("neither JSON nor the fields of CDX")
    length = fields[6] if len(fields) == 9 else "0"
    url, mime, status, digest = fields[:4]
    values = {"url": url, "mime": mime, "status": status, "digest": digest, "length": length}
    known = {name: value for name, value in values.items() if value != "-"}
    return {**known, "url": url, "offset": fields[-2], "filename": fields[-1]}


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
