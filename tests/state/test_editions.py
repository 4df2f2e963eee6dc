"""Crawls of one edition of the sample site after the other: what is asked for again, and what becomes of it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.editions import CHANGED_EVERY, HOLE, WITHDRAWN_EVERY, Edition
from newscrawl.samplesite.running import RunningSite, running_site
from newscrawl.sites.pages import article_name
from tests.faults.conftest import Crawler, lines_of, revisions
from tests.faults.replaying import replayed_lines

SIZE = 30
DUE_AT_ONCE = {"RECHECK_SHORTEST": 0, "RECHECK_LONGEST": 0}


class Archive:
    """A folder of crawls of one site."""

    def __init__(self, crawler: Crawler, site: RunningSite, folder: Path) -> None:
        self.crawler, self.site, self.folder = crawler, site, folder
        self.asked: Counter[int] = Counter()
        """Statuses that the last crawl got for article pages."""

    def crawl(self, *arguments: str) -> None:
        self.site.forget_visits()
        end = self.crawler.run(self.folder, self.site.url, *arguments, settings=DUE_AT_ONCE)
        assert end["status"] == 0, (self.folder / "crawl.log").read_text()[-3000:]
        self.asked = Counter(visit.status for visit in self.site.visits if visit.target.startswith("/a/"))

    def fetches(self) -> Counter[str]:
        """How often each outcome is in the history."""
        query = "SELECT outcome, count(*) FROM fetch GROUP BY outcome"
        names = {1: "new", 2: "unchanged", 3: "not-modified", 4: "no-article", 5: "rejected", 6: "gone", 7: "failed"}
        return Counter({names[outcome]: number for outcome, number in self.query(query)})

    def query(self, statement: str) -> list[tuple[int, int]]:
        with sqlite3.connect(self.folder / "data" / "state" / "sample.sqlite") as connection:
            rows = connection.execute(statement).fetchall()
        connection.close()
        return rows

    def records(self, kind: str) -> int:
        """Records of the profile or type in all WARCs."""
        from warcio.archiveiterator import ArchiveIterator

        count = 0
        for path in sorted((self.folder / "data" / "warc").glob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    profile = record.rec_headers.get_header("WARC-Profile") or record.rec_type
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    count += profile.endswith(kind) and article_name(url) != url
        return count


@pytest.fixture
def archive(crawler: Crawler, tmp_path: Path) -> Iterator[Archive]:
    with running_site(size=SIZE) as site:
        archive = Archive(crawler, site, tmp_path)
        archive.crawl()
        yield archive


def changed(edition: int) -> set[int]:
    now = Edition(SIZE, 1, edition)
    return {
        number for number in range(now.count) if (number + edition) % CHANGED_EVERY == 0 and now.status(number) == 200
    }


def withdrawn(edition: int) -> set[int]:
    return {number for number in range(Edition(SIZE, 1, edition).count) if (number + edition) % WITHDRAWN_EVERY == 0}


def test_nothing_is_asked_for_twice_when_nothing_changed(archive: Archive) -> None:
    lines = lines_of(archive.folder)
    archive.crawl()
    assert not archive.asked
    assert lines_of(archive.folder) == lines


def test_a_new_edition_gives_its_new_and_its_changed_articles(archive: Archive) -> None:
    before = revisions(archive.folder)
    archive.site.publish()
    archive.crawl()
    added = Counter(revisions(archive.folder)) - Counter(before)
    numbers = {(int(name.rpartition("/")[2]) - 31_000_000) // 13 for name, _ in added}
    ids = {name for name, _ in before}
    again = {name for name, _ in added if name in ids}
    assert len(added) - len(again) >= 4  # five new ones, of which some may hold no article
    assert again
    # No sitemap tells of a change of those in the hole: only a recheck finds it.
    assert numbers >= {number for number in changed(1) if number < SIZE} - set(HOLE)
    assert set(archive.asked) <= {200, 302, 301, 410}
    assert lines_of(archive.folder) == replayed_lines(archive.folder)


def test_a_recheck_asks_whether_anything_changed_and_records_the_answers(archive: Archive) -> None:
    lines = lines_of(archive.folder)
    archive.crawl("-a", "mode=recheck")
    assert archive.asked[304] == len(lines)
    assert archive.fetches()["not-modified"] == len(lines)
    assert archive.records("server-not-modified") == len(lines)
    assert lines_of(archive.folder) == lines
    assert verify([archive.folder / "data" / "warc"]).sound


def test_a_page_that_comes_again_is_a_revisit_and_no_line(archive: Archive) -> None:
    lines = lines_of(archive.folder)
    archive.query("UPDATE article SET etag = NULL, last_modified = NULL")
    archive.crawl("-a", "mode=recheck")
    assert archive.asked[304] == 0
    assert archive.fetches()["unchanged"] == len(lines)
    assert archive.records("identical-payload-digest") >= len(lines)
    assert lines_of(archive.folder) == lines == replayed_lines(archive.folder)
    assert verify([archive.folder / "data" / "warc"]).sound


def test_what_is_withdrawn_is_recorded_and_its_lines_stay(archive: Archive) -> None:
    lines = lines_of(archive.folder)
    gone = archive.fetches()["gone"]
    archive.site.publish()
    archive.crawl("-a", "mode=recheck")
    assert withdrawn(1)
    assert archive.query("SELECT count(*), 0 FROM article WHERE status = 4")[0][0] > gone
    assert set(lines) <= set(lines_of(archive.folder))
    assert lines_of(archive.folder) == replayed_lines(archive.folder)


def test_an_article_that_returns_to_what_it_said_gives_no_line(archive: Archive) -> None:
    archive.site.publish(11)
    archive.crawl("-a", "mode=recheck")
    lines = lines_of(archive.folder)
    archive.site.publish(0)
    archive.crawl("-a", "mode=recheck")
    assert archive.fetches()["unchanged"] > 0
    assert lines_of(archive.folder) == lines


def test_a_named_url_is_asked_for_whatever_is_known_of_it(archive: Archive) -> None:
    (url,) = (json.loads(lines_of(archive.folder)[0])["url"],)
    archive.crawl("-a", f"urls={url}")
    assert archive.asked == {304: 1}


def test_a_failure_is_recorded_and_made_good_by_the_next_crawl(crawler: Crawler, tmp_path: Path) -> None:
    with running_site(size=SIZE) as site:
        site.misbehave("status=500:/a/.*(31000221|31000234).*")
        archive = Archive(crawler, site, tmp_path)
        archive.crawl()
        assert archive.query("SELECT key, failures FROM article WHERE status = 5 ORDER BY key") == [
            (31000221, 1),
            (31000234, 1),
        ]
        lines = lines_of(tmp_path)
        archive.crawl("-a", "mode=latest")
        assert archive.asked[500] == 0, "it is not due yet"
        site.misbehave()
        archive.crawl()
        assert archive.query("SELECT count(*), 0 FROM article WHERE status = 5") == [(0, 0)]
        assert len(lines_of(tmp_path)) == len(lines) + 2
