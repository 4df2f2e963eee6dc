"""Which crawls keep a state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def test_a_replay_knows_nothing_of_the_one_before(tmp_path: Path) -> None:
    assert scrapy(tmp_path, "crawl", "sample", "-a", "size=8").returncode == 0
    crawled = sorted(
        line for path in (tmp_path / "data" / "articles").iterdir() for line in path.read_bytes().splitlines()
    )
    for number in range(2):
        folder = tmp_path / f"replayed{number}"
        run = scrapy(tmp_path, "crawl", "replay", "-a", "source=data/warc", "-s", f"ARTICLES_DIRECTORY={folder}")
        assert run.returncode == 0, run.stderr[-3000:]
        assert sorted(line for path in folder.iterdir() for line in path.read_bytes().splitlines()) == crawled
    # A report reads the state after the crawl has closed it, and leaves SQLite's files beside it.
    assert {path.name.partition(".")[0] for path in (tmp_path / "data" / "state").iterdir()} == {"sample", "robots"}
