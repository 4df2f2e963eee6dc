"""Digests of blocks and payloads as WARC fields write them: ``sha1:BASE32``.

Two conventions of WARC-Payload-Digest are about. WARC 1.1 (5.9) leaves the transfer-coding out of the payload;
``warcio check`` and FastWARC digest all that follows the first HTTP head, chunk framing included. Where the two differ
our writer leaves WARC-Payload-Digest away (:mod:`newscrawl.archive.records.http`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from mmap import mmap

Piece = bytes | bytearray | memoryview | mmap

ALGORITHM = "sha1"
"""What all tools of the field write and know; here it tells contents apart, it does not secure them."""

SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}
"""Algorithms that can be checked, with the bytes of their digests."""

_ALIASES = {"sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512"}


@dataclass(frozen=True, slots=True)
class Digest:
    """The value of a digest field: lower-case algorithm and the digest's bytes."""

    algorithm: str
    value: bytes

    def __str__(self) -> str:
        """``sha1:BASE32``."""
        return f"{self.algorithm}:{base64.b32encode(self.value).decode('ascii')}"

    def matches(self, pieces: Iterable[Piece]) -> bool:
        """Whether ``pieces``, one after the other, have this digest."""
        return digest_of(pieces, self.algorithm).value == self.value


def digest_of(pieces: Iterable[Piece], algorithm: str = ALGORITHM) -> Digest:
    """Return the digest of ``pieces``, one after the other."""
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    for piece in pieces:
        hasher.update(piece)
    return Digest(algorithm, hasher.digest())


def sha1_field(digest: bytes) -> str:
    """Return what a field says of the 20 bytes ``digest``: ``sha1:BASE32``.

    A page has four of them, and ``base64`` takes three times as long: here its groups of five bits are spread over the
    bytes of one large number, half of each lane at a time.
    """
    groups = int.from_bytes(digest, "big")
    for low, high, shift in _SPREADING:
        groups = groups & low | (groups & high) << shift
    return _SHA1 + groups.to_bytes(_SHA1_GROUPS, "big").translate(_BASE32_LETTERS).decode("ascii")


def sha1_of_field(field: str) -> bytes | None:
    """Return the inverse of :func:`sha1_field`; None for what it did not write."""
    groups = field[len(_SHA1) :].encode("ascii", "replace")
    if len(groups) != _SHA1_GROUPS or not field.startswith(_SHA1):
        return None
    try:
        return int(groups.translate(_BASE32_DIGITS), 32).to_bytes(SIZES["sha1"], "big")
    except ValueError:
        return None


def parsed(field: str) -> Digest | None:
    """Return the digest of a field in Base32, Base16 or Base64 (the standard allows any); None if unreadable."""
    name, colon, text = field.strip().partition(":")
    name = name.lower()
    algorithm = _ALIASES.get(name, name)
    size = SIZES.get(algorithm)
    if not colon or size is None:
        return None
    for decode in _DECODERS:
        try:
            value = decode(text)
        except (binascii.Error, ValueError):
            continue
        if len(value) == size:
            return Digest(algorithm, value)
    return None


def _base32(text: str) -> bytes:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))


def _base16(text: str) -> bytes:
    return base64.b16decode(text.upper())


def _base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)


def _spreading() -> Iterator[tuple[int, int, int]]:
    """For each halving of the lanes: masks of their lower and upper halves, and how far the upper ones move."""
    bits, width, lanes = SIZES["sha1"] * 8, _SHA1_GROUPS * 8, 1
    while width > 8:
        half = (1 << bits // 2) - 1
        low = sum(half << lane * width for lane in range(lanes))
        yield low, low << bits // 2, (width - bits) // 2
        bits, width, lanes = bits // 2, width // 2, lanes * 2


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Of Base32: RFC 4648, 6."""
_SHA1 = "sha1:"
_SHA1_GROUPS = 32
"""Groups of five bits in a digest of 20 bytes."""
_BASE32_LETTERS = _LETTERS.ljust(256)
_DIGITS = dict(zip(_LETTERS, b"0123456789ABCDEFGHIJKLMNOPQRSTUV", strict=True))
_BASE32_DIGITS = bytes(_DIGITS.get(byte, 0) for byte in range(256))
"""From letters to the digits that :class:`int` has for the base 32; what is no letter becomes what is no digit."""
_SPREADING = tuple(_spreading())

_DECODERS: tuple[Callable[[str], bytes], ...] = (_base32, _base16, _base64)
