"""Extract articles from archives again: ``newscrawl replay SOURCE…``."""

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

from newscrawl.account import in_words
from newscrawl.command_line.command import BaseCommand
from newscrawl.display import counted
from newscrawl.errors import OutputError, RecordError, UsageError
from newscrawl.replay.job import Replay
from newscrawl.replay.options import (
    Outcomes,
    OutputOptions,
    Processes,
    Work,
    add_options,
    from_options,
    recipe_from,
)
from newscrawl.replay.output.account_file import AccountFile
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import RunReport
from newscrawl.reporting.bar import Bar

FINE, FAULTS, INTERRUPTED = 0, 1, 130
"""Exit statuses; 2 is a usage error. Shells use 130 for an interrupt."""


class Command(BaseCommand):
    """Replay archives into JSON Lines or Parquet."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl replay``."""
        return "[OPTIONS] SOURCE…"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Extract articles from archives again (WARC, ARC, WACZ, CDXJ, folders, patterns, addresses)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the replay to Scrapy's own."""
        super().add_options(parser)
        add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Replay the sources, print faults and a summary.

        Raises:
            NewscrawlError: the replay cannot begin.
        """
        assert self.settings is not None
        logging.getLogger().addHandler(logging.NullHandler())
        if not args:
            raise UsageError("name at least one source: a file, folder, pattern or address")
        recipe = recipe_from(opts, self.settings)
        units = units_of(args, base=from_options(Work, opts).base)
        if opts.explain:
            self._explain(opts.explain, units, recipe)
            return
        outcomes = from_options(Outcomes, opts).outcomes
        try:
            replay = Replay(
                units,
                recipe,
                _folder(from_options(OutputOptions, opts).output or self.settings.get("REPLAY_DIRECTORY")),
                processes=from_options(Processes, opts).processes,
                account=AccountFile(outcomes) if outcomes else None,
            )
            self._replay(replay, restart=opts.restart, as_json=opts.json)
        except OutputError as error:
            print(f"cannot continue: {error}", file=sys.stderr)
            self.exitcode = FAULTS

    def _explain(self, url: str, units: list[Unit], recipe: Recipe) -> None:
        # It loads what reads pages, which a list of commands must not.
        from newscrawl.replay.explanation import explained

        found = 0
        for found, text in enumerate(explained(units, url, recipe, _print_fault), start=1):  # noqa: B007 - counts
            print(text)
        if not found:
            print(f"no capture of {url} in these sources", file=sys.stderr)
            self.exitcode = FAULTS

    def _replay(self, replay: Replay, *, restart: bool, as_json: bool) -> None:
        started = monotonic()
        with _interrupts(replay), Bar(replay.progress):
            report = replay.run(restart=restart)
        for fault in report.faults:
            _print_fault(fault)
        if as_json:
            print(json.dumps(_values(report, replay.output)))
        else:
            print(summary(report, monotonic() - started, replay.output))
        self.exitcode = INTERRUPTED if report.stopped else FAULTS if report.faults else FINE


def _folder(output: str | None) -> Path:
    output = output or "data/replayed"
    if "://" in output:
        raise UsageError(f"output={output!r}: name a folder on this machine; only Spark writes to an address")
    return Path(output)


def _print_fault(fault: RecordError) -> None:
    print(f"could not be read: {fault}", file=sys.stderr)


def _values(report: RunReport, output: Path) -> dict[str, Any]:
    """Return the result for ``--json``."""
    return {
        "output": str(output),
        "files": report.files,
        "skipped": report.skipped,
        "lines": report.lines,
        "captures": report.counts["captures"],
        "articles": report.counts["articles"],
        "outcomes": {str(outcome): count for outcome, count in report.outcomes.items()},
        "faults": len(report.faults),
    }


def summary(report: RunReport, seconds: float, output: Path) -> str:
    """Return a few lines about a replay, with the account of all its sources."""
    pages = report.counts["captures"]
    files = counted(report.files, "file")
    done = f" ({report.skipped} done before)" if report.skipped else ""
    read = report.outcomes.total()
    lines = [
        f"{files}{done}, {counted(pages, 'page')}, {counted(report.counts['articles'], 'article')}, {seconds:.1f} s, "
        f"{pages / max(seconds, 1e-9):.0f} pages/s",
        f"captures   {read}{': ' if read else ''}{in_words(report.outcomes)}",
        f"articles   {output}/ ({counted(report.lines, 'line')})",
    ]
    if report.stopped:
        lines.append("stopped: run the same command again to continue")
    return "\n".join(lines)


@contextmanager
def _interrupts(replay: Replay) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the replay at the next page; a second signal ends it at once."""

    def stop(number: int, _: Any) -> None:
        replay.progress.stop()
        signal.signal(number, former[signal.Signals(number)])

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
