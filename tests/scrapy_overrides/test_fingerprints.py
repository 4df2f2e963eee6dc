"""Fingerprints of requests: they tell apart what Scrapy's tell apart, and nothing else."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.dupefilters import RFPDupeFilter
from scrapy.utils.request import fingerprint
from w3lib.url import canonicalize_url

from newscrawl.scrapy_overrides.fingerprints import _PLAIN, BYTES, DupeFilter, Fingerprinter

URLS = (
    "https://www.example.test/a/slug/31000001.html",
    "https://www.example.test/a/slug/31000001.html#part",
    "https://www.example.test/a/slug/31000001.html?b=2&a=1",
    "https://www.example.test/a/slug/31000001.html?a=1&b=2",
    "https://WWW.example.test/a/slug/31000001.html",
    "https://www.example.test/a/sl%75g/31000001.html",
    "https://www.example.test/a/\u0441\u043b\u043e\u0432\u043e/31000001.html",
    "https://www.example.test/a/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/31000001.html",
    "https://www.example.test",
    "https://www.example.test/",
    "http://www.example.test:8080/a",
)


def test_they_tell_apart_what_scrapys_tell_apart() -> None:
    requests = [Request(url, method=method) for url in URLS for method in ("GET", "HEAD")]
    requests += [Request(URLS[0], body=b"b"), Request(URLS[0], meta={"verbatim_url": True})]
    ours = Fingerprinter()
    for one, other in combinations(requests, 2):
        assert (ours.fingerprint(one) == ours.fingerprint(other)) == (fingerprint(one) == fingerprint(other)), (
            one,
            other,
        )
    assert {len(ours.fingerprint(request)) for request in requests} == {BYTES}


@given(st.from_regex(_PLAIN, fullmatch=True))
@settings(max_examples=1_000)
def test_a_plain_url_is_its_own_canonical_form(url: str) -> None:
    assert Request(url).url == url
    assert canonicalize_url(url) == url


@pytest.mark.parametrize("remembers", [False, True], ids=["in memory", "JOBDIR"])
def test_what_was_asked_for_is_filtered_as_scrapy_does(tmp_path: Path, *, remembers: bool) -> None:
    folders = [tmp_path / name for name in ("ours", "scrapys")]
    for folder in folders:
        folder.mkdir()
    paths = [str(folder) if remembers else None for folder in folders]
    ours = DupeFilter(paths[0], fingerprinter=Fingerprinter())
    scrapys = RFPDupeFilter(paths[1], fingerprinter=Fingerprinter())
    asked = [Request(url, method=method) for url in URLS for method in ("GET", "HEAD")] * 2
    assert [ours.request_seen(request) for request in asked] == [scrapys.request_seen(request) for request in asked]
    ours.close("finished")
    scrapys.close("finished")
    again = DupeFilter(paths[0], fingerprinter=Fingerprinter())
    assert again.request_seen(asked[0]) is remembers
    again.close("finished")
