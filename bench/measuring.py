"""How things are timed: each run in a process of its own, the subjects of a group in turn, medians of all rounds.

Machines are noisy and drift, so the figure to quote is the ratio to the group's baseline, taken round by round.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.environment import ROOT

RUN_SECONDS = 1_200
"""A run that takes longer is ended and counts as failed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is measured."""

    name: str
    place: str
    """``module:function`` below ``bench.subjects``: given the data folder it prepares, and returns what is timed."""
    environment: str = "own"
    """Whose interpreter runs it: see :mod:`bench.environment`."""
    role: str = ""
    """``baseline``: the others are compared with it. ``bound``: what no program of this kind can be faster than."""
    processors: str | None = None
    """Of the machine, that it may use; None: all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Subjects that do the same work and are compared with each other."""

    name: str
    title: str
    unit: str
    """What is counted: page, record, line, URL."""
    subjects: tuple[Subject, ...]
    rounds: int = 5
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one subject."""

    units: int
    cpu: float
    """Seconds of all its processes, user and system."""
    wall: float
    peak: int
    """Bytes of memory of its largest process."""
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def milliseconds(self) -> float:
        """CPU a unit."""
        return self.cpu * 1000 / self.units

    @property
    def rate(self) -> float:
        """Units a second of wall time."""
        return self.units / self.wall


@dataclass(slots=True)
class Measured:
    """All runs of one subject, or why there are none."""

    subject: Subject
    runs: list[Run] = field(default_factory=list)
    error: str | None = None

    def spread(self, what: str) -> tuple[float, float, float]:
        """Least, median, greatest of ``milliseconds``, ``rate``, ``wall`` or ``peak``."""
        values = [float(getattr(run, what)) for run in self.runs]
        return min(values), median(values), max(values)


def measured(group: Group, data: Path, rounds: int | None = None) -> list[Measured]:
    """Run the subjects of ``group`` in turn, as often as the group says; report and omit one that fails."""
    results = [Measured(subject) for subject in group.subjects]
    for _ in range(rounds or group.rounds):
        for result in results:
            if result.error is None:
                _add_run(result, data)
    return results


def _add_run(result: Measured, data: Path) -> None:
    # Looked up late: an environment is made only when something runs in it.
    from bench.environment import interpreter

    python = interpreter(result.subject.environment)
    if python is None:
        result.error = f"the environment {result.subject.environment!r} cannot be made"
        return
    command: list[str | Path] = [python, ROOT / "bench" / "worker.py", result.subject.place, data]
    if result.subject.processors is not None:
        command = ["taskset", "-c", result.subject.processors, *command]
    outcome = _outcome(command)
    if isinstance(outcome, str):
        result.error = outcome
        print(f"{result.subject.name} is left out: {outcome}", file=sys.stderr)
    else:
        result.runs.append(outcome)


def _outcome(command: Sequence[str | Path]) -> Run | str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryDirectory(prefix="newscrawl-bench-") as scratch:
        environment["BENCH_SCRATCH"] = scratch
        try:
            ran = subprocess.run(  # noqa: S603 - our own arguments
                command, capture_output=True, text=True, timeout=RUN_SECONDS, check=False, env=environment, cwd=ROOT
            )
        except subprocess.TimeoutExpired:
            return f"not done within {RUN_SECONDS} s"
    if ran.returncode:
        return (ran.stderr.strip().splitlines() or [f"exit status {ran.returncode}"])[-1][:300]
    return Run(**_last_line(ran.stdout))


def _last_line(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return found
