"""Check that a WACZ package holds what it lists (files, sizes, digests, pages), and that every reader can open it.

Source: https://specs.webrecorder.net/wacz/1.1.1/. Signatures are not checked.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from newscrawl.archive.untrusted_json import json_object
from newscrawl.archive.wacz.layout import ARCHIVE, DESCRIPTION, DIGEST, EXTRA_PAGES, PAGES
from newscrawl.files.sources import ZIP_ERRORS, zip_file

MAX_DESCRIPTION = 64 * 1024 * 1024
MAX_LINE = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")
"""Signature, version, flags, method, time, date, CRC, both sizes, lengths of name and extra field (APPNOTE 4.3.7)."""
_SIZES_FOLLOW = 0x08
"""Flag of an entry whose sizes are not in its local header but behind its data (APPNOTE 4.4.4)."""
_IN_EXTRA_FIELD = 0xFFFFFFFF


def package_faults(path: str) -> Iterator[str]:
    """Yield what is wrong with the package at ``path``, except for the records in its WARC files.

    Raises:
        ArchiveError: the file is not a readable zip file.
    """
    with zip_file(path) as package:
        yield from _faults(package)


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    names = [info.filename for info in package.infolist() if not info.is_dir()]
    yield from (f"{name} is in it twice" for name in sorted({name for name in names if names.count(name) > 1}))
    yield from _header_faults(package)
    if DESCRIPTION not in names:
        yield f"no {DESCRIPTION}"
        return
    try:
        description = _json(package, DESCRIPTION)
        listed = {str(each["path"]): each for each in description["resources"]}
    except (*ZIP_ERRORS, TypeError) as error:
        yield f"{DESCRIPTION} cannot be read: {error!r}"
        return
    for name, each in listed.items():
        yield from _resource_faults(package, name, each) if name in names else (f"{name} is listed, but missing",)
    for name in sorted(set(names) - set(listed) - {DESCRIPTION, DIGEST}):
        yield f"{name} is in it, but not listed"
    if not any(name.startswith(ARCHIVE) for name in names):
        yield "no archive"
    if DIGEST in names:
        yield from _digest_faults(package)
    if PAGES in names:
        yield from _page_faults(package, PAGES)
    else:
        yield f"no {PAGES}"
    if EXTRA_PAGES in names:
        yield from _page_faults(package, EXTRA_PAGES)


def _header_faults(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield where the local header of an entry says something else than the central directory.

    Readers that know only the central directory compute from it where the data begin: if there is no extra field in it,
    wabac.js (ReplayWeb.page) expects none in the local header.
    """
    stream = package.fp
    assert stream is not None
    for info in package.infolist():
        stream.seek(info.header_offset)
        header = stream.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            yield f"{info.filename} has no local header"
            continue
        _, _, flags, method, _, _, _, compressed, size, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        if method != info.compress_type:
            yield f"{info.filename}: its local header names the compression {method}, not {info.compress_type}"
        if stream.read(name_length) != info.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace"):
            yield f"{info.filename}: its local header has another name"
        known = (compressed, size) if not flags & _SIZES_FOLLOW else None
        if known and _IN_EXTRA_FIELD not in known and known != (info.compress_size, info.file_size):
            yield f"{info.filename}: its local header has other sizes than the central directory"
        if extra_length and not info.extra:
            yield (
                f"{info.filename}: its local header has an extra field that the central directory lacks, "
                "so ReplayWeb.page cannot find its data"
            )


def _resource_faults(package: zipfile.ZipFile, name: str, listed: dict[str, Any]) -> Iterator[str]:
    try:
        stats = listed.get("stats") or {}
        size = listed.get("bytes", stats.get("bytes"))
        algorithm, _, digest = str(listed.get("hash") or f"{listed.get('hashing')}:{stats.get('hash')}").partition(":")
    except AttributeError:
        yield f"{name}: its entry in {DESCRIPTION} is not a resource"
        return
    if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
        yield f"{name}: no digest that can be checked: {algorithm!r}"
        return
    try:
        real_size, real_digest = _measured(package, name, algorithm)
    except ZIP_ERRORS as error:
        yield f"{name} cannot be read: {error!r}"
        return
    if size != real_size:
        yield f"{name} has {real_size} bytes, not {size}"
    if digest != real_digest:
        yield f"{name} has the {algorithm} {real_digest}, not {digest}"


def _digest_faults(package: zipfile.ZipFile) -> Iterator[str]:
    try:
        algorithm, _, digest = str(_json(package, DIGEST)["hash"]).partition(":")
        _, real = _measured(package, DESCRIPTION, algorithm)
    except (*ZIP_ERRORS, TypeError) as error:
        yield f"{DIGEST} cannot be read: {error!r}"
        return
    if digest != real:
        yield f"{DESCRIPTION} has the {algorithm} {real}, not {digest} as {DIGEST} says"


def _page_faults(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    try:
        with package.open(name) as lines:
            number = 0
            while line := lines.readline(MAX_LINE):
                number += 1
                try:
                    page = json_object(line)
                except ValueError as error:
                    yield f"{name}, line {number} cannot be read: {error}"
                    continue
                if missing := [key for key in (("format", "id") if number == 1 else ("url", "ts")) if key not in page]:
                    yield f"{name}, line {number} has no {' and no '.join(missing)}"
    except ZIP_ERRORS as error:
        yield f"{name} cannot be read: {error!r}"


def _measured(package: zipfile.ZipFile, name: str, algorithm: str) -> tuple[int, str]:
    """Return the number of bytes and the hexadecimal digest of an entry."""
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    size = 0
    with package.open(name) as stream:
        while data := stream.read(_PIECE):
            hasher.update(data)
            size += len(data)
    return size, hasher.hexdigest()


def _json(package: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with package.open(name) as stream:
        return json_object(stream.read(MAX_DESCRIPTION))
