"""``newscrawl verify PATH…``: check archives."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.verify.record_links import Fault
from newscrawl.archive.verify.verify import Verdict, Verification, verify
from newscrawl.command_line.command import BaseCommand
from newscrawl.display import counted, printable


class Command(BaseCommand):
    """Check WARC, ARC and WACZ files."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl verify``."""
        return "[--json] PATH…"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return (
            "Check archives (WARC, ARC, WACZ, folders, addresses): exit status 0 if all is well, 1 if there are faults"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON object per file, with its faults")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check and report; the exit status is 0 without faults, 1 with faults, 2 if a source cannot be found."""
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        verification = verify(args, on_fault=None if opts.json else _print)
        if opts.json:
            for verdict in verification.verdicts:
                print(json.dumps(_as_json(verdict)))
        elif verification.verdicts:
            print(summary(verification))
        for message in verification.missing:
            print(f"not checked: {printable(message)}", file=sys.stderr)
        self.exitcode = 2 if verification.missing else 0 if verification.sound else 1


def _print(fault: Fault) -> None:
    print(fault)


def _as_json(verdict: Verdict) -> dict[str, Any]:
    faults = [{"offset": each.offset, "record": each.record_id, "reason": each.reason} for each in verdict.faults]
    return {
        "path": verdict.path,
        "sound": verdict.sound,
        "records": verdict.records,
        "faultCount": verdict.fault_count,
        "faults": faults,
    }


def summary(verification: Verification) -> str:
    """Return what was found, in one line, and in a second one what could not be checked."""
    verdicts = verification.verdicts
    indexes = sum(verdict.is_index for verdict in verdicts)
    counts = [counted(len(verdicts) - indexes, "archive")]
    if indexes:
        counts.append(counted(indexes, "index", "indexes"))
    counts.append(counted(sum(verdict.records for verdict in verdicts), "record"))
    faulty = sum(not verdict.sound for verdict in verdicts)
    faults = counted(sum(verdict.fault_count for verdict in verdicts), "fault") if faulty else "no faults"
    lines = [f"{', '.join(counts)}: {faults}" + (f" in {counted(faulty, 'file')}" if faulty else "")]
    if verification.unchecked_links:
        links = counted(verification.unchecked_links, "link")
        lines.append(f"{links} to records in files that were not given: not checked")
    return "\n".join(lines)
