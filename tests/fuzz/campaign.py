"""Feed mutated inputs to the parsers and report what they raise or hang on: ``python -m tests.fuzz.campaign``."""

from __future__ import annotations

import argparse
import base64
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from tests.fuzz.mutation import mutated
from tests.fuzz.targets import Target, targets

SECONDS = 20.0
"""Processor seconds that one input may take: far more than any should, since a busy machine counts some of its own."""
MEMORY = 4 * 1024**3
"""Bytes of address space of the campaign."""


@dataclass(frozen=True, slots=True)
class Crash:
    """An input that a parser answered with something it may not raise."""

    target: str
    data: bytes
    what: str


class TooSlow(BaseException):
    """The time of one input is used up."""


def crashes(target: Target, inputs: int, seed: int) -> Iterator[Crash]:
    """Yield what goes wrong at ``inputs`` mutated inputs of a target; the same for the same seed."""
    chance = random.Random(f"{seed}-{target.name}")
    for _ in range(inputs):
        data = mutated(target.seeds, chance)
        try:
            with _limited(SECONDS), suppress(*target.refuses):
                target.feed(data)
        except TooSlow:
            yield Crash(target.name, data, f"took more than {SECONDS:.0f} s of processor time")
        except Exception:  # noqa: BLE001 - a fuzzer reports whatever is raised
            yield Crash(target.name, data, traceback.format_exc(limit=-3))


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main() -> int:
    """Run a campaign; return 1 when something was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=10_000, help="inputs of each target")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", help="the name of one target")
    given = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = 0
    for target in targets():
        if given.only not in (None, target.name):
            continue
        start = time.monotonic()
        faults = list(crashes(target, given.inputs, given.seed))
        found += len(faults)
        print(
            f"{target.name:20} {given.inputs:>10,} inputs  {len(faults):>4} faults  {time.monotonic() - start:7.1f} s",
            flush=True,
        )
        for fault in faults[:5]:
            print(f"  {base64.b85encode(fault.data[:400]).decode()}\n{fault.what}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
