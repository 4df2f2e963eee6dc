"""Who asks: in production each request says whom to write to, and without that none is sent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newscrawl.samplesite.running import running_site
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

CONTACT = "archive@newscrawl.example.edu"


def crawled(folder: Path, base_url: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A crawl of the sample site under the settings of production."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    environment |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings.production", "PYTHONPATH": str(ROOT)}
    environment |= {"NEWSCRAWL_DATA": str(folder / "data"), **variables}
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "sample",
        "-a",
        f"base_url={base_url}",
        "-s",
        "DOWNLOAD_DELAY=0",
    ]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def test_every_request_names_the_contact(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        run = crawled(tmp_path, site.url, NEWSCRAWL_CONTACT=CONTACT)
        assert run.returncode == 0, run.stderr[-2000:]
        agents = {visit.user_agent for visit in site.visits}
    assert len(agents) == 1
    assert CONTACT in agents.pop()


def test_without_a_contact_nothing_is_asked(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        run = crawled(tmp_path, site.url)
        assert site.visits == ()
    assert run.returncode == 2
    assert "NEWSCRAWL_CONTACT" in run.stderr
