"""The zip file of a WACZ package: entries with fixed dates, each digested while it is written; the index in blocks.

The index has the form that pywb calls ZipNum: blocks of lines, a gzip member each, and an index of their first lines.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

LINES_PER_BLOCK = 3000
"""pywb's default: a reader inflates some 100 KB to find one capture."""
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""Of all entries, so that the same content makes the same bytes."""
_RESOURCE_NAME = re.compile(r"[^-a-z0-9._/]+")
"""What a name in a data package may not contain (https://specs.frictionlessdata.io/data-resource/#name)."""
_DEFLATED_UP_TO = zipfile.ZIP64_LIMIT - 64 * 1024 * 1024
"""Larger entries are stored: what deflate makes of one must not pass the limit if the entry itself does not."""
_PIECE = 1024 * 1024


class Package:
    """A zip file that remembers what is in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.resources: list[dict[str, Any]] = []
        """The entries as ``datapackage.json`` lists them."""
        self.hashes: dict[str, str] = {}
        """``sha256:HEX`` of each entry."""

    def add(self, name: str, content: bytes, *, deflated: bool = True, listed: bool = True) -> None:
        """Write one entry from memory."""
        self._add(name, [content], len(content), deflated=deflated, listed=listed)

    def add_file(self, name: str, file: IO[bytes], *, deflated: bool = False) -> None:
        """Write one entry from ``file``, piece by piece, as far as the file goes now.

        Raises:
            OSError: it cannot be read, or it became shorter meanwhile.
        """
        size = file.seek(0, 2)
        file.seek(0)
        self._add(name, _pieces(file, size), size, deflated=deflated, listed=True)

    def _add(self, name: str, content: Iterable[bytes], size: int, *, deflated: bool, listed: bool) -> None:
        info = zipfile.ZipInfo(name, _NO_DATE)
        info.compress_type = zipfile.ZIP_DEFLATED if deflated and size < _DEFLATED_UP_TO else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        hasher = hashlib.sha256()
        # zip64 only where the sizes need it: then zipfile writes the extra field into both headers. One that is only in
        # the local header keeps wabac.js (ReplayWeb.page), which reads the central directory alone, from the data.
        with self._archive.open(info, "w", force_zip64=size > zipfile.ZIP64_LIMIT) as entry:
            for data in content:
                hasher.update(data)
                entry.write(data)
        self.hashes[name] = f"sha256:{hasher.hexdigest()}"
        if listed:
            resource = {"name": self._resource_name(name), "path": name, "hash": self.hashes[name], "bytes": size}
            self.resources.append(resource)

    def _resource_name(self, path: str) -> str:
        """Return a unique name that data packages allow."""
        base = _RESOURCE_NAME.sub("-", path.rpartition("/")[2].lower())
        taken = {resource["name"] for resource in self.resources}
        return next(name for name in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if name not in taken)


def index_blocks(lines: Iterable[bytes], blocks: IO[bytes], filename: str) -> Iterator[bytes]:
    """Write the sorted ``lines`` of CDXJ to ``blocks``; yield the lines of the index of the blocks.

    ``filename`` is the name of the blocks' file in that index.
    """
    yield f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': filename})}\n".encode()
    rest = iter(lines)
    offset = 0
    while block := list(islice(rest, LINES_PER_BLOCK)):
        data = gzip.compress(b"".join(block), mtime=0)
        blocks.write(data)
        key, timestamp, _ = block[0].split(b" ", 2)
        place = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        yield b"%b %b %b\n" % (key, timestamp, json.dumps(place).encode())
        offset += len(data)


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    left = size
    while left:
        data = file.read(min(_PIECE, left))
        if not data:
            raise OSError(f"the file ends {left} bytes before the size that it had")
        left -= len(data)
        yield data
