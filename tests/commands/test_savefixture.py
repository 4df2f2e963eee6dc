"""``scrapy savefixture``: pages off the network and out of archives become golden tests; nothing else is touched."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.pipelines.chain import Chain
from newscrawl.replay.golden import Golden, expectation
from newscrawl.samplesite.publication import Publication
from settings.base import ARTICLE_PIPELINES
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "extract" / "golden"
URL = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"


def savefixture(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "savefixture", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@contextmanager
def sample_site() -> Iterator[str]:
    """The sample site's pages on a loopback port; robots.txt forbids /a/private/."""
    publication = Publication(size=20)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                status, headers, body = (
                    200,
                    (("Content-Type", "text/plain"),),
                    b"User-agent: *\nDisallow: /a/private/\n",
                )
            else:
                reply = publication.reply(self.path, f"http://127.0.0.1:{self.server.server_port}")
                status, headers, body = reply.status, reply.headers, reply.body
            self.send_response(status)
            for name, value in (*headers, ("Content-Length", str(len(body)))):
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
    """Two captures of one URL, five years apart, and one of another."""
    path = tmp_path / "pages.warc.gz"
    newer = (GOLDEN / "article-2024" / "page.html").read_bytes()
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for date, url, page in (
            ("2024-04-29T12:00:00Z", URL, newer),
            ("2019-04-29T12:00:00Z", URL, newer.replace(b"nine days", b"ten days")),
            ("2025-04-29T12:00:00Z", URL + "?other", b"<html>other</html>"),
        ):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(page), http_headers=head, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(record)
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
    assert expected == expectation(Chain.from_paths(ARTICLE_PIPELINES).outcome(golden.capture))
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
    ("arguments", "message"),
    [
        ((), "name a site"),
        (("rferl", "https://www.example.org/a/1234567.html"), "no article URL of rferl"),
        ((URL, "--name", "../../escaped"), "letters, digits"),
        ((URL, "--warc", "nowhere.warc.gz"), "nowhere.warc.gz"),
        (("https://www.rferl.org/a/none/1.html", "--warc", "pages.warc.gz"), "no capture of"),
        (("--update", "nowhere"), "holds no golden page"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    run = savefixture(tmp_path, *arguments)

    assert run.returncode == 2
    assert message in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pages.warc.gz"]
