"""Both errors of text-only copies: true sentences that are removed, and captions that stay.

Precision is measured over the true texts of the benchmark collections, read as plain text: as they are, below a
headline, and below a headline and one generated caption. Recall is measured over copies of the stories of the sample
site, in all its languages, with each caption once and twice. ``python -m bench.text_copies`` prints both.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from bench.samples import BENCHMARKS, samples
from newscrawl.errors import NotAnArticle
from newscrawl.extract.plaintext.article import article_from_text
from newscrawl.extract.text import comparable
from newscrawl.items import Article
from newscrawl.samplesite.languages import languages
from newscrawl.samplesite.stories import Story, story

STORIES = 360
"""Stories of the sample site that copies are made of: forty in each language."""

SHOWN = 20
"""Faults of each kind that are printed."""

CAPTIONS = (
    "Oakfield -- Residents stand beside a wall of sandbags, March 3, 2026",
    "Residents stand beside a wall of sandbags in Oakfield. (file photo)",
    "Residents stand beside a wall of sandbags in Oakfield on March 3, 2026. (AP Photo/Bo Day)",
    "FILE PHOTO: Residents stand beside a wall of sandbags in Oakfield",
    "A boat lies in the market of Quillhaven, March 3, 2026. Photo: Ann Lee/Reuters",
)
"""One of them is put before each true text."""

TIMES = {"once": 1, "twice": 2}
"""How often a caption stands in a copy."""

HEADLINE = "River Recedes In Oakfield After Night Of Flooding"

_SENTENCE = re.compile(r"(?<=[.!?…。！？։۔])[\"'»”’)\]]*\s+|\n+")


@dataclass(slots=True)
class Precision:
    """How many sentences of true texts were removed."""

    sentences: int = 0
    lost: list[tuple[str, str, str]] = field(default_factory=list)
    """Name of the text, how it was presented, the sentence."""

    @property
    def share_lost(self) -> float:
        """Return removed sentences per true sentence."""
        return len(self.lost) / max(self.sentences, 1)


@dataclass(slots=True)
class Recall:
    """How many captions left the text."""

    captions: Counter[str] = field(default_factory=Counter)
    """By kind: language, once or twice."""
    left: Counter[str] = field(default_factory=Counter)
    stayed: list[tuple[str, str]] = field(default_factory=list)
    """Kind and caption."""

    @property
    def share_left(self) -> float:
        """Return captions that left, per caption."""
        return self.left.total() / max(self.captions.total(), 1)


def true_texts(folder: Path = BENCHMARKS) -> list[tuple[str, str]]:
    """Return name and true text of each page of the collections, in a fixed order."""
    found = [(sample.name, sample.truth.text) for sample in samples(folder)]
    found += [
        (path.stem, json.loads(path.read_text("utf-8"))["ground_truth"]["main_content"])
        for path in sorted((folder / "wcxb-articles-more" / "ground-truth").glob("*.json"))
    ]
    return [(name, unescape(text)) for name, text in found if text.strip()]


def precision(texts: Iterable[tuple[str, str]]) -> Precision:
    """Return the removed sentences of ``texts``, each presented in three ways."""
    measured = Precision()
    for number, (name, text) in enumerate(texts):
        caption = CAPTIONS[number % len(CAPTIONS)]
        wanted = [sentence for sentence in _SENTENCE.split(text) if any(map(str.isalnum, sentence))]
        for presented, top in (
            ("bare", ""),
            ("headline", f"{HEADLINE}\n\n"),
            ("caption", f"{HEADLINE}\n\n{caption}\n\n"),
        ):
            measured.sentences += len(wanted)
            kept = _kept_of(top + text)
            measured.lost += [(name, presented, sentence) for sentence in wanted if comparable(sentence) not in kept]
    return measured


def recall(stories: Iterable[Story]) -> Recall:
    """Return the captions that left copies of ``stories``, each with its captions once and twice."""
    measured = Recall()
    for each in stories:
        for name, times in TIMES.items():
            kind = f"{each.language.language} {name}"
            kept = comparable("\n".join(_article_of(copy_of(each, times), each.language.language).paragraphs))
            for picture in each.pictures:
                measured.captions[kind] += 1
                if comparable(picture.caption) in kept:
                    measured.stayed.append((kind, picture.caption))
                else:
                    measured.left[kind] += 1
    return measured


def copy_of(told: Story, times: int) -> str:
    """Return the copy of a story that a careless extractor leaves, with each caption repeated ``times`` in a row."""
    words = told.language
    captions = [
        f"{picture.caption} ({picture.credit})" if picture.credit else picture.caption for picture in told.pictures
    ]
    lead, rest = captions[:1], captions[1:]
    paragraphs = list(told.paragraphs)
    if told.dateline and paragraphs:
        paragraphs[0] = f"{told.dateline} {paragraphs[0]}"
    lines = [words.skip, words.breaking, told.headline, words.by + told.author]
    lines += [caption for caption in lead for _ in range(times)]
    for place, paragraph in enumerate(paragraphs):
        lines.append(paragraph)
        if place < len(rest):
            lines += [rest[place]] * times
    if told.sources:
        lines.append(words.credited(told.sources))
    lines += [words.share, words.print_, words.comments]
    return "\n\n".join(lines)


def sample_stories(count: int = STORIES) -> Iterator[Story]:
    """Yield stories of the sample site that have text and pictures, in all its languages."""
    return (told for number in range(count) if (told := story(number)).pictures and told.paragraphs)


def _article_of(text: str, language: str | None = None) -> Article:
    try:
        return article_from_text(text, language=language)
    except NotAnArticle:
        return Article(url="")


def _kept_of(text: str) -> str:
    """Return what of a text is in the article's fields, in comparable form."""
    article = _article_of(text)
    front = (article.headline, article.datePublishedRaw, *(author.nameRaw for author in article.authors))
    return comparable("\n".join((*filter(None, front), article.dateline or "", *article.paragraphs)))


def report(shown: int = 0) -> str:
    """Return both measures as text, with as many faults of each kind as ``shown``."""
    found = recall(sample_stories())
    lines = [f"captions that left the text: {100 * found.share_left:.1f} % of {found.captions.total():,}"]
    for words in languages():
        kinds = (f"{words.language} {times}" for times in TIMES)
        lines.append("  " + ", ".join(f"{kind} {found.left[kind]} of {found.captions[kind]}" for kind in kinds))
    lines += _faults(found.stayed, shown)
    texts = true_texts()
    if not texts:
        return "\n".join((*lines, f"no true texts: {BENCHMARKS} is absent"))
    kept = precision(texts)
    share = f"{1000 * kept.share_lost:.2f} in 1,000"
    lines.append(
        f"true sentences removed: {share} ({len(kept.lost):,} of {kept.sentences:,}, three presentations each)"
    )
    return "\n".join((*lines, *_faults(kept.lost, shown)))


def _faults(faults: Sequence[tuple[str, ...]], limit: int) -> list[str]:
    return ["  " + " | ".join(fault)[:200] for fault in faults[:limit]]


def main() -> int:
    """Print both measures; a number as argument says how many faults of each kind are shown."""
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else SHOWN))
    return 0


if __name__ == "__main__":
    sys.exit(main())
