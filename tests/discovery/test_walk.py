"""The walk: all places, one entry an article, nothing that loops, breaks or leads elsewhere ends it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from newscrawl.site import Site
from newscrawl.sites import site_for, site_named
from tests.discovery.walking import Documents, Walk, all_of, index, listing, urlset

BASE = "https://www.svoboda.org"


def walked(documents: Documents, **arguments: str) -> Walk:
    return Walk(site_named("svoboda"), documents, **arguments).walk()


def test_the_union_of_all_places_has_each_article_once_whatever_the_url_form() -> None:
    walk = walked(
        {
            f"{BASE}/robots.txt": f"User-agent: *\nSITEMAP: {BASE}/special.xml\nsitemap:{BASE}/sitemap.xml\n".encode(),
            f"{BASE}/special.xml": urlset([f"{BASE}/a/s/30000001.html", f"{BASE}/content/legacy/30000009.html"]),
            f"{BASE}/sitemap.xml": index([f"{BASE}/sitemap_2_{n}.xml.gz" for n in ("1", "latest", "news", "sections")]),
            f"{BASE}/sitemap_2_1.xml.gz": gzip.compress(
                urlset([f"{BASE}/a/30000001.html", f"{BASE}/a/%d0%b6/30000002.html", f"{BASE}/a/\u0436/30000002.html"])
            ),
            f"{BASE}/sitemap_2_latest.xml.gz": urlset([f"{BASE}/amp/30000003.html"]),
            f"{BASE}/sitemap_2_news.xml.gz": urlset([f"{BASE}/a/30000003.html"]),
            f"{BASE}/sitemap_2_sections.xml.gz": urlset([f"{BASE}/", f"{BASE}/z/17", f"{BASE}/\u041d\u043e\u0432"]),
            f"{BASE}/": b"<link rel=alternate type=application/rss+xml href=/api/zmg>" + listing(["/a/30000004.html"]),
            f"{BASE}/api/zmg": b"<rss><channel><item><guid>http://svoboda.org/a/30000005.html</guid></item></channel></rss>",
            f"{BASE}/api/": b"<rss><channel><item><link>/a/x/30000006.html</link></item></channel></rss>",
            f"{BASE}/z/17": listing(["/a/30000001.html", "/articleprintview/30000007.html"], "/z/17?p=2"),
            f"{BASE}/z/17?p=2": listing(["/embed/player/0/30000008.html?type=audio"], "/z/17?p=3"),
            f"{BASE}/z/17?p=3": listing([], "/z/17?p=4"),
            f"{BASE}/%D0%9D%D0%BE%D0%B2": listing(["https://www.svoboda.org:443/a/30000010.html#comments"]),
        }
    )
    assert sorted(walk.found) == [f"300000{number:02}" for number in range(1, 11)]
    assert f"{BASE}/z/17?p=4" not in walk.asked
    assert len(walk.asked) == len(set(walk.asked))
    # AMP, print and embed forms are fetched in the canonical form.
    assert walk.found["30000007"].url == f"{BASE}/a/30000007.html"
    assert walk.found["30000003"].url in (f"{BASE}/a/30000003.html",)
    assert walk.found["30000008"].url == f"{BASE}/a/30000008.html"


def test_latest_looks_only_where_new_articles_are_announced_first() -> None:
    documents = {
        f"{BASE}/sitemap.xml": index([f"{BASE}/sitemap_2_{n}.xml.gz" for n in ("1", "latest", "news", "videos")]),
        **{f"{BASE}/sitemap_2_{n}.xml.gz": urlset([]) for n in ("1", "latest", "news", "videos")},
        f"{BASE}/": listing(["/z/17", "/a/30000001.html"]),
        f"{BASE}/z/17": listing([]),
    }
    asked = walked(documents, mode="latest").asked
    assert f"{BASE}/sitemap_2_latest.xml.gz" in asked
    assert f"{BASE}/sitemap_2_videos.xml.gz" in asked
    assert f"{BASE}/sitemap_2_1.xml.gz" not in asked
    assert f"{BASE}/z/17" not in asked
    backfill = walked(documents).asked
    assert {f"{BASE}/sitemap_2_1.xml.gz", f"{BASE}/z/17"} <= set(backfill)
    assert backfill.index(f"{BASE}/sitemap_2_latest.xml.gz") < backfill.index(f"{BASE}/sitemap_2_1.xml.gz")


def test_what_names_many_waits_and_is_read_newest_first_one_at_a_time() -> None:
    numbered = [f"{BASE}/sitemap_2_{number}.xml.gz" for number in (1, 10, 2)]
    documents = {f"{BASE}/sitemap.xml": index([*numbered, f"{BASE}/sitemap_2_latest.xml.gz"])}
    walk = Walk(site_named("svoboda"), documents)
    for request in all_of(
        walk.parse_sitemap(HtmlResponse(f"{BASE}/sitemap.xml", body=documents[f"{BASE}/sitemap.xml"]))
    ):
        assert "latest" in request.url, "what is fresh does not wait"
    assert walk.counts["discovery/waiting"] == 3
    order = [[request.url for request in walk.waiting_requests()] for _ in range(4)]
    assert order == [[numbered[0]], [numbered[2]], [numbered[1]], []]
    assert walk.counts["discovery/waiting"] == 0


def test_nothing_waits_where_crawlers_share_a_frontier() -> None:
    walk = Walk(site_named("svoboda"), {})
    walk.crawler.settings["FRONTIER_NAME"] = "x"  # type: ignore[index]
    body = index([f"{BASE}/sitemap_2_1.xml.gz", f"{BASE}/sitemap_2_2.xml.gz"])
    assert len(list(all_of(walk.parse_sitemap(HtmlResponse(f"{BASE}/sitemap.xml", body=body))))) == 2


def test_places_wait_for_ever_when_enough_is_found() -> None:
    walk = Walk(site_named("svoboda"), {})
    list(all_of(walk.parse_sitemap(HtmlResponse(f"{BASE}/sitemap.xml", body=index([f"{BASE}/sitemap_2_1.xml.gz"])))))
    walk.wants_more = lambda: False  # type: ignore[method-assign]
    assert walk.waiting_requests() == []


def test_an_index_that_names_no_fresh_sitemap_is_read_whole_by_latest() -> None:
    walk = walked(
        {f"{BASE}/sitemap.xml": index([f"{BASE}/posts.xml"]), f"{BASE}/posts.xml": urlset([f"{BASE}/a/30000001.html"])},
        mode="latest",
    )
    assert list(walk.found) == ["30000001"]


def test_numbered_sitemaps_that_did_not_change_since_are_left_out() -> None:
    old = f"<sitemapindex><sitemap><loc>{BASE}/a.xml</loc><lastmod>2020-01-01T00:00:00.1234567Z</lastmod></sitemap>"
    new = f"<sitemap><loc>{BASE}/b.xml</loc><lastmod>2025-05-20</lastmod></sitemap></sitemapindex>"
    asked = walked({f"{BASE}/sitemap.xml": (old + new).encode()}, since="2025-05-01").asked
    assert f"{BASE}/b.xml" in asked
    assert f"{BASE}/a.xml" not in asked


@pytest.mark.parametrize(
    ("name", "document", "stat"),
    [
        ("HTML served as a sitemap", b"<!DOCTYPE html>\n<html lang='en'><p>Page not found<br></html>", "broken"),
        ("XHTML", b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "broken"),
        ("nothing at all", b"", "broken"),
        ("an empty urlset", urlset([]), "empty"),
        ("a gzip stream that breaks off", gzip.compress(urlset([BASE] * 9999), mtime=0)[:90], "broken"),
        ("an empty feed in the place of a sitemap", b"<rss><channel/></rss>", "empty"),
        ("elements without end", b"<urlset>" + b"<url>" * 100, "broken"),
        ("its own entities", b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', "broken"),
        ("an encoding nobody knows", b'<?xml version="1.0" encoding="x-none"?><urlset/>', "empty"),
        ("addresses that are none", urlset(["http://[", "", "javascript:x", "mailto:a@b"]), "bad_addresses"),
    ],
)
def test_what_is_no_sitemap_is_counted_and_survived(name: str, document: bytes, stat: str) -> None:
    walk = walked({f"{BASE}/sitemap.xml": document, f"{BASE}/": listing(["/a/30000001.html"])})
    assert walk.counts[f"discovery/{stat}"], name
    assert list(walk.found) == ["30000001"], name


def test_what_came_before_a_fault_is_used() -> None:
    entries = [f"{BASE}/a/{30000000 + number}.html" for number in range(1000)]
    walk = walked({f"{BASE}/sitemap.xml": urlset(entries)[:-40]})
    assert len(walk.found) >= 999
    assert walk.counts["discovery/broken"] == 1


def test_loops_and_foreign_hosts_end_nothing() -> None:
    walk = walked(
        {
            f"{BASE}/robots.txt": b"Sitemap: https://www.example.org/sitemap.xml\n",
            f"{BASE}/sitemap.xml": index([f"{BASE}/sitemap.xml", f"{BASE}/other.xml", "https://example.org/s.xml"]),
            f"{BASE}/other.xml": index([f"{BASE}/sitemap.xml", f"{BASE}/third.xml"]),
            f"{BASE}/third.xml": urlset([f"{BASE}/a/30000001.html", "https://www.example.org/a/30000002.html"]),
            f"{BASE}/z/1": listing(["/z/1", "/z/2", "/a/30000003.html"], "/z/1"),
            f"{BASE}/z/2": listing(["/z/1", "/a/30000004.html"], "https://example.org/z/2?p=2"),
            f"{BASE}/": listing(["/z/1", "https://example.org/z/3"]),
        }
    )
    assert sorted(walk.found) == ["30000001", "30000003", "30000004"]
    assert not [url for url in walk.asked if "example.org" in url]
    assert walk.counts["discovery/foreign"] >= 3


def test_indexes_that_name_ever_new_indexes_come_to_an_end() -> None:
    def endless(url: str) -> bytes | None:
        return index([f"{url}x", f"{url}y"]) if "sitemap" in url else None

    walk = walked(endless)
    assert len(walk.asked) < 50
    assert walk.counts["discovery/too_deep"]


def test_listings_that_page_without_end_come_to_an_end() -> None:
    def endless(url: str) -> bytes | None:
        page = int(url.rpartition("=")[2]) if "=" in url else 1
        return listing([f"/a/{40000000 + page}.html"], f"/z/1?p={page + 1}") if "/z/1" in url else None

    assert len(walked(endless, sections="1").asked) == 200


def archive(url: str) -> bytes | None:
    """A section whose days have the second URL form."""
    if url == f"{BASE}/z/17":
        return listing(["/a/30000000.html"])
    if url.startswith(f"{BASE}/z/17?d="):
        query = dict(pair.split("=") for pair in url.partition("?")[2].split("&"))
        day = f"{int(query['m']):02}{int(query['d']):02}"
        return listing([f"/a/3{day}000.html"]) if day != "0524" else None
    return None


def test_date_archives_are_walked_day_by_day_newest_first_in_the_form_that_the_site_has() -> None:
    walk = walked(archive, sections="17", since="2025-05-22", until="2025-05-25")
    days = [url for url in walk.asked if "d=" in url]
    assert days == [f"{BASE}/z/17?d={day}&m=5&y=2025" for day in (25, 24, 23, 22)]
    assert walk.asked.count(f"{BASE}/z/17/2025/5/25") == 1
    assert sorted(walk.found) == ["30000000", "30522000", "30523000", "30525000"]
    assert {found.source for found in walk.found.values()} == {"listing", "archive"}


def test_a_section_that_ignores_the_day_is_asked_twice_not_a_year_long() -> None:
    walk = walked(lambda _: listing(["/a/30000000.html"]), sections="17", since="2024-06-01")
    assert len(walk.asked) == 3
    assert walk.counts["discovery/archives_without_days"] == 1


def test_no_archive_is_asked_for_without_a_span_or_for_the_future() -> None:
    assert not [url for url in walked(archive, sections="17").asked if "d=" in url]
    asked = walked(archive, sections="17", since="2030-01-01").asked
    assert [url for url in asked if "d=" in url] == [f"{BASE}/z/17?d=1&m=1&y=2030"]


@pytest.mark.parametrize(
    ("host", "least"),
    [("www.severreal.org", 18_300), ("ktat.krymr.com", 32_400), ("en.radiofarda.com", 14_100)],
)
def test_real_trees_are_walked_whole(shared: Path, host: str, least: int) -> None:
    folder = shared / "sitemaps" / host
    site: Site | None = site_for(f"https://{host}/")
    assert site is not None

    def document(url: str) -> bytes | None:
        path = folder / url.rpartition("/")[2]
        return path.read_bytes() if url.startswith(f"https://{host}/sitemap") and path.is_file() else None

    walk = Walk(site, document).walk()
    assert len(walk.found) >= least
    assert walk.counts["discovery/announced"] >= len(walk.found)
    assert not walk.counts["discovery/foreign"]
    assert not walk.counts["discovery/broken"]
    assert all(site.article_id(found.url) == article_id for article_id, found in walk.found.items())


def test_the_real_host_that_answers_with_html_is_survived(shared: Path) -> None:
    body = (shared / "sitemaps" / "pressroom.rferl.org" / "sitemap.xml").read_bytes()
    base = "https://pressroom.rferl.org"
    walk = Walk(site_named("rferl_pressroom"), {f"{base}/sitemap.xml": body}).walk()
    assert walk.counts["discovery/broken"] == 1
    assert walk.found == {}
