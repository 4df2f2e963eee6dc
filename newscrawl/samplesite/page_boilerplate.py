"""What else is on a page: scripts, teasers and link lists, up to the weight of the real pages.

Saved pages of the family have some 110 elements for each 10 kB, and a seventh of their bytes is scripts (four pages,
42 to 62 kB, 2018 to 2024).
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import cycle, islice
from random import Random

from newscrawl.samplesite.languages import Language, languages
from newscrawl.samplesite.stories import FIRST_ID, Story

SCRIPTS = 1 / 7
"""Share of the bytes."""
_TEASERS = 200
"""Different ones in a language; a page of 100 kB has about as many."""


def furniture(story: Story, size: int) -> str:
    """HTML of about ``size`` bytes that no reader misses; its place on the page is below the story."""
    if size <= 0:
        return ""
    scripts = f"<script>var pageModules = [{_words()[: int(size * SCRIPTS)]}];</script>"
    parts, left = [scripts], size - len(scripts)
    index = [language.language for language in languages()].index(story.language.language)
    teasers = _teasers(index)
    for teaser, weight in islice(cycle(teasers), story.number % _TEASERS, None):
        if left < weight:
            break
        parts.append(teaser)
        left -= weight
    return f'<div class="region" data-area-id="R9_9"><div class="media-block-wrap">{"".join(parts)}</div></div>'


@cache
def _words() -> str:
    random = Random("modules")
    return ",".join(f'"{random.getrandbits(48):x}"' for _ in range(100_000))


@cache
def _teasers(index: int) -> list[tuple[str, int]]:
    """Teasers of other stories, each with its weight in bytes."""
    language = languages()[index]
    made = [_teaser(language, Random(f"{language.language}/{number}"), number) for number in range(_TEASERS)]
    return [(teaser, len(teaser.encode())) for teaser in made]


def _teaser(language: Language, random: Random, number: int) -> str:
    pattern = random.choice(language.headlines)
    title = escape(
        pattern.format(
            place=random.choice(language.places),
            person=random.choice(language.people),
            organization=random.choice(language.organizations),
            topic=random.choice(language.topics),
            n=number + 2,
        )
    )
    url = f"/a/{FIRST_ID + 1 + number * 13}.html"
    image = f"/gdb/{random.getrandbits(128):032X}_w144_r1.jpg"
    return (
        f'<div class="media-block"><a href="{url}" class="img-wrap img-wrap--t-spac" title="{title}">'
        f'<div class="thumb thumb16_9"><noscript class="nojs-img"><img src="{image}" alt="" /></noscript>'
        f'<img data-src="{image}" src="" alt="" /></div></a><div class="media-block__content">'
        f'<a href="{url}"><h4 class="media-block__title media-block__title--size-4" title="{title}">{title}</h4></a>'
        f'<p class="perex perex--mb">{escape(random.choice(language.topics))}</p></div></div>\n'
    )
