"""The set of keys of a crawl: a set, in little memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.scrapy_overrides.int_set import IntSet

KEYS = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 2_000)


@given(st.lists(KEYS, max_size=300), st.lists(KEYS, max_size=50))
@settings(max_examples=200)
def test_it_is_a_set(put: list[int], asked: list[int]) -> None:
    ours, plain = IntSet(), set()
    for key in put:
        assert ours.add(key) is (key not in plain)
        plain.add(key)
    assert len(ours) == len(plain)
    assert [key in ours for key in put + asked] == [key in plain for key in put + asked]


def test_the_key_whose_place_is_empty_when_it_is_zero_counts_too() -> None:
    ours = IntSet()
    key = -ours._secret % 2**64  # the one key that mixes to 0
    assert ours._mixed(key) == 0
    assert (key in ours, ours.add(key), ours.add(key), key in ours, len(ours)) == (False, True, False, True, 1)


def test_ids_in_a_row_and_ids_far_apart_are_all_kept_in_24_bytes_each() -> None:
    number = 50_000
    for step in (1, 64, 1 << 20, 1 << 40):
        tracemalloc.start()
        ours = IntSet()
        assert all(ours.add(step * each) for each in range(number))
        memory, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert memory / number < 26
        assert len(ours) == number
        assert not any(ours.add(step * each) for each in range(number))
