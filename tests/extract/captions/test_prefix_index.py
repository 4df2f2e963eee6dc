"""Texts told by how another begins: found as a plain search through all of them finds them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.extract.captions.prefix_index import Beginnings

TEXTS = st.text(alphabet="ab\u0436", max_size=6)


@given(st.lists(TEXTS, max_size=30), TEXTS)
@settings(max_examples=500)
def test_they_are_those_of_a_plain_search(texts: list[str], text: str) -> None:
    ours, plain = Beginnings(texts), sorted({*texts} - {""}, key=len, reverse=True)
    assert list(ours.of(text)) == [each for each in plain if text.startswith(each)]
    assert ours.any_goes_on(text) == any(each.startswith(text) for each in plain)
    assert (text in ours) == (text in plain)
