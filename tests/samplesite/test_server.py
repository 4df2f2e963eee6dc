"""The sample site on a socket, asked as clients ask: raw requests, real responses."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newscrawl.errors import UsageError
from newscrawl.samplesite.faults import Fault, Faults
from newscrawl.samplesite.publication import FLAKY_PATH
from newscrawl.samplesite.running import RunningSite, running_site
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
def site() -> Iterator[RunningSite]:
    with running_site() as running:
        yield running


@contextmanager
def connection(site: RunningSite) -> Iterator[http.client.HTTPConnection]:
    client = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=PATIENCE_SECONDS)
    yield client
    client.close()


def get(site: RunningSite, target: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    with connection(site) as client:
        client.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = client.getresponse()
        return response, response.read()


def raw(site: RunningSite, request: bytes) -> bytes:
    """Everything that comes until the server closes."""
    host, port = site.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as sock:
        sock.sendall(request)
        received = b""
        while piece := sock.recv(65_536):
            received += piece
        return received


def article_path(site: RunningSite, number: int = 0) -> str:
    return f"/articleprintview/{site.publication.stories.story(number).id}.html"


def test_one_connection_serves_many_requests_in_order(site: RunningSite) -> None:
    targets = ("/robots.txt", "/sitemap.xml", article_path(site))
    requests = b"".join(b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % target.encode() for target in targets[:2])
    last = b"GET %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % targets[2].encode()
    received = raw(site, requests + last)
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert received.index(b"Crawl-delay") < received.index(b"<sitemapindex") < received.index(b"<html")
    assert [visit.target for visit in site.visits] == list(targets)


def test_validators_give_304_until_the_story_changes(site: RunningSite) -> None:
    changed = next(
        number for number in range(60) if site.publication.stories.revision(number) == 0 and (number + 1) % 11 == 0
    )
    path = article_path(site, changed)
    response, body = get(site, path)
    etag, modified = response.headers["ETag"], response.headers["Last-Modified"]
    for headers in ({"If_None_Match": etag}, {"If_Modified_Since": modified}, {"If_None_Match": f'"x", W/{etag}'}):
        again, nothing = get(site, path, **headers)
        assert (again.status, nothing) == (304, b"")
    assert get(site, path, If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200
    site.publish()
    after, new_body = get(site, path, If_None_Match=etag)
    assert after.status == 200
    assert new_body != body
    assert get(site, path, If_Modified_Since=modified)[0].status == 200


def test_gzip_for_those_who_take_it(site: RunningSite) -> None:
    plain, body = get(site, article_path(site))
    coded, packed = get(site, article_path(site), Accept_Encoding="gzip, br")
    assert plain.headers["Content-Encoding"] is None
    assert coded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == body
    assert plain.headers["ETag"] != coded.headers["ETag"]


def test_some_pages_are_chunked_and_none_to_http_1_0(site: RunningSite) -> None:
    framings = {get(site, article_path(site, number))[0].headers["Transfer-Encoding"] for number in range(4, 16)}
    assert framings == {"chunked", None}
    for number in range(4, 16):
        received = raw(site, b"GET %b HTTP/1.0\r\n\r\n" % article_path(site, number).encode())
        assert b"chunked" not in received.partition(b"\r\n\r\n")[0]


def test_head_has_the_headers_and_no_body(site: RunningSite) -> None:
    for target in ("/robots.txt", "/", article_path(site)):
        request = b"HEAD %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % target.encode()
        head, _, body = raw(site, request).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK")
        assert body == b""


def test_500_then_200(site: RunningSite) -> None:
    assert [get(site, FLAKY_PATH)[0].status for _ in range(3)] == [500, 302, 302]


def test_what_is_no_get_is_refused(site: RunningSite) -> None:
    assert raw(site, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert raw(site, b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000).startswith(b"HTTP/1.1 431 ")
    request = b"PUT / HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nGET "
    assert raw(site, request).startswith(b"HTTP/1.1 405 ")


def test_a_hostile_host_does_not_get_into_pages(site: RunningSite) -> None:
    _, body = get(site, article_path(site), Host="<script>alert(1)</script>")
    assert b"alert(1)" not in body


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset:/a.*:1", (ConnectionResetError, http.client.IncompleteRead)),
        ("truncate:/a.*:1", (http.client.IncompleteRead,)),
        ("bad_chunks:/a.*:1", (http.client.IncompleteRead, ValueError)),
        ("garbage:/a.*:1", (http.client.BadStatusLine,)),
    ],
)
def test_it_misbehaves_as_often_as_it_is_told(
    site: RunningSite, fault: str, error: tuple[type[Exception], ...]
) -> None:
    site.misbehave(fault)
    with pytest.raises(error):
        get(site, article_path(site))
    assert get(site, article_path(site))[0].status == 200


def test_errors_and_delays_on_request(site: RunningSite) -> None:
    site.misbehave(Fault("status", "/robots.txt", 429, times=1, retry_after="7"), "delay=0.01:/sitemap.xml")
    response, _ = get(site, "/robots.txt")
    assert (response.status, response.headers["Retry-After"]) == (429, "7")
    assert get(site, "/robots.txt")[0].status == 200
    assert get(site, "/sitemap.xml")[0].status == 200


def test_every_third_request() -> None:
    faults = Faults((Fault("reset", every=3, times=2),))
    assert [faults.befalling("/") is not None for _ in range(12)] == [False, False, True] * 2 + [False] * 6


@pytest.mark.parametrize("text", ["", "nonsense", "delay=x", "delay=1e9", "reset:(", "status=-1"])
def test_a_fault_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="misbehaviour"):
        Fault.from_text(text)


def test_by_itself_told_over_http_and_ended_with_its_input() -> None:
    command = [sys.executable, "-m", "newscrawl.samplesite", "--port", "0", "--until-stdin-closes", "--size", "20"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    address = re.search(r"http://([\d.]+):(\d+)/", process.stdout.readline())
    assert address is not None
    client = http.client.HTTPConnection(address[1], int(address[2]), timeout=PATIENCE_SECONDS)
    for target, answer in (
        ("/-/publish", {"edition": 1}),
        ("/-/publish?edition=7", {"edition": 7}),
        ("/-/misbehave?fault=status=503:/robots.txt", {"faults": 1}),
    ):
        client.request("POST", target)
        assert json.loads(client.getresponse().read()) == answer
    client.request("GET", "/robots.txt")
    response = client.getresponse()
    response.read()
    assert (response.status, response.headers["Retry-After"]) == (503, "1")
    client.request("POST", "/-/misbehave?fault=nonsense")
    response = client.getresponse()
    response.read()
    assert response.status == 400
    client.close()
    process.stdin.close()
    assert process.wait(PATIENCE_SECONDS) == 0
    process.stdout.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--size", "0"], "a whole number from 1 to 100000"), (["--misbehave", "dance"], "misbehaviour 'dance'")],
)
def test_wrong_arguments(arguments: list[str], message: str) -> None:
    command = [sys.executable, "-m", "newscrawl.samplesite", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_port_in_use_is_said(site: RunningSite) -> None:
    with pytest.raises(UsageError, match="cannot be used"), running_site(port=int(site.url.rpartition(":")[2])):
        pass
