"""Whether a WACZ package holds what it says: files, sizes, digests, pages.

Source: https://specs.webrecorder.net/wacz/1.1.1/. Signatures are not checked.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from newscrawl.errors import ArchiveError
from newscrawl.files.sources import opened

DESCRIPTION = "datapackage.json"
DIGEST = "datapackage-digest.json"
PAGES = "pages/pages.jsonl"
MAX_DESCRIPTION = 64 * 1024 * 1024
MAX_LINE = 16 * 1024 * 1024
_PIECE = 1024 * 1024


def package_faults(path: str) -> Iterator[str]:
    """What is wrong with the package at ``path``, its WARC files' records aside.

    Raises:
        ArchiveError: it is no readable zip file.
    """
    try:
        with opened(path) as stream, zipfile.ZipFile(stream) as package:
            yield from _faults(package)
    # NotImplementedError is what zipfile says of a compression that it does not know.
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ArchiveError(f"no readable zip file: {error}") from error


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    names = [info.filename for info in package.infolist() if not info.is_dir()]
    yield from (f"{name} stands twice" for name in sorted({name for name in names if names.count(name) > 1}))
    if DESCRIPTION not in names:
        yield f"no {DESCRIPTION}"
        return
    try:
        description = _json(package, DESCRIPTION)
        listed = {str(each["path"]): each for each in description["resources"]}
    except (ValueError, KeyError, TypeError) as error:
        yield f"{DESCRIPTION} cannot be read: {error!r}"
        return
    for name, each in listed.items():
        yield from _resource_faults(package, name, each) if name in names else (f"{name} is listed, but not there",)
    for name in sorted(set(names) - set(listed) - {DESCRIPTION, DIGEST}):
        yield f"{name} is there, but not listed"
    if not any(name.startswith("archive/") for name in names):
        yield "no archive"
    if DIGEST in names:
        yield from _digest_faults(package)
    if PAGES in names:
        yield from _page_faults(package)
    else:
        yield f"no {PAGES}"


def _resource_faults(package: zipfile.ZipFile, name: str, said: dict[str, Any]) -> Iterator[str]:
    stats = said.get("stats") or {}
    size = said.get("bytes", stats.get("bytes"))
    algorithm, _, digest = str(said.get("hash") or f"{said.get('hashing')}:{stats.get('hash')}").partition(":")
    if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
        yield f"{name}: no digest that can be checked: {algorithm!r}"
        return
    real_size, real_digest = _measured(package, name, algorithm)
    if size != real_size:
        yield f"{name} has {real_size} bytes, not {size}"
    if digest != real_digest:
        yield f"{name} has the {algorithm} {real_digest}, not {digest}"


def _digest_faults(package: zipfile.ZipFile) -> Iterator[str]:
    try:
        algorithm, _, digest = str(_json(package, DIGEST)["hash"]).partition(":")
        _, real = _measured(package, DESCRIPTION, algorithm)
    except (ValueError, KeyError, TypeError) as error:
        yield f"{DIGEST} cannot be read: {error!r}"
        return
    if digest != real:
        yield f"{DESCRIPTION} has the {algorithm} {real}, not {digest} as {DIGEST} says"


def _page_faults(package: zipfile.ZipFile) -> Iterator[str]:
    with package.open(PAGES) as lines:
        number = 0
        while line := lines.readline(MAX_LINE):
            number += 1
            try:
                page = json.loads(line)
                missing = [key for key in (("format", "id") if number == 1 else ("url", "ts")) if key not in page]
            except (ValueError, TypeError) as error:
                yield f"{PAGES}, line {number} cannot be read: {error}"
                continue
            if missing:
                yield f"{PAGES}, line {number} has no {' and no '.join(missing)}"


def _measured(package: zipfile.ZipFile, name: str, algorithm: str) -> tuple[int, str]:
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    size = 0
    with package.open(name) as stream:
        while data := stream.read(_PIECE):
            hasher.update(data)
            size += len(data)
    return size, hasher.hexdigest()


def _json(package: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with package.open(name) as stream:
        content = json.loads(stream.read(MAX_DESCRIPTION))
    if not isinstance(content, dict):
        raise TypeError("no JSON object")
    return content
