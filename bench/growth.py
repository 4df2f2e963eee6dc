"""How cost grows with size: the rate should stay, memory too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.data import DATA, archive
from bench.measuring import Group, Run, Subject
from bench.measuring import measured as measured_group
from newscrawl.samplesite.publication import Publication

SIZES = (1_000, 10_000, 100_000)
KNOWN = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""URLs that the state knows: svoboda.org alone has 881,797."""
ARCHIVE_PAGES = 10_000
"""Pages of one archive file, so that a large replay is of many files, as real ones are."""


def measured(limit: int, console: Console) -> dict[str, list[dict[str, Any]]]:
    """Crawl, replay and state look-ups at each size up to ``limit``; pages as they are, about 10 kB."""
    os.environ["BENCH_PAGE_KILOBYTES"] = "0"
    grown: dict[str, list[dict[str, Any]]] = {"crawl": [], "replay": [], "state": []}
    for size in (size for size in SIZES if size <= limit):
        os.environ["BENCH_CRAWLED_PAGES"] = str(size)
        grown["crawl"].append(_point("crawling:growing", size, console))
        os.environ["BENCH_REPLAYED_FOLDER"] = str(_archives(size))
        grown["replay"].append(_point("replaying:growing", size, console))
    for known in (known for known in KNOWN if known <= limit * 100):
        os.environ["BENCH_KNOWN_URLS"] = str(known)
        grown["state"].append(_point("knowing:looked_up", known, console))
    return grown


def _point(place: str, size: int, console: Console) -> dict[str, Any]:
    group = Group(place, place, "page", (Subject(f"{place} at {size:,}", place),), rounds=1)
    result = measured_group(group, DATA)[0]
    if not result.runs:
        raise SystemExit(f"{place} at {size:,}: {result.error}")
    run: Run = result.runs[0]
    console.print(f"{place} at {size:,}: {run.rate:,.0f} a second, {run.peak / 1e6:.0f} MB at most")
    return {"size": size, "rate": run.rate, "milliseconds": run.milliseconds, "peak": run.peak}


def _archives(size: int) -> Path:
    """Return a folder of WARC files with ``size`` small pages, made once."""
    folder = DATA / f"warc-{size}"
    if not folder.exists():
        publication = Publication(size + 200)
        made = folder.with_name(folder.name + ".new")
        for start in range(0, size, ARCHIVE_PAGES):
            archive(made, f"bench{start:06}", publication, start, min(ARCHIVE_PAGES, size))
        made.rename(folder)
    return folder
