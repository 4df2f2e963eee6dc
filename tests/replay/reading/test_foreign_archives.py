"""Archives that other tools made: real ones of their test suites, and one that wget makes of the sample site."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from newscrawl.account import Outcome
from newscrawl.samplesite.running import running_site
from tests.replay.commandline import scrapy
from tests.replay.running import articles_of, replay
from tests.waiting import PATIENCE_SECONDS

JWAT = "netarchivesuite+jwat/jwat-arc/src/test/resources"
WACZ = "webrecorder+py-wacz/tests/fixtures"
COMMON_CRAWL = "commoncrawl+whirlwind-python"


@pytest.fixture(scope="module")
def warcs(shared: Path) -> Path:
    return shared / "warcs"


@pytest.mark.parametrize(
    ("file", "url", "headline", "text"),
    [
        (f"{COMMON_CRAWL}/whirlwind.warc.gz", "https://an.wikipedia.org/wiki/Escopete", "Escopete", "provincia de"),
        (f"{COMMON_CRAWL}/whirlwind.warc.wet.gz", "https://an.wikipedia.org/wiki/Escopete", "Escopete", "provincia de"),
        (f"{JWAT}/small_BNF.arc", "http://current.org:80/cpb/cpb418.html", "Control of the conduit", "broadcasting"),
        (f"{JWAT}/1-1-20110922131213-00000-svc-VirtualBox.arc", "http://www.rebels.dk/news", "REBELS", "Amiga"),
        (f"{WACZ}/example-iana.warc", "https://www.iana.org/about", "About", "Internet"),
        (f"{WACZ}/example-resource.warc.gz", "https://example.com/", "Example Domain", "domain"),
        ("chatnoir-eu+chatnoir-resiliparse/tests/data/warcfile.warc.lz4", "http://01spb.ru/company/", "О компании", ""),
        ("webrecorder+cdxj-indexer/test/data/cc.warc.gz", "https://commoncrawl.org/", "Common Crawl", "web"),
    ],
)
def test_a_real_archive_gives_its_pages(
    file: str, url: str, headline: str, text: str, warcs: Path, tmp_path: Path
) -> None:
    outcome = replay(tmp_path, warcs / file)
    assert outcome.faults == []
    article = next(article for article in articles_of(tmp_path) if article["url"] == url)
    assert headline in article["headline"]
    assert text in article["articleBody"]
    assert article["metadata"]["warcFilename"] == Path(file).name


def test_compressions_of_one_archive_give_the_same_articles(warcs: Path, tmp_path: Path) -> None:
    folder = warcs / "chatnoir-eu+chatnoir-resiliparse/tests/data"
    found = []
    for name in ("warcfile.warc", "warcfile.warc.gz", "warcfile.warc.lz4"):
        replay(tmp_path / name, folder / name)
        found.append([content_of(article) for article in articles_of(tmp_path / name)])
    assert found[0]
    assert found[0] == found[1] == found[2]


def test_a_package_gives_what_the_archive_in_it_gives(warcs: Path, tmp_path: Path) -> None:
    outcome = replay(tmp_path, warcs / WACZ / "valid_example_1.wacz")
    assert outcome.counts["captures"] > 0
    assert outcome.faults == []


def test_all_of_them_at_once(warcs: Path, tmp_path: Path) -> None:
    """Many are broken on purpose: each fault is told with its place, and none is a bug of ours."""
    outcome = replay(tmp_path, warcs)
    assert outcome.lines > 40
    assert outcome.outcomes[Outcome.FAILED] == 0
    assert all(Path(fault.path).is_file() and fault.offset >= 0 for fault in outcome.faults)
    assert not [fault for fault in outcome.faults if "Error:" in fault.reason]


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed: scripts/system-packages")
def test_wget_and_our_crawl_archive_the_same_articles(tmp_path: Path) -> None:
    with running_site(size=24) as site:
        run = scrapy(tmp_path, "crawl", "sample", "-a", f"base_url={site.url}")
        assert run.returncode == 0, run.stderr[-4000:]
        ours = articles_of(tmp_path / "data" / "articles")
        (tmp_path / "urls.txt").write_text("\n".join(article["url"] for article in ours))
        command = ["wget", "--no-verbose", "--input-file=urls.txt", "--warc-file=wget", "--delete-after", "--tries=3"]
        wget = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
    assert (tmp_path / "wget.warc.gz").is_file(), wget.stderr
    outcome = replay(tmp_path / "out", tmp_path / "wget.warc.gz")
    assert outcome.faults == []
    assert sorted(map(content_of, articles_of(tmp_path / "out"))) == sorted(map(content_of, ours))


def content_of(article: dict[str, Any]) -> str:
    """The article without what tells one capture from another."""
    return json.dumps({name: value for name, value in article.items() if name != "metadata"})
