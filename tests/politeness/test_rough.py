"""Rough servers: every announced article has an outcome with a reason, and a crawl that is blocked stops asking."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.politeness.rough import Answer, Request, article_page, crawl_site, outcomes, rough_site

CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking</h1>"
    b"<script>window._cf_chl_opt = {cvId: '3'};</script></body></html>"
)


def number_of(request: Request) -> int | None:
    """The number of the article that the path names, without its query."""
    name = request.path.partition("?")[0].rpartition("/")[2].removesuffix(".html")
    return int(name) - 31000000 if request.path.startswith("/a/") and name.isdigit() else None


def page_of(request: Request) -> Answer | None:
    number = number_of(request)
    return None if number is None else (200, {}, article_page(number))


def test_redirects_to_other_names_of_the_page_are_followed(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer | None:
        number = number_of(request)
        if number == 0 and not request.number:  # to itself, with a cookie
            return 302, {"Location": request.path, "Set-Cookie": "seen=1"}, b""
        if number == 1 and "slug" not in request.path:
            return 301, {"Location": "/a/the-slug/31000001.html"}, b""
        if number == 2 and "?" not in request.path:
            return 301, {"Location": "/a/31000002.html?b=2&a=1"}, b""
        if number == 2 and "b=2&a=1" in request.path:
            return 301, {"Location": "/a/31000002.html?a=1&b=2"}, b""
        return page_of(request)

    with rough_site(answer) as site:
        stats = crawl_site(tmp_path, site, number=4)
    assert {number: each.status for number, each in outcomes(tmp_path).items()} == dict.fromkeys(range(4), "written")
    assert stats["articles/written"] == 4


@pytest.mark.parametrize("target", ["/", "/a/31000001.html", "/a/31000000.html", "/loop"])
def test_article_that_is_redirected_elsewhere_has_an_outcome(tmp_path: Path, target: str) -> None:
    def answer(request: Request) -> Answer | None:
        if number_of(request) in (0, 2) or request.path == "/loop":
            return 302, {"Location": target}, b""
        return (200, {}, b"<p>Home") if request.path == "/" else page_of(request)

    with rough_site(answer) as site:
        crawl_site(tmp_path, site, number=4)
        assert site.count("/a/31000000.html") <= 4
    known = outcomes(tmp_path)
    assert known[1].status == known[3].status == "written"
    for number in (0, 2):
        assert known[number].status in ("no-article", "failed")
        assert known[number].reason


@pytest.mark.parametrize("status", [401, 403, 405, 451, 999])
def test_refusals_in_a_row_end_the_crawl(tmp_path: Path, status: int) -> None:
    with rough_site(lambda request: (status, {}, b"no") if number_of(request) is not None else None) as site:
        stats = crawl_site(tmp_path, site, number=200)
    assert stats["finish_reason"] == "blocked"
    assert f"answers {status}" in stats["politeness/block"]
    assert len(site.articles()) < 60
    assert all(each.reason for each in outcomes(tmp_path).values() if each.status == "failed")


def test_redirects_to_one_page_end_the_crawl(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer | None:
        return (302, {"Location": "/blocked"}, b"") if number_of(request) is not None else (200, {}, b"<p>Go away")

    with rough_site(answer) as site:
        stats = crawl_site(tmp_path, site, number=200)
    assert stats["finish_reason"] == "blocked"
    assert len(site.articles()) < 60


def test_single_refusals_end_nothing(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer | None:
        number = number_of(request)
        return (403, {}, b"") if number is not None and number % 2 else page_of(request)

    with rough_site(answer) as site:
        stats = crawl_site(tmp_path, site, number=24, CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert stats["finish_reason"] == "finished"
    assert stats["articles/written"] == 12
    assert {each.status for number, each in outcomes(tmp_path).items() if number % 2} == {"failed"}


def test_walls_are_no_articles_and_end_the_crawl(tmp_path: Path) -> None:
    with rough_site(lambda request: (200, {}, CHALLENGE) if number_of(request) is not None else None) as site:
        stats = crawl_site(tmp_path, site, number=200)
    assert stats["finish_reason"] == "blocked"
    assert stats["pages/walled"] >= 5
    assert stats.get("articles/written", 0) == 0
    walled = [each for each in outcomes(tmp_path).values() if each.reason and "wall" in each.reason]
    assert walled
    assert {each.status for each in walled} == {"failed"}, "such an article is fetched again later"
    assert len(site.articles()) < 80


def test_first_walls_of_a_small_crawl_are_reported(tmp_path: Path) -> None:
    with rough_site(lambda request: (200, {}, CHALLENGE) if number_of(request) is not None else None) as site:
        stats = crawl_site(tmp_path, site, number=3)
    assert stats["politeness/blocked"] == 3


@pytest.mark.parametrize("status", [400, 412])
def test_refused_conditions_are_left_out(tmp_path: Path, status: int) -> None:
    def answer(request: Request) -> Answer | None:
        if "If-None-Match" in request.headers:
            return status, {}, b""
        page = page_of(request)
        return (page[0], {"ETag": '"1"'}, page[2]) if page else None

    with rough_site(answer) as site:
        crawl_site(tmp_path, site, number=2)
        stats = crawl_site(tmp_path, site, number=2)
    assert stats["pages/asked_plainly"] == 2
    assert stats["articles/unchanged"] == 2
    assert {each.status for each in outcomes(tmp_path).values()} == {"written"}


@pytest.mark.parametrize("body", [b"", CHALLENGE, b"<!DOCTYPE html><title>404 - Page Not Found</title><p>Sorry"])
def test_validators_of_a_page_without_article_are_not_kept(tmp_path: Path, body: bytes) -> None:
    with rough_site(lambda request: (200, {"ETag": '"1"'}, body) if number_of(request) is not None else None) as site:
        crawl_site(tmp_path, site, number=1)
    (known,) = outcomes(tmp_path).values()
    assert known.status in ("no-article", "failed")
    assert known.reason
    assert known.etag is None


def test_article_that_is_not_there_yet_is_fetched_later(tmp_path: Path) -> None:
    feed = b"<rss><channel><item><link>/a/31000001.html</link></item></channel></rss>"
    old = (
        b"<urlset><url><loc>/a/31000002.html</loc><lastmod>2020-01-01</lastmod></url>"
        b"<url><loc>/a/31000003.html</loc></url></urlset>"
    )

    def answer(request: Request) -> Answer | None:
        documents = {"/api/": feed, "/sitemap.xml": old}
        if request.path in documents:
            return 200, {"Content-Type": "text/xml"}, documents[request.path]
        return page_of(request) if number_of(request) == 3 else None

    with rough_site(answer) as site:
        stats = crawl_site(tmp_path, site, mode="latest")
    known = outcomes(tmp_path)
    assert (known[1].status, known[2].status, known[3].status) == ("failed", "gone", "written")
    assert stats["pages/not_there_yet"] == 1
