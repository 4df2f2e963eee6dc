"""Recognise files that are no text by their first bytes, and name the command that reads them."""

from __future__ import annotations

import zlib
from typing import NamedTuple

HEAD = 64 * 1024
"""Bytes from the start of a file that are looked at."""

MAX_UNPACKED = 256 * 1024
"""Bytes that are unpacked of a gzip file to see what is in it."""

SHARE_OF_CONTROLS = 0.1
"""Share of control characters from which bytes without a byte order mark are no text."""

_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"RIFF", "a RIFF picture or recording"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
_PACKED = (
    (b"\x28\xb5\x2f\xfd", "zstd", "zstdcat"),
    (b"BZh", "bzip2", "bzcat"),
    (b"\xfd7zXZ", "xz", "xzcat"),
    (b"\x04\x22\x4d\x18", "lz4", "lz4 -dc"),
)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})


class Recognised(NamedTuple):
    """What a file is, if it is no text."""

    what: str
    """With its article: "a WET file (gzip)"."""
    advice: str
    """What to do, as the end of a sentence; ``{name}`` stands for the file."""


def recognised(head: bytes) -> Recognised | None:
    """Return what a file is by its first bytes (:data:`HEAD` of them are enough); None for text."""
    if head.startswith(_GZIP):
        return _gzip(head)
    if found := _archive(head, ""):
        return found
    if head.startswith(b"PAR1"):
        return Recognised("a Parquet file", 'run "newscrawl clean-text --jsonl --field NAME -o OUTPUT {name}"')
    if head.startswith(b"PK\x03\x04"):
        return _zip(head)
    for signature, coding, command in _PACKED:
        if head.startswith(signature):
            advice = (
                f'run "{command} {{name}} | newscrawl clean-text -", or "newscrawl replay {{name}}" for a web archive'
            )
            return Recognised(f"a file packed with {coding}", advice)
    what = next((what for signature, what in _SIGNATURES if head.startswith(signature)), None)
    if what is not None or head[4:8] == b"ftyp":
        return Recognised(what or "an MP4 recording", "no command here reads it")
    if _is_json_lines(head):
        return Recognised("a JSON Lines file", 'run "newscrawl clean-text --jsonl --field NAME {name}"')
    return Recognised("binary data", "no command here reads it") if _is_binary(head) else None


def is_parquet(head: bytes) -> bool:
    """Return whether a file is a Parquet file by its first bytes."""
    return head.startswith(b"PAR1")


def _archive(head: bytes, coding: str) -> Recognised | None:
    """Return what an archive is whose first record begins ``head``."""
    if head.startswith(b"WARC/"):
        kinds = {
            line.partition(b":")[2].strip().lower() for line in head.split(b"\n") if line[:10].lower() == b"warc-type:"
        }
        if b"conversion" in kinds:
            return Recognised(f"a WET file{coding}", 'run "newscrawl replay {name}"')
        if b"metadata" in kinds and b"response" not in kinds and b"WAT" in head:
            return Recognised(f"a WAT file{coding}", "it holds metadata alone; replay the WARC or WET file instead")
        return Recognised(f"a WARC file{coding}", 'run "newscrawl replay {name}"')
    if head.startswith(b"filedesc://"):
        return Recognised(f"an ARC file{coding}", 'run "newscrawl replay {name}"')
    return None


def _gzip(head: bytes) -> Recognised:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inside = unpacker.decompress(head, MAX_UNPACKED)
        while unpacker.eof and unpacker.unused_data.startswith(_GZIP) and len(inside) < MAX_UNPACKED:
            rest = unpacker.unused_data
            unpacker = zlib.decompressobj(wbits=31)
            inside += unpacker.decompress(rest, MAX_UNPACKED)
    except zlib.error:
        inside = b""
    if found := _archive(inside, " (gzip)"):
        return found
    if _is_json_lines(inside):
        return Recognised("a JSON Lines file (gzip)", 'run "newscrawl clean-text --jsonl --field NAME {name}"')
    return Recognised("a file packed with gzip", 'run "zcat {name} | newscrawl clean-text -"')


def _zip(head: bytes) -> Recognised:
    if b"datapackage.json" in head or b"archive/" in head:
        return Recognised("a WACZ package", 'run "newscrawl replay {name}"')
    if b"word/" in head or b"[Content_Types].xml" in head:
        return Recognised("an Office document", "save it as plain text first")
    return Recognised("a ZIP archive", "unpack it first")


def _is_json_lines(head: bytes) -> bool:
    """Return whether the first line opens a JSON object, and closes it where the line ends within ``head``."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:HEAD].split(b"\n", 1)
    first = line[0].strip()
    opens = first.startswith(b'{"') or first == b"{"
    return opens and (len(line) == 1 or first.endswith(b"}")) and b":" in first


def _is_binary(head: bytes) -> bool:
    if not head or head.startswith(_BYTE_ORDER_MARKS):
        return False
    nulls = head.count(b"\0")
    if nulls > 0.2 * len(head) and (
        head[1::2].count(b"\0") > 0.3 * len(head) or head[::2].count(b"\0") > 0.3 * len(head)
    ):
        return False  # UTF-16 without a byte order mark
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > SHARE_OF_CONTROLS * len(head)
