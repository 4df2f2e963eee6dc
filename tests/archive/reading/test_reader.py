"""Captures out of archives of every container: the same records, the same captures."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
import zstandard

from newscrawl.archive.reading.reader import RecordHead, capture_at, read_captures, read_texts
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.files.sources import sources_of
from tests.archive.s3 import s3_bucket
from tests.archive.samples import (
    CODINGS,
    expected,
    gzipped,
    instant,
    lz4_frame,
    message,
    packaged,
    page,
    record,
    record_id,
    request,
    response,
    url_of,
    warcinfo,
    written,
    zstandard_frame,
)

PAGES = (1, 2, 3)
RECORDS = [warcinfo(), *(part for number in PAGES for part in (response(number), request(number)))]


def read(*sources: str | Path) -> list[Capture]:
    """The captures, when nothing is passed over."""
    skipped: list[RecordError] = []
    captures = list(read_captures(sources, on_skip=skipped.append))
    assert not skipped
    return captures


def pages_of(path: Path) -> list[Capture]:
    """What must come out of :data:`RECORDS` in ``path``."""
    offsets = written(path, RECORDS)
    return [expected(number, path.name, offsets[2 * number - 1]) for number in PAGES]


@pytest.mark.parametrize("suffix", CODINGS)
def test_every_container_gives_the_same_captures(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"one{suffix}"
    captures = pages_of(path)

    assert read(path) == captures
    assert [capture_at(path, capture.warc_offset or 0) for capture in captures] == captures


@pytest.mark.parametrize("suffix", CODINGS)
def test_the_length_of_a_member_is_enough_to_read_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"one{suffix}"
    captures = pages_of(path)
    offsets = [*written(path, RECORDS), path.stat().st_size]
    lengths = {start: end - start for start, end in pairwise(offsets)}

    for capture in captures:
        assert capture_at(path, capture.warc_offset or 0, lengths[capture.warc_offset or 0]) == capture


@pytest.mark.parametrize("code", [gzipped, zstandard_frame, lz4_frame])
def test_a_file_compressed_as_a_whole_is_read_but_gives_no_offsets(tmp_path: Path, code) -> None:
    path = tmp_path / "whole.warc"  # no extension tells the coding: the first bytes do
    path.write_bytes(code(b"".join(RECORDS[1:])))

    captures = read(path)

    assert captures[0] == expected(1, path.name, 0)
    assert captures[1:] == [expected(number, path.name, None) for number in (2, 3)]


def test_a_record_may_go_over_several_gzip_members(tmp_path: Path) -> None:
    path = tmp_path / "blocks.warc.gz"
    data = b"".join(RECORDS)
    path.write_bytes(b"".join(gzipped(data[start : start + 333]) for start in range(0, len(data), 333)))

    assert [capture.payload for capture in read(path)] == [page(number) for number in PAGES]


def test_a_zstandard_dictionary_at_the_start_is_used(tmp_path: Path) -> None:
    samples = [response(number) for number in range(200)]
    dictionary = zstandard.train_dictionary(4096, samples)
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    for content in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        path = tmp_path / "dictionary.warc.zst"
        frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
        path.write_bytes(frame + b"".join(compressor.compress(data) for data in RECORDS))

        assert [capture.payload for capture in read(path)] == [page(number) for number in PAGES]


def test_a_record_of_many_blocks_in_every_container(tmp_path: Path) -> None:
    body = page(7, 3_000_000)
    for suffix in CODINGS:
        path = tmp_path / f"large{suffix}"
        offsets = written(path, [warcinfo(), response(7, body), response(1)])
        assert read(path) == [expected(7, path.name, offsets[1], body), expected(1, path.name, offsets[2])]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_is_read_through(tmp_path: Path, compression: int) -> None:
    inner = tmp_path / "inner.warc.gz"
    captures = pages_of(inner)
    path = packaged(tmp_path / "package.wacz", [inner], compression)

    assert read(path) == captures
    assert capture_at(path, captures[1].warc_offset or 0) == captures[1]


def test_folders_and_patterns_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "a.warc", "sub/c.warc.zst", "sub/d.warc.gz.open"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        written(path, [response(1)])
    (tmp_path / "notes.txt").write_text("no archive")

    names = [capture.warc_filename for capture in read(tmp_path)]

    assert names == ["a.warc", "b.warc.gz", "c.warc.zst", "d.warc.gz"]
    assert [capture.warc_filename for capture in read(str(tmp_path / "*.warc*"))] == names[:2]
    assert [capture.warc_filename for capture in read(tmp_path / "b.warc.gz", tmp_path / "a.warc")] == [
        names[1],
        names[0],
    ]


def test_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    pages_of(path)
    code = (
        "from newscrawl.archive.reading.reader import read_captures\n"
        "for capture in read_captures('-'): print(capture.url, len(capture.payload), capture.warc_offset)"
    )
    with path.open("rb") as file:
        done = subprocess.run([sys.executable, "-c", code], stdin=file, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [f"{c.url} {len(c.payload)} {c.warc_offset}" for c in read(path)]


class _Ranges(SimpleHTTPRequestHandler):
    """Python's file server, silent."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def file_server(tmp_path: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Ranges, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_over_http(tmp_path: Path, file_server: str) -> None:
    captures = pages_of(tmp_path / "one.warc.gz")

    assert read(f"{file_server}/one.warc.gz") == captures
    with pytest.raises(ArchiveError, match="missing"):
        read(f"{file_server}/missing.warc.gz")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with s3_bucket(monkeypatch) as (address, _):
        yield address


def test_over_s3(tmp_path: Path, bucket: str) -> None:
    import boto3

    path = tmp_path / "one.warc.gz"
    captures = pages_of(path)
    for key in ("2025/one.warc.gz", "2025/notes.txt"):
        boto3.client("s3").upload_file(str(path), bucket.removeprefix("s3://"), key)

    assert read(f"{bucket}/2025/one.warc.gz") == captures
    assert read(f"{bucket}/2025") == captures
    assert read(f"{bucket}/2025/*.warc.gz") == captures
    assert capture_at(f"{bucket}/2025/one.warc.gz", captures[1].warc_offset or 0, 600) == captures[1]
    with pytest.raises(ArchiveError):
        read(f"{bucket}/2026")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for source in (tmp_path / "none.warc", tmp_path, tmp_path / "*.warc"):
        with pytest.raises(ArchiveError, match="no archive file there"):
            read(source)
    with pytest.raises(UsageError, match="nosuch"):
        read("nosuch://x/y.warc")
    (tmp_path / "broken.wacz").write_bytes(b"PK no zip")
    with pytest.raises(ArchiveError, match=r"broken\.wacz"):
        read(tmp_path / "broken.wacz")


def test_arc_files_of_both_versions(tmp_path: Path) -> None:
    block = message(page(1))
    description = b"1 0 Tests\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [
        b"filedesc://x.arc 0.0.0.0 20010203040506 text/plain %d\n%b\n" % (len(description), description),
        b"http://example.org/a b 10.0.0.1 20010203040506 text/html %d\n%b\n" % (len(block), block),
        b"http://example.org/2 10.0.0.1 20010203040507 text/html 200 abc - 17 x.arc %d\n%b\n" % (len(block), block),
        b"dns:example.org 10.0.0.1 20010203040507 text/dns 4\nabcd\n",
    ]
    path = tmp_path / "x.arc"
    path.write_bytes(b"".join(records))
    (tmp_path / "y.arc.gz").write_bytes(b"".join(gzipped(data) for data in records))

    captures = read(tmp_path)

    assert [capture.url for capture in captures] == ["http://example.org/a%20b", "http://example.org/2"] * 2
    assert {capture.payload for capture in captures} == {page(1)}
    assert captures[0].date.isoformat() == "2001-02-03T04:05:06+00:00"
    assert captures[0].record_id is None
    assert captures[0].warc_offset == len(records[0])


def test_versions_and_dates_of_old_files(tmp_path: Path) -> None:
    path = tmp_path / "old.warc"
    dates = {
        "2008-10-20T05:21:46Z": "2008-10-20T05:21:46+00:00",
        "2008-10-294T05:21:46-0700": "2008-10-20T12:21:46+00:00",
        "2016": "2016-01-01T00:00:00+00:00",
        "2016-09-19T17:20Z": "2016-09-19T17:20:00+00:00",
        "2016-09-19T17:20:24.123456789Z": "2016-09-19T17:20:24.123456+00:00",
    }
    records = [
        response(1, version=version).replace(b"2025-01-01T12:00:01.123456Z", date.encode())
        for date, version in zip(dates, ("WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1", "WARC/1.1"), strict=True)
    ]
    written(path, records)

    assert [capture.date.isoformat() for capture in read(path)] == list(dates.values())


def test_what_gives_a_capture_and_what_does_not(tmp_path: Path) -> None:
    path = tmp_path / "kinds.warc.gz"
    html = record("resource", b"<html>", 2, url=url_of(2), content_type="text/html; charset=utf-8")
    written(
        path,
        [
            record("response", b"20250101 A 10.0.0.1", 1, url="dns:example.org", content_type="text/dns"),
            html,
            record("resource", b"\x89PNG", 3, url=url_of(3), content_type="image/png"),
            record("metadata", b"a: b", 4, url=url_of(4), content_type="application/warc-fields"),
            response(5, fields=(("WARC-Truncated", "time"),)),
            record("response", message(b"", status="301 Moved"), 6, url=f"<{url_of(6)}>"),
        ],
    )

    resource, cut, moved = read(path)

    assert (resource.payload, resource.status, resource.media_type) == (b"<html>", 200, "text/html")
    assert (cut.url, cut.truncated) == (url_of(5), "time")
    assert (moved.url, moved.status) == (url_of(6), 301)


def test_records_that_are_no_captures_although_they_should_be_are_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.warc.gz"
    no_date = response(2).replace(b"WARC-Date: 2025", b"WARC-Date: soon")
    offsets = written(path, [record("response", b"<html>", 1, url=url_of(1)), no_date, response(3)])
    skipped: list[RecordError] = []

    captures = list(read_captures(path, on_skip=skipped.append))

    assert captures == [expected(3, path.name, offsets[2])]
    assert [(error.path, error.offset) for error in skipped] == [(str(path), offset) for offset in offsets[:2]]
    assert "no HTTP status line" in skipped[0].reason
    assert "is not a date" in skipped[1].reason


def test_the_filter_sees_heads_before_payloads_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "filtered.warc.gz"
    image = record("response", message(b"\x89PNG", content_type="image/PNG; x=y"), 2, url=url_of(2))
    lie = record("response", message(b"no gzip", head="Content-Encoding: gzip\r\n"), 3, url=url_of(3))
    written(path, [response(1), image, lie, response(4)])
    seen: list[RecordHead] = []

    def wanted(head: RecordHead) -> bool:
        seen.append(head)
        return head.media_type == "text/html" and head.url != url_of(3)

    captures = list(read_captures(path, wanted=wanted))

    assert [capture.url for capture in captures] == [url_of(1), url_of(4)]
    assert [(head.type, head.status, head.media_type) for head in seen[:2]] == [
        ("response", 200, "text/html"),
        ("response", 200, "image/png"),
    ]
    assert (seen[0].date, seen[0].record_id, seen[0].filename) == (instant(1), record_id(1), path.name)


def test_texts_of_conversion_records(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.wet.gz"
    fields = (("WARC-Identified-Content-Language", "rus, ukr"),)
    data = record("conversion", "Текст".encode(), 5, url=url_of(5), content_type="text/plain", fields=fields)
    path.write_bytes(gzipped(warcinfo()) + gzipped(data))

    (text,) = read_texts(path)

    assert (text.url, text.text, text.languages, text.date) == (url_of(5), "Текст", ("rus", "ukr"), instant(5))
    assert capture_count(path) == 0
    assert text.warc_offset == len(gzipped(warcinfo()))


def capture_count(path: Path) -> int:
    return sum(1 for _ in read_captures(path))


def test_reading_opens_nothing_for_writing(tmp_path: Path) -> None:
    packaged(tmp_path / "p.wacz", [path for path in [tmp_path / "one.warc.gz"] if pages_of(path)])
    code = (
        "import os, sys\n"
        "from newscrawl.archive.reading.reader import read_captures\n"
        "def hook(event, arguments):\n"
        "    if event == 'open' and isinstance(arguments[2], int):\n"
        "        assert not arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), arguments\n"
        "    assert event not in ('os.remove', 'os.rename', 'os.truncate'), event\n"
        "sys.addaudithook(hook)\n"
        "print(sum(1 for _ in read_captures(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("6", "")


def test_sources_know_their_names(tmp_path: Path) -> None:
    inner = tmp_path / "inner.warc.gz"
    pages_of(inner)
    (source,) = sources_of(packaged(tmp_path / "p.wacz", [inner]))

    assert source.name == f"{tmp_path}/p.wacz#archive/inner.warc.gz"
    assert source.filename == "inner.warc.gz"
    with source.open() as stream:
        assert stream.read() == inner.read_bytes()
        assert io.BytesIO(inner.read_bytes()).read(10) == (stream.seek(0), stream.read(10))[1]
    assert gzip.decompress(inner.read_bytes()) == b"".join(RECORDS)
