"""What a page says of its article: title, summary, dates, section, keywords, language, publisher."""

from __future__ import annotations

import re

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import listed, plain
from newscrawl.site import Layout, Site

_LANGUAGE_METAS = ("content-language", "dc.language", "dcterms.language", "language", "lang", "og:language")
_MAX_PARTS = 10
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_UTAG_DATELINE = re.compile(r"dateline[\"']?\s*:\s*([\"'])(?!\1)")
_SECTION_METAS = ("article:section", "section", "parsely-section", "sailthru.section")


def description_of(page: Page, item: Item, layout: Layout) -> str | None:
    """JSON-LD, ``og:description``, ``description``, the lead."""
    return (
        plain(item.get("description"))
        or plain(page.open_graph.get("og:description"))
        or plain(page.metas.get("description"))
        or _first_text(page, layout.description)
    )


def stated_dateline(page: Page) -> str | None:
    """The dateline of ``utag_data``, which most pages leave empty: those are not read for it."""
    start = page.html.find("utag_data")  # a tenth of the time of the pattern
    if start < 0 or _UTAG_DATELINE.search(page.html, start, page.html.find("</script", start)) is None:
        return None
    return plain(page.utag_data.get("dateline"))


def _metas(page: Page, names: tuple[str, ...]) -> list[str | None]:
    return [plain(page.metas[name]) for name in names if name in page.metas]


def section_of(page: Page, item: Item, layout: Layout) -> str | None:
    """Layout, JSON-LD, ``meta``, ``utag_data``."""
    return (
        _first_text(page, layout.section)
        or plain(item.get("articleSection"))
        or next(filter(None, _metas(page, _SECTION_METAS)), None)
        or plain(page.utag_data.get("section"))
    )


def language_of(page: Page, item: Item, site: Site | None) -> str | None:
    """Return the language as BCP 47: the site's, else what the page says of itself in any place."""
    if site and site.language:
        return site.language
    metas = page.metas
    stated = (
        page.language,
        plain(item.get("inLanguage")),
        page.open_graph.get("og:locale"),
        *map(metas.get, _LANGUAGE_METAS),
    )
    return next(filter(None, map(_language, stated)), None) or _language_of_parts(page)


def _language_of_parts(page: Page) -> str | None:
    """Return the language that ``http-equiv``, the article or the body states."""
    for node in page.all('meta[http-equiv="content-language" i], body[lang], main[lang], article[lang]')[:_MAX_PARTS]:
        if found := _language(node.attributes.get("content" if node.tag == "meta" else "lang")):
            return found
    return None


def _language(raw: str | None) -> str | None:
    found = _LANGUAGE.fullmatch(raw.split(",")[0].strip()) if raw else None
    return _with_case(found[0]) if found else None


def _with_case(tag: str) -> str:
    """A language tag in the case that RFC 5646, 2.1.1 recommends: ``sr-Latn``, ``en-US``."""
    first, *others = tag.replace("_", "-").split("-")
    cased = (part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in others)
    return "-".join((first.lower(), *cased))


def publisher_of(page: Page, item: Item, site: Site | None) -> str | None:
    """The site's publisher, else JSON-LD's, else ``og:site_name``."""
    if site and site.publisher:
        return site.publisher
    stated = next((plain(publisher) for publisher in listed(item.get("publisher"))), None)
    return stated or plain(item.get("publisher")) or plain(page.open_graph.get("og:site_name"))


def _first_text(page: Page, selector: str) -> str | None:
    """The first text that ``selector`` finds: the tree's order, empty elements passed over."""
    node = page.first(selector)
    if node is None:
        return None
    return text_of(node) or next((text for other in page.all(selector)[:10] if (text := text_of(other))), None)
