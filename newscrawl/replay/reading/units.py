"""Find what is read as one piece of work: an archive file, or a stretch of an index that names records to read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from newscrawl.archive.cdxj.lookup import is_index
from newscrawl.files.sources import STDIN, Source, paths_of, sources_of

logger = logging.getLogger(__name__)

STRETCH = 1024 * 1024
"""Bytes of an index that are one piece of work: some 4,000 captures, ten seconds of a core."""

_INDEX = re.compile(r"\.cdxj(?:\.gz)?$|(?:^|/)cdx-\d+\.gz$")
"""Index files of ours and of pywb, and the parts of Common Crawl's index."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a replay: one task reads it, and it gives one output file."""

    name: str
    """Path or address of the file, with the entry of a package or the stretch of an index."""
    stem: str
    """Name of the output file, without its extension."""
    size: int | None
    """Bytes to read, where that is known."""
    stamp: str = ""
    """Differs when the file has changed; a rerun compares it."""
    source: Source | None = None
    index: str | None = None
    """The CDXJ file, instead of ``source``."""
    start: int = 0
    """First byte of the stretch of the index."""
    end: int | None = None
    """The byte after the stretch; None: the end of the file."""
    base: str | None = None
    """Folder or address that the file names of the index are relative to."""


def units_of(sources: Iterable[str], *, base: str | None = None) -> list[Unit]:
    """Return the units of ``sources``, each once, in order.

    Args:
        sources: what :func:`newscrawl.files.sources.sources_of` takes, and CDXJ files.
        base: folder or address that the file names of indexes are relative to.

    Raises:
        ArchiveError: a source does not exist.
        UsageError: an address needs a package that is not installed.
    """
    units: dict[str, Unit] = {}
    for source in sources:
        for unit in _index_units(source, base) if _is_index(source) else _archive_units(source):
            units.setdefault(unit.name, unit)
    return list(units.values())


def _is_index(source: str) -> bool:
    """Return whether ``source`` names an index: the first line of a local file decides, of others the name."""
    if "://" not in source and Path(source).is_file():
        return is_index(source)
    return _INDEX.search(source) is not None


def _archive_units(source: str) -> Iterator[Unit]:
    for found in sources_of(source):
        size, stamp = _size_and_stamp(found.path)
        yield Unit(found.name, _stem(found.filename), None if found.entry else size, stamp, source=found)


def _index_units(source: str, base: str | None) -> Iterator[Unit]:
    for path in paths_of(source):
        size, stamp = _size_and_stamp(path)
        stem = _stem(PurePosixPath(path).name)
        if size is None or path.endswith(".gz"):
            yield Unit(path, stem, size, stamp, index=path, base=base)
            continue
        for number, start in enumerate(range(0, max(size, 1), STRETCH)):
            end = min(start + STRETCH, size)
            name = path if size <= STRETCH else f"{path}#{start}-{end}"
            part = stem if size <= STRETCH else f"{stem}-{number:05}"
            yield Unit(name, part, end - start, stamp, index=path, start=start, end=end, base=base)


def _size_and_stamp(path: str) -> tuple[int | None, str]:
    if path == STDIN:
        return None, ""
    if "://" not in path:
        status = Path(path).stat()
        return status.st_size, f"{status.st_size} {status.st_mtime_ns}"
    info = _remote_info(path)
    size = info.get("size")
    changed = next((info[name] for name in ("ETag", "etag", "LastModified", "mtime") if info.get(name)), "")
    return (size if isinstance(size, int) else None), f"{size} {changed}"


def _remote_info(path: str) -> dict[str, Any]:
    try:
        filesystem, name = fsspec.core.url_to_fs(path)
        info: dict[str, Any] = filesystem.info(name)
    except Exception:
        logger.debug("%s", path, exc_info=True)
        return {}  # reading the file will show the fault, for this file alone
    return info


_EXTENSIONS = re.compile(r"(?:\.(?:w?arc|cdxj|cdx|wacz|open|gz|zst|lz4))+$")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def _stem(filename: str) -> str:
    """Return a file name without folders, extensions and characters that file systems or shells treat specially."""
    stem = _UNSAFE.sub("_", _EXTENSIONS.sub("", filename)).lstrip("._-")
    return stem[:120] or "archive"
