"""Archives of the sample site's pages, made without a crawl: quick, and the same each time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from newscrawl.archive.records.exchange import Exchange, RevisitIndex
from newscrawl.archive.records.http import rebuilt_response
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.samplesite.announcements import escaped_path
from newscrawl.samplesite.publication import Publication

BASE = "http://127.0.0.1:8080"
START = datetime(2026, 2, 1, 12, tzinfo=UTC)


def paths_of(publication: Publication) -> list[str]:
    """The article pages of the site."""
    return [escaped_path(story) for story in publication.stories.all()]


def write_archive(
    folder: Path,
    publication: Publication,
    *,
    prefix: str = "sample",
    number: int = 1,
    paths: Iterable[str] | None = None,
    compression: str = "gzip",
    max_bytes: int = 1_000_000_000,
    revisits: RevisitIndex | None = None,
) -> list[Path]:
    """The pages of ``publication`` as the crawl number ``number`` would have recorded them; returns the files."""
    ids = count(number * 1_000_000)
    seconds = count()
    start = START + timedelta(days=number)

    def clock() -> datetime:
        return start + timedelta(seconds=next(seconds))

    closed: list[Path] = []
    writer = WarcWriter(
        folder,
        prefix,
        WriterOptions(compression=compression, max_bytes=max_bytes),
        revisits=revisits,
        on_close=[closed.append],
        clock=clock,
        new_id=lambda: f"<{UUID(int=next(ids)).urn}>",
        host=f"{number}~localhost",
    )
    for path in paths_of(publication) if paths is None else paths:
        writer.write_exchange(exchange_of(publication, path, clock()))
    writer.close()
    return closed


def exchange_of(publication: Publication, path: str, date: datetime) -> Exchange:
    """What a crawler gets for ``path``."""
    reply = publication.reply(path, BASE)
    headers = (*reply.headers, ("Content-Length", str(len(reply.body))))
    host = urlsplit(BASE).netloc
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    return Exchange(BASE + path, date, request, rebuilt_response(reply.status, headers, reply.body))
