"""HTTPS, proxies, and connections that go stale: the records say what crossed the wire within."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.records.tls import iana_suite, protocol_of_tls
from tests.recording.crawl import Got, crawl
from tests.recording.rawserver import CLOSE, RawProxy, RawServer, Step, serving, tls_context
from tests.recording.warcrecords import RawRecord, records_in

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"
SCRIPTS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "/plain": ((PLAIN,),),
    "/second": ((PLAIN,),),
    "/chunked": ((CHUNKED,),),
    "/cut": ((CUT, CLOSE),),
    "/stale": ((CLOSE,), (PLAIN,)),
}


@dataclass(frozen=True)
class Crawled:
    got: dict[str, Got]
    records: list[RawRecord]

    def of(self, record_type: str, url: str) -> list[RawRecord]:
        return [
            record for record in self.records if record.type == record_type and record.get("WARC-Target-URI") == url
        ]


def crawled(folder: Path, urls: dict[str, str], proxy: str | None = None, **settings: Any) -> Crawled:
    meta = {"dont_retry": True, **({"proxy": proxy} if proxy else {})}
    requests = [{"name": name, "url": url, "meta": meta} for name, url in urls.items()]
    got = crawl(folder, requests, **settings)
    return Crawled(got, [record for path in sorted(folder.glob("*.warc.gz")) for record in records_in(path)])


@pytest.mark.parametrize(
    ("tls12", "protocol", "suite"),
    [
        (False, "tls/1.3", r"TLS_(AES_256_GCM_SHA384|AES_128_GCM_SHA256|CHACHA20_POLY1305_SHA256)"),
        (True, "tls/1.2", r"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    ],
)
def test_https(tmp_path: Path, tls12: bool, protocol: str, suite: str) -> None:
    server = RawServer(SCRIPTS, tls_context(tmp_path, tls12=tls12))
    base = f"https://127.0.0.1:{server.port}"
    with serving(server):
        urls = {name: f"{base}/{name}" for name in ("plain", "second", "chunked", "cut")}
        result = crawled(tmp_path / "warc", urls, CONCURRENT_REQUESTS=1)
    plain, second = ((result.got[name].fields or {}) for name in ("plain", "second"))
    assert b"CERTIFICATE" in second["certificate"]
    assert second | {"url": plain["url"]} == plain
    for name, block in (("plain", PLAIN), ("second", PLAIN), ("chunked", CHUNKED), ("cut", CUT)):
        (response,) = [*result.of("response", f"{base}/{name}"), *result.of("revisit", f"{base}/{name}")]
        (request,) = result.of("request", f"{base}/{name}")
        assert request.block == server.requests[f"/{name}"][0]
        for record in (request, response):
            assert record.all("WARC-Protocol") == ["http/1.1", protocol]
            assert re.fullmatch(suite, record.get("WARC-Cipher-Suite") or "")
        if response.type == "response":
            assert response.block == block
    assert result.of("response", f"{base}/cut")[0].get("WARC-Truncated") == "disconnect"


def test_https_through_a_tunnel(tmp_path: Path) -> None:
    server, proxy = RawServer(SCRIPTS, tls_context(tmp_path)), RawProxy()
    url = f"https://127.0.0.1:{server.port}/chunked"
    with serving(server, proxy):
        result = crawled(tmp_path / "warc", {"chunked": url}, f"http://user:secret@127.0.0.1:{proxy.port}")
    (response,), (request,) = result.of("response", url), result.of("request", url)
    assert response.block == CHUNKED
    assert request.block == server.requests["/chunked"][0]
    assert proxy.heads[0].startswith(b"CONNECT ")
    assert b"Proxy-Authorization" in proxy.heads[0]
    assert not any(b"CONNECT" in record.block for record in result.records)
    # The address that was contacted is the proxy's, not the site's: none is better than a false one.
    assert response.get("WARC-IP-Address") is None
    assert response.all("WARC-Protocol") == ["http/1.1", "tls/1.3"]
    (context,) = result.of("metadata", url)
    assert f"proxy: http://127.0.0.1:{proxy.port}\r\n".encode() in context.block


def test_http_through_a_proxy_without_its_password(tmp_path: Path) -> None:
    server, proxy = RawServer(SCRIPTS), RawProxy()
    url = f"http://127.0.0.1:{server.port}/plain"
    with serving(server, proxy):
        result = crawled(tmp_path / "warc", {"plain": url}, f"http://user:secret@127.0.0.1:{proxy.port}")
    (response,), (request,) = result.of("response", url), result.of("request", url)
    assert response.block == PLAIN
    seen = proxy.heads[0]
    assert seen.startswith(f"GET {url} HTTP/1.1\r\n".encode())
    assert b"Proxy-Authorization: Basic" in seen
    assert request.block == re.sub(rb"Proxy-Authorization: [^\r\n]*\r\n", b"", seen)
    assert all(b"secret" not in record.block and b"dXNlcjpzZWNyZXQ" not in record.block for record in result.records)


def test_second_attempt_after_a_stale_connection_is_recorded(tmp_path: Path) -> None:
    server = RawServer(SCRIPTS)
    base = f"http://127.0.0.1:{server.port}"
    with serving(server):
        urls = {"plain": f"{base}/plain", "stale": f"{base}/stale"}
        result = crawled(tmp_path / "warc", urls, CONCURRENT_REQUESTS=1)
    assert len(server.requests["/stale"]) == 2
    assert [record.block for record in result.of("request", f"{base}/stale")] == server.requests["/stale"]
    assert result.got["stale"].capture is not None
    # The same payload came from /plain, so the one response is a revisit of that.
    (revisit,), (original,) = result.of("revisit", f"{base}/stale"), result.of("response", f"{base}/plain")
    assert revisit.get("WARC-Refers-To") == original.get("WARC-Record-ID")
    assert revisit.get("WARC-Refers-To-Target-URI") == f"{base}/plain"
    assert revisit.get("WARC-Refers-To-Date") == original.get("WARC-Date")
    assert revisit.block == PLAIN[: -len(b"hello")]


def test_names_of_cipher_suites() -> None:
    listed = subprocess.run(
        ["openssl", "ciphers", "-stdname", "ALL:COMPLEMENTOFALL"], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no openssl program to hold the names against")
    names = {line.split()[2]: line.split()[0] for line in listed.stdout.splitlines()}
    known = {name: iana_suite(name) for name in names if iana_suite(name)}
    assert len(known) > 30
    assert known == {name: names[name] for name in known}
    assert protocol_of_tls("TLSv1.3") == "tls/1.3"
    assert protocol_of_tls("QUIC") is None
