"""The lines that a replay of a folder's WARCs gives, in this process."""

from __future__ import annotations

from pathlib import Path

from newscrawl.archive.reading.reader import read_captures
from newscrawl.errors import NotAnArticle
from newscrawl.items import json_line
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.sites.pages import why_passed_over
from tests.extract.chain import article_of


def replayed_lines(folder: Path) -> list[bytes]:
    """Of each revision the line of its earliest capture, sorted."""
    first: dict[bytes, tuple[str, bytes]] = {}
    files = sorted((folder / "data" / "warc").glob("*.warc.gz"))
    for capture in read_captures(files):
        if why_passed_over(capture) is not None:
            continue
        try:
            article = article_of(capture)
        except NotAnArticle:
            continue
        revision = revision_of(article)
        ranked = (revision.rank, json_line(article))
        first[revision.id] = min(first.get(revision.id, ranked), ranked)
    return sorted(line for _, line in first.values())
