"""A short run of the fuzzer over every parser; ``make fuzz`` runs it for as long as one likes."""

from __future__ import annotations

import os
import random
from contextlib import suppress

import pytest

from tests.fuzz.campaign import crashes
from tests.fuzz.mutation import MAX_SIZE, mutated
from tests.fuzz.targets import Target, targets

INPUTS = int(os.environ.get("NEWSCRAWL_FUZZ_INPUTS", "60"))


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_no_input_crashes_a_parser(target: Target) -> None:
    assert list(crashes(target, INPUTS, seed=1)) == []


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_the_inputs_to_begin_with_are_read(target: Target) -> None:
    read = 0
    for seed in target.seeds:
        with suppress(*target.refuses):
            target.feed(seed)
            read += 1

    assert read * 2 > len(target.seeds)


def test_the_same_seed_gives_the_same_inputs() -> None:
    first, second = (
        [mutated([b"abc", b"<p>x</p>"], chance) for _ in range(200)] for chance in (random.Random(7), random.Random(7))
    )

    assert first == second
    assert len(set(first)) > 150
    assert max(map(len, first)) <= MAX_SIZE
