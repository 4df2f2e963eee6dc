"""After a kill at any byte: whole records are there, the torn tail is not, the file is closed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.cdxj.index import CdxjIndex
from newscrawl.archive.cdxj.lookup import read_cdxj
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.salvage import CLOSED, EMPTY, EXISTS, IN_USE, UNCUT, salvage
from newscrawl.archive.verify.verify import verify
from newscrawl.files.sources import Source
from tests.archive.samples import expected, gzipped, page, response, url_of, warcinfo, written

NUMBERS = (1, 2, 3)


def left(path: Path, content: bytes) -> Path:
    """What a killed writer left under the name of ``path``."""
    opened = path.with_name(path.name + ".open")
    opened.write_bytes(content)
    return opened


def check(folder: Path, suffix: str, content: bytes, offsets: list[int], size: int, numbers: tuple[int, ...]) -> None:
    """Salvage a file cut at ``size`` and look at all that is to hold then."""
    final = folder / f"a{suffix}"
    left(final, content[:size])

    (result,) = salvage(folder)

    whole = [number for number in range(len(numbers) + 1) if offsets[number + 1] <= size]
    if not final.exists():
        assert result.outcome == EMPTY
        assert not whole
        assert not list(folder.iterdir())
        return
    assert (result.outcome, result.final) == (CLOSED, final)
    kept = final.stat().st_size
    assert (result.kept, result.cut) == (kept, size - kept)
    assert kept == offsets[len(whole)]
    assert final.read_bytes() == content[:kept]
    captures = list(read_captures(final))
    assert (
        captures[: len(whole) - 1]
        == [expected(n, final.name, offsets[i]) for i, n in enumerate(numbers, 1)][: len(whole) - 1]
    )
    assert salvage(folder) == []
    final.unlink()


@pytest.mark.parametrize("suffix", [".warc.gz", ".warc.zst", ".warc"])
def test_cut_at_every_byte(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    offsets = written(path, [warcinfo(), *map(response, NUMBERS)])
    content = path.read_bytes()
    path.unlink()
    for size in range(len(content) + 1):
        check(tmp_path, suffix, content, [*offsets, len(content)], size, NUMBERS)


@pytest.mark.parametrize("suffix", [".warc.gz", ".warc.zst"])
@given(data=st.data())
@settings(max_examples=40)
def test_cut_anywhere_in_a_larger_file_with_a_tail_that_never_reached_the_disk(
    suffix: str, data: st.DataObject
) -> None:
    numbers = tuple(range(1, 40))
    with TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        offsets = [*written(path, [warcinfo(), *(response(n, page(n, 20_000)) for n in numbers)]), path.stat().st_size]
        content = path.read_bytes()
        path.unlink()
        size = data.draw(st.integers(0, len(content)))
        tail = data.draw(st.sampled_from([b"", bytes(5000), b"\x1f\x8b\x08", os.urandom(300)]))
        there = content[:size] + tail
        left(path, there)

        (result,) = salvage(folder)

        # Zeros may be just what was cut off: the length at the end of a gzip member has some.
        end = max(offset for offset in offsets if there.startswith(content[:offset]))
        assert result.kept == (path.stat().st_size if end else 0)
        assert result.kept == end
        if end:
            assert path.read_bytes() == content[:end]
            assert verify([path]).sound


def test_damage_before_the_last_whole_record_is_told_and_left(tmp_path: Path) -> None:
    members = [gzipped(data) for data in (warcinfo(), response(1), response(2))]
    members[1] = members[1][:100] + b"XXXX" + members[1][104:]
    content = b"".join(members)
    left(tmp_path / "a.warc.gz", content + b"\x1f\x8btorn")

    (result,) = salvage(tmp_path)

    assert (tmp_path / "a.warc.gz").read_bytes() == content
    assert (result.outcome, result.records, result.cut) == (CLOSED, 2, 6)
    assert [error.offset for error in result.faults] == [len(members[0]), len(content)]


def test_a_file_whose_writer_lives_is_left_alone(tmp_path: Path) -> None:
    opened = left(tmp_path / "a.warc.gz", gzipped(response(1))[:-5])
    index = CdxjIndex(tmp_path / "a.cdxj")
    with opened.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert [result.outcome for result in salvage(tmp_path)] == [IN_USE, IN_USE]
        assert opened.stat().st_size == len(gzipped(response(1))) - 5
    index.close()
    assert [result.outcome for result in salvage(tmp_path)] == [EMPTY]


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    code = (
        "import fcntl, sys, time\nfile = open(sys.argv[1], 'r+b')\nfcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('locked', flush=True)\ntime.sleep(60)"
    )
    opened = left(tmp_path / "a.warc.gz", gzipped(response(1)))
    with subprocess.Popen([sys.executable, "-c", code, str(opened)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert [result.outcome for result in salvage(tmp_path)] == [IN_USE]
        process.kill()
        process.wait()
    assert [result.outcome for result in salvage(tmp_path)] == [CLOSED]


def test_nothing_is_written_over_and_nothing_uncuttable_is_cut(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"another")
    left(tmp_path / "a.warc.gz", gzipped(response(1)))
    whole = left(tmp_path / "b.warc.gz", gzipped(response(1) + response(2))[:-9])

    outcomes = {result.path.name: result.outcome for result in salvage(tmp_path)}

    assert outcomes == {"a.warc.gz.open": EXISTS, "b.warc.gz.open": UNCUT}
    assert (tmp_path / "a.warc.gz").read_bytes() == b"another"
    assert whole.read_bytes() == gzipped(response(1) + response(2))[:-9]


def test_links_and_other_files_are_not_touched(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    folder = tmp_path / "warc"
    folder.mkdir()
    (folder / "a.warc.gz.open").symlink_to(outside)
    (folder / "notes.open").write_text("mine")

    assert salvage(folder) == []
    assert outside.read_bytes() == b"mine"


@pytest.mark.parametrize("torn", [0, 1, 40])
def test_the_index_has_a_line_for_each_record_that_is_there(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "a.warc.gz"
    written(path, [warcinfo(), *map(response, NUMBERS)])
    lines = [entry.line() for entry in entries_of(Source(str(path)), lambda error: pytest.fail(str(error)))]
    lines.reverse()
    content = path.read_bytes()
    path.unlink()
    left(path, content[:-7])
    left(tmp_path / "a.cdxj", b"".join(lines)[: -torn or None])

    archive, index = salvage(tmp_path)

    assert (archive.records, index.outcome) == (3, CLOSED)
    kept = [entry.url for entry in read_cdxj(tmp_path / "a.cdxj")]
    # The torn line was the last one written: that of the first page, since they were reversed. Its record is there, so
    # it has its line again.
    assert kept == [url_of(1), url_of(2)]
    assert not list(tmp_path.glob("*.open"))


def test_two_at_once_do_no_harm(tmp_path: Path) -> None:
    for number in range(40):
        left(tmp_path / f"{number:02}.warc.gz", gzipped(response(number)) + b"torn")
    code = (
        "import sys\nfrom newscrawl.archive.salvage import salvage\n"
        "print(len([result for result in salvage(sys.argv[1]) if result.final]))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in "ab"
    ]
    counts = [int(process.communicate()[0]) for process in running]

    assert sum(counts) == 40
    assert len(list(tmp_path.glob("*.warc.gz"))) == 40
    for path in tmp_path.glob("*.warc.gz"):
        assert path.read_bytes() == gzipped(response(int(path.name[:2])))


_CRAWL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.cdxj.live import LiveIndex
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from tests.archive.samples import message, page, url_of
index = LiveIndex(Path(sys.argv[1]))
options = WriterOptions(compression=sys.argv[2], max_bytes=200_000)
writer = WarcWriter(sys.argv[1], "test", options, on_records=[index.add], on_close=[lambda _: index.close()])
number = 0
while True:
    number += 1
    body = message(page(number, 5_000))
    writer.write_exchange(Exchange(url_of(number), datetime.now(UTC), b"GET / HTTP/1.1\\r\\n\\r\\n", body))
    print(number, flush=True)
"""


@pytest.mark.parametrize(("compression", "written"), [("gzip", 30), ("gzip", 111), ("zstd", 76), ("none", 50)])
def test_our_own_writer_killed_at_work(tmp_path: Path, compression: str, written: int) -> None:
    """What the writer said it had written is there, whole; the indexes agree with the files."""
    command = [sys.executable, "-c", _CRAWL, str(tmp_path), compression]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(written)]
        process.kill()
        told = int([line for line in (*lines, *process.stdout.read().splitlines()) if line.strip()][-1])

    results = salvage(tmp_path)

    # None where the kill came between two files.
    assert {result.outcome for result in results} <= {CLOSED, EMPTY}
    assert not list(tmp_path.glob("*.open"))
    captures = list(read_captures(tmp_path, on_skip=lambda error: pytest.fail(str(error))))
    assert [capture.url for capture in captures[:told]] == [url_of(number) for number in range(1, told + 1)]
    assert [str(fault) for verdict in verify([tmp_path]).verdicts for fault in verdict.faults] == []
