"""The one switch: with ``FRONTIER_NAME`` a crawl shares its site with all crawls that have the same."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from newscrawl.display import install_hint
from newscrawl.errors import UsageError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
# Above the project's settings, which name the handler that stands behind the gate.
_PRIORITY = "cmdline"


class SharedFrontierAddon:
    """Puts the shared scheduler and the gate in their places; does nothing without ``FRONTIER_NAME``."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Change the settings before a crawl; Scrapy calls this.

        Raises:
            UsageError: the name cannot be one, Redis is not named, or the extra is not installed.
        """
        name = settings.get("FRONTIER_NAME")
        if not name:
            return
        if not _NAME.fullmatch(str(name)):
            raise UsageError(f"FRONTIER_NAME={name!r}: only letters, digits, dots, hyphens and underscores are allowed")
        if not settings.get("REDIS_URL"):
            raise UsageError("FRONTIER_NAME is set, but not where Redis is: set REDIS_URL (NEWSCRAWL_REDIS_URL)")
        for module in ("redis", "scrapy_redis"):
            if find_spec(module) is None:
                raise UsageError(f"FRONTIER_NAME needs {module}: {install_hint('cluster')}")
        handlers = settings["DOWNLOAD_HANDLERS"]
        gate = "newscrawl.frontier.gate.GatedDownloadHandler"
        settings.set("FRONTIER_DOWNLOAD_HANDLER", handlers["https"], priority=_PRIORITY)
        settings.set("DOWNLOAD_HANDLERS", {**handlers, "http": gate, "https": gate}, priority=_PRIORITY)
        settings.set("SCHEDULER", "newscrawl.frontier.scheduler.SharedScheduler", priority=_PRIORITY)
