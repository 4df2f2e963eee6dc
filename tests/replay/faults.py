"""Pipelines that fail on purpose, for workers of Spark: they find them by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

DEATHS = "NEWSCRAWL_TEST_DEATHS"
"""The folder where deaths are noted."""


class DiesOnce:
    """Ends its process in the middle of a task, the first time it sees an article of a file."""

    deaths = 1

    def process_item(self, item: Any) -> Any:
        note = Path(os.environ[DEATHS])
        for death in range(self.deaths):
            try:
                (note / f"{item.metadata.warcFilename}-{death}").touch(exist_ok=False)
            except FileExistsError:
                continue
            os._exit(9)
        return item


class DiesAlways(DiesOnce):
    """Ends its process whenever it sees an article of the second crawl."""

    def process_item(self, item: Any) -> Any:
        if item.metadata.warcFilename.startswith("crawl1"):
            os._exit(9)
        return item
