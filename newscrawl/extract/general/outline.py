"""The elements of a page as arrays: parents, text lengths, shares of links, and which parts are not text.

One pass over the elements computes what the search for the text asks of each of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page

_MAX_ELEMENTS = 60_000
"""Elements of one page that are read."""

BLOCKS = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre"),
        *("table", "tbody", "thead", "tfoot", "tr", "td", "th", "section", "article", "aside", "header", "footer"),
        *("address", "figure", "figcaption", "details", "summary", "center", "main", "body", "nav", "form", "fieldset"),
        *("hgroup", "dialog", "menu", "caption"),
    }
)
"""Elements that begin and end a line of text."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_SKIPPED_TAGS = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio", "video"),
        *(
            "canvas",
            "map",
            "button",
            "select",
            "textarea",
            "input",
            "option",
            "datalist",
            "progress",
            "meter",
            "dialog",
        ),
        *("nav", "menu", "amp-ad", "amp-analytics", "search", "link", "meta", "head", "title", "param"),
    }
)
"""Elements that hold no text of an article."""

_QUESTIONS = frozenset({*HEADINGS, "dt", "summary"})
"""Elements in which a button shows and hides the answer to a question."""

_OUTER_TAGS = frozenset({"footer", "aside", "form", "figcaption", "figure"})
"""Elements that hold no text of an article unless they hold most of the page's."""

_ROLES = frozenset(
    {
        *("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "alert", "menu"),
        *("menubar", "toolbar", "form", "button", "menuitem", "tooltip", "status", "doc-endnotes"),
    }
)
"""ARIA roles of parts that are not the text (WAI-ARIA 1.2, 5.3.4)."""

_FOREIGN = re.compile(
    r"""(?<![a-z])(?:
    comments?|comment-?(?:list|content|body|text|form|area|section|thread|respond)|respond|disqus|livefyre|replies
  | relateds?|related-?(?:articles?|posts?|stories|content|links|news)|recommend(?:ed|ations?)?|recirc(?:ulation)?
  | newsletters?|newsletter-?(?:signup|form|box|wrapper)|mailing-?list|cookies?|consent|gdpr|onetrust|didomi
  | captions?|caption-?(?:text|wrapper|container)|image-?caption|wp-caption-text|photo-?(?:credit|caption)|image-?credit
  | shar(?:e|ing)|share-?(?:tools|bar|buttons?|links?|icons?)|addtoany|addthis|sharedaddy|jp-relatedposts
  | outbrain|taboola
  | teasers?|teaser-?(?:list|item|box|grid)|testimonials?|testimonial-?(?:card|list|wrapper)
  )(?![a-z])""",
    re.I | re.X,
)
"""Words in a class or id of a part that is another text: comments, other stories, captions, consent."""

_WORDS = re.compile(
    r"""(?<![a-z])(?:
    nav|navi|navbar|navigation|menu|menus|submenu|breadcrumbs?|crumbs?|masthead|topbar|toolbar
  | footer|colophon|copyright|legal-notice|sidebar|side-bar|sidenav|rail|right-rail|aside|widgets?|tagcloud
  | discussion|sharebar|socials?|social-?(?:links|icons|media|bar|share)|follow-?us
  | read-?(?:more|next|also)|more-?(?:stories|news|articles|posts|from|on)|also-?(?:read|like)|you-?may|up-?next
  | next-?(?:article|post|story)|prev-?next|post-?(?:navigation|nav)|pagination|pager|paging
  | popular|trending|most-?(?:read|popular|viewed)|latest|promos?|promobox|card-?(?:grid|list)
  | subscri(?:be|ber|ption|ptions)|sign-?up|opt-?in|cta|call-?to-?action|paywall|regwall
  | ads|adsbygoogle|advert(?:s|isement|isements|ising|orial)?|adsense|ad-?(?:slot|unit|container|wrapper|box)|banner
  | sponsor(?:ed|s)?
  | dianomi|popup|pop-up|modal|overlay|lightbox|interstitial|toast|login|log-?in|sign-?in|search-?(?:form|box|bar)
  | skip-?(?:link|to|nav)|screen-?reader(?:-text)?|sr-only|visually-?hidden|assistive-?text|print-?only|no-?print
  | author-?(?:bio|box|info|card|profile|about|description|details|container|name|block)|about-?(?:the-)?author|bio
  | bio-?box|tags?|tag-?list|(?:post|entry|article)-?(?:tags|meta|categories)|cat-?links|metadata|byline
  | ratings?|votes?|reactions?|likes?|toc|table-?of-?contents|on-this-page|jump-?(?:links|to)
  )(?![a-z])""",
    re.I | re.X,
)
"""Words in a class or id of a part that is not the text."""

_PROTECTED = re.compile(
    r"(?<![a-z])(?:article-?body|article-?content|entry-?content|post-?content|post-?body|story-?body|"
    r"main-?content|content-?body|body-?text|rich-?text|markdown-?body|prose|main|article|content)(?![a-z])",
    re.I,
)
"""Words in a class or id of a part that may be the text, although one of :data:`_WORDS` stands beside them."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins in ``relatedArticles``."""

_HIDDEN_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])|(?:left|text-indent|top)\s*:\s*-\d{3,}|"
    r"opacity\s*:\s*0(?![.\d]).*height\s*:\s*0(?![.\d])|height\s*:\s*0(?![.\d]).*opacity\s*:\s*0(?![.\d])",
    re.I,
)
"""Inline styles that keep text out of sight. Opacity alone does not: pages fade their text in."""


OTHER_TEXT = "!"
"""What a word begins with that names another text, in :attr:`Outline.suspect`."""


_TEXT_OF_FIGURES = frozenset({"blockquote", "table", "pre"})
_FIGURE_LEVELS = 4
"""Levels between a figure and the quotation, table or code that it shows."""


class Outline:
    """The elements of a page's body in their order, with what is known of each by its place."""

    def __init__(self, page: Page) -> None:
        self._page = page
        body = page.body
        self.nodes: list[LexborNode] = body.css("*")[:_MAX_ELEMENTS] if body is not None else []
        self.tags: list[str] = [node.tag or "" for node in self.nodes]
        self.parents: list[int] = []
        self.skipped: list[bool] = []
        self.hidden: list[bool] = []
        """Whether readers do not see an element, unless a script shows it."""
        self.suspect: list[str] = []
        """The word or tag that marks an element as a part that is not the text; it may hold the text all the same."""
        self._place()
        self._measure()

    def is_of_site(self, href: str | None) -> bool:
        """Return whether a link leads to another page of the site."""
        url = self._page.absolute(href)
        if url is None or url.split("#")[0] == self._page.url:
            return False
        return urlsplit(url).netloc == urlsplit(self._page.url).netloc

    def _place(self) -> None:
        places = {node.mem_id: place for place, node in enumerate(self.nodes)}
        for node, tag in zip(self.nodes, self.tags, strict=True):
            parent = node.parent
            place = places.get(parent.mem_id, -1) if parent is not None else -1
            self.parents.append(place)
            skipped = place >= 0 and self.skipped[place]
            skipped = skipped or (tag in _SKIPPED_TAGS and not (tag == "button" and self.tags[place] in _QUESTIONS))
            hidden, suspect = place >= 0 and self.hidden[place], ""
            if not skipped and (attributes := node.attributes):
                skipped = attributes.get("role") in _ROLES
                hidden = hidden or _is_hidden(attributes)
                suspect = _suspect_word(tag, attributes)
            self.skipped.append(skipped)
            self.hidden.append(hidden)
            self.suspect.append(suspect or (tag if tag in _OUTER_TAGS else ""))
            if tag in _TEXT_OF_FIGURES:
                self._keep_figure(place)

    def _keep_figure(self, place: int) -> None:
        """Take a figure around a quotation, a table or code for text: it shows no picture."""
        for _ in range(_FIGURE_LEVELS):
            if place < 0:
                return
            if self.tags[place] == "figure":
                self.suspect[place] = ""
            place = self.parents[place]

    def _measure(self) -> None:
        """Compute the length of each element's text, of the links in it, and of the text that is one line with it."""
        count = len(self.nodes)
        self.length, self.linked, self.line = [0] * count, [0] * count, [0] * count
        self.line_links = [0] * count
        parents, tags = self.parents, self.tags
        for place in range(count - 1, -1, -1):
            if self.skipped[place]:
                continue
            own = len(self.nodes[place].text(deep=False).strip())
            self.length[place] += own
            self.line[place] += own
            if tags[place] == "a":
                self.linked[place] = self.length[place]
                self.line_links[place] = self.line[place]
            parent = parents[place]
            if parent >= 0:
                self.length[parent] += self.length[place]
                self.linked[parent] += self.linked[place]
                if tags[place] not in BLOCKS:
                    self.line[parent] += self.line[place]
                    self.line_links[parent] += self.line_links[place]


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style or "") is not None


def _suspect_word(tag: str, attributes: dict[str, str | None]) -> str:
    """Return the first word in the class or id that names a part which is not the text; empty if there is none."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _word_in(names) if len(names) > 1 and tag not in ("body", "article", "main") else ""


@lru_cache(maxsize=8_192)
def _word_in(names: str) -> str:
    words = _HUMP.sub("-", names)
    if found := _FOREIGN.search(words):
        return f"{OTHER_TEXT}{found[0].lower()}"
    found = _WORDS.search(words)
    return found[0].lower() if found is not None and _PROTECTED.search(words) is None else ""
