"""Rough documents: one slip costs at most one entry, one odd address costs only itself, and both are counted."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import Faults, Found, document_entries, listing_entries, robots_sitemaps
from newscrawl.discovery.urls import absolute_url
from newscrawl.discovery.xml import MAX_TAG
from newscrawl.errors import DiscoveryError

URL = "https://www.example.org/maps/sitemap.xml"
PAGES = [f"https://www.example.org/a/{number}.html" for number in range(6)]
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def entry(url: str, more: bytes = b"") -> bytes:
    return b"<url><loc>%b</loc>%b</url>" % (url.encode(), more)


def found_in(document: bytes, url: str = URL) -> tuple[list[str], Faults]:
    faults = Faults()
    return [found.url for found in document_entries(document, url, faults)], faults


SLIPS = {
    "bare ampersand": b"<url><loc>https://www.example.org/a/9.html?a=1&b=2</loc></url>",
    "entity of HTML": b"<url><loc>https://www.example.org/a/9.html</loc><n:title>A&nbsp;B &oops; C</n:title></url>",
    "control character": b"<url><loc>https://www.example.org/a/9.html</loc><n:title>A\x0bB</n:title></url>",
    "unbound prefix": b"<url><loc>https://www.example.org/a/9.html</loc><news:news><news:title>A</news:title></news:news></url>",
    "bytes that are not UTF-8": b"<url><loc>https://www.example.org/a/9.html</loc><n:title>\xe9t\xe9</n:title></url>",
    "element that is not closed": b"<url><loc>https://www.example.org/a/9.html</loc><lastmod>2025-01-01</url>",
    "entry that is not closed": b"<url><loc>https://www.example.org/a/9.html</loc>",
    "location that is not closed": b"<url><loc>https://www.example.org/a/9.html</url>",
    "end of nothing": b"<url></priority><loc>https://www.example.org/a/9.html</loc></url>",
    "bare less-than sign": b"<url><loc>https://www.example.org/a/9.html</loc><n:title>1 < 2</n:title></url>",
    "quotes that are not balanced": b'<url a="1><loc>https://www.example.org/a/9.html</loc></url>' + b" " * 5000,
    "no location": b"<url><lastmod>2025-01-01</lastmod></url>",
    "impossible date": b"<url><loc>https://www.example.org/a/9.html</loc><lastmod>2025-01-01T00:00:00+99999999999999999999</lastmod></url>",
}


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize("place", [0, 3, 6])
def test_slip_costs_at_most_its_entry(name: str, place: int) -> None:
    entries = [entry(page) for page in PAGES]
    entries.insert(place, SLIPS[name])
    urls, _ = found_in(HEAD + b"\n".join(entries) + b"</urlset>")
    assert [url for url in urls if url in PAGES] == PAGES
    assert len(urls) <= len(PAGES) + 1


@pytest.mark.parametrize(
    "name",
    [
        "control character",
        "bytes that are not UTF-8",
        "element that is not closed",
        "entry that is not closed",
        "end of nothing",
        "quotes that are not balanced",
        "no location",
    ],
)
def test_slip_is_counted_and_named(name: str) -> None:
    _, faults = found_in(HEAD + entry(PAGES[0]) + SLIPS[name] + entry(PAGES[1]) + b"</urlset>")
    assert faults.number >= 1
    assert faults.first


@given(st.lists(st.sampled_from(sorted(SLIPS)), max_size=4), st.integers(1, 70))
def test_cut_of_the_pieces_changes_nothing(names: list[str], size: int) -> None:
    document = (
        HEAD + b"".join(entry(page) + SLIPS[name] for page, name in zip(PAGES, names, strict=False)) + b"</urlset>"
    )
    pieces = [document[start : start + size] for start in range(0, len(document), size)]
    assert list(document_entries(pieces, URL)) == list(document_entries(document, URL))


def test_ampersand_stays_in_the_address_and_entities_are_decoded_once() -> None:
    urls, _ = found_in(
        HEAD + entry("https://x.org/?a=1&copy=2") + entry("https://x.org/?a=1&amp;b=2&#38;c") + b"</urlset>"
    )
    assert urls == ["https://x.org/?a=1&copy=2", "https://x.org/?a=1&b=2&c"]


@pytest.mark.parametrize(
    "before",
    [
        b"\n\n  ",
        b"\xef\xbb\xbf",
        b"<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/map.php</b> on line <b>3</b><br />\n",
        b"Notice: something\n",
        b"<!-- made by hand -->\n",
    ],
)
def test_what_is_before_the_declaration_is_skipped(before: bytes) -> None:
    assert found_in(before + HEAD + entry(PAGES[0]) + b"</urlset>")[0] == PAGES[:1]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("gb2312", "gb18030"),
        ("windows-1251", "cp1251"),
        ("utf-16", "utf-16"),
        ("ISO-8859-1", "cp1252"),
        ("x-none", "utf-8"),
    ],
)
def test_declared_encoding_is_read_as_browsers_do(declared: str, codec: str) -> None:
    title = "朱镕基讲话" if codec == "gb18030" else "Пример" if codec in ("cp1251", "utf-16", "utf-8") else "été"
    item = f"<item><title>{title}</title><link>{PAGES[0]}</link></item>"
    document = f'<?xml version="1.0" encoding="{declared}"?><rss><channel>{item}</channel></rss>'
    (found,) = document_entries(document.encode(codec), URL)
    assert (found.title, found.source) == (title, "feed")


def test_upper_case_tags_are_read() -> None:
    document = b"<URLSET><URL><LOC>https://x.org/a/1</LOC><LastMod>2025-01-02</LastMod></URL></URLSET>"
    assert list(document_entries(document, URL)) == [Found("https://x.org/a/1", "sitemap", URL, lastmod="2025-01-02")]


@pytest.mark.parametrize("packed", [False, True])
def test_text_sitemap_is_read(packed: bool) -> None:
    document = b"\xef\xbb\xbf" + "\r\n".join([*PAGES[:2], "", "nonsense", "https://x.org:abc/", PAGES[2]]).encode()
    urls, faults = found_in(gzip.compress(document) if packed else document, "https://www.example.org/urls.txt")
    assert [url for url in urls if url in PAGES] == PAGES[:3]
    assert faults.bad_addresses == 1


def test_document_without_a_readable_entry_is_broken() -> None:
    with pytest.raises(DiscoveryError, match="breaks off"):
        found_in(HEAD + b"<url><loc>https://www.example.org/a/9")
    with pytest.raises(DiscoveryError, match="html"):
        found_in(b"<!DOCTYPE html><html><body><a href='/a/1.html'>")


ADDRESSES = [
    ("//www.example.org/a/1.html", "https://www.example.org/a/1.html"),
    ("/a/1.html", "https://www.example.org/a/1.html"),
    ("1.html", "https://www.example.org/maps/1.html"),
    ("\u00a0https://x.org/a\u00a0", "https://x.org/a"),
    ("\u200bhttps://x.org/a\ufeff", "https://x.org/a"),
    ("https://x.org/a\n b", "https://x.org/a b"),
    ("https://x.org:99999/a", None),
    ("https://x.org:abc/a", None),
    ("https://x.org:0/a", None),
    ("http://[::1/a", None),
    ("https:///a", "https://www.example.org/a"),
    ("https://x.org/a\u200bb", None),
    ("https://x.org/" + "a" * 9000, None),
    ("javascript:void(0)", None),
    ("ftp://x.org/a", None),
    ("", None),
]


@pytest.mark.parametrize(("href", "url"), ADDRESSES)
def test_address_is_absolute_or_none(href: str, url: str | None) -> None:
    found = absolute_url(href, URL)
    assert found == url or (url is not None and found is None and href.startswith("https:///"))


@given(st.text(max_size=60), st.sampled_from(["https://x.org/", "http://", "//", "", "/"]))
def test_any_address_is_absolute_or_none(text: str, before: str) -> None:
    found = absolute_url(before + text, URL)
    assert found is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize("href", [href for href, url in ADDRESSES if url is None and href.startswith("http")])
def test_odd_address_costs_only_itself_everywhere(href: str) -> None:
    page = PAGES[0]
    faults = [Faults() for _ in range(4)]
    sitemap = HEAD + entry(href.replace("\n", " ")) + entry(page) + b"</urlset>"
    assert [found.url for found in document_entries(sitemap, URL, faults[0])] == [page]
    feed = f"<rss><channel><item><link>{href}</link></item><item><link>{page}</link></item></channel></rss>"
    assert [found.url for found in document_entries(feed.encode(), URL, faults[1])] == [page]
    listing = f'<a href="{href}">x</a><a href="{page}">y</a><a rel="next" href="{href}">z</a>'
    assert [found.url for found in listing_entries(listing.encode(), URL, faults=faults[2]).entries] == [page]
    robots = f"Sitemap: {href}\nSitemap: /news.xml\n"
    assert [found.url for found in robots_sitemaps(robots.encode(), URL, faults[3])] == [
        "https://www.example.org/news.xml"
    ]
    assert all(each.bad_addresses >= 1 for each in faults)


HOSTILE = {
    "a list of attributes": b"<!DOCTYPE urlset [<!ATTLIST urlset " + b"a CDATA #IMPLIED " * 120_000 + b">]><urlset/>",
    "a comment": b"<urlset><!--" + b"-" * 8_000_000,
    "one tag with attributes": b"<urlset><url " + b'a="1" ' * 400_000 + b"/></urlset>",
    "tags without end": b"<urlset>" + b"<" * 2_000_000,
    "quotes without end": b"<urlset><url a='" * 200_000,
    "ends of nothing": b"<urlset><url>" + b"</x>" * 200_000,
    "nested elements": b"<urlset><url>" + b"<x>" * 200_000,
    "ampersands": b"<urlset><url><loc>" + b"&" * 2_000_000,
    "a marked text": b"<urlset><url><loc><![CDATA[" + b"]" * 4_000_000,
    "nested div of a listing": b"<div>" * 80_000,
    "formatting of a listing": b"<b><i><u>" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_of_hostile_document_grows_with_its_size_alone(name: str) -> None:
    def seconds(document: bytes) -> float:
        start = time.thread_time()
        if "listing" in name:
            listing_entries(document, URL)
        else:
            with pytest.raises(DiscoveryError):
                list(document_entries(document, URL))
        return time.thread_time() - start

    document = HOSTILE[name]
    quarter, whole = seconds(document[: len(document) // 4]), seconds(document)
    # Quadratic cost would be 16 times as much; a constant of half a second allows for what is small.
    assert whole < 8 * quarter + 0.5, f"{quarter:.2f} s, then {whole:.2f} s"


def test_tag_over_the_limit_is_refused() -> None:
    with pytest.raises(DiscoveryError, match="a tag of more than"):
        list(document_entries([b"<urlset><url ", b"a" * (MAX_TAG + 10), b"x" * MAX_TAG], URL))
