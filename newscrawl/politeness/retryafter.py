"""``Retry-After`` (RFC 9110, 10.2.3): when a server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(value: str | bytes | None, now: datetime, most: float) -> float | None:
    """The seconds that the header's ``value``, a number or an HTTP-date, asks to wait from ``now``, up to ``most``.

    None when it says nothing that can be understood.
    """
    text = (value.decode("latin-1") if isinstance(value, bytes) else value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), most)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), most)
