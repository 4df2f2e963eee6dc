"""Answer from memory what most pages ask of the state: was this written, or captured, before?

Most of what a crawl fetches is new. A Bloom filter over a small state says so without a look-up in the file, which
takes 15 µs.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.batch import Batch
from newscrawl.state.keys import packed_payload
from newscrawl.state.reading import StateReader

SMALL_STATE = 16 * 1024 * 1024
"""Bytes of a state file (about 20,000 articles) up to which all its digests are loaded at the start, in some 10 ms. For
a larger one the loading would take longer than a crawl of a few hundred pages gains by it."""
_BITS = 1 << 24


class BloomFilter:
    """A set of digests in 2 MB: false positives are possible, false negatives are not.

    It has one bit for each value of a digest's first three bytes. With a million digests in it, one in 17 others is a
    false positive.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)

    def add(self, digests: Iterable[bytes | str | None]) -> None:
        """Add ``digests``; those that are not bytes need not be added."""
        bits = self._bits
        for digest in digests:
            if isinstance(digest, bytes):
                place = int.from_bytes(digest[:3], "big")
                bits[place >> 3] |= 1 << (place & 7)

    def may_contain(self, digest: bytes | str | None) -> bool:
        """Return whether ``digest`` may have been added; True for everything that is not bytes."""
        if not isinstance(digest, bytes):
            return True
        place = int.from_bytes(digest[:3], "big")
        return bool(self._bits[place >> 3] & 1 << (place & 7))


class SeenIndex:
    """The revisions and payloads that the state holds, and those of this crawl that are not committed yet."""

    def __init__(self, reader: StateReader) -> None:
        self._reader = reader
        self._claimed: set[tuple[int, bytes]] = set()
        self._revisions: BloomFilter | None = None
        self._payloads: BloomFilter | None = None

    def load(self) -> None:
        """Load the digests of a small state. Call it while nobody writes, and only if no other crawler will."""
        if self._reader.size() <= SMALL_STATE:
            self._revisions, self._payloads = BloomFilter(), BloomFilter()
            self._revisions.add(self._reader.revision_digests())
            self._payloads.add(self._reader.original_payloads())

    def claim(self, key: int, digest: bytes) -> bool:
        """Return whether the article ``key`` never had a revision ``digest``; if so, it has one from now on."""
        revision = (key, digest)
        if revision in self._claimed or self._is_written(key, digest):
            return False
        self._claimed.add(revision)
        return True

    def original(self, payload_digest: str) -> Reference | None:
        """Return the first committed capture with this payload; None where there is none."""
        payload = packed_payload(payload_digest)
        if self._payloads is not None and not self._payloads.may_contain(payload):
            return None
        return self._reader.original(payload)

    def committed(self, batch: Batch) -> None:
        """Note that all of ``batch`` is in the state file."""
        written = [(line.key, line.digest) for line in batch.lines] + list(batch.revisions)
        self._claimed.difference_update(written)
        if self._revisions is not None and self._payloads is not None:
            self._revisions.add(digest for _, digest in written)
            self._payloads.add(packed_payload(digest) for digest in batch.originals)

    def _is_written(self, key: int, digest: bytes) -> bool:
        if self._revisions is not None and not self._revisions.may_contain(digest):
            return False
        return self._reader.is_written(key, digest)
