"""A long list of URLs is asked for bit by bit, so that a crawl's memory does not grow with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from newscrawl.samplesite.announcements import escaped_path
from newscrawl.samplesite.running import running_site
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

SIZE, AT_ONCE = 240, 50
_RUN = """
import sys
from newscrawl.spiders import news
news.LISTED_AT_ONCE = {at_once}
from scrapy.cmdline import execute
from scrapy.core.scheduler import Scheduler
most, add = [0], Scheduler.enqueue_request
def enqueue_request(self, request):
    added = add(self, request)
    most[0] = max(most[0], len(self))
    return added
Scheduler.enqueue_request = enqueue_request
try:
    execute(["scrapy", *sys.argv[1:]])
finally:
    print("most waiting:", most[0])
"""


def test_a_list_waits_for_the_queue_and_all_of_it_is_fetched(tmp_path: Path) -> None:
    with running_site(size=SIZE) as site:
        stories = list(site.publication.stories.all())
        (tmp_path / "urls.txt").write_text("".join(f"{site.url}{escaped_path(story)}\n" for story in stories))
        environment = {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", _RUN.format(at_once=AT_ONCE), "crawl", "sample", "-a", f"base_url={site.url}"]
        run = subprocess.run(
            [*command, "-a", "urls_file=urls.txt"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    assert run.returncode == 0, run.stderr[-3000:]
    lines = sum(path.read_bytes().count(b"\n") for path in tmp_path.glob("data/articles/*.jsonl"))
    assert lines == len(stories)
    waiting = re.search(r"most waiting: (\d+)", run.stdout)
    assert waiting is not None
    assert int(waiting[1]) <= AT_ONCE + 1
