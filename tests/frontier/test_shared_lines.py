"""Crawlers that share a frontier and a data folder: every article has its line once, whoever dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.salvage import salvage
from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.running import RunningSite, running_site
from tests.conftest import ROOT
from tests.frontier.conftest import RedisServer
from tests.waiting import wait_for

SIZE = 64


class Crew:
    """`newscrawl crawl sample` as several processes with one data folder."""

    def __init__(self, folder: Path, redis_url: str, site: RunningSite) -> None:
        self.folder = folder
        self.redis_url = redis_url
        self.site = site
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, frontier: str | None = "spring", delay: float = 0.0) -> subprocess.Popen[bytes]:
        settings = {"AUTOTHROTTLE_ENABLED": 0, "DOWNLOAD_DELAY": delay, "FRONTIER_LEASE": 2}
        if frontier:
            settings |= {"FRONTIER_NAME": frontier, "REDIS_URL": self.redis_url}
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        environment = {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.production",
            "NEWSCRAWL_DATA": str(self.folder / "data"),
            "NEWSCRAWL_CONTACT": "archive@crawler.test",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", f"base_url={self.site.url}"]
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "-a", f"_job={name}", *options],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def lines(self, name: str = "") -> list[str]:
        """The articles that have a line."""
        files = sorted((self.folder / "data" / "articles").glob(f"*{name}.jsonl"))
        return [json.loads(line)["canonicalUrl"] for path in files for line in path.read_bytes().splitlines()]


@pytest.fixture
def crew(redis_server: RedisServer, tmp_path: Path) -> Iterator[Crew]:
    redis_server.client.flushall()
    with running_site(size=SIZE) as site:
        made = Crew(tmp_path, redis_server.url, site)
        yield made
        for process in made.processes:
            process.kill()
            process.wait()


def test_a_killed_worker_costs_no_line_and_doubles_none(crew: Crew) -> None:
    # A hundred requests, a tenth of a second apart: when it dies, some pages of the last second have no line yet.
    doomed, heir = crew.start("doomed", delay=0.1), crew.start("heir", delay=0.1)
    wait_for(lambda: len(crew.lines("doomed")) >= 3 and len(crew.lines("heir")) >= 3, "both take part")
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    assert heir.wait(120) == 0, crew.log("heir")[-4000:]
    written = crew.lines()
    assert len(written) == len(set(written)) == SIZE
    assert 3 <= len(crew.lines("doomed")) < SIZE
    # The next crawl closes what was left open; all that was archived is sound.
    warcs = crew.folder / "data" / "warc"
    assert [each.final for each in salvage(warcs)]
    assert verify([warcs]).sound


def test_who_does_not_share_is_refused_and_the_others_go_on(crew: Crew) -> None:
    worker = crew.start("worker", delay=0.05)
    wait_for(lambda: "joins" in crew.log("worker"), "the worker is there")
    loner = crew.start("loner", frontier=None)
    assert loner.wait(120) != 0
    assert "another crawl of sample is running" in crew.log("loner")
    assert worker.wait(120) == 0, crew.log("worker")[-4000:]
    assert len(crew.lines()) == SIZE
    assert not crew.lines("loner")
