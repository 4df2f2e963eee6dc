"""Change bytes at random, but the same way for the same seed: what a fuzzer feeds to parsers."""

from __future__ import annotations

import random
from collections.abc import Sequence

TOKENS = (
    *(
        b"\x00",
        b"\xff",
        b"\r\n",
        b"\n",
        b"\r\n\r\n",
        b"<",
        b">",
        b"</",
        b"<!--",
        b"]]>",
        b"&",
        b"&amp;",
        b"&#x0;",
        b"\x1b[2J",
    ),
    *(
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\\",
        b"\\u0000",
        b"\\ud800",
        b"\xe2\x80\xae",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"-1",
        b"0",
        b"99999999999999999999",
        b"1e999",
        b"NaN",
        b"0000-00-00",
        b"9999-12-31T23:59:60+99:99",
        b"%",
        b"%00",
        b"%zz",
    ),
    *(
        b"http://",
        b"//",
        b"/../",
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
    ),
    *(
        b"WARC/1.1\r\n",
        b"<div>" * 40,
        b"<b><i>" * 20,
        b"<script>",
        b"<![CDATA[",
        b"<?xml version='1.0'?>",
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
    ),
)
"""Pieces that mean something to one of the parsers."""
MAX_SIZE = 65_536
"""Bytes of an input; larger ones are the business of the tests of limits."""


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one of the seeds, changed in a few places."""
    data = bytearray(chance.choice(seeds))
    for _ in range(1 << chance.randrange(5)):
        _change(data, seeds, chance)
    return bytes(data[:MAX_SIZE])


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    length = min(1 << chance.randrange(10), len(data) - place)
    match chance.randrange(8):
        case 0:
            if data:
                data[min(place, len(data) - 1)] ^= 1 << chance.randrange(8)
        case 1:
            data[place:place] = chance.choice(TOKENS)
        case 2:
            del data[place : place + length]
        case 3:
            data[place:place] = data[place : place + length]
        case 4:
            del data[place:]
        case 5:
            data[place : place + length] = chance.randbytes(min(length, 64))
        case 6:
            other = chance.choice(seeds)
            start = chance.randrange(len(other) + 1)
            data[place:place] = other[start : start + length]
        case 7:
            data[place : place + length] = chance.choice(TOKENS) * chance.randrange(1, 30)
