"""Read ``Retry-After`` (RFC 9110, 10.2.3) in every form that servers send."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawl.dates import instant_of

_SECONDS = re.compile(r"(\d{1,100})(?:\.(\d{1,12}))?\s*(?:s|secs?|seconds?)?", re.I | re.A)
"""A number of seconds; also with a fraction or the unit, which the RFC does not know."""


def seconds_to_wait(value: str | bytes | None, now: datetime, longest: float) -> float | None:
    """Return how many seconds from ``now`` the header's ``value`` asks to wait, at most ``longest``.

    The value is a number of seconds, or a date in any syntax of :mod:`newscrawl.dates`. Of several values, joined by
    commas as a proxy that adds its own joins them, the longest wait counts. Return None for anything else.
    """
    text = (value.decode("latin-1") if isinstance(value, bytes) else value or "").strip()
    seconds = _seconds(text)
    if seconds is None and (moment := instant_of(text)) is not None:
        seconds = max((moment - now).total_seconds(), 0.0)
    if seconds is None and "," in text:
        seconds = max(
            (known for part in text.split(",") if (known := _seconds(part.strip())) is not None), default=None
        )
    return None if seconds is None else min(seconds, longest)


def _seconds(text: str) -> float | None:
    match = _SECONDS.fullmatch(text)
    return float(f"{match[1]}.{match[2] or 0}") if match else None
