"""The bytes of a request: what is asked for, whatever its URL and headers hold, and nothing that nobody asked for."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scrapy import Request

from newscrawl.errors import UsageError
from newscrawl.recording.connecting import proxy_of
from newscrawl.recording.request_message import address_of, connect_message, request_message

_URLS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "https://", "HTTP://"]),
        st.sampled_from(["", "", "user:pass@", "a@b@"]),
        st.sampled_from(["example.org", "EXAMPLE.org", "a_b.example", "127.0.0.1", "[::1]", "münchen.de", "a.b."]),
        st.sampled_from(["", "", ":80", ":443", ":8080", ":080", ":", ":0", ":99999", ":x"]),
        st.sampled_from(["", "/", "?", "/?"]),
        st.text("ab/0.-~!$&'()*+,;=:@?#%ä文\"< \\\r\n\0", max_size=9),
    ),
)
_NAMES = st.sampled_from(
    ["User-Agent", "accept", "Host", "Connection", "Content-Length", "Transfer-Encoding", "Proxy-Authorization", "X_Y"]
)
_VALUES = st.one_of(st.sampled_from(["", "a", "a\r\nb: c", " x ", "ä", "close", "\0"]), st.text(max_size=5))


@settings(max_examples=1000, deadline=None)
@given(
    url=_URLS,
    headers=st.dictionaries(_NAMES, st.lists(_VALUES, max_size=2), max_size=4),
    method=st.sampled_from(["GET", "POST", "HEAD", "PROPFIND"]),
    body=st.binary(max_size=20),
    through_proxy=st.booleans(),
)
def test_request_is_one_message(
    url: str, headers: dict[str, Any], method: str, body: bytes, through_proxy: bool
) -> None:
    address = address_of(url)
    assume(address is not None)
    assert address is not None
    by_name = dict(dict.items(Request("http://a.test/", headers=headers).headers))
    message = request_message(method, address, by_name, body, through_proxy=through_proxy, proxy_credentials=b"Basic x")
    head, separator, rest = message.sent.partition(b"\r\n\r\n")
    assert separator
    assert rest == body
    first, *lines = head.split(b"\r\n")
    verb, target, version = first.split(b" ")
    assert (verb.decode(), version) == (method, b"HTTP/1.1")
    assert target.startswith(b"http" if through_proxy else b"/")
    assert b"#" not in target
    assert b"pass" not in head
    names = [line.partition(b":")[0] for line in lines]
    assert not any(byte in line for line in lines for byte in (b"\r", b"\n", b"\0"))
    assert names.count(b"Host") == max(len(by_name.get(b"Host", [b""])), 0)
    assert names.count(b"Content-Length") == (1 if body or method == "POST" else 0)
    assert b"Transfer-Encoding" not in names
    assert (b"Proxy-Authorization" in names) == through_proxy
    assert b"Proxy-Authorization" not in message.recorded.partition(b"\r\n\r\n")[0]


@given(url=_URLS)
@settings(max_examples=500, deadline=None)
def test_url_of_scrapy_is_asked_for_as_it_is(url: str) -> None:
    try:
        request = Request(url)
    except ValueError:  # no URL
        assume(False)
    address = address_of(request.url)
    if address is not None:
        assert 0 < address.origin.port < 65_536
        written = request_message("GET", address, {}, b"").sent.split(b" ")[1].decode()
        after = request.url.partition("://")[2].partition("#")[0]
        assert after.endswith(written) or written == "/" or written.startswith("/?")


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("http://a.test", b"a.test", b"/"),
        ("http://a.test:80/x?y#z", b"a.test", b"/x?y"),
        ("https://a.test:80/", b"a.test:80", b"/"),
        ("https://a.test:443/?", b"a.test", b"/?"),
        ("http://[2001:db8::1]:8080/", b"[2001:db8::1]:8080", b"/"),
        ("http://münchen.de/ü", b"xn--mnchen-3ya.de", "/ü".encode()),
    ],
)
def test_host_and_target(url: str, host: bytes, target: bytes) -> None:
    address = address_of(url)
    assert address is not None
    assert request_message("GET", address, {}, b"").sent == b"GET %b HTTP/1.1\r\nHost: %b\r\n\r\n" % (target, host)


@pytest.mark.parametrize("url", ["ftp://a.test/", "http:///x", "http://a.test:0/", "http://a:b:c/", "mailto:a@b", ""])
def test_what_is_no_url_of_http(url: str) -> None:
    assert address_of(url) is None


@pytest.mark.parametrize("method", ["GET x", "", "G\r\n"])
def test_method_that_is_no_token_is_refused(method: str) -> None:
    address = address_of("http://a.test/")
    assert address is not None
    with pytest.raises(UsageError):
        request_message(method, address, {}, b"")


def test_proxy_in_all_forms() -> None:
    basic = b"Basic " + base64.b64encode(b"us:er")
    assert proxy_of("proxy.test:3128", None).origin.netloc == "proxy.test:3128"
    assert proxy_of("http://us%3Aer@proxy.test", None).credentials == basic
    assert proxy_of("http://u:v@proxy.test", b"Bearer x").credentials == b"Bearer x"
    assert proxy_of("https://proxy.test", None).origin.port == 443
    for url in ("socks5://u:secret@proxy.test", "http://:80", "http://proxy.test:x"):
        with pytest.raises(UsageError) as raised:
            proxy_of(url, None)
        assert "secret" not in str(raised.value)


def test_tunnel_is_asked_for_with_the_credentials() -> None:
    address = address_of("https://[::1]/x")
    assert address is not None
    assert connect_message(address.origin, b"Basic x") == (
        b"CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\nProxy-Authorization: Basic x\r\n\r\n"
    )
