"""What a page says it is about."""

from __future__ import annotations

import re

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import listed_texts, plain
from newscrawl.extract.text import clean
from newscrawl.site import Layout

_MAX_KEYWORDS = 100
_METAS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags")


def keywords_of(page: Page, item: Item, layout: Layout) -> tuple[str, ...]:
    """JSON-LD, the page's tags, ``meta``: the first that has any; in order, each once."""
    stated = (
        _stated_keywords(item)
        or [text for node in page.all(layout.keywords) if (text := text_of(node))]
        or _split(_metas(page))
    )
    found = stated or _split([plain(page.utag_data.get("tags")) or ""], ";")
    keywords: dict[str, str] = {}
    for keyword in found[:_MAX_KEYWORDS]:
        keywords.setdefault(keyword.casefold(), keyword)
    return tuple(keywords.values())


def _stated_keywords(item: Item) -> list[str]:
    """Those of JSON-LD: a list, or one text that lists them."""
    texts = listed_texts(item.get("keywords"))
    return texts if len(texts) > 1 else _split(texts)


def _metas(page: Page) -> list[str]:
    """The first of the names that has anything."""
    return [text for name in _METAS if name in page.metas and (text := plain(page.metas[name]))][:1]


def _split(texts: list[str], separator: str = "[,،，、]") -> list[str]:
    """The keywords that ``texts`` list, with semicolons between them where there is no comma."""
    return [
        keyword
        for text in texts
        for part in re.split(separator if re.search(separator, text) else "[;；؛|]", text)
        if (keyword := clean(part))
    ]
