"""Pages outside every layout: trafilatura finds the text, the page's own structured data completes it.

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

_MAX_TAGS = 12_000
"""Tags that trafilatura is given: that many take it up to half a second. The largest of 339 news pages had 7,418."""

_MAX_LENGTH = 2_000_000
"""Characters that it is given; the largest of 339 news pages had 1.7 million, most of them scripts."""

_LIST_MARK = "- "


def general_body(page: Page, item: Item) -> Body:
    """The text of any page; an empty body where there is none.

    The JSON-LD's ``articleBody`` is taken where it holds more than twice what was found: then what was found is a
    teaser, a caption or a notice.
    """
    paragraphs = _trafilatura_paragraphs(page)
    stated = _stated_paragraphs(item.get("articleBody"))
    if sum(map(len, stated)) > 2 * sum(map(len, paragraphs)):
        paragraphs = stated
    return Body(paragraphs=paragraphs)


def _stated_paragraphs(value: object) -> list[str]:
    if not isinstance(value, str):
        return []
    return [text for line in value.splitlines() if (text := plain(line))]


def _trafilatura_paragraphs(page: Page) -> list[str]:
    from trafilatura import extract  # late: see above

    text = extract(_cut(page.html), url=page.url, include_comments=False)
    lines = (text or "").splitlines()
    return [paragraph for line in lines if (paragraph := clean(line.removeprefix(_LIST_MARK)))]


def _cut(html: str) -> str:
    pieces = html[:_MAX_LENGTH].split("<", _MAX_TAGS + 1)
    if len(pieces) <= _MAX_TAGS + 1:
        return html[:_MAX_LENGTH]
    return "<".join(pieces[:-1])
