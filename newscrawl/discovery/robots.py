"""Read a robots.txt: its rules for one crawler (RFC 9309), and its ``Sitemap:`` lines.

The latter are defined at https://www.sitemaps.org/protocol.html#submit_robots, ``Crawl-delay`` nowhere.
"""

from __future__ import annotations

import codecs
import re
from typing import Self

from protego import Protego

from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.urls import absolute_url
from newscrawl.errors import DiscoveryError

MAX_BYTES = 512 * 1024
"""Bytes that are read: a crawler must read 500 KiB (RFC 9309, 2.5)."""
MAX_SITEMAPS = 1000
"""Sitemaps of one robots.txt that are read."""

_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:([^#\r\n]*)", re.I | re.M)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_AGENT = re.compile(r"^[ \t]*user[- ]?agent[ \t]*:[ \t]*(\*|[A-Za-z_-]*)[^\r\n]*$", re.I | re.M)
_DELAY = re.compile(r"^[ \t]*crawl[- ]?delay[ \t]*:[ \t]*([^#\r\n]*)[^\r\n]*$", re.I | re.M)
_SECONDS = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(ms|millisec\w*|s|sec\w*|m|min\w*)?\.?", re.I | re.A)
_UNITS = {"ms": 0.001, "mi": 0.001, "m": 60.0}
_MAX_RULE = 2_000
"""Characters of a rule that are read; URLs of the family have at most 606."""
_MAX_WILDCARDS = 20
"""Wildcards of one rule: each makes matching dearer."""
_RULE = re.compile(r"^[ \t]*(?:dis)?allow[ \t]*:[^\r\n]*$", re.I | re.M)
_OTHER_AGENT = "another-crawler"


class RobotsRules:
    """The rules of a robots.txt for one crawler."""

    def __init__(self, parser: Protego, token: str) -> None:
        self._parser = parser
        self._token = token

    @classmethod
    def parse(cls, document: bytes, agent: str) -> Self:
        """Return the rules of ``document`` for the product token that ``agent`` begins with.

        A group is for the crawler if its token is the same in any case (RFC 9309, 2.2.1), so ``news`` is not
        ``newscrawl``; a version after the token is ignored. An empty document allows everything.
        """
        token = (re.match(r"[A-Za-z_-]+", agent) or re.match("", ""))[0].lower()  # type: ignore[index]

        def group(line: re.Match[str]) -> str:
            named = line[1].lower()
            return f"User-agent: {named if named in (token, '*') else _OTHER_AGENT}"

        text = _RULE.sub(_bounded_rule, robots_text(document))
        text = _DELAY.sub(lambda line: f"Crawl-delay: {_delay(line[1])}", _AGENT.sub(group, text))
        return cls(Protego.parse(text), token)

    def allowed(self, url: str, agent: str = "") -> bool:  # noqa: ARG002 - the interface of Scrapy's parsers
        """Return whether the crawler may fetch ``url``."""
        return bool(self._parser.can_fetch(url, self._token))

    def crawl_delay(self, agent: str = "") -> float | None:  # noqa: ARG002 - same
        """Return the seconds between two requests that the site asks for; None where it asks for none."""
        delay = self._parser.crawl_delay(self._token)
        return float(delay) if delay else None


def _bounded_rule(line: re.Match[str]) -> str:
    rule = line[0]
    return "" if len(rule) > _MAX_RULE or rule.count("*") > _MAX_WILDCARDS else rule


def _delay(value: str) -> str:
    """Return the delay in seconds, also from ``2,5``, ``10 s`` and ``500 ms``; empty where it is no number."""
    match = _SECONDS.fullmatch(value.strip())
    if match is None:
        return ""
    unit = (match[2] or "s").lower()
    factor = _UNITS["mi"] if unit.startswith("milli") else _UNITS.get(unit, 60.0 if unit.startswith("min") else 1.0)
    return f"{float(match[1].replace(',', '.')) * factor:g}"


def robots_text(document: bytes) -> str:
    """Return the text of a robots.txt: UTF-8 (RFC 9309, 2.2), or UTF-16 where a byte order mark says so."""
    if len(document) > MAX_BYTES:
        document = document[:MAX_BYTES].rpartition(b"\n")[0]
    encoding = next((encoding for mark, encoding in _MARKS if document.startswith(mark)), "utf-8")
    return document.decode(encoding, "replace").lstrip("\ufeff")


def robots_sitemaps(document: bytes, url: str, faults: Faults | None = None) -> tuple[Found, ...]:
    """Return the sitemaps that the robots.txt at ``url`` names, each once, resolved against ``url``.

    Raises:
        DiscoveryError: the document is an HTML page, no robots.txt.
    """
    text = robots_text(document)
    if text.lstrip()[:1] == "<":
        raise DiscoveryError(f"{url}: the document is HTML, not robots.txt")
    named: dict[str, None] = {}
    for match in _SITEMAP.finditer(text):
        address = absolute_url(match[1], url)
        if address is not None:
            named[address] = None
        elif faults is not None:
            faults.note_address(match[1].strip())
        if len(named) >= MAX_SITEMAPS:
            break
    return tuple(Found(url=address, source="robots", via=url, is_sitemap=True) for address in named)
