"""Records through warcio's writer, kept from touching a byte of what crossed the wire.

Left to itself warcio 1.8 takes an HTTP head apart and writes it anew (unfolded, percent-encoded), and digests a chunked
body with its framing. Here it gets each block as one stream of bytes and all digests as fields.
"""

from __future__ import annotations

from mmap import mmap

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.compression import Member
from newscrawl.archive.tape import Message

VERSION = "WARC/1.1"


class RecordWriter(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Writes whole records, each into a :class:`newscrawl.archive.compression.Member`."""

    def __init__(self) -> None:
        super().__init__(None, gzip=False, warc_version=VERSION)  # the member compresses, at three times zlib's speed

    def write(self, member: Member, record_type: str, fields: list[tuple[str, str]], block: Message) -> None:
        """Write one record; Content-Length is added to its ``fields``, its digests must be among them."""
        # warcio writes of a revisit the HTTP head alone, so the head is given as one.
        http_head = _TrueHead(block) if record_type == "revisit" else None
        head = _Fields(fields)
        stream: _AtOnce | mmap
        if isinstance(block, bytes):
            stream = _AtOnce(block)
        else:
            stream = block
            stream.seek(0)
        self.out = member
        self.write_record(ArcWarcRecord("warc", record_type, head, stream, http_head, None, len(block)))

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        """They are among the fields already."""


class _Fields(StatusAndHeaders):  # type: ignore[misc]  # same
    """The head of a record. warcio's own looks at the type of each name and value: a third of what its writer takes."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.statusline, self.protocol, self.headers = "", VERSION, fields
        self.headers_buff = None


class _AtOnce:
    """A stream that gives all it has at the first reading: a page of 30 KB is not copied again for it."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, _: int) -> bytes:
        content, self._content = self._content, b""
        return content


class _TrueHead(StatusAndHeaders):  # type: ignore[misc]  # same
    """An HTTP head as it crossed the wire."""

    def __init__(self, block: Message) -> None:
        super().__init__("", [])
        self.headers_buff = block[:]

    def __bool__(self) -> bool:
        return True

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """It is there already."""
