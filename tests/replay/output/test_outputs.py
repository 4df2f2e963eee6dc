"""Lines in files and back: forms, folders, types."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.items import Article, Author, Image, Link, MediaObject, Metadata, Removed, json_line
from newscrawl.replay.extraction.staged import StagedUnit
from newscrawl.replay.output.files import write_outputs
from newscrawl.replay.output.forms import FORMS, STAGED_AS
from newscrawl.replay.output.partitions import UNKNOWN, partition_folder
from tests.replay.running import replay

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ARTICLES = st.builds(
    Article,
    url=TEXT,
    headline=st.none() | TEXT,
    paragraphs=st.lists(TEXT, max_size=3).map(tuple),
    authors=st.lists(st.builds(Author, name=TEXT, url=st.none() | TEXT), max_size=2).map(tuple),
    mainImage=st.none() | st.builds(Image, url=TEXT, caption=st.none() | TEXT),
    images=st.lists(st.builds(Image, url=st.none() | TEXT), max_size=2).map(tuple),
    videos=st.lists(st.builds(MediaObject, url=TEXT), max_size=2).map(tuple),
    relatedLinks=st.lists(st.builds(Link, url=TEXT), max_size=2).map(tuple),
    removed=st.lists(st.builds(Removed, text=TEXT, reason=TEXT), max_size=2).map(tuple),
    metadata=st.none()
    | st.builds(Metadata, dateDownloaded=TEXT, warcOffset=st.none() | st.integers(0, 2**50), site=st.none() | TEXT),
)


@given(ARTICLES)
def test_a_line_read_back_is_the_article(article: Article) -> None:
    assert Article.from_json(json_line(article)) == article


@pytest.mark.parametrize("line", [b"", b"[]", b'{"url": 1, "no such key": 2}', b"{}", b"nonsense"])
def test_what_is_no_article_is_told(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Article.from_json(line)


@pytest.mark.parametrize(
    ("site", "day", "folder"),
    [
        ("rferl", "2026-01-31T10:00:00+02:00", "site=rferl/date=2026-01-31/"),
        (None, None, f"site={UNKNOWN}/date={UNKNOWN}/"),
        ("../../etc", "yesterday", f"site=..%2F..%2Fetc/date={UNKNOWN}/"),
        ("a b=c", "2026-01-311", f"site=a%20b%3Dc/date={UNKNOWN}/"),
    ],
)
def test_folders_are_those_of_hive_and_lead_nowhere_else(site: str | None, day: str | None, folder: str) -> None:
    article = {"datePublished": day, "metadata": {"site": site}}
    assert partition_folder(article, ("site", "date")) == folder


def staged_lines(folder: Path, lines: list[bytes], form: str) -> StagedUnit:
    with (folder / "lines").open("wb") as file:
        writer = FORMS[STAGED_AS[form]].writer(file, Article)
        for line in lines:
            writer.write(line)
        writer.close()
    return StagedUnit(folder / "lines", folder / "rows", folder / "rejected", len(lines))


@pytest.mark.parametrize("form", [form for form in FORMS if FORMS[form].lines is not None])
@given(count=st.integers(1, 5), data=st.data())
def test_kept_lines_come_out_of_every_form_as_they_went_in(form: str, count: int, data: st.DataObject) -> None:
    lines = [json_line(Article(f"https://example.org/{number}")) for number in range(count)]
    kept = sorted(data.draw(st.sets(st.integers(0, count - 1))))
    with TemporaryDirectory() as folder:
        staged = staged_lines(Path(folder), lines, form)
        paths = write_outputs(Path(folder) / "out", "stem", staged, kept, form, ())
        assert paths == ([f"stem.{form}"] if kept else [])
        read_lines = FORMS[form].lines
        assert read_lines is not None
        found = [line for path in paths for line in read_lines((Path(folder) / "out" / path).open("rb"))]
    assert found == [lines[number] for number in kept]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_lines_make_the_same_bytes(form: str, tmp_path: Path) -> None:
    articles = [Article("https://example.org/1"), Article("2", headline="x"), Article("3")]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        staged = staged_lines(tmp_path, [json_line(article) for article in articles], form)
        assert write_outputs(tmp_path / name, "stem", staged, [0, 1, 2], form, ()) == [f"stem.{form}"]
    assert (tmp_path / "a" / f"stem.{form}").read_bytes() == (tmp_path / "b" / f"stem.{form}").read_bytes()
    assert [path.name for path in (tmp_path / "a").iterdir()] == [f"stem.{form}"]


def test_names_of_sources_cannot_lead_out_of_the_output_nor_meet(editions: Path, tmp_path: Path) -> None:
    file = next(editions.glob("*.warc.gz"))
    for folder, name in (("a", "same.warc.gz"), ("b", "same.warc.gz"), ("c", "..%2f; rm $HOME\n.warc.gz")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(file.read_bytes())
    # Copies share all revisions: each file is replayed for itself, so that each has lines of its own.
    outcome = replay(tmp_path / "out", *(tmp_path / folder for folder in "abc"))
    assert outcome.files == 3
    assert outcome.faults == []
    assert len(list((tmp_path / "out").glob("*.jsonl"))) == 1
    assert not [path for path in (tmp_path / "out").iterdir() if set(path.name) & set(";$\n ")]
