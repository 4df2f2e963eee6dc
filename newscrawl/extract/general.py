"""Pages outside every layout: trafilatura finds the text.

trafilatura is imported when the first such page comes: that takes a third of a second, which crawls and replays of
sites with a profile never need.
"""

from __future__ import annotations

from newscrawl.extract.body import Body
from newscrawl.extract.entities import plain
from newscrawl.extract.page import Page
from newscrawl.extract.structured import Item
from newscrawl.extract.text import clean

LAYOUT_NAME = "general"

_MAX_LENGTH = 1_500_000
"""Characters of a page that trafilatura is given: its time grows faster than the page."""


def general_body(page: Page, item: Item) -> Body:
    """The text of any page; an empty body where there is none."""
    paragraphs = _trafilatura_paragraphs(page)
    stated = plain_paragraphs(item.get("articleBody"))
    if sum(map(len, stated)) > 2 * sum(map(len, paragraphs)):
        paragraphs = stated
    return Body(paragraphs=paragraphs)


def plain_paragraphs(value: object) -> list[str]:
    """The paragraphs of a JSON-LD ``articleBody``."""
    if not isinstance(value, str):
        return []
    return [text for line in value.splitlines() if (text := plain(line))]


def _trafilatura_paragraphs(page: Page) -> list[str]:
    from trafilatura import extract  # late, see above

    text = extract(page.html[:_MAX_LENGTH], url=page.url, include_comments=False)
    return [paragraph for line in (text or "").splitlines() if (paragraph := clean(line.removeprefix("- ")))]
