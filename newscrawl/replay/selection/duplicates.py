"""Find texts that are the same, or nearly so, under different URLs.

Each text has a signature that it alone decides. Texts are then looked at in the order of their rank (date of capture,
record), and a text that is like one kept before it is a duplicate of that one. So the result does not depend on the
runner, on the number of processes, or on the order of the files.

Near duplicates are found by MinHash over word 5-grams (A. Broder, On the resemblance and containment of documents,
1997), with candidates from locality-sensitive hashing.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from newscrawl.display import install_hint
from newscrawl.errors import UsageError
from newscrawl.items import Article

Mode = Literal["no", "exact", "near"]
SIMILARITY = 0.8
"""Estimated share of common 5-grams (Jaccard) from which two texts are near duplicates."""

_BANDS, _ROWS = 25, 5
"""Two texts become candidates if all rows of a band are equal: at a similarity of 0.8 nearly always (99.995 %)."""
_SHINGLE = 5
_VALUE = 4
"""Bytes of one value of a signature."""
_SEED = 1
_NO_SPACES = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+")
"""A word, or a character of a script that sets no spaces between words."""

Signature = Callable[[Article], bytes | None]


class Candidate(NamedTuple):
    """A revision that may be a duplicate."""

    id: bytes
    url: str
    signature: bytes | None


class Duplicate(NamedTuple):
    """A revision that is left out, and the one that is kept instead."""

    id: bytes
    kept_id: bytes
    kept_url: str


def signature_for(mode: Mode) -> Signature | None:
    """Return what makes the signatures of ``mode``; None for ``no``.

    Raises:
        UsageError: near duplicates need a package that is not installed.
    """
    if mode == "near":
        _minhash()
        return near_signature
    return exact_signature if mode == "exact" else None


def exact_signature(article: Article) -> bytes | None:
    """Return a digest of the body's words, in their order; None for an article without text."""
    tokens = _tokens(article)
    return hashlib.blake2b(" ".join(tokens).encode(), digest_size=16).digest() if tokens else None


def near_signature(article: Article) -> bytes | None:
    """Return the MinHash values of the body's word 5-grams; None for an article without text."""
    tokens = _tokens(article)
    if not tokens:
        return None
    count = max(1, len(tokens) - _SHINGLE + 1)
    shingles = {" ".join(tokens[start : start + _SHINGLE]).encode() for start in range(count)}
    minhash = _minhash()(num_perm=_BANDS * _ROWS, seed=_SEED, hashfunc=_hash32)
    minhash.update_batch(sorted(shingles))
    values: bytes = minhash.hashvalues.astype(f"<u{_VALUE}").tobytes()
    return values


def duplicates_of(candidates: Iterable[Candidate]) -> Iterator[Duplicate]:
    """Yield the duplicates among ``candidates``, which come in the order in which texts are preferred.

    What was kept lies in a temporary SQLite file, so memory does not grow with the number of texts.
    """
    with TemporaryDirectory(prefix="newscrawl-duplicates-") as folder, closing(_database(folder)) as database:
        for candidate in candidates:
            if candidate.signature is None:
                continue
            kept = _kept_like(database, candidate.signature)
            if kept is not None:
                yield Duplicate(candidate.id, *kept)
            else:
                _keep(database, candidate, candidate.signature)


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated Jaccard similarity of two signatures; 1 or 0 for exact ones."""
    if len(one) != _BANDS * _ROWS * _VALUE:
        return float(one == other)
    starts = range(0, len(one), _VALUE)
    return sum(one[at : at + _VALUE] == other[at : at + _VALUE] for at in starts) / len(starts)


def _database(folder: str) -> sqlite3.Connection:
    database = sqlite3.connect(Path(folder) / "kept.sqlite", isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE kept (number INTEGER PRIMARY KEY, id BLOB, url TEXT, signature BLOB);"
        "CREATE TABLE bands (band BLOB, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;"
    )
    return database


def _kept_like(database: sqlite3.Connection, signature: bytes) -> tuple[bytes, str] | None:
    bands = _bands_of(signature)
    marks = ",".join("?" * len(bands))
    rows = database.execute(
        f"SELECT id, url, signature FROM kept WHERE number IN "  # noqa: S608 - question marks
        f"(SELECT number FROM bands WHERE band IN ({marks})) ORDER BY number",
        bands,
    )
    return next(((id_, url) for id_, url, other in rows if similarity(signature, other) >= SIMILARITY), None)


def _keep(database: sqlite3.Connection, candidate: Candidate, signature: bytes) -> None:
    number = database.execute(
        "INSERT INTO kept (id, url, signature) VALUES (:id, :url, :signature)",
        {"id": candidate.id, "url": candidate.url, "signature": signature},
    ).lastrowid
    database.executemany(
        "INSERT INTO bands (band, number) VALUES (?, ?)", ((band, number) for band in _bands_of(signature))
    )


def _bands_of(signature: bytes) -> list[bytes]:
    size = _ROWS * _VALUE
    if len(signature) != _BANDS * size:
        return [signature]
    return [bytes([band]) + signature[band * size : (band + 1) * size] for band in range(_BANDS)]


def _tokens(article: Article) -> list[str]:
    return _TOKEN.findall((article.articleBody or "").casefold())


def _hash32(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "little")


@cache
def _minhash() -> Any:
    try:
        from datasketch import MinHash
    except ImportError as error:
        raise UsageError(f"duplicates=near needs datasketch: {install_hint('corpus')} ({error})") from error
    return MinHash
