"""What replay on Spark costs, for the model in docs/cluster.md: ``python -m bench.cluster [ROUNDS]``.

Start-up, a file, a page, and what a second core gives; each run is a program of its own, runs of one and of two cores
take turns, and the best of the rounds counts, as other work on the machine only ever adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import PAGE_KILOBYTES, archive
from newscrawl.samplesite.publication import Publication

SMALL_FILES = 64
SOME, MANY, PAGES = 4, 24, 200
"""Files of pages of the usual size, and pages in each."""


def main(rounds: int) -> None:
    """Measure each number of processes ``rounds`` times and print the best figures."""
    with TemporaryDirectory(prefix="newscrawl-bench-") as name:
        folder = Path(name)
        sources = _sources(folder)
        best: dict[tuple[str, int], tuple[float, float]] = {}
        for _ in range(rounds):
            for source in sources:
                for cores in (1, 2):
                    found = _seconds(sources[source], cores, folder / "out")
                    best[source, cores] = min(best.get((source, cores), found), found)
                    print(f"{source:6} on {cores} cores: {found[0]:6.1f} s, {found[1]:6.1f} s of processor", flush=True)
    for cores in (1, 2):
        start = best["one", cores][0]
        file = (best["small", cores][0] - start) / (SMALL_FILES - 1)
        page = (best["many", cores][0] - best["some", cores][0]) / ((MANY - SOME) * PAGES)
        print(f"{cores} cores: start {start:.1f} s, a file {file * 1000:.0f} ms, a page {page * 1000:.2f} ms")
    more = [best["many", cores][0] - best["some", cores][0] for cores in (1, 2)]
    print(f"two cores against one, from the first {SOME} files on: {more[0] / more[1]:.2f}")


def _sources(folder: Path) -> dict[str, list[str]]:
    """Return archives: one page; many files of one page; some files of pages of 100 kB; many of these."""
    site = Publication(1_000)
    for number in range(SMALL_FILES):
        archive(folder / "small", f"small{number:02}", site, number, 1)
    large = Publication(2 * MANY * PAGES, page_kilobytes=PAGE_KILOBYTES)
    for number in range(MANY):
        archive(folder / ("some" if number < SOME else "rest"), f"large{number:02}", large, number * PAGES, PAGES)
    one = str(min((folder / "small").glob("*.warc.gz")))
    return {
        "one": [one],
        "small": [str(folder / "small")],
        "some": [str(folder / "some")],
        "many": [str(folder / "some"), str(folder / "rest")],
    }


def _seconds(sources: list[str], cores: int, output: Path) -> tuple[float, float]:
    """Wall-clock and processor time of one replay."""
    submit = str(Path(sys.executable).with_name("spark-submit"))
    main_program = str(Path(__file__).parent.parent / "newscrawl" / "replay" / "spark" / "main.py")
    command = [submit, "--master", f"local[{cores}]", "--conf", "spark.ui.enabled=false", main_program, *sources]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    started, before = time.perf_counter(), os.times()
    command += ["--output", str(output), "--overwrite"]
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - our own arguments
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, processor


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
