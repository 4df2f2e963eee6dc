"""The newest capture of one URL in an archive, or that of a given time."""

from __future__ import annotations

import re

from w3lib.url import canonicalize_url

from newscrawl.archive.reading.captures import RecordHead
from newscrawl.archive.reading.reader import read_captures
from newscrawl.capture import Capture
from newscrawl.errors import RecordError, UsageError

_STAMP = re.compile(r"\d{4}(?:\d\d){0,5}", re.ASCII)


def newest_capture(source: str, url: str, within: str | None = None) -> tuple[Capture, list[str]]:
    """Return the newest capture of ``url``, whatever way its characters are escaped, and the stamps of the others.

    Args:
        source: an archive: a file, a folder, an address.
        url: what was captured.
        within: how the 14 digits of the capture's instant begin: ``2019``, ``20190312``.

    Raises:
        UsageError: there is none, ``within`` is no beginning of an instant.
        ArchiveError: the archive cannot be found or opened.
    """
    if within is not None and not _STAMP.fullmatch(within):
        raise UsageError(f"{within!r} is no time: give digits such as 2019, 201903 or 20190312")
    wanted = _form(url)
    passed_over: list[RecordError] = []
    newest: Capture | None = None
    stamps: list[str] = []

    def is_wanted(head: RecordHead) -> bool:
        return head.url == url or _form(head.url) == wanted

    for capture in read_captures(source, on_skip=passed_over.append, wanted=is_wanted):
        stamps.append(stamp := f"{capture.date:%Y%m%d%H%M%S}")
        if stamp.startswith(within or "") and (newest is None or capture.date >= newest.date):
            newest = capture
    if newest is None:
        raise UsageError(_missing(source, url, within, sorted(stamps), passed_over))
    stamps.remove(f"{newest.date:%Y%m%d%H%M%S}")
    return newest, sorted(stamps)


def _form(url: str) -> str:
    try:
        return str(canonicalize_url(url))
    except ValueError:  # "http://[" and the like
        return url


def _missing(source: str, url: str, within: str | None, stamps: list[str], passed_over: list[RecordError]) -> str:
    parts = [f"{source} holds no capture of {url}{f' of {within}' if within else ''}"]
    if stamps:
        parts.append(f"it has those of {', '.join(stamps)}")
    if passed_over:
        parts.append(f"records passed over: {len(passed_over)}, the first: {passed_over[0]}")
    return "; ".join(parts)
