"""What reading an archive costs: captures out of WARC files, beside what warcio and FastWARC alone take.

``python -m bench.archive_reading`` prints CPU ms a page: each reads its HTTP head and its payload, decoded.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from bench.pageserver import response
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions

PAGES = 400
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class ReadingCosts:
    """CPU ms of one page, the best of the rounds."""

    newscrawl_ms: float
    """Our reader, whole: SHA-1 of the payload, revisits resolved, damage survived."""
    fastwarc_ms: float
    """HTTP parsed, body read with its codings undone and digested."""
    warcio_ms: float
    """The same."""


def reading_costs(compression: str = "gzip", pages: int = PAGES, rounds: int = ROUNDS) -> ReadingCosts:
    """Measure reading of pages that are gzip-coded as served."""
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-bench-"))
    try:
        writer = WarcWriter(folder, "bench", WriterOptions(compression=compression))
        for number in range(pages):
            url = f"https://www.example.org/a/{number}.html"
            writer.write_exchange(Exchange(url, datetime.now(UTC), b"GET / HTTP/1.1\r\n\r\n", response(number)))
        writer.close()
        (path,) = folder.iterdir()
        best = [float("inf")] * 3
        for _ in range(rounds):
            for place, read in enumerate((_newscrawl, _fastwarc, _warcio)):
                started = time.process_time()
                assert read(path) == pages
                best[place] = min(best[place], (time.process_time() - started) * 1000 / pages)
        return ReadingCosts(*best)
    finally:
        shutil.rmtree(folder)


def _newscrawl(path: Path) -> int:
    return sum(1 for capture in read_captures(path) if capture.payload)


def _fastwarc(path: Path) -> int:
    import hashlib

    count = 0
    for record in FastIterator(str(path), record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
        hashlib.sha1(body := record.reader.read(), usedforsecurity=False)
        count += bool(body)
    return count


def _warcio(path: Path) -> int:
    import hashlib

    count = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                hashlib.sha1(body := record.content_stream().read(), usedforsecurity=False)
                count += bool(body)
    return count


def main() -> None:
    """Print the figures as JSON."""
    print(json.dumps({name: round(value, 3) for name, value in asdict(reading_costs()).items()}))


if __name__ == "__main__":
    main()
