"""Text-only copies of pages (WET files, text corpora): the article without what careless extractors left in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import newscrawl
from newscrawl.errors import NotAnArticle
from newscrawl.extract.boilerplate import is_furniture, without_boilerplate
from newscrawl.extract.caption_parts import caption_parts
from newscrawl.extract.captions import without_repeated_captions
from newscrawl.extract.credits import split_credits
from newscrawl.extract.datelines import split_dateline
from newscrawl.extract.text import clean, comparable
from newscrawl.items import Article, Image, Metadata, Removed

MAX_TEXT = 16 * 1024 * 1024
"""Characters of one text that are read; the longest page text of the family has under half a million."""
HEADLINE_REACH = 12
"""Lines from the top in which the headline is looked for."""
MAX_HEADLINE = 250
CAPTION_REACH = 6
"""Paragraphs from the top in which a doubled caption is looked for: it stands under the headline."""
LAYOUT_NAME = "text"

_SENTENCE_END = re.compile(r"[.!?…。！？։؟।]['\"”»’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Parts:
    headline: str | None
    captions: tuple[str, ...]
    paragraphs: list[str]
    removed: tuple[Removed, ...]


def article_from_text(
    text: str, *, url: str = "about:blank", language: str | None = None, date: str = "", site: str | None = None
) -> Article:
    """The article of a text-only copy: headline, paragraphs, sources, captions; the furniture goes to ``removed``.

    ``date`` is the instant of the capture as in ``metadata.dateDownloaded``. The same text always gives the same
    article. Captions are told by standing there twice in a row, as pages repeat them.

    Raises:
        NotAnArticle: nothing is left.
    """
    lines = [line for raw in text[:MAX_TEXT].splitlines() if (line := clean(raw))]
    parts = _split(lines)
    paragraphs, sources, credited = split_credits(parts.paragraphs, language)
    dateline, paragraphs = split_dateline(paragraphs)
    if not paragraphs and not parts.captions:
        raise NotAnArticle("no text is left without the furniture of the page")
    images = tuple(_image(caption) for caption in parts.captions)
    article = Article(
        url=url,
        headline=parts.headline,
        articleBody="\n\n".join(paragraphs) or None,
        paragraphs=tuple(paragraphs),
        dateline=dateline,
        sources=sources,
        inLanguage=language,
        mainImage=images[0] if images else None,
        images=images,
        removed=(*parts.removed, *credited),
        metadata=Metadata(
            dateDownloaded=date, site=site, layout=LAYOUT_NAME, extractor=f"newscrawl/{newscrawl.__version__}"
        ),
    )
    return without_repeated_captions(article)


def _split(lines: Sequence[str]) -> _Parts:
    """Headline, doubled captions and text, in the order in which they stand on the pages of the family."""
    body, removed = without_boilerplate(lines)
    headline = _headline(body)
    if headline is not None:
        body = [line for index, line in enumerate(body) if not (line == headline and index < HEADLINE_REACH)]
    captions, doubles, body = _doubled_captions(body)
    return _Parts(headline, captions, body, (*removed, *doubles))


def _headline(lines: Sequence[str]) -> str | None:
    """The first line, where it is short, ends no sentence and text follows."""
    for line in lines[:HEADLINE_REACH]:
        if is_furniture(line):
            continue
        return line if len(line) <= MAX_HEADLINE and not re.search(r"[.。։]$", line) and len(lines) > 1 else None
    return None


def _doubled_captions(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Removed, ...], list[str]]:
    """Lines near the top that stand there twice in a row: the first is the caption, the second its repetition."""
    captions: list[str] = []
    removed: list[Removed] = []
    rest: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if index < CAPTION_REACH and comparable(line) and comparable(line) == comparable(following):
            captions.append(line)
            removed += [Removed(line, "caption"), Removed(following, "caption")]
            index += 2
        elif index < CAPTION_REACH and _is_agency_caption(line):
            captions.append(line)
            removed.append(Removed(line, "caption"))
            index += 1
        else:
            rest.append(line)
            index += 1
    return tuple(captions), tuple(removed), rest


def _is_agency_caption(line: str) -> bool:
    """Whether a line that stands there once is a caption all the same: "Place -- …, day", with no sentence's end."""
    parts = caption_parts(line)
    return " -- " in line and bool(parts.location and parts.dateCreated) and not _SENTENCE_END.search(line)


def _image(caption: str) -> Image:
    parts = caption_parts(caption)
    return Image(
        caption=parts.caption,
        creditText=parts.creditText,
        location=parts.location,
        dateCreated=parts.dateCreated,
    )
