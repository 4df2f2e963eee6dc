"""Text-only copies of pages (WET files, text corpora): the article without what careless extractors left in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import newscrawl
from newscrawl.errors import NotAnArticle
from newscrawl.extract.body.boilerplate import is_furniture, split_end
from newscrawl.extract.captions.remove import image_of_caption, without_repeated_captions
from newscrawl.extract.dates.parse import parsed_date
from newscrawl.extract.lines.forms import is_text, lines_of, story_of, whole_page, without_bio
from newscrawl.extract.lines.promotions import split_original
from newscrawl.extract.metadata.datelines import split_dateline
from newscrawl.extract.people.bylines import by_length, byline_names
from newscrawl.extract.people.credit_line import credited_sources, split_credits
from newscrawl.extract.plaintext.bios import bio_start
from newscrawl.extract.plaintext.boxes import without_boxes
from newscrawl.extract.plaintext.captions import is_certain_caption, without_captions
from newscrawl.extract.plaintext.ends import learning_english_sources, split_after_credits
from newscrawl.extract.plaintext.headline import (
    MAX_FRONT_LINE,
    MAX_HEADLINE,
    MIN_HEADLINE,
    headline_place,
    is_date,
    is_label,
    is_name,
    split_headline,
    without_doubles,
    without_site_name,
)
from newscrawl.extract.plaintext.notices import glossary_start
from newscrawl.extract.sentences import ends_clause
from newscrawl.items import Article, Author, Metadata, Removed

MAX_TEXT = 16 * 1024 * 1024
"""Characters of one text that are read; the longest page text of the family has under half a million."""

MIN_PARAGRAPH = 80
"""Characters from which a line that ends like a sentence is the first paragraph, not a line about the story."""

TOP = 8
"""Lines under the headline in which date, byline and captions stand."""

CREDIT_REACH = 3
"""Lines after the text in which the credit line may follow: it ends no sentence."""

LAYOUT_NAME = "text"

OTHER_STORY = "other story"
"""Why a second story was removed that followed the credits of the first."""

_CLOCK = re.compile(r"\s\d\d:\d\d$")
_TITLE_AND_SITE = re.compile(r"\s+[|\-–—·•:]\s+[^|–—·•]{1,60}$")


@dataclass(slots=True)
class _Copy:
    """The parts of a copy."""

    lines: list[str]
    shown: frozenset[str]
    language: str | None
    time_zone: str
    order: dict[str, int]
    """Where each line stood first in the copy."""
    headline: str | None = None
    captions: list[str] = field(default_factory=list)
    published: str | None = None
    published_raw: str | None = None
    authors: tuple[Author, ...] = ()
    sources: tuple[str, ...] = ()
    removed: list[Removed] = field(default_factory=list)

    def remove(self, lines: Iterable[str], reason: str) -> None:
        """Record that ``lines`` were removed."""
        self.removed += [Removed(line, reason) for line in lines]


def article_from_text(
    text: str,
    *,
    url: str = "about:blank",
    language: str | None = None,
    date: str = "",
    site: str | None = None,
    time_zone: str = "UTC",
) -> Article:
    """Return the article of a text-only copy: headline, paragraphs, sources, captions, and what was ``removed``.

    Each line is a paragraph, unless lines were broken at a width. In a copy of a whole page the story is the run of
    lines with the most text in it. How captions are recognised: :mod:`newscrawl.extract.plaintext.captions`.

    Args:
        text: the copy, its lines separated by line breaks.
        url: where the page was; ``about:blank`` when that is unknown.
        language: BCP 47; None: the words of all languages of the family are tried.
        date: the instant of the capture, for ``metadata.dateDownloaded``.
        site: name of the site profile, for ``metadata.site``.
        time_zone: IANA name of the newsroom's zone, for a date under the headline.

    Raises:
        NotAnArticle: nothing is left without the boilerplate of the page.
    """
    copy = _read(text, language, time_zone)
    paragraphs, sources, credited = split_credits(copy.lines, language)
    dateline, paragraphs = split_dateline(paragraphs)
    if not paragraphs and not copy.captions:
        raise NotAnArticle("no text is left without the boilerplate of the page")
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
        sources=tuple(dict.fromkeys((*sources, *copy.sources))),
        inLanguage=language,
        mainImage=images[0] if images else None,
        images=images,
        removed=_in_order((*copy.removed, *credited), copy.order),
        metadata=Metadata(
            dateDownloaded=date, site=site, layout=LAYOUT_NAME, extractor=f"newscrawl/{newscrawl.__version__}"
        ),
    )
    return without_repeated_captions(article) if images else article


def _in_order(removed: Sequence[Removed], order: dict[str, int]) -> tuple[Removed, ...]:
    """Return what was removed in the order of the copy; parts of lines last."""
    return tuple(sorted(removed, key=lambda one: order.get(one.text, len(order))))


def _read(text: str, language: str | None, time_zone: str) -> _Copy:
    """Return the parts of a copy: first the ends, then the boxes, the headline, the lines around it, the captions."""
    lines, shown = lines_of(text[:MAX_TEXT])
    title = lines[0] if lines else ""
    is_page = whole_page(lines) is not None
    order = {line: place for place, line in reversed(list(enumerate(lines)))}
    lines, bio = without_bio(lines)
    copy = _Copy(lines, shown, language, time_zone, order)
    copy.remove(bio, "bio")
    _take_ends(copy)
    _take_pointers(copy)
    unboxed = without_boxes(copy.lines, language, title=title)
    copy.lines, copy.shown = unboxed.lines, shown | unboxed.shown
    copy.removed += unboxed.removed
    if is_page:
        _keep_story(copy, title)
    else:
        _take_headline(copy, title)
    _take_front_lines(copy)
    _take_credits(copy)
    _take_bio(copy)
    found = without_captions(copy.lines, copy.shown, headline=copy.headline)
    copy.lines, copy.captions = found.kept, found.captions
    copy.removed += found.removed
    return copy


def _take_ends(copy: _Copy) -> None:
    """Cut off other stories, the publisher's own description and the glossary of Learning English."""
    body, after = split_end(copy.lines)
    copy.lines = list(body)
    copy.removed += after
    glossary = glossary_start(copy.lines)
    if glossary is not None:
        copy.remove(copy.lines[glossary:], "glossary")
        copy.lines = copy.lines[:glossary]


def _take_headline(copy: _Copy, title: str) -> None:
    """Take the headline of a copy that is nothing but a story, and the lines above it."""
    if copy.lines and copy.lines[0] != title and _CLOCK.search(copy.lines[0]) and is_date(copy.lines[0]):
        copy.remove([copy.lines.pop(0)], "boilerplate")  # the page's clock stands below its first links
    headed = split_headline(copy.lines)
    copy.headline, copy.lines = headed.headline, headed.lines
    copy.removed += headed.removed
    for line in headed.labels:
        if not _take_date(copy, line):
            copy.remove([line], "boilerplate")


def _keep_story(copy: _Copy, title: str) -> None:
    """Keep of a whole page the headline, what stands between it and the text, the text, and the credits after it."""
    before, story, after = story_of(copy.lines)
    place = headline_place(before, title)
    if place is not None:
        story = [*before[place + 1 :], *story]
        copy.headline, story, doubles = without_doubles(before[place], story)
        copy.removed += doubles
        before = before[:place]
    elif MIN_HEADLINE <= len(title) <= MAX_HEADLINE and not is_furniture(title, copy.language):
        copy.headline = _TITLE_AND_SITE.sub("", without_site_name(title))
    credited = (n + 1 for n, line in enumerate(after[:CREDIT_REACH]) if credited_sources(line, copy.language))
    end = max(credited, default=0)
    copy.lines = [*story, *after[:end]]
    copy.remove((*before, *after[end:]), "boilerplate")


def _take_front_lines(copy: _Copy) -> None:
    """Take the lines under the headline that tell date, byline and section; a bare name only next to the date."""
    if copy.headline is None:
        return
    kept: list[str] = []
    after_date = False
    for place, line in enumerate(copy.lines):
        if place >= TOP or (is_text(line) and len(line) >= MIN_PARAGRAPH and not is_certain_caption(line)):
            kept += copy.lines[place:]
            break
        was_after_date, after_date = after_date, False
        if _take_date(copy, line):
            after_date = True
        elif line == copy.published_raw:
            copy.remove([line], "boilerplate")
        elif not copy.authors and (_is_byline(line, copy.language) or (was_after_date and is_name(line))):
            copy.authors = tuple(Author(name, line) for name in byline_names(line, copy.language))
            if not copy.authors:
                kept.append(line)
        elif not kept and is_label(line):
            copy.remove([line], "boilerplate")
        else:
            kept.append(line)
    copy.lines = kept


def _take_date(copy: _Copy, line: str) -> bool:
    """Take the date of publication that a line tells; return whether it tells one."""
    if copy.published is not None or not is_date(line):
        return False
    published = parsed_date(line, copy.time_zone)
    if published is None:
        return False
    copy.published, copy.published_raw = published, line
    return True


def _is_byline(line: str, language: str | None) -> bool:
    if len(line) > MAX_FRONT_LINE or ends_clause(line) or by_length(line, language) == 0:
        return False
    return not credited_sources(line, language)  # which some languages open as they open bylines


def _take_credits(copy: _Copy) -> None:
    """Cut off what follows the credits; take credits that name an original text or the staff of Learning English."""
    ended = split_after_credits(copy.lines, copy.language)
    copy.lines = ended.lines
    copy.remove(ended.after, ended.reason)
    sources: list[str] = []
    kept: list[str] = []
    for place, line in enumerate(copy.lines):
        names = learning_english_sources(line) if place >= len(copy.lines) - CREDIT_REACH else None
        if names is not None:
            copy.remove([line], "credit")
            sources += names
            continue
        kept.append(line)
    copy.lines, copy.sources = kept, (*copy.sources, *sources)


def _take_pointers(copy: _Copy) -> None:
    """Take the sentences that point to the original of a text; they name its source."""
    for place, line in enumerate(copy.lines):
        text, pointer, source = split_original(line)
        if pointer:
            copy.lines[place] = text
            copy.remove([pointer], "credit" if source else "promotion")
            copy.sources += (source,) if source else ()
    copy.lines = [line for line in copy.lines if line]


def _take_bio(copy: _Copy) -> None:
    start = bio_start(copy.lines, [author.name for author in copy.authors])
    copy.remove(copy.lines[start:], "bio")
    copy.lines = copy.lines[:start]
