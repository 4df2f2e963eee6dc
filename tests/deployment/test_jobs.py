"""Jobs on a real Scrapyd: scheduled, followed, cancelled, and the files that they write."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.running import RunningSite, running_site
from settings import base
from tests.conftest import ROOT
from tests.deployment.conftest import ScrapydServer
from tests.waiting import PATIENCE_SECONDS, wait_for

SIZE = 40
QUICK = {"AUTOTHROTTLE_ENABLED": "0", "DOWNLOAD_DELAY": "0"}

# What says when and into which file a page was fetched, and so differs between two crawls of the same pages.
_OF_THE_FETCH = ("dateDownloaded", "warcRecordId", "warcFilename", "warcOffset")


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    with running_site(size=SIZE) as running:
        yield running


def lines_of(folder: Path, pattern: str = "*.jsonl") -> list[bytes]:
    return sorted(line for path in sorted(folder.rglob(pattern)) for line in path.read_bytes().splitlines())


def articles(lines: list[bytes]) -> list[dict[str, Any]]:
    """The articles without what belongs to the fetch.

    Which of an article's URLs is fetched is the one that was announced first, and of two answers either may come first.
    """
    found = [json.loads(line) for line in lines]
    for article in found:
        article.pop("url")
        for key in _OF_THE_FETCH:
            article["metadata"].pop(key)
    return sorted(found, key=lambda article: str(article["canonicalUrl"]))


def urls_of(lines: list[bytes]) -> list[str]:
    return [json.loads(line)["canonicalUrl"] for line in lines]


def data_in(folder: Path) -> dict[str, str]:
    """Return settings that give a job its own data folder, as on its own machine."""
    return {
        name: str(folder / value.removeprefix("data/"))
        for name, value in vars(base).items()
        if name.isupper() and isinstance(value, str) and value.startswith("data/")
    }


def warcinfo(path: Path) -> str:
    with path.open("rb") as stream:
        record = next(iter(ArchiveIterator(stream)))
        assert record.rec_type == "warcinfo"
        return str(record.content_stream().read().decode())


def scrapy(folder: Path, *arguments: str) -> None:
    """Run the same on the command line, with the settings of production and its own data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SCRAPY", "NEWSCRAWL"))}
    production = {
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.production",
        "NEWSCRAWL_DATA": str(folder / "data"),
        "NEWSCRAWL_CONTACT": "archive@crawler.test",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "scrapy", *arguments]
    run = subprocess.run(
        command,
        cwd=folder,
        env=kept | production,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]


@pytest.fixture(scope="module")
def crawled(deployed: ScrapydServer, site: RunningSite) -> ScrapydServer:
    """Return the server after the crawl ``first-1``."""
    deployed.client.schedule("newscrawl", "sample", "first-1", {"base_url": site.url}, settings=QUICK)
    assert deployed.client.job_state("newscrawl", "first-1") in {"pending", "running"}
    log = deployed.finish("sample", "first-1")
    assert "'finish_reason': 'finished'" in log, log[-4000:]
    return deployed


def test_job_writes_the_same_as_the_command_line(crawled: ScrapydServer, site: RunningSite, tmp_path: Path) -> None:
    settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
    scrapy(tmp_path, "crawl", "sample", "-a", f"base_url={site.url}", *settings)
    by_scrapyd = articles(lines_of(crawled.data / "articles", "*first-1*"))
    assert by_scrapyd == articles(lines_of(tmp_path / "data" / "articles"))
    assert len(by_scrapyd) == SIZE


def test_job_id_is_the_crawl_id_in_names_warcinfo_and_log(crawled: ScrapydServer) -> None:
    (warc,) = (crawled.data / "warc").glob("*first_1*.warc.gz")
    assert warc.name.startswith("sample.first_1-")
    assert "crawl-id: first-1\r\n" in warcinfo(warc)
    (lines,) = (crawled.data / "articles").glob("sample-*-first-1.jsonl")
    named = {json.loads(line)["metadata"]["warcFilename"] for line in lines.read_bytes().splitlines()}
    assert named == {warc.name}
    assert "Crawl first-1 of sample" in crawled.job_log("sample", "first-1")


def test_job_writes_nothing_to_the_folder_of_scrapyd(crawled: ScrapydServer) -> None:
    own = {"data", "dbs", "eggs", "home", "logs", "scrapyd.conf", "scrapyd.log", "settings.py", "__pycache__"}
    assert {path.name for path in crawled.folder.iterdir()} <= own


def test_replay_job_writes_the_same_as_the_command_line(crawled: ScrapydServer, tmp_path: Path) -> None:
    warcs = tmp_path / "warc"
    warcs.mkdir()
    for path in (crawled.data / "warc").glob("*first_1*.warc.gz"):
        shutil.copy(path, warcs)
    crawled.client.schedule("newscrawl", "replay", "replay-1", {"source": str(warcs)})
    log = crawled.finish("replay", "replay-1")
    assert "'finish_reason': 'finished'" in log, log[-4000:]
    scrapy(tmp_path, "replay", str(warcs), "--output", str(tmp_path / "replayed"))
    by_scrapyd = lines_of(crawled.data, "*replay-1*.jsonl")
    assert by_scrapyd == lines_of(tmp_path / "replayed")
    assert by_scrapyd == lines_of(crawled.data / "articles", "*first-1*")


def test_cancelled_job_ends_cleanly_and_the_next_one_continues(
    crawled: ScrapydServer, site: RunningSite, tmp_path: Path
) -> None:
    client, where = crawled.client, {"base_url": site.url}
    slow = data_in(tmp_path) | {"AUTOTHROTTLE_ENABLED": "0", "DOWNLOAD_DELAY": "0.1", "RANDOMIZE_DOWNLOAD_DELAY": "0"}
    client.schedule("newscrawl", "sample", "stopped", where, settings=slow)
    wait_for(lambda: len(lines_of(tmp_path / "articles")) >= 5, "five articles")
    assert client.cancel("newscrawl", "stopped") == "running"
    log = crawled.finish("sample", "stopped")
    assert "'finish_reason': 'shutdown'" in log, log[-4000:]
    assert not list(tmp_path.rglob("*.open"))
    verification = verify([tmp_path / "warc"])
    assert verification.sound, verification.verdicts
    before = urls_of(lines_of(tmp_path / "articles"))
    assert 5 <= len(before) < SIZE

    client.schedule("newscrawl", "sample", "next", where, settings=data_in(tmp_path) | QUICK)
    log = crawled.finish("sample", "next")
    assert "'finish_reason': 'finished'" in log, log[-4000:]
    after = urls_of(lines_of(tmp_path / "articles", "*next*"))
    assert len(before + after) == len(set(before + after)) == SIZE


@pytest.mark.slow
def test_next_job_imports_the_archive_of_a_killed_job(
    crawled: ScrapydServer, site: RunningSite, tmp_path: Path
) -> None:
    """The name of a WARC file contains the id of its job."""
    client, where = crawled.client, {"base_url": site.url}
    slow = data_in(tmp_path) | {"AUTOTHROTTLE_ENABLED": "0", "DOWNLOAD_DELAY": "0.05"}
    client.schedule("newscrawl", "sample", "sample-killed", where, settings=slow)
    wait_for(lambda: len(lines_of(tmp_path / "articles")) >= 5, "five articles")
    (running,) = client.jobs("newscrawl")["running"]
    os.kill(running["pid"], signal.SIGKILL)
    crawled.finish("sample", "sample-killed")
    assert list((tmp_path / "warc").glob("sample.killed-*.warc.gz.open"))

    client.schedule("newscrawl", "sample", "sample-heir", where, settings=data_in(tmp_path) | QUICK)
    log = crawled.finish("sample", "sample-heir")
    assert "'finish_reason': 'finished'" in log, log[-4000:]
    assert "'warc/salvaged'" in log
    written = urls_of(lines_of(tmp_path / "articles"))
    assert len(written) == len(set(written)) == SIZE
    assert verify([tmp_path / "warc"]).sound


def test_pending_job_can_be_cancelled(crawled: ScrapydServer, site: RunningSite, tmp_path: Path) -> None:
    client = crawled.client
    jobs = [f"blocker-{number}" for number in range(8)]
    for job in jobs:
        settings = data_in(tmp_path / job) | {"DOWNLOAD_DELAY": "5"}
        client.schedule("newscrawl", "sample", job, {"base_url": site.url}, settings=settings)
    states = {job: client.cancel("newscrawl", job) for job in reversed(jobs)}
    assert "pending" in states.values()
    assert set(states.values()) <= {"pending", "running"}
    for job, state in states.items():
        if state == "running":
            crawled.finish("sample", job)
        else:
            assert client.job_state("newscrawl", job) is None
    assert client.daemon_status()["running"] == 0


def test_newest_version_runs_unless_another_is_named(
    crawled: ScrapydServer, site: RunningSite, checkout: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "checkout"
    shutil.copytree(checkout, newer, ignore=shutil.ignore_patterns("build", "*.egg-info"))
    init = newer / "newscrawl" / "__init__.py"
    init.write_text(init.read_text().replace('__version__ = "0.1.0"', '__version__ = "0.2.0"'))
    crawled.deploy(newer, "--version", "2")
    client = crawled.client
    assert client.versions("newscrawl") == ["1", "2"]
    for job, version in (("newest", None), ("named", "1")):
        where, settings = {"base_url": site.url, "max_articles": "1"}, data_in(tmp_path / job) | QUICK
        client.schedule("newscrawl", "sample", job, where, settings=settings, version=version)
    for job, version in (("newest", "0.2.0"), ("named", "0.1.0")):
        crawled.finish("sample", job)
        (warc,) = (tmp_path / job / "warc").glob("*.warc.gz")
        assert f"software: newscrawl/{version} " in warcinfo(warc)


def test_wrong_arguments_are_reported_in_the_log_of_the_job(crawled: ScrapydServer) -> None:
    crawled.client.schedule("newscrawl", "sample", "wrong", {"sicne": "7d"})
    log = crawled.finish("sample", "wrong")
    assert "unknown spider argument 'sicne'" in log
    assert "Traceback" not in log
    assert not list(crawled.data.rglob("*wrong*"))
