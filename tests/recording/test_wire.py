"""What crosses the wire is what the records hold, byte for byte; and the capture of a crawl is that of its archive."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.capture import Capture, payload_digest
from newscrawl.recording.framing import MAX_HEAD
from tests.recording.behaviours import BEHAVIOURS, PAGE, Behaviour
from tests.recording.crawl import Got, crawl
from tests.recording.rawserver import RawProxy, RawServer, Step, serving, tls_context
from tests.recording.warcrecords import RawRecord, records_in
from tests.waiting import PATIENCE_SECONDS

NOTHING_SEEN = "tests.recording.crawl.NothingSeen"
TARGET = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere"
WAYS = ("plain", "tls", "tunnel")


@dataclass(frozen=True)
class Crawled:
    """One crawl of all behaviours."""

    base: str
    """``scheme://host:port`` of the server."""
    server: RawServer
    got: dict[str, Got]
    records: list[RawRecord]
    paths: list[Path]

    def of(self, name: str, record_type: str) -> list[RawRecord]:
        return [
            record
            for record in self.records
            if record.type == record_type and record.get("WARC-Target-URI") == f"{self.base}/{name}"
        ]

    def requests(self, name: str) -> list[bytes]:
        """As the server got them."""
        return self.server.requests[f"/{name}"]


def scripts_of(*behaviours: Behaviour) -> dict[str, tuple[tuple[Step, ...], ...]]:
    return {"/plain-target": ((TARGET,),)} | {f"/{behaviour.name}": behaviour.scripts for behaviour in behaviours}


def crawled_by(way: str, folder: Path) -> Crawled:
    server = RawServer(scripts_of(*BEHAVIOURS), None if way == "plain" else tls_context(folder))
    proxy = RawProxy()
    base = f"{'http' if way == 'plain' else 'https'}://127.0.0.1:{server.port}"
    more = {"proxy": f"http://user:secret@127.0.0.1:{proxy.port}"} if way == "tunnel" else {}
    requests: list[dict[str, Any]] = [
        {
            "name": behaviour.name,
            "url": f"{base}/{behaviour.name}",
            "method": behaviour.method,
            "body": behaviour.body.decode("latin-1"),
            "headers": behaviour.headers,
            "meta": behaviour.meta | more,
        }
        for behaviour in BEHAVIOURS
    ]
    with serving(server, proxy):
        got = crawl(
            folder / "warc",
            requests,
            ROBOTSTXT_OBEY=True,
            WARC_SPILL_BYTES=100_000,
            WARC_REVISIT_INDEX=NOTHING_SEEN,
            DOWNLOADER_MIDDLEWARES={
                "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
                "newscrawl.scrapy_overrides.compression.CompressionMiddleware": 590,
            },
        )
    assert bool(proxy.heads) == (way == "tunnel")
    paths = sorted((folder / "warc").glob("*.warc.gz"))
    return Crawled(base, server, got, [record for path in paths for record in records_in(path)], paths)


@pytest.fixture(scope="module", params=WAYS)
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """All behaviours, plain, over TLS, and through the tunnel of a proxy."""
    return crawled_by(request.param, tmp_path_factory.mktemp(request.param))


def test_behaviours_are_many() -> None:
    assert len({behaviour.name for behaviour in BEHAVIOURS}) == len(BEHAVIOURS) >= 80


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_response_as_it_crossed_the_wire(crawled: Crawled, behaviour: Behaviour) -> None:
    records = [record for kind in ("response", "revisit", "resource") for record in crawled.of(behaviour.name, kind)]
    if behaviour.kind == "request":
        assert records == []
        return
    assert len(records) == behaviour.records
    # Where a limit cuts an interim response, what came is no HTTP message.
    assert records[0].type == behaviour.kind or (behaviour.limited and records[0].type == "resource")
    assert records[0].get("WARC-Truncated") == behaviour.truncated
    if behaviour.limited:
        assert behaviour.expected_block.startswith(records[0].block)
        assert MAX_HEAD <= len(records[0].block) < 2 * MAX_HEAD
        return
    assert records[0].block == behaviour.expected_block
    for record, script in zip(records[1:], behaviour.then, strict=True):
        assert record.block == b"".join(step for step in script if isinstance(step, bytes))


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_request_as_it_crossed_the_wire(crawled: Crawled, behaviour: Behaviour) -> None:
    written = [record.block for record in crawled.of(behaviour.name, "request")]
    assert written == crawled.requests(behaviour.name)
    assert written[0].endswith(b"\r\n\r\n" + behaviour.body)


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_capture_of_the_spider(crawled: Crawled, behaviour: Behaviour) -> None:
    got = crawled.got[behaviour.name]
    assert got.recorded is not None
    if behaviour.payload is None and behaviour.name != "redirected":
        assert got.capture is None
        assert got.error
        return
    assert got.capture is not None, got.error
    assert got.capture.payload == (b"there" if behaviour.name == "redirected" else behaviour.payload)
    assert got.capture.record_id == got.recorded.record_id


def test_captures_read_back_are_those_of_the_crawl(crawled: Crawled) -> None:
    live = {got.capture.record_id: got.capture for got in crawled.got.values() if got.capture}
    read: dict[str | None, Capture] = {capture.record_id: capture for capture in read_captures(crawled.paths)}
    # The reader skips 304s, which bring no payload. A crawl gives them to the spider that asked for them.
    not_modified = crawled.got["not-modified"].capture
    assert not_modified is not None
    del live[not_modified.record_id]
    assert {record_id: read.get(record_id) for record_id in live} == live
    assert len(live) > 70


def test_response_of_scrapy_has_what_the_record_has(crawled: Crawled) -> None:
    fields = crawled.got["duplicates"].fields or {}
    assert (b"Set-Cookie", [b"a=1", b"b=2", b"a=1"]) in fields["headers"]
    assert fields["body"] == PAGE
    assert fields["class"] == "HtmlResponse"
    assert str(fields["ip_address"]) == "127.0.0.1"
    assert (b"CERTIFICATE" in fields["certificate"]) if crawled.base.startswith("https") else not fields["certificate"]
    assert crawled.got["no-framing"].fields is not None
    assert crawled.got["no-framing"].fields["flags"] == ["partial"]
    assert {got.fields["protocol"] for got in crawled.got.values() if got.fields} == {"HTTP/1.0", "HTTP/1.1"}


def test_robots_txt_and_redirects_are_recorded(crawled: Crawled) -> None:
    assert len(crawled.of("robots.txt", "response")) == 1
    assert [record.block for record in crawled.of("plain-target", "response")] == [TARGET]
    (context,) = crawled.of("plain-target", "metadata")
    assert f"via: {crawled.base}/redirected\r\n".encode() in context.block
    assert b"hopsFromSeed: R\r\n" in context.block


def test_what_failed_says_why(crawled: Crawled) -> None:
    (context,) = crawled.of("timeout-before-head", "metadata")
    assert b"fetchFailure: DownloadTimeoutError: " in context.block


def test_records_name_address_and_protocol(crawled: Crawled) -> None:
    for name in ("plain", "http-1.0"):
        (response,) = crawled.of(name, "response")
        assert response.all("WARC-Protocol")[0] == ("http/1.0" if name == "http-1.0" else "http/1.1")
        # The address that was contacted is the proxy's, not the site's: none is better than a false one.
        through_proxy = any(record.block.find(b"proxy: http") >= 0 for record in crawled.of(name, "metadata"))
        assert response.get("WARC-IP-Address") == (None if through_proxy else "127.0.0.1")


def test_password_of_the_proxy_is_in_no_record(crawled: Crawled) -> None:
    assert not [record for record in crawled.records if b"secret" in record.block or b"dXNlcjpzZWNyZXQ" in record.block]


def test_request_and_response_belong_together(crawled: Crawled) -> None:
    (response,), (request,) = crawled.of("plain", "response"), crawled.of("plain", "request")
    assert request.get("WARC-Concurrent-To") == response.get("WARC-Record-ID")
    assert request.get("WARC-Date") == response.get("WARC-Date")


def test_payload_digest_only_where_all_readers_agree(crawled: Crawled) -> None:
    names = (
        "plain",
        "gzip",
        "surplus",
        "lf-only",
        "folded",
        "chunked",
        "early-hints",
        "blank-looking-line",
        "close-in-body",
    )
    digests = {name: crawled.of(name, "response")[0].get("WARC-Payload-Digest") for name in names}
    assert [name for name, digest in digests.items() if digest] == ["plain", "gzip", "surplus", "folded"]
    assert digests["plain"] == payload_digest(PAGE)


def test_fastwarc_finds_no_fault(crawled: Crawled, tmp_path: Path) -> None:
    # FastWARC gives up at large heads of HTTP.
    copy = without(crawled, tmp_path, {"300-kB-of-headers", "long-line", "1xx-flood", "head-without-end"})
    assert checked("fastwarc", copy, "--verify-payloads") == 0


def test_warcio_finds_no_fault(crawled: Crawled, tmp_path: Path) -> None:
    # warcio 1.8 cannot make a decompressor of brotli 1.2 and crashes on any record that is coded so.
    assert checked("warcio", without(crawled, tmp_path, {"brotli", "brotli-with-garbage-after"})) == 0


def without(crawled: Crawled, folder: Path, names: set[str]) -> Path:
    """Return a copy of the only archive without the records of the behaviours ``names``."""
    (path,) = crawled.paths
    data, records = path.read_bytes(), list(records_in(path))
    ends = [record.offset for record in records[1:]] + [len(data)]
    urls = {f"{crawled.base}/{name}" for name in names}
    pieces = [
        data[r.offset : end] for r, end in zip(records, ends, strict=True) if r.get("WARC-Target-URI") not in urls
    ]
    copy = folder / path.name
    copy.write_bytes(b"".join(pieces))
    return copy


def checked(tool: str, path: Path, *options: str) -> int:
    """Return the exit status of ``tool check path``."""
    program = Path(sys.executable).with_name(tool)
    result = subprocess.run(
        [program, "check", *options, path], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    print(result.stdout, result.stderr)
    return result.returncode
