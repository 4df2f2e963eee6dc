"""Read XML from the web as it streams: forgiving to its slips, strict with its size.

A parser that keeps to the XML specification stops at the first slip: a bare ``&``, an entity of HTML, a prefix without
a namespace, a byte that is no UTF-8. Here such a slip costs at most its entry. Nothing is held but one entry, entities
are never declared, and each kind of input has a limit, so hostile documents cost little.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import NamedTuple

from w3lib.encoding import resolve_encoding

from newscrawl.discovery.found import Faults

MAX_DEPTH = 20
"""Elements inside each other: a news sitemap with images has 5, an Atom feed with XHTML in it some 12."""
MAX_TEXT = 8192
"""Characters of one value that are kept: the longest URL of the family has 606."""
MAX_ELEMENTS = 5000
"""Elements of one entry that are kept: a sitemap entry may name 1,000 images with a few elements each."""
MAX_TAG = 65_536
"""Characters of one tag with its attributes."""
MAX_ATTRIBUTES = 50
"""Attributes of one tag that are read."""
MAX_TAGS = 5_000_000
"""Tags of one document: 50,000 entries, the most that the protocol allows, with 100 tags each."""
MAX_BYTES = 256 * 1024 * 1024
"""Bytes of one document, decompressed: the protocol's own limit is 50 MB (https://www.sitemaps.org/protocol.html)."""
MAX_PREAMBLE = 16_384
"""Characters before the root element, where a web server's warnings may be."""
MAX_MEMBERS = 10_000
"""Members of a gzip stream that are read: each costs time, even an empty one."""
_PIECE = 65_536
_PATIENCE = 4096
"""Characters after the beginning of a tag with an unbalanced quote; after them the tag ends at its first ``>``."""

ENTRIES: dict[str, frozenset[str]] = {
    "urlset": frozenset({"url", "sitemap"}),
    "sitemapindex": frozenset({"url", "sitemap"}),
    "rss": frozenset({"item"}),
    "rdf": frozenset({"item"}),
    "feed": frozenset({"entry"}),
}
"""Names of entries, by the name of the root element; all in lower case, without prefix."""

_TAG = re.compile(r"<(/?)([A-Za-z_][^\s/>\"'<]*+)((?:[^>\"'<]|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_LEAF = re.compile(r"<([A-Za-z_][\w:.-]*+)>([^<]*+)</\1>")
"""An element with nothing but text in it: most of a sitemap."""
_FLAT_ENTRY = re.compile(r"<([A-Za-z]++)>((?:\s*+<([A-Za-z_][\w:.-]*+)>[^<]*+</\3>)*+)\s*+</\1>")
"""An entry with nothing but such elements: it is read in a fifth of the time that its single tags take."""
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z_][^\s/>\"'<]*+)([^><]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"']++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))")
_ENTITY = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))|([A-Za-z][A-Za-z0-9]{1,31}));")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PLAIN_VALUE = re.compile(r"[!-%'-~]++(?: [!-%'-~]++)*+")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class Element(NamedTuple):
    """One element of an entry."""

    path: str
    """Names below the entry in lower case without prefixes: ``loc``, ``news/title``."""
    attributes: dict[str, str]
    text: str


class Entry(NamedTuple):
    """One entry with the elements inside it, in the order in which they end."""

    root: str
    """Name of the document's root element."""
    name: str
    elements: list[Element]


def entries(chunks: Iterable[bytes], faults: Faults) -> Iterator[Entry]:
    """Yield each entry (:data:`ENTRIES`) of a document as soon as it ends.

    Raises:
        ValueError: it is another document, breaks off, or exceeds a limit; the entries before were yielded.
        OSError, EOFError, zlib.error: ``chunks`` cannot be read.
    """
    reader = _Reader(faults)
    try:
        for text in decoded(iter(chunks)):
            reader.feed(text)
            yield from reader.take_entries()
        reader.close()
    except (OSError, EOFError, zlib.error, ValueError, LookupError):
        yield from reader.take_entries()
        raise
    yield from reader.take_entries()


def plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the document without gzip, in which it may be wrapped twice, in pieces.

    Raises:
        ValueError: it has more than :data:`MAX_BYTES`.
    """
    total = 0
    for piece in _inflated(_inflated(chunks)):
        total += len(piece)
        if total > MAX_BYTES:
            raise ValueError(f"over {MAX_BYTES // 2**20} MB")
        yield piece


def decoded(chunks: Iterator[bytes]) -> Iterator[str]:
    """Yield the document as text: by its byte order mark, else by its XML declaration, else as UTF-8.

    Names of encodings mean what they mean to browsers (gb2312 is read as GB 18030). Bytes that are none of the encoding
    become U+FFFD.
    """
    first = next((chunk for chunk in chunks if chunk.strip()), b"")
    begun = first.lstrip(b" \t\r\n") if first[:2] not in (b"\xff\xfe", b"\xfe\xff") else first
    decoder = codecs.getincrementaldecoder(_encoding_of(begun))(errors="replace")
    yield decoder.decode(begun)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _encoding_of(begun: bytes) -> str:
    for mark, encoding in _MARKS:
        if begun.startswith(mark):
            return encoding
    declared = _DECLARED.search(begun[:1024])
    name = resolve_encoding(declared[1].decode("ascii")) if declared else None
    # A declaration that could be read is in a superset of ASCII, whatever it says.
    return "utf-8" if name is None or name.replace("_", "-").startswith(("utf-16", "utf-32")) else name


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    source = iter(chunks)
    first = next(source, b"")
    if first[:2] != b"\x1f\x8b":
        yield first
        yield from source
        return
    inflater, members = zlib.decompressobj(31), 1
    for chunk in _chain(first, source):
        data = chunk
        while data:
            yield inflater.decompress(data, _PIECE)
            data = inflater.unconsumed_tail
            if inflater.eof:
                data = inflater.unused_data
                if data[:2] != b"\x1f\x8b":
                    return
                members += 1
                if members > MAX_MEMBERS:
                    raise ValueError(f"over {MAX_MEMBERS} gzip members")
                inflater = zlib.decompressobj(31)
    if not inflater.eof:
        raise gzip.BadGzipFile("the gzip stream breaks off")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


_NO_ATTRIBUTES: dict[str, str] = {}


class _LocalNames(dict[str, str]):
    """Names in lower case without prefixes, each made once; a document that invents names does not fill it."""

    def __missing__(self, name: str) -> str:
        local = name.lower().rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local


class _Open:
    """An element that was opened and not closed."""

    __slots__ = ("attributes", "name", "qualified", "size", "text")

    def __init__(self, qualified: str, name: str, attributes: dict[str, str]) -> None:
        self.qualified = qualified
        self.name = name
        self.attributes = attributes
        self.text: list[str] = []
        self.size = 0


class _Reader:
    """Splits text into tags and gathers the elements of entries; forgets everything else."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._rest = ""
        self._skips_to = ""
        """What ends the comment or instruction, or the marked text, in which the reader is; else empty."""
        self._is_text = False
        """Whether that is marked text (CDATA)."""
        self._root = ""
        self._is_over = False
        self._preamble = 0
        self._first_name = ""
        self._names: frozenset[str] = frozenset()
        self._tags = 0
        self._local = _LocalNames()
        self._outside = 0
        """Open elements outside of any entry, without the root."""
        self._stack: list[_Open] = []
        """The entry, and what is open inside it."""
        self._elements: list[Element] = []
        self._done: list[Entry] = []

    def feed(self, text: str) -> None:
        """Read what comes next.

        Raises:
            ValueError: it is another document, or exceeds a limit.
        """
        buffer, position = self._rest + text, 0
        self._rest = ""
        while position < len(buffer):
            following = self._skip(buffer, position) if self._skips_to else self._step(buffer, position, final=False)
            if following is None:
                break
            position = following
        self._rest = buffer[position:]
        if len(self._rest) > MAX_TAG:
            raise ValueError(f"a tag of more than {MAX_TAG} characters")

    def close(self) -> None:
        """Read to the end.

        Raises:
            ValueError: the document is empty, another one, or breaks off.
        """
        buffer, position = self._rest, 0
        while position < len(buffer) and not self._skips_to:
            following = self._step(buffer, position, final=True)
            position = len(buffer) if following is None else following
        if not self._root:
            raise ValueError(self._other_document())
        if not self._is_over:
            raise ValueError("the document breaks off")

    def take_entries(self) -> list[Entry]:
        """Return the entries that ended since the last call."""
        done, self._done = self._done, []
        return done

    def _step(self, buffer: str, position: int, *, final: bool) -> int | None:
        """Read text, or one tag, at ``position``; return where to go on, None where more has to come first."""
        start = buffer.find("<", position)
        if start != position:
            end = len(buffer) if start < 0 else start
            self._text(buffer[position:end])
            return end
        if (simple := self._simple(buffer, start)) is not None:
            return simple
        tag = _TAG.match(buffer, start)
        if tag is None and buffer[start + 1 : start + 2] in ("!", "?"):
            return self._special(buffer, start, final=final)
        if tag is None:
            if len(buffer) - start < _PATIENCE and not final:
                return None
            tag = _LOOSE_TAG.match(buffer, start)
            if tag is None:
                if ">" not in buffer[start + 1 : start + MAX_TAG] and not final and self._may_be_tag(buffer, start):
                    return None
                self._fault("a bare <")
                self._text("<")
                return start + 1
            self._fault(f"the quotes of <{tag[2][:40]}> are not balanced")
        self._tag(tag)
        return tag.end()

    def _simple(self, buffer: str, start: int) -> int | None:
        """Read a flat entry, or an element with nothing but text; return its end, None where there is neither."""
        if self._stack:
            leaf = _LEAF.match(buffer, start)
            if leaf is None or len(self._stack) > MAX_DEPTH or leaf[1].lower() == self._stack[0].qualified:
                return None
            self._add_leaf(leaf[1], leaf[2], self._path_to())
            return leaf.end()
        if not self._root or self._is_over:
            return None
        entry = _FLAT_ENTRY.match(buffer, start)
        if entry is None or entry[1].lower() not in self._names:
            return None
        self._count_tags(2)
        self._stack, self._elements = [_Open(entry[1].lower(), entry[1].lower(), {})], []
        for name, text in _LEAF.findall(entry[2]):
            self._add_leaf(name, text, "")
        self._finish_entry()
        return entry.end()

    def _add_leaf(self, qualified: str, text: str, path: str) -> None:
        self._count_tags(2)
        if len(self._elements) < MAX_ELEMENTS:
            name = self._local[qualified]
            self._elements.append(
                Element(f"{path}/{name}" if path else name, _NO_ATTRIBUTES, self._value(text[:MAX_TEXT]))
            )

    @staticmethod
    def _may_be_tag(buffer: str, start: int) -> bool:
        following = buffer[start + 1 : start + 2]
        return following.isalpha() or following in ("_", "/")

    def _special(self, buffer: str, start: int, *, final: bool) -> int | None:
        """Enter a comment, marked text, an instruction or a document type."""
        for opening, ending in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
            if buffer.startswith(opening, start):
                self._skips_to, self._is_text = ending, ending == "]]>"
                return start + len(opening)
            if not final and opening.startswith(buffer[start : start + len(opening)]):
                return None
        end = buffer.find(">", start)
        subset = buffer.find("[", start, end if end >= 0 else len(buffer))
        if subset >= 0:
            raise ValueError("it declares entities or other markup")
        return None if end < 0 and not final else (len(buffer) if end < 0 else end + 1)

    def _skip(self, buffer: str, position: int) -> int | None:
        end = buffer.find(self._skips_to, position)
        if end >= 0:
            if self._is_text:
                self._text(buffer[position:end], marked=True)
            position, self._skips_to = end + len(self._skips_to), ""
            return position
        # What may be the beginning of the ending stays for the next piece.
        kept = max(position, len(buffer) - len(self._skips_to) + 1)
        if self._is_text:
            self._text(buffer[position:kept], marked=True)
        return kept if kept > position else None

    def _text(self, text: str, *, marked: bool = False) -> None:
        if not self._stack:
            if not self._root:
                self._count_preamble(len(text))
            return
        top = self._stack[-1]
        if top.size < MAX_TEXT:
            text = text[: MAX_TEXT - top.size]
            top.size += len(text)
            top.text.append(text.replace("&", "&amp;") if marked and "&" in text else text)

    def _tag(self, tag: re.Match[str]) -> None:
        self._count_tags(1)
        closing, qualified, rest = tag.groups()
        qualified = qualified.lower()
        name = qualified.rpartition(":")[2]
        if not self._root:
            self._begin(name, "" if closing else rest, len(tag[0]))
        elif self._is_over:
            return
        elif closing:
            self._end(qualified, name)
        else:
            self._start(qualified, name, rest)

    def _count_tags(self, number: int) -> None:
        self._tags += number
        if self._tags > MAX_TAGS:
            raise ValueError(f"over {MAX_TAGS} tags")

    def _begin(self, name: str, rest: str, size: int) -> None:
        """Take the tag for the root, or for a warning of the web server before it."""
        if name in ENTRIES:
            self._root, self._names = name, ENTRIES[name]
            self._is_over = rest.endswith("/")
            return
        self._first_name = self._first_name or name
        if name in ("html", "head", "body"):
            raise ValueError(self._other_document())
        self._count_preamble(size)

    def _count_preamble(self, size: int) -> None:
        self._preamble += size
        if self._preamble > MAX_PREAMBLE:
            raise ValueError(self._other_document())

    def _other_document(self) -> str:
        if not self._first_name:
            return "the document is no sitemap and no feed"
        return f"the document is {self._first_name[:40]!r}, not {', '.join(sorted(ENTRIES))}"

    def _start(self, qualified: str, name: str, rest: str) -> None:
        is_empty = rest.endswith("/")
        if not self._stack:
            if name in self._names:
                self._stack, self._elements = [_Open(qualified, name, {})], []
                if is_empty:
                    self._finish_entry()
            elif not is_empty:
                self._outside += 1
                if self._outside > MAX_DEPTH:
                    raise ValueError(f"more than {MAX_DEPTH} elements inside each other")
            return
        if qualified == self._stack[0].qualified:
            self._fault(f"<{name}> begins before the one before it ends")
            self._finish_entry()
            self._start(qualified, name, rest)
            return
        if is_empty:
            self._add(self._path_to(name), _attributes(rest), "")
        elif len(self._stack) > MAX_DEPTH:
            self._fault(f"more than {MAX_DEPTH} elements inside each other")
        else:
            self._stack.append(_Open(qualified, name, _attributes(rest)))

    def _end(self, qualified: str, name: str) -> None:
        if not self._stack:
            if name == self._root:
                self._is_over = True
            elif self._outside:
                self._outside -= 1
            return
        depth = next((at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].qualified == qualified), None)
        if depth is None:
            self._fault(f"</{name}> ends nothing")
            if name == self._root:
                self._stack, self._is_over = [], True
            return
        if depth < len(self._stack) - 1:
            self._fault(f"<{self._stack[-1].name}> is not closed")
            del self._stack[depth + 1 :]
        if depth == 0:
            self._finish_entry()
            return
        path = self._path_to()
        closed = self._stack.pop()
        self._add(path, closed.attributes, self._value("".join(closed.text)))

    def _path_to(self, name: str = "") -> str:
        """Return the path of the innermost open element, or that of ``name`` inside it."""
        return "/".join([*(each.name for each in self._stack[1:]), *([name] if name else [])])

    def _value(self, raw: str) -> str:
        if _PLAIN_VALUE.fullmatch(raw):
            return raw
        text = _ENTITY.sub(_character, raw) if "&" in raw else raw
        if _CONTROLS.search(text):
            self._fault("a control character")
            text = _CONTROLS.sub("", text)
        if "\ufffd" in text:
            self._fault("bytes that are not in the encoding of the document")
        return text.strip()

    def _add(self, path: str, attributes: dict[str, str], text: str) -> None:
        if len(self._elements) < MAX_ELEMENTS:
            self._elements.append(Element(path, attributes, text))

    def _finish_entry(self) -> None:
        self._done.append(Entry(self._root, self._stack[0].name, self._elements))
        self._stack, self._elements = [], []

    def _fault(self, what: str) -> None:
        self._faults.note(what)


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        if len(found) >= MAX_ATTRIBUTES:
            break
        value = next((each for each in match.groups()[1:] if each is not None), "")
        found[match[1].rpartition(":")[2].lower()] = _ENTITY.sub(_character, value[:MAX_TEXT])
    return found


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity; entities that nobody knows stay as they are."""
    hexadecimal, decimal, name = entity.groups()
    if name is not None:
        return html5.get(f"{name};", entity[0])
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
