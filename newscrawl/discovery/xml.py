"""XML from the web, read as it streams: no entities of its own, no depth beyond what feeds and sitemaps need."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from xml.parsers import expat  # it fetches nothing; entity declarations are refused below

from newscrawl.errors import DiscoveryError

MAX_DEPTH = 20
"""Elements inside each other: a news sitemap with images has 5, an Atom feed with XHTML in it some 12."""
MAX_TEXT = 8192
"""Characters of one value that are kept: the longest URL of the family has 606."""
MAX_BYTES = 128 * 1024 * 1024
"""Of one document, decompressed: the protocol's own limit is 50 MB (https://www.sitemaps.org/protocol.html)."""
_PIECE = 65_536

Element = tuple[str, dict[str, str], str]
"""Path below the entry (``loc``, ``news:news/news:title`` without prefixes), attributes, text."""


def entries(chunks: Iterable[bytes], names: frozenset[str], url: str) -> Iterator[tuple[str, list[Element]]]:
    """Each element called one of ``names`` as (name, the elements inside it), as soon as it ends.

    Raises:
        DiscoveryError: no XML, or it breaks off; what came before was yielded.
    """
    reader = _Reader(names)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entity
    try:
        for chunk in plain(chunks):
            parser.Parse(chunk, False)
            yield from reader.taken()
        parser.Parse(b"", True)
        yield from reader.taken()
    except (expat.ExpatError, OSError, EOFError, zlib.error, ValueError) as error:
        yield from reader.taken()
        raise DiscoveryError(f"{url}: broken XML: {error}") from error


def plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The document without gzip, however often it was compressed (twice at most), in pieces, up to the limit."""
    total = 0
    for piece in _inflated(_inflated(chunks)):
        total += len(piece)
        if total > MAX_BYTES:
            raise ValueError(f"over {MAX_BYTES // 2**20} MB")
        yield piece


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    source = iter(chunks)
    first = next(source, b"")
    if first[:2] != b"\x1f\x8b":
        yield first
        yield from source
        return
    inflater = zlib.decompressobj(31)
    for chunk in _chain(first, source):
        data = chunk
        while data:
            yield inflater.decompress(data, _PIECE)
            data = inflater.unconsumed_tail
            if inflater.eof:
                data = inflater.unused_data
                if data[:2] != b"\x1f\x8b":
                    return
                inflater = zlib.decompressobj(31)
    if not inflater.eof:
        raise gzip.BadGzipFile("the gzip stream breaks off")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _refuse_entity(*_: object) -> None:
    raise ValueError("it declares entities")


class _Reader:
    """Gathers the elements inside the wanted ones; forgets everything else."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._depth = 0
        self._entry: str | None = None
        self._entry_depth = 0
        self._path: list[str] = []
        self._attributes: list[dict[str, str]] = []
        self._texts: list[list[str]] = []
        self._inside: list[Element] = []
        self._done: list[tuple[str, list[Element]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} elements inside each other")
        local = name.rsplit(" ", 1)[-1]
        if self._entry is None:
            if local in self._names:
                self._entry, self._entry_depth, self._inside = local, self._depth, []
            return
        self._path.append(local)
        self._attributes.append(attributes)
        self._texts.append([])

    def end(self, _: str) -> None:
        if self._entry is not None:
            if self._depth == self._entry_depth:
                self._done.append((self._entry, self._inside))
                self._entry = None
            else:
                text = "".join(self._texts.pop())[:MAX_TEXT].strip()
                self._inside.append(("/".join(self._path), self._attributes.pop(), text))
                self._path.pop()
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._texts:
            self._texts[-1].append(data)

    def taken(self) -> list[tuple[str, list[Element]]]:
        done, self._done = self._done, []
        return done
