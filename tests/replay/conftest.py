"""Archives that the tests of replay share: made by hand, and by real crawls of a site that changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.items import Article
from newscrawl.pipelines.revision import article_key
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.running import running_site
from tests.replay.archives import write_archive
from tests.replay.commandline import lines_of, scrapy

EDITIONS = 3


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one WARC file of each of three editions of the sample site: the same pages, some changed."""
    folder = tmp_path_factory.mktemp("editions")
    for edition in range(EDITIONS):
        write_archive(folder, Publication(size=24, edition=edition), number=edition + 1)
    return folder


@dataclass(frozen=True)
class Crawls:
    """Several crawls of one site, which changed between them."""

    warc: Path
    """Folder of all their archives."""
    lines: list[bytes]
    """All lines that they wrote, sorted: every revision of an article once."""


@pytest.fixture(scope="session")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Crawls:
    """Three crawls of the sample site, each of another edition, into one archive."""
    folder = tmp_path_factory.mktemp("crawls")
    with running_site(size=40) as site:
        for edition in range(EDITIONS):
            site.publish(edition)
            run = scrapy(folder, "crawl", "sample", "-a", f"base_url={site.url}", "-a", f"_job=crawl{edition}")
            assert run.returncode == 0, run.stderr[-4000:]
    return Crawls(folder / "data" / "warc", _revisions(folder / "data" / "articles"))


def _revisions(folder: Path) -> list[bytes]:
    """Each revision by the first crawl that saw it, whether or not the later ones wrote it again."""
    found: dict[tuple[str, str | None], bytes] = {}
    for line in sorted(lines_of(folder), key=_downloaded):
        article = Article.from_json(line)
        assert article.metadata
        found.setdefault((article_key(article), article.metadata.articleDigest), line)
    return sorted(found.values())


def _downloaded(line: bytes) -> str:
    metadata = Article.from_json(line).metadata
    assert metadata
    return metadata.dateDownloaded
