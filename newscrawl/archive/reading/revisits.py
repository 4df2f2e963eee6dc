"""The originals that revisit records point to: where they are, or where they may be looked up.

Sources: WARC 1.1, section 6.7, and the fields WARC-Refers-To, WARC-Refers-To-Target-URI, WARC-Refers-To-Date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newscrawl.archive.cdxj.index import REVISIT
from newscrawl.archive.cdxj.lookup import read_cdxj
from newscrawl.archive.reading.record_blocks import Block, block_at
from newscrawl.archive.records.parse_head import Record, date_of, plain_uri
from newscrawl.errors import ArchiveError
from newscrawl.files.sources import Source

MAX_KEYS = 1_000_000
"""Names of originals that are remembered (about 100 bytes each); the oldest are forgotten after that."""
MAX_HELD = 64 * 1024 * 1024
"""Bytes of originals that are held because they cannot be read again: of pipes, of files compressed as a whole."""


class Place(NamedTuple):
    """Where a record can be read."""

    source: Source
    offset: int


class Originals:
    """What revisits may refer to: responses seen so far, and CDXJ files."""

    def __init__(self, index: Iterable[str | Path] = ()) -> None:
        self._sources: list[Source] = []
        self._young: dict[int, tuple[int, int]] = {}
        self._old: dict[int, tuple[int, int]] = {}
        self._held: OrderedDict[int, tuple[Record, Block]] = OrderedDict()
        self._held_bytes = 0
        self._index = tuple(Path(path) for path in index)
        self._beside: dict[Path, tuple[Path, ...]] = {}

    def remember(self, source: Source, record: Record, block: Block) -> None:
        """Keep in mind where the response ``record`` is."""
        if not (source.reopens and record.addressable):
            self._hold(record, block)
            return
        if not self._sources or self._sources[-1] is not source:
            self._sources.append(source)
        if len(self._young) >= MAX_KEYS // 2:
            self._old, self._young = self._young, {}
        place = (len(self._sources) - 1, record.offset)
        for key in _own_keys(record):
            self._young[key] = place

    def original_of(self, source: Source, revisit: Record) -> tuple[Record, Block] | None:
        """Return the record that ``revisit`` from ``source`` refers to, with its block; None if it is not known."""
        for key in _referred_keys(revisit):
            if key in self._held:
                return self._held[key]
        found = self.place_of(source, revisit)
        return found[1:] if found else None

    def place_of(self, source: Source, revisit: Record) -> tuple[Place, Record, Block] | None:
        """Return what :meth:`original_of` returns, with its place; None also for an original that cannot be reread."""
        for place in (*self._places(revisit), *self._indexed_places(source, revisit)):
            try:
                record, block = block_at(*place)
            except ArchiveError:
                continue
            if is_original(record, revisit):
                return place, record, block
        return None

    def _places(self, revisit: Record) -> Iterator[Place]:
        for key in _referred_keys(revisit):
            number, offset = self._young.get(key) or self._old.get(key) or (-1, 0)
            if number >= 0:
                yield Place(self._sources[number], offset)

    def _indexed_places(self, source: Source, revisit: Record) -> Iterator[Place]:
        url = plain_uri(revisit.get("WARC-Refers-To-Target-URI") or "") or revisit.url
        date = date_of(revisit.get("WARC-Refers-To-Date") or "")
        second = date.replace(microsecond=0) if date else None
        digest = revisit.get("WARC-Payload-Digest")
        for index in (*self._index, *self._indexes_beside(source)):
            for entry in read_cdxj(index, url=url):
                if entry.mime != REVISIT and (entry.date == second or (digest and entry.digest == digest)):
                    # Only the base name: an index must not lead out of its folder.
                    name = Path(entry.filename).name
                    folders = (index.parent, index.parent.parent / "archive")
                    yield from (
                        Place(Source(str(each / name)), entry.offset) for each in folders if (each / name).is_file()
                    )

    def _indexes_beside(self, source: Source) -> tuple[Path, ...]:
        if "://" in source.path or not source.reopens:
            return ()
        folder = Path(source.path).parent
        if folder not in self._beside:
            self._beside[folder] = tuple(sorted(folder.glob("*.cdxj")))
        return self._beside[folder]

    def _hold(self, record: Record, block: Block) -> None:
        for key in _own_keys(record):
            self._held[key] = (record, block)
            self._held_bytes += record.length
        while self._held_bytes > MAX_HELD:
            _, (oldest, _) = self._held.popitem(last=False)
            self._held_bytes -= oldest.length


def own_names(record: Record) -> list[str]:
    """Return the names under which a revisit may look for ``record``."""
    names = [f"id {record.id}"] if record.id else []
    names.append(f"capture {record.date} {record.url}")
    digest = record.get("WARC-Payload-Digest")
    if digest:
        names.append(f"digest {digest.lower()}")
    return names


def referred_names(revisit: Record) -> list[str]:
    """Return the names of what ``revisit`` refers to, the surest first."""
    names = []
    if record_id := revisit.get("WARC-Refers-To"):
        names.append(f"id {record_id}")
    url, date = revisit.get("WARC-Refers-To-Target-URI"), revisit.get("WARC-Refers-To-Date")
    if url and date:
        names.append(f"capture {date_of(date)} {plain_uri(url)}")
    if digest := revisit.get("WARC-Payload-Digest"):
        names.append(f"digest {digest.lower()}")
    return names


def is_original(record: Record, revisit: Record) -> bool:
    """Whether ``record``, found under a hash or in an index, is what ``revisit`` names."""
    return record.type in ("response", "resource") and not set(own_names(record)).isdisjoint(referred_names(revisit))


def _own_keys(record: Record) -> list[int]:
    """Hashed: 64 bits each instead of the strings."""
    return [hash(name) for name in own_names(record)]


def _referred_keys(revisit: Record) -> list[int]:
    return [hash(name) for name in referred_names(revisit)]
