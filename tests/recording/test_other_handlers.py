"""What other components fetched is in the archive too, rebuilt, and its records say from what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from tests.conftest import ROOT
from tests.recording.crawl import crawl
from tests.recording.h2server import PAGE as PAGE_2
from tests.recording.rawserver import RawServer, serving, tls_context
from tests.recording.warcrecords import RawRecord, records_in
from tests.waiting import PATIENCE_SECONDS

PAGE = "<title>Später</title>".encode()
CHUNKED = b"HTTP/1.1 200 Fine\r\nx-CASE: kept?\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    len(PAGE),
    PAGE,
)
AIOHTTP = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"
HTTP2 = "scrapy.core.downloader.handlers.http2.H2DownloadHandler"


def crawled(
    folder: Path, scripts: dict[str, tuple[bytes, ...]], names: list[str], **settings: object
) -> list[RawRecord]:
    server = RawServer({f"/{name}": (script,) for name, script in scripts.items()})
    requests = [{"name": name, "url": f"http://127.0.0.1:{server.port}/{name}?a=1"} for name in names]
    with serving(server):
        server._scripts = {f"{path}?a=1": script for path, script in server._scripts.items()}
        crawl(folder, requests, **settings)
    return [record for path in sorted(folder.glob("*.warc.gz")) for record in records_in(path)]


def test_aiohttp(tmp_path: Path) -> None:
    records = crawled(tmp_path / "warc", {"a": (CHUNKED,)}, ["a"], DOWNLOAD_HANDLERS={"http": AIOHTTP})
    response, request = (record for record in records if record.type in ("response", "request"))
    assert {record.get("Newscrawl-Rebuilt-From") for record in (response, request)} == {AIOHTTP}
    head, _, body = response.block.partition(b"\r\n\r\n")
    assert body == PAGE
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"transfer-encoding" not in head.lower()
    assert request.block.startswith(b"GET /a?a=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    (capture,) = read_captures(tmp_path / "warc")
    assert capture.payload == PAGE
    assert verify([tmp_path / "warc"]).sound


RUNNING = """
import sys
from scrapy.crawler import AsyncCrawlerProcess, CrawlerProcess
from tests.recording.wirespider import WireSpider

url, folder, name, value = sys.argv[1:]
settings = {"ADDONS": {"newscrawl.archive.addon.WarcAddon": 500}, "WARC_DIRECTORY": folder, name: value}
process = (CrawlerProcess if name == "TWISTED_REACTOR" else AsyncCrawlerProcess)(settings)
collected = []
process.crawl(WireSpider, wanted=[{"name": "a", "url": url}], collected=collected)
process.start()
print(collected[0].capture.payload.decode())
"""


@pytest.mark.parametrize(
    ("setting", "rebuilt"),
    [
        (
            ("TWISTED_REACTOR", "twisted.internet.selectreactor.SelectReactor"),
            "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
        ),
        (("TWISTED_REACTOR_ENABLED", "0"), None),
    ],
    ids=["another reactor", "no reactor"],
)
def test_other_loops(tmp_path: Path, setting: tuple[str, str], rebuilt: str | None) -> None:
    server = RawServer({"/a": ((CHUNKED,),)})
    command = [sys.executable, "-c", RUNNING, f"http://127.0.0.1:{server.port}/a", tmp_path / "warc", *setting]
    with serving(server):
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_SECONDS, check=False)
    assert done.stdout == PAGE.decode() + "\n", done.stderr
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")
    (response,) = (record for record in records_in(warc) if record.type == "response")
    assert response.get("Newscrawl-Rebuilt-From") == rebuilt
    assert (response.block == CHUNKED) == (rebuilt is None)


def test_http_2(tmp_path: Path) -> None:
    pytest.importorskip("h2", reason="h2 is not installed, which HTTP/2 needs")
    tls_context(tmp_path)
    command = [sys.executable, "-m", "tests.recording.h2server", tmp_path / "certificate0.pem"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stdout is not None
    try:
        request = {"name": "a", "url": f"https://127.0.0.1:{int(server.stdout.readline())}/a"}
        crawl(tmp_path / "warc", [request], DOWNLOAD_HANDLERS={"https": HTTP2})
    finally:
        server.terminate()
        asked = server.communicate()[0]
    assert asked.strip() == "HTTP/2"
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")
    records = [record for record in records_in(warc) if record.type in ("response", "request")]
    assert {record.get("Newscrawl-Rebuilt-From") for record in records} == {HTTP2}
    assert {record.get("WARC-Protocol") for record in records} == {"h2"}
    assert records[0].block.endswith(b"\r\n\r\n" + PAGE_2)
    assert verify([warc]).sound


def test_one_scheme_rebuilt_the_other_recorded(tmp_path: Path) -> None:
    records = crawled(tmp_path / "warc", {"a": (CHUNKED,)}, ["a"], DOWNLOAD_HANDLERS={"https": AIOHTTP})
    (response,) = (record for record in records if record.type == "response")
    assert response.get("Newscrawl-Rebuilt-From") is None
    assert response.block == CHUNKED


@pytest.mark.parametrize(
    ("settings", "source"),
    [
        ({"HTTPCACHE_ENABLED": True}, "the HTTP cache of Scrapy"),
        (
            {"DOWNLOADER_MIDDLEWARES": {f"{__name__}.MakesItUp": 500}, "DOWNLOAD_HANDLERS": {"http": AIOHTTP}},
            "a downloader middleware",
        ),
    ],
    ids=["cache", "middleware"],
)
def test_what_never_crossed_the_wire(tmp_path: Path, settings: dict[str, object], source: str) -> None:
    settings = {**settings, "HTTPCACHE_DIR": str(tmp_path / "cache"), "CONCURRENT_REQUESTS": 1}
    records = crawled(tmp_path / "warc", {"a": (CHUNKED,)}, ["a", "a"], **settings)
    said = [record.get("Newscrawl-Rebuilt-From") for record in records if record.type in ("response", "revisit")]
    assert said == ([None, source] if "cache" in source else [source, source])


class MakesItUp:
    """A downloader middleware that answers every request itself."""

    def process_request(self, request: object) -> object:
        from scrapy.http import HtmlResponse

        return HtmlResponse(request.url, body=PAGE)  # type: ignore[attr-defined]
