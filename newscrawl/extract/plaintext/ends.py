"""Where the story of a copy ends: its credits, and the other story or the promotions that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from newscrawl.extract.lines.forms import is_text
from newscrawl.extract.lines.plain import is_plain_text
from newscrawl.extract.metadata.datelines import split_dateline
from newscrawl.extract.people.credit_line import credited_sources
from newscrawl.extract.people.source_names import is_agency
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS, LABELS
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.plaintext.captions import is_certain_caption
from newscrawl.extract.text import columns

MAX_CREDIT = 400
MIN_BEFORE = 200
"""Width of the text before a credit line that ends a story."""

MAX_DIGEST = 2
"""Credit lines of a copy that may be cut at one; a digest has more."""

DATELINE_REACH = 5
"""Lines after a credit line among which the dateline of another story stands."""

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*[AaPp]\.?[Mm]\.?)?")
_WROTE = re.compile(
    r"[^.!?:]{3,80}? (?:wrote|reported|adapted|produced|prepared|narrated|translated|edited)"
    r"(?:,? (?:and|or) (?:wrote|reported|adapted|produced|prepared|narrated|edited))? (?:on )?(?:this|the|it)\b[^.!?]*"
)
_WAS_EDITOR = re.compile(r"[^.!?:]{3,80}? was the (?:editor|producer)")
_FOR = re.compile(r"\bfor (?P<name>(?:the )?[A-Z][\w/]*(?: [A-Z][\w/]*){0,3})")
_SENTENCE = re.compile(r"(?<=[a-z)’”\"])\.\s+(?=[A-Z])")


class Ended(NamedTuple):
    """A copy up to the end of its story."""

    lines: list[str]
    """With its credit line."""
    after: list[str]
    reason: str
    """Why ``after`` was cut off: ``other story``, ``boilerplate``."""


def split_after_credits(lines: Sequence[str], language: str | None) -> Ended:
    """Return the lines up to the credit line that ends the story, and those of what follows.

    Another story follows where a dateline stands in the next few lines, or where a headline with text does. Lines that
    are no text are boilerplate. Live pages and digests, whose items have credits and times of their own, stay whole.
    """
    whole = Ended(list(lines), [], "")
    places = list(islice(_credit_places(lines, language), MAX_DIGEST + 1))
    if not places or len(places) > MAX_DIGEST or sum(_CLOCK.fullmatch(line) is not None for line in lines) > 1:
        return whole
    end = places[0] + 1
    while end in places:
        end += 1
    after = lines[end:]
    if not after:
        return whole
    if not any(map(is_text, after)):
        return Ended(list(lines[:end]), list(after), "boilerplate")
    if _is_story(after):
        return Ended(list(lines[:end]), list(after), "other story")
    return whole


def learning_english_sources(line: str) -> tuple[str, ...] | None:
    """Return whom the credits of Learning English name; None for any other line.

    "Mirko Halder wrote this story for VOA News. Jana Dolenz adapted it for Learning English. Ida Kron was the editor."
    """
    if len(line) > MAX_CREDIT or (" th" not in line and " it " not in line):
        return None
    sentences = [sentence.rstrip(". ") for sentence in _SENTENCE.split(line) if sentence.strip()]
    if not any(_WROTE.fullmatch(sentence) for sentence in sentences):
        return None
    if not all(_WROTE.fullmatch(sentence) or _WAS_EDITOR.fullmatch(sentence) for sentence in sentences):
        return None
    names = [match["name"].removeprefix("the ") for sentence in sentences for match in _FOR.finditer(sentence)]
    named = [name for name in names if (name.startswith("VOA") and name != "VOA Learning English") or is_agency(name)]
    is_credit = (
        "Learning English" in line or any(_WAS_EDITOR.fullmatch(sentence) for sentence in sentences) or bool(named)
    )
    return tuple(dict.fromkeys(named)) if is_credit else None


def _is_story(lines: Sequence[str]) -> bool:
    """Return whether lines are another story: a dateline near their start, or a headline and two paragraphs."""
    if any(split_dateline([line]).dateline is not None for line in lines[:DATELINE_REACH] if is_text(line)):
        return True
    texts = sum(map(is_text, lines))
    starts = not is_text(lines[0]) or is_certain_caption(lines[0])
    return starts and texts >= 2 and len(lines[0].split()) >= 3


def _credit_places(lines: Sequence[str], language: str | None) -> Iterator[int]:
    """Yield the places of credit lines that have enough text before them."""
    before = 0
    for place, line in enumerate(lines):
        if before >= MIN_BEFORE and _may_be_credit(line) and _is_certain_credit(line, language):
            yield place
        before += columns(line) if before < MIN_BEFORE and is_text(line) else 0


def _is_certain_credit(line: str, language: str | None) -> bool:
    """Return whether a credit line opens or closes with more than a label ("Source:"), and names an agency."""
    words = small(line.lstrip('*_«"“([（-–— '))
    if words.startswith(_labels()):
        return False
    return any(is_agency(name) or name.startswith(("RFE/RL", "VOA")) for name in credited_sources(line, language))


def _may_be_credit(line: str) -> bool:
    """Return whether a line opens or closes as credit lines do; most lines of text do not."""
    if len(line) > MAX_CREDIT or is_plain_text(line):
        return False
    if line.startswith(("(", "[", "（", "-", "–", "—")):
        return len(line) <= MAX_CREDIT // 2
    words = small(line.lstrip('*_«"“ '))
    return words.startswith(_starts()) or words.rstrip(" .)。*_").endswith(_ends())


@cache
def _starts() -> tuple[str, ...]:
    return tuple(dict.fromkeys(small(phrase) for phrases in CREDIT_STARTS.values() for phrase in phrases))


@cache
def _labels() -> tuple[str, ...]:
    return tuple(map(small, LABELS))


@cache
def _ends() -> tuple[str, ...]:
    return tuple(dict.fromkeys(small(phrase) for phrases in CREDIT_ENDS.values() for phrase in phrases))
