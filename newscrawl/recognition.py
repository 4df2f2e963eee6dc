"""Recognise a page of the family by its markup, whatever host it was captured from.

Mirrors (``*.cloudfront.net``), previews (``rfe.pangea-cms.com/preview``) and web archives serve pages of the family
from hosts that no site file names. Such a page is read with the family's layouts. Which service it belongs to is taken
from what the page states of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import urlsplit

from newscrawl.extract.html.page import Page
from newscrawl.extract.jsonld.values import listed, plain
from newscrawl.extract.text import comparable
from newscrawl.site import Site
from newscrawl.sites import all_sites, site_for
from newscrawl.sites.pangea import URLS, pangea_site

_TEXTS = ("wsw", "zoomMe", "wordclick")
"""Classes of the elements that hold a text, in all years: a page without any of these words is of another system."""

_CONTAINER = "div.wsw, div.wordclick, div.zoomMe"
_BODY_CLASS = re.compile(r"(?:^|\s)(?:pg-[a-z]|print-lay-|body_article)")
_TRACES = ("/Content/responsive/", "pangea-cms.com", "//gdb.", "utag_data", "articleContent")
"""Addresses and names that the system writes into every page."""

_HOSTS_AT_ONCE = 64
"""Mirrors whose sites are remembered."""


def recognised(page: Page) -> Site | None:
    """Return the site of a page that is on no known host, or None for a page of another system.

    A page of the family whose service is not stated gets a site that has the family's layouts and nothing else.
    """
    if not any(word in page.html for word in _TEXTS) or page.first(_CONTAINER) is None:
        return None
    body = page.body
    classes = (body.attributes.get("class") if body is not None else None) or ""
    marks = (
        _BODY_CLASS.search(classes) is not None,
        any(trace in page.html for trace in _TRACES),
        URLS.article.fullmatch(_path(page.url)) is not None,
    )
    if sum(marks) < _MIN_MARKS:
        return None
    return _on_host(_service(page), urlsplit(page.url).hostname or "")


_MIN_MARKS = 2
"""Marks of the system that a page must have besides an element for its text."""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # "http://[" and the like
        return ""


def _service(page: Page) -> Site | None:
    """Return the service that the page names: by an address, else by its publisher."""
    for url in _stated_addresses(page):
        site = site_for(url)
        if site is not None:
            return site
    names = {comparable(name) for name in _stated_names(page)}
    language = (page.language or "").partition("-")[0].lower()
    found = [site for site in all_sites() if site.publisher and comparable(site.publisher) in names]
    in_language = [site for site in found if (site.language or "").partition("-")[0] == language]
    return (in_language or found)[0] if len(in_language or found) == 1 else None


def _stated_addresses(page: Page) -> Iterator[str]:
    yield from filter(None, (page.absolute(page.canonical), page.absolute(page.open_graph.get("og:url"))))
    domain = page.utag_data.get("domain")
    if isinstance(domain, str) and domain:
        yield f"https://{domain}/"
    for item in page.json_ld:
        for key in ("mainEntityOfPage", "url"):
            if isinstance(address := item.get(key), str):
                yield address


def _stated_names(page: Page) -> Iterator[str]:
    for item in page.json_ld:
        yield from filter(None, (plain(publisher.get("name")) for publisher in listed(item.get("publisher"))))
    if name := plain(page.open_graph.get("og:site_name")):
        yield name


@lru_cache(maxsize=_HOSTS_AT_ONCE)
def _on_host(site: Site | None, host: str) -> Site:
    """Return ``site``, or the family, with ``host`` among its mirrors."""
    site = site or _family()
    return site if host in site.hosts or not host else replace(site, aliases=(*site.aliases, host))


@cache
def _family() -> Site:
    site = pangea_site("pangea", "rfe.pangea-cms.com", language=None, publisher=None, time_zone="UTC")
    return replace(site, is_service=False)
