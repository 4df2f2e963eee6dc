"""WACZ packages: what is in them, that py-wacz finds no fault, and that they take no memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.index_files import write_index
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.archive.wacz import zip_file as packaging
from newscrawl.archive.wacz.package import write_wacz
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.commands.wacz import title_of
from newscrawl.errors import UsageError
from newscrawl.files.names import index_name
from tests.archive.commandline import scrapy
from tests.archive.samples import message
from tests.archive.writing.test_writer import START, clock_at, exchange, ids

MEGABYTE = 1024 * 1024
ARTICLE = b'{"headline": "Cr\xc3\xa8me", "paragraphs": ["First.", "Second."]}'
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
    written.write_metadata("urn:article:" + URL, first.record_id, "application/json", ARTICLE)
    written.write_metadata("urn:article:x", bare.record_id, "application/json", b'["no article"]')
    written.close()
    return folder


def entries(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_package_holds_files_index_pages_and_description(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    (warc,) = folder.iterdir()
    package = tmp_path / "a.wacz"

    packed = write_wacz([folder], package, title="All of it", created=START, title_of=title_of)

    assert (packed.path, packed.files, packed.captures) == (package, 1, 5)
    assert (packed.articles, packed.other_pages) == (1, 2)
    found = entries(package)
    assert found[f"archive/{warc.name}"] == warc.read_bytes()
    header, *articles = map(json.loads, found["pages/pages.jsonl"].splitlines())
    _, searched, *others = map(json.loads, found["pages/extraPages.jsonl"].splitlines())
    assert searched == articles[0], "ReplayWeb.page searches this list alone"
    assert header["format"] == "json-pages-1.0"
    # The headline of its article takes precedence over the title.
    assert [(page["url"], page["ts"], page["title"], page["text"]) for page in articles] == [
        (URL, "2026-01-31T23:59:58Z", "Crème", "Crème\nFirst.\nSecond.")
    ]
    assert [(page["url"], page["ts"], page.get("title")) for page in others] == [
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


def test_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    packages = [tmp_path / "a.wacz", tmp_path / "b.wacz"]
    for package in packages:
        write_wacz([folder], package, title="The same", title_of=title_of)
    assert packages[0].read_bytes() == packages[1].read_bytes()


def test_index_is_in_blocks_that_can_be_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_files_that_a_package_cannot_hold_are_refused(tmp_path: Path) -> None:
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


def test_command_reports_by_exit_status(tmp_path: Path) -> None:
    folder, package = archive(tmp_path / "warc"), tmp_path / "a.wacz"
    done = scrapy("wacz", "-o", package, "--title", "Mine", folder)
    assert (done.status, done.out) == (0, f"{package}: 1 file, 5 captures, 1 page, 2 extra pages\n"), done.err
    assert json.loads(entries(package)["datapackage.json"])["title"] == "Mine"
    again = scrapy("wacz", "-o", package, folder)
    assert again.status == 2
    assert "never overwritten" in again.err
    (warc,) = folder.iterdir()
    warc.write_bytes(warc.read_bytes()[:-9])
    torn = scrapy("wacz", "-o", tmp_path / "b.wacz", folder)
    assert torn.status == 1
    assert "not in the index" in torn.err
    for arguments in ((), (folder,), ("-o", tmp_path / "c.zip", folder), ("-o", tmp_path / "c.wacz", "nowhere")):
        assert scrapy("wacz", *arguments).status == 2, arguments


def test_local_headers_agree_with_the_central_directory(tmp_path: Path) -> None:
    """wabac.js computes where the data begin from the central directory alone, where that has no extra field."""
    package = tmp_path / "a.wacz"
    write_wacz([archive(tmp_path / "warc")], package)
    data = package.read_bytes()
    with zipfile.ZipFile(package) as opened:
        for info in opened.infolist():
            assert not info.extra
            start = info.header_offset + 30 + len(info.filename.encode())
            content = data[start : start + info.compress_size]
            inflated = content if not info.compress_type else zlib.decompress(content, -15)
            assert inflated == opened.read(info)


@pytest.mark.parametrize("limit", [100, 10_000_000])
def test_verify_finds_extra_fields_that_only_local_headers_have(tmp_path: Path, limit: int) -> None:
    package = tmp_path / "a.wacz"
    with zipfile.ZipFile(package, "w") as opened, opened.open("archive/a.warc", "w", force_zip64=True) as entry:
        entry.write(b"x" * limit)
    reasons = [fault.reason for fault in verify([package]).verdicts[0].faults]
    assert any("an extra field that the central directory lacks" in reason for reason in reasons)


def test_large_files_get_zip64_in_both_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 500)
    monkeypatch.setattr(packaging, "_DEFLATED_UP_TO", 100)
    package = tmp_path / "a.wacz"
    write_wacz([archive(tmp_path / "warc")], package)
    with zipfile.ZipFile(package) as opened:
        assert any(info.extra for info in opened.infolist())
        assert opened.testzip() is None
    assert verify([package]).sound


def captured_twice(folder: Path) -> tuple[Path, Path]:
    """Two crawls: the second one finds the page of the first again, unchanged and not modified."""
    page = message(b"<title>A page</title>")
    first = WarcWriter(folder, "first", new_id=ids(), clock=clock_at(START))
    first.write_exchange(exchange(URL, page))
    seen = first.revisits
    first.close()
    second = WarcWriter(folder, "second", new_id=iter(f"<urn:x:{n}>" for n in range(99)).__next__, revisits=seen)
    second.write_exchange(exchange(URL, page))
    second.write_exchange(exchange(URL, message(b"", status="304 Not Modified")))
    second.close()
    one, two = sorted(folder.glob("*.warc.gz"))
    for path in (one, two):
        with index_name_path(path).open("wb") as index:
            write_index([path], index)
    return one, two


def index_name_path(path: Path) -> Path:
    return path.with_name(index_name(path.name))


def test_missing_originals_are_named_with_their_crawl(tmp_path: Path) -> None:
    one, two = captured_twice(tmp_path / "warc")
    packed = write_wacz([two], tmp_path / "a.wacz")
    assert (packed.missing.revisits, packed.missing.crawls) == (2, (one.name,)), "the 304 counts too"
    description = json.loads(entries(tmp_path / "a.wacz")["datapackage.json"])["description"]
    assert one.name in description
    assert write_wacz([one, two], tmp_path / "b.wacz").missing.revisits == 0
    done = scrapy("wacz", "-o", tmp_path / "c.wacz", two)
    assert done.status == 0
    assert "2 revisits in this package cannot be shown" in done.err
    assert "--with-originals" in done.err


@pytest.mark.parametrize("compression", ["gzip", "none"])
def test_originals_are_added_on_request(tmp_path: Path, compression: str) -> None:
    one, two = captured_twice(tmp_path / "warc")
    if compression == "none":
        plain = one.with_suffix("")
        plain.write_bytes(gzip.decompress(one.read_bytes()))
        one.unlink()
        index_name_path(one).unlink()
        with index_name_path(plain).open("wb") as index:
            write_index([plain], index)
        one = plain
    package = tmp_path / "a.wacz"
    packed = write_wacz([two], package, with_originals=True)
    assert (packed.missing.revisits, packed.missing.added) == (0, 1)
    assert "archive/originals.warc.gz" in entries(package)
    assert verify([package]).sound
    alone = tmp_path / "elsewhere" / "a.wacz"
    alone.parent.mkdir()
    package.rename(alone)
    assert {capture.payload for capture in read_captures(alone)} == {b"<title>A page</title>"}


def test_files_that_a_crawl_writes_are_left_out_and_named(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    (warc,) = folder.iterdir()
    being_written = folder / "b.warc.gz.open"
    being_written.write_bytes(warc.read_bytes())
    done = scrapy("wacz", "-o", tmp_path / "a.wacz", folder)
    assert done.status == 0
    assert f"left out, because a crawl is writing it: {being_written}" in done.err
    assert [name for name in entries(tmp_path / "a.wacz") if name.startswith("archive/")] == [f"archive/{warc.name}"]


def test_answers_with_status_304_are_not_in_the_index(tmp_path: Path) -> None:
    one, two = captured_twice(tmp_path / "warc")
    write_wacz([one, two], tmp_path / "a.wacz")
    lines = gzip.decompress(entries(tmp_path / "a.wacz")["indexes/index.cdx.gz"]).splitlines()
    assert [b"warc/revisit" in line for line in lines] in ([False, True], [True, False])
    assert verify([tmp_path / "warc", tmp_path / "a.wacz"]).verdicts[0].sound


def test_killed_packing_leaves_no_part_after_the_next_one(tmp_path: Path) -> None:
    folder = archive(tmp_path / "warc")
    code = (
        "import os, sys\nfrom newscrawl.files.atomic import whole_file\nfrom pathlib import Path\n"
        "with whole_file(Path(sys.argv[1])) as file: file.write(b'half'); file.flush(); os.kill(os.getpid(), 9)"
    )
    package = tmp_path / "a.wacz"
    subprocess.run([sys.executable, "-c", code, package], check=False)
    assert len(list(tmp_path.glob(".*"))) == 1
    write_wacz([folder], package)
    assert not list(tmp_path.glob(".*"))
