"""Sample articles by a hash of what they are, so that the same ones are chosen in every run and on every runner."""

from __future__ import annotations

import hashlib
from functools import lru_cache

_SCALE = 1 << 64


def in_sample(name: str, share: float) -> bool:
    """Return whether an article is in the sample of this share.

    A sample holds every smaller sample.

    Args:
        name: of the article (:func:`newscrawl.sites.pages.article_name`).
        share: above 0, up to 1.
    """
    return share >= 1 or _place(name) < share * _SCALE


@lru_cache(maxsize=1024)
def _place(name: str) -> int:
    """Return a number below 2**64 that only the article decides."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
