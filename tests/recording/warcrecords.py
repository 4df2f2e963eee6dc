"""A WARC file taken apart by the standard alone: neither our reader nor any library has a say."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RawRecord:
    fields: tuple[tuple[str, str], ...]
    block: bytes
    filename: str
    offset: int

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.fields if key == name), None)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    @property
    def type(self) -> str:
        return self.get("WARC-Type") or ""


def records_in(path: Path) -> Iterator[RawRecord]:
    """Each gzip member is one record."""
    data = path.read_bytes()
    offset = 0
    while offset < len(data):
        inflater = zlib.decompressobj(31)
        record = inflater.decompress(data[offset:])
        assert inflater.eof, f"{path.name}: torn member at {offset}"
        yield _record(record, path.name, offset)
        offset = len(data) - len(inflater.unused_data)


def _record(data: bytes, filename: str, offset: int) -> RawRecord:
    head, _, rest = data.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8").split("\r\n")
    assert version == "WARC/1.1"
    fields = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
    length = int(dict(fields)["Content-Length"])
    assert rest[length:] == b"\r\n\r\n", "a record is its head, its block and two line ends"
    return RawRecord(fields, rest[:length], filename, offset)
