"""Say why a page of any site holds no article: a list, a shop, a forum, a manual, a search, an error, a consent page.

Only decisive evidence counts, and a page whose own structured data describes an article is one: an article that is
missed costs more than a page too many.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from newscrawl.extract.general.outline import Outline
from newscrawl.extract.general.text_finder import FoundText
from newscrawl.extract.html.page import Page
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import ARTICLE_TYPES, plain, types_of

_FORUM_TYPES = frozenset({"DiscussionForumPosting", "SocialMediaPosting", "QAPage"})
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "OfferCatalog"})
_PRODUCT_TYPES = frozenset({"Product", "ProductGroup"})

_POSTS = (
    "[itemtype*=Comment], [itemtype*=Answer], [class*=comment-body], [class*=post-body], [class*=message-body], "
    "[class*=reply], [class*=post-content], [class*=message-content]"
)
_PRICES = "[class*=price], [itemprop=price]"

_MIN_POSTS = 3
_MIN_PRICES = 6
_FEW = 600
"""Characters of running text below which a page may be a list of links."""

_MANY_LINKS = 0.5
"""Share of a page's text that is links on a list."""

_FORUM = re.compile(
    r"/(?:forums?|threads?|t|topic|questions?|discussions?|community|comments)(?:/|$|\.)|showthread|viewtopic", re.I
)
_MANUAL = re.compile(r"/(?:docs?|documentation|reference|api|manual)(?:/|$)", re.I)
_MANUAL_HOST = re.compile(r"^(?:docs?|api)\.|\.readthedocs\.", re.I)
_SEARCH = re.compile(r"/(?:search|suche|recherche|buscar|busqueda|poisk|find)(?:[/.]|$)", re.I)
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|keywords?|text)=", re.I)
_ERROR = re.compile(
    r"^\W*(?:error\s*)?(?:404|403|410|500|502|503)\b(?=\s*(?:$|[-–—:|.,!]|error|not found|page|forbidden))|"
    r"page (?:not found|cannot be found|doesn.t exist)|"
    r"seite nicht gefunden|page introuvable|página no encontrada|страница не найдена|access denied|^forbidden$|"
    r"just a moment|attention required|are you (?:a robot|human)|before you continue|verify you are human|"
    r"enable (?:javascript|cookies)",
    re.I,
)


def why_no_article(page: Page, item: Item, outline: Outline, found: FoundText) -> str | None:
    """Return why the page holds no article; None if it may hold one."""
    title = plain(page.title) or ""
    if _ERROR.search(title):
        return "it is an error or a notice"
    kinds = {kind for entry in page.json_ld for kind in types_of(entry)}
    own = set(types_of(item))
    if own & (ARTICLE_TYPES - _FORUM_TYPES):
        return None
    return _by_kind(page, kinds) or _by_address(page, urlsplit(page.url)) or _by_links(page, outline, found)


def _by_kind(page: Page, kinds: set[str]) -> str | None:
    """Return what the page says that it is."""
    kind = page.open_graph.get("og:type") or page.metas.get("og:type") or ""
    if kinds & _PRODUCT_TYPES or kind.startswith(("product", "og:product")):
        return "it is a product"
    if kinds & _LIST_TYPES and not _is_signed(page):
        return "it is a list"
    if kinds & _FORUM_TYPES and len(page.all(_POSTS)[:_MIN_POSTS]) == _MIN_POSTS:
        return "it is a forum"
    return None


def _by_address(page: Page, url: SplitResult) -> str | None:
    if _SEARCH.search(url.path) or (url.path.rstrip("/") == "" and _SEARCH_QUERY.search(url.query)):
        return "it is a search"
    if _FORUM.search(url.path) and len(page.all(_POSTS)[:_MIN_POSTS]) == _MIN_POSTS:
        return "it is a forum"
    is_manual = _MANUAL.search(url.path) or _MANUAL_HOST.search(url.netloc)
    if is_manual and not _is_signed(page) and not _is_called_article(page):
        return "it is a manual"
    return None


def _by_links(page: Page, outline: Outline, found: FoundText) -> str | None:
    """Return whether the page is a shop or a list by what it shows."""
    if _is_signed(page) or _is_called_article(page) or not outline.nodes:
        return None
    if len(page.all(_PRICES)[:_MIN_PRICES]) == _MIN_PRICES:
        return "it is a shop"
    text = sum(len(line.text) for line in found.lines)
    if urlsplit(page.url).path.rstrip("/") == "" and (found.teasers or outline.linked[0] > _MANY_LINKS * text):
        return "it is a home page"
    if text < _FEW and outline.linked[0] > _MANY_LINKS * outline.length[0]:
        return "it is a list"
    return None


def _is_called_article(page: Page) -> bool:
    return page.metas.get("og:type") == "article"


def _is_signed(page: Page) -> bool:
    """Return whether the page names an author or a time of publication, as articles do."""
    return any(name in page.metas for name in ("author", "article:author", "article:published_time"))
