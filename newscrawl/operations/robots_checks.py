"""What a site's robots.txt means for crawling it (RFC 9309), asked before a crawl is scheduled."""

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
"""Bytes: RFC 9309, 2.5 has crawlers read at least 500 KiB."""
LONG_DELAY = 10.0
"""Seconds between two requests: at more, a site's daily hundreds of pages take hours."""


def robots(site: Site, user_agent: str, robots_agent: str, base_url: str | None = None) -> Iterator[Finding]:
    """Whether ``site`` may be crawled; ``base_url`` for a site that runs somewhere else than its profile says."""
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
        yield problem("robots", f"{base}/robots.txt: {reason}", "look whether the site and this machine's network work")
        return
    yield clock(base, instant_of(date), asked, datetime.now(UTC))
    yield from _rules(site, base, body.decode("utf-8", "replace"), robots_agent)


def _no_robots(site: Site, base: str, status: int) -> Finding:
    if 400 <= status < 500 and status != 429:
        return fine("robots", f"{site.name}: {base} has no robots.txt ({status}), so all is allowed")
    return problem(
        "robots",
        f"{site.name}: {base}/robots.txt answers {status}, so nothing may be fetched (RFC 9309, 2.3.1.4)",
        "try again later; if it stays so, ask the site",
    )


def _rules(site: Site, base: str, text: str, agent: str) -> Iterator[Finding]:
    rules = Protego.parse(text)
    entrances = (*site.discovery.sitemaps, *site.discovery.feeds, *site.discovery.listings)
    places = [*entrances, site.url_scheme.canonical.format(id="1234567")]
    closed = [place for place in places if not rules.can_fetch(base + place, agent)]
    if closed:
        yield problem(
            "robots",
            f"{site.name}: robots.txt closes {', '.join(closed)} to {agent}",
            "crawl other entrances (-a sections=…), or ask the site",
        )
    else:
        yield fine("robots", f"{site.name}: sitemaps, feeds and articles are open to {agent}")
    delay = rules.crawl_delay(agent)
    if delay is not None and delay > LONG_DELAY:
        yield warning("robots", f"{site.name}: asks for {delay:g} s between requests", "schedule it less often")
