"""Keep millions of integers in little memory: ids of articles and fingerprints of requests.

Roaring bitmaps (pyroaring) would serve the ids, which lie close together, but not fingerprints: these are spread evenly
over 64 bits, so each of them would need a container of its own.
"""

from __future__ import annotations

import secrets
from array import array

_PARTS = 64
"""Number of tables. Each grows alone: with a million keys, one is rebuilt in 10 ms; all together took 0.6 s."""
_FIRST_SLOTS = 32
_FULL = 2 / 3
"""Largest share of used slots in a table: with more, look-ups get slow; with less, a key takes more than 24 bytes."""
_64_BITS = (1 << 64) - 1
_PART_SHIFT, _SLOT_SHIFT = 58, 20
"""Bits of a mixed key that choose its table (there are 64), and its slot."""


class IntSet:
    """Integers of 64 bits, signed or not, in 12 to 24 bytes each; a ``set`` takes 75 to 90 for each."""

    def __init__(self) -> None:
        self._secret = secrets.randbits(64)
        self._parts = [_Table() for _ in range(_PARTS)]

    def add(self, key: int) -> bool:
        """Add ``key``, and return whether it is new."""
        mixed = self._mixed(key)
        return self._parts[mixed >> _PART_SHIFT].add(mixed)

    def __contains__(self, key: int) -> bool:
        """Return whether ``key`` was added."""
        mixed = self._mixed(key)
        return self._parts[mixed >> _PART_SHIFT].holds(mixed)

    def __len__(self) -> int:
        """Return the number of keys."""
        return sum(part.count for part in self._parts)

    def _mixed(self, key: int) -> int:
        """Return another number for each key, from a secret start, so that no site can choose ids that collide.

        This is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
        2014).
        """
        mixed = key + self._secret & _64_BITS
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _64_BITS
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _64_BITS
        return mixed ^ mixed >> 31


class _Table:
    """Open addressing with linear probing; 0 marks an empty slot, so a key of 0 has a flag of its own."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FIRST_SLOTS))
        self._has_zero = False
        self.count = 0

    def add(self, mixed: int) -> bool:
        if self.holds(mixed):
            return False
        if self.count >= len(self._slots) * _FULL:
            self._grow()
        self._put(mixed)
        self.count += 1
        return True

    def holds(self, mixed: int) -> bool:
        if not mixed:
            return self._has_zero
        return self._slots[self._slot(mixed)] == mixed

    def _put(self, mixed: int) -> None:
        if mixed:
            self._slots[self._slot(mixed)] = mixed
        else:
            self._has_zero = True

    def _slot(self, mixed: int) -> int:
        """Return the slot in which ``mixed`` is, or would be."""
        slots = self._slots
        last = len(slots) - 1
        slot = mixed >> _SLOT_SHIFT & last
        while slots[slot] not in (mixed, 0):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(8 * 2 * len(old)))
        for mixed in filter(None, old):
            self._put(mixed)
