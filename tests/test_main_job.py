"""The main job as a user runs it: crawl the sample site, replay its WARCs, and get the same lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from newscrawl.items import Article
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`scrapy …` as from a shell in ``folder``."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def lines_of(folder: Path) -> list[bytes]:
    return sorted(line for path in sorted(folder.rglob("*.jsonl")) for line in path.read_bytes().splitlines())


@dataclass(frozen=True)
class Crawl:
    folder: Path
    output: str
    lines: list[bytes]

    @property
    def articles(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    folder = tmp_path_factory.mktemp("crawl")
    run = scrapy(folder, "crawl", "sample", "-O", "quick.jsonl", "-s", "PROGRESS_ENABLED=1")
    assert run.returncode == 0, run.stderr[-4000:]
    return Crawl(folder, run.stdout, lines_of(folder / "data" / "articles"))


def test_crawl_finds_every_article_of_the_sample_site_once(crawl: Crawl) -> None:
    keys = Counter(article["url"] for article in crawl.articles)
    assert len(keys) >= 60
    assert set(keys.values()) == {1}
    assert len({article["inLanguage"] for article in crawl.articles}) >= 8


def test_every_key_is_there_in_the_order_of_the_schema(crawl: Crawl) -> None:
    names = [field.name for field in fields(Article)]
    assert all(list(article) == names for article in crawl.articles)


def test_the_archive_is_closed_and_holds_what_the_lines_name(crawl: Crawl) -> None:
    warcs = {path.name for path in (crawl.folder / "data" / "warc").iterdir()}
    assert not [name for name in warcs if name.endswith(".open")]
    named = {article["metadata"]["warcFilename"] for article in crawl.articles}  # type: ignore[index]  # plain JSON
    assert named <= warcs
    assert named


def test_replay_writes_the_same_lines(crawl: Crawl) -> None:
    run = scrapy(crawl.folder, "replay", "data/warc", "--output", "data/replayed")
    assert run.returncode == 0, run.stderr[-4000:]
    assert lines_of(crawl.folder / "data" / "replayed") == crawl.lines


def test_the_feed_has_the_articles_too(crawl: Crawl) -> None:
    feed = [json.loads(line) for line in (crawl.folder / "quick.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(feed, key=lambda article: str(article["url"])) == sorted(
        crawl.articles, key=lambda article: str(article["url"])
    )


def test_summary_says_what_was_done_and_where_it_is(crawl: Crawl) -> None:
    summary = crawl.output.strip().splitlines()[-4:]
    assert f"{len(crawl.lines)} new articles" in summary[0]
    assert "archived" in summary[0]
    assert [line.split()[0] for line in summary[1:]] == ["archive", "articles", "next"]
    assert Path(crawl.folder / summary[2].split()[1]).is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["crawl", "nosuchsite"], "no spider is called 'nosuchsite'"),
        (["crawl", "rferl", "-a", "sicne=2026-01-01"], "unknown spider argument 'sicne'"),
        (["crawl", "rferl", "-a", "max_articles=many"], "max_articles='many'"),
        (["crawl", "sample", "-a", "size=0"], "size='0'"),
        (["crawl", "sample", "-a", "base_url=/etc/passwd"], "base_url='/etc/passwd'"),
    ],
)
def test_wrong_arguments_end_before_the_start(arguments: list[str], message: str, tmp_path: Path) -> None:
    run = scrapy(tmp_path, *arguments)
    assert run.returncode == 2
    assert message in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.iterdir())


def test_a_site_that_does_not_answer_is_no_success(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "sample", "-a", "base_url=http://127.0.0.1:9", "-s", "HOST_DOWN_MAX=1")
    assert run.returncode != 0
    assert "host_failing" in run.stderr


def test_list_names_every_site_of_the_family(shared: Path, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "list")
    assert run.returncode == 0, run.stderr
    files = [shared / "sites" / name for name in ("rferl-sites.tsv", "voa-sites.tsv")]
    hosts = [line for path in files for line in path.read_text().splitlines() if line.strip() and line[:1] != "#"]
    # One site more than the lists: iraqhurr, a former host that they name in a comment.
    assert len(set(run.stdout.split()) - {"sample", "replay"}) == len(hosts) + 1
