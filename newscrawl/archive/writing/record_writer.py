"""Records into a file: whole ones as they are, large ones piece by piece through warcio's writer.

Left to itself warcio 1.8 takes an HTTP head apart and writes it anew (unfolded, percent-encoded), and digests a chunked
body with its framing. Here it gets the head of the record and its block, each as the bytes that they are.
"""

from __future__ import annotations

from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from newscrawl.archive.records.parse_head import RECORD_END
from newscrawl.archive.records.spool import Message
from newscrawl.archive.writing.compression import Compression, Member, Target

AT_ONCE = 1024 * 1024
"""Blocks up to this size are compressed by one call; larger ones in pieces, so that their copies stay small."""


class RecordWriter(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Writes records, each as a member of its own."""

    def __init__(self, compression: Compression) -> None:
        super().__init__(None, gzip=False)  # the member compresses, at three times zlib's speed
        self._compression = compression

    def write(self, target: Target, head: bytes, block: Message) -> None:
        """Write one record; ``head`` has all its fields (:func:`newscrawl.archive.records.write_head.record_head`)."""
        if isinstance(block, bytes) and len(block) <= AT_ONCE:
            target.writelines(self._compression.whole(head, block))
            return
        stream = BytesIO(block) if isinstance(block, bytes) else block
        stream.seek(0)
        self.out = Member(self._compression.stream(len(head) + len(block) + len(RECORD_END)), target)
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
