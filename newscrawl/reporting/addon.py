"""Switch on the notifications: if a channel is set in ``MONITORS_*``, Spidermon runs the checks and sends them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from newscrawl.display import install_hint
from newscrawl.errors import UsageError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

CHANNELS = ("MONITORS_WEBHOOK", "MONITORS_SLACK_WEBHOOK", "MONITORS_MAIL_TO")
_EXTENSION = "spidermon.contrib.scrapy.extensions.Spidermon"
_SUITE = "newscrawl.reporting.monitors.CrawlSuite"
_AFTER_ALL_OTHERS = 900


class MonitorsAddon:
    """Add Spidermon and our suite, if a channel is configured or ``SPIDERMON_ENABLED`` is on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Change the settings before a crawl; Scrapy calls this.

        Raises:
            UsageError: A channel is configured, but the extra is not installed or a value is malformed.
        """
        configured = [name for name in CHANNELS if settings.get(name)]
        if not (configured or settings.getbool("SPIDERMON_ENABLED")) or not settings.getbool("MONITORS_ENABLED"):
            return
        for module in ("spidermon", "requests"):
            if find_spec(module) is None:
                what = configured[0] if configured else "SPIDERMON_ENABLED"
                raise UsageError(f"{what} needs {module}: {install_hint('monitors')}")
        for name in ("MONITORS_WEBHOOK", "MONITORS_SLACK_WEBHOOK"):
            if settings.get(name) and not str(settings[name]).startswith(("http://", "https://")):
                raise UsageError(f"{name} is not an http(s) URL")
        if settings.get("MONITORS_SMTP_SECURITY") not in (None, "", "starttls", "tls"):
            raise UsageError("MONITORS_SMTP_SECURITY is not starttls, tls or empty")
        if not str(settings["MONITORS_SMTP_PORT"]).isdecimal():
            raise UsageError(f"MONITORS_SMTP_PORT={settings['MONITORS_SMTP_PORT']!r} is not a number")
        priority = settings.getpriority("EXTENSIONS") or 0
        extensions = {**settings.getdict("EXTENSIONS"), _EXTENSION: _AFTER_ALL_OTHERS}
        settings.set("EXTENSIONS", extensions, priority=priority)
        settings.set("SPIDERMON_ENABLED", True, priority="cmdline")
        suites = settings.getlist("SPIDERMON_ENGINE_STOP_MONITORS")
        if _SUITE not in suites:
            settings.set("SPIDERMON_ENGINE_STOP_MONITORS", [*suites, _SUITE], priority="cmdline")
