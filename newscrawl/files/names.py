"""Names of archive files and of the files beside them: every suffix is written here and nowhere else.

A file that is being written ends in :data:`OPEN`, and its writer holds an exclusive lock on it
(:mod:`newscrawl.files.locks`). A file that ends so and is not locked was left behind by a process that died.
"""

from __future__ import annotations

from pathlib import Path

OPEN = ".open"
"""Ends the name of an archive or index that is being written."""
WACZ = ".wacz"
UNSTORED = ".unstored"
"""Ends the name of the empty file beside a finished file that is not in the store yet."""
INDEX = ".cdxj"
"""Ends the name of the index beside an archive file."""
_CODINGS = ("", ".gz", ".zst", ".lz4")
ARCHIVES = tuple(
    f".{kind}{coding}{opened}"
    for kind in ("warc", "arc", "warc.wet", "warc.wat")
    for coding in _CODINGS
    for opened in ("", OPEN)
)
"""What the names of the archive files in a folder end with, in lower case."""


def is_open(name: str) -> bool:
    """Return whether ``name`` is that of a file that is being written."""
    return name.endswith(OPEN)


def open_path(path: Path) -> Path:
    """Return the path that ``path`` has while it is being written."""
    return path.with_name(path.name + OPEN)


def closed_path(path: Path) -> Path:
    """Return the path that ``path`` has once it is closed."""
    return path.with_name(closed_name(path.name))


def closed_name(name: str) -> str:
    """Return ``name`` without the suffix of files that are being written."""
    return name.removesuffix(OPEN)


def names_archive(name: str) -> bool:
    """Return whether ``name`` is that of an archive file, in any case; a WACZ package is not one."""
    return name.lower().endswith(ARCHIVES)


def names_package(name: str) -> bool:
    """Return whether ``name`` is that of a WACZ package, in any case."""
    return name.lower().endswith(WACZ)


def index_name(archive: str) -> str:
    """Return ``NAME.cdxj`` for the archive file ``NAME.warc.gz``."""
    return archive.partition(".warc")[0] + INDEX
