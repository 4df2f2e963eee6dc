"""The registry of sites: complete, unique, found by name and by host, its selectors readable."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

import newscrawl
from newscrawl.errors import UsageError
from newscrawl.sites import all_sites, site_for, site_named
from newscrawl.sites.pangea import URLS

BEIJING = {"www.voachinese.com": "Asia/Shanghai", "www.voacantonese.com": "Asia/Hong_Kong"}
"""Services whose pages show their audience's time, where the list has that of the newsroom in Washington."""


def test_every_host_of_the_family_is_described_as_the_list_says(shared: Path) -> None:
    rows = (shared / "sites" / "rferl-sites.tsv").read_text(encoding="utf-8").splitlines()
    for host, language, direction, publisher, zone in (row.split("\t") for row in rows if not row.startswith("#")):
        site = site_for(f"https://{host}/a/1234567.html")
        assert site is not None, host
        found = (site.host, site.language, site.direction, site.publisher, site.time_zone, site.scheme)
        assert found == (host, language, direction, publisher, BEIJING.get(host, zone), "https")


def test_every_service_of_voa_has_a_site_file(shared: Path) -> None:
    rows = (shared / "sites" / "voa-sites.tsv").read_text(encoding="utf-8").splitlines()
    for host, language, direction, name in (row.split("\t") for row in rows if not row.startswith("#")):
        site = site_for(f"https://{host}/a/1234567.html")
        assert site is not None, host
        assert (site.host, site.language, site.direction) == (host, language, direction)
        assert name.removeprefix("VOA ") in (site.publisher or "") or language == "en"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://www.makdenes.org/content/article/1.html", "slobodnaevropa_mk"),
        ("http://makdenes.org/content/article/1.html", "slobodnaevropa_mk"),
        ("http://www.svobodanews.ru/content/article/1.html", "svoboda"),
        ("http://www.tavisupleba.org/content/1.html", "radiotavisupleba"),
        ("http://www.europalibera.org/content/1.html", "europalibera_moldova"),
        ("http://da.azadiradio.org/content/1.html", "azadiradio_da"),
        ("http://www.voanoticias.com/content/1.html", "vozdeamerica"),
        ("http://www.azadliq.info/a/1.html", "azadliq"),
        ("http://www.iraqhurr.org/content/1.html", "iraqhurr"),
        ("https://web.archive.org/web/20260401000000/https://www.rferl.org/a/bridge/33900001.html", "rferl"),
        ("https://web.archive.org/web/2010id_/http://www.azattyq.org/", "azattyq"),
    ],
)
def test_sites_are_found_by_former_hosts_and_in_web_archives(url: str, name: str) -> None:
    site = site_for(url)
    assert site is not None
    assert site.name == name


def test_names_are_sorted_unique_and_fit_for_spiders() -> None:
    names = [site.name for site in all_sites()]
    assert names == sorted(set(names))
    assert sum(site.url_scheme.article is URLS.article for site in all_sites()) == 98
    assert all(name.isidentifier() and name.isascii() and name.islower() for name in names)


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("rferl", "www.rferl.org"),
        ("krymr_ktat", "ktat.krymr.com"),
        ("ozodi_rus", "rus.ozodi.org"),
        ("slobodnaevropa", "www.slobodnaevropa.org"),
        ("slobodnaevropa_mk", "www.slobodnaevropa.mk"),
        ("voanews_ir", "ir.voanews.com"),
        ("sample", "127.0.0.1"),
    ],
)
def test_sites_are_found_by_name(name: str, host: str) -> None:
    assert site_named(name).host == host


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'rfe'.*rferl"):
        site_named("rfe")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.rferl.org/", "rferl"),
        ("http://WWW.RFERL.ORG:8080/a/1.html", "rferl"),
        ("https://www.rferl.eu/a/32000000.html", "rferl"),
        ("http://localhost:8912/", "sample"),
        ("http://127.0.0.1:1/", "sample"),
        ("https://www.svoboda.org./a/1.html", "svoboda"),
    ],
)
def test_sites_are_found_by_host_mirror_and_any_port(url: str, name: str) -> None:
    site = site_for(url)
    assert site is not None
    assert site.name == name


@pytest.mark.parametrize(
    "url", ["https://example.org/", "https://rferl.org.example.org/", "", "http://[", "data:x", "//"]
)
def test_other_urls_have_no_site(url: str) -> None:
    assert site_for(url) is None


@pytest.mark.parametrize(
    "path",
    [
        "/a/30657941.html",
        "/a/some-slug/30657941.html",
        "/a/америка-и-мир/30657941.html",
        "/a/%D0%B0-%D0%B1/30657941.html?utm_source=x",
        "/content/some_slug/30657941.html",
        "/articleprintview/30657941.html",
        "/amp/some-slug/30657941.html",
        "/amp/30657941.html",
        "/embed/player/0/30657941.html?type=audio",
        "/embed/player/article/30657941.html",
        "/a/some-slug/30657941/lbl0lbi304206.html",
    ],
)
def test_all_forms_of_an_article_share_its_id(path: str) -> None:
    assert site_named("rferl").article_id(f"https://www.rferl.org{path}") == "30657941"


@pytest.mark.parametrize("path", ["/", "/z/16705", "/p/5547.html", "/author/x/abc_d", "/api/", "/a/nothing.html", "/s"])
def test_other_pages_have_no_article_id(path: str) -> None:
    assert site_named("rferl").article_id(f"https://www.rferl.org{path}") is None


def test_layouts_are_dated() -> None:
    rferl, voanews = site_named("rferl"), site_named("voanews")
    assert rferl.layouts_on(date(2025, 1, 1))[0].name == "pangea-2024"
    assert rferl.layouts_on(date(2019, 5, 1))[0].name == "pangea-2018"
    assert rferl.layouts_on(date(2010, 5, 1))[-1].name == "pangea-legacy"
    assert "voa-drupal" in [layout.name for layout in voanews.layouts_on(date(2020, 5, 1))]
    assert "voa-drupal" not in [layout.name for layout in voanews.layouts_on(date(2023, 5, 1))]


def test_the_registry_works_from_a_zipped_egg(tmp_path: Path) -> None:
    package = Path(newscrawl.__file__).parent
    egg = tmp_path / "newscrawl.egg"
    with zipfile.ZipFile(egg, "w") as archive:
        for source in (
            "__init__.py",
            "site.py",
            "errors.py",
            "web_archives.py",
            *(f"sites/{path.name}" for path in package.glob("sites/*.py")),
        ):
            archive.write(package / source, f"newscrawl/{source}")
    code = "import newscrawl.sites as s; print(s.__file__); print(len(s.all_sites()))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(egg)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    where, count = ran.stdout.split("\n")[:2]
    assert str(egg) in where
    assert count == str(len(all_sites()))


@pytest.mark.parametrize(
    ("path", "article_id"),
    [
        ("/usa/senate-votes-on-budget", "usa/senate-votes-on-budget"),
        ("/usa/us-politics/senate-votes-on-budget/", "usa/us-politics/senate-votes-on-budget"),
        ("/a/senate-votes-on-budget/7585813.html", "7585813"),
        ("/usa", None),
        ("/z/599", None),
        ("/p/5347.html", None),
        ("/author/anna-weaver/abcd-efgh", None),
        ("/podcast/some-long-name", None),
    ],
)
def test_articles_of_the_drupal_years_have_their_path_as_id(path: str, article_id: str | None) -> None:
    assert site_named("voanews").article_id(f"https://www.voanews.com{path}") == article_id
    assert (
        article_id is None
        or article_id.isdigit()
        or site_named("rferl").article_id(f"https://www.rferl.org{path}") is None
    )
