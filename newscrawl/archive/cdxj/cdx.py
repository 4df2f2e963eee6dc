"""CDX: the older index format, one line of fields separated by blanks a capture, below a line that names the fields.

Sources: https://iipc.github.io/warc-specifications/specifications/cdx-format/cdx-2015/ (CDX-11); for the letters,
https://archive.org/web/researcher/cdx_legend.php. wget reads the fields ``a``, ``k`` and ``u`` of such a file
(``--warc-dedup``) and writes the eleven of :data:`WGET_HEADER` itself (``--warc-cdx``).
"""

from __future__ import annotations

from newscrawl.archive.cdxj.index import IndexEntry, url_key

CDX11_HEADER = b" CDX N b a m s k r M S V g\n"
"""SURT key, date, URL, media type, status, digest, redirect, meta tags, length, offset, file: for OpenWayback, pywb."""
WGET_HEADER = b" CDX a b a m s k r M V g u\n"
"""URL, date, URL, media type, status, digest, redirect, meta tags, offset, file, record id."""
_NONE = "-"


def cdx11_line(entry: IndexEntry) -> bytes:
    """Return the line of CDX-11 for ``entry``, with its line end."""
    place = (str(entry.length), str(entry.offset), entry.filename)
    return _line(url_key(entry.url), *_common(entry), *place)


def wget_line(entry: IndexEntry, record_id: str) -> bytes:
    """Return the line of wget's CDX for ``entry``, the record with this id, with its line end."""
    return _line(entry.url, *_common(entry), str(entry.offset), entry.filename, record_id)


def _common(entry: IndexEntry) -> tuple[str, ...]:
    """Return the fields ``b a m s k r M``."""
    digest = (entry.digest or "").removeprefix("sha1:")
    status = "" if entry.status is None else str(entry.status)
    return entry.timestamp, entry.url, entry.mime, status, digest, "", ""


def _line(*fields: str) -> bytes:
    return " ".join(["%20".join(field.split()) or _NONE for field in fields]).encode("utf-8", "replace") + b"\n"
