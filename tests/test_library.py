"""The public library: `import newscrawl`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

import newscrawl
from newscrawl import api
from newscrawl.samplesite.announcements import escaped_path
from newscrawl.samplesite.publication import Publication
from tests.conftest import ROOT
from tests.replay.archives import BASE, write_archive
from tests.replay.running import articles_of, replay

SURFACE = {
    "ArchiveError", "Article", "Author", "Capture", "Filters", "Image", "InvalidArticle", "Link", "MediaObject",
    "Metadata", "NewscrawlError", "NotAnArticle", "Outcome", "OutputError", "Packed", "RecordError", "Removed",
    "UsageError", "Verification", "articles", "captures", "clean", "read", "verify", "write_wacz",
}  # fmt: skip
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for edition in range(2):
        write_archive(folder, Publication(size=10, edition=edition), number=edition + 1)
    return folder


def page(number: int = 0) -> tuple[str, bytes]:
    site = Publication(size=10)
    path = escaped_path(sorted(site.stories.all(), key=lambda story: story.id)[number])
    return BASE + path, site.reply(path, BASE).body


def test_public_surface_is_what_is_documented() -> None:
    assert set(newscrawl.__all__) - {"__version__"} == set(api.__all__) == SURFACE
    assert all(getattr(newscrawl, name) is getattr(api, name) for name in api.__all__)
    assert set(newscrawl.__all__) <= set(dir(newscrawl))
    document = (ROOT / "docs" / "library.md").read_text("utf-8")
    assert [name for name in SURFACE if f"`{name}" not in document and f"newscrawl.{name}" not in document] == []


def test_what_is_not_public_is_not_an_attribute() -> None:
    with pytest.raises(AttributeError, match="nosuch"):
        newscrawl.nosuch  # noqa: B018


def test_library_loads_no_scrapy_no_reactor_and_no_settings(archive: Path) -> None:
    code = (
        "import sys, newscrawl; early = set(sys.modules); list(newscrawl.articles(sys.argv[1])); "
        "newscrawl.clean('Headline\\nA sentence of the text that is long enough to be kept as a paragraph.'); "
        "loaded = {name.split('.')[0] for name in sys.modules}; "
        "print(sorted(loaded & {'scrapy', 'twisted', 'settings'}), 'newscrawl.settings' in sys.modules, "
        "sorted(name for name in early if name.startswith('newscrawl')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(archive)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["[]", "False", "['newscrawl']"]


@pytest.mark.parametrize("as_text", [True, False])
def test_page_gives_the_article_of_a_crawl(as_text: bool) -> None:
    url, body = page()
    article = newscrawl.read(body.decode() if as_text else body, url=url, date=DAY)
    assert article.headline
    assert article.metadata is not None
    assert (article.metadata.site, article.metadata.dateDownloaded) == ("sample", "2026-03-01T12:00:00Z")
    assert article.metadata.articleDigest is not None


def test_article_goes_to_plain_values_and_back() -> None:
    url, body = page()
    article = newscrawl.read(body, url=url, date="2026-03-01T12:00:00Z")
    assert newscrawl.Article.from_dict(article.to_dict()) == article
    assert newscrawl.Article.from_json(article.to_json()) == article
    assert json.loads(article.to_json()) == article.to_dict()


def test_errors_are_of_one_tree() -> None:
    with pytest.raises(newscrawl.NotAnArticle):
        newscrawl.read("<p>", url=f"{BASE}/a/x/31000001.html", date=DAY)
    with pytest.raises(newscrawl.NotAnArticle, match="no article URL"):
        newscrawl.read("<p>", url=f"{BASE}/z/1", date=DAY)
    with pytest.raises(newscrawl.UsageError, match="date='soon'"):
        newscrawl.read("<p>", url=BASE, date="soon")
    with pytest.raises(newscrawl.NewscrawlError):
        list(newscrawl.articles("nosuch.warc.gz"))
    with pytest.raises(newscrawl.NewscrawlError):
        list(newscrawl.captures("nosuch.warc.gz"))


def test_articles_are_those_of_a_replay(archive: Path, tmp_path: Path) -> None:
    replay(tmp_path / "out", archive)
    expected = sorted(map(json.dumps, articles_of(tmp_path / "out")))
    for processes in (1, 2):
        found = [json.dumps(article.to_dict()) for article in newscrawl.articles(archive, processes=processes)]
        assert sorted(found) == expected
        with_repeats = list(newscrawl.articles(archive, processes=processes, repeats=True))
        assert len(with_repeats) >= len(found)


def test_articles_are_found_within_a_running_event_loop(archive: Path) -> None:
    async def notebook() -> int:
        return len(list(newscrawl.articles(archive, processes=2)))

    assert asyncio.run(notebook()) == len(list(newscrawl.articles(archive)))


def test_filters_choose_articles(archive: Path) -> None:
    wanted = newscrawl.Filters(languages=("uk",))
    found = list(newscrawl.articles(archive, filters=wanted))
    assert found
    assert {article.inLanguage for article in found} == {"uk"}


def test_captures_are_read_in_order(archive: Path) -> None:
    offsets = [(capture.warc_filename, capture.warc_offset) for capture in newscrawl.captures(archive)]
    assert offsets == sorted(offsets)
    assert len(offsets) > 20


def test_damaged_record_is_reported_and_the_others_are_read(archive: Path, tmp_path: Path) -> None:
    file = sorted(archive.glob("*.warc.gz"))[0]
    (tmp_path / "torn.warc.gz").write_bytes(file.read_bytes()[:-2000])
    faults: list[newscrawl.RecordError] = []
    whole = list(newscrawl.articles(file))
    for processes in (1, 2):
        faults.clear()
        found = list(newscrawl.articles(tmp_path, processes=processes, on_fault=faults.append))
        assert 0 < len(found) < len(whole)
        assert faults


def test_threads_get_the_same_articles() -> None:
    pages = [page(number) for number in range(8)]
    expected = [newscrawl.read(body, url=url, date=DAY) for url, body in pages]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda each: newscrawl.read(each[1], url=each[0], date=DAY), pages * 3))
    assert found == expected * 3


def test_archive_is_verified_and_packed(archive: Path, tmp_path: Path) -> None:
    assert newscrawl.verify(archive).sound
    packed = newscrawl.write_wacz(archive, tmp_path / "site.wacz", created=DAY)
    assert packed.captures > 0
    assert newscrawl.verify(packed.path).sound
