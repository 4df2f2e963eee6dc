"""A server that costs next to nothing: pages made beforehand, sent as they are. ``python -m bench.pageserver COUNT``.

Prints its port and serves ``/0`` to ``/COUNT-1`` until its standard input ends.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import sys

PAGE_BYTES = 80_000
"""Of a page before it is gzip-coded: what pages of the family have."""
_WORDS = 4000


def coded_page(number: int) -> bytes:
    """Return a different page for each ``number``, gzip-coded to about 25 kB as real ones are."""
    chance = random.Random(number)  # noqa: S311 - the same pages in every run
    words = ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(2, 9))) for _ in range(_WORDS)]
    text = [f"<html><head><title>Page {number}</title></head><body>"]
    size = 0
    while size < PAGE_BYTES:
        paragraph = "<p class='wsw__p'>" + " ".join(chance.choices(words, k=60)) + "</p>\n"
        text.append(paragraph)
        size += len(paragraph)
    return gzip.compress("".join(text).encode(), 6, mtime=0)


def response(number: int) -> bytes:
    """Return the bytes of the response for ``/NUMBER``."""
    body = coded_page(number)
    head = (
        "HTTP/1.1 200 OK\r\nDate: Sat, 31 Jan 2026 23:59:59 GMT\r\nServer: nginx\r\nContent-Type: text/html; "
        "charset=utf-8\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\nCache-Control: max-age=60\r\n"
        f'ETag: "{number:x}-5f"\r\nContent-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n'
    )
    return head.encode() + body


class _Pages(asyncio.Protocol):
    def __init__(self, responses: list[bytes]) -> None:
        self._responses = responses
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._transport.write(self._responses[int(head.split(b" ", 2)[1][1:])])


async def _serve(count: int) -> None:
    loop = asyncio.get_running_loop()
    responses = [response(number) for number in range(count)]
    server = await loop.create_server(lambda: _Pages(responses), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
