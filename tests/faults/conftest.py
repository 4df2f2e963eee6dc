"""A sample site, crawls that start quickly and can be killed at any step, and what they left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from newscrawl.samplesite.running import RunningSite, running_site
from newscrawl.sites.pages import article_name
from tests.conftest import ROOT

QUICK = {"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0, "RETRY_TIMES": 1, "LOG_LEVEL": "INFO"}


class Crawler:
    """Runs crawls of the sample site, one after the other."""

    def __init__(self) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def start(self, folder: Path, site: str, *arguments: str, **task: Any) -> int:
        """Start ``newscrawl crawl sample`` in ``folder``; its process id. To be followed by :meth:`end`."""
        assert self._process.stdin is not None
        folder.mkdir(exist_ok=True)
        task["settings"] = {**QUICK, **task.get("settings", {})}
        task["arguments"] = ["crawl", "sample", "-a", f"base_url={site}", *arguments]
        self._process.stdin.write(json.dumps({"folder": str(folder), **task}) + "\n")
        self._process.stdin.flush()
        return int(self._answer()["pid"])

    def end(self) -> dict[str, int]:
        """How the crawl that was started ended: ``status`` and ``steps``."""
        return self._answer()

    def run(self, folder: Path, site: str, *arguments: str, **task: Any) -> dict[str, int]:
        """Both."""
        self.start(folder, site, *arguments, **task)
        return self.end()

    def close(self) -> None:
        """No more crawls."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _answer(self) -> dict[str, int]:
        assert self._process.stdout is not None
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer


@pytest.fixture(scope="session")
def crawler() -> Iterator[Crawler]:
    crawler = Crawler()
    yield crawler
    crawler.close()


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    with running_site(size=12) as site:
        yield site


def lines_of(folder: Path) -> list[bytes]:
    """All lines of all crawls in ``folder``, sorted."""
    files = sorted((folder / "data" / "articles").glob("*.jsonl"))
    return sorted(line for path in files for line in path.read_bytes().splitlines(keepends=True))


def revisions(folder: Path) -> list[tuple[str, str]]:
    """Article and digest of all lines, sorted: what is the same whenever, and by whichever URL, it was fetched."""
    articles = [orjson.loads(line) for line in lines_of(folder)]
    return sorted((article_name(article["url"]), article["metadata"]["articleDigest"]) for article in articles)
