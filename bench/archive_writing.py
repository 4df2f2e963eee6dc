"""What the archive costs: CPU of recording and writing an exchange, and of a crawl with it against one without.

``python -m bench.archive_writing`` prints both. All variants run in turn, so that a busy machine hits them alike.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from bench.pageserver import response
from newscrawl.archive.cdxj.live import LiveIndex
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.records.spool import Tape
from newscrawl.archive.writing.writer import WarcWriter

EXCHANGES = 200
ROUNDS = 5
CRAWL_PAGES = 1000
CRAWL_ROUNDS = 5
_PACKET = 16_384
"""Bytes that come off a socket at once."""
_REQUEST = (
    b"GET /a/some-article-about-something/31000000.html HTTP/1.1\r\nAccept: text/html,application/xhtml+xml\r\n"
    b"Accept-Language: en\r\nUser-Agent: newscrawl/0.1 (news archive)\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
    b"Host: www.example.org\r\nConnection: keep-alive\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class WritingCosts:
    """CPU ms of one exchange of a gzip-coded page, request and response: the best of the rounds."""

    newscrawl_ms: float
    """Recorded from the socket's pieces, digested, written with its index line."""
    warcio_ms: float
    """warcio's writer as it comes: written alone, nothing recorded."""


@dataclass(frozen=True, slots=True)
class CrawlCosts:
    """Of a crawl whose callback does nothing: the best of the rounds, as others on the machine only ever add to it."""

    pages_per_second_without: float
    pages_per_second_with: float
    cpu_ms_without: float
    cpu_ms_with: float

    @property
    def throughput_kept(self) -> float:
        """Pages a second with the archive, of those without."""
        return self.pages_per_second_with / self.pages_per_second_without


def writing_costs(exchanges: int = EXCHANGES, rounds: int = ROUNDS) -> WritingCosts:
    """Measure writing alone."""
    messages = [response(number) for number in range(exchanges)]
    ours, theirs = [], []
    for _ in range(rounds):
        for figures, write in ((ours, _with_newscrawl), (theirs, _with_warcio)):
            folder = Path(tempfile.mkdtemp(prefix="newscrawl-bench-"))
            try:
                started = time.process_time()
                write(folder, messages)
                figures.append((time.process_time() - started) * 1000 / exchanges)
            finally:
                shutil.rmtree(folder)
    return WritingCosts(min(ours), min(theirs))


def _with_newscrawl(folder: Path, messages: list[bytes]) -> None:
    index = LiveIndex(folder)
    writer = WarcWriter(folder, "bench", on_records=[index.add])
    for number, message in enumerate(messages):
        sent, received = Tape(), Tape()
        sent.write(_REQUEST)
        for start in range(0, len(message), _PACKET):
            received.write(message[start : start + _PACKET])
        writer.write_exchange(
            Exchange(
                f"https://www.example.org/a/{number}.html",
                datetime.now(UTC),
                sent.message(),
                received.message(),
                ip_address="192.0.2.1",
                protocols=("http/1.1",),
            )
        )
    writer.close()
    index.close()


def _with_warcio(folder: Path, messages: list[bytes]) -> None:
    parser = StatusAndHeadersParser([], verify=False)
    with (folder / "bench.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number, message in enumerate(messages):
            url = f"https://www.example.org/a/{number}.html"
            body, request = BytesIO(message), BytesIO(_REQUEST)
            answer = writer.create_warc_record(url, "response", payload=body, http_headers=parser.parse(body))
            asked = writer.create_warc_record(url, "request", payload=request, http_headers=parser.parse(request))
            writer.write_request_response_pair(asked, answer)


def crawl_costs(pages: int = CRAWL_PAGES, rounds: int = CRAWL_ROUNDS) -> CrawlCosts:
    """Measure whole crawls, each in a process of its own, against a server in another."""
    with subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "bench.pageserver", str(pages)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        found: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        for _ in range(rounds):
            for archived in (False, True):
                found[archived].append(_crawl_in_a_process(port, pages, archived=archived))
        assert server.stdin is not None
        server.stdin.close()
    without, with_archive = ([min(column) for column in zip(*found[key], strict=True)] for key in found)
    return CrawlCosts(pages / without[0], pages / with_archive[0], without[1], with_archive[1])


def _crawl_in_a_process(port: int, pages: int, *, archived: bool) -> tuple[float, float]:
    """Seconds from the first request to the last response, and CPU ms a page."""
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-bench-"))
    try:
        task = json.dumps({"port": port, "pages": pages, "archived": archived, "folder": str(folder)})
        done = subprocess.run(  # noqa: S603 - same
            [sys.executable, "-m", "bench.archive_crawl", task], capture_output=True, text=True, check=True
        )
        figures = json.loads(done.stdout.splitlines()[-1])
        return figures["seconds"], figures["cpu_ms"]
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Print the figures as JSON, one kind a line."""
    measures: tuple[Callable[[], WritingCosts | CrawlCosts], ...] = (writing_costs, crawl_costs)
    for measure in measures:
        costs = measure()
        kept = {"throughput_kept": costs.throughput_kept} if isinstance(costs, CrawlCosts) else {}
        print(json.dumps({name: round(value, 3) for name, value in {**asdict(costs), **kept}.items()}))


if __name__ == "__main__":
    main()
