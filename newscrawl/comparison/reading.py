"""Read the articles of an output as lines of JSON: a file or a folder, JSON Lines (plain, gzip, zstd) or Parquet."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
import orjson
import zstandard

from newscrawl.display import install_hint
from newscrawl.errors import UsageError
from newscrawl.files.sources import opened

MAX_LINE = 64 * 1024 * 1024
"""Bytes of one article: as much as the largest page that is fetched."""
ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".jl", ".jl.gz", ".parquet")
PARTS = (".txt", ".txt.gz")
"""Spark calls its files of lines ``part-00000-….txt``."""
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_ROWS = 100


def lines_of(path: str) -> Iterator[bytes]:
    """Yield every article in ``path``: a file of any name, or a folder, whose files are recognised by their names.

    Names that begin with ``_`` or ``.`` are ignored, as readers of such folders do.

    Raises:
        UsageError: there is no such file, the folder has no file of articles, or a file is damaged.
    """
    for file in files_of(path):
        number = 0
        try:
            for line in _lines_of_file(file):
                number += 1
                yield line
        except (OSError, EOFError, ValueError, zlib.error, zstandard.ZstdError) as error:
            raise UsageError(f"{file}, after article {number}: {error}") from error


def files_of(path: str) -> list[str]:
    """Return the files that hold the output ``path``, in the order of their names.

    Raises:
        UsageError: there is none.
    """
    try:
        files = _remote_files(path) if "://" in path else _local_files(path)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"{path}: {error}") from error
    if not files:
        raise UsageError(f"{path}: no file of articles in it ({', '.join(ENDINGS)})")
    return files


def _local_files(path: str) -> list[str]:
    if not Path(path).is_dir():
        return [path] if Path(path).is_file() else []
    found = []
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(("_", ".")))
        found += [str(Path(folder, name)) for name in sorted(names) if _holds_articles(name)]
    return found


def _remote_files(path: str) -> list[str]:
    filesystem, root = fsspec.core.url_to_fs(path)
    if not filesystem.isdir(root):
        return [path]
    found = sorted(filesystem.find(root))
    return [filesystem.unstrip_protocol(name) for name in found if _is_shown(name[len(root) :])]


def _is_shown(path: str) -> bool:
    parts = [part for part in PurePosixPath(path).parts if part != "/"]
    return not any(part.startswith(("_", ".")) for part in parts) and _holds_articles(parts[-1])


def _holds_articles(name: str) -> bool:
    if name.startswith(("_", ".")):
        return False
    return name.endswith(ENDINGS) or (name.startswith("part-") and name.endswith(PARTS))


def _lines_of_file(path: str) -> Iterator[bytes]:
    with opened(path) as stream:
        start = stream.read(4)
        stream.seek(0)
        if start == _PARQUET:
            yield from _rows(stream)
        else:
            yield from _lines(_decompressed(stream, start))


def _decompressed(stream: BinaryIO, start: bytes) -> BinaryIO:
    if start.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    if start == _ZSTD:
        frames = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
        return io.BufferedReader(cast("Any", frames), 1024 * 1024)
    return stream


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise ValueError(f"a line longer than {MAX_LINE} bytes")
        if line.strip():
            yield line.strip()


def _rows(stream: BinaryIO) -> Iterator[bytes]:
    try:
        import pyarrow.parquet as pq

        from newscrawl.replay.output.parquet import TIMESTAMPS
    except ImportError as error:
        raise UsageError(f"Parquet needs pyarrow: {install_hint('parquet')} ({error})") from error
    file = pq.ParquetFile(stream)
    columns = [name for name in file.schema_arrow.names if name not in TIMESTAMPS]
    for batch in file.iter_batches(_ROWS, columns=columns):
        yield from map(orjson.dumps, batch.to_pylist())
