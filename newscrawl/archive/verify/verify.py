"""Check whether archives are sound: each fault with its file, offset, record and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from newscrawl.archive.reading.recover import Records
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.index_check import IndexCheck
from newscrawl.archive.verify.package_check import package_faults
from newscrawl.archive.verify.record_checks import Checked, answers_not_modified, faults_of
from newscrawl.archive.verify.record_links import Fault, Links
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.files.names import INDEX
from newscrawl.files.sources import STDIN, ZIP_ERRORS, Source, is_package, paths_of, wacz_sources, zip_file

MAX_FAULTS = 1000
"""Faults of one file that a verdict keeps; more are counted."""
_PACKAGED_INDEXES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")


@dataclass(slots=True)
class Verdict:
    """What was found in one file."""

    path: str
    records: int = 0
    """Whole records."""
    is_index: bool = False
    """The file is an index, and not an archive."""
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    """The first :data:`MAX_FAULTS` of them."""

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong with it."""
        return self.fault_count == 0


@dataclass(slots=True)
class Verification:
    """What was found in all files."""

    verdicts: list[Verdict]
    unchecked_links: int
    """Links to records of files that were not given: they may be right."""
    missing: list[str] = field(default_factory=list)
    """Why sources could not be found, one message for each."""

    @property
    def sound(self) -> bool:
        """Return whether all sources were found and nothing is wrong with any file."""
        return not self.missing and all(verdict.sound for verdict in self.verdicts)


def verify(sources: Iterable[str | Path], on_fault: Callable[[Fault], None] | None = None) -> Verification:
    """Check the archives that ``sources`` name: WARC, ARC and WACZ files, folders, patterns, addresses.

    Checked are gzip members and frames, heads, lengths, digests (the payload's by both conventions), record ids, dates,
    the links between the records of all files given, CDXJ files beside an archive or in a WACZ against it, and the
    WACZ's headers and list of files. What cannot be found or read never ends the check of the rest.

    Args:
        sources: as :func:`newscrawl.files.sources.sources_of` takes them.
        on_fault: called with each fault as it is found.
    """
    return _Run(on_fault or (lambda _: None)).over(sources)


class _Run:
    """One verification of several files."""

    def __init__(self, on_fault: Callable[[Fault], None]) -> None:
        self._on_fault = on_fault
        self._links = Links()
        self._verdicts: dict[str, Verdict] = {}
        self._by_folder: dict[Path, IndexCheck] = {}

    def over(self, sources: Iterable[str | Path]) -> Verification:
        missing = []
        for source in sources:
            try:
                for path in paths_of(source):
                    self._path(path)
            except (ArchiveError, UsageError) as error:
                missing.append(str(error))
        for check in self._by_folder.values():
            self._report_all(check.leftovers())
        self._report_all(self._links.faults())
        return Verification(list(self._verdicts.values()), self._links.unchecked, missing)

    def _path(self, path: str) -> None:
        if is_package(path):
            self._package(path)
        else:
            self._file(Source(path), self._index_beside(path))

    def _package(self, path: str) -> None:
        self._verdict(path)
        index = IndexCheck()
        for part in (self._package_itself, self._packaged_indexes, self._packaged_archives):
            try:
                part(path, index)
            except ArchiveError as error:
                self._report(Fault(path, 0, None, str(error)))
                if part == self._package_itself:
                    return
        self._report_all(index.leftovers())

    def _package_itself(self, path: str, _: IndexCheck) -> None:
        for reason in package_faults(path):
            self._report(Fault(path, 0, None, reason))

    def _packaged_indexes(self, path: str, index: IndexCheck) -> None:
        self._report_all(_packaged_index_faults(path, index))

    def _packaged_archives(self, path: str, index: IndexCheck) -> None:
        for source in wacz_sources(path):
            self._file(source, index)

    def _index_beside(self, path: str) -> IndexCheck:
        if "://" in path or path == STDIN:
            return IndexCheck()
        folder = Path(path).parent
        if folder not in self._by_folder:
            check = self._by_folder[folder] = IndexCheck()
            for index in sorted(folder.glob("*" + INDEX)):
                self._verdict(str(index)).is_index = True
                try:
                    with index.open("rb") as stream:
                        self._report_all(check.add_index(str(index), stream))
                except ZIP_ERRORS as error:  # the same errors come of damaged gzip files
                    self._report(Fault(str(index), 0, None, f"cannot be read: {error}"))
        return self._by_folder[folder]

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
                    not_modified = answers_not_modified(record, checked)
                    reasons = (
                        *faults_of(record, checked),
                        *self._links.add(record),
                        *index.faults_of(record, not_modified=not_modified),
                    )
                    for reason in reasons:
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
    with zip_file(path) as package:
        names = [name for name in package.namelist() if name.startswith("indexes/")]
        for name in sorted(name for name in names if name.endswith(_PACKAGED_INDEXES)):
            try:
                with package.open(name) as lines:
                    yield from index.add_index(f"{path}#{name}", cast("BinaryIO", lines))
            except ZIP_ERRORS as error:
                yield Fault(f"{path}#{name}", 0, None, f"cannot be read: {error!r}")
