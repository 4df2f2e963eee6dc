"""``newscrawl browse`` over a small archive: pages and JSON, search in ten scripts, downloads, and what it refuses."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.browse.library import DATE, HOST, LONG_HEADLINE, WORDS, Served, make_library, served

WAIT = httpx.Timeout(120)
"""Seconds: a machine under load is slow, an answer that never comes is a fault."""
PATHS = ["/", "/search", "/article/1", "/article/11/changes", "/captures", "/crawls", "/rejected", "/pages", "/why"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("library") / "data"
    make_library(folder, attack_port=9)
    with served(folder) as running:
        while httpx.get(f"{running.address}/overview.json", timeout=WAIT).json()["totals"]["captures"] < len(WORDS) + 3:
            pass
        yield running


def get(library: Served, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{library.address}{path}", timeout=WAIT, headers=headers)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_a_json_twin(library: Served, path: str) -> None:
    page = get(library, path)
    twin = get(library, "/overview.json" if path == "/" else f"{path}.json")

    assert page.status_code == twin.status_code == 200
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert twin.json()["title"]


@pytest.mark.parametrize("language", WORDS)
def test_search_finds_an_article_in_its_script(library: Served, language: str) -> None:
    _, sentence = WORDS[language]
    spaceless = {"zh": "大桥", "th": "สะพาน", "my": "တံတား", "bo": "ཟམ་པ"}
    word = spaceless[language] if language in spaceless else sentence.split()[2].strip(".։")

    found = get(library, f"/search.json?q={quote(word)}").json()

    assert language in [article["language"] for article in found["articles"]]
    assert "<mark>" in next(one for one in found["articles"] if one["language"] == language)["snippet"]


def test_facets_narrow_a_search(library: Served) -> None:
    found = get(library, "/search.json?q=bridge&language=en").json()

    assert found["total"] == 3 - 1
    assert dict(found["facets"]["author"]) == {"Ivo Tarrant": found["total"]}


def test_an_article_stands_beside_its_archived_page(library: Served) -> None:
    data = get(library, "/article/1.json").json()
    archived = httpx.get(data["archived"], timeout=WAIT)

    assert data["archived"].split("/")[2] != library.address.split("/")[2], "archived pages need an origin of their own"
    assert WORDS["en"][1] in archived.text
    assert "sandbox" in archived.headers["content-security-policy"]
    assert data["removed"] == [{"reason": "credit", "texts": ["<b>With reporting by AP</b>"]}]
    assert len(data["revisions"]) == 2


def test_an_article_says_where_each_field_comes_from(library: Served) -> None:
    number = get(library, "/search.json?q=orchard").json()["articles"][0]["id"]
    sources = get(library, f"/article/{number}.json").json()["sources"]
    page = get(library, f"/article/{number}").text

    assert sources["headline"]["value"] == LONG_HEADLINE
    assert sources["datePublished"]["source"]
    assert sources["dateModified"]["source"] is None
    assert f"<dt>datePublished</dt><dd>{sources['datePublished']['source']}" in page


def test_the_capture_of_the_time_is_shown(library: Served) -> None:
    later = get(library, "/article/11.json").json()

    assert "Wednesday" in httpx.get(later["archived"], timeout=WAIT).text


def test_a_changed_article_shows_what_changed(library: Served) -> None:
    pieces = get(library, "/article/11/changes.json").json()["pieces"]

    assert {"kind": "new", "text": "Wednesday"} in pieces
    assert {"kind": "old", "text": "Tuesday"} in pieces


def test_what_a_page_wrote_is_escaped(library: Served) -> None:
    number = next(one["id"] for one in get(library, "/search.json?q=more").json()["articles"])
    page = get(library, f"/article/{number}").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#34;headline&#34;)&lt;/script&gt;" in page
    assert "<img src=x" not in page


def test_a_record_is_downloaded_as_it_lies_in_the_archive(library: Served) -> None:
    capture = get(library, f"/captures.json?url={HOST}/en/0.html").json()["captures"][0]
    record = get(library, f"/download/record/{capture['filename']}/{capture['offset']}").content
    data = (library.folder / "warc" / capture["filename"]).read_bytes()

    assert record == data[capture["offset"] : capture["offset"] + capture["length"]]
    assert b"WARC-Target-URI" in gzip.decompress(record)


def test_a_search_is_downloaded_as_lines_and_as_records(library: Served) -> None:
    lines = get(library, "/download/articles.jsonl?language=fa").text.splitlines()
    records = get(library, "/download/selection.warc.gz?language=fa").content

    assert [json.loads(line)["headline"] for line in lines] == [WORDS["fa"][0]]
    assert WORDS["fa"][1].encode() in gzip.decompress(records)


def test_why_names_the_reason(library: Served) -> None:
    answer = get(library, f"/why.json?url={HOST}/nowhere.html").json()["answer"]

    assert (
        answer["verdict"] == "Its host belongs to no site that is crawled here, and the archive holds no capture of it."
    )


def test_headers_are_shown_as_on_the_wire(library: Served) -> None:
    capture = get(library, f"/captures.json?url={HOST}/ru/1.html").json()["captures"][0]
    data = get(library, f"/capture/{capture['filename']}/{capture['offset']}.json").json()

    assert ["Content-Type", "text/html; charset=utf-8"] in data["headers"]
    assert data["date"] == DATE


@pytest.mark.parametrize("host", ["attack.example", "127.0.0.1", "127.0.0.1:1"])
def test_another_host_name_is_refused(library: Served, host: str) -> None:
    assert get(library, "/", Host=host).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(library: Served, method: str) -> None:
    assert httpx.request(method, f"{library.address}/search", timeout=WAIT).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../application.py",
        "/static/%2e%2e/application.py",
        "/crawls/..%2f..%2f/etc",
        "/crawls/../secret",
        "/download/record/..%2flibrary.jsonl/0",
        "/article/999999",
        "/article/-1",
    ],
)
def test_no_path_leads_outside(library: Served, path: str) -> None:
    assert get(library, path).status_code in (404, 400)


@pytest.mark.parametrize("query", ['"', "' OR 1=1", "a NEAR(b", "*", "(", "headline:x", "\x00", "%00", "😀"])
def test_no_query_breaks_the_search(library: Served, query: str) -> None:
    assert get(library, f"/search?q={quote(query)}").status_code == 200


def test_new_lines_are_found_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    make_library(folder, attack_port=9)
    with served(folder) as running:
        line = (folder / "articles" / "library.jsonl").read_text("utf-8").splitlines()[0]
        with (folder / "articles" / "later.jsonl").open("w", encoding="utf-8") as out:
            out.write(line.replace("Bridge Of", "Ferry Of").replace("/0.html", "/77.html") + "\n")
        while not httpx.get(f"{running.address}/search.json?q=ferry", timeout=WAIT).json()["total"]:
            pass


def test_a_port_that_is_taken_is_a_message(library: Served, tmp_path: Path) -> None:
    import subprocess
    import sys

    port = library.address.rpartition(":")[2]
    run = subprocess.run(
        [sys.executable, "-m", "scrapy", "browse", "--port", port, str(library.folder)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in run.stderr + run.stdout
