"""Pages with known truth: the collections beside the checkout, read in place."""

from __future__ import annotations

import gzip
import hashlib
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

    @property
    def is_aside(self) -> bool:
        """Whether the page is of the third that nothing is tuned to: by its name alone, so that it stays there."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 3 == 0

    def payload(self) -> bytes:
        """Return the bytes of the page."""
        return gzip.decompress(self.path.read_bytes())


def samples(folder: Path = BENCHMARKS, *, more: bool = False) -> list[Sample]:
    """Return the pages of both collections in a fixed order; none where the folder is absent.

    ``more`` adds the 571 further pages of WCXB.
    """
    names = ("wcxb-articles", "wcxb-articles-more") if more else ("wcxb-articles",)
    return [*(page for name in names for page in _wcxb(folder / name)), *_fundus(folder / "fundus-pages")]


def other_pages(folder: Path = BENCHMARKS) -> dict[str, list[Sample]]:
    """Return the pages that are no articles, by their type; none where the folder is absent."""
    place = folder / "wcxb-other-pages"
    found: dict[str, list[Sample]] = {}
    types = json.loads((place / "types.json").read_text("utf-8")) if place.is_dir() else {}
    for name, entry in sorted(types.items()):
        path = place / "html" / f"{name}.html.gz"
        if path.is_file():
            found.setdefault(entry["type"], []).append(Sample("other", name, entry["url"], path, Truth("")))
    return found


def _wcxb(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.glob("ground-truth/*.json")):
        entry = json.loads(path.read_text("utf-8"))
        known = entry["ground_truth"]
        truth = Truth(
            text=known["main_content"],
            title=known.get("title"),
            published=_day(known.get("publish_date")),
            wanted=tuple(known.get("with") or ()),
            unwanted=tuple(known.get("without") or ()),
        )
        yield Sample("wcxb", path.stem, entry["url"], folder / "html" / f"{path.stem}.html.gz", truth)


def _day(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


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
