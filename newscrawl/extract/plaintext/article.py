"""Text-only copies of pages (WET files, text corpora): the article without what careless extractors left in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import newscrawl
from newscrawl.errors import NotAnArticle
from newscrawl.extract.body.boilerplate import is_furniture, without_boilerplate
from newscrawl.extract.captions.match import has_credit, is_caption_like, says_the_same
from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.captions.remove import image_of_caption, without_repeated_captions
from newscrawl.extract.dates.parse import parsed_date
from newscrawl.extract.metadata.datelines import split_dateline
from newscrawl.extract.people.bylines import by_length, byline_names
from newscrawl.extract.people.credit_line import credited_sources, split_credits
from newscrawl.extract.plaintext.headline import (
    MAX_FRONT_LINE,
    MAX_HEADLINE,
    MIN_HEADLINE,
    first_headline,
    headline_place,
    is_date,
    is_name,
)
from newscrawl.extract.plaintext.lines import has_menus, is_text, lines_of, story_of, without_bio
from newscrawl.extract.sentences import ends_clause
from newscrawl.items import Article, Author, Metadata, Removed

MAX_TEXT = 16 * 1024 * 1024
"""Characters of one text that are read; the longest page text of the family has under half a million."""

TOP = 8
"""Lines under the headline in which date, byline and captions stand."""

MAX_CAPTION = 700
MAX_CAPTIONS = 500
CREDIT_REACH = 3
"""Lines after the text in which the credit line may follow: it ends no sentence."""

LAYOUT_NAME = "text"

_CLOCK = re.compile(r"\s\d\d:\d\d$")
_SITE_NAME = re.compile(r"\s+[|\-–—·•:]\s+[^|–—·•]{1,60}$")


@dataclass(slots=True)
class _Copy:
    """What is told apart of a copy."""

    headline: str | None = None
    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    published: str | None = None
    published_raw: str | None = None
    authors: tuple[Author, ...] = ()
    removed: list[Removed] = field(default_factory=list)


def article_from_text(
    text: str,
    *,
    url: str = "about:blank",
    language: str | None = None,
    date: str = "",
    site: str | None = None,
    time_zone: str = "UTC",
) -> Article:
    """The article of a text-only copy: headline, paragraphs, sources, captions; the furniture goes to ``removed``.

    Each line is a paragraph, unless lines were broken to a width. In a copy of a whole page the story is the run of
    lines with the most text in it. What stands twice in a row is a caption: so pages repeat them, and nothing else.

    Args:
        text: the copy, lines parted by line breaks.
        url: where the page was; ``about:blank`` when that is unknown.
        language: BCP 47; None: the words of all languages of the family are tried.
        date: the instant of the capture, for ``metadata.dateDownloaded``.
        site: name of the site profile, for ``metadata.site``.
        time_zone: IANA name of the newsroom's zone, for a date under the headline.

    Raises:
        NotAnArticle: nothing is left without the furniture.
    """
    copy = _read(lines_of(text[:MAX_TEXT]), language, time_zone)
    paragraphs, sources, credited = split_credits(copy.lines, language)
    dateline, paragraphs = split_dateline(paragraphs)
    if not paragraphs and not copy.captions:
        raise NotAnArticle("no text is left without the furniture of the page")
    images = tuple(map(image_of_caption, copy.captions))
    article = Article(
        url=url,
        headline=copy.headline,
        articleBody="\n\n".join(paragraphs) or None,
        paragraphs=tuple(paragraphs),
        dateline=dateline,
        datePublished=copy.published,
        datePublishedRaw=copy.published_raw,
        authors=copy.authors,
        sources=sources,
        inLanguage=language,
        mainImage=images[0] if images else None,
        images=images,
        removed=(*copy.removed, *credited),
        metadata=Metadata(
            dateDownloaded=date, site=site, layout=LAYOUT_NAME, extractor=f"newscrawl/{newscrawl.__version__}"
        ),
    )
    return without_repeated_captions(article)


def _read(lines: list[str], language: str | None, time_zone: str) -> _Copy:
    copy = _Copy()
    title = lines[0] if lines else ""
    whole_page = has_menus(lines)
    lines, bio = without_bio(lines)
    copy.lines, furniture = without_boilerplate(lines, language)
    if whole_page:
        _keep_story(copy, title, language)
    else:
        _take_clock(copy, title)
        copy.headline = first_headline(copy.lines)
        copy.lines = copy.lines[1:] if copy.headline else copy.lines
    copy.removed += [*furniture, *(Removed(line, "bio") for line in bio)]
    _take_front_lines(copy, language, time_zone)
    _take_captions(copy)
    return copy


def _take_clock(copy: _Copy, title: str) -> None:
    """The clock of the page ("2024, 19 Aprel, Cümə, Bakı vaxtı 19:17") stands between its first links and the story."""
    if copy.lines and copy.lines[0] != title and _CLOCK.search(copy.lines[0]) and is_date(copy.lines[0]):
        copy.removed.append(Removed(copy.lines.pop(0), "boilerplate"))


def _keep_story(copy: _Copy, title: str, language: str | None) -> None:
    """Of a whole page the headline, what stands between it and the text, the text, and the credit line after it."""
    before, story, after = story_of(copy.lines)
    place = headline_place(before, title)
    if place is not None:
        copy.headline = before[place]
        story = [*before[place + 1 :], *story]
        before = before[:place]
    elif MIN_HEADLINE <= len(title) <= MAX_HEADLINE and not is_furniture(title, language):
        copy.headline = _SITE_NAME.sub("", title)
    credited = (n + 1 for n, line in enumerate(after[:CREDIT_REACH]) if credited_sources(line, language))
    end = max(credited, default=0)
    copy.lines = [*story, *after[:end]]
    copy.removed += [Removed(line, "boilerplate") for line in (*before, *after[end:])]


def _take_front_lines(copy: _Copy, language: str | None, time_zone: str) -> None:
    """The date and the byline under the headline become fields; a bare name is a byline next to the date alone."""
    if copy.headline is None:
        return
    kept: list[str] = []
    after_date = False
    for place, line in enumerate(copy.lines):
        if place >= TOP or is_text(line):
            kept += copy.lines[place:]
            break
        was_after_date, after_date = after_date, False
        if copy.published is None and is_date(line) and (published := parsed_date(line, time_zone)):
            copy.published, copy.published_raw = published, line
            after_date = True
        elif not copy.authors and (_is_byline(line, language) or (was_after_date and is_name(line))):
            copy.authors = tuple(Author(name, line) for name in byline_names(line, language))
        else:
            kept.append(line)
    copy.lines = kept


def _is_byline(line: str, language: str | None) -> bool:
    return len(line) <= MAX_FRONT_LINE and not ends_clause(line) and by_length(line, language) > 0


def _take_captions(copy: _Copy) -> None:
    """Lines that stand there twice in a row are captions; so is, near the top, "Place -- …, day"."""
    kept: list[str] = []
    place = 0
    while place < len(copy.lines):
        line = copy.lines[place]
        copies = [line]
        while place + len(copies) < len(copy.lines) and says_the_same(line, copy.lines[place + len(copies)]):
            copies.append(copy.lines[place + len(copies)])
        may_be = len(copies) > 1 and _may_be_caption(line, place) and len(copy.captions) < MAX_CAPTIONS
        if may_be or (place < TOP and _is_agency_caption(line)):
            copy.captions.append(max(copies, key=has_credit))
            copy.removed += [Removed(text, "caption") for text in copies]
        else:
            kept += copies
        place += len(copies)
    copy.lines = kept


def _may_be_caption(line: str, place: int) -> bool:
    return len(line) <= MAX_CAPTION and (place < TOP or is_caption_like(line))


def _is_agency_caption(line: str) -> bool:
    """``Place -- …, day``, with no sentence's end."""
    parts = caption_parts(line)
    return " -- " in line and bool(parts.location and parts.dateCreated) and not ends_clause(line)
