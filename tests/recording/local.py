"""A recording handler in this process, on an asyncio loop of its own, and servers that misbehave beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.recording.handler import RecordingDownloadHandler

Result = TypeVar("Result")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class LocalSpider(Spider):
    name = "local"


@asynccontextmanager
async def handler(**settings: Any) -> Any:
    """Yield a handler that archives nothing."""
    crawler = get_crawler(LocalSpider, {"WARC_ENABLED": False, "STATE_DIRECTORY": "", **settings})
    crawler.spider = LocalSpider()
    made = RecordingDownloadHandler.from_crawler(crawler)
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def server(serve: Serve, host: str = "127.0.0.1", **options: Any) -> Any:
    """Yield the port of a server whose connections ``serve`` handles."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(handle, host, 0, **options)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


async def request_head(reader: asyncio.StreamReader) -> bytes:
    """Return the head of the next request."""
    return await reader.readuntil(b"\r\n\r\n")


def answering(*answers: bytes) -> Serve:
    """Return a server that answers the requests of a connection with ``answers`` and then closes it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            await request_head(reader)
            writer.write(answer)
            await writer.drain()

    return serve


async def got(download_handler: RecordingDownloadHandler, url: str, **options: Any) -> Response | Exception:
    """Return the response to a request, or what it failed with."""
    options["meta"] = {"download_timeout": 20.0} | options.get("meta", {})
    try:
        return await download_handler.download_request(Request(url, **options))
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error


def run(coroutine: Any) -> Any:
    """Run ``coroutine`` on a new loop."""
    return asyncio.run(asyncio.wait_for(coroutine, 60))
