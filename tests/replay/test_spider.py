"""`newscrawl crawl replay`: arguments, stats, faults, a job that is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.errors import UsageError
from newscrawl.spiders.replay import ReplaySpider
from tests.replay import pipelines
from tests.replay.commandline import lines_of, scrapy
from tests.replay.manifest.test_resuming import PIPELINES
from tests.replay.running import articles_of, newest_url


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "source is missing"),
        ({"source": " , "}, "source is missing"),
        ({"source": "no/such/file.warc.gz"}, "no archive file there"),
        ({"source": "{here}", "languge": "uk"}, "unknown spider argument 'languge'"),
        ({"source": "{here}", "limit": "many"}, "limit='many'"),
        ({"source": "{here}", "since": "soon"}, "not a day as YYYY-MM-DD"),
        ({"source": "{here}", "processes": "0"}, "processes='0'"),
    ],
)
def test_wrong_arguments_are_told_before_the_start(arguments: dict[str, str], message: str, editions: Path) -> None:
    with pytest.raises(UsageError, match=message):
        ReplaySpider.check_arguments({name: value.format(here=editions) for name, value in arguments.items()})


def test_arguments_stats_and_the_scheduler_s_own(editions: Path, tmp_path: Path) -> None:
    run = scrapy(
        tmp_path, "crawl", "replay", "-a", f"source={editions}", "-a", "language=uk", "-a", "_job=job1", "-a", "limit=3"
    )
    assert run.returncode == 0, run.stderr[-4000:]
    articles = articles_of(tmp_path / "data" / "articles")
    assert {article["inLanguage"] for article in articles} == {"uk"}
    assert len(articles) == 3
    assert [path.name.endswith("-job1.jsonl") for path in (tmp_path / "data" / "articles").iterdir()] == [True]
    for stat in ("'replay/articles': 3", "'replay/files': 3", "'articles/written': 3", "'item_scraped_count': 3"):
        assert stat in run.stderr
    assert "downloader/request_count" not in run.stderr


def test_no_setting_makes_it_write_an_archive_or_a_state(editions: Path, tmp_path: Path) -> None:
    settings = ["WARC_ENABLED=1", "WARC_DIRECTORY=new", "STATE_DIRECTORY=known"]
    arguments = [part for setting in settings for part in ("-s", setting)]
    run = scrapy(tmp_path, "crawl", "replay", "-a", f"source={editions}", *arguments)
    assert run.returncode == 0, run.stderr[-4000:]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["articles"]


def test_faults_are_logged_and_the_exit_status_says_so(editions: Path, tmp_path: Path) -> None:
    file = next(editions.glob("*.warc.gz"))
    (tmp_path / "torn.warc.gz").write_bytes(file.read_bytes()[:-2000])
    run = scrapy(tmp_path, "crawl", "replay", "-a", "source=torn.warc.gz")
    assert run.returncode == 1
    assert "Could not be read: torn.warc.gz, offset " in run.stderr
    assert "'finish_reason': 'faults'" in run.stderr
    assert lines_of(tmp_path / "data" / "articles")


def test_a_job_with_a_folder_goes_on_after_a_kill(editions: Path, tmp_path: Path) -> None:
    url = newest_url(sorted(editions.glob("*.warc.gz")), tmp_path)
    arguments = ["crawl", "replay", "-a", f"source={editions}", "-s", "JOBDIR=job"]
    arguments += ["-s", f"ARTICLE_PIPELINES={PIPELINES}"]
    assert scrapy(tmp_path, *arguments, **{pipelines.DEATH: url}).returncode == -9
    assert not lines_of(tmp_path / "data" / "articles")
    run = scrapy(tmp_path, *arguments)
    assert run.returncode == 0, run.stderr[-4000:]
    assert "'replay/skipped': 2" in run.stderr
    assert lines_of(tmp_path / "data" / "articles") == lines_of(tmp_path / "all")
