"""Records and files made by hand, byte by byte, for the tests of the reading side."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import zstandard
from fastwarc.stream_io import Lz4Writer

from newscrawl.capture import Capture, capture_of

START = datetime(2025, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def record_id(number: int) -> str:
    return f"<{uuid.UUID(int=number).urn}>"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def instant(number: int) -> datetime:
    return START + timedelta(seconds=number)


def warc_date(number: int) -> str:
    return instant(number).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record(
    kind: str,
    block: bytes,
    number: int = 1,
    *,
    url: str | None = None,
    length: int | str | None = None,
    version: str = "WARC/1.1",
    content_type: str = "application/http; msgtype=response",
    fields: Iterable[tuple[str, str]] = (),
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """The bytes of one WARC record; ``length`` is what it says, true or not."""
    lines = [version, f"WARC-Type: {kind}", f"WARC-Record-ID: {record_id(number)}", f"WARC-Date: {warc_date(number)}"]
    if url is not None:
        lines.append(f"WARC-Target-URI: {url}")
    lines += [f"{name}: {value}" for name, value in fields]
    lines += [f"Content-Type: {content_type}", f"Content-Length: {len(block) if length is None else length}", "", ""]
    return "\r\n".join(lines).encode() + block + end


def message(body: bytes, *, status: str = "200 OK", head: str = "", content_type: str = "text/html") -> bytes:
    """The bytes of an HTTP response."""
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


def page(number: int, size: int = 300) -> bytes:
    """A page whose text cannot be compressed away, the same for the same number."""
    noise = b"".join(hashlib.sha256(b"%d %d" % (number, i)).hexdigest().encode() for i in range(size // 64 + 1))
    return b"<html><title>Page %d</title><p>%b</p></html>" % (number, noise[:size])


def url_of(number: int) -> str:
    return f"https://www.example.org/a/{number}.html"


def response(number: int, body: bytes | None = None, **more: object) -> bytes:
    """A response record of the page ``number``."""
    return record("response", message(page(number) if body is None else body), number, url=url_of(number), **more)  # type: ignore[arg-type]


def expected(number: int, filename: str, offset: int | None, body: bytes | None = None) -> Capture:
    """The capture that :func:`response` must give."""
    return capture_of(
        url_of(number),
        instant(number),
        message(page(number) if body is None else body),
        record_id=record_id(number),
        warc_filename=filename,
        warc_offset=offset,
    )


def warcinfo() -> bytes:
    return record("warcinfo", b"software: tests\r\n", 900, content_type="application/warc-fields")


def request(number: int) -> bytes:
    block = b"GET /a/%d.html HTTP/1.1\r\nHost: www.example.org\r\n\r\n" % number
    return record(
        "request", block, 10_000 + number, url=url_of(number), content_type="application/http; msgtype=request"
    )


def revisit(number: int, original: int, *, fields: Iterable[tuple[str, str]] = (), profile: str = IDENTICAL) -> bytes:
    """A revisit of the page ``number`` that refers to the page ``original``."""
    head = message(page(original)).split(b"\r\n\r\n", 1)[0].replace(b"200 OK", b"200 OK\r\nAge: 7") + b"\r\n\r\n"
    refers_to = tuple(fields) or (
        ("WARC-Refers-To", record_id(original)),
        ("WARC-Refers-To-Target-URI", url_of(original)),
        ("WARC-Refers-To-Date", warc_date(original)),
        ("WARC-Payload-Digest", sha1(page(original))),
    )
    return record("revisit", head, number, url=url_of(number), fields=(("WARC-Profile", profile), *refers_to))


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def zstandard_frame(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)


def lz4_frame(data: bytes) -> bytes:
    target = io.BytesIO()
    writer = Lz4Writer(target)
    writer.write(data)
    writer.close()
    return target.getvalue()


def plain(data: bytes) -> bytes:
    return data


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    ".warc": plain,
    ".warc.gz": gzipped,
    ".warc.zst": zstandard_frame,
    ".warc.lz4": lz4_frame,
}


def written(path: Path, records: Iterable[bytes]) -> list[int]:
    """Write ``records`` to ``path``, one member each as its extension says; return where each begins."""
    code = next(CODINGS[suffix] for suffix in sorted(CODINGS, key=len, reverse=True) if suffix in path.name)
    offsets, position = [], 0
    with path.open("wb") as file:
        for data in records:
            offsets.append(position)
            position += file.write(code(data))
    return offsets


def packaged(path: Path, warcs: Iterable[Path], compression: int = zipfile.ZIP_STORED) -> Path:
    """A zip file with ``warcs`` where a WACZ has them."""
    with zipfile.ZipFile(path, "w", compression) as package:
        for warc in warcs:
            package.write(warc, f"archive/{warc.name}")
        package.writestr("datapackage.json", "{}")
    return path
