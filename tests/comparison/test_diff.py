"""`newscrawl diff`: what it counts, what it shows, and that nothing an article says gets out of its place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from newscrawl.comparison.page import page_of
from newscrawl.comparison.pairing import pairs_of
from newscrawl.comparison.report import Report, report_of
from newscrawl.comparison.table import table_of
from newscrawl.comparison.words import pieces_of
from newscrawl.errors import UsageError
from newscrawl.items import Article, Author, Metadata, json_line
from newscrawl.replay.output.parquet import schema_of
from tests.replay.commandline import scrapy


def article(number: int = 1, text: str = "One two three.", *, capture: int = 1, **more: Any) -> dict[str, Any]:
    """Article ``number`` of the sample site, as the capture ``capture`` gave it."""
    facts = {"site": "sample", "warcRecordId": f"<urn:uuid:{number}-{capture}>", "articleDigest": f"sha256:{text}"}
    facts |= {"extractor": "newscrawl/1", **more.pop("metadata", {})}
    made = Article(
        url=f"http://127.0.0.1/a/story/{31_000_000 + number}.html",
        headline=f"Story {number}",
        articleBody=text,
        authors=(Author("Ana"),),
        metadata=Metadata(dateDownloaded=f"2026-01-{capture:02}T00:00:00Z", **facts),
    )
    loaded: dict[str, Any] = json.loads(json_line(made))
    return loaded | more


def written(path: Path, articles: Iterable[dict[str, Any]]) -> str:
    path.write_bytes(b"".join(json.dumps(each).encode() + b"\n" for each in articles))
    return str(path)


@pytest.fixture
def compared(tmp_path: Path) -> Callable[..., Report]:
    def compare(old: list[dict[str, Any]], new: list[dict[str, Any]], **more: Any) -> Report:
        names = written(tmp_path / "old.jsonl", old), written(tmp_path / "new.jsonl", new)
        return report_of("old", "new", pairs_of(*names), **more)

    return compare


def test_the_same_in_another_order_is_the_same(compared: Callable[..., Report]) -> None:
    report = compared([article(1), article(2), article(3)], [article(3), article(1), article(2)])
    assert (report.articles, report.identical, report.differs) == (3, 3, False)


def test_provenance_makes_no_difference_but_is_told(compared: Callable[..., Report]) -> None:
    report = compared([article(1)], [article(1, metadata={"extractor": "newscrawl/2", "warcOffset": 7})])
    assert (report.same, report.changed, report.differs) == (1, 0, False)
    assert [changes.name for changes in report.provenance] == ["metadata.warcOffset", "metadata.extractor"]
    assert not report.fields


def test_what_an_extraction_found_out_about_a_page_is_no_provenance(compared: Callable[..., Report]) -> None:
    report = compared([article(1)], [article(1, metadata={"layout": "pangea-2018"})])
    assert [changes.name for changes in report.fields] == ["metadata.layout"]
    assert report.differs


def test_fields_are_counted_with_what_they_gained_and_lost(compared: Callable[..., Report]) -> None:
    old = [article(1), article(2, authors=[]), article(3), article(4)]
    new = [article(1, headline=None), article(2), article(3, text="One two four five."), article(4)]

    report = compared(old, new)

    counts = {changes.name: (changes.changed, changes.gained, changes.lost) for changes in report.fields}
    assert counts == {"headline": (1, 0, 1), "authors": (1, 1, 0), "articleBody": (1, 0, 0)}
    body = next(changes for changes in report.fields if changes.name == "articleBody")
    assert (body.words_added, body.words_removed) == (2, 1)
    pieces = [tuple(piece) for piece in body.examples[0].pieces]
    assert pieces == [("same", "One two "), ("old", "three"), ("new", "four five"), ("same", ".")]
    assert report.changed == 3


def test_articles_of_one_side(compared: Callable[..., Report]) -> None:
    report = compared([article(1), article(2)], [article(2), article(3), article(4)])
    assert (report.articles, report.only_old, report.only_new) == (1, 1, 2)
    assert [example.key for example in report.examples_only_new] == ["sample/31000003", "sample/31000004"]
    assert [(site.site, site.articles, site.only_old, site.only_new) for site in report.sites] == [("sample", 1, 1, 2)]


def test_an_article_moved_to_another_address_is_the_same_article(compared: Callable[..., Report]) -> None:
    report = compared([article(1)], [article(1, url="https://127.0.0.1/a/31000001.html")])
    assert (report.articles, report.only_old, report.only_new) == (1, 0, 0)
    assert [changes.name for changes in report.fields] == ["url"]


def test_revisions_are_matched_by_capture_then_by_content_then_by_time(compared: Callable[..., Report]) -> None:
    """All three were extracted anew; the second stands for another capture that says the same; the third is alone."""
    old = [article(1, "a", capture=1), article(1, "b", capture=2), article(1, "c", capture=5)]
    new = [
        article(1, "A", capture=1),
        article(1, "b", capture=4),
        article(1, "C", capture=6),
        article(1, "d", capture=7),
    ]

    report = compared(old, new, examples=9)

    body = next(changes for changes in report.fields if changes.name == "articleBody")
    differences = [[piece.text for piece in example.pieces] for example in body.examples]
    assert sorted(differences) == [["a", "A"], ["c", "C"]]
    assert (report.articles, report.same, report.only_new) == (3, 1, 1)


def test_ignored_fields(compared: Callable[..., Report]) -> None:
    report = compared([article(1)], [article(1, headline="Other")], ignored=["headline"])
    assert not report.differs


def test_a_key_that_an_older_schema_lacks_is_null(compared: Callable[..., Report]) -> None:
    older = article(1)
    del older["dateline"]
    report = compared([older], [article(1)])
    assert (report.identical, report.differs) == (1, False)


def test_examples_are_few_and_always_the_same(compared: Callable[..., Report]) -> None:
    old, new = [article(n) for n in range(50)], [article(n, headline="x") for n in range(50)]
    report = compared(old, new)
    again = compared(old[::-1], new[::-1])
    assert len(report.fields[0].examples) == 3
    assert report == again


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "spark", "hive"])
def test_every_form_of_output(form: str, tmp_path: Path) -> None:
    """A folder; names that begin with _ or . are no part of it, nor are rejected articles."""
    articles = [article(1), article(2)]
    written(tmp_path / "old.jsonl", articles)
    lines = (tmp_path / "old.jsonl").read_bytes()
    folder = tmp_path / "new" / ("site=sample" if form == "hive" else "")
    folder.mkdir(parents=True)
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(articles, schema=schema_of(Article)), folder / "a.parquet")
    elif form == "jsonl.gz":
        (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines[:100]) + gzip.compress(lines[100:]))
    elif form == "jsonl.zst":
        frames = [zstandard.ZstdCompressor().compress(part) for part in (lines[:100], lines[100:])]
        (folder / "a.jsonl.zst").write_bytes(b"".join(frames))
    else:
        (folder / ("part-00000-x.txt" if form == "spark" else "a.jsonl")).write_bytes(lines)
    (tmp_path / "new" / "_rejected").mkdir()
    for name in ("_rejected/a.jsonl", "._a.jsonl", "_SUCCESS", "a.rejected.json"):
        (tmp_path / "new" / name).write_text("no article")

    report = report_of("", "", pairs_of(str(tmp_path / "old.jsonl"), str(tmp_path / "new")))

    assert report.articles == 2
    assert not report.differs
    assert report.identical == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"url": "http://a/"}\n{"url": "http://', "not JSON"),
        ("a.jsonl", b"[1]\n", "not an article, it has no url"),
        ("a.jsonl.gz", gzip.compress(b'{"url": "http://a/"}\n' * 9, mtime=0)[:-9], "end-of-stream"),
        ("a.jsonl.zst", b"\x28\xb5\x2f\xfd\x00\x00garbage", ""),
        ("a.parquet", b"PAR1 garbage", ""),
    ],
)
def test_a_broken_output_is_named(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.jsonl").write_text('{"url": "http://a/"}\n')
    with pytest.raises(UsageError, match=f"{name}.*{message}"):
        list(pairs_of(str(tmp_path / "good.jsonl"), str(tmp_path / name)))


@given(st.lists(st.sampled_from(["so ", "an ", "新", "а", ". ", "\n\n", "é"])), st.lists(st.sampled_from("ab新 .")))
def test_pieces_hold_both_texts(old: list[str], new: list[str]) -> None:
    """Where nothing is left out, what went and what stayed is the old text, what came and what stayed the new one."""
    pieces = pieces_of("".join(old), "".join(new))
    if all(kind != "gap" for kind, _ in pieces):
        assert "".join(text for kind, text in pieces if kind != "new") == "".join(old)
        assert "".join(text for kind, text in pieces if kind != "old") == "".join(new)


def test_hostile_texts_cost_no_more_than_their_length() -> None:
    old, new = "a b " * 100_000, "b c " * 100_000
    assert sum(len(piece.text) for piece in pieces_of(old, new)) < 5_000


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HOSTILE = "</p></article><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J\x9b31m\u202e"


@pytest.fixture
def hostile(compared: Callable[..., Report]) -> Report:
    metadata = {"site": HOSTILE, "extractor": HOSTILE}
    changed = article(1, f"One {HOSTILE}", metadata=metadata, headline=HOSTILE, **{HOSTILE: HOSTILE})
    alone = [article(2, url=f"javascript:alert('{HOSTILE}')"), article(3, url=f'https://127.0.0.1/"{HOSTILE}')]
    return compared([article(1)], [changed, *alone])


def test_the_page_escapes_all(hostile: Report) -> None:
    page = page_of(hostile)
    parser = _Elements()
    parser.feed(page)
    names = {name for name, _ in parser.found}
    assert not names & {"script", "img", "iframe", "link"}
    assert not [attributes for _, attributes in parser.found if any(name.startswith("on") for name in attributes)]
    links = [attributes["href"] or "" for name, attributes in parser.found if name == "a"]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert "&lt;script&gt;" in page


def test_the_table_moves_no_cursor(hostile: Report, capsys: pytest.CaptureFixture[str]) -> None:
    Console(width=160, no_color=True).print(table_of(hostile, colour=False))
    printed = capsys.readouterr().out
    assert "{+" in printed
    assert not set(printed) & {"\x1b", "\x9b", "\u202e", "\x07"}


def test_command(tmp_path: Path) -> None:
    """Table, JSON and page, and the exit status."""
    old = written(tmp_path / "old.jsonl", [article(1), article(2)])
    new = written(tmp_path / "new.jsonl", [article(1), article(2, headline="Other")])

    same, table = scrapy(tmp_path, "diff", old, old), scrapy(tmp_path, "diff", old, new)
    both = scrapy(tmp_path, "diff", old, new, "--json", "--html", "page.html")
    wrong = scrapy(tmp_path, "diff", old, "nowhere")

    assert [run.returncode for run in (same, table, both, wrong)] == [0, 1, 1, 2]
    assert "2 articles in both: 2 identical" in same.stdout
    assert "{+Other+}" in table.stdout
    report = json.loads(both.stdout)
    assert (report["changed"], report["fields"][0]["name"]) == (1, "headline")
    assert report["fields"][0]["examples"][0]["pieces"] == [["old", "Story 2"], ["new", "Other"]]
    assert "<ins>Other</ins>" in (tmp_path / "page.html").read_text()
    assert "nowhere" in wrong.stderr
    assert "Traceback" not in wrong.stderr
