"""Whether the data of a site file can be used: selectors that can be read, a time zone that exists.

Told before a page is fetched: a selector that cannot be read would make every page fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from newscrawl.errors import UsageError
from newscrawl.site import Layout, Site

_NO_SELECTORS = frozenset({"name", "valid_from", "valid_until", "rendition", "body", "kinds"})


def check(site: Site) -> None:
    """Raises:
    UsageError: what is wrong in the file of ``site``, all of it.
    """
    faults = [*_zone_faults(site.time_zone)]
    for layout in site.layouts:
        faults += [f"layout {layout.name}, {fault}" for fault in _selector_faults(layout)]
    names = [layout.name for layout in site.layouts]
    faults += [f"two layouts are called {name}" for name in dict.fromkeys(names) if names.count(name) > 1]
    if faults:
        raise UsageError(f"site {site.name}: {'; '.join(faults)}")


def _zone_faults(name: str) -> Iterator[str]:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what zoneinfo says of an unknown name, of "..", of a folder
        yield f"time_zone {name!r} is no IANA time zone"


def _selector_faults(layout: Layout) -> Iterator[str]:
    page = LexborHTMLParser("<p></p>")
    for field, selector in _selectors(layout):
        try:
            page.css(selector)
        except SelectolaxError:
            yield f"{field}: {selector!r} is no CSS selector"


def _selectors(layout: Layout) -> Iterator[tuple[str, str]]:
    for field in fields(layout):
        if field.name not in _NO_SELECTORS and (selector := getattr(layout, field.name)):
            yield field.name, selector
    yield from (("body", selector) for selector in layout.body)
    yield from (("kinds", selector) for selector, _ in layout.kinds)
