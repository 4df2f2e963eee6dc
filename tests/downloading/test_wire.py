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
from tests.downloading.behaviours import BEHAVIOURS, PAGE, Behaviour
from tests.downloading.crawl import Got, crawl
from tests.downloading.rawserver import RawServer, Step, serving
from tests.downloading.warcrecords import RawRecord, records_in
from tests.waiting import PATIENCE_SECONDS

NOTHING_SEEN = "tests.downloading.crawl.NothingSeen"
TARGET = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere"


@dataclass(frozen=True)
class Crawled:
    """One crawl of all behaviours."""

    servers: dict[str, RawServer]
    """By the name of the behaviour."""
    got: dict[str, Got]
    records: list[RawRecord]
    paths: list[Path]

    def of(self, name: str, record_type: str) -> list[RawRecord]:
        server = self.servers.get(name, self.servers["plain"])
        return [
            record
            for record in self.records
            if record.type == record_type and record.get("WARC-Target-URI") == url_of(server, name)
        ]

    def requests(self, name: str) -> list[bytes]:
        """As the server got them."""
        return self.servers[name].requests[f"/{name}"]


def url_of(server: RawServer, name: str) -> str:
    return f"http://127.0.0.1:{server.port}/{name}"


def wanted(behaviour: Behaviour, server: RawServer) -> dict[str, Any]:
    """The request that meets ``behaviour``, for :func:`crawl`."""
    return {
        "name": behaviour.name,
        "url": url_of(server, behaviour.name),
        "method": behaviour.method,
        "body": behaviour.body.decode("latin-1"),
        "headers": behaviour.headers,
        "meta": behaviour.meta,
    }


def scripts_of(*behaviours: Behaviour) -> dict[str, tuple[tuple[Step, ...], ...]]:
    return {"/plain-target": ((TARGET,),)} | {f"/{behaviour.name}": behaviour.scripts for behaviour in behaviours}


@pytest.fixture(scope="module")
def long_way(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """All at one server; signals of each download are listened to, so that Scrapy's handler does all of it."""
    folder = tmp_path_factory.mktemp("wire") / "warc"
    server = RawServer(scripts_of(*BEHAVIOURS))
    requests = [wanted(behaviour, server) for behaviour in BEHAVIOURS]
    with serving(server):
        got = crawl(folder, requests, ROBOTSTXT_OBEY=True, WARC_SPILL_BYTES=100_000, WARC_REVISIT_INDEX=NOTHING_SEEN)
    assert not any(one.short_way for one in got.values())
    return crawled_into(folder, {behaviour.name: server for behaviour in BEHAVIOURS}, got)


@pytest.fixture(scope="module")
def short_way(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Each at a server of its own, over a connection that is open: a plain answer came over it before."""
    folder = tmp_path_factory.mktemp("wire") / "warc"
    servers = {name: RawServer(scripts_of(behaviour)) for name, behaviour in ON_THE_SHORT_WAY.items()}
    requests = [
        wanted(behaviour, servers[name]) | {"before": url_of(servers[name], "plain-target")}
        for name, behaviour in ON_THE_SHORT_WAY.items()
    ]
    with serving(*servers.values()):
        got = crawl(folder, requests, short_way=True, WARC_SPILL_BYTES=100_000, WARC_REVISIT_INDEX=NOTHING_SEEN)
    plain = {name for name, behaviour in ON_THE_SHORT_WAY.items() if behaviour.method == "GET"}
    assert {name for name, one in got.items() if one.short_way} >= plain - {"retried", "redirected"}
    return crawled_into(folder, servers, got)


def crawled_into(folder: Path, servers: dict[str, RawServer], got: dict[str, Got]) -> Crawled:
    paths = sorted(folder.glob("*.warc.gz"))
    return Crawled(servers, got, [record for path in paths for record in records_in(path)], paths)


ON_THE_SHORT_WAY = {behaviour.name: behaviour for behaviour in BEHAVIOURS if "stop" not in behaviour.meta}
"""Who stops a download hears its signals."""


@pytest.fixture(params=["long_way", "short_way"])
def crawled(request: pytest.FixtureRequest) -> Crawled:
    """Both crawls, one after the other."""
    crawled: Crawled = request.getfixturevalue(request.param)
    behaviour = request.node.callspec.params.get("behaviour")
    if behaviour is not None and behaviour.name not in crawled.servers:
        pytest.skip("needs a listener")
    return crawled


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_response_as_it_crossed_the_wire(crawled: Crawled, behaviour: Behaviour) -> None:
    records = [record for kind in ("response", "revisit", "resource") for record in crawled.of(behaviour.name, kind)]
    if behaviour.kind == "request":
        assert records == []
        return
    assert len(records) == behaviour.records
    assert records[0].type == behaviour.kind
    assert records[0].block == behaviour.expected_block
    assert records[0].get("WARC-Truncated") == behaviour.truncated
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
    assert got.capture is not None
    assert got.capture.payload == (b"there" if behaviour.name == "redirected" else behaviour.payload)
    assert got.capture.record_id == got.recorded.record_id


@pytest.mark.parametrize("name", ON_THE_SHORT_WAY)
def test_both_ways_give_the_same_response(long_way: Crawled, short_way: Crawled, name: str) -> None:
    first, second = long_way.got[name], short_way.got[name]
    if first.fields is None or second.fields is None:
        ports = [str(crawled.servers[name].port) for crawled in (long_way, short_way)]
        assert (first.fields, first.error) == (second.fields, (second.error or "").replace(*reversed(ports)))
        return
    url = {"url": url_of(long_way.servers[name], "plain-target" if name == "redirected" else name)}
    assert second.fields | url == first.fields


def test_captures_read_back_are_those_of_the_crawl(crawled: Crawled) -> None:
    live = {got.capture.record_id: got.capture for got in crawled.got.values() if got.capture}
    read: dict[str | None, Capture] = {capture.record_id: capture for capture in read_captures(crawled.paths)}
    # The reader passes over 304s: they bring no payload. A crawl gives them to the spider that asked for them.
    not_modified = crawled.got["not-modified"].capture
    assert not_modified is not None
    del live[not_modified.record_id]
    assert {record_id: read.get(record_id) for record_id in live} == live
    assert len(live) > 50


def test_robots_txt_and_redirects_are_recorded(long_way: Crawled) -> None:
    crawled = long_way
    assert len(crawled.of("robots.txt", "response")) == 1
    assert [record.block for record in crawled.of("plain-target", "response")] == [TARGET]
    (context,) = crawled.of("plain-target", "metadata")
    assert f"via: {url_of(crawled.servers['redirected'], 'redirected')}\r\n".encode() in context.block
    assert b"hopsFromSeed: R\r\n" in context.block


def test_what_failed_says_why(crawled: Crawled) -> None:
    (context,) = crawled.of("timeout-before-head", "metadata")
    assert b"fetchFailure: DownloadTimeoutError: " in context.block


def test_records_name_address_and_protocol(crawled: Crawled) -> None:
    for name in ("plain", "http-1.0"):
        (response,) = crawled.of(name, "response")
        assert response.get("WARC-IP-Address") == "127.0.0.1"
        assert response.all("WARC-Protocol") == ["http/1.0" if name == "http-1.0" else "http/1.1"]


def test_request_and_response_belong_together(crawled: Crawled) -> None:
    (response,), (request,) = crawled.of("plain", "response"), crawled.of("plain", "request")
    assert request.get("WARC-Concurrent-To") == response.get("WARC-Record-ID")
    assert request.get("WARC-Date") == response.get("WARC-Date")


def test_payload_digest_only_where_all_readers_agree(crawled: Crawled) -> None:
    names = (
        "plain",
        "gzip",
        "lf-only",
        "folded",
        "chunked",
        "early-hints",
        "surplus",
        "blank-looking-line",
        "close-in-body",
    )
    digests = {name: crawled.of(name, "response")[0].get("WARC-Payload-Digest") for name in names}
    assert [name for name, digest in digests.items() if digest] == ["plain", "gzip", "folded"]
    assert digests["plain"] == payload_digest(PAGE)


def test_fastwarc_finds_no_fault(crawled: Crawled) -> None:
    for path in crawled.paths:
        assert checked("fastwarc", path, "--verify-payloads") == 0


def test_warcio_finds_no_fault(crawled: Crawled, tmp_path: Path) -> None:
    for path in crawled.paths:
        # warcio 1.8 cannot make a decompressor of brotli 1.2 and crashes on any record that is coded so.
        records = list(records_in(path))
        ends = [record.offset for record in records[1:]] + [path.stat().st_size]
        data = path.read_bytes()
        copy = tmp_path / path.name
        kept = (data[r.offset : end] for r, end in zip(records, ends, strict=True) if b"-Encoding: br\r" not in r.block)
        copy.write_bytes(b"".join(kept))
        assert checked("warcio", copy) == 0


def checked(tool: str, path: Path, *options: str) -> int:
    """The exit status of ``tool check path``."""
    program = Path(sys.executable).with_name(tool)
    result = subprocess.run(
        [program, "check", *options, path], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    print(result.stdout, result.stderr)
    return result.returncode
