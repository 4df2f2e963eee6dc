"""Search folds spelling: what a reader types finds every spelling of it, and nothing typed is taken for syntax."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.browse.folding import folded, indexed, query


def found(text: str, words: str) -> bool:
    connection = sqlite3.connect(":memory:")
    tokens = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    connection.execute(f"""CREATE VIRTUAL TABLE word USING fts5 (body, content='', tokenize="{tokens}")""")
    connection.execute("INSERT INTO word (rowid, body) VALUES (1, ?)", (indexed(text),))
    wanted = query(words)
    return (
        wanted is not None
        and connection.execute("SELECT 1 FROM word WHERE word MATCH ?", (wanted,)).fetchone() is not None
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Рабочие перешли мост ещё утром", "еще"),
        ("Київ", "київ"),
        ("کارگران از پل گذشتند", "كارگران"),
        ("عبر العمّال الجسر", "العمال"),
        ("კ ᲮᲘᲓᲘ გაიხსნა", "ხიდი"),
        ("գնացին և եկան", "եւ"),
        ("Română și țară", "romana si tara"),
        ("İstanbul", "istanbul"),
        ("工人们星期二走过大桥", "大桥"),
        ("工人们星期二走过大桥", "星期二走"),
        ("工人们星期二走过大桥", "桥"),
        ("คนงานข้ามสะพานเมื่อวันอังคาร", "สะพาน"),
        ("အလုပ်သမားများ တံတားကို", "တံတား"),
        ("ལས་མི་རྣམས་ཟམ་པ་བརྒལ།", "ཟམ་པ"),
        ("កម្មករឆ្លងស្ពាន", "ស្ពាន"),
        ("the bridge opened", '"bridge opened"'),
        ("the bridge opened", "brid*"),
    ],
)
def test_every_spelling_of_a_word_is_found(text: str, words: str) -> None:
    assert found(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("工人们走过大桥", "大工"),
        ("the bridge opened", '"opened bridge"'),
        ("the bridge opened", "bridge -opened"),
        ("the bridge opened", "ridge"),
        ("мой", "мои"),
    ],
)
def test_other_words_are_not_found(text: str, words: str) -> None:
    assert not found(text, words)


@given(st.text(max_size=60))
def test_no_query_is_a_syntax_error(words: str) -> None:
    found("any text at all", words)


@given(st.text(alphabet=st.characters(categories=["L", "N", "M", "Zs"]), max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
