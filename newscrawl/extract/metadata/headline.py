"""The headline of an article: without the site's name, a section or a label beside it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import listed, plain, types_of
from newscrawl.extract.text import clean, comparable
from newscrawl.site import Layout

_MAX_TITLES = 5
_MAX_HEADINGS = 20
"""Headings of a page of no site among which its headline is looked for."""

_MAX_HEADLINE = 400
"""Characters of a headline; a longer heading is text."""

_MIN_HOST_LETTERS = 4
"""Letters of a name that is looked for in a host: three letters stand in many by chance."""

_MAX_SECTION = 20
"""Characters of a section that stands between the headline and the site's name."""

_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_SUFFIX = re.compile(r"\s+[|\-–—:·•»]\s+([^|–—·•»]{1,60})$")
_SEPARATOR = re.compile(r"(\s*[|｜›»]\s*|\s+[-–—·•:~/>]\s+|(?<=\w):\s+|\s+::\s+)")
"""What separates a headline from the name of its site or section in a title."""

_WORD = re.compile(r"\w+")
_NO_HEADLINES = frozenset(
    map(comparable, ("untitled", "loading", "home", "homepage", "index", "news", "article", "no title"))
)
"""Titles that name no article."""

_UNSEEN = (
    "[class*=visually-hidden i], [class*=visuallyhidden i], [class*=sr-only i], [class*=screen-reader i], [hidden], "
    "svg, style, script, button"
)
"""Elements within a heading that readers do not see."""

_FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "dialog"})
_MAX_LEVELS = 30


def headline_of(page: Page, item: Item, layout: Layout) -> str | None:
    """Return the headline: by JSON-LD, layout, ``og:title`` and ``title``; on a page of no site by what it shows first.

    JSON-LD gives way where it is cut off, and where the page shows another title that ``og:title`` confirms: then
    JSON-LD has one that was made for search engines.
    """
    if not layout.headline:
        return _shown_headline(page, item)
    stated = plain(item.get("headline"))
    if stated and stated == text_of(page.first(layout.headline)):
        return without_site_name(stated, page)
    shared = plain(page.open_graph.get("og:title"))
    titles = [text for node in page.all(layout.headline)[:_MAX_TITLES] if (text := text_of(node))]
    if stated and stated not in titles:
        stated = next((shown for shown in titles if shown == shared or _is_cut_off(stated, shown)), stated)
    return without_site_name(stated or next(iter(titles), None) or shared or plain(page.title), page)


def _shown_headline(page: Page, item: Item) -> str | None:
    """Return the headline of a page of no site: the heading that its titles confirm, else the best of its titles.

    The heading is what readers saw; titles for search engines and for sharing are shortened or reworded. The JSON-LD
    of a news article comes first.
    """
    names = _site_names(page, item)
    stated = plain(item.get("headline"))
    shared = [plain(page.open_graph.get("og:title")), plain(page.metas.get("twitter:title"))]
    title = plain(page.title)
    cleaned = [_without_names(text, names, page) for text in (stated, *shared, title) if text]
    titles = [text for text in cleaned if text and comparable(text) not in _NO_HEADLINES | names]
    headings = _headings(page, names)
    if newsrooms := _newsroom_headline(item, headings, names, page):
        return newsrooms
    if titles and headings:
        best = max(headings, key=lambda text: _likeness(text, titles))
        if _likeness(best, [stated] if stated else titles):
            return best
    return next(iter(titles), None) or next(iter(headings), None) or stated or title


def _newsroom_headline(item: Item, headings: list[str], names: frozenset[str], page: Page) -> str | None:
    """Return the headline that a news article's JSON-LD states, or the heading that it is cut off from.

    Newsrooms write it by hand; other systems derive it from a title for search engines. A heading that ``og:title``
    confirms is better still, if it is about the same.
    """
    stated = _without_names(plain(item.get("headline")) or "", names, page)
    if not stated or not any("News" in name for name in types_of(item)) or comparable(stated) in _NO_HEADLINES:
        return None
    shared = plain(page.open_graph.get("og:title"))
    for shown in headings:
        if _is_cut_off(stated, shown) or (shown == shared and _likeness(shown, [stated])):
            return shown
    return stated


def _headings(page: Page, names: frozenset[str]) -> list[str]:
    """Return the texts of the first headings that may be the article's, those of the first level if there are any."""
    for selector in ("h1", "[itemprop=headline], h2"):
        nodes = [node for node in page.all(selector)[:_MAX_HEADINGS] if not _is_foreign(node)]
        texts = [text for node in nodes if (text := _heading_text(node)) and comparable(text) not in names]
        texts = [text for text in texts if len(text) <= _MAX_HEADLINE and comparable(text) not in _NO_HEADLINES]
        if texts:
            return texts if selector == "h1" else []
    return []


def _heading_text(node: LexborNode) -> str | None:
    """Return the text of a heading without labels that stand in it; None if it has no text."""
    whole = text_of(node)
    labels = [text for label in node.css(_UNSEEN)[:_MAX_TITLES] if (text := text_of(label))]
    for label in labels:
        if whole and label != whole and (whole.startswith(label) or whole.endswith(label)):
            whole = clean(whole.removeprefix(label).removesuffix(label)).strip(" :|–—-")
    return whole or None


def _is_foreign(node: LexborNode) -> bool:
    outer = node.parent
    for _ in range(_MAX_LEVELS):
        if outer is None:
            return False
        if outer.tag in _FOREIGN_TAGS:
            return True
        outer = outer.parent
    return False


def _likeness(heading: str, titles: list[str]) -> float:
    """Return the largest share of words that ``heading`` has in common with one of ``titles``, from 0 to 1."""
    words = set(_WORD.findall(heading.casefold()))
    return max((_shared(words, set(_WORD.findall(title.casefold()))) for title in titles), default=0.0)


def _shared(words: set[str], others: set[str]) -> float:
    return len(words & others) / max(len(words | others), 1)


def _site_names(page: Page, item: Item) -> frozenset[str]:
    """Return what the site calls itself, in comparable form."""
    names = [page.open_graph.get("og:site_name"), page.metas.get("application-name"), plain(item.get("publisher"))]
    for entry in page.json_ld:
        kinds = str(entry.get("@type"))
        if "WebSite" in kinds or "Organization" in kinds:
            names += [plain(entry.get("name")), plain(entry.get("alternateName"))]
    names += [plain(publisher.get("name")) for publisher in listed(item.get("publisher"))]
    return frozenset(form for name in names if name and (form := comparable(name)))


def _without_names(title: str, names: frozenset[str], page: Page) -> str | None:
    """Return ``title`` without the site's name at either end and a section beside it; None if nothing else is there."""
    parts = _SEPARATOR.split(title)
    texts, marks = parts[::2], parts[1::2]
    if len(texts) == 1:
        return title if not _is_name(title, names, page) else None
    if _is_name(texts[-1], names, page):
        texts.pop()
        mark = marks.pop()
        while len(texts) > 1 and marks[-1].strip() == mark.strip() and len(texts[-1]) <= _MAX_SECTION:
            texts.pop()
            marks.pop()
    elif _is_name(texts[0], names, page):
        texts, marks = texts[1:], marks[1:]
    joined = "".join(text + mark for text, mark in zip(texts, [*marks, ""], strict=False))
    return clean(joined) or None


def _is_name(text: str, names: frozenset[str], page: Page) -> bool:
    form = comparable(text)
    return form in names or (bool(form) and _is_host(text, page.url))


def _is_cut_off(stated: str, shown: str) -> bool:
    """Return whether ``stated`` is ``shown`` cut off: search engines show 110 characters, and some systems no more."""
    start = _CUT_OFF.sub("", stated)
    return len(start) < len(stated) and shown.startswith(start)


def without_site_name(title: str | None, page: Page) -> str | None:
    """Return ``title`` without " | Name of the site" at its end."""
    found = _SUFFIX.search(title) if title else None
    if title is None or found is None:
        return title
    name = (plain(page.open_graph.get("og:site_name")) or "").casefold()
    suffix = found[1].casefold()
    is_name = bool(name) and (suffix in name or name in suffix)
    return clean(title[: found.start()]) if is_name or _is_host(suffix, page.url) else title


def _is_host(name: str, url: str) -> bool:
    """Return whether ``name`` is what the page's host is called: "Golem.de", "Wend Courier"."""
    letters = comparable(name)
    return len(letters) >= _MIN_HOST_LETTERS and letters in comparable(urlsplit(url).netloc)
