"""Torn, corrupt and lying files: what is whole comes out, what is not is named, and nothing hangs or grows."""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newscrawl.archive.reading import record_blocks as blocks
from newscrawl.archive.reading import recover as resync
from newscrawl.archive.reading.decode.gzip_members import coding_of
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.capture import Capture
from newscrawl.errors import RecordError
from tests.archive.samples import (
    CODINGS,
    IDENTICAL,
    expected,
    gzipped,
    lz4_frame,
    message,
    page,
    record,
    record_id,
    response,
    url_of,
    warcinfo,
    written,
)

NUMBERS = tuple(range(1, 7))
SUFFIXES = list(CODINGS)


def read(path: Path) -> tuple[list[Capture], list[RecordError]]:
    skipped: list[RecordError] = []
    return list(read_captures(path, on_skip=skipped.append)), skipped


def made(path: Path) -> list[int]:
    """A file of seven records; the offset of each, and of the end."""
    offsets = written(path, [warcinfo(), *(response(number) for number in NUMBERS)])
    return [*offsets, path.stat().st_size]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(max_examples=120)
def test_bytes_overwritten_anywhere_cost_no_record_that_they_do_not_touch(suffix: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"one{suffix}")
        offsets = made(path)
        content = bytearray(path.read_bytes())
        start = data.draw(st.integers(0, len(content) - 1))
        junk = data.draw(st.binary(min_size=1, max_size=200))
        content[start : start + len(junk)] = junk[: len(content) - start]
        assume(coding_of(bytes(content[:8]), path.name) == coding_of(path.read_bytes()[:8], path.name))
        path.write_bytes(content)

        captures, _ = read(path)

        # Damage up to the first bytes of the record that follows may hide where that begins.
        untouched = [
            number for number in NUMBERS if offsets[number + 1] <= start or offsets[number] >= start + len(junk) + 12
        ]
        found = {capture.url: capture for capture in captures}
        for number in untouched:
            assert found[url_of(number)] == expected(number, path.name, offsets[number])


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(max_examples=60)
def test_bytes_lost_or_added_move_the_rest_but_lose_nothing_of_it(suffix: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"one{suffix}")
        offsets = made(path)
        content = path.read_bytes()
        start = data.draw(st.integers(0, len(content) - 1))
        lost = data.draw(st.integers(0, 50))
        added = data.draw(st.binary(max_size=50))
        damaged = content[:start] + added + content[start + lost :]
        assume(coding_of(damaged[:8], path.name) == coding_of(content[:8], path.name))
        path.write_bytes(damaged)

        captures, _ = read(path)

        payloads = [capture.payload for capture in captures]
        untouched = [n for n in NUMBERS if offsets[n + 1] <= start or offsets[n] > start + lost]
        assert [payload for payload in payloads if payload in map(page, untouched)] == [page(n) for n in untouched]


def test_a_head_that_runs_into_the_next_record_swallows_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "one.warc"
    offsets = made(path)
    content = path.read_bytes()
    path.write_bytes(content[: offsets[1] - 52] + content[offsets[1] :])
    captures, skipped = read(path)
    assert [capture.payload for capture in captures] == [page(number) for number in NUMBERS]
    assert [error.reason for error in skipped] == ["another record begins within the head"]


@pytest.mark.parametrize(("suffix", "step"), [(".warc", 3), (".warc.gz", 1), (".warc.zst", 1), (".warc.lz4", 7)])
def test_cut_at_every_byte_all_records_before_are_there(tmp_path: Path, suffix: str, step: int) -> None:
    path = tmp_path / f"one{suffix}"
    offsets = made(path)
    content = path.read_bytes()
    whole = {number: expected(number, path.name, offsets[number]) for number in NUMBERS}
    for size in range(0, len(content), step):
        path.write_bytes(content[:size])
        captures, skipped = read(path)
        kept = [number for number in NUMBERS if offsets[number + 1] <= size]
        assert captures[: len(kept)] == [whole[number] for number in kept]
        # Uncompressed, a record is whole as soon as its block is; compressed, when its member is.
        assert len(captures) - len(kept) <= (suffix == ".warc")
        assert size in offsets or skipped or suffix == ".warc"


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("length", [0, 10, 399, 411, 2_000, 5_000_000, 10**15])
def test_a_false_length_costs_its_record_alone(tmp_path: Path, suffix: str, length: int) -> None:
    path = tmp_path / f"one{suffix}"
    offsets = written(path, [warcinfo(), response(1), response(2, length=length), response(3), response(4)])

    captures, skipped = read(path)

    assert captures == [expected(number, path.name, offsets[number]) for number in (1, 3, 4)]
    assert [error.offset for error in skipped] == [offsets[2]]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("length", ["", "--5", "1e3", "٣", "9" * 30])
def test_length_that_is_not_a_number_costs_its_record_alone(tmp_path: Path, suffix: str, length: str) -> None:
    path = tmp_path / f"one{suffix}"
    offsets = written(path, [response(1), response(2, length=length), response(3)])

    captures, skipped = read(path)

    assert [capture.url for capture in captures] == [url_of(1), url_of(3)]
    assert [(error.offset, "not a number" in error.reason) for error in skipped] == [(offsets[1], True)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("length", [-1, -5, -(10**15)])
def test_record_with_a_negative_length_is_read_up_to_the_next_record(tmp_path: Path, suffix: str, length: int) -> None:
    path = tmp_path / f"one{suffix}"
    offsets = written(path, [response(1), response(2, length=length), response(3, length=length)])

    captures, skipped = read(path)

    assert captures == [expected(number, path.name, offsets[number - 1]) for number in (1, 2, 3)]
    assert not skipped
    assert [fault.reason for fault in verify([path]).verdicts[0].faults] == [f"Content-Length {length} is negative"] * 2


def arc(*records: tuple[str, bytes], length: int | None = None) -> bytes:
    """Return an ARC file of HTTP messages with these dates, as their writers wrote them."""
    lines = [b"filedesc://one.arc 0.0.0.0 20050101000000 text/plain 5\n1 0 x\n"]
    for number, (date, message_) in enumerate(records):
        size = len(message_) if length is None else length
        head = f"{url_of(number)} 192.0.2.{number} {date} text/html {size}\n"
        lines.append(head.encode() + message_ + b"\n")
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("date", "instant_read"),
    [
        ("2005010203", "2005-01-02T03:00:00"),
        ("200501020304", "2005-01-02T03:04:00"),
        ("20050102030405", "2005-01-02T03:04:05"),
        ("200501020304059", "2005-01-02T03:04:05"),
        ("200501020304050607", "2005-01-02T03:04:05"),
        ("Sun, 02 Jan 2005", "2005-01-09T10:11:12"),
        ("unknown", "2005-01-09T10:11:12"),
        ("99999999999999", "2005-01-09T10:11:12"),
    ],
)
@pytest.mark.parametrize("suffix", [".arc", ".arc.gz"])
@pytest.mark.parametrize("length", [None, -1])
def test_odd_dates_and_lengths_of_arc_lose_no_record(
    tmp_path: Path, suffix: str, date: str, instant_read: str, length: int | None
) -> None:
    """A date that is not one gives way to the ``Date`` that the server sent."""
    block = message(page(1), head="Date: Sun, 09 Jan 2005 10:11:12 GMT\r\n")
    path = tmp_path / f"one{suffix}"
    data = arc(("20050101000000", block), (date, block), ("20050101000000", block), length=length)
    path.write_bytes(gzipped(data) if suffix.endswith(".gz") else data)

    captures, skipped = read(path)

    assert not skipped
    assert [capture.payload for capture in captures] == [page(1)] * 3
    assert captures[1].date.strftime("%Y-%m-%dT%H:%M:%S") == instant_read


@pytest.mark.parametrize("data", [b"\x04\x22\x4d\x18" * 10_000, lz4_frame(bytes(10_000_000))])
def test_lz4_bombs_of_any_extension_take_little_memory(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(data)
    code = (
        "import resource, sys\nfrom newscrawl.archive.verify.verify import verify\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nverify([sys.argv[1]])\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 50


def test_unresolved_revisits_are_kept_without_their_blocks(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    head = b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 50_000 + b"\r\n\r\n"
    fields = (("WARC-Profile", IDENTICAL), ("WARC-Refers-To", record_id(999)))
    path.write_bytes(b"".join(gzipped(record("revisit", head, n, url=url_of(n), fields=fields)) for n in range(2_000)))
    code = (
        "import resource, sys\nfrom newscrawl.archive.reading.reader import read_captures\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nskipped = 0\n"
        "def skip(error):\n    global skipped; skipped += 1\n"
        "list(read_captures(sys.argv[1], on_skip=skip))\n"
        "print(skipped, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    skipped, megabytes = map(int, done.stdout.split())
    assert skipped == 2_000
    assert megabytes < 30


def test_what_a_killed_writer_left_is_passed_over_when_the_next_appended_to_it(tmp_path: Path) -> None:
    for suffix, code in CODINGS.items():
        path = tmp_path / f"one{suffix}"
        path.write_bytes(code(response(1)) + code(response(2))[:-30] + code(response(3)))

        captures, skipped = read(path)

        assert [capture.url for capture in captures] == [url_of(1), url_of(3)]
        assert len(skipped) == 1


def test_garbage_between_records_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one.warc"
    path.write_bytes(response(1) + b"garbage\n" * 40_000 + response(2) + b"the end")

    captures, skipped = read(path)

    assert [capture.url for capture in captures] == [url_of(1), url_of(2)]
    assert [error.offset for error in skipped] == [len(response(1)), path.stat().st_size - len(b"the end")]


def test_a_page_about_warcs_is_not_taken_for_a_record(tmp_path: Path) -> None:
    """The body holds a record; only where the length is false could it be mistaken for one, and not when compressed."""
    body = b"<pre>\r\n\r\n" + response(9) + b"</pre>"
    for suffix in CODINGS:
        path = tmp_path / f"one{suffix}"
        written(path, [warcinfo(), response(1, body), response(2, body, length=7), response(3)])
        captures, _ = read(path)
        urls = [capture.url for capture in captures]
        assert urls[0] == url_of(1)
        assert captures[0].payload == body
        assert urls[-1] == url_of(3)
        assert (url_of(9) in urls) is (suffix == ".warc")


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    for name, content in {
        "noise.warc.gz": os.urandom(300_000),
        "zeros.warc.zst": bytes(300_000),
        "text.warc": b"hello\n" * 50_000,
        "other.warc.gz": gzipped(b"part-00000\n" * 1000),
        "magic.warc.gz": b"\x1f\x8b\x08" * 5_000,
        "head.warc": b"WARC/1.1\r\n" + b"x: y\r\n" * 100_000,
    }.items():
        (tmp_path / name).write_bytes(content)
        captures, skipped = read(tmp_path / name)
        assert not captures
        assert 1 <= len(skipped) < 20, name
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    assert read(tmp_path / "empty.warc.gz") == ([], [])


def test_a_record_above_the_limit_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_BLOCK", 1000)
    monkeypatch.setattr(resync, "BUFFERED", 2000)
    for suffix in CODINGS:
        path = tmp_path / f"one{suffix}"
        offsets = written(path, [response(1), response(2, page(2, 300_000)), response(3)])

        first, large, last = read(path)[0]

        assert (first, last) == (expected(1, path.name, offsets[0]), expected(3, path.name, offsets[2]))
        assert large.truncated == "length"
        assert page(2, 300_000).startswith(large.payload)
        assert 0 < len(large.payload) < 1000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_false_length_of_a_record_that_is_not_held_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(resync, "BUFFERED", 500)
    path = tmp_path / f"one{suffix}"
    large = page(2, 300_000)
    written(path, [response(1), response(2, large, length=290_000), response(3), response(4, large), response(5)])

    captures, skipped = read(path)

    assert [capture.url for capture in captures] == [url_of(n) for n in (1, 3, 4, 5)]
    assert len(skipped) == 1


def test_a_pipe_is_searched_again_too() -> None:
    content = gzipped(response(1)) + gzipped(response(2, page(2, 200_000)))[:-500] + gzipped(response(3))
    code = (
        "from newscrawl.archive.reading.reader import read_captures\n"
        "print(*(c.url for c in read_captures('-', on_skip=lambda error: print(error.offset))))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True)

    assert done.stdout.decode().splitlines() == [str(len(gzipped(response(1)))), f"{url_of(1)} {url_of(3)}"]


MEGABYTE = 1024 * 1024
_READ_WITH_LITTLE_MEMORY = """
import resource, sys
from newscrawl.archive.reading.reader import read_captures
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for capture in read_captures(sys.argv[1], on_skip=lambda error: print("skipped", error.reason[:60])):
    print(capture.url, len(capture.payload), capture.truncated)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def peak_megabytes(path: Path) -> tuple[list[str], int]:
    """What was read, and how much memory it took above the empty interpreter's."""
    done = subprocess.run(
        [sys.executable, "-c", _READ_WITH_LITTLE_MEMORY, str(path)], capture_output=True, text=True, check=True
    )
    *lines, peak = done.stdout.splitlines()
    return lines, int(peak)


def test_memory_is_bounded_whatever_a_record_says_or_holds(tmp_path: Path) -> None:
    """Two gigabytes of zeros in a record of 2 MB: about 128 MB of block and payload may be held, with copies."""
    assert resource.RUSAGE_SELF == 0
    path = tmp_path / "bomb.warc.gz"
    size = 2000 * MEGABYTE
    head = record("response", b"", 1, url=url_of(1), length=size, end=b"")
    compressor = zlib.compressobj(1, zlib.DEFLATED, 31)
    with path.open("wb") as file:
        file.write(gzipped(warcinfo()))
        file.write(compressor.compress(head + message(b"")))
        zeros = bytes(MEGABYTE)
        for _ in range(2000):
            file.write(compressor.compress(zeros))
        file.write(compressor.flush())
        file.write(gzipped(response(2)))

    lines, peak = peak_megabytes(path)

    assert lines[-1].startswith(url_of(2))
    assert peak < 400


def test_members_that_hold_far_more_than_they_say_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resync, "MAX_PASSED_OVER", 3 * MEGABYTE)
    for content in (response(1, length=5) + bytes(9 * MEGABYTE), b"\r\n" * (5 * MEGABYTE), bytes(9 * MEGABYTE)):
        for code in (gzipped, CODINGS[".warc.zst"], lz4_frame):
            path = tmp_path / "bomb.warc.gz"
            path.write_bytes(code(warcinfo()) + code(content) + code(response(2)))

            captures, skipped = read(path)

            assert [capture.url for capture in captures] == [url_of(2)]
            assert skipped


@given(content=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
@settings(max_examples=300)
def test_no_bytes_at_all_make_reading_fail(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        for data in (content, CODINGS[suffix](content), CODINGS[suffix](b"WARC/1.1\r\n" + content)):
            path = Path(folder, f"x{suffix}")
            path.write_bytes(data)
            read(path)


def test_gzip_headers_with_names_and_extra_fields(tmp_path: Path) -> None:
    path = tmp_path / "named.warc.gz"
    target = io.BytesIO()
    with gzip.GzipFile("a name.warc", "wb", fileobj=target, mtime=5) as file:
        file.write(response(1))
    path.write_bytes(target.getvalue() + gzipped(response(2)))

    assert [capture.url for capture in read(path)[0]] == [url_of(1), url_of(2)]
