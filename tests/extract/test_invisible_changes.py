"""Structure does not matter where readers see none: pages under changes that readers do not see give the same article.

Each golden page and a page of each kind of the sample site is read under every change of
:mod:`tests.extract.invisible_changes`, and everything but ``metadata`` and ``removed`` must stay as it was.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.samplesite.publication import Publication
from newscrawl.testing.golden import Golden, expectation
from settings.base import ARTICLE_PIPELINES
from tests.extract.invisible_changes import CHANGES
from tests.extract.pangea import capture_of_page

FOLDER = Path(__file__).parent / "golden"
GOLDEN = sorted(path.name for path in FOLDER.iterdir())
BASE = "http://127.0.0.1:8999"
SITE = Publication(size=130)
SAMPLE_FORMS = 40
"""Pages of the sample site from the newest on: every kind, most of them in several languages."""

NOT_INVISIBLE = {
    ("stacked", "four stray </div>"): "the other stories lie outside of everything that holds the article",
    ("breaks-2012", "missing </div>"): "the box after the text then is a box within it, whose links count",
    ("legacy-era-a", "missing </div>"): "the box after the text then is a box within it, whose links count",
    ("amp", "without .cover-media"): "the caption's own element has no class: only the wrapper told what it is",
    ("amp", "lead image moved out"): "the caption's own element has no class: only the wrapper told what it is",
    ("voa-drupal-2020", "missing </div>"): "one short line at the end of an open embed may be a note under the embed",
    ("voa-drupal-2020", "missing </a>"): "one short line at the end of an open embed may be a note under the embed",
    ("fact-check", "stray </div> in the header"): "the claim's text then stands where the article's own stands",
}
"""Changes that a page's readers, or its markup, do tell apart, with the reason; all other combinations must hold."""

NOT_INVISIBLE_IN_SAMPLE = {
    ("ImageGallery", "stray </div> in the header"): "which of two renditions of the same picture is named first",
    ("LiveBlogPosting", "two stray </div>"): "the end of a post is the only sign of what belongs to it",
    ("LiveBlogPosting", "three stray </div>"): "the end of a post is the only sign of what belongs to it",
    ("LiveBlogPosting", "four stray </div>"): "the end of a post is the only sign of what belongs to it",
    ("LiveBlogPosting", "text moved out"): "the end of a post is the only sign of what belongs to it",
    (
        "NewsArticle",
        "missing </div>",
    ): "an open list of other stories holds the author's link, which then is one of them",
}
"""The same for pages of the sample site, by the article's type."""


@pytest.fixture(scope="module")
def chain() -> Chain:
    return Chain.from_paths(ARTICLE_PIPELINES)


def _content(chain: Chain, capture: Capture) -> dict[str, Any]:
    found = expectation(chain.result_of(capture))
    return {name: value for name, value in found.items() if name not in ("metadata", "removed")}


def _faults(chain: Chain, name: str, capture: Capture, exceptions: Container[tuple[str, str]]) -> Iterator[str]:
    html = capture.payload.decode("utf-8")
    wanted = _content(chain, capture)
    for change, apply in CHANGES.items():
        if (name, change) in exceptions:
            continue
        for where, changed in apply(html):
            found = _content(chain, replace(capture, payload=changed.encode()))
            if found != wanted:
                yield f"{change} ({where}): {[key for key in wanted if found.get(key) != wanted[key]]}"


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_page_under_invisible_changes_gives_same_article(name: str, chain: Chain) -> None:
    capture = Golden.read(FOLDER / name).capture
    try:
        capture.payload.decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("the changes are made to UTF-8 pages")

    assert list(_faults(chain, name, capture, NOT_INVISIBLE)) == []


@pytest.mark.parametrize("story_id", sorted(SITE.item_ids())[:SAMPLE_FORMS])
def test_sample_page_under_invisible_changes_gives_same_article(story_id: int, chain: Chain) -> None:
    truth = SITE.expected(story_id, BASE)
    url = truth["url"]
    reply = SITE.reply(url.removeprefix(BASE), BASE)
    capture = capture_of_page(reply.body, url, date=datetime(2026, 3, 2, tzinfo=UTC))
    try:
        capture.payload.decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("the changes are made to UTF-8 pages")

    assert list(_faults(chain, truth["type"], capture, NOT_INVISIBLE_IN_SAMPLE)) == []


@pytest.mark.parametrize(("name", "change"), NOT_INVISIBLE)
def test_exception_is_still_needed(name: str, change: str, chain: Chain) -> None:
    capture = Golden.read(FOLDER / name).capture
    html = capture.payload.decode("utf-8")
    wanted = _content(chain, capture)

    found = [_content(chain, replace(capture, payload=page.encode())) for _, page in CHANGES[change](html)]

    assert any(content != wanted for content in found)
