"""Say for each field of an article what the page states, where, and which statement was taken.

The statements about dates come from the functions that read them; the others are looked up again in the order in which
the readers of those fields ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract.general.figures import GENERAL
from newscrawl.extract.general.read import general_body
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, listed, plain, plain_paragraphs
from newscrawl.extract.metadata.main_item import main_item_of
from newscrawl.extract.metadata.publication_dates import (
    Statement,
    modified_statements,
    published_statements,
    shown_statements,
)
from newscrawl.extract.metadata.shown import dates_passed_over, shown_bylines
from newscrawl.extract.text import comparable
from newscrawl.items import Article
from newscrawl.site import Layout, Site

_MAX_STATEMENTS = 20
"""Statements about one field that are listed."""

_ITEM = "structured data"


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where one field comes from."""

    value: Any
    """The field's value in the article."""
    source: str | None = None
    """The statement that was taken; None where the field is empty or no statement says the same."""
    stated: list[Statement] = field(default_factory=list)
    """All statements about the field, in the order in which they are asked."""
    passed_over: list[Statement] = field(default_factory=list)
    """Dates on the page that are not the article's, with the reason."""


def field_sources(
    capture: Capture,
    article: Article,
    site: Site | None,
    recognised: Callable[[Page], Site | None] | None = None,
) -> dict[str, FieldSource]:
    """Return the sources of the main fields of ``article``, which was read from ``capture``; empty for no page."""
    try:
        page = Page.of(capture)
    except NotAnArticle:
        return {}
    if site is None and recognised is not None:
        site = recognised(page)
    item = main_item_of(page, site)
    layout = _layout_of(article, site)
    published = [*published_statements(page, item, layout), *(shown_statements(page) if layout is GENERAL else ())]
    return {
        "headline": _source(article.headline, _headlines(page, item, layout)),
        "description": _source(article.description, _descriptions(page, item, layout)),
        "datePublished": _dated(article.datePublished, article.datePublishedRaw, published, dates_passed_over(page)),
        "dateModified": _dated(
            article.dateModified, article.dateModifiedRaw, modified_statements(page, item, layout), ()
        ),
        "authors": _source([author.name for author in article.authors], _authors(page, item, layout)),
        "articleSection": _source(article.articleSection, _values(page, item, "articleSection", ("article:section",))),
        "inLanguage": _source(article.inLanguage, _languages(page, item, site)),
        "publisher": _source(article.publisher, _publishers(page, item, site)),
        "mainImage": _source(article.mainImage.contentUrl if article.mainImage else None, _images(page, item)),
        "paragraphs": FieldSource(len(article.paragraphs), _text_source(page, item, article, layout)),
    }


def _layout_of(article: Article, site: Site | None) -> Layout:
    name = article.metadata.layout if article.metadata else None
    return next((layout for layout in site.layouts if layout.name == name), GENERAL) if site else GENERAL


def _source(value: Any, stated: Iterable[Statement]) -> FieldSource:
    statements = list(stated)[:_MAX_STATEMENTS]
    wanted = [comparable(text) for text in (value if isinstance(value, list) else [value]) if text]
    taken = next((s.source for s in statements if wanted and any(_says(s.raw, form) for form in wanted)), None)
    return FieldSource(value, taken, statements)


def _says(raw: str, wanted: str) -> bool:
    form = comparable(raw)
    return bool(form) and (wanted in form or form in wanted)


def _dated(
    value: str | None, raw: str | None, stated: Iterable[Statement], passed_over: Iterable[tuple[str, str]]
) -> FieldSource:
    statements = list(stated)[:_MAX_STATEMENTS]
    taken = next((statement.source for statement in statements if value and statement.raw == raw), None)
    others = [Statement(reason, text) for reason, text in list(passed_over)[:_MAX_STATEMENTS]]
    return FieldSource(value, taken, statements, [] if value else others)


def _values(page: Page, item: Item, key: str, metas: tuple[str, ...]) -> Iterator[Statement]:
    if text := plain(item.get(key)):
        yield Statement(f"{_ITEM}, {key}", text)
    yield from (Statement(f"meta {name}", text) for name in metas if (text := plain(page.metas.get(name))))


def _shown(page: Page, selector: str, source: str) -> Iterator[Statement]:
    yield from (Statement(source, text) for node in page.all(selector)[:_MAX_STATEMENTS] if (text := text_of(node)))


def _headlines(page: Page, item: Item, layout: Layout) -> Iterator[Statement]:
    yield from _values(page, item, "headline", ())
    yield from _shown(page, layout.headline or "h1", "the layout" if layout.headline else "the heading")
    yield from _values(page, {}, "", ("og:title", "twitter:title"))
    if title := plain(page.title):
        yield Statement("the title", title)


def _descriptions(page: Page, item: Item, layout: Layout) -> Iterator[Statement]:
    yield from _values(page, item, "description", ("og:description", "description"))
    yield from _shown(page, layout.description, "the layout")


def _authors(page: Page, item: Item, layout: Layout) -> Iterator[Statement]:
    for key in ("author", "creator"):
        value = item.get(key)
        names = [plain(entry) for entry in (value if isinstance(value, list) else [value])]
        yield from (Statement(f"{_ITEM}, {key}", name) for name in names if name)
    yield from _shown(page, layout.byline, "the layout")
    yield from _values(page, {}, "", ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator"))
    if layout is GENERAL:
        yield from (Statement("the byline near the headline", text) for text, _ in shown_bylines(page))


def _languages(page: Page, item: Item, site: Site | None) -> Iterator[Statement]:
    if site and site.language:
        yield Statement("the site's profile", site.language)
    if page.language:
        yield Statement("html lang", page.language)
    yield from _values(page, item, "inLanguage", ("og:locale", "content-language", "dc.language", "language"))
    yield Statement("detected from the text", "")


def _publishers(page: Page, item: Item, site: Site | None) -> Iterator[Statement]:
    if site and site.publisher:
        yield Statement("the site's profile", site.publisher)
    for publisher in listed(item.get("publisher")):
        yield Statement(f"{_ITEM}, publisher", plain(publisher) or "")
    yield from _values(page, {}, "", ("og:site_name",))


def _images(page: Page, item: Item) -> Iterator[Statement]:
    for key in ("image", "thumbnailUrl"):
        if url := page.absolute(link(item.get(key))):
            yield Statement(f"{_ITEM}, {key}", url)
    for name in ("og:image", "twitter:image"):
        if url := page.absolute(page.metas.get(name)):
            yield Statement(f"meta {name}", url)


def _text_source(page: Page, item: Item, article: Article, layout: Layout) -> str | None:
    if not article.paragraphs:
        return None
    if layout is not GENERAL:
        return f"layout {layout.name}"
    _, found, _ = general_body(page, item)
    lines = {comparable(text) for text in found.paragraphs}
    if comparable(article.paragraphs[0]) not in lines and plain_paragraphs(item.get("articleBody")):
        return f"{_ITEM}, articleBody"
    node = found.root
    names = node.attributes.get("class") or node.attributes.get("id") or "" if node is not None else ""
    tag = node.tag if node is not None else "body"
    return (
        f"the element <{tag}{f' class={names!r}' if names else ''}> with {found.share:.0%} of the page's running text"
    )
