"""XML from the web, read as it streams: no entities of its own, no more depth, text or elements than feeds need.

A tree, even one that is cleared as it grows (lxml's iterparse), holds whatever a hostile document puts outside the
entries; here nothing is held but one entry.
"""

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
MAX_ELEMENTS = 5000
"""Elements of one entry that are kept: a sitemap entry may name 1,000 images with a few elements each."""
MAX_BYTES = 256 * 1024 * 1024
"""Of one document, decompressed: the protocol's own limit is 50 MB (https://www.sitemaps.org/protocol.html)."""
_PIECE = 65_536

Element = tuple[str, dict[str, str], str]
"""Path below the entry (``loc``, ``news:news/news:title`` without prefixes), attributes, text."""
Entry = tuple[str, list[Element]]
"""The name of an entry, and the elements inside it."""


def entries(chunks: Iterable[bytes], names: frozenset[str], roots: frozenset[str], url: str) -> Iterator[Entry]:
    """Each element called one of ``names``, as soon as it ends; the document's own is one of ``roots``.

    Raises:
        DiscoveryError: another document (HTML), no XML, or it breaks off; what came before was yielded.
    """
    reader = _Reader(names, roots)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entity
    try:
        for chunk in _without_leading_blanks(plain(chunks)):
            parser.Parse(chunk, False)
            yield from reader.taken()
        parser.Parse(b"", True)
    except (expat.ExpatError, OSError, EOFError, zlib.error, ValueError, LookupError) as error:
        yield from reader.taken()
        raise DiscoveryError(f"{url}: {error}") from error
    yield from reader.taken()


def plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The document without gzip, however often it was compressed (twice at most), in pieces, up to the limit."""
    total = 0
    for piece in _inflated(_inflated(chunks)):
        total += len(piece)
        if total > MAX_BYTES:
            raise ValueError(f"over {MAX_BYTES // 2**20} MB")
        yield piece


def _without_leading_blanks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Blank lines before the XML declaration are the most common fault, and the easiest to forgive."""
    for chunk in chunks:
        if begun := chunk.lstrip():
            yield begun
            break
    yield from chunks


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


class _LocalNames(dict[str, str]):
    """Names without their namespaces, each worked out once; a document that makes up names does not fill it."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(" ")[2]
        if len(self) < 1000:
            self[name] = local
        return local


class _Reader:
    """Gathers the elements inside the wanted ones; forgets everything else."""

    def __init__(self, names: frozenset[str], roots: frozenset[str]) -> None:
        self._names = names
        self._roots = roots
        self._local = _LocalNames()
        self._depth = 0
        self._entry: str | None = None
        self._entry_depth = 0
        self._path: list[str] = []
        self._attributes: list[dict[str, str]] = []
        self._text = ""
        self._inside: list[Element] = []
        self._done: list[Entry] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} elements inside each other")
        local = self._local[name]
        if self._entry is None:
            if self._depth == 1 and local not in self._roots:
                raise ValueError(f"the document is {local[:40]!r}, not {' or '.join(sorted(self._roots))}")
            if local in self._names:
                self._entry, self._entry_depth, self._inside = local, self._depth, []
            return
        self._path.append(local)
        self._attributes.append(attributes)
        self._text = ""

    def end(self, _: str) -> None:
        if self._entry is not None:
            if self._depth == self._entry_depth:
                self._done.append((self._entry, self._inside))
                self._entry = None
            else:
                attributes = self._attributes.pop()
                if len(self._inside) < MAX_ELEMENTS:
                    self._inside.append(("/".join(self._path), attributes, self._text[:MAX_TEXT].strip()))
                self._path.pop()
                self._text = ""
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._path and len(self._text) < MAX_TEXT:
            self._text += data

    def taken(self) -> list[Entry]:
        done, self._done = self._done, []
        return done
