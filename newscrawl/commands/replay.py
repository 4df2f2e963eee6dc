"""``newscrawl replay SOURCE…``: archives through the article pipelines again."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ArchiveError, OutputError, RecordError, UsageError
from newscrawl.replay.explanation import explained
from newscrawl.replay.job import Replay
from newscrawl.replay.options import add_options, recipe_from, whole_number
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import RunReport
from newscrawl.reporting.bar import Bar

FINE, FAULTS, INTERRUPTED = 0, 1, 130
"""Exit statuses; 2 is a usage error. 130 is what shells make of an interrupt."""


class Command(BaseCommand):
    """Replay archives into JSON Lines or Parquet."""

    def syntax(self) -> str:
        """What follows ``newscrawl replay``."""
        return "[OPTIONS] SOURCE…"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Make articles of archives again (WARC, ARC, WACZ, CDXJ, folders, patterns, addresses)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds those of the replay to Scrapy's own."""
        super().add_options(parser)
        add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the result as a JSON object")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Replay, report, sum up."""
        assert self.settings is not None
        logging.getLogger().addHandler(logging.NullHandler())
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        try:
            recipe = recipe_from(opts, self.settings)
            processes = whole_number("processes", opts.processes) if opts.processes else None
            units = units_of(args, base=opts.base)
            if opts.explain:
                self._explain(opts.explain, units, recipe)
                return
            output = _folder(opts.output or self.settings.get("REPLAY_DIRECTORY") or "data/replayed")
            replay = Replay(units, recipe, output, processes=processes)
            self._replay(replay, restart=opts.restart, as_json=opts.json)
        except (ArchiveError, UsageError) as error:
            raise ScrapyUsageError(str(error), print_help=False) from error
        except OutputError as error:
            print(f"cannot go on: {error}", file=sys.stderr)
            self.exitcode = FAULTS

    def _explain(self, url: str, units: list[Unit], recipe: Recipe) -> None:
        found = 0
        for found, text in enumerate(explained(units, url, recipe, _print_fault), start=1):  # noqa: B007 - counts
            print(text)
        if not found:
            print(f"no capture of {url}", file=sys.stderr)
            self.exitcode = FAULTS

    def _replay(self, replay: Replay, *, restart: bool, as_json: bool) -> None:
        started = monotonic()
        with _interrupts(replay), Bar(replay.meter):
            outcome = replay.run(restart=restart)
        for fault in outcome.faults:
            _print_fault(fault)
        if as_json:
            values = {"files": outcome.files, "skipped": outcome.skipped, "lines": outcome.lines, **outcome.counts}
            print(json.dumps({"output": str(replay.output), **values, "faults": len(outcome.faults)}))
        else:
            print(summary(outcome, monotonic() - started, replay.output))
        self.exitcode = INTERRUPTED if outcome.stopped else FAULTS if outcome.faults else FINE


def _folder(output: str) -> Path:
    if "://" in output:
        raise UsageError(f"output={output!r}: a folder on this machine; only on Spark it may be an address")
    return Path(output)


def _print_fault(fault: RecordError) -> None:
    print(f"could not be read: {fault}", file=sys.stderr)


def summary(outcome: RunReport, seconds: float, output: Path) -> str:
    """A few lines for people."""
    counts = outcome.counts
    pages = counts["captures"]
    parts = [f"{outcome.files} files" + (f" ({outcome.skipped} done before)" if outcome.skipped else "")]
    parts += [f"{pages} pages", f"{counts['articles']} articles"]
    named = ("no_article", "without article"), ("rejected", "rejected"), ("failed", "failed")
    parts += [f"{counts[name]} {words}" for name, words in named if counts[name]]
    if outcome.faults:
        parts.append(f"{len(outcome.faults)} faults")
    lines = [", ".join(parts) + f", {seconds:.1f} s, {pages / max(seconds, 1e-9):.0f} pages/s"]
    if outcome.stopped:
        lines.append("stopped: the same command goes on from here")
    lines.append(f"articles   {output}/ ({outcome.lines} lines)")
    return "\n".join(lines)


@contextmanager
def _interrupts(replay: Replay) -> Iterator[None]:
    """While it lasts, SIGINT and SIGTERM end the replay at the next page; a second one ends it at once."""

    def stop(number: int, _: Any) -> None:
        replay.meter.stop()
        signal.signal(number, former[signal.Signals(number)])

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
