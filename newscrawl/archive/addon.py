"""The archive for any Scrapy project, by one line: ``ADDONS = {"newscrawl.archive.addon.WarcAddon": 500}``."""

from __future__ import annotations

from typing import Any

HANDLER = "newscrawl.recording.handler.RecordingDownloadHandler"
REBUILDING_MIDDLEWARE = "newscrawl.recording.rebuilding.RebuildingMiddleware"
MIDDLEWARE_POSITION = 1000
"""Nearest to the network, below the HTTP cache (900): it sees every response before any other middleware changes it."""

_PROJECT = 20
"""The priority of a project's settings (``scrapy.settings.SETTINGS_PRIORITIES``)."""


class WarcAddon:
    """Records http and https with the recording handler; a project that set another handler keeps it.

    What other handlers (HTTP/2, aiohttp...) fetch is recorded as well, rebuilt, and its records say so. Where the files
    go and how they look is set by ``WARC_DIRECTORY`` and the other settings of docs/archiving.md.
    """

    def update_settings(self, settings: Any) -> None:
        """Set the handler and the middleware; ``settings`` are Scrapy's, which this room does not import."""
        handlers = dict.fromkeys(("http", "https"), HANDLER)
        _add(settings, "DOWNLOAD_HANDLERS", handlers)
        _add(settings, "DOWNLOADER_MIDDLEWARES", {REBUILDING_MIDDLEWARE: MIDDLEWARE_POSITION})


def _add(settings: Any, name: str, entries: dict[str, Any]) -> None:
    """Add ``entries`` to a dict setting; what the project set itself stays.

    At least at the priority of a project's settings: in its mode without a Twisted reactor, Scrapy gives handlers of
    its own that priority.
    """
    priority = max(settings.getpriority(name) or 0, _PROJECT)
    settings.set(name, {**entries, **settings.getdict(name)}, priority)
