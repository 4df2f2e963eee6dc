"""The output files of a unit: its kept lines, in the form and the folders that were asked for.

Each file is written under a temporary name and renamed when it is whole and on the disk.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote

import orjson
import zstandard

from newscrawl.errors import OutputError, UsageError
from newscrawl.replay.extraction.staged import StagedUnit

TEMPORARY = ".tmp"
"""The ending of files that are not finished."""
REJECTED = "_rejected"
"""The folder of rejected articles within the output; readers of Hive folders pass over names that begin with ``_``."""
REJECTED_EXTENSION = ".rejected.json"
"""Not ``.jsonl``, so that ``**/*.jsonl`` names articles only. One JSON object a line all the same."""
PARTITIONS = ("site", "date")
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
"""What Hive, Spark and pyarrow call the folder of a missing value."""

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


class LineWriter(Protocol):
    """Writes lines of JSON in some form to an open file."""

    def write(self, data: bytes, /) -> Any:
        """One line, with its line end."""

    def close(self) -> None:
        """What is still held back; the file beneath stays open."""


class _Plain:
    def __init__(self, file: BinaryIO) -> None:
        self.write = file.write

    def close(self) -> None:
        """Nothing is held back."""


def _gzip(file: BinaryIO) -> LineWriter:
    # No name and no date in the header: the same lines, the same bytes.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0)


def _zstd(file: BinaryIO) -> LineWriter:
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False)


def _parquet(file: BinaryIO) -> LineWriter:
    try:
        from newscrawl.replay.output.parquet import ParquetLines
    except ImportError as error:
        raise UsageError(f"Parquet needs pyarrow: pip install 'newscrawl[parquet]' ({error})") from error
    return ParquetLines(file)


FORMS: dict[str, Callable[[BinaryIO], LineWriter]] = {
    "jsonl": _Plain,
    "jsonl.gz": _gzip,
    "jsonl.zst": _zstd,
    "parquet": _parquet,
}
"""Forms of output by the extension of their files."""


def check_form(form: str) -> None:
    """Raises:
    UsageError: no such form, or a package for it is not installed.
    """
    if form not in FORMS:
        raise UsageError(f"format={form!r}: one of {', '.join(FORMS)}")
    if form == "parquet":
        _parquet(open(os.devnull, "wb")).close()  # noqa: SIM115, PTH123 - proves that the package is there


def check_partition(names: Iterable[str]) -> None:
    """Raises:
    UsageError: no such partition.
    """
    for name in names:
        if name not in PARTITIONS:
            raise UsageError(f"partition={name!r}: {' or '.join(PARTITIONS)}, or both separated by a comma")


def kept_lines_of(part: StagedUnit, kept: Iterable[int]) -> Iterator[bytes]:
    """The lines of ``part`` with the numbers ``kept``, which ascend."""
    numbers = iter(kept)
    wanted = next(numbers, None)
    with part.lines.open("rb") as lines:
        for number, line in enumerate(lines):
            if wanted is None:
                return
            if number == wanted:
                yield line
                wanted = next(numbers, None)


def write_outputs(
    output: Path, stem: str, part: StagedUnit, kept: list[int], form: str, partition: tuple[str, ...]
) -> list[str]:
    """Put the kept lines of a unit into their files; returns the paths of these, relative to ``output``.

    Raises:
        OutputError: they cannot be written.
    """
    paths = []
    for folder, offsets in _folders(part, kept, partition):
        path = f"{folder}{stem}.{form}"
        _write_file(output / path, FORMS[form], _lines_at(part, offsets))
        paths.append(path)
    if part.rejected.exists():
        path = f"{REJECTED}/{stem}{REJECTED_EXTENSION}"
        with part.rejected.open("rb") as lines:
            _write_file(output / path, _Plain, lines)
        paths.append(path)
    return paths


def partition_folder(article: dict[str, Any], partition: tuple[str, ...]) -> str:
    """The folder of an article, such as ``site=rferl/date=2026-01-31/``; the day is that of publication.

    The values come from pages: whatever is no plain name is percent-encoded.
    """
    values = partition_values(article)
    return "".join(f"{name}={quote(values[name] or UNKNOWN, safe='')}/" for name in partition)


def partition_values(article: dict[str, Any]) -> dict[str, str | None]:
    """What each of :data:`PARTITIONS` is for an article."""
    day = _DAY.match(article.get("datePublished") or "")
    return {"site": (article.get("metadata") or {}).get("site"), "date": day[0] if day else None}


def _folders(part: StagedUnit, kept: list[int], partition: tuple[str, ...]) -> Iterator[tuple[str, list[int]]]:
    """Each folder with where its lines begin in the part. No more is held in memory than these numbers."""
    found: dict[str, list[int]] = {}
    position = 0
    wanted = set(kept)
    with part.lines.open("rb") as lines:
        for number, line in enumerate(lines):
            if number in wanted:
                folder = partition_folder(orjson.loads(line), partition) if partition else ""
                found.setdefault(folder, []).append(position)
            position += len(line)
    yield from sorted(found.items())


def _lines_at(part: StagedUnit, offsets: list[int]) -> Iterator[bytes]:
    with part.lines.open("rb") as lines:
        for offset in offsets:
            lines.seek(offset)
            yield lines.readline()


def _write_file(path: Path, form: Callable[[BinaryIO], LineWriter], lines: Iterable[bytes]) -> None:
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            writer = form(file)
            for line in lines:
                writer.write(line)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error}") from error
