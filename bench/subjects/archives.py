"""WARC written and read: ours, warcio, FastWARC, and inflating or deflating alone."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench import publisher
from bench.data import ARCHIVED_PAGES
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions

DATE = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTEXT = (("via", "https://www.example.org/sitemap.xml"), ("discovery-source", "sitemap"))


def _messages(data: Path) -> list[tuple[str, bytes, bytes]]:
    folder = data / "exchanges"
    return [
        (url, (folder / f"{number:03}.request").read_bytes(), (folder / f"{number:03}.response").read_bytes())
        for number, url in enumerate(json.loads((folder / "urls.json").read_text()))
    ]


def _scratch(name: str) -> Path:
    return Path(os.environ["BENCH_SCRATCH"]) / name


def write_ours(data: Path) -> Callable[[], int]:
    """Request, response and context records with digests, as a crawl writes them."""
    made = [
        Exchange(
            url=url,
            date=DATE,
            request=request,
            response=response,
            ip_address="127.0.0.1",
            protocols=("http/1.1",),
            context=CONTEXT,
        )
        for url, request, response in _messages(data)
    ]

    def run() -> int:
        writer = WarcWriter(_scratch("warc"), "bench", WriterOptions(fsync_seconds=3_600))
        for exchange in made:
            writer.write_exchange(exchange)
        writer.close()
        return len(made)

    return run


def write_warcio(data: Path) -> Callable[[], int]:
    """Write with warcio as its README shows."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = [(url, *_parsed(request), *_parsed(response)) for url, request, response in _messages(data)]

    def run() -> int:
        with _scratch("warcio.warc.gz").open("wb") as output:
            writer: Any = WARCWriter(output, gzip=True)
            for url, request_head, request_body, response_head, response_body in made:
                head = StatusAndHeaders(response_head[0], response_head[1], protocol="HTTP/1.1")
                response = writer.create_warc_record(url, "response", io.BytesIO(response_body), http_headers=head)
                head = StatusAndHeaders(request_head[0], request_head[1], is_http_request=True)
                request = writer.create_warc_record(url, "request", io.BytesIO(request_body), http_headers=head)
                writer.write_request_response_pair(request, response)
        return len(made)

    return run


def _parsed(message: bytes) -> tuple[tuple[str, list[tuple[str, str]]], bytes]:
    head, _, body = message.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    status = first.removeprefix("HTTP/1.1 ")
    return (status, pairs), body


def write_fastwarc(data: Path) -> Callable[[], int]:
    """FastWARC's records around the raw bytes."""
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

    made = _messages(data)

    def run() -> int:
        with _scratch("fastwarc.warc.gz").open("wb") as output:
            stream = GzipWriter(output)
            for url, request, response in made:
                for kind, content in ((WarcRecordType.response, response), (WarcRecordType.request, request)):
                    record = WarcRecord()
                    record.init_headers(kind)
                    record.headers["WARC-Target-URI"] = url
                    record.set_bytes_content(content)
                    record.write(stream, checksum_data=True)
        return len(made)

    return run


def deflate_alone(data: Path) -> Callable[[], int]:
    """Compress the bodies to gzip members with our deflate, and do nothing else."""
    from isal import igzip

    made = [message for _, *messages in _messages(data) for message in messages]

    def run() -> int:
        for message in made:
            igzip.compress(message, 1)
        return len(made) // 2

    return run


def _warcs(data: Path) -> list[Path]:
    return sorted((data / "warc").glob("*.warc.gz"))


def read_ours(data: Path) -> Callable[[], int]:
    """Read captures: parse HTTP, undo codings, compute digests."""
    return _read_ours(_warcs(data))


def read_publisher_archive(data: Path) -> Callable[[], int]:
    """Do the same with the archive of the publisher page."""
    return _read_ours(sorted((data / publisher.ARCHIVE).glob("*.warc.gz")))


def _read_ours(paths: list[Path]) -> Callable[[], int]:
    def run() -> int:
        # A payload is decoded when it is asked for.
        return sum(1 for capture in read_captures(paths) if capture.payload is not None)

    return run


def read_warcio(data: Path) -> Callable[[], int]:
    """Read with warcio's iterator: parse HTTP, undo codings."""
    from warcio.archiveiterator import ArchiveIterator

    def run() -> int:
        count = 0
        for path in _warcs(data):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "response":
                        record.content_stream().read()
                        count += 1
        return count

    return run


def read_fastwarc(data: Path) -> Callable[[], int]:
    """FastWARC's iterator, HTTP parsed, bodies read as they lie there."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    def run() -> int:
        count = 0
        for path in _warcs(data):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                    record.reader.read()
                    count += 1
        return count

    return run


def inflate_alone(data: Path) -> Callable[[], int]:
    """Inflate the members of the files and the bodies in them, and do nothing else."""
    from isal import igzip

    bodies = [response.partition(b"\r\n\r\n")[2] for _, _, response in _messages(data)]

    def run() -> int:
        for path in _warcs(data):
            igzip.decompress(path.read_bytes())
            for body in islice(cycle(bodies), ARCHIVED_PAGES):
                igzip.decompress(body)
        return ARCHIVED_PAGES * len(_warcs(data))

    return run
