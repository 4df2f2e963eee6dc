"""CDXJ: what is written while a crawl goes, what is made of existing files, what is found again."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import warnings
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import surt
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.cdxj.index import REVISIT, CdxjIndex, IndexEntry, url_key
from newscrawl.archive.cdxj.lookup import parsed_line, read_cdxj
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.reading.reader import capture_at
from newscrawl.errors import ArchiveInUse, RecordError
from newscrawl.files import sorted_lines
from newscrawl.files.sources import Source
from tests.archive.samples import (
    CODINGS,
    START,
    instant,
    message,
    page,
    record,
    request,
    response,
    revisit,
    sha1,
    url_of,
    warcinfo,
    written,
)


def entry(number: int, url: str | None = None, **more: object) -> IndexEntry:
    values: dict[str, object] = {
        "url": url or url_of(number),
        "date": START.replace(microsecond=0) + timedelta(seconds=number),
        "mime": "text/html",
        "status": 200,
        "digest": sha1(page(number)),
        "length": 1000,
        "offset": number * 1000,
        "filename": "a.warc.gz",
    }
    return IndexEntry(**{**values, **more})  # type: ignore[arg-type]


def made(path: Path, entries: list[IndexEntry]) -> Path:
    with CdxjIndex(path) as lines:
        for each in entries:
            lines.add(each)
    return path


def test_a_line_is_what_the_tools_of_the_field_write() -> None:
    line = entry(7, "https://www.Example.org/b?z=1&a=2").line().decode()

    key, timestamp, content = line.rstrip("\n").split(" ", 2)

    assert (key, timestamp) == ("org,example)/b?a=2&z=1", "20250101120007")
    assert list(json.loads(content)) == ["url", "mime", "status", "digest", "length", "offset", "filename"]
    assert set(map(type, json.loads(content).values())) == {str}


_SEGMENTS = st.lists(
    st.one_of(
        st.sampled_from(["a", "A-b_c.html", "31000001.HTML", ".", "..", "...", "", "a b", "(s(x))", "%D0%b0", "%2F"]),
        st.text("ab.%2eE;,~-", max_size=5),
    ),
    max_size=4,
)


@given(
    scheme=st.sampled_from(["http://", "https://", "HTTP://", "ftp://"]),
    host=st.one_of(
        st.sampled_from(["example.org", "www.example.org", "www2.example.org", "www.org", "WWW.a.b", "xn--e1a.eu"]),
        st.sampled_from(
            ["127.0.0.1", "127.0.0.1:8080", "0.1.2.3", "1.2.3.256", "01.2.3.4", "1.2", "www.1.2.3.4", "user@a.b"]
        ),
        st.sampled_from(["a.b:80", "a.b:443", "a.b:8080", "a.b:08", "a.b:", "a..b", ".a.b.", "www.www.a", "a_b.c"]),
    ),
    segments=_SEGMENTS,
    end=st.sampled_from(["", "/", "//", "?", "?b=1&a=2", "#x", "/?sid=1"]),
)
@settings(max_examples=500)
def test_keys_are_those_of_the_library(scheme: str, host: str, segments: list[str], end: str) -> None:
    """Plain URLs have a short cut: it leads to the same place."""
    url = f"{scheme}{host}{''.join('/' + segment for segment in segments)}{end}"
    try:
        key = surt.surt(url)
    except ValueError:
        key = url
    assert url_key(url) == "%20".join(key.split())


def test_lines_are_there_at_once_and_sorted_on_close(tmp_path: Path) -> None:
    path = tmp_path / "a.cdxj"
    lines = CdxjIndex(path)
    for number in (3, 1, 2):
        lines.add(entry(number))
        assert path.with_name("a.cdxj.open").read_bytes().endswith(entry(number).line())
    assert not path.exists()

    lines.close()
    lines.close()

    assert path.read_bytes() == b"".join(entry(number).line() for number in (1, 2, 3))
    assert [each.name for each in tmp_path.iterdir()] == ["a.cdxj"]


def test_two_writers_never_share_an_index(tmp_path: Path) -> None:
    first = CdxjIndex(tmp_path / "a.cdxj")
    with pytest.raises(ArchiveInUse, match=r"a\.cdxj\.open exists"):
        CdxjIndex(tmp_path / "a.cdxj")
    first.close()
    with pytest.raises(ArchiveInUse, match="exists"):
        CdxjIndex(tmp_path / "a.cdxj")
    assert [each.name for each in tmp_path.iterdir()] == ["a.cdxj"]


def test_more_lines_than_memory_are_merged_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_lines, "RUN", 500)
    monkeypatch.setattr(sorted_lines, "MAX_RUNS", 3)
    entries = [entry(number * 7919 % 101) for number in range(101)]

    path = made(tmp_path / "a.cdxj", entries)

    assert list(read_cdxj(path)) == sorted(entries, key=lambda each: each.line())
    assert len(list(tmp_path.iterdir())) == 1


urls = st.builds(
    "https://{}.org/{}".format, st.sampled_from(["example", "www.example", "other", "x"]), st.text("ab/?=1", max_size=6)
)


@given(st.lists(st.tuples(urls, st.integers(0, 5)), max_size=60), urls)
@settings(max_examples=100)
def test_binary_search_finds_the_lines_of_a_url_that_reading_all_finds(
    captured: list[tuple[str, int]], wanted: str
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("newscrawl.archive.cdxj.lookup._SEARCH_ENDS", 50)
        path = made(Path(folder, "a.cdxj"), [entry(number, url) for url, number in captured])

        found = list(read_cdxj(path, url=wanted))

        assert found == [each for each in read_cdxj(path) if url_key(each.url) == url_key(wanted)]
        assert list(read_cdxj(path, prefix="org,ex")) == [e for e in read_cdxj(path) if url_key(e.url) < "org,ey"]


def test_filters(tmp_path: Path) -> None:
    entries = [
        entry(1),
        entry(2, status=404),
        entry(3, mime="image/png"),
        entry(4, mime=REVISIT),
        entry(5, status=None),
    ]
    path = made(tmp_path / "a.cdxj", entries)
    (tmp_path / "a.cdxj.gz").write_bytes(gzip.compress(path.read_bytes()))

    for each in (path, tmp_path / "a.cdxj.gz"):
        assert list(read_cdxj(each)) == entries
        assert list(read_cdxj(each, status=404)) == entries[1:2]
        assert list(read_cdxj(each, mime=REVISIT)) == entries[3:4]
        assert list(read_cdxj(each, since=entries[1].date, until=entries[3].date)) == entries[1:3]
        assert list(read_cdxj(each, url=url_of(5))) == entries[4:]


def test_lines_of_others_and_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "b.cdxj"
    short = b'org,example)/ 2025 {"url": "https://example.org/", "offset": 5, "filename": "x.warc.gz", "length": 7}\n'
    path.write_bytes(b" CDX N b a\n" + short + b"org,example)/ 2025 {}\nhalf a li\n\n")
    broken: list[RecordError] = []

    (found,) = read_cdxj(path, on_skip=broken.append)

    assert (found.offset, found.length, found.status, found.mime) == (5, 7, None, "")
    assert [error.offset for error in broken] == [11 + len(short), 11 + len(short) + 22]


@given(st.binary(max_size=80))
def test_no_line_makes_reading_fail_otherwise(line: bytes) -> None:
    for candidate in (line, b"a 2025 " + line, b'a 2025 {"url": ' + line + b"}"):
        try:
            parsed_line(candidate)
        except ValueError:
            continue


RECORDS = [warcinfo(), response(1), request(1), revisit(2, 1), record("metadata", b"{}", 5, url=url_of(5))]


@pytest.mark.parametrize("suffix", CODINGS)
def test_each_entry_of_a_file_leads_to_its_record(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    offsets = written(path, RECORDS)

    entries = list(entries_of(Source(str(path)), lambda error: pytest.fail(str(error))))

    assert [(each.url, each.mime, each.offset) for each in entries] == [
        (url_of(1), "text/html", offsets[1]),
        (url_of(2), REVISIT, offsets[3]),
    ]
    assert entries[0].digest == entries[1].digest == sha1(page(1))
    for each in entries:
        assert capture_at(path, each.offset, each.length).url == each.url
        assert each.offset + each.length <= path.stat().st_size


def test_the_digest_of_a_chunked_body_is_the_standard_one(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    chunked = message(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"4\r\npage\r\n0\r\n\r\n"
    written(path, [record("response", chunked, 1, url=url_of(1))])

    (found,) = entries_of(Source(str(path)), lambda error: pytest.fail(str(error)))

    assert found.digest == sha1(b"page")


def test_records_without_a_place_of_their_own_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(response(1) + response(2)))
    skipped: list[RecordError] = []

    assert not list(entries_of(Source(str(path)), skipped.append))
    assert ["no offset" in error.reason for error in skipped] == [True, True]


OTHERWISE = {
    # file -> why our lines differ from those of cdxj-indexer
    "20141124-heritrix-server-not-modified.warc.gz": "cdxj-indexer lists answers with status 304",
    "books.toscrape.warc": "bodies longer than their Content-Length: the digest is that of the body HTTP delimits",
    "parseMe.warc": "the same",
    "parseMe.warc.gz": "the same, in records without WARC-Payload-Digest",
    "clipped.warc.gz": "its only record is torn",
    "clueweb-quirk.warc.gz": "cdxj-indexer fails on its dates",
    "test-arc-1.0-dashed-fields.arc": "the record's length is false",
    "test-arc-1.0-invalid-fields.arc": "the same",
    "bad.arc": "its records have no lengths",
    "example-space-in-url.arc": "the record is torn",
    "example-trunc.warc": "the record's length is false",
    "invalid-arcfile-record-then-garbage.arc": "cdxj-indexer stops at the garbage",
    "invalid-warcfile-fields-empty.warc": "no lengths",
    "invalid-warcfile-fields-invalidformat.warc": "no lengths",
    "invalid-warcfile-fields-missing.warc": "no lengths",
    "invalid-warcfile-record-then-garbage.warc": "cdxj-indexer makes an entry of the garbage",
    "valid-warcfile-upper-lower-case.warc": "cdxj-indexer passes over types in upper case",
    "example-bad-non-chunked.warc.gz": "compressed as a whole: no offsets",
    "example-wrong-chunks.warc.gz": "the record goes over two members: cdxj-indexer counts the first only",
    "missing-http.warc.gz": "a response without HTTP",
}


def test_entries_are_those_of_cdxj_indexer(shared: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependencies' own
        from cdxj_indexer.main import CDXJIndexer
    compared, different = 0, set()
    for described in json.loads((shared / "warcs" / "manifest.json").read_text()):
        if not described.get("n") or described["container"] == "zip":
            continue
        path = shared / "warcs" / described["file"]
        ours = b"".join(each.line() for each in entries_of(Source(str(path)), lambda _: None)).decode()
        target = tmp_path / "theirs.cdxj"
        with suppress(Exception):  # of its own on broken files: the lines so far are compared
            CDXJIndexer(str(target), [str(path)], records="response,revisit,resource").process_all()
        compared += 1
        if ours != target.read_text():
            different.add(path.name)
    assert compared > 50
    assert different <= set(OTHERWISE)
    assert "example.warc.gz" not in different


def test_the_writer_can_be_killed_and_its_lines_are_there(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom newscrawl.archive.cdxj.index import CdxjIndex\n"
        "from tests.archive.cdxj.test_index import entry\n"
        "lines = CdxjIndex(sys.argv[1])\n"
        "for number in range(50): lines.add(entry(number))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.cdxj")], check=False)

    lines = (tmp_path / "a.cdxj.open").read_bytes().splitlines(keepends=True)

    assert lines == [entry(number).line() for number in range(50)]
    assert instant(0) == START
