"""WACZ packages: WARC files with their index and lists of pages in one zip file, as ReplayWeb.page opens them.

Source: https://specs.webrecorder.net/wacz/1.1.1/. py-wacz builds the same in memory; here everything streams: the WARC
files are read twice, once for the index and the pages, once into the package.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from newscrawl.archive.cdxj.index import INDEXED
from newscrawl.archive.indexing import entry_of
from newscrawl.archive.reading.captures import capture_from, revisited
from newscrawl.archive.reading.record_blocks import Block, block_at, blocks_of
from newscrawl.archive.reading.revisits import Originals, Place
from newscrawl.archive.records.parse_head import RECORD_END, Record
from newscrawl.archive.wacz.layout import ARCHIVE, DESCRIPTION, DIGEST, EXTRA_PAGES, INDEX, INDEX_OF_INDEX, PAGES
from newscrawl.archive.wacz.originals import RevisitNames
from newscrawl.archive.wacz.pages import ARTICLE, TitleOf, header, is_home_page, joined, page_of, part_lines, with_kind
from newscrawl.archive.wacz.zip_file import Package, index_blocks
from newscrawl.capture import Capture
from newscrawl.display import counted
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.files.atomic import whole_file
from newscrawl.files.names import is_open
from newscrawl.files.sorted_lines import sorted_lines
from newscrawl.files.sources import Source, sources_of

WACZ_VERSION = "1.1.1"
LOOKED_UP = 1_000
"""Revisits without their original whose crawl is looked up, to name it; with ``with_originals`` all are looked up."""
_PACKED = (".warc.gz", ".warc")
"""What a package may hold (WACZ 1.1.1, 5.1)."""
_GZIP = b"\x1f\x8b"
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Missing:
    """The originals of revisits that a package lacks."""

    revisits: int = 0
    """Revisits whose original is in none of the files that were packed."""
    crawls: tuple[str, ...] = ()
    """Names of the files beside the packed ones that hold originals, as far as they were looked up."""
    added: int = 0
    """Originals that were added to the package."""

    def __str__(self) -> str:
        """Return one sentence that says what is missing and where it is."""
        where = f"they are in {', '.join(self.crawls)}" if self.crawls else "no index beside the files names them"
        return f"{counted(self.revisits, 'revisit')} in this package cannot be shown without their originals: {where}"


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a package."""

    path: Path
    files: int
    captures: int
    """Lines of the index."""
    articles: int
    """Pages of ``pages.jsonl``."""
    other_pages: int
    """Pages of ``extraPages.jsonl``."""
    missing: Missing
    still_open: tuple[str, ...]
    """Files that were left out because a crawl is writing them."""


def write_wacz(
    sources: Iterable[str | Path],
    output: str | Path,
    *,
    title: str | None = None,
    created: datetime | None = None,
    title_of: TitleOf | None = None,
    with_originals: bool = False,
    on_skip: Callable[[RecordError], None] = lambda _: None,
) -> Packed:
    """Put the WARC files that ``sources`` name into the new package ``output``; return what went into it.

    Files that a crawl is writing are left out.

    Args:
        sources: as :func:`newscrawl.files.sources.sources_of` takes them.
        output: the package; it appears under this name when it is complete.
        title: of the package; None takes the name of ``output`` without its suffix.
        created: when the package is made; None omits it, so that the same files make the same bytes.
        title_of: returns the title of an HTML capture; the headline of an article takes precedence.
        with_originals: add the originals of revisits that other files beside the sources hold.
        on_skip: called with each record that the index leaves out, and why.

    Raises:
        UsageError: ``output`` exists, or a source is not a file that a package may hold, or all are being written.
        ArchiveError: a file cannot be read or written.
    """
    output = Path(output)
    files, still_open = _files(sources)
    if output.exists():
        raise UsageError(f"{output} exists; a package is never overwritten, so name another file or remove it")
    try:
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(output))
            packing = _Packing(files, output, stack, title_of, on_skip, with_originals=with_originals)
            packed = packing.into(part, title or output.stem, created)
    except OSError as error:
        raise ArchiveError(f"{output} cannot be written: {error}") from error
    return replace(packed, still_open=still_open)


def _files(sources: Iterable[str | Path]) -> tuple[list[Source], tuple[str, ...]]:
    """Return the files that can be packed, and the names of those that are being written."""
    found = [source for each in sources for source in sources_of(each)]
    files = [source for source in found if not is_open(source.name)]
    still_open = tuple(source.name for source in found if is_open(source.name))
    if not files:
        raise UsageError(
            f"{', '.join(still_open)}: being written, so nothing can be packed yet; if the crawl was killed, run "
            '"newscrawl salvage"'
        )
    by_name: dict[str, Source] = {}
    for source in files:
        if not source.filename.endswith(_PACKED):
            raise UsageError(f"{source.name}: a WACZ holds {' and '.join(_PACKED)} files only")
        if source.filename in by_name:
            other = by_name[source.filename]
            raise UsageError(f"{source.name} and {other.name} have the same name, so an index cannot tell them apart")
        by_name[source.filename] = source
    return files, still_open


class _Packing:
    """One package while it is made."""

    def __init__(
        self,
        files: list[Source],
        output: Path,
        stack: ExitStack,
        title_of: TitleOf | None,
        on_skip: Callable[[RecordError], None],
        *,
        with_originals: bool,
    ) -> None:
        self._files = files
        self._output = output
        self._folder = output.parent
        self._stack = stack
        self._title_of = title_of
        self._on_skip = on_skip
        self._with_originals = with_originals
        self._parts = self._temporary()
        self._added = self._temporary()
        self._originals = Originals()
        self._names = RevisitNames(self._folder, stack)
        self._missing = Missing()
        self._captures = 0
        self._main_page: dict[str, Any] | None = None

    def into(self, target: IO[bytes], title: str, created: datetime | None) -> Packed:
        """Write the package to ``target``."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            package = Package(archive)
            for source in self._files:
                with source.open() as stream:
                    package.add_file(f"{ARCHIVE}{source.filename}", stream)
            self._add_index(package)
            articles, others = self._add_pages(package)
            package.add(DESCRIPTION, self._description(package, title, created), listed=False)
            package.add(DIGEST, _json({"path": DESCRIPTION, "hash": package.hashes[DESCRIPTION]}), listed=False)
        return Packed(self._output, len(self._files), self._captures, articles, others, self._missing, ())

    def _add_index(self, package: Package) -> None:
        blocks = self._temporary()
        unsorted = chain(self._index_lines(), self._lines_of_originals(package))
        lines = sorted_lines(unsorted, self._folder, self._stack)
        index_of_index = b"".join(index_blocks(lines, blocks, Path(INDEX).name))
        package.add_file(INDEX, blocks)
        package.add(INDEX_OF_INDEX, index_of_index)

    def _index_lines(self) -> Iterator[bytes]:
        """Yield the unsorted lines of the index; write aside what the records give for the pages and originals."""
        for number, source in enumerate(self._files):
            for record, block in blocks_of(source, INDEXED | {"metadata"}, self._on_skip):
                capture_of = partial(self._capture, source)
                self._parts.writelines(part_lines(record, block, capture_of, self._title_of))
                self._names.add(record, number)
                if record.type in INDEXED:
                    yield from self._line(record, block)

    def _line(self, record: Record, block: Block) -> Iterator[bytes]:
        try:
            entry = entry_of(record, block)
        except RecordError as error:
            self._on_skip(error)
            return
        if entry is not None:
            self._captures += 1
            yield entry.line()

    def _lines_of_originals(self, package: Package) -> Iterator[bytes]:
        """Find the originals that the files lack; with ``with_originals`` add them, and yield their index lines."""
        name = _free_name("originals", {source.filename for source in self._files})
        crawls: Counter[str] = Counter()
        added: set[Place] = set()
        revisits = left = 0
        for number, offset in self._names.unresolved():
            revisits += 1
            found = self._original(self._files[number], offset) if self._looks_up(revisits) else None
            if found is not None and self._with_originals and (member := _member(found)) is not None:
                if found[0] not in added:
                    added.add(found[0])
                    yield from self._line_of_original(found, member, name)
                continue
            left += 1
            if found is not None:
                crawls[found[1].filename] += 1
        if added:
            package.add_file(f"{ARCHIVE}{name}", self._added)
        self._missing = Missing(left, tuple(sorted(crawls)), len(added))

    def _line_of_original(self, found: tuple[Place, Record, Block], member: bytes, name: str) -> Iterator[bytes]:
        entry = entry_of(*found[1:])
        if entry is not None:
            yield replace(entry, filename=name, offset=self._added.tell(), length=len(member)).line()
            self._captures += 1
        self._added.write(member)

    def _looks_up(self, number: int) -> bool:
        return self._with_originals or number <= LOOKED_UP

    def _original(self, source: Source, offset: int) -> tuple[Place, Record, Block] | None:
        try:
            return self._originals.place_of(source, block_at(source, offset)[0])
        except ArchiveError:
            return None

    def _capture(self, source: Source, record: Record, block: Block) -> Capture | None:
        """Return the capture of a page; of a revisit with the payload of its original, if that came before it."""
        if record.type != "revisit":
            self._originals.remember(source, record, block)
            return capture_from(record, block)
        original = self._originals.original_of(source, record)
        return revisited(record, block, *original) if original is not None else None

    def _add_pages(self, package: Package) -> tuple[int, int]:
        """Write both lists of pages; return the number of pages in each."""
        self._parts.seek(0)
        by_record = sorted_lines(self._parts, self._folder, self._stack)
        by_url = sorted_lines(joined(by_record), self._folder, self._stack)
        articles, others = self._temporary(), self._temporary()
        for kind, line in with_kind(by_url):
            (articles if kind == ARTICLE else others).write(line)
        if not articles.tell():  # an archive of another crawler: nothing says what is an article
            articles, others = others, articles
        pages, extra_pages = self._temporary(), self._temporary()
        pages.write(_json(header("pages", "Articles"), indent=None))
        extra_pages.write(_json(header("extra-pages", "Other pages, and the texts of the articles"), indent=None))
        article_count = other_count = 0
        for line in self._sorted(articles):
            page = self._noted(line)
            pages.write(_json(page, indent=None))
            article_count += 1
            if "text" in page and others.tell():
                # wabac.js (ReplayWeb.page) searches this list alone where there is one.
                extra_pages.write(_json(page, indent=None))
        for line in self._sorted(others):
            extra_pages.write(_json(self._noted(line), indent=None))
            other_count += 1
        package.add_file(PAGES, pages, deflated=True)
        if other_count:
            package.add_file(EXTRA_PAGES, extra_pages, deflated=True)
        return article_count, other_count

    def _sorted(self, lines: IO[bytes]) -> Iterator[bytes]:
        lines.seek(0)
        return sorted_lines(lines, self._folder, self._stack)

    def _noted(self, line: bytes) -> dict[str, Any]:
        """Return the page in ``line``; note it if it is the one that a player should show first."""
        page = page_of(line)
        if self._main_page is None or (is_home_page(page) and not is_home_page(self._main_page)):
            self._main_page = page
        return page

    def _description(self, package: Package, title: str, created: datetime | None) -> bytes:
        page = self._main_page or {}
        description = f"{self._missing}." if self._missing.revisits else None
        # wabac.js (ReplayWeb.page) shows the title and description below "metadata", which the specification lets be.
        shown = {"title": title, "desc": description} if description else {"title": title}
        content = {
            "profile": "data-package",
            "resources": package.resources,
            "title": title,
            "description": description,
            "metadata": shown,
            "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if created else None,
            "mainPageUrl": page.get("url"),
            "mainPageDate": page.get("ts"),
            "wacz_version": WACZ_VERSION,
            "software": f"newscrawl {version('newscrawl')}",
        }
        return _json({name: value for name, value in content.items() if value is not None})

    def _temporary(self) -> IO[bytes]:
        return self._stack.enter_context(TemporaryFile(dir=self._folder))


def _member(found: tuple[Place, Record, Block]) -> bytes | None:
    """Return the record as a gzip member of its own: the bytes of its file where it is one there; None if it cannot."""
    place, record, _ = found
    if record.end is None or not record.addressable:
        return None
    raw = place.source.part(place.offset, record.end - place.offset).read()
    if raw.startswith(_GZIP):
        return raw
    if record.plain:
        return gzip.compress(raw[: len(raw) - len(record.gap)] + RECORD_END, mtime=0)
    return None


def _free_name(stem: str, taken: set[str]) -> str:
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.warc.gz" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _json(content: object, indent: int | None = 2) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=indent).encode("utf-8", "replace") + b"\n"
