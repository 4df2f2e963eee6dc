"""`newscrawl init DIR`: a folder from which crawls and a schedule work as they are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command_line.test_main import newscrawl
from tests.waiting import PATIENCE_SECONDS


def test_folder_crawls_and_schedules_as_it_is(tmp_path: Path) -> None:
    made = newscrawl(tmp_path, "init", "crawls", "--contact", "archive@crawler.test")
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "crawls"
    crawl = newscrawl(folder, "crawl", "sample", "-a", "size=3")
    assert crawl.returncode == 0, crawl.stderr[-2000:]
    assert "archive@crawler.test" in crawl.stderr + (folder / "environment").read_text()
    assert list((folder / "data" / "articles").glob("*.jsonl"))
    listed = newscrawl(folder, "schedule", "--dry-run")
    assert [line.rsplit("-", 1)[0] for line in listed.stdout.splitlines()] == ["sample-latest", "sample-recheck"]


def test_without_contact_no_crawl_starts_and_the_variable_is_named(tmp_path: Path) -> None:
    made = newscrawl(tmp_path, "init", "crawls")
    assert "NEWSCRAWL_CONTACT" in made.stdout
    crawl = newscrawl(tmp_path / "crawls", "crawl", "sample")
    assert crawl.returncode == 2
    assert "set NEWSCRAWL_CONTACT" in crawl.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["init"], "name one folder"),
        (["init", "."], "scrapy.cfg exists"),
        (["init", "a", "--contact", "nobody"], "neither a mail address"),
        (["init", "with space"], "choose a path without spaces"),
    ],
)
def test_mistakes_are_named_and_nothing_is_written(words: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("")
    run = newscrawl(tmp_path, *words)
    assert run.returncode == 2
    assert message in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["scrapy.cfg"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_units_are_valid_for_systemd(tmp_path: Path) -> None:
    newscrawl(tmp_path, "init", "crawls")
    units = [str(path) for path in sorted((tmp_path / "crawls").glob("newscrawl-schedule.*"))]
    assert len(units) == 2
    command = ["systemd-analyze", "verify", "--man=no", *units]
    run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert [line for line in (run.stdout + run.stderr).splitlines() if "newscrawl" in line] == []
