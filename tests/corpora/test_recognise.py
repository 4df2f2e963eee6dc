"""Files that are no text are recognised by their first bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.corpora.recognise import HEAD, recognised

WET = b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\n\r\n"
WARC = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n\r\n"


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("head", "what", "command"),
    [
        (WET, "a WET file", "newscrawl replay {name}"),
        (gzip.compress(WET, mtime=0), "a WET file (gzip)", "newscrawl replay {name}"),
        (
            gzip.compress(WET[:38], mtime=0) + gzip.compress(WET[38:], mtime=0),
            "a WET file (gzip)",
            "newscrawl replay {name}",
        ),
        (WARC, "a WARC file", "newscrawl replay {name}"),
        (gzip.compress(WARC, mtime=0), "a WARC file (gzip)", "newscrawl replay {name}"),
        (b"filedesc://a.arc 0.0.0.0 20010101000000 text/plain 70\n", "an ARC file", "newscrawl replay {name}"),
        (gzip.compress(b"The bridge is open.\n", mtime=0), "a file packed with gzip", "zcat {name}"),
        (bz2.compress(b"text"), "a file packed with bzip2", "bzcat {name}"),
        (lzma.compress(b"text"), "a file packed with xz", "xzcat {name}"),
        (b"\x28\xb5\x2f\xfd\x00", "a file packed with zstd", "zstdcat {name}"),
        (b"PAR1\x15\x00", "a Parquet file", "--jsonl"),
        (json.dumps({"text": "x"}).encode() + b"\n", "a JSON Lines file", "--jsonl"),
        (gzip.compress(b'{"text": "x"}\n', mtime=0), "a JSON Lines file (gzip)", "--jsonl"),
        (zipped("datapackage.json"), "a WACZ package", "newscrawl replay {name}"),
        (zipped("word/document.xml"), "an Office document", "plain text"),
        (b"%PDF-1.7\n", "a PDF document", "no command"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture", "no command"),
        (bytes(range(256)) * 40, "binary data", "no command"),
    ],
)
def test_other_files_are_named_with_the_command_that_reads_them(head: bytes, what: str, command: str) -> None:
    found = recognised(head)

    assert found is not None
    assert found.what == what
    assert command in found.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    assert recognised("Мост открыт снова, сказал глава посёлка.\n".encode(encoding) * 20) is None


@given(st.text())
def test_any_text_without_control_characters_is_text_or_json(text: str) -> None:
    visible = "".join(character for character in text if character.isprintable() or character in "\n\t")

    found = recognised(visible.encode("utf-8", "surrogatepass")[:HEAD])

    assert (
        found is None
        or "JSON" in found.what
        or visible.startswith(("%PDF", "GIF8", "PAR1", "BZh", "ID3", "OggS", "RIFF"))
    )


@given(st.binary(max_size=2_000))
def test_no_bytes_raise(head: bytes) -> None:
    recognised(head)
    recognised(b"\x1f\x8b" + head)
