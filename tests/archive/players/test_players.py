"""ReplayWeb.page and pywb, in a real browser, show our archives as the pages looked live.

The screenshots stay in ``build/screenshots`` (or ``$NEWSCRAWL_SCREENSHOTS``), to be looked at.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops, ImageStat

from newscrawl.archive.reading.captures import is_not_modified
from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.verify import verify
from newscrawl.archive.wacz.package import write_wacz
from newscrawl.files.sources import sources_of
from newscrawl.samplesite.running import RunningSite, running_site
from tests.archive.players.folder_server import served
from tests.archive.players.pywb import running_pywb
from tests.archive.players.replaywebpage import SCREENSHOTS, replaywebpage
from tests.browsers import chromium
from tests.recording.crawl import crawl as fetch
from tests.spiders.requisites import crawl
from tests.waiting import PATIENCE_SECONDS

VIEWPORT = {"width": 900, "height": 1100}
PATIENCE = PATIENCE_SECONDS * 1000
"""Milliseconds that a player may take to show a page."""
SIMILAR = 1.0
"""Mean difference of the pixels of two screenshots, of 255, up to which they show the same."""
_LOOKS_RIGHT = """async () => {
  await document.fonts.ready;
  const images = [...document.images].filter(image => image.getAttribute("src"));
  await Promise.all(images.map(image => image.decode().catch(() => null)));
  return {
    title: document.querySelector("h1").innerText.trim(),
    direction: document.documentElement.dir,
    styled: getComputedStyle(document.body).maxWidth === "736px",
    font: [...document.fonts].some(font => font.family.includes("Sample Gazette") && font.status === "loaded"),
    script: document.documentElement.classList.contains("has-script"),
    images: images.length,
    broken: images.filter(image => !image.naturalWidth).map(image => image.src),
  };
}"""


@dataclass(frozen=True)
class Shown:
    """One page that the players must show."""

    name: str
    url: str
    time: str
    """14 digits: when it was captured, or when a 304 or a revisit says that it was still the same."""
    title: str
    direction: str = "ltr"
    images: int = 0
    """Images at least."""


@dataclass(frozen=True)
class Archive:
    """The archive of several crawls, and what is in it."""

    site: RunningSite
    warc: Path
    package: Path
    pages: dict[str, Shown]
    text: str
    """Words that only the body of the live blog has."""


NAMES = (
    "article",
    "after-304",
    "revisit-across-crawls",
    "revisit-within-crawl",
    "redirect",
    "live-blog",
    "non-ascii-url",
    "right-to-left",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Four crawls: everything; a recheck that meets 304s; one that gets the same bytes again; one of a page twice."""
    folder = tmp_path_factory.mktemp("players")
    warc = folder / "data" / "warc"
    with running_site(size=30) as site:
        always = ("-a", f"base_url={site.url}", "-s", "RECHECK_SHORTEST=0", "-s", "RECHECK_LONGEST=0.001")
        crawl(folder, *always, "-s", "WARC_IMAGES=1")
        lines = [line for path in folder.rglob("articles/*.jsonl") for line in path.read_bytes().splitlines()]
        articles = [json.loads(line) for line in lines]
        crawl(folder, *always, "-a", "mode=recheck")
        with sqlite3.connect(folder / "data" / "state" / "sample.sqlite") as state:
            state.execute("UPDATE article SET etag = NULL, last_modified = NULL")
        crawl(folder, *always, "-a", "mode=recheck")
        plain = _of(articles, inLanguage="en", type="NewsArticle")
        slugless = f"{site.url}/a/{plain['url'].split('/')[-1]}"
        wanted = [
            {"name": name, "url": url}
            for name, url in (("first", plain["url"]), ("again", plain["url"]), ("r", slugless))
        ]
        fetch(warc, wanted, CONCURRENT_REQUESTS=1, WARC_DIRECTORY=str(warc), WARC_PREFIX="twice")
        package = folder / "packed.wacz"
        packed = write_wacz([warc], package, title="The Sample Gazette")
        assert not packed.missing.revisits
        assert verify([package]).sound
        assert verify([warc]).sound
        live_blog = next(each for each in articles if each["type"] == "LiveBlogPosting")
        text = live_blog["paragraphs"][-1]
        yield Archive(site, warc, package, _pages(articles, warc, site.url), text)


def _of(articles: list[dict[str, Any]], **fields: str) -> dict[str, Any]:
    """Return the first article with these fields and a picture."""
    return next(
        each for each in articles if each["mainImage"] and all(each[name] == value for name, value in fields.items())
    )


def _pages(articles: list[dict[str, Any]], warc: Path, site_url: str) -> dict[str, Shown]:
    records = [record for source in sources_of(warc) for record, _ in blocks_of(source, ("response", "revisit"), fail)]
    plain = _of(articles, inLanguage="en", type="NewsArticle")
    live_blog = next(each for each in articles if each["type"] == "LiveBlogPosting")
    russian = _of(articles, inLanguage="ru", type="NewsArticle")
    persian = _of(articles, inLanguage="fa", type="NewsArticle")

    def shown(name: str, article: dict[str, Any], record: Record, **more: Any) -> Shown:
        time = record.date.strftime("%Y%m%d%H%M%S")
        return Shown(name, record.url, time, article["headline"], **more)

    def captures(url: str, prefix: str = "sample") -> list[Record]:
        return [each for each in records if each.url == url and each.filename.startswith(prefix)]

    of_plain = captures(plain["url"])
    first = next(each for each in of_plain if each.type == "response")
    not_modified = next(each for each in of_plain if is_not_modified(each))
    again = next(each for each in of_plain if each.type == "revisit" and not is_not_modified(each))
    twice = next(each for each in captures(plain["url"], "twice") if each.type == "revisit")
    slugless = next(each for each in records if each.url == f"{site_url}/a/{plain['url'].split('/')[-1]}")
    made = (
        shown("article", plain, first, images=1),
        shown("after-304", plain, not_modified, images=1),
        shown("revisit-across-crawls", plain, again, images=1),
        shown("revisit-within-crawl", plain, twice, images=1),
        shown("redirect", plain, slugless, images=1),
        shown("live-blog", live_blog, captures(live_blog["url"])[0]),
        shown("non-ascii-url", russian, captures(russian["url"])[0], images=1),
        shown("right-to-left", persian, captures(persian["url"])[0], direction="rtl", images=1),
    )
    return {each.name: each for each in made}


def fail(error: Exception) -> None:
    pytest.fail(str(error))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def live(archive: Archive, browser: Any) -> dict[str, Image.Image]:
    """Screenshots of the pages on the site itself."""
    page = browser.new_page(viewport=VIEWPORT)
    taken = {}
    for shown in archive.pages.values():
        page.goto(shown.url)
        page.evaluate(_LOOKS_RIGHT)
        taken[shown.name] = screenshot(page, f"live-{shown.name}")
    page.close()
    return taken


@pytest.fixture(scope="module")
def pywb(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_pywb(tmp_path_factory.mktemp("wayback"), archive.warc, archive.package) as address:
        yield address


@pytest.fixture(scope="module")
def player(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ReplayWeb.page, with our package and our WARC files (as one) beside it."""
    root = tmp_path_factory.mktemp("replaywebpage")
    try:
        files = replaywebpage()
    except OSError as error:
        pytest.skip(str(error))
    for name in ("ui.js", "sw.js", "index.html"):
        shutil.copy(files / name, root)
    shutil.copy(archive.package, root)
    with (root / "all.warc.gz").open("wb") as joined:
        for path in sorted(archive.warc.glob("*.warc.gz")):
            joined.write(path.read_bytes())
    with served(root) as address:
        yield address


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("source", ["packed.wacz", "all.warc.gz"])
def test_replaywebpage_shows_the_page_as_it_was_live(
    archive: Archive, browser: Any, player: str, live: dict[str, Image.Image], source: str, name: str
) -> None:
    shown = archive.pages[name]
    context = browser.new_context(viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"] + 89})
    try:
        page = context.new_page()
        place = f"view=pages&url={quote(shown.url, safe='')}&ts={shown.time}"
        page.goto(f"{player}/?source={quote(f'{player}/{source}', safe='')}#{place}")
        element = page.wait_for_selector("iframe[src*='mp_/']", timeout=PATIENCE, state="attached")
        frame = element.content_frame()
        frame.wait_for_selector("h1", timeout=PATIENCE)
        check(frame.evaluate(_LOOKS_RIGHT), shown)
        taken = screenshot(page, f"replaywebpage-{source}-{name}")
    finally:
        context.close()
    bar = taken.height - VIEWPORT["height"]
    assert difference(taken.crop((0, bar, *taken.size)), live[name]) < SIMILAR


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("collection", ["files", "package"])
def test_pywb_shows_the_page_as_it_was_live(
    archive: Archive, browser: Any, pywb: str, live: dict[str, Image.Image], collection: str, name: str
) -> None:
    shown = archive.pages[name]
    page = browser.new_page(viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"] + 300})
    try:
        page.goto(f"{pywb}/{collection}/{shown.time}/{shown.url}", timeout=PATIENCE)
        element = page.wait_for_selector("iframe[src*='mp_/']", timeout=PATIENCE, state="attached")
        frame = element.content_frame()
        frame.wait_for_selector("h1", timeout=PATIENCE)
        check(frame.evaluate(_LOOKS_RIGHT), shown)
        taken = screenshot(page, f"pywb-{collection}-{name}")
        bar = round(element.bounding_box()["y"])
    finally:
        page.close()
    assert difference(taken.crop((0, bar, *taken.size)), live[name]) < SIMILAR


def test_replaywebpage_shows_the_title_and_finds_an_article_by_its_text(
    archive: Archive, browser: Any, player: str
) -> None:
    article = archive.pages["live-blog"]
    page = browser.new_page(viewport=VIEWPORT)
    try:
        page.goto(f"{player}/?source={quote(f'{player}/packed.wacz', safe='')}#view=pages")
        page.get_by_text("The Sample Gazette").first.wait_for(timeout=PATIENCE)
        page.locator("wr-page-entry").nth(5).wait_for(timeout=PATIENCE)
        page.locator("input[type=search], input.search-input, .input").last.fill(archive.text)
        page.get_by_text("Match").first.wait_for(timeout=PATIENCE)
        found = page.locator("wr-page-entry").filter(has_text=article.url.split("/")[-1])
        found.first.wait_for(timeout=PATIENCE)
        screenshot(page, "replaywebpage-search")
    finally:
        page.close()


def check(found: dict[str, Any], shown: Shown) -> None:
    """Fail unless the page in the browser is the one, with style, font, script and images."""
    assert found["title"] == shown.title
    assert found["direction"] == shown.direction
    assert (found["styled"], found["font"], found["script"]) == (True, True, True)
    assert found["images"] >= shown.images
    assert found["broken"] == []


def screenshot(page: Any, name: str) -> Image.Image:
    """Take a screenshot, keep it as an artefact, and return it."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    data = page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")
    return Image.open(io.BytesIO(data)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of the pixels, from 0 to 255, in the area that both have."""
    size = (min(one.width, other.width), min(one.height, other.height))
    pixels = ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))
    return sum(ImageStat.Stat(pixels).mean) / 3
