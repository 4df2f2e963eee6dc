"""The benchmark's own parts: each row can be run, peers and we are given the same, results keep their order."""

from __future__ import annotations

import gzip
import importlib
import inspect
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from bench import publisher, results
from bench.data import PAGES, article_pages, has_publisher_paragraphs, publisher_archive
from bench.environment import ENVIRONMENTS, ROOT, interpreter
from bench.groups import GROUPS, QUICK
from bench.measuring import Group, Subject, measured
from bench.subjects.fundus import cc_news
from newscrawl.archive.reading.reader import read_captures
from newscrawl.samplesite.publication import Publication

PAGE = b"<html><head><title>A page</title><link rel=canonical href='/a/a-story/7585813.html'></head><p>Text</p></html>"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_subject_can_be_prepared_and_is_named_once(group: Group) -> None:
    for subject in group.subjects:
        module, _, function = subject.place.partition(":")
        prepare = getattr(importlib.import_module(f"bench.subjects.{module}"), function)
        assert list(inspect.signature(prepare).parameters) in (["data"], ["_data"])
        assert subject.environment == "own" or subject.environment in ENVIRONMENTS
    names = [subject.name for subject in group.subjects]
    assert len(set(names)) == len(names)
    assert [subject.role for subject in group.subjects].count("baseline") == 1


def test_what_runs_quickly_is_among_the_groups() -> None:
    assert set(QUICK) < {group.name for group in GROUPS}


def test_the_archive_of_the_publisher_page_is_read_whole_by_us_and_by_fastwarc_as_fundus_uses_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "warc"
    publisher_archive(folder, PAGE, 5)

    captures = list(read_captures(sorted(folder.iterdir())))
    assert len({capture.url for capture in captures}) == len({capture.payload for capture in captures}) == 5
    for capture in captures:
        assert capture.url.removeprefix("https://www.voanews.com").rpartition("/")[2].encode() in capture.payload
    (path,) = folder.glob("*.warc.gz")
    with path.open("rb") as stream:
        read = [
            (record.headers["WARC-Target-URI"], record.http_charset, record.reader.read())
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, verify_digests=True)
        ]
    assert read == [(capture.url, "utf-8", capture.payload) for capture in captures]


def test_fundus_reads_75_of_the_sample_pages_as_the_table_says() -> None:
    pages = article_pages(Publication(1_000), 0, PAGES)

    assert sum(has_publisher_paragraphs(page) for _, page in pages) == 75
    assert not has_publisher_paragraphs(b"<div id=article-content><div><p> </p></div></div>")
    (samples,) = (group for group in GROUPS if group.name == "samples")
    assert "the 75 in which" in samples.note


def test_a_folder_is_served_as_common_crawl_serves_it_until_nobody_listens(tmp_path: Path) -> None:
    publisher_archive(tmp_path / "warc", PAGE, 1)
    root = cc_news(tmp_path / "served", tmp_path / "warc")
    command = [sys.executable, "-m", "bench.fileserver", str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        open_without_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        listing = open_without_proxy(address + "crawl-data/CC-NEWS/2024/04/warc.paths.gz", timeout=30).read()
        (path,) = gzip.decompress(listing).decode().split()
        served = open_without_proxy(address + path, timeout=30).read()
    # The pipe is closed at the end of the block, which waits for the server.

    assert server.returncode == 0
    (archive,) = (tmp_path / "warc").iterdir()
    assert served == archive.read_bytes()


def test_results_are_kept_in_the_order_of_the_table_and_those_of_groups_that_are_gone_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")
    old = [{"name": name, "subjects": []} for name in ("lines", "gone", "articles")]
    (tmp_path / "results.json").write_text(json.dumps({"groups": old, "growth": {"crawl": [1]}}))

    results.save({"header": {}, "groups": [{"name": "samples", "subjects": [{"name": "new"}]}]})

    kept = results.load()
    assert [group["name"] for group in kept["groups"]] == ["articles", "samples", "lines"]
    assert kept["growth"] == {"crawl": [1]}


@pytest.mark.slow
def test_fundus_replays_an_archive_of_ours_in_its_own_environment(shared: Path, tmp_path: Path) -> None:
    if not (ROOT / ".venvs" / "peers" / "installed").is_file() or interpreter("peers") is None:
        pytest.skip("the peers are not installed: make bench does it")
    content = (shared / "pages" / "www.voanews.com" / publisher.PAGE.name).read_bytes()
    publisher_archive(tmp_path / publisher.ARCHIVE, content, 310)
    subject = Subject("Fundus", "fundus:replayed", environment="peers")

    (found,) = measured(Group("one", "One", "page", (subject,)), tmp_path, rounds=1)

    assert found.error is None
    assert [run.units for run in found.runs] == [300]
