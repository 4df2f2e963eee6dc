"""Sentence ends in every script of the family."""

from __future__ import annotations

import pytest

from newscrawl.extract.body.boilerplate import without_boilerplate
from newscrawl.extract.sentences import SENTENCE_MARKS, ends_clause, ends_sentence, sentence_starts


@pytest.mark.parametrize("mark", SENTENCE_MARKS)
def test_every_mark_ends_a_sentence_with_and_without_a_closing_quote(mark: str) -> None:
    assert ends_sentence(f"word{mark}")
    assert ends_sentence(f"word{mark}”")
    assert ends_clause(f"word{mark})")
    assert not ends_sentence(f"word{mark} more")


def test_colon_ends_a_clause_and_no_sentence() -> None:
    assert ends_clause("He listed three reasons:")
    assert not ends_sentence("He listed three reasons:")


def test_sentence_starts_are_found_after_marks_and_quotes() -> None:
    text = 'One. "Two." Three'

    assert [text[start:] for start in sentence_starts(text)] == ['"Two." Three', "Three"]


def test_pashto_sentence_after_a_read_also_label_stays_in_the_body() -> None:
    sentence = "ښاروال وویل چې پل به بیا پرانیستل شي۔"

    kept = without_boilerplate(["نور ولولئ:", sentence], "ps")

    assert kept.paragraphs == [sentence]
