"""Why a download ended before its response did, in the words of WARC-Truncated (WARC 1.1, 5.14)."""

from __future__ import annotations

from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionClosed, ConnectionLost

TRUNCATING_FLAGS = {"dataloss": "disconnect", "download_stopped": "unspecified"}
"""Flags that Scrapy's handlers give a response whose body is not whole, with the reason that they stand for."""


def truncation_by(end: BaseException | str | None) -> str | None:
    """``length``, ``time``, ``disconnect`` or ``unspecified``; None when nothing ended it early.

    ``end`` is what the handler raised, or the flag of a response. Scrapy's handler cancels for the size alone.
    """
    if end is None:
        return None
    if isinstance(end, str):
        return TRUNCATING_FLAGS[end]
    if isinstance(end, DownloadTimeoutError):
        return "time"
    if isinstance(end, DownloadCancelledError):
        return "length"
    if isinstance(end, ResponseDataLossError) or (isinstance(end, DownloadFailedError) and _was_cut(end)):
        return "disconnect"
    return "unspecified"


def _was_cut(error: DownloadFailedError) -> bool:
    """Whether the connection ended, rather than that we ended it because what came was no HTTP."""
    reasons = getattr(error.__cause__, "reasons", None) or []
    return not reasons or any(reason.check(ConnectionClosed, ConnectionLost) for reason in reasons)
