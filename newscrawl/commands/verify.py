"""``scrapy verify PATH…``: whether archives are what they should be."""

from __future__ import annotations

import argparse
import json
from typing import Any

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.verify.record_links import Fault
from newscrawl.archive.verify.verify import Verdict, Verification, verify
from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ArchiveError, UsageError


class Command(BaseCommand):
    """Check WARC, ARC and WACZ files."""

    def syntax(self) -> str:
        """What follows ``scrapy verify``."""
        return "[--json] PATH…"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Check archives (WARC, ARC, WACZ, folders, addresses): exit status 0 when all is well, 1 when not"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds ``--json``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON object per file, with its faults")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check and report."""
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        try:
            verification = verify(args, on_fault=None if opts.json else _print)
        except (ArchiveError, UsageError) as error:
            raise ScrapyUsageError(str(error), print_help=False) from error
        if opts.json:
            for verdict in verification.verdicts:
                print(json.dumps(_as_json(verdict), ensure_ascii=False))
        else:
            print(_summary(verification))
        self.exitcode = 0 if verification.sound else 1


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


def _summary(verification: Verification) -> str:
    verdicts = verification.verdicts
    faulty = sum(not verdict.sound for verdict in verdicts)
    lines = [
        f"{len(verdicts)} files, {sum(verdict.records for verdict in verdicts)} records, "
        f"{sum(verdict.fault_count for verdict in verdicts)} faults in {faulty} files"
    ]
    if verification.unchecked_links:
        lines.append(f"{verification.unchecked_links} links lead to records that are not in these files: unchecked")
    return "\n".join(lines)
