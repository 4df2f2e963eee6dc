"""The forms of output, in one place: how each is written, how its lines are read again."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol, cast

import zstandard

from newscrawl.display import install_hint
from newscrawl.errors import UsageError
from newscrawl.items import Article

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_BUFFER = 1024 * 1024


class LineWriter(Protocol):
    """Writes lines of JSON in some form to an open file."""

    def write(self, data: bytes, /) -> Any:
        """Write one line, with its line end."""

    def close(self) -> None:
        """Write what is held back. The file stays open."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of output; its name is the extension of its files."""

    name: str
    writer: Callable[[BinaryIO, type], LineWriter]
    """Writes lines that hold items of the given dataclass."""
    spark: str
    """The codec by which Spark writes it; empty: Spark does not write this form."""
    lines: Callable[[BinaryIO], Iterator[bytes]] | None = None
    """Reads the lines again; None where a file of this form is not lines."""


class _Plain:
    def __init__(self, file: BinaryIO, _: type) -> None:
        self.write = file.write

    def close(self) -> None:
        """Do nothing: no line is held back."""


def _gzip(file: BinaryIO, _: type) -> LineWriter:
    # No name and no date in the header, so that the same lines give the same bytes.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0)


def _zstd(file: BinaryIO, _: type) -> LineWriter:
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False)


def _parquet(file: BinaryIO, item: type) -> LineWriter:
    try:
        from newscrawl.replay.output.parquet import ParquetLines
    except ImportError as error:
        raise UsageError(f"Parquet needs pyarrow: {install_hint('parquet')} ({error})") from error
    return ParquetLines(file, item)


def _zstd_lines(file: BinaryIO) -> Iterator[bytes]:
    frames = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)
    return iter(io.BufferedReader(cast("io.RawIOBase", frames), _BUFFER))


FORMS = {
    form.name: form
    for form in (
        Form("jsonl", _Plain, "none", iter),
        Form("jsonl.gz", _gzip, "gzip", lambda file: iter(gzip.GzipFile(fileobj=file))),
        Form("jsonl.zst", _zstd, "", _zstd_lines),
        Form("parquet", _parquet, "zstd"),
    )
}
"""All forms by name."""

STAGED_AS = {name: name if form.lines is not None else "jsonl" for name, form in FORMS.items()}
"""The form in which the lines of a unit are staged: that of the output where its lines can be read again."""


def form_of(output: str) -> str:
    """Return the form that the end of the folder's name tells, such as ``articles.parquet``; else ``jsonl``."""
    name = PurePath(output).name
    return max((form for form in FORMS if name.endswith(f".{form}")), key=len, default="jsonl")


def check_form(form: str) -> None:
    """Check that ``form`` exists and that its package is installed.

    Raises:
        UsageError: it does not, or is not.
    """
    if form not in FORMS:
        raise UsageError(f"format={form!r}: choose from {', '.join(FORMS)}")
    FORMS[form].writer(io.BytesIO(), Article).close()
