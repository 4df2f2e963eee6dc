"""How well an extraction matches the truth, as shares between 0 and 1.

The text's score is the one that the WCXB benchmark defines: F1 over lower-cased word tokens as multisets.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.samples import Sample, Truth

_WORD = re.compile(r"\w+")
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool made of a page."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601, a day or an instant."""
    captions: tuple[str, ...] = ()


Scores = dict[str, float]


def scores(truth: Truth, found: Found) -> Scores:
    """Return the scores of one page, only for fields whose truth is known."""
    values = {"text": word_f1(found.text, truth.text)}
    if truth.wanted:
        values["with"] = _share(snippet in found.text for snippet in truth.wanted)
    if truth.unwanted:
        values["without"] = _share(snippet not in found.text for snippet in truth.unwanted)
    if truth.title:
        values["title"] = float(_form(found.title or "") == _form(truth.title))
    if truth.authors:
        values["authors"] = _set_f1({_form(name) for name in found.authors}, {_form(name) for name in truth.authors})
    if truth.published:
        values["day"] = float(_is_same_day(found.published, truth.published))
        values["another day"] = float(bool(found.published) and not values["day"])
    if truth.captions:
        captions = {_form(caption) for caption in found.captions}
        values["captions"] = _share(_form(caption) in captions for caption in truth.captions)
    return values


def means(results: Iterable[tuple[Sample, Found]]) -> dict[str, float]:
    """Return the mean of each score over the pages whose truth has it, named ``collection score``."""
    values: dict[str, list[float]] = defaultdict(list)
    for sample, found in results:
        for name, score in scores(sample.truth, found).items():
            values[f"{sample.collection} {name}"].append(score)
    return {name: sum(scored) / len(scored) for name, scored in values.items()}


def word_f1(text: str, truth: str) -> float:
    """F1 of the words of ``text`` against those of ``truth``, repeated words counted."""
    found, wanted = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(truth.lower()))
    common = (found & wanted).total()
    return 2 * common / (found.total() + wanted.total()) if common else float(not found and not wanted)


def _set_f1(found: set[str], wanted: set[str]) -> float:
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def _share(values: Iterable[bool]) -> float:
    seen = list(values)
    return sum(seen) / len(seen)


def _is_same_day(found: str | None, wanted: datetime) -> bool:
    """Within a day: tools give days, and days depend on the zone."""
    if not found:
        return False
    moment = datetime.fromisoformat(found)
    gap = moment.replace(tzinfo=moment.tzinfo or UTC) - wanted.replace(tzinfo=wanted.tzinfo or UTC)
    return abs(gap.total_seconds()) < _DAY


def _form(text: str) -> str:
    """Without what typography varies: case, punctuation, white space."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
