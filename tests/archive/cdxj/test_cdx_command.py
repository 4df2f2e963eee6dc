"""``scrapy cdx``: one index of several archives, in each format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive.cdxj.lookup import is_index, read_cdxj
from newscrawl.archive.index_files import FORMATS
from tests.archive.commandline import scrapy
from tests.archive.samples import NOT_MODIFIED, response, revisit, url_of, warcinfo, written
from tests.replay.commandline import ENVIRONMENT


@pytest.mark.parametrize("name", FORMATS)
def test_archives_of_every_form_make_one_sorted_index(tmp_path: Path, name: str) -> None:
    written(tmp_path / "b.warc.gz", [warcinfo(), response(1), revisit(2, 1), revisit(3, 1, profile=NOT_MODIFIED)])
    written(tmp_path / "a.warc", [response(4)])
    index = tmp_path / "index"

    done = scrapy("cdx", "--format", name, "-o", index, tmp_path)

    captures = 2 if name == "wget" else 3
    assert (done.status, done.out) == (0, f"{index}: {captures} captures\n"), done.err
    lines = index.read_bytes().splitlines()
    assert lines == sorted(lines)
    assert is_index(index) or name == "wget"
    if name != "wget":
        entries = list(read_cdxj(index))
        assert {entry.url for entry in entries} == {url_of(1), url_of(2), url_of(4)}
        assert {entry.filename for entry in entries} == {"a.warc", "b.warc.gz"}
        assert all(entry.length for entry in entries)


def test_index_is_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path / "a.warc", [response(1)])
    (tmp_path / "index").write_text("mine")
    done = scrapy("cdx", "-o", tmp_path / "index", tmp_path)
    assert done.status == 2
    assert (tmp_path / "index").read_text() == "mine"


def test_command_ends_quietly_when_nobody_reads_its_output(tmp_path: Path) -> None:
    written(tmp_path / "a.warc", [response(number) for number in range(2_000)])
    command = [sys.executable, "-m", "scrapy", "cdx", str(tmp_path)]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1
