"""Whether archives are what they should be: each fault with its file, offset, record and reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from newscrawl.archive.reading.recover import Records
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.index_check import IndexCheck
from newscrawl.archive.verify.package_check import package_faults
from newscrawl.archive.verify.record_checks import Checked, faults_of
from newscrawl.archive.verify.record_links import Fault, Links
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import WACZ, Source, opened, paths_of, wacz_sources

MAX_FAULTS = 1000
"""Faults of one file that a verdict keeps; more are counted."""
_INDEX = ".cdxj"
_PACKAGED_INDEXES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")


@dataclass(slots=True)
class Verdict:
    """What was found in one file."""

    path: str
    records: int = 0
    """Whole records."""
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    """The first :data:`MAX_FAULTS` of them."""

    @property
    def sound(self) -> bool:
        """Nothing is wrong with it."""
        return self.fault_count == 0


@dataclass(slots=True)
class Verification:
    """What was found in all files."""

    verdicts: list[Verdict]
    unchecked_links: int
    """Links to records of files that were not given: they may be right."""

    @property
    def sound(self) -> bool:
        """Nothing is wrong with any of them."""
        return all(verdict.sound for verdict in self.verdicts)


def verify(sources: Iterable[str | Path], on_fault: Callable[[Fault], None] | None = None) -> Verification:
    """Check the archives that ``sources`` name: WARC, ARC and WACZ files, folders, patterns, addresses.

    Checked are gzip members and frames, heads, lengths, digests (the payload's by both conventions), record ids, dates,
    the links between the records of all files given, CDXJ files beside an archive or in a WACZ against it, and the
    WACZ's own list of files.

    Args:
        sources: as :func:`newscrawl.files.sources.sources_of` takes them.
        on_fault: told of each fault as it is found.

    Raises:
        ArchiveError: a source that cannot be found.
    """
    return _Run(on_fault or (lambda _: None)).over(path for source in sources for path in paths_of(source))


class _Run:
    """One verification of several files."""

    def __init__(self, on_fault: Callable[[Fault], None]) -> None:
        self._on_fault = on_fault
        self._links = Links()
        self._verdicts: dict[str, Verdict] = {}

    def over(self, paths: Iterable[str]) -> Verification:
        by_folder: dict[Path, IndexCheck] = {}
        for path in paths:
            if path.endswith(WACZ):
                self._package(path)
            else:
                self._file(Source(path), self._index_beside(path, by_folder))
        for check in by_folder.values():
            self._report_all(check.leftovers())
        self._report_all(self._links.faults())
        return Verification(list(self._verdicts.values()), self._links.unchecked)

    def _package(self, path: str) -> None:
        self._verdict(path)
        index = IndexCheck()
        try:
            for reason in package_faults(path):
                self._report(Fault(path, 0, None, reason))
            self._report_all(_packaged_index_faults(path, index))
            for source in wacz_sources(path):
                self._file(source, index)
        except ArchiveError as error:
            self._report(Fault(path, 0, None, str(error)))
        self._report_all(index.leftovers())

    def _index_beside(self, path: str, by_folder: dict[Path, IndexCheck]) -> IndexCheck:
        if "://" in path or path == "-":
            return IndexCheck()
        folder = Path(path).parent
        if folder not in by_folder:
            check = by_folder[folder] = IndexCheck()
            for index in sorted(folder.glob("*" + _INDEX)):
                self._verdict(str(index))
                with index.open("rb") as stream:
                    self._report_all(check.add_index(str(index), stream))
        return by_folder[folder]

    def _file(self, source: Source, index: IndexCheck) -> None:
        verdict = self._verdict(source.name)
        checked: Checked | None = None

        def sink_for(record: Record) -> Callable[[bytes], None]:
            nonlocal checked
            checked = Checked(record)
            return checked.feed

        def on_error(error: RecordError) -> None:
            self._report(Fault(error.path, error.offset, None, error.reason))

        try:
            with source.open() as stream:
                records = Records(stream, source.name, source.filename, sink_for=sink_for, on_fault=on_error)
                for record in records:
                    verdict.records += 1
                    assert checked is not None
                    for reason in (*faults_of(record, checked), *self._links.add(record), *index.faults_of(record)):
                        self._report(Fault(source.name, record.offset, record.id, reason))
        except (OSError, ArchiveError) as error:
            self._report(Fault(source.name, 0, None, f"cannot be read: {error}"))
        if not verdict.records and not verdict.fault_count:
            self._report(Fault(source.name, 0, None, "no record in it"))

    def _verdict(self, path: str) -> Verdict:
        return self._verdicts.setdefault(path, Verdict(path))

    def _report(self, fault: Fault) -> None:
        verdict = self._verdict(fault.path)
        verdict.fault_count += 1
        if len(verdict.faults) < MAX_FAULTS:
            verdict.faults.append(fault)
        self._on_fault(fault)

    def _report_all(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._report(fault)


def _packaged_index_faults(path: str, index: IndexCheck) -> Iterator[Fault]:
    try:
        with opened(path) as stream, zipfile.ZipFile(stream) as package:
            names = [name for name in package.namelist() if name.startswith("indexes/")]
            for name in sorted(name for name in names if name.endswith(_PACKAGED_INDEXES)):
                with package.open(name) as lines:
                    yield from index.add_index(f"{path}#{name}", cast("BinaryIO", lines))
    except (OSError, zipfile.BadZipFile, ValueError, EOFError) as error:
        yield Fault(path, 0, None, f"its index cannot be read: {error}")
