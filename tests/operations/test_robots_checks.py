"""Checks of a site's robots.txt and clock, on a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import time

import pytest

from newscrawl.operations.findings import Finding, Severity
from newscrawl.operations.robots_checks import robots
from newscrawl.sites import site_named
from tests.waiting import free_port

SITE = site_named("sample")
AGENT = "newscrawl/0.1 (news archive; +archive@crawler.test)"


@contextmanager
def site_with(body: bytes, status: int = 200, clock_off: float = 0) -> Iterator[tuple[str, list[str]]]:
    """Return the URL of a site whose robots.txt is ``body``, and the user agents that requested it."""
    agents: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            agents.append(self.headers["User-Agent"])
            self.send_response_only(status if self.path == "/robots.txt" else 500)
            self.send_header("Date", formatdate(time() + clock_off, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", agents
        server.shutdown()
        thread.join()


def found(body: bytes, status: int = 200, clock_off: float = 0) -> dict[str, Finding]:
    with site_with(body, status, clock_off) as (url, _):
        return {finding.subject: finding for finding in robots(SITE, AGENT, "newscrawl", url)}


def test_site_that_allows_all_has_no_findings() -> None:
    with site_with(b"User-agent: *\nDisallow: /search\n") as (url, agents):
        severities = {finding.severity for finding in robots(SITE, AGENT, "newscrawl", url)}
    assert severities == {Severity.OK}
    assert agents == [AGENT]


@pytest.mark.parametrize(
    ("rules", "closed"),
    [
        (b"User-agent: newscrawl\nDisallow: /\n", "/sitemap.xml"),
        (b"User-agent: *\nDisallow: /a/\n", "/a/1234567.html"),
        (b"User-agent: newscrawl\nDisallow: /sitemap\n\nUser-agent: *\nAllow: /\n", "/sitemap.xml"),
    ],
)
def test_forbidden_paths_are_named(rules: bytes, closed: str) -> None:
    finding = found(rules)["robots"]
    assert finding.severity is Severity.PROBLEM
    assert closed in finding.message
    assert finding.remedy


def test_rules_for_other_crawlers_do_not_matter() -> None:
    assert found(b"User-agent: otherbot\nDisallow: /\n")["robots"].severity is Severity.OK


@pytest.mark.parametrize(
    ("status", "severity"),
    [(404, Severity.OK), (403, Severity.OK), (429, Severity.PROBLEM), (503, Severity.PROBLEM)],
)
def test_missing_robots_txt_is_judged_by_its_status(status: int, severity: Severity) -> None:
    """RFC 9309, 2.3.1.3 and 2.3.1.4: unavailable allows all, unreachable allows nothing."""
    assert found(b"", status)["robots"].severity is severity


def test_site_that_does_not_answer_is_a_problem() -> None:
    (finding,) = robots(SITE, AGENT, "newscrawl", f"http://127.0.0.1:{free_port()}")
    assert finding.severity is Severity.PROBLEM
    assert "network" in finding.remedy


def test_long_crawl_delay_is_a_warning() -> None:
    assert found(b"User-agent: *\nCrawl-delay: 30\n")["robots"].severity is Severity.WARNING


@pytest.mark.parametrize("off", [3600, -3600])
def test_wrong_clock_is_reported(off: float) -> None:
    finding = found(b"", clock_off=off)["clock"]
    assert finding.severity is Severity.PROBLEM
    assert "timedatectl" in finding.remedy


def test_binary_and_huge_robots_txt_do_no_harm() -> None:
    assert found(b"\xff\xfe\x00" * 400_000)["robots"].severity is Severity.OK
