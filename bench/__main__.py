"""``python -m bench``: speed against other tools, and how it grows, in one run. See docs/performance.md."""

from __future__ import annotations

import argparse
import os
import sys

from rich.console import Console

from bench import growth, report, results
from bench.data import prepared
from bench.groups import GROUPS, QUICK
from bench.measuring import measured


def main() -> int:
    """Measure, print, keep."""
    arguments = _arguments()
    console = Console(width=max(Console().width, 120), highlight=False)
    before, head = results.load(), results.header()
    console.print(f"commit {head['commit']}; {head['machine']}; Python {head['python']}; load {os.getloadavg()[0]:.1f}")
    data = prepared()
    names = arguments.only or (QUICK if arguments.quick else [group.name for group in GROUPS])
    found = []
    for group in GROUPS:
        if group.name in names:
            found.append(
                results.group_result(group, measured(group, data, arguments.rounds or (1 if arguments.quick else None)))
            )
            report.printed(found[-1], console)
    grown = growth.measured(arguments.growth, console) if arguments.growth else {}
    for line in results.moved(before, found):
        console.print(f"moved: {line}")
    if not arguments.quick or arguments.keep:
        results.save({"header": head, "groups": found, "growth": grown})
        report.written(results.load())
        console.print("kept in bench/results.json and docs/performance.md")
    return 1 if any("error" in row and row["role"] for group in found for row in group["subjects"]) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = [group.name for group in GROUPS]
    parser.add_argument("--only", nargs="+", choices=names, metavar="GROUP", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="one round of what is done within two minutes; not kept")
    parser.add_argument("--keep", action="store_true", help="keep the results of a quick run too")
    parser.add_argument("--rounds", type=int, help="another number of rounds")
    parser.add_argument("--growth", type=int, metavar="SIZE", help="how cost grows, up to so many articles")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
