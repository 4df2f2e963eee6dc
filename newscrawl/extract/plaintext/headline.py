"""The headline of a text-only copy, its doubles, and the lines of section, date and byline around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newscrawl.extract.captions.match import says_the_same
from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.lines.forms import compared_form, is_text, small_form
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.houses import HOUSES
from newscrawl.extract.phrases.months import MONTHS
from newscrawl.extract.phrases.places import PLACES
from newscrawl.extract.phrases.sections import DATE_WORDS, HEADINGS, SECTIONS
from newscrawl.extract.plaintext.captions import is_certain_caption
from newscrawl.extract.sentences import ends_sentence, sentence_starts
from newscrawl.extract.text import columns, comparable
from newscrawl.items import Removed

MAX_HEADLINE = 250
MIN_HEADLINE = 15
MIN_WIDTH = 10
"""Width of the shortest first line that may be a headline."""

MAX_QUESTION = 110
"""Width from which a first line with the end of a sentence in it, or at its end, is a lead."""

HEADLINE_REACH = 10
"""Lines above the text of a whole page among which the headline is looked for: section, date, byline, share buttons."""

DOUBLE_REACH = 8
"""Lines below a headline in which it may stand again: after the date, the byline, the caption."""

LABELS_REACH = 6
"""Lines above a headline that may name the site and the section, and tell the date."""

MIN_LIKENESS = 0.4
"""Share of common words from which a line is the headline that the page's title puts in other words."""

MAX_SITE_NAME = 60
"""Characters of a site's name beside a title, with its section."""

MAX_WORDS_OF_NAME = 4
MAX_NAME = 40
"""Characters: "RFE/RL's Tatar-Bashkir Service" has 30."""

MAX_FRONT_LINE = 120
"""Characters of a line with the date or the byline."""

_NO_HEADLINE = re.compile(r"(?<!\.\.)[.。։۔।။።][\"»”’)]?$")
_BEFORE_SITE = re.compile(r"\s*(?:[|»›·•/]|\s[-–—:]|:)\s*")
_AFTER_SITE = re.compile(r"\s*(?:[|»›·•/:]|\s[-–—])\s*$")
_WORDS = re.compile(r"[^\W\d_]+")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Headed(NamedTuple):
    """A copy without its headline."""

    headline: str | None
    lines: list[str]
    """Below the headline; captions that stood above it come first."""
    labels: list[str]
    """Lines above it that may hold the date: they name site and section."""
    removed: list[Removed]


def split_headline(lines: Sequence[str]) -> Headed:
    """Return the headline of a copy that is nothing but a story, and the other lines without its doubles.

    The first line is the headline where it is short, ends no sentence and text follows. Lines that name the site, the
    section or the date may stand above it, and so may captions.
    """
    labels, start = _labels(lines)
    captions: list[str] = []
    while start + 1 < len(lines) and len(captions) < 4 and is_certain_caption(without_site_name(lines[start])):
        captions.append(lines[start])
        start += 1
    rest = lines[start:]
    if len(rest) < 2 or not _may_be_headline(without_site_name(rest[0])):
        return Headed(None, [*captions, *rest], labels, [])
    headline, below, removed = without_doubles(rest[0], rest[1:])
    if not below and not captions:
        return Headed(None, list(lines), [], [])
    return Headed(headline, [*captions, *below], labels, removed)


def without_doubles(headline: str, lines: Sequence[str]) -> tuple[str, list[str], list[Removed]]:
    """Return the headline without the site's name, and the lines below it without its doubles."""
    bare = without_site_name(headline)
    doubles = [
        place
        for place, line in enumerate(lines[:DOUBLE_REACH])
        if len(line) <= MAX_HEADLINE + MAX_SITE_NAME and _is_same_title(line, headline, bare)
    ]
    titles = [bare, *(without_site_name(lines[place]) for place in doubles)]
    chosen = min(titles, key=len)
    removed = [Removed(lines[place], "headline") for place in doubles]
    if chosen != headline:
        removed.insert(0, Removed(headline, "headline"))
        removed = [one for one in removed if one.text != chosen]
    wanted = frozenset(doubles)
    return chosen, [line for place, line in enumerate(lines) if place not in wanted], removed


def without_site_name(title: str) -> str:
    """Return a title without the name of a service of the family before or after it ("… | RFE/RL")."""
    for match in reversed(list(_BEFORE_SITE.finditer(title))):
        if match.start() and _is_site(title[match.end() :]):
            return without_site_name(title[: match.start()].rstrip())
    for match in reversed(list(_BEFORE_SITE.finditer(title, 0, MAX_SITE_NAME))):
        if match.end() < len(title) and match.start() and _is_site(title[: match.start()]):
            return title[match.end() :].lstrip()
    return title


def headline_place(before: Sequence[str], title: str) -> int | None:
    """Return where the headline stands above the text: the line that the page's title repeats, else one much like it.

    A page without a title among its lines has the widest line that may be one as its headline.
    """
    whole = comparable(title)
    has_title = len(title) >= MIN_HEADLINE and before[:1] == [title]
    places = [place for place in range(int(before[:1] == [title]), len(before)) if len(before[place]) >= MIN_HEADLINE]
    repeated = [place for place in places if whole.startswith(comparable(before[place]))]
    if repeated:
        return repeated[-1]
    near = [place for place in places[-HEADLINE_REACH:] if _could_be_headline(before, place)]
    if not near:
        return None
    best = max(near, key=lambda place: (_likeness(before[place], title), len(before[place])))
    return None if has_title and _likeness(before[best], title) < MIN_LIKENESS else best


def is_name(line: str) -> bool:
    """Return whether a line could be the name of a person or a service: a few words with capitals, nothing else."""
    words = line.split()
    return (
        1 < len(words) <= MAX_WORDS_OF_NAME
        and len(line) <= MAX_NAME
        and all(word[0].isupper() for word in words)
        and re.search(r"[\d:;!?,]", line) is None
    )


def is_date(line: str) -> bool:
    """Return whether a line is a date, with its day of the week, time and place at most."""
    found = next(written_days(line), None) if len(line) <= MAX_FRONT_LINE and "--" not in line else None
    rest = _WORDS.findall(line[: found.start] + line[found.end :]) if found else []
    return found is not None and len(rest) <= 4


def is_label(line: str) -> bool:
    """Return whether a line is nothing but the name of a section, a place or a service, and words beside a date."""
    if len(line) > MAX_SITE_NAME:
        return False
    words = small_form(line).strip(" :|·•-–—»›/")
    if words in _labels_forms() or words in HOUSES:
        return True
    pieces = [piece.strip() for piece in re.split(r"[|·•»›/,]|\s[-–—]\s", words) if piece.strip()]
    return bool(pieces) and all(piece in _labels_forms() or piece in HOUSES for piece in pieces)


def _labels(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines above the headline that name site, section or date, and how many they are."""
    labels: list[str] = []
    for line in lines[:LABELS_REACH]:
        is_last = len(labels) + 1 >= len(lines)
        if is_last or not (is_label(line) or is_date(line) or _is_dated_label(line)):
            break
        labels.append(line)
    after = lines[len(labels)] if labels else ""
    return (labels, len(labels)) if labels and (not is_text(after) or len(after) <= MAX_HEADLINE) else ([], 0)


def _is_dated_label(line: str) -> bool:
    """Return whether a line is a date and words of sections and dates: "date 2026-03-22 News"."""
    if len(line) > MAX_FRONT_LINE or not any(character.isdigit() for character in line):
        return False
    found = next(written_days(line), None)
    if found is None:
        return False
    words = _WORDS.findall(small(line[: found.start] + " " + line[found.end :]))
    return all(word in _labels_forms() or word in _date_words() or len(word) <= 4 for word in words)


def _may_be_headline(line: str) -> bool:
    """Return whether a first line may be a headline: of some length, one sentence at most, and no caption."""
    width = columns(line)
    if not MIN_WIDTH <= width <= MAX_HEADLINE or _NO_HEADLINE.search(line) or compared_form(line) in _headings():
        return False
    if width > MAX_QUESTION and (ends_sentence(line) or sentence_starts(line)):
        return False  # a lead, not a headline
    return not is_certain_caption(line)


def _is_same_title(line: str, headline: str, bare: str) -> bool:
    if says_the_same(line, headline) or says_the_same(line, bare):
        return True
    longer, shorter = (line, bare) if len(line) > len(bare) else (bare, line)
    if len(shorter) < MIN_HEADLINE or len(longer) - len(shorter) > MAX_SITE_NAME:
        return False
    if longer.startswith(shorter):
        return _BEFORE_SITE.match(longer, len(shorter)) is not None
    return longer.endswith(shorter) and _AFTER_SITE.search(longer[: -len(shorter)]) is not None


def _is_site(text: str) -> bool:
    words = small(text).strip(" |»›·•/:-–—")
    return len(words) <= MAX_SITE_NAME and (words in HOUSES or words.removeprefix("www.") in HOUSES)


def _likeness(line: str, title: str) -> float:
    """Return the share of the words of both that they have in common."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (line, title))
    return len(words & others) / max(len(words | others), 1)


def _could_be_headline(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    words = line.split()
    half = len(words) // 2
    if half and words[:half] == words[half:]:  # a logo and its text
        return False
    if not MIN_HEADLINE <= len(line) <= MAX_HEADLINE:
        return False
    parts = caption_parts(line)
    return not (parts.location or parts.dateCreated or parts.creditText or is_date(line))


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(comparable, HEADINGS))


@cache
def _labels_forms() -> frozenset[str]:
    sections = (small(phrase) for phrases in SECTIONS.values() for phrase in phrases)
    return frozenset((*sections, *map(small, PLACES)))


@cache
def _date_words() -> frozenset[str]:
    words = (word for phrases in DATE_WORDS.values() for phrase in phrases for word in small(phrase).split())
    months = (small(form) for forms in MONTHS.values() for names in forms for form in names)
    return frozenset((*words, *months))
