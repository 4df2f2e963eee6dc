"""``WARC_VERSION = "1.0"``: archives for tools that read nothing newer than WARC/1.0."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.archive.verify.verify import verify
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.errors import ArchiveError
from newscrawl.files.sources import Source
from newscrawl.samplesite.running import running_site
from tests.archive.commandline import scrapy
from tests.archive.samples import message
from tests.archive.writing.test_writer import exchange
from tests.replay.commandline import scrapy as replaying
from tests.spiders.requisites import crawl

URL = "https://www.example.org/a/1.html"


def test_records_of_version_1_0_have_its_form(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "old", WriterOptions(version="1.0"))
    first = writer.write_exchange(exchange(URL, message(b"a page")))
    writer.write_exchange(exchange(URL, message(b"a page")))
    writer.write_exchange(exchange(URL, message(b"", status="304 Not Modified")))
    writer.close()
    (path,) = tmp_path.glob("*.warc.gz")
    records = [record for record, _ in blocks_of(Source(str(path)), ("response", "revisit", "request"), pytest.fail)]
    assert {record.version for record in records} == {"WARC/1.0"}
    assert all(len(record.get("WARC-Date") or "") == len("2026-01-31T23:59:58Z") for record in records)
    assert {record.get("WARC-Profile") for record in records if record.type == "revisit"} == {
        "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "http://netpreserve.org/warc/1.0/revisit/server-not-modified",
    }
    captures = list(read_captures(path))
    assert [capture.payload for capture in captures] == [b"a page"] * 2
    assert captures[0].date == first.date
    assert verify([path]).sound


def test_unknown_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"'0\.18' is none of 1\.1, 1\.0"):
        WarcWriter(tmp_path, "old", WriterOptions(version="0.18"))


def test_lines_of_a_crawl_are_those_of_its_replay(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        crawl(tmp_path, "-a", f"base_url={site.url}", "-s", "WARC_VERSION=1.0")
    done = replaying(tmp_path, "replay", "data/warc", "-o", "replayed")
    assert done.returncode == 0, done.stderr

    def lines(folder: Path) -> list[bytes]:
        return sorted(line for path in folder.rglob("*.jsonl") for line in path.read_bytes().splitlines())

    assert lines(tmp_path / "replayed") == lines(tmp_path / "data" / "articles")


def test_wget_writes_revisits_by_our_index_and_its_empty_digest_is_named(tmp_path: Path) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("no wget on this machine")

    def fetch(url: str, name: str, *options: str) -> Path:
        command = [wget, "-q", f"--warc-file={name}", *options, "-O", "/dev/null", url]
        subprocess.run(command, cwd=tmp_path, check=True, env={"no_proxy": "*", "PATH": "/usr/bin:/bin"})
        return tmp_path / f"{name}.warc.gz"

    with running_site(size=12) as site:
        story = site.publication.stories.story(0)
        first = fetch(site.url + story.path, "one")
        index = tmp_path / "one.cdx"
        assert scrapy("cdx", "--format", "wget", "-o", index, first).status == 0
        second = fetch(site.url + story.path, "two", f"--warc-dedup={index}")
    (revisit,) = [record for record, _ in blocks_of(Source(str(second)), ("revisit",), pytest.fail)]
    (original,) = [record for record, _ in blocks_of(Source(str(first)), ("response",), pytest.fail)]
    assert revisit.get("WARC-Refers-To") == original.id
    (fault,) = verify([first, second]).verdicts[1].faults
    assert "as wget writes it on revisits" in fault.reason
    listed = scrapy("verify", "--json", second)
    assert json.loads(listed.out)["faultCount"] == 1
