"""Make and recognise the addresses of section listings, from the form that a site's URL scheme has for them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit


def section_path(form: str, section: str) -> str:
    """Return the path of the first page of ``section``.

    ``form`` is ``UrlScheme.listing``, such as ``/z/{section}?p={page}``. Its query only names further pages.
    """
    return form.partition("?")[0].format(section=section, page=1)


def is_section(form: str | None, url: str) -> bool:
    """Return whether ``url`` is the first page of a numbered section; a query names a further page, or a day."""
    if form is None:
        return False
    address = urlsplit(url)
    return not address.query and _pattern(form).fullmatch(address.path) is not None


@lru_cache(maxsize=64)
def _pattern(form: str) -> re.Pattern[str]:
    path = re.escape(form.partition("?")[0]).replace(r"\{section\}", "[0-9]+").replace(r"\{page\}", "1")
    return re.compile(rf"{path}(?:/[^/]+)?/?")
