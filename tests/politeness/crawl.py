"""A crawl in a process of its own, under the settings of the project; its stats come back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS


def crawl(folder: Path, spider: str, arguments: dict[str, str] | None = None, **settings: Any) -> dict[str, Any]:
    """Crawl in a subprocess, fast and without an archive unless ``settings`` say otherwise; the stats of the crawl."""
    quick = {"WARC_ENABLED": False, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_TIMEOUT": 20}
    task = {
        "spider": spider,
        "arguments": arguments or {},
        "settings": {**quick, **settings},
        "stats": str(folder / "stats"),
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.politeness.crawl"],
        input=json.dumps(task),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    (folder / "log").write_text(process.stderr)
    stats: dict[str, Any] = json.loads((folder / "stats").read_text())
    return stats


def _main() -> None:
    from scrapy import Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    class BareSpider(Spider):
        """A spider without a site: fetches ``urls``."""

        name = "bare"

        def __init__(self, urls: str = "", **arguments: Any) -> None:
            super().__init__(**arguments)
            self.start_urls = urls.split()

        def parse(self, response: Any) -> None:
            self.crawler.stats.inc_value("bare/got")

    task = json.load(sys.stdin)
    settings = get_project_settings()
    settings.setdict(task["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(BareSpider if task["spider"] == "bare" else task["spider"])
    process.crawl(crawler, **task["arguments"])
    process.start()
    Path(task["stats"]).write_text(json.dumps(crawler.stats.get_stats(), default=str))


if __name__ == "__main__":
    _main()
