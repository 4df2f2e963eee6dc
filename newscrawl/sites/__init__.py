"""The registry of sites: every module of this package that sets ``SITE`` is a site; there is nothing to register.

The modules are found with pkgutil, which looks into zipped eggs too.
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache, lru_cache
from importlib import import_module
from urllib.parse import urlsplit

from newscrawl.errors import UsageError
from newscrawl.site import Site
from newscrawl.web_archives import original_url

_ORIGIN = re.compile(r"[A-Za-z]+://[^/?#\s]*(?=[/?#]|$)")
"""Scheme, host and port of a URL: RFC 3986, 3.2."""
_ORIGINS_AT_ONCE = 256
"""Hosts that are remembered."""


@cache
def all_sites() -> tuple[Site, ...]:
    """Every site, by name.

    Raises:
        UsageError: two modules claim one name or one host.
    """
    modules = {found.name: import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}
    sites = {name: site for name, module in modules.items() if isinstance(site := getattr(module, "SITE", None), Site)}
    _check_unique(sites)
    return tuple(sorted(sites.values(), key=lambda site: site.name))


def site_named(name: str) -> Site:
    """The site called ``name``.

    Raises:
        UsageError: there is none.
    """
    site = _by_name().get(name)
    if site is None:
        raise UsageError(f"no site is called {name!r}; the sites are: {', '.join(_by_name())}")
    return site


def site_for(url: str) -> Site | None:
    """Return the site whose host or mirror ``url`` is on, whatever the port; None for any other host.

    A URL of a web archive counts as that of the page it is a copy of.
    """
    url = original_url(url) or url
    origin = _ORIGIN.match(url)
    return _site_at(origin[0] if origin else url)


# A crawl asks for thousands of pages of one host.
@lru_cache(maxsize=_ORIGINS_AT_ONCE)
def _site_at(url: str) -> Site | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:  # "http://[" and the like
        return None
    return _by_host().get(host.rstrip(".")) if host else None


@cache
def _by_name() -> dict[str, Site]:
    return {site.name: site for site in all_sites()}


@cache
def _by_host() -> dict[str, Site]:
    return {host: site for site in all_sites() for host in site.hosts}


def _check_unique(sites: dict[str, Site]) -> None:
    owners: dict[str, str] = {}
    for module, site in sites.items():
        for key in (f"name {site.name}", *(f"host {host}" for host in site.hosts)):
            if key in owners:
                raise UsageError(f"two site files claim the {key}: {owners[key]}.py and {module}.py")
            owners[key] = module
