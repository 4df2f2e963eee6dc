"""Connections: kept, stale, out of step, reset at any byte, answered too early, and bounded in memory."""

from __future__ import annotations

import asyncio
import socket
import struct
import tracemalloc
from typing import Any

import pytest
from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response

from newscrawl.errors import UsageError
from newscrawl.fetch_record import fetch_record
from tests.recording.local import answering, got, handler, request_head, run, server

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"


def test_connection_is_used_again_and_again() -> None:
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answering(*[OK, CHUNKED] * 5)(reader, writer)

    async def main() -> list[Any]:
        async with server(serve) as port, handler() as downloads:
            return [await got(downloads, f"http://127.0.0.1:{port}/{n}") for n in range(10)]

    responses = run(main())
    assert [response.body for response in responses] == [b"hello"] * 10
    assert connections == 1


def test_no_more_connections_are_kept_than_allowed() -> None:
    closed = asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answering(OK)(reader, writer)
        assert not await reader.read()
        closed.release()

    async def main() -> None:
        async with server(serve) as port, handler(CONCURRENT_REQUESTS_PER_DOMAIN=2) as downloads:
            await asyncio.gather(*[got(downloads, f"http://127.0.0.1:{port}/{n}") for n in range(5)])
            for _ in range(3):
                await closed.acquire()
            await asyncio.sleep(0.05)
            assert closed.locked(), "two stay open"

    run(main())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_request_on_a_stale_connection_is_sent_again_where_it_may_be(method: str) -> None:
    async def main() -> Any:
        async with server(answering(OK)) as port, handler() as downloads:
            url = f"http://127.0.0.1:{port}/"
            first = await got(downloads, url)
            # The server closes after one answer; the loop has no time to see it before the next request is written.
            second = await got(downloads, url, method=method)
            return first, second

    first, second = run(main())
    assert first.body == b"hello"
    assert second.body == b"hello" if method == "GET" else isinstance(second, DownloadFailedError | Response)


def test_connection_that_is_out_of_step_is_left() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(OK)
        await request_head(reader)
        writer.write(b"Warning: left over\r\n" + OK)
        await reader.read()

    async def main() -> list[Any]:
        async with server(serve) as port, handler() as downloads:
            return [await got(downloads, f"http://127.0.0.1:{port}/{n}") for n in range(3)]

    assert [response.body for response in run(main())] == [b"hello"] * 3


def test_bytes_that_come_to_an_idle_connection_end_it() -> None:
    connections = 0
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await request_head(reader)
        writer.write(OK)
        await asyncio.sleep(0.05)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        try:
            await reader.read()
        finally:
            ended.set()

    async def main() -> list[Any]:
        async with server(serve) as port, handler() as downloads:
            first = await got(downloads, f"http://127.0.0.1:{port}/")
            await ended.wait()
            return [first, await got(downloads, f"http://127.0.0.1:{port}/")]

    assert [response.body for response in run(main())] == [b"hello"] * 2
    assert connections == 2


@pytest.mark.parametrize("answer", [OK, CHUNKED])
def test_answer_before_the_request_is_taken(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await reader.read()

    async def main() -> Any:
        async with server(serve) as port, handler() as downloads:
            return await got(downloads, f"http://127.0.0.1:{port}/", method="POST", body=b"x" * 5_000_000)

    assert run(main()).body == b"hello"


@pytest.mark.parametrize(
    "answer", [OK, CHUNKED, b"HTTP/1.1 100 Continue\r\n\r\n" + OK], ids=["ok", "chunked", "interim"]
)
@pytest.mark.parametrize("way", ["reset", "close"])
def test_connection_ends_at_every_byte(answer: bytes, way: str) -> None:
    """No answer that is cut is a response, and what came of it is recorded."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await request_head(reader)
        kept = int(head.split()[1][1:])
        writer.write(answer[:kept])
        await writer.drain()
        if way == "reset":
            await asyncio.sleep(0.02)  # so that the bytes are read before the reset
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def main() -> list[tuple[Any, bytes]]:
        async with server(serve) as port, handler() as downloads:

            async def one(kept: int) -> tuple[Any, bytes]:
                from scrapy import Request

                request = Request(f"http://127.0.0.1:{port}/{kept}", meta={"download_timeout": 20})
                try:
                    result: Any = await downloads.download_request(request)
                except Exception as error:  # noqa: BLE001 - whatever it is is compared
                    result = error
                return result, bytes(fetch_record(request).message or b"")

            return list(await asyncio.gather(*[one(kept) for kept in range(len(answer) + 1)]))

    results = run(main())
    head = answer.rindex(b"\r\n\r\n", 0, answer.index(b"hello")) + 4
    body_complete = len(answer) - 2 if answer is CHUNKED else len(answer)
    for kept, (result, recorded) in enumerate(results):
        expected = Response if kept >= body_complete else ResponseDataLossError if kept >= head else DownloadFailedError
        assert isinstance(result, expected), (kept, result)
        assert recorded == answer[:kept]


def test_data_loss_is_accepted_where_it_is_allowed() -> None:
    async def main() -> Any:
        async with server(answering(OK[:-2])) as port, handler(DOWNLOAD_FAIL_ON_DATALOSS=False) as downloads:
            return await got(downloads, f"http://127.0.0.1:{port}/")

    response = run(main())
    assert (response.body, response.flags) == (b"hel", ["dataloss"])
    assert isinstance(response, HtmlResponse)


def test_errors_are_those_of_scrapy() -> None:
    async def main() -> dict[str, Any]:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
            async with handler() as downloads, server(answering()) as silent:
                return {
                    "refused": await got(downloads, f"http://127.0.0.1:{port}/"),
                    "unknown": await got(downloads, "http://no-such-host.invalid/"),
                    "bad name": await got(downloads, f"http://{'x' * 70}.test/"),
                    "no TLS": await got(downloads, f"https://127.0.0.1:{silent}/"),
                    "scheme": await got(downloads, "gopher://127.0.0.1/"),
                    "port": await got(downloads, "http://127.0.0.1:0/"),
                    "socks": await got(downloads, "http://127.0.0.1/", meta={"proxy": "socks5://127.0.0.1:1"}),
                    "header": await got(downloads, f"http://127.0.0.1:{port}/", headers={"Bad Name": "x"}),
                    "late": await got(downloads, f"http://127.0.0.1:{silent}/", meta={"download_timeout": 1e-9}),
                }

    errors = run(main())
    assert {name: type(error) for name, error in errors.items()} == {
        "refused": DownloadConnectionRefusedError,
        "unknown": CannotResolveHostError,
        "bad name": CannotResolveHostError,
        "no TLS": DownloadFailedError,
        "scheme": UnsupportedURLSchemeError,
        "port": IgnoreRequest,
        "socks": UsageError,
        "header": UsageError,
        "late": DownloadTimeoutError,
    }


def test_response_without_end_is_cut_at_the_largest_size() -> None:
    """What a server sends without end takes neither time nor memory beyond the limit."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async def main() -> Any:
        async with server(serve) as port, handler(DOWNLOAD_MAXSIZE=3_000_000, WARC_SPILL_BYTES=100_000) as downloads:
            tracemalloc.start()
            try:
                return await got(downloads, f"http://127.0.0.1:{port}/"), tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    error, peak = run(main())
    assert isinstance(error, DownloadCancelledError)
    assert peak < 3_000_000


def test_listeners_may_stop_a_download_and_see_its_bytes() -> None:
    seen: list[bytes] = []

    def listener(data: bytes, **_: Any) -> None:
        seen.append(data)

    async def main() -> Any:
        async with server(answering(CHUNKED)) as port, handler() as downloads:
            downloads.crawler.signals.connect(listener, signals.bytes_received)
            return await got(downloads, f"http://127.0.0.1:{port}/")

    assert run(main()).body == b"".join(seen) == b"hello"


@pytest.mark.parametrize(
    "setting",
    [
        {"DOWNLOADER_CLIENTCONTEXTFACTORY": "scrapy.core.downloader.contextfactory.BrowserLikeContextFactory"},
        {"TWISTED_DNS_RESOLVER": "own.Resolver"},
    ],
)
def test_setting_that_cannot_be_honoured_is_refused(setting: dict[str, str]) -> None:
    async def main() -> None:
        async with handler(**setting):
            pass

    with pytest.raises(UsageError, match=next(iter(setting))):
        run(main())
