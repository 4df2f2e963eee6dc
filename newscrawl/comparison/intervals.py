"""Confidence intervals of shares: what a sample says of all articles."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959964
"""Of the normal distribution, for a confidence of 95 %."""


class Share(NamedTuple):
    """A share of articles, with the interval in which that of all articles lies with a confidence of 95 %."""

    share: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return percentages: ``1.2 % (0.8-1.9)``."""
        return f"{100 * self.share:.1f} % ({100 * self.low:.1f}-{100 * self.high:.1f})"


def share_of(count: int, total: int) -> Share:
    """Return the share ``count / total`` with its Wilson interval (E. B. Wilson, 1927)."""
    if total == 0:
        return Share(0.0, 0.0, 1.0)
    share = count / total
    middle = share + Z * Z / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    # At the ends the interval ends exactly there; rounding must not move it.
    low = 0.0 if count == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if count == total else min(1.0, (middle + half) / scale)
    return Share(share, low, high)
