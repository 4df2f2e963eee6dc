"""Count the error messages of a crawl's log, so that reports and notifications name the most frequent ones."""

from __future__ import annotations

import logging
import re
from collections import Counter

NAMED = 3
"""Messages that a notification names."""
MAX_DIFFERENT = 1_000
"""Messages that are told apart; further ones are not counted."""
MAX_LENGTH = 300
"""Characters of a message that are kept."""
_NUMBERS = re.compile(r"\d+")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


class ErrorCounter(logging.Handler):
    """Count messages of level ERROR and above; those that differ in numbers alone are one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Count the first line of the message of ``record``."""
        lines = record.getMessage().splitlines()
        message = _UNPRINTABLE.sub("?", lines[0][:MAX_LENGTH]) if lines else ""
        key = _NUMBERS.sub("0", message)
        if key in self._first or len(self._first) < MAX_DIFFERENT:
            self._first.setdefault(key, message)
            self._counts[key] += 1

    def most_frequent(self, number: int = NAMED) -> tuple[tuple[str, int], ...]:
        """Return the most frequent messages with their counts."""
        return tuple((self._first[key], count) for key, count in self._counts.most_common(number))
