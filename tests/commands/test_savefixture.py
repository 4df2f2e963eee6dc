"""``newscrawl savefixture``: pages off the network and out of archives become golden tests; nothing else is touched."""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.chain.chain import Chain
from newscrawl.errors import OutputError, UsageError
from newscrawl.samplesite.publication import Publication
from newscrawl.testing.golden import Golden, expectation
from settings.base import ARTICLE_PIPELINES
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

GOLDEN = ROOT / "tests" / "extract" / "golden"
URL = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"
ESCAPED = "https://www.rferl.org/a/%d0%bc%d0%be%d1%81%d1%82/32900001.html"
MOVED = "https://www.rferl.org/a/32900002.html"
REVISITED = "https://www.rferl.org/a/32900003.html"
UNRESOLVED = "https://www.rferl.org/a/32900004.html"


def savefixture(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "savefixture", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


ROBOTS = (200, (("Content-Type", "text/plain"),), b"User-agent: *\nDisallow: /a/private/\n")
HTML = (("Content-Type", "text/html"),)
TROUBLE: dict[str, tuple[int, tuple[tuple[str, str], ...], bytes]] = {
    "/robots.txt": ROBOTS,
    "/a/broken/31000001.html": (500, HTML, b"<html>broken</html>"),
    "/a/loop/31000002.html": (302, (("Location", "/a/loop/31000002.html"),), b""),
    "/a/cut/31000003.html": (200, (*HTML, ("Content-Length", "9000")), b"<html>cut"),
    "/a/paper/31000004.html": (200, (("Content-Type", "application/pdf"),), b"%PDF-1.4"),
    "/a/front/31000005.html": (302, (("Location", "/"),), b""),
}


@contextmanager
def sample_site() -> Iterator[str]:
    """The sample site's pages on a loopback port, and pages in trouble; robots.txt forbids /a/private/."""
    publication = Publication(size=20)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in TROUBLE:
                status, headers, body = TROUBLE[self.path]
            else:
                reply = publication.reply(self.path, f"http://127.0.0.1:{self.server.server_port}")
                status, headers, body = reply.status, reply.headers, reply.body
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **dict(headers)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Captures of one URL in three years, the last a redirect; others with escapes, and a revisit of nothing."""
    path = tmp_path / "pages.warc.gz"
    newer = (GOLDEN / "article-2024" / "page.html").read_bytes()
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for date, url, status, page in (
            ("2024-04-29T12:00:00Z", URL, "200 OK", newer),
            ("2019-04-29T12:00:00Z", URL, "200 OK", newer.replace(b"nine days", b"ten days")),
            ("2025-04-29T12:00:00Z", URL + "?other", "200 OK", b"<html>other</html>"),
            ("2024-04-29T12:00:00Z", ESCAPED, "200 OK", newer),
            ("2022-04-29T12:00:00Z", MOVED, "200 OK", newer),
            ("2023-04-29T12:00:00Z", MOVED, "301 Moved Permanently", b""),
        ):
            head = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(page), http_headers=head, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(record)
            if url == URL:
                digest = record.rec_headers.get_header("WARC-Payload-Digest")
        for url, its_digest, original in ((REVISITED, digest, URL), (UNRESOLVED, "sha1:" + "A" * 32, UNRESOLVED)):
            writer.write_record(
                writer.create_revisit_record(
                    url,
                    its_digest,
                    original,
                    "2019-04-29T12:00:00Z",
                    warc_headers_dict={"WARC-Date": "2020-04-29T12:00:00Z"},
                )
            )
    return path


def test_a_live_page_becomes_a_case_that_passes(tmp_path: Path) -> None:
    with sample_site() as base:
        story = next(iter(Publication(size=20).item_ids()))
        url = Publication(size=20).expected(story, base)["url"]
        run = savefixture(tmp_path, "sample", url, "--folder", "cases", "--rests-on", "the sample site")

    assert run.returncode == 0, run.stderr
    case = tmp_path / "cases" / f"sample-{story}"
    assert str(case.relative_to(tmp_path)) in run.stdout
    golden = Golden.read(case)
    assert golden.rests_on == "the sample site"
    assert golden.capture.url == url
    assert golden.capture.payload == Publication(size=20).reply(url.removeprefix(base), base).body
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert expected["headline"]
    assert expected == expectation(Chain.from_paths(ARTICLE_PIPELINES).result_of(golden.capture))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "expected.json",
        "meta.json",
        "page.html",
    ]


def test_a_page_that_robots_txt_forbids_is_not_fetched(tmp_path: Path) -> None:
    with sample_site() as base:
        run = savefixture(tmp_path, "sample", f"{base}/a/private/31000000.html", "--folder", "cases")

    assert run.returncode == 2
    assert "cannot be fetched" in run.stderr
    assert "robots.txt" in run.stderr
    assert not (tmp_path / "cases").exists()


def test_the_newest_capture_of_an_archive_is_saved_or_that_of_a_date(tmp_path: Path, archive: Path) -> None:
    newest = savefixture(tmp_path, "rferl", URL, "--warc", str(archive), "--folder", "cases", "--name", "newest")
    older = savefixture(tmp_path, "--warc", str(archive), URL, "--date", "2019", "--folder", "cases", "--name", "older")

    assert (newest.returncode, older.returncode) == (0, 0), newest.stderr + older.stderr
    assert "pangea-2024" in newest.stdout
    assert "pangea-2018" in older.stdout
    expected = json.loads((tmp_path / "cases" / "newest" / "expected.json").read_text("utf-8"))
    assert expected == json.loads((GOLDEN / "article-2024" / "expected.json").read_text("utf-8"))
    assert "ten days" in (tmp_path / "cases" / "older" / "expected.json").read_text("utf-8")


def test_what_exists_is_replaced_only_by_force(tmp_path: Path, archive: Path) -> None:
    arguments = ("rferl", URL, "--warc", str(archive), "--folder", "cases")
    assert savefixture(tmp_path, *arguments).returncode == 0
    expected = tmp_path / "cases" / "rferl-32900000" / "expected.json"
    expected.write_text("mine")

    refused = savefixture(tmp_path, *arguments)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert expected.read_text() == "mine"

    assert savefixture(tmp_path, *arguments, "--force").returncode == 0
    assert json.loads(expected.read_text("utf-8"))["headline"] == "Bridge Reopens After Flood"

    expected.write_text("mine")
    updated = savefixture(tmp_path, "--update", str(expected.parent))
    assert updated.returncode == 0, updated.stderr
    assert json.loads(expected.read_text("utf-8"))["headline"] == "Bridge Reopens After Flood"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/a/broken/31000001.html", "cannot be fetched: status 500"),
        ("/a/loop/31000002.html", "cannot be fetched: redirects in a circle to"),
        ("/a/cut/31000003.html", "cannot be fetched: the response ends before its length"),
        ("/a/paper/31000004.html", "gives no article: media type application/pdf; --no-article"),
        ("/a/front/31000005.html", "/a/front/31000005.html leads to"),
    ],
)
def test_a_live_page_that_is_no_case_is_refused_with_the_reason(tmp_path: Path, path: str, message: str) -> None:
    with sample_site() as base:
        run = savefixture(tmp_path, "sample", base + path, "--folder", "cases")

    assert run.returncode == 2
    assert message in run.stderr
    assert base + path in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "cases").exists()


def test_a_host_that_does_not_answer_is_told_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening: connections are refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/a/none/31000000.html"
        started = time.monotonic()
        run = savefixture(tmp_path, "sample", url, "--folder", "cases")

    assert run.returncode == 2
    assert f"{url} cannot be fetched: " in run.stderr
    assert "Connection was refused" in run.stderr
    assert "Traceback" not in run.stderr
    assert time.monotonic() - started < 20
    assert not (tmp_path / "cases").exists()


def test_a_page_without_article_is_a_case_where_that_is_asked_for(tmp_path: Path, archive: Path) -> None:
    arguments = (MOVED, "--warc", str(archive), "--folder", "cases")
    refused = savefixture(tmp_path, *arguments)
    saved = savefixture(tmp_path, *arguments, "--no-article")
    has_one = savefixture(tmp_path, URL, "--warc", str(archive), "--folder", "cases", "--no-article")

    assert (refused.returncode, saved.returncode, has_one.returncode) == (2, 0, 2)
    assert f"{MOVED}, captured 2023-04-29T12:00:00Z, gives no article: status 301" in refused.stderr
    assert "other captures, for --date: 20220429120000" in refused.stderr
    expected = json.loads((tmp_path / "cases" / "rferl-32900002" / "expected.json").read_text("utf-8"))
    assert expected == {"notAnArticle": "status 301"}
    assert "gives an article: leave out --no-article" in has_one.stderr
    assert [path.name for path in (tmp_path / "cases").iterdir()] == ["rferl-32900002"]


def test_captures_are_found_however_they_are_escaped_and_through_revisits(tmp_path: Path, archive: Path) -> None:
    typed = savefixture(tmp_path, unquote(ESCAPED) + "#top", "--warc", str(archive), "--folder", "cases")
    revisit = savefixture(tmp_path, "rferl", REVISITED, "--warc", str(archive), "--folder", "cases")

    assert (typed.returncode, revisit.returncode) == (0, 0), typed.stderr + revisit.stderr
    assert Golden.read(tmp_path / "cases" / "rferl-32900001").capture.url == ESCAPED
    golden = Golden.read(tmp_path / "cases" / "rferl-32900003")
    assert (golden.capture.url, golden.capture.date.year) == (REVISITED, 2020)
    assert b"ten days" in golden.capture.payload


def test_cases_go_into_the_project_from_wherever_in_it_the_command_is_run(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings.development\n")
    inner = tmp_path / "docs" / "notes"
    inner.mkdir(parents=True)

    run = savefixture(inner, URL, "--warc", str(archive))

    assert run.returncode == 0, run.stderr
    assert (tmp_path / "tests" / "extract" / "golden" / "rferl-32900000" / "page.html").is_file()
    assert not list(inner.iterdir())


def test_of_several_cases_all_are_updated_or_none(tmp_path: Path, archive: Path) -> None:
    assert savefixture(tmp_path, URL, "--warc", str(archive), "--folder", "cases").returncode == 0
    expected = tmp_path / "cases" / "rferl-32900000" / "expected.json"
    expected.write_text("mine")

    run = savefixture(tmp_path, "--update", "cases/rferl-32900000", "cases/nowhere")

    assert run.returncode == 2
    assert "cases/nowhere holds no golden page" in run.stderr
    assert expected.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a site"),
        (("nosuch", URL), "no site is called 'nosuch'"),
        (("rferl",), "'rferl' is no http URL"),
        (("rferl", "https://www.example.org/a/1234567.html"), "no article URL of rferl"),
        (("rferl", "https://www.rferl.org/a/../../1234567.html"), "no article URL of rferl"),
        ((URL, "--name", "../../escaped"), "letters, digits"),
        ((URL, "--warc", "nowhere.warc.gz"), "nowhere.warc.gz"),
        ((URL, "--warc", ""), "no archive"),
        ((URL, "--warc", "pages.warc.gz", "--date", "2021"), "it has those of 20190429120000, 20240429120000"),
        ((URL, "--warc", "pages.warc.gz", "--date", "last year"), "'last year' is no time"),
        ((URL, "--date", "2019"), "--warc"),
        (("https://www.rferl.org/a/none/1.html", "--warc", "pages.warc.gz"), "no capture of"),
        ((UNRESOLVED, "--warc", "pages.warc.gz"), "the original of this revisit is not at hand"),
        ((URL, "--warc", "broken.warc"), "records passed over: 1, the first: "),
        (("--update", "nowhere"), "holds no golden page"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "broken.warc").write_bytes(b"no archive\n" * 9)

    run = savefixture(tmp_path, *arguments)

    assert run.returncode == 2
    assert message in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.warc", "pages.warc.gz"]


def test_a_case_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = Golden.read(GOLDEN / "article-2024")
    outcome = Chain.from_paths(ARTICLE_PIPELINES).result_of(golden.capture)
    written = Path.write_text

    def full(path: Path, *arguments: Any) -> int:
        if path.name == "expected.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(path, *arguments)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="No space left"):
        golden.write(tmp_path / "case", outcome)

    assert list(tmp_path.iterdir()) == []


def test_a_truncated_capture_is_no_case() -> None:
    capture = replace(Golden.read(GOLDEN / "article-2024").capture, truncated="length")

    with pytest.raises(UsageError, match="is truncated: length"):
        Golden.of(capture, "a page")
