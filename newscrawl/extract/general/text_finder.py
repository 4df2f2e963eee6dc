"""Find the text of a page of any site by the density of its paragraphs and links and the names of its parts.

The part with nearly all of the page's running text is the article. Within it, parts that are named as something else,
lists of links and the headings over them are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.general.outline import BLOCKS, HEADINGS, OTHER_TEXT, Outline
from newscrawl.extract.people.bylines import by_length
from newscrawl.extract.text import clean

_MIN_LINE = 60
"""Characters of a line that is running text."""

_MIN_SENTENCE = 30
"""Characters of a line that is running text if it ends as a sentence does, or has letters of East Asia."""

_MAX_LINE_LINKS = 0.4
"""Share of links in a line of running text at most."""

_MOST = 0.85
"""Share of the text of an element that a part of it must hold to be looked into instead."""

_MOST_OF_ARTICLE = 0.5
"""The same for a part that is marked as an article or as its text."""

_MAX_SUSPECT = 0.4
"""Share of the page's text from which a part named as something else is taken for the text all the same."""

_MAX_OTHER_TEXT = 0.6
"""The same for parts named as another text."""

_MAX_LONG_TEXT = 0.97
"""The same for comments and declarations of consent, which are often longer than the text."""

_TEASERS = f"{OTHER_TEXT}teaser"
"""Many teasers are longer than the text; one that is as long as it is the text."""

_LONG_TEXTS = ("comment", "respond", "disqus", "livefyre", "cookie", "consent", "gdpr", "onetrust", "didomi")

_MAX_HIDDEN = 0.5
"""Share of hidden text from which it is text that a script shows."""

_MIN_CARDS = 3
_MIN_STORY = 600
"""Characters of running text beside teasers that are a story; with less the page is a list, and that is its text."""

_CARD_LEVELS = 5
_MAX_CARD = 250
"""Characters of running text in a teaser of another story."""

_LINK_LIST = 0.6
"""Share of links in a list, a box or a line that leads elsewhere."""

_LINK_LINE = 0.9
"""Share of links in a line that is nothing but links."""

_MAX_LINK_LINE = 200
"""Characters of a line that is nothing but links."""

_MAX_ABOVE = 12
"""Lines of the root among which the page's heading may stand."""

_MAX_LEAD = 800
"""Characters of the lead above the text."""

_ARTICLE_NAMES = re.compile(
    r"(?<![a-z])(?:article-?body|articlebody|article-?content|article-?text|entry-?content|post-?content|post-?body|"
    r"story-?body|story-?content|body-?content|content-?body|article__body|article__content)(?![a-z])",
    re.I,
)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0eff]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟։।۔]['\"»”’)\]]*\s*$")
_TEXT = "-text"
_LETTER = re.compile(r"[^\W\d_]")
_CELLS = frozenset({"td", "th"})
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_BLANK_LINE = re.compile(r"\x1f\s*\x1f[\s\x1f]*")


@dataclass(slots=True)
class Line:
    """One line of text as the page shows it: a paragraph, a heading, an entry of a list, a row of a table."""

    text: str
    tag: str
    """The tag of the block that holds it."""
    links: float
    """Share of its characters that are links, from 0 to 1."""


@dataclass(slots=True)
class FoundText:
    """The text of a page and the element that holds it."""

    root: LexborNode | None = None
    lines: list[Line] = field(default_factory=list)
    share: float = 0.0
    """Share of the page's running text that the root holds, from 0 to 1."""
    teasers: int = 0
    """How many teasers of other pages of the site stand around and in the text."""

    @property
    def paragraphs(self) -> list[str]:
        """The lines as paragraphs."""
        return [line.text for line in self.lines]


def find_text(outline: Outline) -> FoundText:
    """Return the text of the page; empty if it has no running text."""
    if not outline.nodes:
        return FoundText()
    lines = _running_lines(outline)
    shown = _without_hidden(outline, lines)
    total = _sums(outline, lines, shown)
    innocent = _innocent_words(outline, total)
    teasers = _cards(outline, total)
    cards = teasers if total[0] - sum(total[place] for place in teasers) >= _MIN_STORY else set()
    excluded = list(shown)
    for place, word in enumerate(outline.suspect):
        parent = outline.parents[place]
        excluded[place] = excluded[place] or (parent >= 0 and excluded[parent])
        excluded[place] = excluded[place] or (word != "" and word not in innocent) or place in cards
    sums = _sums(outline, lines, excluded)
    if not sums[0]:
        return FoundText()
    root = _root(outline, sums, lines)
    inner = {outline.nodes[place].mem_id for place in _excluded_within(outline, root, excluded, sums)}
    found = _after_headline(_without_link_lines(_lines(outline.nodes[root], inner)))
    lead = _lead(outline, root, lines, excluded) if found else []
    return FoundText(outline.nodes[root], _once_each([*lead, *found]), sums[root] / max(total[0], 1), len(teasers))


def _after_headline(lines: list[Line]) -> list[Line]:
    """Return the lines after the page's heading, if it is among the first of them."""
    heading = next((place for place, line in enumerate(lines[:_MAX_ABOVE]) if line.tag == "h1"), -1)
    above = lines[: heading + 1]
    below = lines[heading + 1 :] if sum(len(line.text) for line in above[:-1]) <= _MAX_LEAD else lines
    first = next((place for place, line in enumerate(below) if len(line.text) >= _MIN_LINE), 0)
    return [line for line in below[:first] if not _is_about_article(line)] + below[first:]


def _is_about_article(line: Line) -> bool:
    """Return whether a line above the text names its author or its day."""
    return line.tag not in HEADINGS and (
        next(written_days(line.text), None) is not None or by_length(line.text, None) > 0
    )


def _lead(outline: Outline, root: int, lines: list[int], excluded: list[bool]) -> list[Line]:
    """Return the lead that stands between the page's heading and the root, if it is short enough to be one."""
    heading = max((place for place in range(root) if outline.tags[place] == "h1"), default=root)
    places = [place for place in range(heading + 1, root) if lines[place] and not excluded[place]]
    if not places or sum(lines[place] for place in places) > _MAX_LEAD:
        return []
    return [Line(text, "p", 0.0) for place in places if (text := clean(outline.nodes[place].text()))]


def _once_each(lines: list[Line]) -> list[Line]:
    """Return the lines without long ones that came before: a page may hold its text twice, for two widths."""
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if len(line.text) >= _MIN_LINE:
            if line.text in seen:
                continue
            seen.add(line.text)
        kept.append(line)
    return kept


def _without_hidden(outline: Outline, lines: list[int]) -> list[bool]:
    """Return what is left out at first: the skipped elements and, unless scripts show most of the text, the hidden."""
    hidden = sum(line for line, is_hidden in zip(lines, outline.hidden, strict=True) if is_hidden)
    if hidden > _MAX_HIDDEN * sum(lines):
        return outline.skipped
    return [skipped or is_hidden for skipped, is_hidden in zip(outline.skipped, outline.hidden, strict=True)]


def _innocent_words(outline: Outline, total: list[int]) -> set[str]:
    """Return the words that name parts with much of the page's text: on this page they do not mean what they say."""
    named: dict[str, int] = {}
    inside: dict[int, frozenset[str]] = {-1: frozenset()}
    for place, word in enumerate(outline.suspect):
        outer = inside[outline.parents[place]]
        if word and word not in outer:
            known = named.get(word, 0)
            named[word] = max(known, total[place]) if word.startswith(_TEASERS) else known + total[place]
            outer = outer | {word}
        inside[place] = outer
    return {word for word, length in named.items() if length > _limit(word) * total[0]}


def _cards(outline: Outline, total: list[int]) -> set[int]:
    """Return the places of teasers: three or more siblings, each with a heading that is a link and little text."""
    siblings: dict[tuple[int, str], set[int]] = {}
    for place, tag in enumerate(outline.tags):
        if tag not in HEADINGS or not outline.length[place] or not _leads_elsewhere(outline, place):
            continue
        for _ in range(_CARD_LEVELS):
            parent = outline.parents[place]
            if parent < 0:
                break
            if total[place] <= _MAX_CARD:
                siblings.setdefault((parent, outline.tags[place]), set()).add(place)
            place = parent
    cards = {
        place
        for (_, tag), places in siblings.items()
        if len(places) >= _MIN_CARDS and tag not in HEADINGS
        for place in places
    }
    return {place for place in cards if outline.parents[place] not in cards}


def _leads_elsewhere(outline: Outline, place: int) -> bool:
    """Return whether a heading is a link to another page of the site, or stands in one."""
    link: LexborNode | None = None
    if outline.linked[place] >= _LINK_LINE * outline.length[place]:
        link = outline.nodes[place].css_first("a[href]")
    parent = outline.parents[place]
    for _ in range(_CARD_LEVELS):
        if link is not None or parent < 0:
            break
        link = outline.nodes[parent] if outline.tags[parent] == "a" else None
        parent = outline.parents[parent]
    return link is not None and outline.is_of_site(link.attributes.get("href"))


def _limit(word: str) -> float:
    if not word.startswith(OTHER_TEXT):
        return _MAX_SUSPECT
    return _MAX_LONG_TEXT if word.lstrip(OTHER_TEXT).startswith(_LONG_TEXTS) else _MAX_OTHER_TEXT


def _running_lines(outline: Outline) -> list[int]:
    """Return the length of the running text that each element holds itself, as one line; 0 for others."""
    found: list[int] = []
    for place, length in enumerate(outline.line):
        is_running = (
            length >= _MIN_SENTENCE
            and not outline.skipped[place]
            and outline.tags[place] in BLOCKS
            and outline.line_links[place] <= _MAX_LINE_LINKS * length
            and outline.tags[place] not in HEADINGS
        )
        if is_running and length < _MIN_LINE:
            text = outline.nodes[place].text()
            is_running = _SENTENCE_END.search(text) is not None or _EAST_ASIAN.search(text) is not None
        found.append(length if is_running else 0)
    return found


def _sums(outline: Outline, lines: list[int], excluded: list[bool]) -> list[int]:
    """Return the running text within each element, without what is excluded."""
    sums = [0 if out else line for line, out in zip(lines, excluded, strict=True)]
    parents = outline.parents
    for place in range(len(sums) - 1, 0, -1):
        if sums[place] and parents[place] >= 0 and not excluded[place]:
            sums[parents[place]] += sums[place]
    return sums


def _root(outline: Outline, sums: list[int], lines: list[int]) -> int:
    """Return the place of the smallest element that holds nearly all of the running text."""
    children: dict[int, list[int]] = {}
    for place, parent in enumerate(outline.parents):
        if sums[place]:
            children.setdefault(parent, []).append(place)
    root = 0
    while True:
        inner = children.get(root, [])
        best = max(inner, key=lambda place: sums[place], default=None)
        if best is None or lines[best] or outline.tags[best] not in BLOCKS:
            return root
        if sums[best] >= _MOST * sums[root]:
            root = best
            continue
        marked = [place for place in inner if _is_marked(outline, place)]
        best = max(marked, key=lambda place: sums[place], default=None)
        if best is None or sums[best] < _MOST_OF_ARTICLE * sums[root]:
            return root
        root = best


def _is_marked(outline: Outline, place: int) -> bool:
    """Return whether an element is marked as an article or as its text."""
    if outline.tags[place] in ("article", "main"):
        return True
    attributes = outline.nodes[place].attributes
    if "articleBody" in (attributes.get("itemprop") or "") or attributes.get("role") in ("main", "article"):
        return True
    return _ARTICLE_NAMES.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}") is not None


def _excluded_within(outline: Outline, root: int, excluded: list[bool], sums: list[int]) -> Iterator[int]:
    """Yield the places of what is not text within the root: excluded parts and lists of links."""
    for place in range(root + 1, len(outline.nodes)):
        parent = outline.parents[place]
        if parent < root:
            return
        if excluded[place] or (
            outline.tags[place] in BLOCKS
            and not sums[place]
            and outline.length[place]
            and outline.linked[place] > _LINK_LIST * outline.length[place]
            and outline.tags[place] in ("ul", "ol", "div", "section", "table", "dl", "header", "article")
        ):
            yield place


class _Writer:
    """Collects text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._links = 0

    def write(self, text: str, *, is_link: bool) -> None:
        """Add text to the line."""
        self._parts.append(text)
        self._links += len(text) if is_link else 0

    def end_line(self, tag: str) -> None:
        """End the line, which a block of ``tag`` holds; two line breaks in a row end one too."""
        if not self._parts:
            return
        whole = "".join(self._parts)
        share = self._links / len(whole) if whole else 0.0
        self.lines += [Line(text, tag, share) for part in _BLANK_LINE.split(whole) if (text := clean(part))]
        self._parts, self._links = [], 0


def _lines(root: LexborNode, excluded: set[int]) -> list[Line]:
    """Return the lines within ``root`` in reading order."""
    writer = _Writer()
    tag = root.tag or ""
    stack: list[tuple[Iterator[LexborNode], str, bool, bool]] = [(root.iter(include_text=True), tag, False, True)]
    while stack:
        children, block, in_link, is_block = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if is_block:
                writer.end_line(block)
            continue
        name = node.tag or ""
        if name == _TEXT:
            text = node.text()
            writer.write(_EMPTY_LINE.sub("\x1f\x1f", text) if block == "pre" else text, is_link=in_link)
        elif name == "br":
            writer.write("\x1f", is_link=False)
        elif not node.is_element_node or node.mem_id in excluded:
            continue
        elif name in _CELLS:
            writer.write(" ", is_link=False)
            stack.append((node.iter(include_text=True), block, in_link, False))
        elif name in BLOCKS:
            writer.end_line(block)
            stack.append((node.iter(include_text=True), name, in_link, True))
        else:
            stack.append((node.iter(include_text=True), block, in_link or name == "a", False))
    return writer.lines


def _without_link_lines(lines: list[Line]) -> list[Line]:
    """Return the lines without those that are nothing but links, unless they are sentences, or have no letter."""
    return [
        line
        for line in lines
        if (line.links < _LINK_LINE or len(line.text) > _MAX_LINK_LINE or _is_sentence(line))
        and (line.tag == "tr" or _LETTER.search(line.text) is not None)
    ]


def _is_sentence(line: Line) -> bool:
    is_long = len(line.text) >= _MIN_SENTENCE
    return is_long and line.tag in ("p", "blockquote") and _SENTENCE_END.search(line.text) is not None
