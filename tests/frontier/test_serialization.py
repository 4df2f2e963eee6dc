"""Requests to JSON and back: whatever a request may hold comes back the same, and nothing else gets in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, Spider

from newscrawl.discovery import Found
from newscrawl.fetch_record import META_KEY, FetchRecord, fetch_record
from newscrawl.frontier.serialization import NotSerializable, deserialized, serialized


class ReadingSpider(Spider):
    name = "reading"

    def parse_page(self, response: object) -> None:
        pass

    def page_failed(self, failure: object) -> None:
        pass


SPIDER = ReadingSpider()
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
FOUND = st.builds(Found, url=TEXT, source=TEXT, via=st.none() | TEXT, is_sitemap=st.booleans())
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | st.binary(max_size=20) | FOUND,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(
    meta=st.dictionaries(TEXT.filter(lambda key: not key.startswith(("newscrawl", "download_"))), PLAIN, max_size=3),
    cb_kwargs=st.dictionaries(TEXT, PLAIN, max_size=2),
    body=st.binary(max_size=50),
    priority=st.integers(-10, 10),
    dont_filter=st.booleans(),
)
def test_a_request_comes_back_the_same(
    meta: dict[str, object], cb_kwargs: dict[str, object], body: bytes, priority: int, dont_filter: bool
) -> None:
    request = Request(
        "https://www.rferl.org/a/1.html?q=%D1%84",
        SPIDER.parse_page,
        method="POST",
        headers={"Accept": ["text/html", "*/*"]},
        body=body,
        meta=meta,
        cb_kwargs=cb_kwargs,
        priority=priority,
        dont_filter=dont_filter,
        errback=SPIDER.page_failed,
        flags=["late"],
    )
    again = deserialized(serialized(request, SPIDER), SPIDER)
    assert again.to_dict(spider=SPIDER) == request.to_dict(spider=SPIDER)
    assert again.callback == SPIDER.parse_page


def test_what_another_download_left_stays_behind() -> None:
    found = Found("https://www.rferl.org/a/1.html", "feed")
    record = FetchRecord(found, capture_only=True, message=b"HTTP/1.1 200 OK", frontier_id="7", is_abandoned=True)
    request = Request(found.url, meta={META_KEY: record, "download_slot": "x", "depth": 1})
    again = deserialized(serialized(request, SPIDER), SPIDER)
    assert again.meta == {META_KEY: FetchRecord(found, capture_only=True), "depth": 1}
    assert fetch_record(again).message is None


@pytest.mark.parametrize(
    "request_",
    [
        Request("https://www.rferl.org/", meta={"open file": object()}),
        Request("https://www.rferl.org/", callback=lambda response: None),
    ],
)
def test_what_is_no_plain_data_is_refused(request_: Request) -> None:
    with pytest.raises(NotSerializable):
        serialized(request_, SPIDER)


def test_bottomless_data_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(NotSerializable):
        serialized(Request("https://www.rferl.org/", meta={"deep": deep}), SPIDER)


def test_nobody_names_a_class_to_import() -> None:
    parts = {"dict": [["url", "https://www.rferl.org/"], ["_class", "subprocess.Popen"]]}
    assert type(deserialized(json.dumps(parts).encode(), SPIDER)) is Request


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"1", b"{}", b'{"x":1}', b'{"dict":[["url",{"bytes":"%"}]]}', b"[" * 9999]
)
def test_what_is_no_request_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        deserialized(data, SPIDER)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_request_or_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        deserialized(data, SPIDER)
