"""Modules that are loaded before any command starts: Scrapy imports all commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

LIST = """
import sys
from scrapy.cmdline import execute
try:
    execute(["scrapy", "list"])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_list_of_spiders_loads_no_extractor_and_no_downloader():
    listing = subprocess.run([sys.executable, "-c", LIST], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = listing.stderr.splitlines()[-1].split()
    assert "rferl" in listing.stdout.split()
    assert {"newscrawl.commands.replay", "newscrawl.spiders.news"} <= set(loaded)
    late = {"extruct", "trafilatura", "pyarrow", "newscrawl.extract.article", "newscrawl.recording.handler"}
    assert not late.intersection(loaded)
