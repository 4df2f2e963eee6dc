"""The fields of the metadata record beside each exchange: how its URL was found.

The names are those of WARC 1.1, 6.6, and of Heritrix (``via``, ``hopsFromSeed``); the others are ours.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newscrawl.archive.records.exchange import Fields
from newscrawl.fetch_record import fetch_record

if TYPE_CHECKING:
    from scrapy import Request

_MAX_VALUE = 4096
"""Characters of a value: as long as the URLs that servers accept."""


def context_of(request: Request) -> Fields:
    """Return ``via`` (the page that led here), ``hopsFromSeed`` and what discovery said (``discovery-source`` ...)."""
    meta = request.meta
    context: list[tuple[str, str]] = []
    redirected_from = meta.get("redirect_urls") or []
    via = redirected_from[-1] if redirected_from else (request.headers.get("Referer") or b"").decode("latin-1")
    if via:
        context.append(("via", via))
    hops = "L" * int(meta.get("depth", 0)) + "R" * len(redirected_from)
    if hops:
        context.append(("hopsFromSeed", hops))
    if retries := meta.get("retry_times"):
        context.append(("retry", str(retries)))
    if proxy := meta.get("proxy"):
        context.append(("proxy", _without_credentials(str(proxy))))
    context.extend(_discovery(fetch_record(request).found))
    return tuple((name, value[:_MAX_VALUE]) for name, value in context)


def _discovery(found: Any) -> Fields:
    """Return what the sitemap, feed or listing said of the URL: the fields of a :class:`newscrawl.discovery.Found`."""
    names = _discovery_names(found.__class__)
    return tuple((f"discovery-{name}", str(value)) for name in names if (value := getattr(found, name)))


@lru_cache(maxsize=16)
def _discovery_names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of ``kind``; none where it is no dataclass."""
    return tuple(field.name for field in fields(kind) if field.name != "url") if is_dataclass(kind) else ()


def _without_credentials(proxy: str) -> str:
    scheme, separator, rest = proxy.rpartition("://")
    return scheme + separator + rest.rpartition("@")[2]
