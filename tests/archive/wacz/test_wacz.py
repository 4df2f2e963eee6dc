"""WACZ packages: what is in them, that py-wacz finds no fault, and that they take no memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.archive.wacz import zip_file as packaging
from newscrawl.archive.wacz.package import write_wacz
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.commands.wacz import title_of
from newscrawl.errors import UsageError
from tests.archive.commandline import scrapy
from tests.archive.samples import message
from tests.archive.writing.test_writer import START, clock_at, exchange, ids

MEGABYTE = 1024 * 1024
URL = "https://www.example.org/a/1.html"


def archive(folder: Path, **options: Any) -> Path:
    """A small archive: pages in three encodings, one of them twice, a picture, an error, an article."""
    written = WarcWriter(folder, "test", WriterOptions(**options), new_id=ids(), clock=clock_at(START))
    page = message("<title>Crème &amp;\n café</title>".encode("latin-1"), content_type="text/html; charset=latin-1")
    first = written.write_exchange(exchange(URL, page))
    written.write_exchange(exchange(URL.replace("1", "2"), page))
    written.write_exchange(exchange("https://www.example.org/p.png", message(b"\x89PNG", content_type="image/png")))
    written.write_exchange(exchange("https://www.example.org/gone", message(b"<title>No</title>", status="404 Gone")))
    bare = written.write_exchange(exchange("https://www.example.org/bare", message(b"<p>no title here")))
    written.write_metadata("urn:article:" + URL, first.record_id, "application/json", b'{"headline": "Cr\xc3\xa8me"}')
    written.write_metadata("urn:article:x", bare.record_id, "application/json", b'["no article"]')
    written.close()
    return folder


def entries(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_what_is_in_a_package(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    (warc,) = folder.iterdir()
    package = tmp_path / "a.wacz"

    packed = write_wacz([folder], package, title="All of it", created=START, title_of=title_of)

    assert (packed.path, packed.files, packed.captures, packed.pages) == (package, 1, 5, 3)
    found = entries(package)
    assert found[f"archive/{warc.name}"] == warc.read_bytes()
    header, *pages = map(json.loads, found["pages/pages.jsonl"].splitlines())
    assert header["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"], page.get("title")) for page in pages] == [
        (URL, "2026-01-31T23:59:58Z", "Crème"),  # the headline of its article goes before its title
        (URL.replace("1", "2"), "2026-01-31T23:59:58Z", "Crème & café"),  # a revisit has the title of its original
        ("https://www.example.org/bare", "2026-01-31T23:59:58Z", None),
    ]
    description = json.loads(found["datapackage.json"])
    assert (description["title"], description["created"]) == ("All of it", "2026-01-31T23:59:58Z")
    assert {each["path"]: each["bytes"] for each in description["resources"]} == {
        name: len(content) for name, content in found.items() if not name.startswith("datapackage")
    }
    assert list(read_captures(package)) == list(read_captures(folder))
    with zipfile.ZipFile(package) as opened:
        stored = opened.getinfo(f"archive/{warc.name}").compress_type, opened.getinfo("indexes/index.cdx.gz")
    assert stored[0] == stored[1].compress_type == zipfile.ZIP_STORED, "readers ask for ranges of them"


def test_py_wacz_finds_no_fault(tmp_path: Path) -> None:
    pytest.importorskip("wacz", reason="py-wacz is not installed")
    package = tmp_path / "a.wacz"
    write_wacz([archive(tmp_path / "warc", max_bytes=1000)], package, title_of=title_of)
    assert sum(name.startswith("archive/") for name in entries(package)) > 1
    command = [Path(sys.executable).with_name("wacz"), "validate", "-f", package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation succeeded" in done.stdout
    assert verify([package]).sound


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    packages = [tmp_path / "a.wacz", tmp_path / "b.wacz"]
    for package in packages:
        write_wacz([folder], package, title_of=title_of)
    assert packages[0].read_bytes() == packages[1].read_bytes()


def test_the_index_is_in_blocks_that_can_be_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "LINES_PER_BLOCK", 2)
    package = tmp_path / "a.wacz"
    write_wacz([archive(tmp_path / "warc")], package)
    found = entries(package)
    lines = gzip.decompress(found["indexes/index.cdx.gz"]).splitlines()
    assert lines == sorted(lines)
    _, *places = found["indexes/index.idx"].splitlines()
    blocks = []
    for place in places:
        key, timestamp, content = place.split(b" ", 2)
        where = json.loads(content)
        block = found["indexes/index.cdx.gz"][where["offset"] : where["offset"] + where["length"]]
        blocks.append(gzip.decompress(block).splitlines())
        assert blocks[-1][0].startswith(key + b" " + timestamp)
    assert [len(block) for block in blocks] == [2, 2, 1]
    assert [line for block in blocks for line in block] == lines


def test_what_no_package_can_hold_is_refused(tmp_path: Path) -> None:
    zstd = archive(tmp_path / "zstd", compression="zstd")
    with pytest.raises(UsageError, match=r"holds \.warc\.gz and \.warc files only"):
        write_wacz([zstd], tmp_path / "a.wacz")
    folder = archive(tmp_path / "warc")
    (warc,) = folder.iterdir()
    with pytest.raises(UsageError, match="the same name"):
        write_wacz([folder, warc], tmp_path / "a.wacz")
    opened = warc.rename(warc.with_name(warc.name + ".open"))
    with pytest.raises(UsageError, match="being written"):
        write_wacz([opened], tmp_path / "a.wacz")
    assert not list(tmp_path.glob("*.wacz"))
    assert not list(tmp_path.glob(".*"))


_PACK = """
import resource, sys
from newscrawl.archive.wacz.package import write_wacz
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
packed = write_wacz([sys.argv[1]], sys.argv[2], title_of=lambda capture: "a title")
print(packed.captures, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_is_bounded(tmp_path: Path) -> None:
    """100 MB in records of 1 MB: no more than some of them are held."""
    written = WarcWriter(tmp_path / "warc", "test", WriterOptions(compression="none"))
    for number in range(100):
        written.write_exchange(exchange(f"https://www.example.org/{number}", message(os.urandom(MEGABYTE))))
    written.close()
    command = [sys.executable, "-c", _PACK, tmp_path / "warc", tmp_path / "a.wacz"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    captures, megabytes = map(int, done.stdout.split())
    assert captures == 100
    assert megabytes < 40


def test_the_command(tmp_path: Path) -> None:
    folder, package = archive(tmp_path / "warc"), tmp_path / "a.wacz"
    done = scrapy("wacz", "-o", package, "--title", "Mine", folder)
    assert (done.status, done.out) == (0, f"{package}: 1 files, 5 captures, 3 pages\n"), done.err
    assert json.loads(entries(package)["datapackage.json"])["title"] == "Mine"
    again = scrapy("wacz", "-o", package, folder)
    assert again.status == 2
    assert "never written over" in again.err
    (warc,) = folder.iterdir()
    warc.write_bytes(warc.read_bytes()[:-9])
    torn = scrapy("wacz", "-o", tmp_path / "b.wacz", folder)
    assert torn.status == 1
    assert "not in the index" in torn.err
    for arguments in ((), (folder,), ("-o", tmp_path / "c.zip", folder), ("-o", tmp_path / "c.wacz", "nowhere")):
        assert scrapy("wacz", *arguments).status == 2, arguments
