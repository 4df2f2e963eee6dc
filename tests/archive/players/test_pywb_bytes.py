"""A running pywb shows what we archived: an article, its picture and a revisit, from our WARC files and our package."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.wacz.package import write_wacz
from newscrawl.capture import Capture
from newscrawl.samplesite.running import running_site
from tests.archive.players.pywb import running_pywb
from tests.recording.crawl import crawl
from tests.waiting import PATIENCE_SECONDS

_ARTICLE = re.compile(r'href="(/a/[^"]+\.html)"')
_PICTURE = re.compile(r'content="([^"]+)" property="og:image"')


@dataclass(frozen=True)
class Archived:
    """What was crawled, in the order of its records, and where the files are."""

    article: Capture
    picture: Capture
    again: Capture
    folder: Path
    package: Path


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    """Two crawls of the sample site: one to find an article and its picture, one that is kept."""
    base = tmp_path_factory.mktemp("pywb")
    with running_site() as site:
        home = _got(site.url + "/").decode()
        article = urljoin(site.url, _ARTICLE.findall(home)[0])
        picture = urljoin(article, _PICTURE.findall(_got(article).decode())[0])
        wanted = [{"name": name, "url": url} for name, url in (("a", article), ("p", picture), ("again", article))]
        crawl(base / "warc", wanted, CONCURRENT_REQUESTS=1, WARC_DIRECTORY=str(base / "warc"))
    captures = list(read_captures(base / "warc"))
    assert [capture.url for capture in captures] == [article, picture, article]
    write_wacz([base / "warc"], base / "packed.wacz")
    return Archived(captures[0], captures[1], captures[2], base / "warc", base / "packed.wacz")


@pytest.fixture(scope="module")
def pywb(archived: Archived, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of pywb with both."""
    with running_pywb(tmp_path_factory.mktemp("wayback"), archived.folder, archived.package) as address:
        yield address


def _got(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as response:
        return response.read()


@pytest.mark.parametrize("collection", ["files", "package"])
@pytest.mark.parametrize("which", ["article", "picture", "again"])
def test_what_pywb_shows_is_what_was_fetched(pywb: str, archived: Archived, collection: str, which: str) -> None:
    capture: Capture = getattr(archived, which)
    moment = capture.date.strftime("%Y%m%d%H%M%S")
    # id_: as it was, without pywb's own rewriting.
    assert _got(f"{pywb}/{collection}/{moment}id_/{capture.url}") == capture.payload


@pytest.mark.parametrize("collection", ["files", "package"])
def test_pywb_knows_the_revisit_for_one(pywb: str, archived: Archived, collection: str) -> None:
    listed = _got(f"{pywb}/{collection}/cdx?url={archived.article.url}").decode().splitlines()
    assert sum('"mime": "warc/revisit"' in line for line in listed) == 1
    assert len(listed) == 2


@pytest.mark.parametrize("collection", ["files", "package"])
def test_what_was_not_fetched_is_not_found(pywb: str, archived: Archived, collection: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _got(f"{pywb}/{collection}/2025id_/{archived.article.url}/nothing")
