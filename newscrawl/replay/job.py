"""A whole replay into an output folder: extract what is pending, then put the outputs in place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.chain.chain import Chain
from newscrawl.chain.processes import process_context
from newscrawl.errors import UsageError
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.workers import Pool, ThisProcess, Workers
from newscrawl.replay.manifest.manifest import COMPLETE, EXTRACTED, Manifest
from newscrawl.replay.output.account_file import AccountFile
from newscrawl.replay.output.files import kept_lines_of, write_outputs
from newscrawl.replay.output.forms import check_form
from newscrawl.replay.output.partitions import check_partition
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import Run, RunReport

WORTH_A_PROCESS = 4 * 1024 * 1024
"""Bytes of an archive: half a second of work, about what it takes to start one more process."""


class Results:
    """The lines of a replay whose outputs were not put in place."""

    def __init__(self, manifest: Manifest, form: str) -> None:
        self._manifest = manifest
        self._form = form

    def lines(self) -> Iterator[bytes]:
        """Yield the line of each article once, in the order of the sources."""
        for unit in self._manifest.units(EXTRACTED):
            kept = self._manifest.kept_lines(unit.number)
            yield from kept_lines_of(self._manifest.staged(unit.number), kept, self._form)

    def rejected(self) -> Iterator[bytes]:
        """Yield what the validation rejected: see :func:`newscrawl.items.rejection_line`."""
        for unit in self._manifest.units(EXTRACTED):
            staged = self._manifest.staged(unit.number)
            if staged.rejected.exists():
                with staged.rejected.open("rb") as lines:
                    yield from lines


class Replay:
    """One replay. ``progress`` counts what is done, and takes the request to stop from any thread or signal handler."""

    def __init__(
        self,
        units: Iterable[Unit],
        recipe: Recipe,
        output: Path,
        *,
        processes: int | None = None,
        account: AccountFile | None = None,
    ) -> None:
        """Check what can be checked before anything is read.

        Args:
            units: what to read.
            recipe: how captures become lines.
            output: the folder of the outputs.
            processes: how many processes read files; None: as many as pay.
            account: where the outcome of every capture is listed.

        Raises:
            UsageError: the recipe cannot be followed.
        """
        Chain.from_paths(recipe.pipelines)
        check_form(recipe.form)
        check_partition(recipe.partition)
        recipe.signature()
        self.units = list(units)
        self.recipe = recipe
        self.output = output
        self._account = account
        self._context = process_context()
        self.progress = ProgressCounter(self._context)
        self.processes = _process_count(self.units, processes)

    def run(self, *, restart: bool = False) -> RunReport:
        """Extract what is pending, put all outputs in place.

        Args:
            restart: forget what earlier runs did and remove their outputs.

        Raises:
            UsageError: the output folder was made with other options.
            OutputError: it cannot be written, or another replay uses it.
        """
        with Manifest(self.output) as manifest:
            self._prepare(manifest, restart=restart)
            run = self._run(manifest)
            run.extract()
            while not self.progress.stopped:
                self._complete(manifest)
                if not run.extract_reopened():
                    break
            return self._reported(manifest, run)

    def extract(self) -> RunReport:
        """Only extract what is pending, for callers that take the lines themselves, from :meth:`results`.

        Raises:
            UsageError: the output folder was made with other options.
            OutputError: it cannot be written, or another replay uses it.
        """
        with Manifest(self.output) as manifest:
            self._prepare(manifest, restart=False)
            run = self._run(manifest)
            run.extract()
            return self._reported(manifest, run)

    @contextmanager
    def results(self) -> Iterator[Results]:
        """Open what :meth:`extract` found."""
        with Manifest(self.output) as manifest:
            yield Results(manifest, self.recipe.form)

    def _run(self, manifest: Manifest) -> Run:
        return Run(manifest, self.recipe, self.progress, self.units, lambda: self._workers(manifest.folder))

    def _reported(self, manifest: Manifest, run: Run) -> RunReport:
        manifest.remove_strays()
        if self._account is not None and not self.progress.stopped:
            self._account.write(run.outcomes())
        return run.report()

    def _prepare(self, manifest: Manifest, *, restart: bool) -> None:
        """Keep what earlier runs did if it still holds."""
        if restart:
            manifest.start_over()
        options, code = self.recipe.options(), self.recipe.code()
        known = manifest.database.fact("options")
        if known not in (None, options):
            raise UsageError(
                f"{self.output} holds a replay with other options ({known}): "
                "name another --output, or replace it with --restart"
            )
        if manifest.database.fact("code") != code:
            for unit in (*manifest.units(EXTRACTED), *manifest.units(COMPLETE)):
                manifest.forget(unit.number)
        manifest.database.set_facts(options=options, code=code)
        manifest.remove_strays()

    def _workers(self, folder: Path) -> Workers:
        if self.processes == 1:
            return ThisProcess(self.recipe, folder, self.progress)
        return Pool(self.recipe, folder, self.progress, self.processes, self._context)

    def _complete(self, manifest: Manifest) -> None:
        recipe = self.recipe
        for unit in manifest.units(EXTRACTED):
            staged = manifest.staged(unit.number)
            kept = manifest.kept_lines(unit.number)
            paths = write_outputs(self.output, unit.stem, staged, kept, recipe.form, recipe.partition)
            for former in manifest.complete(unit.number, kept, paths):
                (self.output / former).unlink(missing_ok=True)
            staged.remove_lines()


def _process_count(units: list[Unit], wished: int | None) -> int:
    """Return how many processes pay, or ``wished``; never more than there are units."""
    if any(unit.source is not None and not unit.source.reopens for unit in units):
        return 1  # only this process can read its standard input
    if wished is None:
        unknown = any(unit.size is None for unit in units)
        size = sum(unit.size or 0 for unit in units)
        wished = processor_count() if unknown else min(processor_count(), 1 + size // WORTH_A_PROCESS)
    return max(1, min(wished, len(units)))


def processor_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
