"""Lines before and after a story that templates print into its container: headline, byline, dates, tags, requests.

Only whole paragraphs at the edges of a text go: those before its first paragraph of prose, and those after its last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.lines.promotions import is_promotion
from newscrawl.extract.people.bylines import byline_names
from newscrawl.extract.people.originals import stated_origin
from newscrawl.extract.text import comparable
from newscrawl.items import Author, Removed

MIN_PROSE = 90
"""Characters from which a paragraph is prose."""

MAX_LINE = 160
"""Characters of a line at an edge that is not the story's."""

MAX_LINES = 6
"""Lines at one edge."""

_READING_TIME = re.compile(
    r"[^\w]*(?:(?:reading time|time to read|estimated reading time|время чтения|час читання|lesezeit)[:\s]*)?"
    r"(?:less than )?\d{1,2}[\s-]*"
    r"(?:min(?:ute)?s?\.?|мин(?:ут[аы]?)?\.?|хв(?:илин[аи]?)?\.?|dk|dəq|წთ|րոպե|دقیقه|دقيقة|分钟|分鐘)"
    r"(?:\s*(?:of\s+)?(?:read(?:ing)?|to read|чтения|читання|на чтение|okuma|阅读|閱讀|مطالعه|قراءة))?[^\w]*",
    re.I,
)
_TAGS = re.compile(
    r"(?:tags?|topics?|keywords?|filed under|теги|тэги|темы|ключевые слова|тегі|oznake|tagovi|etichete|etiketler|"
    r"címkék|برچسب[\u200c ]?ها|كلمات مفتاحية|标签|標籤|关键词)\s*[:：]\s*\S.*",
    re.I,
)
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|first|created|on|at|by|date|time)\b|опубликован[оа]?|обновлен[оа]?|"
    r"опубліковано|оновлено|објављено|objavljeno|ažurirano|publicat|actualizat|yayınlan\w+|güncelle\w+|منتشر شده|"
    r"به\u200cروز\w*|تاریخ|发布|更新|時間|时间",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MAX_OTHER_WORDS = 2
"""Words beside a date and its labels: the name of a weekday, of a zone."""

_ASKS = re.compile(
    r"(?:have|got) (?:a|any) (?:tips?|stor(?:y|ies)|news)\b.{0,60}"
    r"|(?:please )?(?:support|donate to|help) (?:our|us|independent)\b"
    r".{0,60}(?:donat|contribut|support|member|subscri).{0,60}"
    r"|do you (?:have|know) .{0,60}(?:tip|write|contact|tell) .{0,60}"
    r"|(?:write|send|email|contact|reach) (?:to )?(?:us|our|the editors?|the newsroom)\b.{0,80}"
    r"|(?:donate|subscribe|sign up) (?:today|now|here)\W*",
    re.I,
)
"""What newsrooms ask their readers for, in English; :mod:`newscrawl.extract.lines.promotions` knows the rest."""


class Edged(NamedTuple):
    """A text without the lines at its edges."""

    paragraphs: list[str]
    removed: tuple[Removed, ...]


def without_edges(
    paragraphs: Sequence[str], headline: str | None, authors: Sequence[Author], language: str | None
) -> Edged:
    """Return a text without the lines before and after it that are not its own."""
    start, end = 0, len(paragraphs)
    removed: list[Removed] = []
    before = _first_prose(paragraphs)
    for place in range(min(before, MAX_LINES)):
        reason = _reason_before(paragraphs[place], headline, authors, language)
        if reason is None:
            break
        removed.append(Removed(paragraphs[place], reason))
        start = place + 1
    while end - 1 > max(start, before) and len(paragraphs) - end < MAX_LINES and _is_after(paragraphs[end - 1]):
        end -= 1
        removed.append(Removed(paragraphs[end], "boilerplate"))
    return Edged(list(paragraphs[start:end]), tuple(removed))


def without_second_copy(paragraphs: Sequence[str]) -> Edged:
    """Return a text without a second copy of it, which templates print for another width of the screen.

    Two different paragraphs of prose in a row that both stood before are a copy; a single one may be a quotation.
    """
    if len(set(paragraphs)) == len(paragraphs):
        return Edged(list(paragraphs), ())
    seen: set[str] = set()
    repeated = []
    for paragraph in paragraphs:
        repeated.append(paragraph in seen)
        seen.add(paragraph)
    kept: list[str] = []
    removed: list[Removed] = []
    place = 0
    while place < len(paragraphs):
        end = place
        while end < len(paragraphs) and repeated[end]:
            end += 1
        run = paragraphs[place:end]
        if len({paragraph for paragraph in run if len(paragraph) >= MIN_PROSE}) >= 2:
            removed += [Removed(paragraph, "boilerplate") for paragraph in run]
            place = end
            continue
        kept += paragraphs[place : end + 1]
        place = end + 1
    return Edged(kept, tuple(removed))


def _first_prose(paragraphs: Sequence[str]) -> int:
    """Return the place of the first paragraph of prose; 0 where there is none."""
    return next((place for place, text in enumerate(paragraphs) if len(text) >= MIN_PROSE), 0)


def _reason_before(line: str, headline: str | None, authors: Sequence[Author], language: str | None) -> str | None:
    if len(line) > MAX_LINE:
        return None
    form = comparable(line)
    if headline and form == comparable(headline):
        return "headline"
    if _is_byline(line, authors, language):
        return "byline"
    if _READING_TIME.fullmatch(line) or _is_date(line):
        return "boilerplate"
    return None


def _is_byline(line: str, authors: Sequence[Author], language: str | None) -> bool:
    """Return whether a line names the page's authors, and nobody else."""
    known = {comparable(author.name) for author in authors}
    if not known:
        return False
    return (
        comparable(line) in known
        or {comparable(author.nameRaw or "") for author in authors} == {comparable(line)}
        or (bool(names := byline_names(line, language)) and all(comparable(name) in known for name in names))
    )


def _is_date(line: str) -> bool:
    """Return whether a line holds days and times, and hardly a word beside."""
    days = list(written_days(line))
    if not days:
        return False
    rest = line
    for day in sorted(days, key=lambda found: -found.start):
        rest = f"{rest[: day.start]} {rest[day.end :]}"
    return len(_WORD.findall(_DATE_WORDS.sub(" ", rest))) <= _MAX_OTHER_WORDS


def _is_after(line: str) -> bool:
    if len(line) > MAX_LINE or stated_origin(line) is not None:
        return False
    return (
        _TAGS.match(line) is not None
        or _READING_TIME.fullmatch(line) is not None
        or _ASKS.fullmatch(line) is not None
        or is_promotion(line, at_end=True)
    )
