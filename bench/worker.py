"""Runs one subject and prints its figures as one line of JSON: ``python bench/worker.py MODULE:FUNCTION DATA``.

It imports nothing of newscrawl itself, so that it runs with the interpreter of any peer. What is timed is the callable
that the function returns, without imports and preparation.
"""

from __future__ import annotations

import gc
import importlib
import json
import resource
import sys
import time
from pathlib import Path


def main(place: str, data: Path) -> None:
    """Prepare, run, print."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    module, _, function = place.partition(":")
    run = getattr(importlib.import_module(f"bench.subjects.{module}"), function)(data)
    gc.collect()
    cpu, wall = _cpu(), time.perf_counter()
    result = run()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    figures = result if isinstance(result, dict) else {"units": result}
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": _peak(), **figures}))


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak() -> int:
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
