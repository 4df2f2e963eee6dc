"""WACZ packages: WARC files with their index and list of pages in one zip file, as ReplayWeb.page opens them.

Source: https://specs.webrecorder.net/wacz/1.1.1/. py-wacz builds the same in memory; here everything streams: the WARC
files are read twice, once for the index and the pages, once into the package.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newscrawl.archive.cdxj.index import INDEXED, OPEN, merged
from newscrawl.archive.indexing import entry_of
from newscrawl.archive.reading.captures import capture_from, revisited
from newscrawl.archive.reading.record_blocks import Block, blocks_of
from newscrawl.archive.reading.revisits import Originals
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.package_check import DESCRIPTION, DIGEST, PAGES
from newscrawl.archive.wacz.pages import HEADER, TitleOf, joined, page_json, part_lines
from newscrawl.archive.wacz.zip_file import Package, index_blocks
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.files.atomic import whole_file
from newscrawl.files.sources import Source, sources_of

WACZ_VERSION = "1.1.1"
INDEX = "indexes/index.cdx.gz"
INDEX_OF_INDEX = "indexes/index.idx"
_PACKED = (".warc.gz", ".warc")
"""What a package may hold (WACZ 1.1.1, 5.1)."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a package."""

    path: Path
    files: int
    captures: int
    """Lines of the index."""
    pages: int


def write_wacz(
    sources: Iterable[str | Path],
    output: str | Path,
    *,
    title: str | None = None,
    created: datetime | None = None,
    title_of: TitleOf | None = None,
    on_skip: Callable[[RecordError], None] = lambda _: None,
) -> Packed:
    """Put the WARC files that ``sources`` name into the new package ``output``.

    Args:
        sources: as :func:`newscrawl.files.sources.sources_of` takes them.
        output: the package; it appears under this name when it is complete.
        title: of the package.
        created: when the package is made; None leaves it out, so that the same files make the same bytes.
        title_of: the title of an HTML capture; the headline of an article in the archive goes before it.
        on_skip: told of each record that the index leaves out, and why.

    Raises:
        UsageError: ``output`` exists, or a source is no file that a package may hold.
        ArchiveError: a file cannot be read or written.
    """
    output = Path(output)
    files = _files(sources)
    if output.exists():
        raise UsageError(f"{output} exists: a package is never written over")
    try:
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(output))
            packed = _Packing(files, output, stack, title_of, on_skip).into(part, title, created)
    except OSError as error:
        raise ArchiveError(f"{output} cannot be written: {error}") from error
    return packed


def _files(sources: Iterable[str | Path]) -> list[Source]:
    files = [source for each in sources for source in sources_of(each)]
    by_name: dict[str, Source] = {}
    for source in files:
        if source.name.endswith(OPEN):
            raise UsageError(f"{source.name} is being written; if its crawl was killed, `scrapy salvage` closes it")
        if not source.filename.endswith(_PACKED):
            raise UsageError(f"{source.name}: a WACZ holds {' and '.join(_PACKED)} files only")
        if source.filename in by_name:
            other = by_name[source.filename]
            raise UsageError(f"{source.name} and {other.name} have the same name, so an index cannot tell them apart")
        by_name[source.filename] = source
    return files


class _Packing:
    """One package on its way."""

    def __init__(
        self,
        files: list[Source],
        output: Path,
        stack: ExitStack,
        title_of: TitleOf | None,
        on_skip: Callable[[RecordError], None],
    ) -> None:
        self._files = files
        self._output = output
        self._stack = stack
        self._title_of = title_of
        self._on_skip = on_skip
        self._parts = _temporary(output.parent, stack)
        self._originals = Originals()
        self._captures = self._pages = 0

    def into(self, target: IO[bytes], title: str | None, created: datetime | None) -> Packed:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            package = Package(archive)
            for source in self._files:
                package.add(f"archive/{source.filename}", _content(source))
            self._add_index(package)
            package.add(PAGES, self._page_lines(), deflated=True)
            package.add(DESCRIPTION, [_description(package, title, created)], deflated=True, listed=False)
            package.add(DIGEST, [_digest(package)], deflated=True, listed=False)
        return Packed(self._output, len(self._files), self._captures, self._pages)

    def _add_index(self, package: Package) -> None:
        blocks = _temporary(self._output.parent, self._stack)
        lines = merged(self._index_lines(), self._output.parent, self._stack)
        index_of_index = list(index_blocks(lines, blocks, Path(INDEX).name))
        blocks.seek(0)
        package.add(INDEX, iter(lambda: blocks.read(_PIECE), b""))
        package.add(INDEX_OF_INDEX, index_of_index, deflated=True)

    def _index_lines(self) -> Iterator[bytes]:
        """The lines of the index, unsorted; what the records give for the pages is written aside on the way."""
        for source in self._files:
            for record, block in blocks_of(source, INDEXED | {"metadata"}, self._on_skip):
                capture_of = partial(self._capture, source)
                self._parts.writelines(part_lines(record, block, capture_of, self._title_of))
                if record.type in INDEXED:
                    try:
                        line = entry_of(record, block).line()
                    except RecordError as error:
                        self._on_skip(error)
                        continue
                    self._captures += 1
                    yield line

    def _capture(self, source: Source, record: Record, block: Block) -> Capture | None:
        """Of a page; of a revisit, with the payload of its original, where that came before it."""
        if record.type != "revisit":
            self._originals.remember(source, record, block)
            return capture_from(record, block)
        original = self._originals.original_of(source, record)
        return revisited(record, block, *original) if original is not None else None

    def _page_lines(self) -> Iterator[bytes]:
        self._parts.seek(0)
        folder = self._output.parent
        pages = joined(merged(self._parts, folder, self._stack))
        yield _json(HEADER)
        for line in merged(pages, folder, self._stack):
            self._pages += 1
            yield page_json(line)


_PIECE = 1024 * 1024


def _temporary(folder: Path, stack: ExitStack) -> IO[bytes]:
    return stack.enter_context(TemporaryFile(dir=folder))


def _content(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while data := stream.read(_PIECE):
            yield data


def _description(package: Package, title: str | None, created: datetime | None) -> bytes:
    content = {
        "profile": "data-package",
        "resources": package.resources,
        "title": title,
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if created else None,
        "wacz_version": WACZ_VERSION,
        "software": f"newscrawl {version('newscrawl')}",
    }
    return _json({name: value for name, value in content.items() if value is not None}, indent=2)


def _digest(package: Package) -> bytes:
    return _json({"path": DESCRIPTION, "hash": package.hashes[DESCRIPTION]}, indent=2)


def _json(content: object, indent: int | None = None) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=indent).encode("utf-8", "replace") + b"\n"
