"""Floors of both errors of text-only copies (`make quality` prints them)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.text_copies import copy_of, precision, recall, sample_stories, true_texts

EVERY = 8
"""The default run reads every eighth true text; `make slow` reads all."""

MAX_LOST = 0.001
"""True sentences that may be removed, as a share; 0.0008 was measured."""

MIN_LEFT = 0.98
"""Captions that must leave, as a share; 1.000 was measured, 0.591 before."""


def test_a_sample_of_true_texts_loses_few_sentences(shared: Path) -> None:
    texts = true_texts(shared / "benchmarks")
    assert len(texts) > 800

    measured = precision(texts[::EVERY])

    assert measured.share_lost <= MAX_LOST, measured.lost[:20]


@pytest.mark.slow
def test_all_true_texts_lose_few_sentences(shared: Path) -> None:
    measured = precision(true_texts(shared / "benchmarks"))

    assert measured.share_lost <= MAX_LOST, measured.lost[:20]


def test_captions_of_the_sample_site_leave_in_every_language() -> None:
    measured = recall(sample_stories(180))

    assert measured.share_left >= MIN_LEFT, measured.stayed[:20]
    by_kind = {kind: measured.left[kind] / count for kind, count in measured.captions.items()}
    assert min(by_kind.values()) >= 0.95, by_kind


def test_a_copy_holds_each_caption_as_often_as_it_should() -> None:
    told = next(sample_stories())

    assert copy_of(told, 2).count(told.pictures[0].caption) == 2 * copy_of(told, 1).count(told.pictures[0].caption)
