"""Recognise pages that stand in the place of an article, although their status is 200: walls and soft 404s.

A wall is a page by which a site, or a service before it, keeps crawlers out: a challenge, a request for consent, a
notice of a block. It is recognised by what its markup and header must have to work, so that an article about such a
service is none. What is recognised depends on the one page alone, so that a crawl and a replay agree.
"""

from __future__ import annotations

import re

from newscrawl.capture import Capture

MAX_WALL = 65_536
"""Bytes of a page up to which it may be a wall: challenges have 1 to 40 kB, pages of the family have more."""

_HEADERS = (
    ("cf-mitigated", "challenge", "a challenge of Cloudflare"),
    ("x-amzn-waf-action", "", "a challenge of AWS WAF"),
    ("x-datadome", "protected", "a challenge of DataDome"),
    ("x-sucuri-block", "", "a block of Sucuri"),
)
"""Name of a header, what its value begins with, what the page is."""

_MARKUP = (
    (b"_cf_chl_opt", "a challenge of Cloudflare"),
    (b"cf-browser-verification", "a challenge of Cloudflare"),
    (b"cf-error-details", "a block of Cloudflare"),
    (b"captcha-delivery.com/", "a challenge of DataDome"),
    (b"_pxAppId", "a challenge of HUMAN"),
    (b"/_Incapsula_Resource", "a challenge of Imperva"),
    (b"errors.edgesuite.net", "a block of Akamai"),
    (b"sucuri_cloudproxy_js", "a challenge of Sucuri"),
    (b"AwsWafIntegration", "a challenge of AWS WAF"),
    (b"gokuProps", "a challenge of AWS WAF"),
    (b"/.well-known/ddos-guard/", "a challenge of DDoS-Guard"),
    (b'id="anubis_challenge"', "a challenge of Anubis"),
    (b"__qrator", "a challenge of Qrator"),
    (b'action="https://consent.', "a request for consent"),
)
"""What the markup of a wall has, and what the page is."""
_TITLES = (
    (re.compile(rb"just a moment(?:\.\.\.|\xe2\x80\xa6)?", re.I), "a challenge of Cloudflare"),
    (re.compile(rb"attention required! \| cloudflare", re.I), "a block of Cloudflare"),
    (re.compile(rb"ddos-guard", re.I), "a challenge of DDoS-Guard"),
    (re.compile(rb"(?:access denied|pardon our interruption|are you a robot\??|robot check)", re.I), "a block"),
    (re.compile(rb"(?:checking|verifying) your browser.{0,60}", re.I | re.S), "a challenge"),
    (re.compile(rb"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human.{0,60}", re.I | re.S), "a challenge"),
    (re.compile(rb"before you continue(?: to .{0,60})?", re.I), "a request for consent"),
)
"""The whole title of a wall, and what the page is."""
_TITLE = re.compile(rb"<title[^>]{0,200}>\s*([^<]{0,300}?)\s*</title", re.I)
_COOKIE_SCRIPT = re.compile(
    rb"<script[^>]{0,200}>[^<]{0,4000}document\.cookie\s*=[^<]{0,2000}location\.(?:reload|replace|href)", re.I
)
"""A page that only sets a cookie and loads again."""
_PARAGRAPH = re.compile(rb"<(?:p|article|h1)[\s>]", re.I)
_MAX_COOKIE_PAGE = 8_192

_NOT_FOUND = re.compile(
    r"(?:(?:error|ошибка|помилка|fehler|eroare|erreur|hata|greška)[\s:-]*)?404(?![\w-])"
    r"(?:[\s:!.|–—-]*(?:page |file |seite |страница |сторінку |pagina )?"
    r"(?:not found|nicht gefunden|не найдена|не знайдено"
    r"|nu a fost găsit[ăa]|error))?(?:\s*[|–—-].{0,80})?"
    r"|(?:page|file) (?:not found|does not exist|cannot be found)(?:\s*[|–—-].{0,80})?"
    r"|(?:страница|страницу) не найден[аоу](?:\s*[|–—-].{0,80})?|сторінку не знайдено(?:\s*[|–—-].{0,80})?",
    re.I,
)
"""The whole title of a page that says that there is none."""


def wall_of(capture: Capture) -> str | None:
    """Return what kind of wall the page is; None where it is none."""
    for name, begins, what in _HEADERS:
        value = capture.header(name)
        if value is not None and value.strip().lower().startswith(begins):
            return what
    page = capture.payload
    if len(page) > MAX_WALL:
        return None
    for mark, what in _MARKUP:
        if mark in page:
            return what
    if title := _TITLE.search(page):
        for pattern, what in _TITLES:
            if pattern.fullmatch(title[1]):
                return what
    if len(page) <= _MAX_COOKIE_PAGE and _COOKIE_SCRIPT.search(page) and not _PARAGRAPH.search(page):
        return "a page that only sets a cookie"
    return None


def is_soft_404(headline: str | None) -> bool:
    """Return whether a page with this title says that there is no page, in spite of its status."""
    return bool(headline and _NOT_FOUND.fullmatch(headline.strip()))
