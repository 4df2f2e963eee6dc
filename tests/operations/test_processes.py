"""Crawls as processes of this machine: several sites at once, a schedule without Scrapyd, logs that rotate."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newscrawl.operations.processes import rotate
from tests.command_line.test_main import newscrawl
from tests.waiting import PATIENCE_SECONDS, wait_for

SCHEDULE = """
processes = 1

[[crawl]]
sites = ["sample"]
every = "1d"
mode = "backfill"
arguments = { size = 3 }
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "NEWSCRAWL"))}
PROGRAM = Path(sys.executable).with_name("newscrawl")


def test_schedule_without_nodes_runs_each_slot_once(tmp_path: Path) -> None:
    (tmp_path / "schedule.toml").write_text(SCHEDULE)
    first = newscrawl(tmp_path, "schedule", "--at", "2026-05-01T03:30")
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.startswith("ran    sample-backfill-2026")
    lines = list((tmp_path / "data" / "articles").glob("*.jsonl"))
    assert len(lines) == 1
    second = newscrawl(tmp_path, "schedule", "--at", "2026-05-01T03:31")
    assert (second.returncode, second.stdout) == (0, "")
    assert list((tmp_path / "data" / "articles").glob("*.jsonl")) == lines
    assert (tmp_path / "data" / "logs" / "sample-backfill.log").stat().st_size > 0


def test_schedule_leaves_a_site_alone_that_is_being_crawled(tmp_path: Path) -> None:
    (tmp_path / "schedule.toml").write_text(SCHEDULE.replace("size = 3", "size = 300"))
    command = [str(PROGRAM), "schedule", "--at", "2026-05-01T03:30"]
    running = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    claims = tmp_path / "data" / "schedule"
    wait_for(lambda: (claims / "sample.site").exists(), "the crawl starts")
    other = SCHEDULE.replace('"backfill"', '"latest"')
    (tmp_path / "schedule.toml").write_text(other)
    second = newscrawl(tmp_path, "schedule", "--at", "2026-05-01T03:30")
    running.terminate()
    output, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert "waits  sample-latest" in second.stdout
    # Stopped before its end: the same slot is crawled by the next call.
    assert output.startswith("failed sample-backfill")


def test_several_sites_at_once_are_reported_one_by_one(tmp_path: Path) -> None:
    run = newscrawl(tmp_path, "crawl", "sample", "rferl", "-a", "max_articles=0")
    assert run.returncode == 2
    assert "max_articles='0'" in run.stderr
    run = newscrawl(tmp_path, "crawl", "sample", "sample", "--jobs", "1", "-a", "size=3")
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines() == ["sample: fine", "sample: fine"]
    assert newscrawl(tmp_path, "crawl", "--all", "rferl").returncode == 2
    assert newscrawl(tmp_path, "crawl", "--all", "--jobs", "0").returncode == 2


def test_large_log_is_renamed_and_the_oldest_is_replaced(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    for number in range(4):
        log.write_text(f"{number}" * 20)
        rotate(log, largest=10, kept=2)
    assert not log.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log.1", "a.log.2"]
    assert ((tmp_path / "a.log.1").read_text()[0], (tmp_path / "a.log.2").read_text()[0]) == ("3", "2")
    log.write_text("small")
    rotate(log, largest=10, kept=2)
    assert log.read_text() == "small"
