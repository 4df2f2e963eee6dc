"""Which captures become lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscrawl.errors import UsageError
from newscrawl.replay.selection.filters import Filters
from tests.replay.running import articles_of, replay

Article = dict[str, Any]


@pytest.fixture(scope="module")
def all_articles(editions: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    output = tmp_path_factory.mktemp("all")
    replay(output, editions)
    return articles_of(output)


def downloaded(article: Article) -> str:
    return str(article["metadata"]["dateDownloaded"])


@pytest.mark.parametrize(
    ("arguments", "keeps"),
    [
        ({"language": "uk,sr"}, lambda article: article["inLanguage"] in ("uk", "sr-Latn")),
        ({"url_pattern": "/a/[^/]*0.html$"}, lambda article: False),
        ({"url_pattern": "2.html$"}, lambda article: article["url"].endswith("2.html")),
        ({"host": "127.0.0.1"}, lambda article: True),
        ({"host": "0.0.1"}, lambda article: True),
        ({"host": "example.org"}, lambda article: False),
        ({"site": "sample"}, lambda article: True),
        ({"site": "rferl"}, lambda article: False),
        ({"until": "2026-02-02"}, lambda article: downloaded(article) < "2026-02-03"),
        ({"status": "200"}, lambda article: True),
        ({"status": "404"}, lambda article: False),
        ({"mime": "text/html"}, lambda article: True),
        ({"mime": "application/xhtml+xml"}, lambda article: False),
    ],
)
def test_only_what_the_filter_wants_becomes_lines(
    arguments: dict[str, str],
    keeps: Callable[[Article], bool],
    editions: Path,
    all_articles: list[Article],
    tmp_path: Path,
) -> None:
    replay(tmp_path, editions, filters=Filters.from_strings(**arguments))
    assert articles_of(tmp_path) == [article for article in all_articles if keeps(article)]


def test_since_takes_the_first_capture_of_each_revision_from_then_on(editions: Path, tmp_path: Path) -> None:
    outcome = replay(tmp_path, editions, filters=Filters.from_strings(since="2026-02-04"))
    articles = articles_of(tmp_path)
    assert len(articles) == outcome.counts["captures"] > 20
    assert min(map(downloaded, articles)) >= "2026-02-04"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"url_pattern": "("}, "not a regular expression"),
        ({"site": "nosuchsite"}, "nosuchsite"),
        ({"since": "yesterday"}, "a day as YYYY-MM-DD"),
        ({"status": "ok"}, "not numbers such as 200"),
    ],
)
def test_values_that_cannot_be_are_told(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Filters.from_strings(**arguments)


@pytest.mark.parametrize("limit", [1, 24, 25, 30, 1000])
def test_limit_takes_the_first_articles_in_the_order_of_the_sources(
    limit: int, editions: Path, all_articles: list[Article], tmp_path: Path
) -> None:
    files = sorted(editions.glob("*.warc.gz"))
    outcome = replay(tmp_path, *files, limit=limit)
    assert outcome.lines == len(articles_of(tmp_path)) == min(limit, len(all_articles))
    order = sorted(
        all_articles, key=lambda article: (article["metadata"]["warcFilename"], article["metadata"]["warcOffset"])
    )
    assert sorted(map(str, articles_of(tmp_path))) == sorted(map(str, order[:limit]))
    again = replay(tmp_path, *files, limit=limit)
    assert again.lines == outcome.lines
    assert again.counts["captures"] == 0
