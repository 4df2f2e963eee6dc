"""Find the revisits in a package whose originals are in none of its files, by sorting names on disk.

A 304 counts as a revisit: without the page that it confirms, a package shows nothing for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from newscrawl.archive.reading.captures import is_http, is_not_modified
from newscrawl.archive.reading.revisits import own_names, referred_names
from newscrawl.archive.records.parse_head import Record
from newscrawl.files.sorted_lines import sorted_lines

_ORIGINAL, _REVISIT = b"0", b"1"


class RevisitPlace(NamedTuple):
    """Where a revisit is in the files of the package."""

    file: int
    """Number of the file."""
    offset: int


class RevisitNames:
    """Collects the names under which records are known and referred to; :meth:`unresolved` compares them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._names = self._temporary()
        self._revisits = self._temporary()

    def add(self, record: Record, file: int) -> None:
        """Note the names of ``record``, which is in the file with this number."""
        if record.type in ("response", "resource"):
            self._names.writelines(b"%b %b\n" % (_key(name), _ORIGINAL) for name in own_names(record))
        elif record.type == "revisit" and is_http(record) and record.addressable:
            names = referred_names(record)
            if is_not_modified(record) and not names:
                return  # nothing says which capture it confirms
            place = json.dumps([file, record.offset]).encode()
            self._names.writelines(b"%b %b %b\n" % (_key(name), _REVISIT, place) for name in names)
            self._revisits.write(place + b"\n")

    def unresolved(self) -> Iterator[RevisitPlace]:
        """Yield the places of the revisits none of whose names is that of a record."""
        self._names.seek(0)
        self._revisits.seek(0)
        names = sorted_lines(self._names, self._folder, self._stack)
        marked = (line for lines in (self._marked(names), self._unmarked()) for line in lines)
        previous = b""
        for line in sorted_lines(marked, self._folder, self._stack):
            place, _, mark = line.rstrip(b"\n").rpartition(b" ")
            if mark == _REVISIT and place != previous:
                yield RevisitPlace(*json.loads(place))
            previous = place

    def _marked(self, names: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the places of revisits that have an original, marked so that they sort before the same unmarked."""
        found = b""
        for line in names:
            key, kind, *place = line.split(None, 2)
            if kind == _ORIGINAL:
                found = key
            elif key == found:
                yield b"%b %b\n" % (place[0].rstrip(b"\n"), _ORIGINAL)

    def _unmarked(self) -> Iterator[bytes]:
        return (b"%b %b\n" % (line.rstrip(b"\n"), _REVISIT) for line in self._revisits)

    def _temporary(self) -> IO[bytes]:
        return self._stack.enter_context(TemporaryFile(dir=self._folder))


def _key(name: str) -> bytes:
    """Return 16 bytes in hexadecimal that stand for ``name``."""
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16).hexdigest().encode()
