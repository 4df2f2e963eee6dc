"""The quality of extraction against other tools on pages with known truth: ``python -m bench.quality``.

Prints a table.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from bench import text_copies
from bench.environment import ROOT, peers_python
from bench.samples import BENCHMARKS, Sample, other_pages, samples
from bench.scoring import Found, means
from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract.article import article_from
from newscrawl.extract.captions.remove import without_repeated_captions

FETCHED = datetime(2026, 9, 1, tzinfo=UTC)
"""After all pages of the collections were saved."""

_PEERS = ("newspaper4k", "readability-lxml")
_FIELDS = {"authors": "authors", "day": "published", "captions": "captions"}
"""Which field of what is found a score judges, of those that not all tools give."""


def ours(sample: Sample) -> Found:
    """Return what newscrawl finds in a page of a site without a profile."""
    capture = Capture(sample.url, FETCHED, 200, (("Content-Type", "text/html"),), sample.payload())
    try:
        article = without_repeated_captions(article_from(capture, None))
    except NotAnArticle:
        return Found()
    return Found(
        text=article.articleBody or "",
        title=article.headline,
        authors=tuple(author.name for author in article.authors),
        published=article.datePublished,
        captions=tuple(image.caption for image in article.images if image.caption),
    )


def trafilatura(sample: Sample) -> Found:
    """Return what trafilatura finds with its defaults, without comments."""
    from trafilatura import bare_extraction

    document: Any = bare_extraction(
        sample.payload(), url=sample.url, include_comments=False, with_metadata=True, output_format="python"
    )
    if document is None:
        return Found()
    authors = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    return Found(document.text or "", document.title, authors, document.date)


def peers(pages: list[Sample]) -> dict[str, list[Found]]:
    """Return what the peers find, each in the order of the pages; nothing if they cannot be installed."""
    python = peers_python()
    if python is None:
        return {}
    lines = "".join(json.dumps({"path": str(page.path), "url": page.url}) + "\n" for page in pages)
    command = [python, "bench/peers.py", *_PEERS]
    ran = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - same
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    return {name: [_found(answer[name]) for answer in answers] for name in _PEERS}


def _found(answer: dict[str, Any]) -> Found:
    authors = tuple(answer.get("authors") or ())
    return Found(answer.get("text") or "", answer.get("title"), authors, answer.get("published"))


def table(columns: dict[str, dict[str, float]]) -> str:
    """Return the scores as text, one row per score, one column per tool."""
    rows = list(dict.fromkeys(name for column in columns.values() for name in column))
    width = max(map(len, columns)) + 2
    lines = [f"{'':20}" + "".join(f"{name:>{width}}" for name in columns)]
    for row in rows:
        cells = (f"{column[row]:.3f}" if row in column else "-" for column in columns.values())
        lines.append(f"{row:20}" + "".join(f"{cell:>{width}}" for cell in cells))
    return "\n".join(lines)


def scored(pages: list[Sample], read: Callable[[Sample], Found]) -> dict[str, float]:
    """Return the mean scores of ``read`` over ``pages``."""
    return given(pages, map(read, pages))


def given(pages: list[Sample], answers: Iterable[Found]) -> dict[str, float]:
    """Return the mean scores of a tool's ``answers``, without those of fields that it never gives."""
    found = list(answers)
    missing = {score for score, field in _FIELDS.items() if not any(getattr(each, field) for each in found)}
    scores = means(zip(pages, found, strict=True))
    return {name: score for name, score in scores.items() if name.split()[-1] not in missing}


def articles_or_not(pages: list[Sample], others: dict[str, list[Sample]]) -> str:
    """Return how many articles give no article, and how many pages of other types give one, as text."""
    missed = sum(ours(page) == Found() for page in pages)
    lines = [f"articles that give none: {missed} of {len(pages)} ({missed / max(len(pages), 1):.1%})"]
    taken = {kind: sum(ours(page) != Found() for page in found) for kind, found in others.items()}
    total = sum(map(len, others.values()))
    lines.append(f"other pages that give one: {sum(taken.values())} of {total}")
    lines += [f"  {kind:20}{count} of {len(others[kind])}" for kind, count in taken.items()]
    return "\n".join(lines)


def main() -> int:
    """Print the scores on the pages that may be tuned to and on the third that is kept aside; exit status 1 without."""
    pages = samples(more=True)
    if not pages:
        print(f"no pages with known truth: {BENCHMARKS} is absent", file=sys.stderr)
        return 1
    print("shares between 0 and 1; text: word F1; another day: a date that is not that of the truth")
    for name, is_aside in (("kept aside", True), ("tuned to", False)):
        chosen = [page for page in pages if page.is_aside == is_aside]
        columns = {"newscrawl": scored(chosen, ours), "trafilatura": scored(chosen, trafilatura)}
        columns |= {tool: given(chosen, found) for tool, found in peers(chosen).items()}
        print(f"\n{len(chosen)} pages {name}\n\n{table(columns)}")
    print(f"\n{articles_or_not(pages, other_pages())}")
    print(f"\ntext-only copies\n{text_copies.report()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
