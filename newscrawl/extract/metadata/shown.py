"""Find the dates and the byline that a page of any site shows around its headline.

A date or a name counts only where a reader would take it for the article's: beside the headline or, with a label, at
the end of the text. What stands in navigation, sidebars, teasers, comments and links to other pages belongs to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.text import clean, comparable

_DATES = (
    "time, [itemprop*=date i], [property*=date i], [class*=date i], [class*=time i], [class*=publish i], "
    "[class*=posted i], [class*=byline i], [class*=meta i], [id*=date i], [class*=datum i], [class*=fecha i]"
)
_BYLINES = (
    "[rel~=author], [itemprop=author], [class*=byline i], [class*=author i], [class*=auteur i], [class*=autor i], "
    "[class*=writer i], [class*=reporter i], [class*=contributor i]"
)

_FOREIGN = re.compile(
    r"(?<![a-z])(?:related|teaser|promo|recommend|sidebar|side-bar|widget|comment|popular|trending|latest|newsletter|"
    r"carousel|most-|more-|read-?next|up-?next|copyright|footer|menu|navbar|nav-|banner|advert|cookie|consent|share)",
    re.I,
)
"""Words in the class or id of an element that holds what is not the article's."""

_FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "select", "figure", "figcaption", "script"})
_WHOLE_TAGS = frozenset({"html", "body", "main"})

_MAX_CANDIDATES = 200
_MAX_LENGTH = 200
"""Characters of a line with a date or a byline; a longer one is text."""

_MIN_PARAGRAPH = 120
"""Characters of a paragraph that is text: the byline stands before the second of them."""

_BEFORE_HEADLINE = 40
"""Elements before the headline among which its date and byline may stand."""

_AFTER_PARAGRAPH = 15
"""Elements after the first paragraph among which they may stand."""

UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated?|modified|edited|revised)\b(?:\s+(?:on|at))?|\baktualisiert\b|\bstand\s*:|"
    r"\bmis(?:e)? à jour\b|"
    r"\bactualizad[oa]\b|\batualizad[oa]\b|\baggiornat[oa]\b|\bbijgewerkt\b|\bobnov[lľ]en|\baktualizov|\bzaktualizowan|"
    r"обновл|оновл|абноўл|измен[её]н|змінен|аднаўл|ажурирано|ažurirano|përditësuar|frissítve|yeniləndi|güncelle|yangila|"
    r"жаңартыл|жаңырты|янартыл|təzələn|täzelen|განახლ|թարմաց|нав карда|cập nhật|diperbarui|ulang|ปรับปรุง|업데이트|수정|"
    r"更新|修改|עודכן|تحديث|آخر تعديل|به‌روز|بروزرسانی|تازه شد|نوې شوې|اپ ڈیٹ|হালনাগাদ|imesasishwa|sabuntawa",
    re.I,
)
_PUBLISHED = re.compile(
    r"\b(?:publish|posted|first published|released|veröffentlicht|erstellt|publi[ée]|publicad|pubblicat|gepubliceerd|"
    r"opublikowan|objavljen|megjelent|yayınlan|nəşr|botuar)|опублик|опублік|апублік|објављен|објавен|публикуван|"
    r"жариялан|gamoqveyn|გამოქვეყნ|հրապարակ|نشر|منتشر|انتشار|خپور|شائع|প্রকাশ|đăng|게시|입력|发布|發布|発表|公開|刊登",
    re.I,
)


_MAX_LABEL = 40
"""Characters of a label before a date."""


_SHORTEST_DAY, _MAX_DATE_LINE = 6, 80
"""Characters of a line that is a date."""

_MAX_OTHER_WORDS = 3
"""Words of such a line beside its date: "on", the name of a weekday, "min read"."""

_YEAR = re.compile(r"(?:19|20|13|14|25)\d\d")
_WORD = re.compile(r"[^\W\d_]{3,}")


_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.I)


class ShownDates(NamedTuple):
    """Dates as the page shows them, the most trustworthy first."""

    published: list[str]
    modified: list[str]


def shown_dates(page: Page) -> ShownDates:
    """Return the dates around the headline in the page's order, then those with a label further down."""
    region = _Region(page)
    near: list[str] = []
    labelled: list[str] = []
    modified: list[str] = []
    named = [node for node in page.all(_DATES)[:_MAX_CANDIDATES] if node.tag != "meta"]
    marked = {node.mem_id for node in named}
    lines = [node for node in region.elements if node.mem_id not in marked and _is_date_line(node.text(deep=False))]
    for node in sorted((*named, *lines), key=region.place):
        attributes = node.attributes
        stated = attributes.get("datetime") or attributes.get("content")
        shown = text_of(node) or ""
        if (
            not (stated or shown)
            or len(shown) > _MAX_LENGTH
            or _COPYRIGHT.search(shown)
            or not region.is_articles(node)
        ):
            continue
        names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
        if names_update(names) or UPDATED.search(label_before(node)):
            modified += [text for text in (stated, shown) if text]
            continue
        shown, has_update, update = at_update(shown)
        modified += [update] if update else []
        stated = None if has_update and not shown else stated
        texts = [text for text in (stated, shown) if text]
        if region.is_near_headline(node):
            near += texts
        elif _PUBLISHED.search(shown) or _PUBLISHED.search(names):
            labelled += texts
    return ShownDates([*near, *labelled], modified)


def dates_passed_over(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the dates on the page that are not taken for the article's, each as a reason and its text."""
    region = _Region(page)
    for node in page.all(f"{_DATES}, footer p, footer div")[:_MAX_CANDIDATES]:
        shown = node.attributes.get("datetime") or text_of(node) or ""
        if node.tag == "meta" or not shown or len(shown) > _MAX_LENGTH or _YEAR.search(shown) is None:
            continue
        if _COPYRIGHT.search(shown):
            yield "a copyright notice", shown
        elif not region.is_articles(node):
            yield "in a part of the page that is not the article", shown
        elif not region.is_near_headline(node):
            yield "not beside the headline", shown


def _is_date_line(text: str) -> bool:
    """Return whether a line holds a day and hardly anything else: no sentence about a day."""
    line = text.strip()
    if not _SHORTEST_DAY <= len(line) <= _MAX_DATE_LINE or _YEAR.search(line) is None:
        return False
    day = next(written_days(line), None)
    if day is None:
        return False
    rest = _PUBLISHED.sub(" ", UPDATED.sub(" ", f"{line[: day.start]} {line[day.end :]}"))
    return len(_WORD.findall(rest)) <= _MAX_OTHER_WORDS


def names_update(names: str) -> bool:
    """Return whether the names of an element are those of a last change: ``entry-updated``, ``dateModified``."""
    words = re.sub(r"[-_]|(?<=[a-z])(?=[A-Z])", " ", names)
    return UPDATED.search(words) is not None and _PUBLISHED.search(words) is None


def label_before(node: LexborNode) -> str:
    """Return the end of the text right before an element, which may be its label."""
    before = node.prev
    if before is not None and not before.is_element_node and not clean(before.text()):
        before = before.prev
    if before is None or (before.is_element_node and before.css_first("time") is not None):
        return ""  # another date, with its own label
    return (before.text() or "")[-_MAX_LABEL:]


def at_update(text: str) -> tuple[str, bool, str]:
    """Return the text before a label of an update, whether there is one, and the text after it."""
    label = UPDATED.search(text)
    if label is None:
        return text, False, ""
    published = _PUBLISHED.search(text, label.end())
    end = published.start() if published else len(text)
    before = f"{text[: label.start()]} {text[end:]}"
    return clean(before), True, clean(text[label.end() : end])


def shown_bylines(page: Page) -> Iterator[tuple[str, LexborNode]]:
    """Yield the lines around the headline that name authors, with their elements; the innermost of nested ones."""
    region = _Region(page)
    nodes = [node for node in page.all(_BYLINES)[:_MAX_CANDIDATES] if region.is_articles(node)]
    for node in nodes:
        text = text_of(node)
        if text and len(text) <= _MAX_LENGTH and region.is_near_headline(node):
            yield text, node


class _Region:
    """The part of a page around its headline."""

    def __init__(self, page: Page) -> None:
        elements = page.all("*")
        self._places = {node.mem_id: place for place, node in enumerate(elements)}
        self._foreign: dict[int, bool] = {}
        self._page = page
        headline = self._headline()
        self._start = self._places.get(headline.mem_id, 0) if headline is not None else None
        self._end = self._end_of_region()
        first = max((self._start or 0) - _BEFORE_HEADLINE, 0)
        self.elements = elements[first : self._end + 1] if self._start is not None else []
        """The elements of the region in the page's order."""

    def _headline(self) -> LexborNode | None:
        """Return the heading that the page's title confirms, else the first one with text."""
        headings = [node for node in self._page.all("h1, h2")[:20] if text_of(node)]
        titles = "".join(map(comparable, filter(None, (self._page.title, self._page.metas.get("og:title")))))
        confirmed = (node for node in headings if len(text := comparable(text_of(node) or "")) > 8 and text in titles)
        return next(confirmed, None) or next((node for node in headings if node.tag == "h1"), None)

    def _end_of_region(self) -> int:
        """Return the place where the text is under way."""
        if self._start is None:
            return -1
        for node in self._page.all("p"):
            place = self._places[node.mem_id]
            if place > self._start and len(node.text()) >= _MIN_PARAGRAPH:
                return place + _AFTER_PARAGRAPH
        return self._start + _BEFORE_HEADLINE

    def place(self, node: LexborNode) -> int:
        """Return the place of an element in the page's order."""
        return self._places.get(node.mem_id, -1)

    def is_near_headline(self, node: LexborNode) -> bool:
        """Return whether ``node`` stands between shortly before the headline and the first paragraph."""
        place = self._places.get(node.mem_id, -1)
        return self._start is not None and self._start - _BEFORE_HEADLINE <= place <= self._end

    def is_articles(self, node: LexborNode) -> bool:
        """Return whether neither ``node`` nor an element around it belongs to something else."""
        passed: list[int] = []
        answer = True
        outer: LexborNode | None = node
        while outer is not None and outer.tag not in _WHOLE_TAGS:
            known = self._foreign.get(outer.mem_id)
            if known is not None:
                answer = not known
                break
            passed.append(outer.mem_id)
            if self._is_foreign(outer):
                answer = False
                break
            outer = outer.parent
        self._foreign.update(dict.fromkeys(passed, not answer))
        return answer

    def _is_foreign(self, node: LexborNode) -> bool:
        if node.tag in _FOREIGN_TAGS:
            return True
        attributes = node.attributes
        if node.tag == "a" and "author" not in (attributes.get("rel") or "") and (href := attributes.get("href")):
            url = self._page.absolute(href)
            return url is not None and url.split("#")[0] != self._page.url and not _LEADS_TO_AUTHOR.search(url)
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return len(names) > 1 and node.tag != "article" and _FOREIGN.search(names) is not None


_LEADS_TO_AUTHOR = re.compile(
    r"/(?:authors?|autore?n?|auteurs?|profiles?|people|person|staff|writers?|reporters?|by|contributors?|journalists?|"
    r"redaktion|team|correspondents?|columnists?|members?|users?)[/-]|[?&]author",
    re.I,
)
"""What the URL of a person's page has."""
