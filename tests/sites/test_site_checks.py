"""What is wrong in a site file is told where the file is read or before its first page, not page by page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from newscrawl.errors import UsageError
from newscrawl.site import Layout, Site, UrlScheme
from newscrawl.sites import _check_unique, all_sites, site_named
from newscrawl.sites.site_checks import check
from newscrawl.spiders.news import NewsSpider

URLS = UrlScheme(re.compile(r"/news/(?P<id>\d+)"), "/news/{id}")
LAYOUT = Layout(name="courier-2021", body=("article",))
SITE = Site("wend_courier", "www.wend-courier.example", URLS, (LAYOUT,))


@pytest.mark.parametrize("site", all_sites(), ids=lambda site: site.name)
def test_every_site_is_sound(site: Site) -> None:
    check(site)


@pytest.mark.parametrize(
    ("site", "message"),
    [
        (replace(SITE, time_zone="Europe/Lodnon"), "time_zone 'Europe/Lodnon' is no IANA time zone"),
        (replace(SITE, time_zone=".."), "time_zone '..' is no IANA time zone"),
        (
            replace(SITE, layouts=(replace(LAYOUT, headline="h1["),)),
            "site wend_courier: layout courier-2021, headline: 'h1[' is no CSS selector",
        ),
        (
            replace(SITE, layouts=(replace(LAYOUT, body=("article", ".a..b")),)),
            "layout courier-2021, body: '.a..b' is no CSS selector",
        ),
        (
            replace(SITE, layouts=(replace(LAYOUT, kinds=((">>", "VideoObject"),)),)),
            "layout courier-2021, kinds: '>>' is no CSS selector",
        ),
        (replace(SITE, layouts=(LAYOUT, LAYOUT)), "two layouts are called courier-2021"),
    ],
)
def test_what_cannot_be_used_is_told_by_site_layout_and_field(site: Site, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        check(site)


def test_a_crawl_of_such_a_site_does_not_start() -> None:
    spider = type("Spider", (NewsSpider,), {"name": "wend_courier", "site": replace(SITE, time_zone="nowhere")})

    with pytest.raises(UsageError, match="nowhere"):
        spider.check_arguments({})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: UrlScheme(re.compile(r"/news/(\d+)"), "/news/{id}"), "article has no group 'id'"),
        (lambda: UrlScheme(URLS.article, "/news/{number}"), "canonical has no {id}"),
        (lambda: replace(LAYOUT, body="article"), "layout courier-2021: body is a tuple"),
        (
            lambda: replace(LAYOUT, valid_from=date(2022, 1, 1), valid_until=date(2021, 6, 30)),
            "layout courier-2021: it ends on 2021-06-30, before it begins",
        ),
        (lambda: replace(SITE, layouts=LAYOUT), "layouts and aliases are tuples"),
        (lambda: replace(SITE, aliases="old.example"), "layouts and aliases are tuples"),
        (lambda: replace(SITE, host="https://www.example.org/"), "'https://www.example.org/' is no host name"),
        (lambda: replace(SITE, host="www.example.org:8080"), "'www.example.org:8080' is no host name"),
        (lambda: replace(SITE, name="wend courier"), "name 'wend courier'"),
    ],
)
def test_what_could_never_work_is_told_where_it_stands(make: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        make()


def test_two_files_of_one_site_are_named() -> None:
    rferl = site_named("rferl")
    with pytest.raises(UsageError, match=r"two site files claim the name rferl: rferl\.py and copy_of_rferl\.py"):
        _check_unique({"rferl": rferl, "copy_of_rferl": rferl})
    with pytest.raises(UsageError, match=r"two site files claim the host www\.rferl\.org: rferl\.py and mine\.py"):
        _check_unique({"rferl": rferl, "mine": replace(SITE, host="www.rferl.org")})
