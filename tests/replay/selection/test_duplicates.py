"""Texts that are the same, or nearly so, under different URLs."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.account import Outcome
from newscrawl.items import Article
from newscrawl.replay.selection.duplicates import (
    SIMILARITY,
    Candidate,
    duplicates_of,
    exact_signature,
    near_signature,
    similarity,
)
from newscrawl.samplesite.publication import Publication
from tests.replay.archives import write_archive
from tests.replay.running import articles_of, replay

pytest.importorskip("datasketch", reason="newscrawl[corpus] is not installed")

WORDS = [f"word{number}" for number in range(400)]


def text(seed: int, length: int = 300) -> Article:
    return Article("https://example.org", articleBody=" ".join(random.Random(seed).choices(WORDS, k=length)))


def changed(article: Article, words: int) -> Article:
    tokens = (article.articleBody or "").split()
    for number in range(words):
        tokens[number * 40 % len(tokens)] = f"other{number}"
    return replace(article, articleBody=" ".join(tokens))


@given(st.integers(0, 1000))
def test_similar_texts_are_found_and_others_are_not(seed: int) -> None:
    article = text(seed)
    near, other = near_signature(changed(article, 3)), near_signature(text(seed + 5000))
    signature = near_signature(article)
    assert signature is not None
    assert near is not None
    assert other is not None
    assert similarity(signature, near) >= SIMILARITY > similarity(signature, other)


def test_exact_duplicates_differ_at_most_in_case_and_spaces() -> None:
    article = text(1)
    assert exact_signature(article) == exact_signature(
        replace(article, articleBody=(article.articleBody or "").upper().replace(" ", "\n"))
    )
    assert exact_signature(article) != exact_signature(changed(article, 1))
    assert exact_signature(Article("https://example.org")) is None is near_signature(Article("https://example.org"))


def test_languages_without_spaces_are_compared_by_characters() -> None:
    body = "".join(chr(0x4E00 + number) for number in range(300))
    signatures = [near_signature(Article("a", articleBody=each)) for each in (body, body[:150] + "中" + body[150:])]
    assert signatures[0] is not None
    assert signatures[1] is not None
    assert similarity(signatures[0], signatures[1]) >= SIMILARITY


def test_first_in_rank_is_kept_and_named() -> None:
    base = text(3)
    copies = [base, changed(base, 1), text(4), changed(base, 2)]
    candidates = [
        Candidate(bytes([number]), f"https://example.org/{number}", near_signature(each))
        for number, each in enumerate(copies)
    ]
    found = list(duplicates_of(candidates))
    assert [(each.id, each.kept_url) for each in found] == [
        (bytes([1]), "https://example.org/0"),
        (bytes([3]), "https://example.org/0"),
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_order_of_files_and_processes_make_no_difference(processes: int, tmp_path: Path) -> None:
    """Every language edition repeats texts under other URLs: the sample site's stories are made of few sentences."""
    for number in range(3):
        write_archive(tmp_path / "warc", Publication(size=12, edition=number), number=number + 1)
    files = sorted((tmp_path / "warc").glob("*.warc.gz"))
    found = []
    for place, order in enumerate(list(permutations(files))[:: 6 // (1 if processes == 2 else 3)]):
        output = tmp_path / f"out{place}"
        report = replay(output, *order, duplicates="near", processes=processes)
        found.append((sorted(map(str, articles_of(output))), report.outcomes))
        again = replay(output, *order, duplicates="near", processes=processes)
        assert again.outcomes == report.outcomes
    assert all(each == found[0] for each in found)
    everything = replay(tmp_path / "all", *files)
    assert found[0][1][Outcome.ARTICLE] + found[0][1][Outcome.DUPLICATE] >= everything.outcomes[Outcome.ARTICLE]
    assert found[0][1].total() == everything.outcomes.total()
