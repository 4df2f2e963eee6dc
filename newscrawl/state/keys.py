"""Make the compact keys by which the tables are looked up.

The ids of the Pangea system are numbers that grow with time. As integer keys they are in the order in which they are
written, so a new article goes to the end of the table, however large it is. Everything else is hashed to a negative
number; among 10,000,000 of those, two share a key with a chance of 5 in a million.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from newscrawl.archive.records.digests import sha1_field, sha1_of_field
from newscrawl.sites.pages import article_name

_MAX_DIGITS = 18
"""The number of digits that always fit into SQLite's 64-bit integers."""
_ARTICLES_AT_ONCE = 1_024
"""Articles whose keys are cached: more than are in progress in any crawl. Each key is needed three times."""


def id_key(article_id: str) -> int:
    """Return the key of the article ``article_id`` in the state of its site: its number, or a negative hash."""
    if article_id.isascii() and article_id.isdigit() and len(article_id) <= _MAX_DIGITS and article_id[0] != "0":
        return int(article_id)
    return -hash63(article_id)


def name_key(name: str, site: str) -> int:
    """Return the key of what :func:`article_name` names, in the state of ``site``."""
    prefix = f"{site}/"
    return id_key(name.removeprefix(prefix)) if name.startswith(prefix) else -hash63(name)


@lru_cache(maxsize=_ARTICLES_AT_ONCE)
def page_key(url: str, site: str) -> int:
    """Return the key of the article at ``url`` in the state of ``site``."""
    return name_key(article_name(url), site)


def hash63(text: str) -> int:
    """Return 63 bits of a hash of ``text``; never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) or 1


def short_digest(text: str) -> bytes:
    """Return 128 bits that stand for the digest ``text``."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def packed_payload(digest: str | None) -> bytes | str | None:
    """Return the 20 bytes of ``sha1:BASE32``; any other digest as it is."""
    return (sha1_of_field(digest) or digest) if digest else digest


def unpacked_payload(digest: bytes | str | None) -> str | None:
    """Return the digest that :func:`packed_payload` packed."""
    return sha1_field(digest) if isinstance(digest, bytes) else digest
