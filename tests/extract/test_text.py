"""Unicode: one form, nothing invisible left over, what a script needs kept."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.extract.text import clean, comparable

ZWNJ, ZWJ, ZWSP, BOM, SHY, LRM, RLM = "\u200c", "\u200d", "\u200b", "\ufeff", "\xad", "\u200e", "\u200f"

JUNK = (SHY, BOM, "\u2060", "\x00", "\x07", "\x84", "\ufffc", "\u202d", "\u202e", "\u180e", "\u034f", "\ufdd0")
"""Nobody sees these, wherever they stand."""

FILLERS = ("\u3164", "\uffa0", "\u2800")
"""Letters and patterns that look like blanks."""

INVISIBLE = (*JUNK, ZWSP, ZWNJ, ZWJ, LRM, RLM, "\u061c", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2069")

ALPHABET = st.sampled_from("aéZ9 .ёЖآیبكשא中é\u0301\u0327\n\t\xa0क्षไ👩\ufe0f" + "".join((*INVISIBLE, *FILLERS)))
TEXTS = st.one_of(st.text(ALPHABET, max_size=40), st.text(max_size=40))

PERSIAN_WORDS = st.lists(st.sampled_from(["می", "خواهم", "کتاب", "ها", "پل", "را", "گزارش"]), min_size=1, max_size=4)
PERSIAN = st.lists(PERSIAN_WORDS.map(ZWNJ.join), min_size=1, max_size=8).map(" ".join)


@given(TEXTS)
@example("\u0327\xad\u0301e")
@example("e\xad\u0301")
@example("\ud83d")
@example("\u202b\u202b\u05d0\u202c")
@example("\uffa0")
@example("a\ufe0e")
def test_cleaning_gives_nfc_on_one_line_without_leftovers(text: str) -> None:
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert not set(cleaned) & {*JUNK, *FILLERS}
    assert cleaned[:1] not in INVISIBLE or cleaned[:1] in ("", "\u202a", "\u202b", "\u2066", "\u2067")
    assert not cleaned.endswith((ZWSP, ZWNJ, LRM, RLM, BOM, SHY))
    cleaned.encode("utf-8")


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_no_letter_is_lost_and_none_changes_its_place(text: str) -> None:
    spaced = "".join(" " if character in FILLERS else character for character in text)
    unseen = (*INVISIBLE, "\ufe0e", "\ufe0f", *map(chr, range(0xE0000, 0xE0080)))
    visible = [c for c in unicodedata.normalize("NFC", _without(spaced, unseen)) if c.isalnum()]

    assert [c for c in unicodedata.normalize("NFC", _without(clean(text), unseen)) if c.isalnum()] == visible


@given(PERSIAN, st.lists(st.sampled_from((SHY, BOM, "\x00", "\u2060")), max_size=5), st.data())
def test_non_joiners_stay_in_persian_words(text: str, junk: list[str], data: st.DataObject) -> None:
    dirty = text
    for character in junk:
        place = data.draw(st.integers(0, len(dirty)))
        dirty = dirty[:place] + character + dirty[place:]

    assert clean(dirty) == text


@given(PERSIAN, st.text(f"{ZWNJ}{ZWSP}{BOM}{RLM} ", max_size=4), st.text(f"{ZWNJ}{ZWSP}{BOM}{RLM} ", max_size=4))
def test_zero_width_characters_at_the_edges_leave(text: str, before: str, after: str) -> None:
    assert clean(before + text + after) == text


@given(st.lists(st.sampled_from(["تهران", "NATO", "(2016)", "۱۴۰۴", "%50", "רכבת", "—"]), min_size=1, max_size=8))
def test_right_to_left_text_keeps_its_logical_order(words: list[str]) -> None:
    assert clean("  ".join(words)) == " ".join(words)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("co\xadope\xadration", "cooperation"),
        ("\ufeffKYIV", "KYIV"),
        ("й", "й"),
        ("nai\u0308ve", "naïve"),
        ("a\u200bb", "ab"),
        ("ไทย\u200bไทย", "ไทย\u200bไทย"),
        ("می\u200cشود", "می\u200cشود"),
        ("می\u200c\u200cشود", "می\u200cشود"),
        ("پل\u200c، رود", "پل، رود"),
        ("کتاب\u200c خواند", "کتاب خواند"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("क्\u200dष", "क्\u200dष"),
        ("abc\u200fdef", "abcdef"),
        ("گفت \u202aNATO\u202c آمد", "گفت \u202aNATO\u202c آمد"),
        ("\u202bتهران\u202c", "تهران"),
        ("گفت \u202aNATO آمد", "گفت NATO آمد"),
        ("گفت NATO\u202c آمد", "گفت NATO آمد"),
        ("ab\u202ecd", "abcd"),
        ("one\u2028two\xa0three\x0bfour", "one two three four"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("\U0001f600", "😀"),
        ("a\u2800b \u3164", "a b"),
        ("e\u034f\u0301", "é"),
        ("a\ufdd0b", "ab"),
        ("❤\ufe0f 1\ufe0f\u20e3", "❤\ufe0f 1\ufe0f\u20e3"),
        ("\ufe0fabc\ufe0f d", "abc d"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("abc\U000e0041def", "abcdef"),
        ("auf\u200clage wi\u200dnd Зе\u200cмля ש\u200dל 中\u200c国", "auflage wind Земля של 中国"),
        ("SMS\u200cها", "SMS\u200cها"),
        ("متن \u202b \u202cآمد \u2067\u2069", "متن آمد"),
        ("سال ۱۳۹۰ ه\u200d. ش.", "سال ۱۳۹۰ ه\u200d. ش."),
    ],
)
def test_what_leaves_and_what_stays(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@given(TEXTS)
def test_a_text_is_comparable_with_itself_in_other_dress(text: str) -> None:
    dressed = f" «{text.upper()}» ..."
    if text.upper().lower() == text.lower() and any(c.isalnum() for c in text):
        assert comparable(dressed) == comparable(text.upper())
    assert comparable(comparable(text)) == comparable(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bridge", "THE  “BRIDGE”."),
        ("كتاب علي", "کتاب علی"),
        ("Ёлка", "елка"),
        ("ﬁre", "fire"),
        ("Straße", "STRASSE"),
        ("می\u200cشود", "میشود"),
    ],
)
def test_spellings_of_one_text_are_equal(first: str, second: str) -> None:
    assert comparable(first) == comparable(second)


@pytest.mark.parametrize(("first", "second"), [("The bridge", "The bridges"), ("11", "12"), ("...", "!!!")])
def test_other_texts_are_not(first: str, second: str) -> None:
    assert comparable(first) != comparable(second)


@pytest.mark.parametrize(
    ("before", "run", "after"),
    [("", "\ufe0f", "a"), ("a", "\ufe0e\ufe0f", "b"), ("a", "\u200c\u200d", "b"), ("ش", "\u202b \u202c", "x")],
)
def test_a_long_run_of_leftovers_takes_no_long_time(before: str, run: str, after: str) -> None:
    started = time.process_time()

    assert clean(f"{before}{run * 20_000}{after}").replace(" ", "") == before + after
    assert time.process_time() - started < 1


def test_nested_pairs_around_nothing_leave_at_once() -> None:
    started = time.process_time()

    assert clean("ش" + "\u202b" * 20_000 + "\u202c" * 20_000 + " x") == "ش x"
    assert time.process_time() - started < 1


def _without(text: str, characters: tuple[str, ...]) -> str:
    return "".join(c for c in text if c not in characters and not 0xD800 <= ord(c) < 0xE000)
