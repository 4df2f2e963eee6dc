"""What is broken is told, with file, offset and reason; the rest goes on; the exit status says so."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.replay import pipelines
from tests.replay.commandline import lines_of, scrapy, scrapy_here
from tests.replay.running import articles_of, newest_url, replay, urls_of

PIPELINES = ",".join(
    (
        "newscrawl.pipelines.article.ArticlePipeline",
        "tests.replay.pipelines.Misbehaving",
        "newscrawl.pipelines.validation.ValidationPipeline",
    )
)


@pytest.fixture
def files(editions: Path, tmp_path: Path) -> list[Path]:
    """A copy of the archive that a test may damage."""
    folder = tmp_path / "warc"
    shutil.copytree(editions, folder)
    return sorted(folder.glob("*.warc.gz"))


def test_a_torn_file_gives_what_it_holds_and_the_others_all(files: list[Path], tmp_path: Path) -> None:
    whole = replay(tmp_path / "whole", *files)
    assert whole.faults == []
    size = files[0].stat().st_size
    with files[0].open("r+b") as file:
        file.truncate(size * 2 // 3)
    run = scrapy(tmp_path, "replay", tmp_path / "warc", "-o", "out", "--processes", "2")
    assert run.returncode == 1
    fault = re.search(rf"could not be read: {re.escape(str(files[0]))}, offset (\d+): \S+", run.stderr)
    assert fault
    assert size // 2 < int(fault[1]) < size * 2 // 3
    assert "Traceback" not in run.stderr
    found = {article["metadata"]["warcFilename"] for article in articles_of(tmp_path / "out")}
    assert found == {path.name for path in files}


@pytest.mark.parametrize("content", [b"", b"no archive at all, but text\n" * 50, b"\x1f\x8b\x08\x00rest"])
def test_a_file_that_is_no_archive_stops_no_other(content: bytes, files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "warc" / "aaa.warc.gz").write_bytes(content)
    outcome = replay(tmp_path / "out", tmp_path / "warc")
    assert [Path(fault.path).name for fault in outcome.faults] == (["aaa.warc.gz"] if content else [])
    replay(tmp_path / "whole", *files)
    assert lines_of(tmp_path / "out") == lines_of(tmp_path / "whole")


def test_a_fault_is_told_again_by_a_rerun_and_gone_when_the_file_is_mended(files: list[Path], tmp_path: Path) -> None:
    content = files[1].read_bytes()
    files[1].write_bytes(content[: len(content) // 2])
    assert replay(tmp_path / "out", *files).faults
    assert replay(tmp_path / "out", *files).faults
    files[1].write_bytes(content)
    assert replay(tmp_path / "out", *files).faults == []
    replay(tmp_path / "whole", *files)
    assert lines_of(tmp_path / "out") == lines_of(tmp_path / "whole")


def test_a_bug_in_a_pipeline_costs_one_page(files: list[Path], tmp_path: Path) -> None:
    url = newest_url(files, tmp_path)
    arguments = ["replay", *files, "-o", "out", "-s", f"ARTICLE_PIPELINES={PIPELINES}", "--processes", "1"]
    run = scrapy(tmp_path, *arguments, **{pipelines.FAILURE: url})
    assert run.returncode == 1
    assert f"{url}: LookupError: a bug" in run.stderr
    assert urls_of(articles_of(tmp_path / "out")) == urls_of(articles_of(tmp_path / "all")) - {url}


def test_the_death_of_a_process_costs_the_file_it_read(files: list[Path], tmp_path: Path) -> None:
    url = newest_url(files, tmp_path)
    arguments = ["replay", *files, "-o", "out", "-s", f"ARTICLE_PIPELINES={PIPELINES}", "--processes", "2"]
    run = scrapy(tmp_path, *arguments, **{pipelines.DEATH: url})
    assert run.returncode == 1
    assert f"{files[-1]}, offset 0: the process that read it died" in run.stderr
    assert urls_of(articles_of(tmp_path / "out")) == urls_of(articles_of(tmp_path / "before"))
    run = scrapy(tmp_path, *arguments)
    assert run.returncode == 0
    assert "3 files (2 done before)" in run.stdout
    assert urls_of(articles_of(tmp_path / "out")) == urls_of(articles_of(tmp_path / "all"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuchfile.warc.gz"], "nosuchfile.warc.gz: no archive file there"),
        (["nosuch*.cdxj"], "nosuch*.cdxj: no archive file there"),
        (["ftp://127.0.0.1:9/x.warc.gz"], "ftp://127.0.0.1:9/x.warc.gz cannot be reached: "),
        ([".", "--index", "nosuch.cdxj"], "index='nosuch.cdxj': no such file"),
        ([".", "-o", "s3://bucket/out"], "output='s3://bucket/out': name a folder on this machine"),
        ([], "name at least one"),
        ([".", "--format", "xml"], "format='xml'"),
        ([".", "--partition", "host"], "partition='host'"),
        ([".", "--limit", "0"], "limit='0'"),
        ([".", "--processes", "-1"], "processes"),
        ([".", "--site", "nosuchsite"], "nosuchsite"),
        ([".", "-s", "ARTICLE_PIPELINES=no.such.Pipeline"], "no.such.Pipeline"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    arguments: list[str],
    message: str,
    editions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = [str(editions) if argument == "." else argument for argument in arguments]
    assert scrapy_here(monkeypatch, tmp_path, "replay", *named) == 2
    told = capsys.readouterr()
    assert message in told.err + told.out
    assert not list(tmp_path.rglob("*"))


def test_a_full_disk_ends_the_replay_and_a_rerun_goes_on(files: list[Path], tmp_path: Path) -> None:
    # The largest size of a file stands for the end of the disk: writing fails in the same way.
    limited = {"LIMIT_KILOBYTES": "24"}
    run = scrapy(tmp_path, "replay", *files, "-o", "out", "--processes", "1", **limited)
    assert run.returncode == 1
    assert "cannot continue" in run.stderr
    assert "Traceback" not in run.stderr
    assert scrapy(tmp_path, "replay", *files, "-o", "out").returncode == 0
    replay(tmp_path / "whole", *files)
    assert lines_of(tmp_path / "out") == lines_of(tmp_path / "whole")


def test_other_options_do_not_replace_what_is_there_unasked(files: list[Path], tmp_path: Path) -> None:
    assert scrapy(tmp_path, "replay", *files, "-o", "out").returncode == 0
    before = lines_of(tmp_path / "out")
    run = scrapy(tmp_path, "replay", *files, "-o", "out", "--language", "uk")
    assert run.returncode == 2
    assert "--restart" in run.stderr + run.stdout
    assert lines_of(tmp_path / "out") == before
    assert scrapy(tmp_path, "replay", *files, "-o", "out", "--language", "uk", "--restart").returncode == 0
    assert {json.loads(line)["inLanguage"] for line in lines_of(tmp_path / "out")} == {"uk"}
