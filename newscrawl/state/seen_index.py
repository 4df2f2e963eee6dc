"""What was written and captured before, by this crawl or any other: asked twice for every page.

Most of what a crawl asks for is new. In a small state that is told from memory: a look-up in the file takes 15 µs.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.batch import Batch
from newscrawl.state.keys import packed_payload
from newscrawl.state.reading import StateReader

SMALL_STATE = 16 * 1024 * 1024
"""Bytes of a state file (about 20,000 articles) up to which all its digests are learnt at the start, in some 10 ms. In
a larger one that would take longer than a crawl of a few hundred pages gains by it."""
_PLACES = 1 << 24


class Sieve:
    """One bit (2 MB in all) for each value of a digest's first three bytes: what was never put in seldom passes.

    Among a million digests one in 17 that were not put in passes all the same.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_PLACES // 8)

    def put(self, digests: Iterable[bytes | str | None]) -> None:
        """Have ``digests`` pass from now on. Those that are no bytes always do."""
        bits = self._bits
        for digest in digests:
            if isinstance(digest, bytes):
                place = int.from_bytes(digest[:3], "big")
                bits[place >> 3] |= 1 << (place & 7)

    def passes(self, digest: bytes | str | None) -> bool:
        """Whether ``digest`` may have been put in."""
        if not isinstance(digest, bytes):
            return True
        place = int.from_bytes(digest[:3], "big")
        return bool(self._bits[place >> 3] & 1 << (place & 7))


class Known:
    """What the state knows, and what this crawl adds that is not committed."""

    def __init__(self, reader: StateReader) -> None:
        self._reader = reader
        self._claimed: set[tuple[int, bytes]] = set()
        self._revisions: Sieve | None = None
        self._payloads: Sieve | None = None

    def learn(self) -> None:
        """Have in memory what a small state holds; to be called while nobody writes, where no other crawler will."""
        if self._reader.size() <= SMALL_STATE:
            self._revisions, self._payloads = Sieve(), Sieve()
            self._revisions.put(self._reader.revision_digests())
            self._payloads.put(self._reader.original_payloads())

    def claim(self, key: int, digest: bytes) -> bool:
        """Whether the article never said this before; if so, it does from now on."""
        revision = (key, digest)
        if revision in self._claimed or self._is_written(key, digest):
            return False
        self._claimed.add(revision)
        return True

    def original(self, payload_digest: str) -> Reference | None:
        """The first capture with this payload, where it is committed."""
        payload = packed_payload(payload_digest)
        if self._payloads is not None and not self._payloads.passes(payload):
            return None
        return self._reader.original(payload)

    def committed(self, batch: Batch) -> None:
        """All of ``batch`` is in the state from now on."""
        written = [(line.key, line.digest) for line in batch.lines] + list(batch.revisions)
        self._claimed.difference_update(written)
        if self._revisions is not None and self._payloads is not None:
            self._revisions.put(digest for _, digest in written)
            self._payloads.put(packed_payload(digest) for digest in batch.originals)

    def _is_written(self, key: int, digest: bytes) -> bool:
        if self._revisions is not None and not self._revisions.passes(digest):
            return False
        return self._reader.is_written(key, digest)
