"""The state file: what is told is there, committed or not at all, and found again by compact keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.records.exchange import Reference
from newscrawl.dates import instant_of
from newscrawl.errors import StateError
from newscrawl.state.keys import id_key, name_key, packed_payload, unpacked_payload
from newscrawl.state.lock import SiteLock
from newscrawl.state.progress import ArchiveProgress
from newscrawl.state.reading import StateReader
from newscrawl.state.recheck_schedule import FIRST_RETRY, LONGEST_RETRY, RecheckRule
from newscrawl.state.records import Announcement, Fetch, Outcome, Status
from newscrawl.state.refetch_policy import decide
from newscrawl.state.schema import VERSION, connection_to
from newscrawl.state.writing import StateWriter

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULE = RecheckRule()


class Store:
    """A reader and a writer of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connections = [connection_to(path), connection_to(path)]
        self.reader = StateReader(self.connections[0])
        self.writer = StateWriter(self.connections[1], RULE)

    def tell(self, *told: Announcement | Fetch) -> None:
        with self.writer.transaction():
            for each in told:
                if isinstance(each, Fetch):
                    self.writer.add_fetches([each])
                else:
                    self.writer.announce([each])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "site.sqlite")
    yield store
    for connection in store.connections:
        connection.close()


def found(key: int = 7, **values: object) -> Announcement:
    return replace(Announcement(key, f"https://a.test/a/{key}.html", "sitemap", NOON), **values)  # type: ignore[arg-type]


def fetched(outcome: Outcome = Outcome.NEW, key: int = 7, **values: object) -> Fetch:
    made = Fetch(key, f"https://a.test/a/{key}.html", NOON, outcome, etag='"1"', http_status=200, payload_digest=SHA1)
    return made._replace(**values)  # type: ignore[arg-type]


SHA1 = "sha1:LNMPVKNBE54UXVXFXT7ADR7BQB64X5WB"


@given(st.integers(min_value=1, max_value=10**18 - 1))
def test_numbers_are_their_own_keys(number: int) -> None:
    assert id_key(str(number)) == number
    assert name_key(f"site/{number}", "site") == number


@given(st.text(min_size=1))
def test_anything_else_has_a_key_below_zero(text: str) -> None:
    key = id_key(text)
    assert (key > 0) == (text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= 18)
    assert -(1 << 63) <= key < 1 << 63
    assert key != 0


def test_the_same_number_of_another_site_is_another_article() -> None:
    assert name_key("other/5", "site") != name_key("site/5", "site") == 5


@given(st.binary(min_size=20, max_size=20) | st.text())
def test_payload_digests_come_back(digest: bytes | str) -> None:
    text = unpacked_payload(digest)
    assert unpacked_payload(packed_payload(text)) == text


def test_a_found_article_is_known_and_not_fetched(store: Store) -> None:
    store.tell(found(published=NOON - HOUR, lastmod=NOON))
    article = store.reader.article(7)
    assert article is not None
    assert (article.status, article.fetched, article.lastmod, article.published) == (
        Status.FOUND,
        None,
        NOON,
        NOON - HOUR,
    )
    assert store.reader.counts()[Status.FOUND] == 1


def test_a_later_announcement_adds_and_never_takes_away(store: Store) -> None:
    store.tell(
        found(published=NOON - HOUR, lastmod=NOON), found(lastmod=NOON - HOUR), found(lastmod=NOON + HOUR), found()
    )
    article = store.reader.article(7)
    assert article is not None
    assert (article.published, article.lastmod) == (NOON - HOUR, NOON + HOUR)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def half_told() -> None:
        with store.writer.transaction():
            store.writer.announce([found()])
            store.writer.add_revision(7, b"digest")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_told()
    assert store.reader.article(7) is None
    assert not store.reader.is_written(7, b"digest")


def test_a_revision_is_new_once(store: Store) -> None:
    with store.writer.transaction():
        assert store.writer.add_revision(7, b"one")
        assert not store.writer.add_revision(7, b"one")
        assert store.writer.add_revision(7, b"two")
        assert store.writer.add_revision(8, b"one")
    assert store.reader.is_written(7, b"two")
    assert not store.reader.is_written(9, b"one")


def test_not_modified_and_failures_keep_the_validators(store: Store) -> None:
    store.tell(found(), fetched(last_modified="yesterday"))
    store.tell(fetched(Outcome.NOT_MODIFIED, date=NOON + HOUR, etag=None, payload_digest=None, http_status=304))
    store.tell(fetched(Outcome.FAILED, date=NOON + 2 * HOUR, etag=None, payload_digest=None, http_status=500))
    article = store.reader.article(7)
    assert article is not None
    assert (article.etag, article.last_modified, article.payload_digest) == ('"1"', "yesterday", SHA1)
    assert (article.status, article.failures, article.fetched) == (Status.FAILED, 1, NOON + HOUR)
    assert [each.outcome for each in store.reader.history(7)] == [Outcome.NEW, Outcome.NOT_MODIFIED, Outcome.FAILED]


def test_a_success_ends_a_row_of_failures(store: Store) -> None:
    for hours in range(3):
        store.tell(fetched(Outcome.FAILED, date=NOON + hours * HOUR))
    failed = store.reader.article(7)
    store.tell(fetched(date=NOON + 3 * HOUR))
    article = store.reader.article(7)
    assert failed is not None
    assert article is not None
    assert (failed.failures, failed.fetched, failed.due) == (3, None, NOON + 2 * HOUR + 4 * FIRST_RETRY)
    assert (article.failures, article.status) == (0, Status.WRITTEN)


FETCHES = st.lists(
    st.builds(
        lambda key, hour, outcome, published: fetched(
            outcome, key, date=NOON + HOUR * hour, published=published, warc_filename=f"{key}.warc.gz", warc_offset=hour
        ),
        st.integers(1, 3),
        st.integers(0, 9),
        st.sampled_from(list(Outcome)),
        st.none() | st.just(NOON - HOUR),
    ),
    max_size=12,
)


@settings(max_examples=50)
@given(fetches=FETCHES)
def test_fetches_told_together_are_those_told_one_by_one(
    fetches: list[Fetch], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fetches")
    together, singly = Store(folder / "together.sqlite"), Store(folder / "singly.sqlite")
    with together.writer.transaction():
        together.writer.add_fetches(fetches)
    singly.tell(*fetches)
    for key in (1, 2, 3):
        assert together.reader.article(key) == singly.reader.article(key)
        assert together.reader.history(key) == singly.reader.history(key)
    for connection in together.connections + singly.connections:
        connection.close()


def test_the_due_come_by_how_overdue_they_are_and_all_of_them(store: Store) -> None:
    # More than a page of them, many due at the same second.
    store.tell(*(fetched(key=key, date=NOON - (key % 3) * HOUR, published=NOON - 9 * HOUR) for key in range(1, 1402)))
    late = NOON + timedelta(days=400)
    due = list(store.reader.due(late))
    assert len({article.key for article in due}) == len(due) == store.reader.due_count(late) == 1401
    assert [article.due for article in due] == sorted(article.due for article in due if article.due)
    assert store.reader.due_count(NOON) == 0


def test_the_first_capture_of_a_payload_stays_the_original(store: Store) -> None:
    first, second = (Reference(f"https://a.test/{name}", NOON, f"<urn:uuid:{name}>") for name in "ab")
    with store.writer.transaction():
        store.writer.remember_captures([(first.url, SHA1, first)])
        store.writer.remember_captures([(second.url, SHA1, second)])
    assert store.reader.original(packed_payload(SHA1)) == first
    assert store.reader.captured(second.url) == first
    assert store.reader.captured("https://a.test/c") is None


@given(text=st.text())
def test_any_text_of_a_server_can_be_kept(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("text") / "site.sqlite")
    told = {"url": text, "asked": f"{text}?", "etag": text, "last_modified": text, "reason": text}
    store.tell(found(url=text), fetched(**told, warc_filename="a.warc.gz"))
    article = store.reader.article(7)
    assert article is not None
    assert article.url == article.reason == text.encode("utf-8", "backslashreplace").decode()
    assert store.reader.history(7)[0].reason == article.reason
    for connection in store.connections:
        connection.close()


def test_it_is_read_while_a_crawl_writes(store: Store) -> None:
    with store.writer.transaction():
        store.writer.announce([found()])
        reader = StateReader(connection_to(store.path, writable=False))
        assert reader.article(7) is None
    assert reader.article(7) is not None


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("no database, but long enough to be taken for the header of one" * 4)
    with pytest.raises(StateError, match=r"text\.sqlite"):
        connection_to(tmp_path / "text.sqlite")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(StateError, match="not a state file"):
        connection_to(tmp_path / "other.sqlite")


def test_a_file_of_a_newer_version_is_refused(store: Store) -> None:
    store.connections[1].execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StateError, match="newer newscrawl"):
        connection_to(store.path)


def test_a_site_is_locked_once(tmp_path: Path) -> None:
    path = tmp_path / "site.lock"
    lock = SiteLock(path, "site", shared=False)
    for shared in (False, True):
        with pytest.raises(StateError, match=r"another crawl of site is running \(process \d+\)"):
            SiteLock(path, "site", shared=shared)
    lock.release()
    workers = [SiteLock(path, "site", shared=True) for _ in range(2)]
    with pytest.raises(StateError):
        SiteLock(path, "site", shared=False)
    for worker in workers:
        worker.release()


DATES = st.timedeltas(timedelta(days=-11_000), timedelta(days=27_000)).map(lambda since: NOON + since)


@given(DATES, DATES, st.sampled_from(list(Outcome)), st.integers(1, 99))
def test_the_wait_is_within_its_bounds(fetched: datetime, published: datetime, outcome: Outcome, failures: int) -> None:
    wait = RULE.due(outcome, fetched, published, failures) - fetched
    shortest, longest = (FIRST_RETRY, LONGEST_RETRY) if outcome is Outcome.FAILED else (RULE.shortest, RULE.longest)
    assert shortest <= wait <= longest


@given(DATES, st.timedeltas(timedelta(), timedelta(days=3650)), st.timedeltas(timedelta(), timedelta(days=3650)))
def test_an_older_article_waits_longer(published: datetime, age: timedelta, more: timedelta) -> None:
    waits = [RULE.due(Outcome.NEW, published + each, published, 0) - published - each for each in (age, age + more)]
    assert waits[0] <= waits[1]


def test_it_is_looked_at_often_in_the_beginning_and_seldom_later() -> None:
    looks, age = 0, timedelta()
    in_three_days = 0
    while age < timedelta(days=365):
        age = RULE.due(Outcome.UNCHANGED, NOON + age, NOON, 0) - NOON
        looks += 1
        in_three_days += age < timedelta(days=3)
    assert 18 <= looks <= 24
    assert in_three_days == 10


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-01T12:00:00Z", NOON),
        ("2026-03-01T12:00:00.75Z", NOON),
        ("2026-03-01T14:00:00+02:00", NOON),
        ("2026-03-01", NOON - 12 * HOUR),
        ("Sun, 01 Mar 2026 13:00:00 +0100", NOON),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_sitemaps_and_feeds(text: str | None, date: datetime | None) -> None:
    assert instant_of(text) == date


class Known:
    """What the next announcement meets."""

    def __init__(self, store: Store, *told: Announcement | Fetch) -> None:
        store.tell(*told)
        self.store = store

    def wanted(self, announced: Announcement, mode: str = "latest", now: datetime = NOON) -> bool:
        chosen = decide(announced, self.store.reader.article(7), mode, now)
        if chosen.announcement is not None:
            self.store.tell(chosen.announcement)
        return chosen.is_wanted


def test_a_change_is_fetched_once(store: Store) -> None:
    known = Known(store, found(lastmod=NOON - HOUR), fetched(lastmod=NOON - HOUR))
    assert not known.wanted(found(lastmod=NOON - HOUR))
    assert not known.wanted(found())
    assert known.wanted(found(lastmod=NOON))
    assert known.wanted(found(lastmod=NOON)), "asked for, but the crawl was killed before it came"
    store.tell(fetched(Outcome.UNCHANGED, date=NOON + HOUR, lastmod=NOON))
    assert not known.wanted(found(lastmod=NOON))


def test_a_page_that_was_fetched_before_its_date_was_known(store: Store) -> None:
    known = Known(store, found(), fetched())
    assert not known.wanted(found(lastmod=NOON - 2 * HOUR)), "older than the fetch"
    assert known.wanted(found(lastmod=NOON - HOUR)), "but this is later than what it brought"
    assert known.wanted(found(lastmod=NOON - HOUR))


def test_a_date_that_came_while_the_page_was_on_its_way(store: Store) -> None:
    known = Known(store, found(), found(lastmod=NOON - 2 * HOUR), fetched())
    assert not known.wanted(found(lastmod=NOON - 2 * HOUR))
    assert known.wanted(found(lastmod=NOON - HOUR))
    assert known.wanted(found(lastmod=NOON - HOUR)), "not forgotten, though the state knows the new date now"


def test_a_failure_waits_until_it_is_due_unless_one_insists(store: Store) -> None:
    known = Known(store, found(), fetched(Outcome.FAILED))
    assert not known.wanted(found())
    assert known.wanted(found(), now=NOON + FIRST_RETRY)
    assert known.wanted(found(), mode="backfill")
    assert known.wanted(found(), mode="urls")


def test_withdrawn_and_empty_pages_are_not_asked_for_again(store: Store) -> None:
    for outcome in (Outcome.GONE, Outcome.NO_ARTICLE, Outcome.REJECTED):
        known = Known(store, fetched(outcome))
        assert not known.wanted(found(), mode="backfill")
        assert known.wanted(found(), mode="urls")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), max_size=30))
def test_no_open_page_lies_before_the_progress(steps: list[tuple[str, int]]) -> None:
    progress, told, size, open_pages = (
        ArchiveProgress(),
        dict[str, int](),
        dict[str, int](),
        dict[int, tuple[str, int]](),
    )
    for name, page in steps:
        if page in open_pages:
            progress.settled(str(page))
            del open_pages[page]
        else:
            offset = size.get(name, 0)
            size[name] = offset + 10
            open_pages[page] = (name, offset)
            progress.written(str(page), name, offset, 10)
        told.update(progress.positions())
        for name_of_page, offset in open_pages.values():
            assert told.get(name_of_page, 0) <= offset
    for page in open_pages:
        progress.settled(str(page))
    told.update(progress.positions())
    assert told == size
