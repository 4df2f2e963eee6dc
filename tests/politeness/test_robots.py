"""robots.txt by RFC 9309: what counts as none, what forbids everything, which rules are the crawler's."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery.robots import RobotsRules
from tests.politeness.rough import Answer, Request, RoughSite, article_page, crawl_site, outcomes, rough_site

RULES = b"User-agent: *\nDisallow: /a/31000001.html\n"


def site_with(robots: Answer | None) -> object:
    def answer(request: Request) -> Answer | None:
        if request.path == "/robots.txt":
            return robots
        return (200, {}, article_page(1)) if request.path.startswith("/a/") else None

    return answer


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_client_error_allows_everything(tmp_path: Path, status: int) -> None:
    with rough_site(site_with((status, {}, RULES))) as site:  # type: ignore[arg-type]
        crawl_site(tmp_path, site, number=2)
        assert len(site.articles()) == 2


@pytest.mark.parametrize("status", [429, 500, 503, 521])
def test_server_error_allows_nothing(tmp_path: Path, status: int) -> None:
    with rough_site(site_with((status, {}, RULES))) as site:  # type: ignore[arg-type]
        stats = crawl_site(tmp_path, site, number=2)
        assert site.articles() == []
    assert stats["robotstxt/unreachable"] == 2
    assert all("robots.txt cannot be fetched" in str(each.reason) for each in outcomes(tmp_path).values())


def test_setting_allows_everything_in_spite_of_a_server_error(tmp_path: Path) -> None:
    with rough_site(site_with((500, {}, RULES))) as site:  # type: ignore[arg-type]
        crawl_site(tmp_path, site, number=2, ROBOTS_UNREACHABLE_ALLOWED=True)
        assert len(site.articles()) == 2


def test_last_good_copy_holds_after_a_while(tmp_path: Path) -> None:
    robots = [(200, {}, RULES), (500, {}, b"")]

    def answer(request: Request) -> Answer | None:
        return robots[0] if request.path == "/robots.txt" else site_with(None)(request)  # type: ignore[operator]

    with rough_site(answer) as site:
        crawl_site(tmp_path, site, number=3)
        before = len(site.articles())
        robots.pop(0)
        crawl_site(tmp_path, site, number=3)
        assert len(site.articles()) == before, "not yet"
        crawl_site(tmp_path, site, number=3, ROBOTS_UNREACHABLE_SECONDS=0)
        assert site.articles()[before:] == ["/a/31000000.html", "/a/31000002.html"]


def test_redirect_to_another_host_is_followed(tmp_path: Path) -> None:
    with rough_site(lambda request: (200, {}, RULES), host="127.0.0.2") as other:
        moved = (301, {"Location": f"{other.url}/elsewhere.txt"}, b"")
        with rough_site(site_with(moved)) as site:  # type: ignore[arg-type]
            crawl_site(tmp_path, site, number=2, PRIVATE_ADDRESSES_ALLOWED=True)
            assert site.articles() == ["/a/31000000.html"]


def test_endless_redirects_allow_everything(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer | None:
        if request.path.startswith("/robots"):
            return 302, {"Location": f"/robots{len(request.path)}{request.path[7:]}"}, b""
        return 200, {}, article_page(1)

    with rough_site(answer) as site:
        crawl_site(tmp_path, site, number=1)
        assert len(site.articles()) == 1


def test_it_is_fetched_once_in_a_crawl_and_its_sitemaps_are_read(tmp_path: Path) -> None:
    def answer(request: Request) -> Answer | None:
        documents = {
            "/robots.txt": RULES + b"Sitemap: /here.xml\n",
            "/here.xml": b"<urlset><url><loc>/a/31000000.html</loc></url></urlset>",
            "/a/31000000.html": article_page(0),
        }
        return (200, {}, documents[request.path]) if request.path in documents else None

    with rough_site(answer) as site:
        stats = crawl_site(tmp_path, site, mode="backfill")
        assert site.count("/robots.txt") == 1
    assert stats["articles/written"] == 1


def allowed(text: str | bytes, url: str = "/a/1.html") -> bool:
    document = text if isinstance(text, bytes) else text.encode()
    return RobotsRules.parse(document, "newscrawl/0.1 (news archive)").allowed(f"https://x.org{url}")


@pytest.mark.parametrize("agent", ["newscrawl", "NewsCrawl", "newscrawl/2.0", "newscrawl-", "newscrawl # ours", "*"])
def test_group_of_the_crawler_is_recognised(agent: str) -> None:
    assert allowed(f"User-agent: {agent}\nDisallow: /a") == (agent == "newscrawl-")


@pytest.mark.parametrize("agent", ["news", "newscrawler", "crawl", "new", "googlebot"])
def test_group_of_another_crawler_is_not_ours(agent: str) -> None:
    assert allowed(f"User-agent: {agent}\nDisallow: /a")


def test_groups_of_the_crawler_are_merged_and_come_before_the_others() -> None:
    text = "User-agent: newscrawl\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n\nUser-agent: newscrawl\nDisallow: /c"
    assert [allowed(text, path) for path in ("/a", "/b", "/c")] == [False, True, False]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_do_not_matter(codec: str, ending: str) -> None:
    assert not allowed(f"User-agent: *{ending}Disallow: /a{ending}".encode(codec))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("2", 2), ("2.5", 2.5), ("2,5", 2.5), ("10s", 10), ("10 seconds", 10), ("500ms", 0.5), ("1 min", 60), ("x", None)],
)
def test_crawl_delay_is_read_in_every_form(value: str, seconds: float | None) -> None:
    rules = RobotsRules.parse(f"User-agent: *\nCrawl-delay: {value} # please\nDisallow: /x".encode(), "newscrawl")
    assert rules.crawl_delay() == seconds


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_document_is_read(document: bytes) -> None:
    assert allowed(document) in (True, False)


@pytest.mark.parametrize(
    "line", [b"Disallow: /" + b"*a" * 1000, b"Disallow: /" + b"*a" * 19 + b"$", b"User-agent: x", b"Disallow: /a" * 50]
)
def test_cost_of_hostile_rules_is_bounded(line: bytes) -> None:
    def seconds(size: int) -> float:
        start = time.thread_time()
        rules = RobotsRules.parse(b"User-agent: *\n" + (line + b"\n") * (size // len(line)), "newscrawl")
        rules.allowed("https://x.org/" + "a" * 500)
        return time.thread_time() - start

    quarter, whole = seconds(60_000), seconds(240_000)
    assert whole < 8 * quarter + 0.5, f"{quarter:.2f} s, then {whole:.2f} s"


def test_damaged_copy_is_ignored(tmp_path: Path) -> None:
    with rough_site(site_with((200, {}, RULES))) as site:  # type: ignore[arg-type]
        folder = tmp_path / "data" / "state" / "robots"
        folder.mkdir(parents=True)
        name = site.url.partition("://")[2].replace(":", "_")
        (folder / f"{name}.json").write_text('{"document": 7')
        crawl_site(tmp_path, site, number=1)
        assert json.loads((folder / f"{name}.json").read_text())["unreachable_since"] is None
    assert isinstance(site, RoughSite)
