"""Sitemaps, feeds, robots.txt and listings as documents: what they say is kept, what is hostile costs little."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates import day_of
from newscrawl.discovery import Found, document_entries, listing_entries, robots_sitemaps
from newscrawl.discovery import xml as xml_module
from newscrawl.errors import DiscoveryError

URL = "https://www.example.org/sitemap.xml"


def test_a_news_sitemap_tells_title_date_keywords_and_language() -> None:
    document = """\ufeff
    <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://x.org/a/1.html </loc>
      <n:news><n:publication><n:name>N</n:name><n:language>ru</n:language></n:publication>
      <n:publication_date>2025-05-24T05:52:01.67Z</n:publication_date><n:keywords>a, b</n:keywords>
      <n:title><![CDATA["Хватит" & <хватит>]]></n:title></n:news></url></urlset>"""
    (found,) = document_entries(document.replace("\ufeff", "").encode(), URL)
    assert found == Found(
        url="https://x.org/a/1.html",
        source="sitemap",
        via=URL,
        title='"Хватит" & <хватит>',
        published="2025-05-24T05:52:01.67Z",
        category="a, b",
        language="ru",
    )


def test_a_video_sitemap_tells_title_and_date(shared: Path) -> None:
    document = (shared / "sitemaps" / "www.severreal.org" / "sitemap_89_videos.xml.gz").read_bytes()
    first = next(document_entries(document, URL))
    assert first.url == "https://www.severreal.org/a/33138835.html"
    assert first.published == "2024-09-28T22:26:22+03:00"
    assert first.title is not None


def test_the_real_podcast_feed_has_its_episodes_by_their_guids(shared: Path) -> None:
    (path,) = (shared / "feeds").iterdir()
    entries = list(document_entries(path.read_bytes(), "https://learningenglish.voanews.com/podcast/?zoneId=986"))
    assert entries[0].url == "https://learningenglish.voanews.com/a/4956253.html"
    assert day_of(entries[0].published) == date(2019, 6, 12)
    assert all(entry.title for entry in entries)


def test_atom_and_rss_1_tell_link_title_date_and_category() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link rel="self" href="/self"/>
      <link href="/a/1234.html"/><published>2025-01-02T03:04:05Z</published><updated>2025-01-03T00:00:00Z</updated>
      <category term="News"/></entry></feed>"""
    (entry,) = document_entries(atom, "https://x.org/feed")
    assert (entry.url, entry.title, entry.category) == ("https://x.org/a/1234.html", "T", "News")
    assert (entry.published, entry.lastmod) == ("2025-01-02T03:04:05Z", "2025-01-03T00:00:00Z")
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><link>https://x.org/a/1235.html</link>
      <dc:date>2025-01-02</dc:date></item></rdf:RDF>"""
    (entry,) = document_entries(rdf, "https://x.org/feed")
    assert (entry.url, entry.published) == ("https://x.org/a/1235.html", "2025-01-02")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-04-15T07:28:40.5900839Z", date(2025, 4, 15)),
        ("2025-04-15", date(2025, 4, 15)),
        ("Wed, 12 Jun 2019 17:26:00 +0000", date(2019, 6, 12)),
        ("2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_days_of_both_kinds_of_date(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


@given(st.text(max_size=40))
def test_no_date_breaks_it(text: str) -> None:
    assert isinstance(day_of(text), date | None)


def test_a_change_rules_out_what_is_too_old_and_never_what_is_too_new() -> None:
    since, until = date(2025, 5, 1), date(2025, 5, 31)
    assert not Found(URL, "sitemap", lastmod="2025-04-01").may_be_of(since, until)
    assert Found(URL, "sitemap", lastmod="2026-01-01").may_be_of(since, until)
    assert not Found(URL, "feed", published="Wed, 01 Apr 2026 00:00:00 +0000").may_be_of(since, until)
    assert Found(URL, "feed", published="2025-05-07").may_be_of(since, until)
    assert Found(URL, "listing").may_be_of(since, until)
    assert Found(URL, "sitemap", lastmod="1999-01-01").may_be_of(None, None)


def test_robots_names_sitemaps_in_any_case_each_once() -> None:
    text = b"\xef\xbb\xbfUser-agent: *\nSitemap: https://x.org/1.xml\nSITEMAP:https://x.org/2.xml # two\nsitemap: https://x.org/1.xml\n"
    assert [found.url for found in robots_sitemaps(text, URL)] == ["https://x.org/1.xml", "https://x.org/2.xml"]
    assert robots_sitemaps(b"", URL) == ()
    assert robots_sitemaps(bytes(range(256)) * 9, URL) == ()
    with pytest.raises(DiscoveryError, match="HTML"):
        robots_sitemaps(b"\n<!DOCTYPE html><p>Sitemap: x", URL)
    assert len(robots_sitemaps(b"".join(b"Sitemap: https://x.org/%d\n" % n for n in range(5000)), URL)) == 1000


def test_a_listing_without_html_has_no_links() -> None:
    for document in (b"", b"\x00\xff" * 999, b"<" * 9999, b"<a href='http://[' /><a href=' /a/1 '>"):
        assert len(listing_entries(document, URL).entries) <= 1


@pytest.mark.parametrize("times", [1, 2])
def test_compressed_documents_are_read_whatever_they_call_themselves(times: int) -> None:
    document = b"<urlset><url><loc>https://x.org/a/1</loc></url></urlset>"
    for _ in range(times):
        document = gzip.compress(document)
    assert [found.url for found in document_entries(document, URL)] == ["https://x.org/a/1"]


def test_a_decompression_bomb_goes_off_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_module, "MAX_BYTES", 4 * 2**20)
    bomb = gzip.compress(gzip.compress(b"<urlset>" + bytes(1 << 25).replace(b"\0", b" ")))
    tracemalloc.start()
    with pytest.raises(DiscoveryError, match="over 4 MB"):
        list(document_entries(bomb, URL))
    assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("elements that are no entries", b"<x/>"),
        ("one endless value", b"y" * 100),
        ("one endless entry", b"<z>1</z>"),
        ("comments", b"<!-- x -->"),
    ],
)
def test_hostile_documents_are_read_in_bounded_memory(name: str, piece: bytes) -> None:
    head = b"<urlset>" if "no entries" in name or name == "comments" else b"<urlset><url><loc>"

    def document() -> Iterator[bytes]:
        yield head
        if name == "one endless entry":
            yield b"https://x.org/</loc>"
        for _ in range(150):
            yield piece * (8_192 // len(piece))

    tracemalloc.start()
    with pytest.raises(DiscoveryError):
        list(document_entries(document(), URL))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * 2**20, f"{name}: {peak:,} bytes"


def million(urls: int) -> Iterator[bytes]:
    """A urlset of so many URLs, as gzip, in pieces."""
    packer = zlib.compressobj(1, wbits=31)
    yield packer.compress(b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    entry = (
        b"<url><loc>https://www.svoboda.org/a/%d.html</loc><lastmod>2025-04-14T19:58:18.24Z</lastmod>"
        b"<changefreq>hourly</changefreq><priority>0.8</priority></url>"
    )
    for start in range(0, urls, 1000):
        yield packer.compress(b"".join(entry % (31_000_000 + number) for number in range(start, start + 1000)))
    yield packer.compress(b"</urlset>") + packer.flush()


@pytest.mark.slow
def test_a_million_urls_are_read_as_they_stream() -> None:
    last = None
    for number, found in enumerate(document_entries(million(1_000_000), URL), 1):
        if number == 2000:
            tracemalloc.start()
        if number == 200_000:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        last = found
    assert number == 1_000_000
    assert last is not None
    assert last.url == "https://www.svoboda.org/a/31999999.html"
    assert peak < 2 * 2**20


def test_memory_does_not_grow_with_the_number_of_urls() -> None:
    peaks = []
    for urls in (2_000, 10_000):
        tracemalloc.start()
        assert sum(1 for _ in document_entries(million(urls), URL)) == urls
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**19
