"""Check before a crawl is scheduled whether a site's robots.txt (RFC 9309) allows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from protego import Protego

from newscrawl.dates import instant_of
from newscrawl.operations.checks import clock
from newscrawl.operations.findings import Finding, fine, problem, warning
from newscrawl.site import Site

TIMEOUT = 30
"""Seconds."""
MAX_ROBOTS = 512 * 1024
"""Bytes; RFC 9309, section 2.5, asks crawlers to read at least 500 KiB."""
LONG_DELAY = 10.0
"""Seconds between two requests above which the hundreds of pages of a day take hours."""


def robots(site: Site, user_agent: str, robots_agent: str, base_url: str | None = None) -> Iterator[Finding]:
    """Yield whether ``site`` may be crawled; ``base_url`` overrides where its profile says that it runs."""
    base = base_url or f"{site.scheme}://{site.host}"
    request = Request(f"{base}/robots.txt", headers={"User-Agent": user_agent})  # noqa: S310 - a profile's http(s)
    asked = datetime.now(UTC)
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - as above
            body = response.read(MAX_ROBOTS)
            date = response.headers.get("Date")
    except HTTPError as error:
        with error:
            yield _no_robots(site, base, error.code)
        return
    except (URLError, HTTPException, OSError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        yield problem("robots", f"{base}/robots.txt: {reason}", "check the site and the network of this machine")
        return
    yield clock(base, instant_of(date), asked, datetime.now(UTC))
    yield from _rules(site, base, body.decode("utf-8", "replace"), robots_agent)


def _no_robots(site: Site, base: str, status: int) -> Finding:
    if 400 <= status < 500 and status != 429:
        return fine("robots", f"{site.name}: {base} has no robots.txt ({status}), so all is allowed")
    return problem(
        "robots",
        f"{site.name}: {base}/robots.txt answers {status}, so nothing may be fetched (RFC 9309, 2.3.1.4)",
        "try again later; if it does not change, ask the site",
    )


def _rules(site: Site, base: str, text: str, agent: str) -> Iterator[Finding]:
    rules = Protego.parse(text)
    entrances = (*site.discovery.sitemaps, *site.discovery.feeds, *site.discovery.listings)
    places = [*entrances, site.url_scheme.canonical.format(id="1234567")]
    closed = [place for place in places if not rules.can_fetch(base + place, agent)]
    if closed:
        yield problem(
            "robots",
            f"{site.name}: robots.txt forbids {agent} to fetch {', '.join(closed)}",
            "crawl other sections (-a sections=…), or ask the site",
        )
    else:
        yield fine("robots", f"{site.name}: {agent} may fetch sitemaps, feeds and articles")
    delay = rules.crawl_delay(agent)
    if delay is not None and delay > LONG_DELAY:
        yield warning(
            "robots", f"{site.name}: robots.txt asks for {delay:g} s between requests", "schedule it less often"
        )
