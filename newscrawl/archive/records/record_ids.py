"""Ids of the records that we write."""

from __future__ import annotations

import os
from collections.abc import Iterator

_IDS_AT_ONCE = 64
"""Record ids whose random bytes are drawn together: each draw is a call of the system."""
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""Of a UUID: two bits of the digit are given, the others as they fell."""


def record_ids() -> Iterator[str]:
    """Fresh ``<urn:uuid:...>`` of version 4 (RFC 9562, 5.4), in a third of the time of :mod:`uuid`."""
    while True:
        drawn = os.urandom(16 * _IDS_AT_ONCE).hex()
        for start in range(0, len(drawn), 32):
            digits = drawn[start : start + 32]
            variant = _VARIANTS[digits[16]]
            yield f"<urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}>"
