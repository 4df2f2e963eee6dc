"""Articles as items of zyte-common-items, and page objects in a Scrapy project."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("zyte_common_items", reason="newscrawl[poet] is not installed")

import zyte_common_items as zyte
from hypothesis import given
from web_poet import HttpResponse
from web_poet.exceptions import UseFallback

import newscrawl
from newscrawl.integrations.poet import NewsArticlePage, ZyteArticlePage
from newscrawl.integrations.zyte import from_zyte
from newscrawl.items import Article
from newscrawl.samplesite.running import running_site
from tests.conftest import ROOT
from tests.replay.output.test_outputs import ARTICLES
from tests.test_library import DAY, page

COMMON = ("url", "canonicalUrl", "headline", "description", "articleBody", "datePublishedRaw", "inLanguage")


@given(ARTICLES)
def test_common_fields_survive_the_way_to_zyte_and_back(article: Article) -> None:
    back = from_zyte(article.to_zyte())
    assert [getattr(back, name) for name in COMMON] == [getattr(article, name) for name in COMMON]
    assert [author.name for author in back.authors] == [author.name for author in article.authors if author.name]
    assert [video.url for video in back.videos] == [video.url for video in article.videos]


def test_dates_are_in_utc() -> None:
    item = Article("https://example.org/1", datePublished="2026-01-31T10:00:00+02:00").to_zyte()
    assert item.datePublished == "2026-01-31T08:00:00Z"


@pytest.mark.parametrize(
    "text", ["T", "2026-02-30T10:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_an_impossible_date_is_null(text: str) -> None:
    item = Article("https://example.org/1", datePublished=text, dateModified=text).to_zyte()
    assert (item.datePublished, item.dateModified) == (None, None)


def test_page_object_gives_the_article_of_the_library() -> None:
    url, body = page()
    response = HttpResponse(url, body, headers={"Content-Type": "text/html; charset=utf-8"})
    expected = newscrawl.read(body, url=url, date=DAY)
    article = asyncio.run(NewsArticlePage(response=response).to_item())
    assert (article.headline, article.paragraphs) == (expected.headline, expected.paragraphs)
    item = asyncio.run(ZyteArticlePage(response=response).to_item())
    assert isinstance(item, zyte.Article)
    assert item.articleBody == expected.articleBody


def test_page_without_article_falls_back() -> None:
    response = HttpResponse("http://127.0.0.1:8080/z/1", b"<p>")
    with pytest.raises(UseFallback):
        asyncio.run(NewsArticlePage(response=response).to_item())


SPIDER = """
import scrapy
from scrapy.crawler import CrawlerProcess
from newscrawl.integrations.poet import ZyteArticlePage

class News(scrapy.Spider):
    name = "news"
    custom_settings = {
        "ADDONS": {"scrapy_poet.Addon": 300},
        "FEEDS": {"items.jsonl": {"format": "jsonlines"}},
        "ROBOTSTXT_OBEY": False,
    }

    async def start(self):
        yield scrapy.Request(URL, self.parse_article)

    async def parse_article(self, response, page: ZyteArticlePage):
        yield await page.to_item()

process = CrawlerProcess()
process.crawl(News)
process.start()
"""


def test_scrapy_poet_injects_the_page(tmp_path: Path) -> None:
    with running_site(size=10) as site:
        url = page()[0].replace("http://127.0.0.1:8080", site.url)
        (tmp_path / "spider.py").write_text(f"URL = {url!r}\n{SPIDER}")
        run = subprocess.run(
            [sys.executable, "spider.py"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stderr[-3000:]
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert [bool(item["headline"]) for item in items] == [True], run.stderr[-3000:]
