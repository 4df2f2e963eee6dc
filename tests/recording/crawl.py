"""A crawl in a process of its own: reads what to fetch from standard input, pickles what it got."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.archive.records.exchange import RecordedExchange
from newscrawl.capture import Capture
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS


@dataclass
class Got:
    """What the spider got for one request."""

    name: str
    recorded: RecordedExchange | None
    capture: Capture | None
    error: str | None = None
    fields: dict[str, Any] | None = None
    """Of Scrapy's response."""


class NothingSeen:
    """A revisit index that knows nothing: every response is written in full."""

    def seen(self, digest: str) -> None:
        """Nothing."""

    def captured(self, url: str) -> None:
        """Nothing."""

    def remember(self, url: str, digest: str, reference: object) -> None:
        """Nothing is kept."""


def crawl(folder: Path, requests: list[dict[str, Any]], **settings: Any) -> dict[str, Got]:
    """Fetch ``requests`` in a subprocess; WARCs go to ``folder``. Return the last response of each, by name."""
    results = folder.parent / f"{folder.name}.pickle"
    task: dict[str, Any] = {
        "requests": requests,
        "settings": {"WARC_DIRECTORY": str(folder), **settings},
        "results": str(results),
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.recording.crawl"],
        input=json.dumps(task),
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    (results.with_suffix(".log")).write_text(process.stderr)
    return {got.name: got for got in pickle.loads(results.read_bytes())}


def _main() -> None:
    from scrapy.crawler import AsyncCrawlerProcess

    from tests.recording.wirespider import WireSpider

    task = json.load(sys.stdin)
    collected: list[Got] = []
    settings = {
        "ADDONS": {"newscrawl.archive.addon.WarcAddon": 500},
        "RETRY_TIMES": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "INFO",
        **task["settings"],
    }
    process = AsyncCrawlerProcess(settings)  # as `newscrawl crawl` has it
    process.crawl(WireSpider, wanted=task["requests"], collected=collected)
    process.start()
    Path(task["results"]).write_bytes(pickle.dumps(collected))


if __name__ == "__main__":
    # Pickled classes must be those of the importable module, not of __main__.
    from tests.recording import crawl as _module

    _module._main()
