"""What every command waits for before it begins: Scrapy loads all of them, whichever is asked for."""

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


def test_a_list_of_spiders_loads_neither_what_reads_articles_nor_what_fetches_pages():
    listing = subprocess.run([sys.executable, "-c", LIST], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = listing.stderr.splitlines()[-1].split()
    assert "rferl" in listing.stdout.split()
    assert {"newscrawl.commands.replay", "newscrawl.spiders.news"} <= set(loaded)
    late = {"extruct", "trafilatura", "pyarrow", "newscrawl.extract.article", "newscrawl.recording.handler"}
    assert not late.intersection(loaded)
