"""The writer: what is in the files, when they rotate, and that they are whole whatever happens."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.records.exchange import Exchange, RecordEntry, Reference
from newscrawl.archive.records.spool import Tape
from newscrawl.archive.records.write_head import field_lines, record_head, target_uri, warc_fields
from newscrawl.archive.writing.compression import COMPRESSIONS
from newscrawl.archive.writing.record_writer import RecordWriter
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.capture import capture_of
from newscrawl.errors import ArchiveError
from tests.recording.warcrecords import RawRecord, records_in
from tests.waiting import PATIENCE_SECONDS

START = datetime(2026, 1, 31, 23, 59, 58, 123456, tzinfo=UTC)
REQUEST = b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'


def clock_at(*instants: datetime) -> Callable[[], datetime]:
    """A clock that gives ``instants`` in turn, the last one ever after."""
    remaining = list(instants)
    return lambda: remaining.pop(0) if len(remaining) > 1 else remaining[0]


def ids() -> Callable[[], str]:
    """Record ids that count up."""
    numbers: Iterator[int] = iter(range(1, 10**6))
    return lambda: f"<urn:uuid:00000000-0000-4000-8000-{next(numbers):012d}>"


def exchange(url: str = "http://example.org/a", response: bytes = RESPONSE, **changes: object) -> Exchange:
    return Exchange(url, START, changes.pop("request", REQUEST), response, **changes)  # type: ignore[arg-type]


def writer(folder: Path, **options: object) -> WarcWriter:
    return WarcWriter(folder, "test", WriterOptions(**options), new_id=ids(), clock=clock_at(START))  # type: ignore[arg-type]


def records(folder: Path) -> list[RawRecord]:
    return [record for path in sorted(folder.glob("*.warc.gz")) for record in records_in(path)]


def test_bytes_of_a_file(tmp_path: Path) -> None:
    info = (("software", "newscrawl"), ("format", "WARC File Format 1.1"))
    options = WriterOptions(compression="none", info=info)
    written = WarcWriter(tmp_path, "golden", options, new_id=ids(), clock=clock_at(START), host="7~archive.example")
    written.write_exchange(
        exchange(
            ip_address="192.0.2.1",
            protocols=("http/1.1", "tls/1.3"),
            cipher_suite="TLS_AES_128_GCM_SHA256",
            context=(("via", "http://example.org/"), ("hopsFromSeed", "L")),
        )
    )
    written.close()
    (path,) = tmp_path.iterdir()
    golden = Path(__file__).with_name("golden.warc")
    assert path.read_bytes() == golden.read_bytes()


def test_place_of_a_record(tmp_path: Path) -> None:
    written = writer(tmp_path)
    places = [written.write_exchange(exchange(f"http://example.org/{i}", RESPONSE + b"%d" % i)) for i in range(9)]
    written.close()
    found = {record.get("WARC-Record-ID"): record for record in records(tmp_path)}
    for place in places:
        record = found[place.record_id]
        assert (record.filename, record.offset) == (place.filename, place.offset)
        assert record.get("WARC-Target-URI") == place.url


def test_captures_from_the_file_are_those_of_the_wire(tmp_path: Path) -> None:
    written = writer(tmp_path)
    messages = {f"http://example.org/{i}": message for i, message in enumerate((RESPONSE, CHUNKED, NOT_MODIFIED[:20]))}
    places = {url: written.write_exchange(exchange(url, message)) for url, message in messages.items()}
    written.close()
    for capture in read_captures([tmp_path]):
        place = places[capture.url]
        live = capture_of(
            capture.url,
            place.date,
            messages[capture.url],
            record_id=place.record_id,
            warc_filename=place.filename,
            warc_offset=place.offset,
            truncated=place.truncated,
        )
        assert capture == live


def test_same_payload_is_a_revisit(tmp_path: Path) -> None:
    written = writer(tmp_path)
    first = written.write_exchange(exchange("http://example.org/a"))
    again = written.write_exchange(exchange("http://example.org/b", CHUNKED))
    other = written.write_exchange(exchange("http://example.org/c", RESPONSE.replace(b"hello", b"world")))
    written.close()
    assert (first.record_type, again.record_type, other.record_type) == ("response", "revisit", "response")
    assert again.payload_digest == first.payload_digest
    (revisit,) = (record for record in records(tmp_path) if record.type == "revisit")
    assert revisit.get("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.get("WARC-Payload-Digest") == first.payload_digest
    assert revisit.get("WARC-Refers-To") == first.record_id
    assert revisit.get("WARC-Refers-To-Target-URI") == "http://example.org/a"
    assert revisit.get("WARC-Refers-To-Date") == "2026-01-31T23:59:58.123456Z"
    assert revisit.block == CHUNKED[:47]


@pytest.mark.parametrize(
    ("response", "changes"),
    [
        (RESPONSE.replace(b"200 OK", b"404 No"), {}),
        (RESPONSE.replace(b": 5", b": 9"), {"truncated": "disconnect"}),
        (CHUNKED[:-7], {}),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", {}),
        (RESPONSE[:-5], {"method": "HEAD"}),
    ],
    ids=["error", "truncated", "cut-chunks", "empty", "head"],
)
def test_what_is_no_revisit(tmp_path: Path, response: bytes, changes: dict[str, str]) -> None:
    written = writer(tmp_path)
    types = [written.write_exchange(exchange(response=response, **changes)).record_type for _ in range(3)]
    written.close()
    assert types == ["response"] * 3


def test_revisit_across_crawls(tmp_path: Path) -> None:
    class Index:
        """Of an earlier crawl."""

        def __init__(self) -> None:
            self.remembered: list[tuple[str, str, Reference]] = []

        def seen(self, digest: str) -> Reference | None:
            return Reference("http://example.org/old", START - timedelta(days=9), "<urn:uuid:old>")

        def captured(self, url: str) -> Reference | None:
            return None

        def remember(self, url: str, digest: str, reference: Reference) -> None:
            self.remembered.append((url, digest, reference))

    written = WarcWriter(tmp_path, "test", revisits=(index := Index()))
    recorded = written.write_exchange(exchange())
    written.close()
    (revisit,) = (record for record in records(tmp_path) if record.type == "revisit")
    assert revisit.get("WARC-Refers-To-Date") == "2026-01-22T23:59:58.123456Z"
    # What is remembered of this URL is where its payload is, not this revisit.
    assert index.remembered == [(recorded.url, recorded.payload_digest, index.seen(""))]


def test_not_modified_refers_to_the_earlier_capture(tmp_path: Path) -> None:
    written = writer(tmp_path)
    first = written.write_exchange(exchange())
    written.write_exchange(exchange(response=NOT_MODIFIED))
    written.write_exchange(exchange("http://example.org/b", NOT_MODIFIED))
    known = Reference("http://example.org/c?old", START - timedelta(days=1), "<urn:uuid:known>")
    written.write_exchange(exchange("http://example.org/c", NOT_MODIFIED, unmodified=known))
    written.close()
    own, unknown, given_one = (record for record in records(tmp_path) if record.type == "revisit")
    for record in (own, unknown, given_one):
        assert record.get("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        assert record.block == NOT_MODIFIED
        assert record.get("WARC-Payload-Digest") is None
    assert own.get("WARC-Refers-To") == first.record_id
    assert unknown.get("WARC-Refers-To") is None
    assert given_one.get("WARC-Refers-To-Target-URI") == "http://example.org/c?old"


def test_metadata_refers_to_its_page(tmp_path: Path) -> None:
    written = writer(tmp_path)
    page = written.write_exchange(exchange())
    written.write_metadata("urn:article:http://example.org/a", page.record_id, "application/json", b'{"a": 1}\n')
    written.close()
    record = records(tmp_path)[-1]
    assert (record.type, record.get("WARC-Refers-To"), record.block) == ("metadata", page.record_id, b'{"a": 1}\n')
    assert record.get("Content-Type") == "application/json"


def test_rotation_by_size(tmp_path: Path) -> None:
    closed: list[Path] = []
    written = WarcWriter(tmp_path, "test", WriterOptions(max_bytes=2000, compression="none"), on_close=[closed.append])
    for number in range(8):
        written.write_exchange(exchange(f"http://example.org/{number}", RESPONSE + bytes([number])))
    written.close()
    sizes = [path.stat().st_size for path in closed]
    assert len(closed) > 2
    assert all(size >= 2000 for size in sizes[:-1])
    assert [path.name.split("-")[2] for path in closed] == [f"{serial:05d}" for serial in range(len(closed))]
    assert sorted(tmp_path.iterdir()) == sorted(closed)
    for path in closed:
        assert path.read_bytes().startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
        assert f"WARC-Filename: {path.name}\r\n".encode() in path.read_bytes()


def test_rotation_by_age(tmp_path: Path) -> None:
    seconds = [0.0]
    written = WarcWriter(tmp_path, "test", WriterOptions(max_age_seconds=60), timer=lambda: seconds[0])
    first = written.write_exchange(exchange())
    seconds[0] = 59
    written.rotate_if_due()
    assert written.write_exchange(exchange()).filename == first.filename
    seconds[0] = 60
    written.rotate_if_due()
    assert [path.name for path in tmp_path.iterdir()] == [first.filename]
    assert written.write_exchange(exchange()).filename != first.filename
    written.close()


def test_open_while_written(tmp_path: Path) -> None:
    written = writer(tmp_path)
    recorded = written.write_exchange(exchange())
    (path,) = tmp_path.iterdir()
    assert path.name == f"{recorded.filename}.open"
    # All that was written is in the file before write_exchange() returns.
    assert [record.type for record in records_in(path)] == ["warcinfo", "response", "request"]
    written.close()
    assert [path.name for path in tmp_path.iterdir()] == [recorded.filename]


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    """Same process, prefix, second and serial: the name is taken, so the next one is."""
    one, two = writer(tmp_path), writer(tmp_path)
    names = [one.write_exchange(exchange()).filename, two.write_exchange(exchange()).filename]
    one.close()
    three = writer(tmp_path)
    names.append(three.write_exchange(exchange()).filename)
    two.close()
    three.close()
    assert len(set(names)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_many_writers_at_once(tmp_path: Path) -> None:
    def write() -> None:
        for _ in range(10):
            written = writer(tmp_path)
            written.write_exchange(exchange())
            written.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paths = list(tmp_path.iterdir())
    assert len(paths) == 80
    assert all([record.type for record in records_in(path)] == ["warcinfo", "response", "request"] for path in paths)


def test_two_processes_at_once(tmp_path: Path) -> None:
    program = """
import sys
from tests.archive.writing.test_writer import exchange, writer
from pathlib import Path
for _ in range(20):
    one = writer(Path(sys.argv[1]))
    one.write_exchange(exchange())
    one.close()
"""
    processes = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    paths = list(tmp_path.glob("*.warc.gz"))
    assert len(paths) == 40
    assert sum(len(list(records_in(path))) for path in paths) == 120


def test_full_disk_leaves_no_half_record(tmp_path: Path) -> None:
    """A limit on the size of files stands for the end of the disk: the kernel takes a part and refuses the rest."""
    written = writer(tmp_path, compression="none")
    written.write_exchange(exchange("http://example.org/1"))
    (path,) = tmp_path.iterdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 300, limits[1]))
    try:
        with pytest.raises(ArchiveError, match="cannot write"):
            written.write_exchange(exchange("http://example.org/2", CHUNKED))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    third = written.write_exchange(exchange("http://example.org/3", RESPONSE.replace(b"hello", b"three")))
    written.close()
    data = next(tmp_path.iterdir()).read_bytes()
    assert b"http://example.org/2" not in data
    assert data[third.offset or 0 :].startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
    assert [capture.payload for capture in read_captures([tmp_path])] == [b"hello", b"three"]


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveError, match="file"):
        WarcWriter(tmp_path / "file" / "warc", "test").write_exchange(exchange())
    with pytest.raises(ArchiveError, match="rar"):
        WarcWriter(tmp_path, "test", WriterOptions(compression="rar"))


def test_entries_for_an_index(tmp_path: Path) -> None:
    entries: list[RecordEntry] = []
    written = WarcWriter(tmp_path, "test", on_records=[entries.extend])
    written.write_exchange(exchange())
    written.close()
    (path,) = tmp_path.iterdir()
    assert [entry.record_type for entry in entries] == ["warcinfo", "response", "request"]
    assert sum(entry.length for entry in entries) == path.stat().st_size
    response = entries[1]
    assert (response.status, response.media_type, response.method) == (200, "text/html", "GET")
    assert response.payload_digest == "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_large_blocks_are_written_in_pieces(tmp_path: Path, compression: str) -> None:
    body = bytes(range(256)) * 20_000
    message = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    written = writer(tmp_path, compression=compression)
    places = [written.write_exchange(exchange(f"http://example.org/{i}", message + b"%d" % i)) for i in range(2)]
    written.close()
    captures = {capture.record_id: capture for capture in read_captures([tmp_path])}
    assert [captures[place.record_id].payload for place in places] == [body, body]
    assert [captures[place.record_id].warc_offset for place in places] == [place.offset for place in places]
    assert checked("fastwarc", next(iter(tmp_path.iterdir()))) == 0


@pytest.mark.parametrize("size", [9_000, 65_535 + 2_048, 70_000, 300_000])
def test_what_is_coded_already_is_stored(tmp_path: Path, size: int) -> None:
    """A picture is not deflated again; its member is one as any other, and hardly longer than its record."""
    body = os.urandom(size)
    message = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n" % size + body
    written = writer(tmp_path)
    place = written.write_exchange(exchange(response=message))
    written.write_exchange(exchange("http://example.org/b", b"HTTP/1.1 200 OK\r\n\r\n" + b"text " * (size // 5)))
    written.close()
    (path,) = tmp_path.iterdir()
    assert next(read_captures(path)).warc_offset == place.offset
    assert records(tmp_path)[1].block == message
    assert path.stat().st_size < 1.01 * size + 3_000, "the head and the text are deflated"
    assert checked("fastwarc", path) == checked("warcio", path) == 0


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_a_large_exchange_takes_no_memory(tmp_path: Path, compression: str) -> None:
    """From the socket into the file: 48 MB in chunks, never more than a few pieces of it at once."""
    piece = b"4000\r\n" + os.urandom(0x4000) + b"\r\n"
    written = writer(tmp_path, compression=compression)
    tracemalloc.start()
    try:
        tape = Tape()
        tape.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(3 * 1024):
            tape.write(piece)
        tape.write(b"0\r\n\r\n")
        written.write_exchange(exchange(response=tape.message()))  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    written.close()
    (capture,) = read_captures(tmp_path)
    assert len(capture.payload) == 48 * 1024 * 1024
    assert peak < 12 * 1024 * 1024


@settings(max_examples=200)
@given(
    head=st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=6),
    line_end=st.sampled_from([b"\r\n", b"\n"]),
    body=st.binary(max_size=60),
    cut=st.integers(0, 120),
)
def test_any_message_gives_files_that_pass_the_checkers(
    tmp_path_factory: pytest.TempPathFactory, head: list[bytes], line_end: bytes, body: bytes, cut: int
) -> None:
    """Whatever a server sends, no tool finds a fault in the record, and it reads back as it was."""
    from fastwarc.warc import ArchiveIterator as FastIterator
    from warcio.archiveiterator import ArchiveIterator

    folder = tmp_path_factory.mktemp("any")
    message = line_end.join([b"HTTP/1.1 200 OK", *head, b"", b""]) + body
    message = message[: max(1, len(message) - cut)] if cut < 60 else message
    written = writer(folder)
    written.write_exchange(exchange(response=message))
    written.close()
    assert records(folder)[1].block == message
    (path,) = folder.iterdir()
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.raw_stream.read()
            assert record.digest_checker.passed is not False, record.digest_checker.problems
    for fast in FastIterator(str(path), parse_http=False):
        assert fast.verify_block_digest()
    for fast in FastIterator(str(path), parse_http=True):
        assert "WARC-Payload-Digest" not in fast.headers or fast.verify_payload_digest()


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_value_forges_a_field(name: str, value: str) -> None:
    fields = [("WARC-Target-URI", target_uri(value)), ("Own-Field", value)]
    written = BytesIO()
    writer = RecordWriter(COMPRESSIONS["none"])
    writer.write(written, record_head("metadata", "<urn:uuid:1>", START, field_lines(fields), b"x"), b"x")
    head = written.getvalue().removesuffix(b"x\r\n\r\n")
    assert head.count(b"\r\n") == 9
    assert head.count(b"\n") == head.count(b"\r") == 9
    assert target_uri(value).isascii()
    assert " " not in target_uri(value)
    assert warc_fields((("via", value),)).count(b"\n") == 1


def checked(tool: str, path: Path) -> int:
    """The exit status of ``tool check path``."""
    program = Path(sys.executable).with_name(tool)
    return subprocess.run(
        [program, "check", path], capture_output=True, timeout=PATIENCE_SECONDS, check=False
    ).returncode
