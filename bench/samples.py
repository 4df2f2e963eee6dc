"""Pages with known truth: the collections beside the checkout, read in place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Truth:
    """What people found in a page; None and empty where they did not say."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    captions: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    """Snippets that must be in the text."""
    unwanted: tuple[str, ...] = ()
    """Snippets of what is not the article's."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page with its truth."""

    collection: str
    name: str
    url: str
    path: Path
    truth: Truth = field(repr=False)

    def payload(self) -> bytes:
        """Return the bytes of the page."""
        return gzip.decompress(self.path.read_bytes())


def samples(folder: Path = BENCHMARKS) -> list[Sample]:
    """All pages of both collections, in a fixed order; none where the folder is absent."""
    return [*_wcxb(folder / "wcxb-articles"), *_fundus(folder / "fundus-pages")]


def _wcxb(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.glob("ground-truth/*.json")):
        entry = json.loads(path.read_text("utf-8"))
        known = entry["ground_truth"]
        truth = Truth(
            text=known["main_content"],
            wanted=tuple(known.get("with") or ()),
            unwanted=tuple(known.get("without") or ()),
        )
        yield Sample("wcxb", path.stem, entry["url"], folder / "html" / f"{path.stem}.html.gz", truth)


def _fundus(folder: Path) -> Iterator[Sample]:
    for country in sorted(path for path in folder.glob("*") if path.is_dir()):
        sources = json.loads((country / "meta.info").read_text("utf-8"))
        for path in sorted(country.glob("*.json")):
            pages = sorted(country.glob(f"{path.stem}_*.html.gz"))
            # One truth a parser version, one page a version, both in the order of time.
            versions = json.loads(path.read_text("utf-8")).values()
            for page, version in zip(pages, versions, strict=False):
                yield Sample("fundus", page.name, sources[page.name]["url"], page, _fundus_truth(version))


def _fundus_truth(version: dict[str, Any]) -> Truth:
    body = version["body"] or {"summary": [], "sections": []}
    sections = (line for section in body["sections"] for line in (*section["headline"], *section["paragraphs"]))
    published = version.get("publishing_date")
    return Truth(
        text="\n\n".join((*body["summary"], *sections)),
        title=version.get("title"),
        authors=tuple(version.get("authors") or ()),
        published=datetime.fromisoformat(published) if published else None,
        captions=tuple(image["caption"] for image in version.get("images") or () if image.get("caption")),
    )
