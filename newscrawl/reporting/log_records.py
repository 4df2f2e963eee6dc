"""Make log messages safe to read: nothing that came from outside can steer a terminal or forge a line of the log.

URLs, headlines, header values and messages of servers are logged as arguments of messages. Their control characters,
and those that reverse the direction of text, become escapes; further lines of a message are indented, so that no text
from outside begins a line of its own (CWE-117, CWE-150).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newscrawl.display import printable

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class SafeRecord(logging.LogRecord):
    """A log record whose message holds no character that steers a terminal."""

    def getMessage(self) -> str:
        """Return the message with its arguments, escaped line by line; further lines are indented."""
        message = super().getMessage()
        if message.isprintable():
            return message
        return "\n  ".join(printable(line) for line in message.split("\n"))


class SafeLogAddon:
    """Use :class:`SafeRecord` for every record of this process: named by the setting ``ADDONS``."""

    def update_settings(self, _settings: BaseSettings) -> None:
        """Set the factory of records; nothing in the settings changes."""
        logging.setLogRecordFactory(SafeRecord)
