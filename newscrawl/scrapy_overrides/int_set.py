"""A set of integers that lies in plain memory: for what a crawl of millions must not do twice."""

from __future__ import annotations

import secrets
from array import array

_PARTS = 64
"""Tables, each of which grows alone: with a million keys in all, one is made anew in 10 ms, all at once took 0.6 s."""
_FIRST_SLOTS = 32
_FULL = 2 / 3
"""Of the slots of a table: fuller, a look-up passes many others by; emptier, a key takes more than 24 bytes."""
_64_BITS = (1 << 64) - 1
_PART_SHIFT, _SLOT_SHIFT = 58, 20
"""Which bits of a mixed key tell its table (there are 64), and which its slot."""


class IntSet:
    """Integers of 64 bits, signed or not, in 12 to 24 bytes each; a ``set`` takes 75 to 90 for each."""

    def __init__(self) -> None:
        self._secret = secrets.randbits(64)
        self._parts = [_Table() for _ in range(_PARTS)]

    def add(self, key: int) -> bool:
        """Put ``key`` in; whether it was not there."""
        mixed = self._mixed(key)
        return self._parts[mixed >> _PART_SHIFT].add(mixed)

    def __contains__(self, key: int) -> bool:
        """Whether ``key`` was put in."""
        mixed = self._mixed(key)
        return self._parts[mixed >> _PART_SHIFT].holds(mixed)

    def __len__(self) -> int:
        """How many were put in."""
        return sum(part.count for part in self._parts)

    def _mixed(self, key: int) -> int:
        """Another number for each key: the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable
        pseudorandom number generators", 2014), from a secret start, so that no site can choose ids that crowd.
        """
        mixed = key + self._secret & _64_BITS
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _64_BITS
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _64_BITS
        return mixed ^ mixed >> 31


class _Table:
    """Open addressing with linear probing; 0 is an empty slot, so a key of 0 is noted beside."""

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
        """Where it is, or else would be put."""
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
