"""TLS: verified or not, within the versions that are allowed, also to a proxy and through it."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DownloadFailedError
from scrapy.settings import Settings

from newscrawl.recording.tls import context_from
from tests.recording.local import answering, got, handler, request_head, run, server
from tests.recording.rawserver import tls_context

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def fetched(folder: Path, *, tls12: bool = False, **settings: Any) -> Any:
    async def main() -> Any:
        context = tls_context(folder, tls12=tls12)
        async with server(answering(OK), ssl=context) as port, handler(**settings) as downloads:
            return await got(downloads, f"https://127.0.0.1:{port}/")

    return run(main())


def test_certificate_that_nobody_knows_is_accepted_unless_it_is_verified(tmp_path: Path) -> None:
    response = fetched(tmp_path)
    assert response.body == b"hello"
    assert response.certificate.getSubject().commonName == b"localhost"
    error = fetched(tmp_path, DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert isinstance(error, DownloadFailedError)
    assert "certificate verify failed" in str(error)


def test_versions_are_limited(tmp_path: Path) -> None:
    assert fetched(tmp_path, tls12=True, DOWNLOAD_TLS_MAX_VERSION="TLSv1.2").body == b"hello"
    assert isinstance(fetched(tmp_path, tls12=True, DOWNLOAD_TLS_MIN_VERSION="TLSv1.3"), DownloadFailedError)


def test_unknown_version_is_refused() -> None:
    with pytest.raises(ValueError, match=r"DOWNLOAD_TLS_MIN_VERSION.*TLSv1\.3"):
        context_from(Settings({"DOWNLOAD_TLS_MIN_VERSION": "TLSv9"}))


def test_old_name_of_a_version_sets_both_limits() -> None:
    with pytest.warns(match="DOWNLOADER_CLIENT_TLS_METHOD is deprecated"):
        context = context_from(Settings({"DOWNLOADER_CLIENT_TLS_METHOD": "TLSv1.2"}))
    assert context.minimum_version == context.maximum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("proxy_scheme", ["http", "https"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_proxies_of_both_kinds(tmp_path: Path, proxy_scheme: str, scheme: str) -> None:
    context = tls_context(tmp_path)
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await request_head(reader)
        asked.append(head)
        method, target = head.split(b" ")[:2]
        netloc = target if method == b"CONNECT" else target.split(b"/")[2]
        upstream_reader, upstream = await asyncio.open_connection(*netloc.decode().rsplit(":", 1))
        if method == b"CONNECT":
            writer.write(b"HTTP/1.0 200 Go ahead\r\n\r\n")
        else:
            upstream.write(head)
        await asyncio.gather(pumped(reader, upstream), pumped(upstream_reader, writer))

    async def pumped(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            target.write(data)
        target.close()

    async def main() -> Any:
        behind = server(answering(OK), ssl=context if scheme == "https" else None)
        between = server(proxy, ssl=context if proxy_scheme == "https" else None)
        async with behind as port, between as proxy_port, handler() as downloads:
            url = f"{scheme}://127.0.0.1:{port}/"
            return await got(downloads, url, meta={"proxy": f"{proxy_scheme}://u:p@127.0.0.1:{proxy_port}"})

    response = run(main())
    assert response.body == b"hello"
    assert asked[0].startswith(b"CONNECT" if scheme == "https" else b"GET http://")
    assert b"Proxy-Authorization: Basic dTpw\r\n" in asked[0]
