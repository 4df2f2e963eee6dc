"""Where requests may go: the site's own hosts, and no address of the network that the crawler stands in."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from newscrawl.politeness.addresses import PublicAddressCheck, is_public, literal_address, names_this_machine
from newscrawl.samplesite.running import running_site
from newscrawl.sites import site_named
from tests.politeness.crawl import crawl
from tests.politeness.server import Noting, serving

ELSEWHERE = "127.0.0.2"
"""Loopback too, but no host of the sample site."""


@pytest.fixture
def elsewhere() -> Iterator[Noting]:
    with serving(host=ELSEWHERE) as server:
        yield server


def test_a_redirect_off_the_site_is_not_followed(tmp_path: Path, elsewhere: Noting) -> None:
    moved = (302, {"Location": f"{elsewhere.url}/a/31000000.html"}, b"")
    refreshed = (200, {}, f'<meta http-equiv="refresh" content="0; url={elsewhere.url}/a/31000002.html">'.encode())
    busy_first = (503, {}, b"")
    with serving({"/a/31000000.html": moved, "/a/31000002.html": refreshed, "/a/31000003.html": busy_first}) as site:
        urls = " ".join(f"{site.url}/a/3100000{number}.html" for number in range(4))
        stats = crawl(tmp_path, "sample", {"base_url": site.url, "urls": urls}, RETRY_TIMES=1)
    assert stats["politeness/off_site"] == 1, "what a page has a browser do is not done at all"
    assert elsewhere.asked == [], "not even its robots.txt was asked for"
    assert {"/a/31000000.html", "/a/31000001.html"} <= set(site.asked)


def test_a_spider_without_a_site_goes_where_it_wants(tmp_path: Path, elsewhere: Noting) -> None:
    stats = crawl(tmp_path, "bare", {"urls": f"{elsewhere.url}/1"})
    assert stats["bare/got"] == 1


def test_private_addresses_are_refused_in_any_spelling(tmp_path: Path, elsewhere: Noting) -> None:
    hosts = [ELSEWHERE, "127.2", "2130706434", "0x7f000002", "0177.0.0.2", "x.localhost", "[::1]", "[::ffff:127.0.0.2]"]
    urls = " ".join(elsewhere.url.replace(ELSEWHERE, host) for host in hosts)
    stats = crawl(tmp_path, "bare", {"urls": urls}, PRIVATE_ADDRESSES_ALLOWED=False)
    assert stats["politeness/private_address"] >= len(hosts)
    assert stats.get("bare/got", 0) == 0
    assert elsewhere.asked == []


def test_loopback_is_refused_on_other_ports_than_that_of_the_sample_site(tmp_path: Path) -> None:
    with serving() as secret:
        moved = (302, {"Location": f"{secret.url}/a/31000000.html"}, b"")
        with serving({"/a/31000000.html": moved}) as site:
            urls = f"{site.url}/a/31000000.html {site.url}/a/31000001.html"
            arguments = {"base_url": site.url, "urls": urls}
            stats = crawl(tmp_path, "sample", arguments, PRIVATE_ADDRESSES_ALLOWED=False)
            assert "/a/31000001.html" in site.asked
    assert secret.asked == []
    assert stats["politeness/private_address"] >= 1


def test_loopback_is_refused_to_other_spiders(tmp_path: Path) -> None:
    with serving() as secret:
        urls = f"{secret.url}/1 {secret.url.replace('127.0.0.1', 'localhost')}/2"
        stats = crawl(tmp_path, "bare", {"urls": urls}, PRIVATE_ADDRESSES_ALLOWED=False)
        assert secret.asked == []
    assert stats["politeness/private_address"] >= 2


def test_the_sample_site_is_crawled_where_private_addresses_are_refused(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        stats = crawl(tmp_path, "sample", {"base_url": site.url}, PRIVATE_ADDRESSES_ALLOWED=False)
    assert stats["articles/written"] >= 10


def test_a_name_of_a_private_address_is_refused(tmp_path: Path) -> None:
    name = socket.gethostname()
    try:
        address = socket.gethostbyname(name)
    except OSError:
        pytest.skip("this machine's name has no address")
    if is_public(address) or literal_address(name):
        pytest.skip("this machine's name has a public address")
    with serving(host=address) as server:
        url = server.url.replace(address, name)
        stats = crawl(tmp_path, "bare", {"urls": url}, PRIVATE_ADDRESSES_ALLOWED=False, RETRY_TIMES=0)
    assert stats["politeness/private_address"] >= 1
    assert server.asked == []


def refusal(host: str, address: str, site: str = "", **settings: object) -> str | None:
    everything = Settings({"PRIVATE_ADDRESSES_ALLOWED": False, **settings})
    spider = SimpleNamespace(site=site_named(site), base_url="") if site else None
    crawler = SimpleNamespace(settings=everything, stats=None, spider=spider)
    return PublicAddressCheck.from_crawler(crawler).refusal(host, address)  # type: ignore[arg-type]


def test_name_that_leads_inside_is_refused() -> None:
    assert refusal("rebind.example.org", "93.184.215.14") is None
    assert "127.0.0.1" in (refusal("rebind.example.org", "127.0.0.1") or "")
    assert refusal("rebind.example.org", "127.0.0.1", PRIVATE_ADDRESSES_ALLOWED=True) is None


def test_name_of_a_site_that_leads_inside_is_refused() -> None:
    assert refusal("www.svoboda.org", "10.0.0.7")
    assert refusal("www.svoboda.org.", "::ffff:10.0.0.7")


def test_address_of_the_sample_site_is_allowed_to_its_spider_alone() -> None:
    assert refusal("127.0.0.1", "127.0.0.1", "sample") is None
    assert refusal("0177.0.0.1", "127.0.0.1", "sample")
    assert refusal("127.0.0.1", "127.0.0.1", "svoboda")
    assert refusal("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.0.8",
        "198.18.0.1",
        "203.0.113.9",
        "::127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2001::1",
        "fec0::1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses())
def test_no_address_breaks_it(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    holds_ipv4 = isinstance(address, ipaddress.IPv6Address) and int(address) >> 96 in (0, 0x64FF9B)
    assert is_public(str(address)) <= (address.is_global or holds_ipv4)
    assert literal_address(str(address)) == str(address)


@given(st.text(max_size=30))
def test_no_host_breaks_it(host: str) -> None:
    assert isinstance(literal_address(host), str | None)
    names_this_machine(host)
