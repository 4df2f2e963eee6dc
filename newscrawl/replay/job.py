"""A whole replay into an output folder: what is to be done, who does it, and what is put in place at its end."""

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
from newscrawl.replay.manifest.manifest import EXTRACTED, SETTLED, Manifest
from newscrawl.replay.output.outputs import check_form, check_partition, kept_lines_of, write_outputs
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import Run, RunReport


class Results:
    """The lines of a replay whose outputs were not put in place."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def lines(self) -> Iterator[bytes]:
        """Each article once, in the order of the sources."""
        for entry in self._manifest.units(EXTRACTED):
            kept = self._manifest.kept_lines(entry.number)
            yield from kept_lines_of(self._manifest.part_of(entry.number), kept)

    def rejected(self) -> Iterator[bytes]:
        """What the validation rejected: see :func:`newscrawl.pipelines.jsonlines.rejected_line`."""
        for entry in self._manifest.units(EXTRACTED):
            part = self._manifest.part_of(entry.number)
            if part.rejected.exists():
                with part.rejected.open("rb") as lines:
                    yield from lines


WORTH_A_PROCESS = 4 * 1024 * 1024
"""Bytes of an archive: half a second of work, about what it takes to start one more process."""


def _process_count(units: list[Unit], wished: int | None) -> int:
    """How many processes pay; ``wished`` as they are, but never more than there are units."""
    if any(unit.source is not None and not unit.source.reopens for unit in units):
        return 1  # standard input is this process's
    if wished is None:
        unknown = any(unit.size is None for unit in units)
        size = sum(unit.size or 0 for unit in units)
        wished = processor_count() if unknown else min(processor_count(), 1 + size // WORTH_A_PROCESS)
    return max(1, min(wished, len(units)))


def processor_count() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Replay:
    """One run. ``meter`` tells how far it is and takes the wish to stop, from any thread or signal handler."""

    def __init__(self, units: Iterable[Unit], recipe: Recipe, output: Path, *, processes: int | None = None) -> None:
        """Check what can be checked before anything is read.

        Raises:
            UsageError: the recipe cannot be followed.
        """
        Chain.from_paths(recipe.pipelines)
        check_form(recipe.form)
        check_partition(recipe.partition)
        self.units = list(units)
        self.recipe = recipe
        self.output = output
        self._context = process_context()
        self.meter = ProgressCounter(self._context)
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
            self._compare(manifest, restart=restart)
            work = self._round(manifest)
            work.extract()
            while not self.meter.stopped:
                self._settle(manifest)
                if not work.extract_reopened():
                    break
            return work.outcome()

    def extract(self) -> RunReport:
        """Only extract what is pending: for whoever takes the lines themselves, from :meth:`results`.

        Raises:
            UsageError: the output folder was made with other options.
            OutputError: it cannot be written, or another replay uses it.
        """
        with Manifest(self.output) as manifest:
            self._compare(manifest, restart=False)
            work = self._round(manifest)
            work.extract()
            return work.outcome()

    @contextmanager
    def results(self) -> Iterator[Results]:
        """What :meth:`extract` found."""
        with Manifest(self.output) as manifest:
            yield Results(manifest)

    def _round(self, manifest: Manifest) -> Run:
        return Run(manifest, self.recipe, self.meter, self.units, lambda: self._workers(manifest.folder))

    def _compare(self, manifest: Manifest, *, restart: bool) -> None:
        """What earlier runs did that still holds, stays."""
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
            for entry in (*manifest.units(EXTRACTED), *manifest.units(SETTLED)):
                manifest.forget(entry.number)
        manifest.database.set_facts(options=options, code=code)
        manifest.remove_strays()

    def _workers(self, folder: Path) -> Workers:
        if self.processes == 1:
            return ThisProcess(self.recipe, folder, self.meter)
        return Pool(self.recipe, folder, self.meter, self.processes, self._context)

    def _settle(self, manifest: Manifest) -> None:
        recipe = self.recipe
        for entry in manifest.units(EXTRACTED):
            part = manifest.part_of(entry.number)
            kept = manifest.kept_lines(entry.number)
            paths = write_outputs(self.output, entry.stem, part, kept, recipe.form, recipe.partition)
            for former in manifest.add_outputs(entry.number, kept, paths):
                (self.output / former).unlink(missing_ok=True)
            part.remove()
