"""Revisits stand for the payload of their originals, wherever these are."""

from __future__ import annotations

import gzip
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.archive.cdxj.index import CdxjIndex
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.reading.reader import capture_at, read_captures
from newscrawl.capture import Capture
from newscrawl.errors import RecordError
from newscrawl.files.sources import Source
from tests.archive.samples import (
    NOT_MODIFIED,
    expected,
    gzipped,
    instant,
    message,
    page,
    record,
    record_id,
    response,
    revisit,
    sha1,
    url_of,
    warc_date,
    warcinfo,
    written,
)


def read(*sources: Path, **more: object) -> tuple[list[Capture], list[str]]:
    skipped: list[RecordError] = []
    captures = list(read_captures(sources, on_skip=skipped.append, **more))  # type: ignore[arg-type]
    return captures, [error.reason for error in skipped]


def of_revisit(number: int, original: int, filename: str, offset: int | None) -> Capture:
    """The original's capture with what is the revisit's own."""
    own = expected(original, filename, offset)
    status, age, *rest = ("200", ("Age", "7"), *own.headers)
    assert status == "200"
    return replace(own, url=url_of(number), date=instant(number), record_id=record_id(number), headers=(age, *rest))


def test_a_revisit_takes_the_payload_of_its_original(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    offsets = written(path, [warcinfo(), response(1), revisit(2, 1)])

    captures, skipped = read(path)

    assert captures == [expected(1, path.name, offsets[1]), of_revisit(2, 1, path.name, offsets[2])]
    assert not skipped
    assert capture_at(path, offsets[2]) == captures[1]


@pytest.mark.parametrize(
    "fields",
    [
        [("WARC-Refers-To", record_id(1))],
        [("WARC-Refers-To-Target-URI", f"<{url_of(1)}>"), ("WARC-Refers-To-Date", warc_date(1))],
    ],
)
def test_each_way_of_referring(tmp_path: Path, fields: list[tuple[str, str]]) -> None:
    path = tmp_path / "one.warc"
    written(path, [response(1), response(3), revisit(2, 1, fields=fields)])

    assert read(path)[0][2].payload == page(1)


def test_by_payload_digest_alone_as_old_writers_did(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    digest = ("WARC-Payload-Digest", sha1(page(1)))
    bare = record("revisit", b"", 2, url=url_of(2), fields=[digest])
    written(path, [response(1, fields=[digest]), bare])

    original, capture = read(path)[0]

    assert capture == replace(
        original, url=url_of(2), date=instant(2), record_id=record_id(2), warc_offset=capture.warc_offset
    )


def test_an_original_further_on_or_in_another_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.warc.gz", tmp_path / "b.warc.zst"
    first_offsets = written(first, [revisit(2, 1), response(3)])
    second_offsets = written(second, [revisit(4, 3), response(1)])

    captures, skipped = read(tmp_path)

    assert not skipped
    assert captures == [
        expected(3, first.name, first_offsets[1]),
        of_revisit(4, 3, second.name, second_offsets[0]),
        expected(1, second.name, second_offsets[1]),
        of_revisit(2, 1, first.name, first_offsets[0]),
    ]


def indexed(path: Path, index: Path) -> Path:
    with CdxjIndex(index) as lines:
        for entry in entries_of(Source(str(path)), lambda error: pytest.fail(str(error))):
            lines.add(entry)
    return index


def test_an_original_in_a_file_that_is_not_read_is_found_by_its_index(tmp_path: Path) -> None:
    original, path = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    written(original, [warcinfo(), response(1)])
    offsets = written(path, [revisit(2, 1)])

    assert read(path) == ([], [f"the original of this revisit is not at hand: {record_id(1)}"])

    indexed(original, tmp_path / "a.cdxj")
    assert read(path) == ([of_revisit(2, 1, path.name, offsets[0])], [])
    assert capture_at(path, offsets[0]) == of_revisit(2, 1, path.name, offsets[0])


def test_an_index_elsewhere_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "indexes").mkdir()
    original, path = tmp_path / "archive" / "a.warc.gz", tmp_path / "b.warc.gz"
    written(original, [response(1)])
    written(path, [revisit(2, 1)])
    index = indexed(original, tmp_path / "indexes" / "index.cdxj")

    assert [capture.payload for capture in read(path, index=[index])[0]] == [page(1)]


def test_an_index_that_points_to_something_else_is_not_believed(tmp_path: Path) -> None:
    original, path = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    written(original, [response(1)])
    indexed(original, tmp_path / "a.cdxj")
    written(original, [response(5)])
    written(path, [revisit(2, 1)])

    captures, skipped = read(path)

    assert not captures
    assert len(skipped) == 1


def test_nothing_new_gives_no_capture_and_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    written(path, [response(1), revisit(2, 1, profile=NOT_MODIFIED)])

    captures, skipped = read(path)

    assert [capture.url for capture in captures] == [url_of(1)]
    assert not skipped


def test_originals_of_what_cannot_be_read_twice_are_held(tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzipped(response(1) + revisit(2, 1)))
    assert [capture.payload for capture in read(path)[0]] == [page(1), page(1)]

    code = "from newscrawl.archive.reading.reader import read_captures\nfor c in read_captures('-'): print(c.url)"
    piped = b"".join(map(gzipped, (response(1), revisit(2, 1))))
    done = subprocess.run([sys.executable, "-c", code], input=piped, capture_output=True, check=True)
    assert done.stdout.decode().split() == [url_of(1), url_of(2)]


def test_the_same_entity_under_another_content_coding(tmp_path: Path) -> None:
    """A server that names another coding for the same bytes: each capture is what its own headers make of them."""
    path = tmp_path / "one.warc.gz"
    entity = gzip.compress(page(1), mtime=0)
    coded = record("response", message(entity, head="Content-Encoding: gzip\r\n"), 1, url=url_of(1))
    identity = message(entity, head="Content-Encoding: identity\r\n").split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
    written(path, [coded, record("revisit", identity, 2, url=url_of(2), fields=[("WARC-Refers-To", record_id(1))])])

    first, second = read(path)[0]

    assert (first.payload, second.payload) == (page(1), entity)
    assert first.payload_digest == second.payload_digest == sha1(entity)


def test_the_filter_is_asked_for_revisits_too(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    written(path, [response(1), revisit(2, 1), revisit(3, 1)])

    captures, _ = read(path, wanted=lambda head: head.url != url_of(2))

    assert [capture.url for capture in captures] == [url_of(1), url_of(3)]
