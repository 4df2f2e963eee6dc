"""Archives to lines: ours on one and two processes and on Spark, warcio with trafilatura."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import publisher
from bench.data import ARCHIVED_PAGES, ARCHIVES
from bench.environment import ROOT

PEER_PAGES = 60
"""Pages that warcio with trafilatura reads: it takes many times as long."""


def one_process(data: Path) -> Callable[[], int]:
    """`newscrawl replay --processes 1`, the process's start included."""
    return _replay(data / "warc", 1, ARCHIVES * ARCHIVED_PAGES)


def two_processes(data: Path) -> Callable[[], int]:
    """`newscrawl replay --processes 2`, the same."""
    return _replay(data / "warc", 2, ARCHIVES * ARCHIVED_PAGES)


def publisher_pages(data: Path) -> Callable[[], int]:
    """`newscrawl replay --processes 1` on the archive of the publisher page."""
    return _replay(data / publisher.ARCHIVE, 1, publisher.ARCHIVED_PAGES)


def _replay(archive: Path, processes: int, pages: int) -> Callable[[], int]:
    output = Path(os.environ["BENCH_SCRATCH"]) / "replayed"
    command = [sys.executable, "-m", "scrapy", "replay", str(archive), "--output", str(output)]
    command += ["--processes", str(processes)]
    settings = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings.replay", "PYTHONPATH": str(ROOT)}

    def run() -> int:
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **settings})  # noqa: S603 - our own arguments
        lines = sum(path.read_bytes().count(b"\n") for path in output.rglob("*.jsonl"))
        if lines < pages * 0.9:
            raise SystemExit(f"only {lines} lines")
        return pages

    return run


def growing(_data: Path) -> Callable[[], int]:
    """Return a folder of archives of another size."""
    folder = Path(os.environ["BENCH_REPLAYED_FOLDER"])
    output = Path(os.environ["BENCH_SCRATCH"]) / "replayed"
    command = [sys.executable, "-m", "scrapy", "replay", str(folder), "--output", str(output), "--processes", "2"]
    settings = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings.replay", "PYTHONPATH": str(ROOT)}

    def run() -> int:
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **settings})  # noqa: S603 - our own arguments
        with_lines = (path.open("rb") for path in output.rglob("*.jsonl"))
        return sum(sum(1 for _ in lines) for lines in with_lines)

    return run


def warcio_trafilatura(data: Path) -> Callable[[], int]:
    """Do what a script does that combines the two."""
    return _warcio_trafilatura(data / "warc")


def warcio_trafilatura_on_publisher_pages(data: Path) -> Callable[[], int]:
    """Do the same on the archive of the publisher page."""
    return _warcio_trafilatura(data / publisher.ARCHIVE)


def _warcio_trafilatura(archive: Path) -> Callable[[], int]:
    from trafilatura import bare_extraction
    from warcio.archiveiterator import ArchiveIterator

    path = min(archive.glob("*.warc.gz"))

    def run() -> int:
        count = 0
        with path.open("rb") as stream, (Path(os.environ["BENCH_SCRATCH"]) / "lines").open("w") as output:
            for record in ArchiveIterator(stream):
                if record.rec_type != "response":
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                html = record.content_stream().read()
                found = bare_extraction(
                    html, url=url, include_comments=False, with_metadata=True, output_format="python"
                )
                if found is not None:
                    fields = {name: value for name, value in found.as_dict().items() if isinstance(value, str | None)}
                    output.write(json.dumps(fields) + "\n")
                count += 1
                if count == PEER_PAGES:
                    break
        return count

    return run


def on_spark(data: Path) -> Callable[[], int]:
    """Do the same on Spark with two threads of one machine, including the start of Java and of Spark's workers."""
    output = Path(os.environ["BENCH_SCRATCH"]) / "spark"
    command = [str(Path(sys.executable).with_name("spark-submit")), "--master", "local[2]"]
    command += ["--conf", "spark.ui.enabled=false", str(ROOT / "newscrawl" / "replay" / "spark" / "main.py")]
    command += [str(data / "warc"), "--output", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}

    def run() -> int:
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - our own arguments
        lines = sum(path.read_bytes().count(b"\n") for path in output.glob("part-*"))
        if lines < ARCHIVES * ARCHIVED_PAGES * 0.9:
            raise SystemExit(f"only {lines} lines")
        return ARCHIVES * ARCHIVED_PAGES

    return run
