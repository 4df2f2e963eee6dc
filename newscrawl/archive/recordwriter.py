"""Records through warcio's writer, kept from touching a byte of what crossed the wire.

Left to itself warcio 1.8 takes an HTTP head apart and writes it anew (unfolded, percent-encoded), and digests a chunked
body with its framing. Here it gets the head of the record and its block, each as the bytes that they are.
"""

from __future__ import annotations

from mmap import mmap

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from newscrawl.archive.compression import Member
from newscrawl.archive.tape import Message


class RecordWriter(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Writes whole records, each into a :class:`newscrawl.archive.compression.Member`."""

    def __init__(self) -> None:
        super().__init__(None, gzip=False)  # the member compresses, at three times zlib's speed

    def write(self, member: Member, head: bytes, block: Message) -> None:
        """Write one record; ``head`` has all its fields (:func:`newscrawl.archive.records.record_head`)."""
        stream: _AtOnce | mmap
        if isinstance(block, bytes):
            stream = _AtOnce(block)
        else:
            stream = block
            stream.seek(0)
        self.out = member
        # Its type is in the head. Told of a revisit, warcio would want the block as an HTTP head of its own kind.
        self.write_record(ArcWarcRecord("warc", None, _WholeHead(head), stream, None, None, len(block)))

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        """They are among the fields already."""


class _WholeHead:
    """The head of a record as bytes: what of :class:`warcio.statusandheaders.StatusAndHeaders` its writer asks for."""

    __slots__ = ("_head",)

    def __init__(self, head: bytes) -> None:
        self._head = head

    def replace_header(self, name: str, value: str) -> None:
        """Content-Length is there already."""

    def to_bytes(self, encoding: str) -> bytes:  # noqa: ARG002 - as it is called
        return self._head


class _AtOnce:
    """A stream that gives all it has at the first reading: a page of 30 KB is not copied again for it."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, _: int) -> bytes:
        content, self._content = self._content, b""
        return content
