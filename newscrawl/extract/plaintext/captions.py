"""Captions in text-only copies: recognised by signs that make points, and doubled paragraphs.

A line is a caption from :data:`ENOUGH` points on. One certain sign is enough; others need company:

======  ================================================================================================
points  sign
======  ================================================================================================
3       the copy's markup calls it a caption or an alternative text; a label announces it ("In the photo:")
3       it is marked as a picture from the files: "(file photo)", "FILE PHOTO:"
3       photographer and agency, or a labelled credit, close it: "(AP Photo/Bo Day)", "Photo: Ann Lee"
3       the layout of agencies: "Place -- …, day"
2       it opens with what kind of picture it is: "In this photo taken on …", "A screenshot …"
2       a known place before two hyphens opens it, not all in capitals as in datelines; 1 for any other
2       a day closes it, after a comma, in brackets, or without a full stop
2       it stands there twice
2       it stands in a gallery, and a day, a credit or a position says that it shows something
1       a day closes it as the end of a sentence ("… on March 18.")
2       an agency alone closes it in brackets, and no sentence ends before them; 1 where one does
1       it says where in a picture somebody stands: "(left)"
1       it ends no sentence, though it has the length of one
1       it stands between headline and text
1       it stands above a dateline
1       it stands between headline and text twice, and is one short sentence that reports nothing
======  ================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from newscrawl.extract.captions.credit import credit_of, names_agency, split_credit
from newscrawl.extract.captions.match import has_credit, says_the_same
from newscrawl.extract.captions.parse import location_of
from newscrawl.extract.dates.closing_day import ending_day
from newscrawl.extract.lines.forms import BULLETS, compared_form, is_text, small_form
from newscrawl.extract.lines.plain import is_plain_text
from newscrawl.extract.metadata.datelines import split_dateline
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.captions import (
    CREDIT_LABELS,
    FROM_THE_FILES,
    PICTURE_OPENINGS,
    REPORTING,
    SEEN,
    SHOWN,
    any_of,
)
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.places import PLACES
from newscrawl.extract.phrases.sections import DATE_WORDS
from newscrawl.extract.sentences import ends_clause, ends_sentence, sentence_starts
from newscrawl.extract.text import clean, columns, comparable, is_small
from newscrawl.items import Removed

ENOUGH = 3
"""Points from which a line is a caption."""

MAX_CAPTION = 700
"""Characters; longer lines are text, whatever closes them."""

MAX_CAPTIONS = 500
"""Captions of one copy."""

TOP = 8
"""Lines under the headline in which captions may stand above a dateline."""

MIN_WORDS = 5
MIN_COLUMNS = 28
"""Words, or width, from which a line says enough to be a caption of its own accord."""

MAX_SHORT_SENTENCE = 100
"""Width of the longest sentence that is rather a doubled caption than a doubled paragraph."""

MIN_PARAGRAPH = 80
"""Width from which a line is hardly one of a song."""

MIN_DOUBLED = 120
"""Width from which a paragraph that stands there again further down is taken for an extractor's error."""

SHARE_OF_GALLERY = 0.5
SHARE_WITH_MARK = 1 / 3
"""Share of lines that show something from which a copy is a gallery; the lower one where a mark says so."""

_TAIL = 90
"""Characters from the end in which a mark, a credit or a day is looked for."""

_MAX_FILE_PREFIX = 50
_MAX_FILE_MARK = 40
_BRACKET = re.compile(r"[(\[（]([^()\[\]（）]{2,100})[)\]）][\s.。]*$")
_LAST_PART = re.compile(r"(?:[,.;/|،؛、，]|\s[-–—]+)\s*([^,.;/|،؛、，–—]{3,40}?)[\s.]*$")
_PERSON_AND_AGENCY = re.compile(r"\w\s*/\s*\w|\b(?:photo|фото|foto|afp via|via getty|getty)\b", re.I)
_CREDIT_MARKS = (")", "]", "）", "/", "|", "©", ":", "：", " by ", " - ", " – ", " — ", "(c)", "(C)")
"""What closes, labels or parts a credit."""

_CLOSING_BRACKETS = (")", "]", "）")
_DIGIT = re.compile(r"\d")
_DATE_WITH_STOP = re.compile(r"\d{1,2}\.\s?[^\W\d_]+\s\d{4}\.$|,\s[^\W\d_]+\s\d{4}\.$|\d{4}\s?(?:г|р|гг|год|թ|წ)\.$")
"""Dates whose full stop is theirs: "18. mart 2026.", "18 марта 2026 г."."""
_DAY_REACH = 24
"""Characters from the end in which a digit of the closing day stands."""

_QUOTED = "\"“„«‘'"
_CHANT_ENDS = ("!", "！")
_NO_PICTURE = frozenset({"source", "quelle", "źródło", "graphic", "grafik", "copyright", "credits"})
"""Labels that name the source of a text as well."""

_NUMBER = re.compile(r"\(?\d{1,3}(?:\s*(?:/|of|из|з|od|de|sur|von)\s*\d{1,3})?\)?\.?", re.I)
_WORD = re.compile(r"[^\W\d_]{4,}")
_AFTER_BRACKET = re.compile(r"[)\]）]\.?\s*(?=[^\s)\]）.,;:])")
_DATE_BEFORE_DASH = re.compile(r"(?P<date>[^–—\n]{4,45}?)\s+(?:--+|[–—])\s+(?=\S)")


@dataclass(slots=True)
class Sorted:
    """A copy without captions."""

    kept: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    """Each once, with its credit where one of its copies has it."""
    removed: list[Removed] = field(default_factory=list)
    published_raw: str | None = None
    """The date of a dateline that followed a caption on its line."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the neighbours of a line say."""

    lines: Sequence[str]
    shown: frozenset[str]
    above_dateline: int
    """Lines that stand above the dateline; 0 where none does."""
    is_gallery: bool
    repeated: frozenset[str]
    """Comparable forms of lines that stand there more than once, apart."""
    has_headline: bool


def without_captions(lines: Sequence[str], shown: frozenset[str], *, headline: str | None) -> Sorted:
    """Return ``lines`` without captions and without the copies of doubled paragraphs.

    Args:
        lines: the lines below the headline.
        shown: lines that the markup of the copy calls captions.
        headline: it tells a gallery; without one no line stands between headline and text.
    """
    if not lines:
        return Sorted()
    lines = _parted(lines)
    context = _context_of(lines, shown, headline)
    found = Sorted()
    again = _doubled_apart(lines)
    place = 0
    at_top = True
    while place < len(lines):
        copies = _copies_at(lines, place)
        line = lines[place]
        numbered = context.is_gallery and place > 0 and _NUMBER.fullmatch(lines[place - 1]) is not None
        is_full = len(found.captions) >= MAX_CAPTIONS
        points = 0 if is_full else _points(line, place, len(copies), context, at_top=at_top, numbered=numbered)
        if points >= ENOUGH:
            found.captions.append(max(copies, key=has_credit))
            found.removed += [Removed(text, "caption") for text in copies]
        elif found.captions and found.kept[-1:] != [line] and _is_credit_below(lines, place, found):
            found.removed += [Removed(text, "caption") for text in copies]
        elif context.is_gallery and _NUMBER.fullmatch(line):
            found.removed += [Removed(text, "boilerplate") for text in copies]
        else:
            at_top = at_top and not (is_text(line) and columns(line) >= MAX_SHORT_SENTENCE)
            _keep(found, copies, is_double=place in again)
        place += len(copies)
    return found


def is_certain_caption(line: str) -> bool:
    """Return whether a line alone, wherever it stands, is a caption."""
    return len(line) <= MAX_CAPTION and _own_points(line)[0] >= ENOUGH


def _keep(found: Sorted, copies: Sequence[str], *, is_double: bool) -> None:
    """Keep a line; of a doubled paragraph once, of a chant every time."""
    line = copies[0]
    if is_double:
        found.removed += [Removed(text, "duplicate") for text in copies]
    elif len(copies) == 1 or (columns(line) < MIN_DOUBLED and _is_chant(line)):
        found.kept += copies
    else:
        found.kept.append(line)
        found.removed += [Removed(text, "duplicate") for text in copies[1:]]


def _doubled_apart(lines: Sequence[str]) -> frozenset[int]:
    """Return the places of paragraphs that stand further up as well, in runs as an extractor doubles them.

    A run holds at least one long paragraph; its shorter lines go with it. Refrains, which are short, stay.
    """
    first: dict[str, int] = {}
    doubled: set[int] = set()
    run: list[int] = []
    previous = -1
    for place, line in enumerate((*lines, "")):
        match = first.setdefault(line, place)
        is_again = match < place - 1
        if run and (not is_again or match != previous + 1):
            if _is_run_of_paragraphs([lines[one] for one in run]):
                doubled.update(run)
            run = []
        if is_again:
            run.append(place)
            previous = match
    return frozenset(doubled)


def _is_run_of_paragraphs(lines: Sequence[str]) -> bool:
    """Return whether lines are paragraphs rather than the refrain of a song: one is long, or two are not short."""
    widths = [columns(line) for line in lines if is_text(line)]
    return max(widths, default=0) >= MIN_DOUBLED or sum(width >= MIN_PARAGRAPH for width in widths) > 1


def _is_chant(line: str) -> bool:
    """Return whether people may well say a line twice: few words, quoted, or an exclamation."""
    return (
        not _says_enough(line)
        or line.startswith(tuple(_QUOTED))
        or line.rstrip(_QUOTED + "”»").endswith(_CHANT_ENDS)
        or not is_text(line)
    )


def _points(line: str, place: int, copies: int, context: _Context, *, at_top: bool, numbered: bool) -> int:
    if len(line) > MAX_CAPTION:
        return 0
    if line in context.shown:
        return ENOUGH
    own, shows = _own_points(line)
    if own >= ENOUGH:
        return own
    is_paragraph = columns(line) >= MAX_SHORT_SENTENCE and ends_sentence(line)
    if not _is_chant_text(line) and (own or not is_paragraph):
        if copies > 1:
            own += 2 + (at_top and _is_short_sentence(line, is_paragraph=is_paragraph))
        elif context.repeated and compared_form(line) in context.repeated:
            own += 1 + at_top
    if context.is_gallery and (shows or numbered):
        own += 2
    if at_top and context.has_headline and (own or place < context.above_dateline):
        own += 1
    if place < context.above_dateline and _says_enough(line):
        own += 1
    return own


def _is_short_sentence(line: str, *, is_paragraph: bool) -> bool:
    """Return whether a line is one short sentence that reports nothing: no "said", no "according to"."""
    if is_paragraph or not ends_sentence(line) or sentence_starts(line):
        return False
    words = small_form(line)
    return not any(word in words for word in REPORTING)


def _is_chant_text(line: str) -> bool:
    return not _says_enough(line) or line.startswith(tuple(_QUOTED)) or line.endswith(_CHANT_ENDS)


@lru_cache(maxsize=2_048)
def _own_points(line: str) -> tuple[int, bool]:
    """Return the points of the signs that a line itself shows, and whether it says that it shows something."""
    if is_plain_text(line) or line.startswith(BULLETS) or "://" in line:
        return 0, False
    ends = ends_clause(line)
    tail = line[-_TAIL:]
    says_enough = _says_enough(line)
    if not _may_show(line, tail):
        return int(says_enough and not ends), False
    if not says_enough and len(line.split()) < MIN_WORDS - 2:
        return 0, False
    words = small_form(line)
    if _is_from_files(line, tail) or (says_enough and _is_announced(line, words)):
        return ENOUGH, True
    if not says_enough:
        return 0, False
    points, shows = _points_of_credit(line, tail)
    points += _points_of_layout(line, ends=ends)
    if _is_positioned(words):
        points, shows = points + 1, True
    if words.startswith(_picture_openings()):
        points, shows = points + 2, True
    day = _points_of_day(line) if _DIGIT.search(line, max(len(line) - _DAY_REACH, 0)) else 0
    is_open = not ends or (day > 0 and _DATE_WITH_STOP.search(line) is not None)
    return points + day + is_open, shows or day > 0


def _is_positioned(words: str) -> bool:
    """Return whether a line says where in a picture somebody stands, or how the picture was made."""
    in_brackets, others = _positions()
    if ("(" in words or "（" in words) and any(mark in words for mark in in_brackets):
        return True
    return any(mark in words for mark in others)


def _may_show(line: str, tail: str) -> bool:
    """Return whether a closer look may find a mark, a credit, a place or a day: most lines have none."""
    return (
        line.rstrip(" .。")[-1:] in _CLOSING_BRACKETS
        or _DIGIT.search(line, max(len(line) - _DAY_REACH, 0)) is not None
        or any(mark in tail for mark in _CREDIT_MARKS)
        or "(" in line
        or "（" in line
        or " -- " in line[:_MAX_FILE_PREFIX]
        or ":" in line[:_MAX_FILE_PREFIX]
        or small(line[-_MAX_FILE_MARK:]).rstrip(" .").endswith(_file_marks())
        or small(line[:_MAX_FILE_MARK]).startswith((*_file_marks(), *_picture_openings()))
    )


def _is_from_files(line: str, tail: str) -> bool:
    """Return whether a caption is marked as a picture from the files, before or after its text."""
    if small(line[:_MAX_FILE_PREFIX]).lstrip("([").startswith(_file_marks()) and (prefix := _file_prefix().match(line)):
        rest = line[prefix.end() :]
        return len(rest.split()) >= MIN_WORDS - 2 or columns(rest) >= MIN_COLUMNS
    before = tail
    while before.rstrip(" .。")[-1:] in _CLOSING_BRACKETS and (bracket := _BRACKET.search(before)) is not None:
        if _is_file_mark(bracket[1]):
            return True
        before = before[: bracket.start()]
    if not small(before).rstrip(" .").endswith(_file_marks()):
        return False
    last = _LAST_PART.search(before)
    return last is not None and len(line) > len(last[0]) and _is_file_mark(last[1])


def _is_file_mark(text: str) -> bool:
    """Return whether a few words mark a picture from the files: "file photo", "AP file photo", "archive, 2019"."""
    words = small(text).strip(" .,;:")
    if words in _file_marks_set() or re.split(r"[,/;.]", words, maxsplit=1)[0].strip() in _file_marks_set():
        return True
    return len(words.split()) <= MIN_WORDS and words.endswith(_photo_marks())


def _is_announced(line: str, words: str) -> bool:
    """Return whether a label opens it: "In the photo: …"."""
    return ":" in line[:40] and len(words.split()) >= MIN_WORDS and words.startswith(_announcements())


def _points_of_credit(line: str, tail: str) -> tuple[int, bool]:
    if not any(mark in tail for mark in _CREDIT_MARKS):
        return 0, False
    rest, credit = split_credit(line)
    if credit is None or (len(rest.split()) < 3 and columns(rest) < MIN_COLUMNS):
        return 0, False
    taken = line[len(rest.rstrip(" .")) :]
    if len(taken) > _TAIL or len(sentence_starts(rest)) > 2 or any(mark in taken for mark in '"“”;='):
        return 0, False
    is_labelled = _credit_label().search(small(taken)) is not None
    if is_labelled or _PERSON_AND_AGENCY.search(taken):
        return ENOUGH, True
    is_bracketed = taken.rstrip(" .。")[-1:] in _CLOSING_BRACKETS
    is_open = is_bracketed and not ends_sentence(rest.rstrip()) and small(credit).strip(" .") in AGENCIES
    return 1 + is_open, True


def _points_of_layout(line: str, *, ends: bool) -> int:
    if " -- " not in line[:80] and " — " not in line[:60] and " – " not in line[:60]:
        return 0
    place = location_of(line)
    if place is None:
        return 0
    if ending_day(line) is not None and not ends:
        return ENOUGH
    if " -- " not in line[:80] or place.isupper():
        return 0
    return 2 if small(place.rsplit(",", 1)[0]) in PLACES or place.casefold() == place.title() else 1


def _points_of_day(line: str) -> int:
    found = ending_day(line)
    if found is None or found.is_range or " | " in line:
        return 0
    before = line[: found.start]
    if small(before).startswith(_date_labels()):
        return 0
    if len(before.split()) < MIN_WORDS - 2 and columns(before) < MIN_COLUMNS // 2:
        return 0
    if line.rstrip(".").endswith((")", "]", "）")) and not found.is_in_brackets:
        return 0
    if found.is_in_brackets and not found.has_year:
        return 0
    return 2 if (found.has_year and (found.is_in_brackets or found.is_after_comma)) or not ends_clause(line) else 1


def _says_enough(line: str) -> bool:
    return len(line.split()) >= MIN_WORDS or columns(line) >= MIN_COLUMNS


def _copies_at(lines: Sequence[str], place: int) -> list[str]:
    line = lines[place]
    end = place + 1
    while end < len(lines) and lines[end][:1].casefold() == line[:1].casefold() and says_the_same(line, lines[end]):
        end += 1
    return list(lines[place:end])


def _is_credit_below(lines: Sequence[str], place: int, found: Sorted) -> bool:
    """Return whether a line is nothing but the credit of the caption above it."""
    line = lines[place]
    if place == 0 or len(line) > _TAIL or found.removed[-1:] != [Removed(lines[place - 1], "caption")]:
        return False
    if ends_sentence(line) and not line.endswith(")"):
        return False
    credit = credit_of(line)
    if credit is None:
        return False
    is_labelled = comparable(credit) != compared_form(line)
    return names_agency(credit) or (is_labelled and not is_small(credit))


def _context_of(lines: Sequence[str], shown: frozenset[str], headline: str | None) -> _Context:
    counted: dict[str, int] = {}
    previous = ""
    for line in lines:
        if len(line) <= MAX_CAPTION and line != previous:
            counted[line] = counted.get(line, 0) + 1
        previous = line
    repeated = frozenset(compared_form(line) for line, times in counted.items() if times > 1 and _says_enough(line))
    above = 0
    if headline is not None:
        for place, line in enumerate(lines[:TOP]):
            if place and (is_text(line) or len(line) > MAX_CAPTION) and split_dateline([line]).dateline is not None:
                above = place
                break
    return _Context(lines, shown, above, _is_gallery(lines, shown, headline), repeated, headline is not None)


def _is_gallery(lines: Sequence[str], shown: frozenset[str], headline: str | None) -> bool:
    numbers = sum(len(line) <= 12 and _NUMBER.fullmatch(line) is not None for line in lines)
    has_mark = bool(shown) or numbers >= 3 or (headline is not None and _names_pictures(headline))
    sample = [line for line in lines[:60] if len(line) <= MAX_CAPTION]
    if len(sample) < 2 or len(sample) < 0.8 * min(len(lines), 60):
        return False
    shows = sum(_own_points(line)[1] for line in sample)
    return shows >= 2 and shows >= (SHARE_WITH_MARK if has_mark else SHARE_OF_GALLERY) * (len(sample) - numbers)


_GALLERY_WORDS = (
    *(
        "photos",
        "in pictures",
        "in photos",
        "gallery",
        "photo gallery",
        "images",
        "фото",
        "фотогалерея",
        "в фотографиях",
    ),
    *("фоторепортаж", "у світлинах", "фотогалерэя", "в снимки", "во фотографии", "u slikama", "fotografije", "në foto"),
    *(
        "galerie foto",
        "fotógaléria",
        "képekben",
        "լուսանկար",
        "fotolar",
        "ფოტო",
        "عکس",
        "تصاویر",
        "انځور",
        "сүрөт",
        "сурет",
    ),
    *(
        "фото",
        "суратларда",
        "suratlarda",
        "图片",
        "圖片",
        "图集",
        "圖集",
        "en fotos",
        "em fotos",
        "en images",
        "galeri",
        "foto",
    ),
)


def _names_pictures(headline: str) -> bool:
    words = small(headline)
    return any(word in words for word in _GALLERY_WORDS)


def _parted(lines: Sequence[str]) -> list[str]:
    """Return the lines with captions parted from the text that they are run together with, among the first ones."""
    parted: list[str] = []
    for place, line in enumerate(lines):
        parted += _caption_and_text(line) if place < TOP and len(line) >= MAX_SHORT_SENTENCE else [line]
    return parted


def _caption_and_text(line: str) -> list[str]:
    """Return a caption and the text that follows it on its line, or the line alone.

    The caption must be certain by its mark or credit, or a dateline must follow its day; the text must be a paragraph.
    """
    head = line[: MAX_CAPTION // 2]
    for match in _AFTER_BRACKET.finditer(head):
        caption, text = line[: match.end()].rstrip(), line[match.end() :]
        if is_text(text) and not is_small(text) and is_certain_caption(caption) and _begins_text(text):
            return [caption, _without_date(text)]
    if "--" not in head and "–" not in head and "—" not in head:
        return [line]
    for start in sentence_starts(head):
        caption, text = line[:start].rstrip(), line[start:]
        if is_text(text) and split_dateline([text]).dateline and _own_points(caption)[0] >= 2:
            return [caption, text]
    found = _dateline_after_day(line, head)
    return found or [line]


def _dateline_after_day(line: str, head: str) -> list[str] | None:
    for match in re.finditer(r"(?<=\d)\s+(?=[^\W\d_]{3,}[^–—\n]{0,40}?\s(?:--|[–—])\s)", head):
        caption, text = line[: match.start()], line[match.end() :]
        if ending_day(caption) is not None and split_dateline([text]).dateline and is_text(text):
            return [caption, text]
    return None


def _begins_text(text: str) -> bool:
    return is_text(text) and not text.startswith(("(", "[", ",", ";", "-", "–", "—"))


def _without_date(text: str) -> str:
    """Return a text without the date that opens it in place of a dateline ("May 11, 2006 -- …")."""
    match = _DATE_BEFORE_DASH.match(text)
    if match is None:
        return text
    found = ending_day(match["date"])
    return clean(text[match.end() :]) if found is not None and found.start == 0 else text


@cache
def _file_marks_set() -> frozenset[str]:
    return frozenset(map(small, FROM_THE_FILES))


@cache
def _photo_marks() -> tuple[str, ...]:
    """Return the marks of two words and more, which may follow the name of an agency."""
    return tuple(f" {mark}" for mark in _file_marks_set() if " " in mark)


@cache
def _file_marks() -> tuple[str, ...]:
    return tuple(_file_marks_set())


@cache
def _date_labels() -> tuple[str, ...]:
    """Return what opens a line that says when a page was published."""
    return tuple(small(phrase) for phrases in DATE_WORDS.values() for phrase in phrases if len(phrase) > 3)


@cache
def _positions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that tell a position: those in brackets, and the others."""
    return (
        tuple(mark for mark in SEEN if mark.startswith(("(", "（"))),
        tuple(mark for mark in SEEN if not mark.startswith(("(", "（"))),
    )


@cache
def _picture_openings() -> tuple[str, ...]:
    return tuple(map(small, PICTURE_OPENINGS))


@cache
def _announcements() -> tuple[str, ...]:
    return tuple(f"{small(label)}:" for label in SHOWN)


@cache
def _file_prefix() -> re.Pattern[str]:
    return re.compile(rf"[(\[]?(?:{any_of(FROM_THE_FILES)})[)\]]?\s*(?:--+|[-–—]\s|[:：]|\.\s)\s*", re.I)


@cache
def _credit_label() -> re.Pattern[str]:
    labels = tuple(small(label) for label in CREDIT_LABELS if label not in _NO_PICTURE)
    return re.compile(rf"(?<!\w)(?:{any_of(labels)})\s*(?:[:：]|\s(?:by|credit)\b|\bof\b|\bby\b)|©|\(c\)")
