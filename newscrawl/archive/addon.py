"""The archive for any Scrapy project, by one line: ``ADDONS = {"newscrawl.archive.addon.WarcAddon": 500}``."""

from __future__ import annotations

from typing import Any

HANDLER = "newscrawl.recording.handler.RecordingDownloadHandler"
REBUILDING_MIDDLEWARE = "newscrawl.recording.rebuilding.RebuildingMiddleware"
MIDDLEWARE_POSITION = 1000
"""Nearest to the network, below the HTTP cache (900): it sees every response before any other middleware changes it."""


class WarcAddon:
    """Records http and https with the recording handler; a project that set another handler keeps it.

    What other handlers (HTTP/2, aiohttp...) fetch is recorded as well, rebuilt, and its records say so. Where the files
    go and how they look is set by ``WARC_DIRECTORY`` and the other settings of docs/archiving.md.
    """

    def update_settings(self, settings: Any) -> None:
        """Scrapy calls it before it makes any component; ``settings`` are Scrapy's, which this room does not import."""
        handlers = dict.fromkeys(("http", "https"), HANDLER)
        _add(settings, "DOWNLOAD_HANDLERS", handlers)
        _add(settings, "DOWNLOADER_MIDDLEWARES", {REBUILDING_MIDDLEWARE: MIDDLEWARE_POSITION})


def _add(settings: Any, name: str, entries: dict[str, Any]) -> None:
    """Add ``entries`` to a dict setting, at the priority it has; what the project set itself stays."""
    settings.set(name, {**entries, **settings.getdict(name)}, settings.getpriority(name) or 0)
