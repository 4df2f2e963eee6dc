"""A short run of the fuzzer over every parser; ``make fuzz`` runs it for as long as one likes."""

from __future__ import annotations

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from newscrawl.archive.verify.verify import verify
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


def test_an_arc_record_that_is_cut_in_its_first_line_ends(tmp_path: Path) -> None:
    """The fuzzer found it: the reader went back to the beginning of the file, for ever."""
    path = tmp_path / "cut.arc"
    path.write_bytes(
        b"filedesc://a.arc 0.0.0.0 20010101000000 text/plain 12\n1 0 Archive\n\n"
        b"http://a.example/ 127.0.0.1 20010101000000 text/html 40"
    )

    assert not verify([path]).sound
