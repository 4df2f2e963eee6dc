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

_FOREIGN = frozenset(
    """
    comment comments commentlist commentcontent commentbody commenttext commentform commentarea commentsection
    commentthread respond disqus livefyre replies related relateds relatedarticle relatedarticles relatedpost
    relatedposts relatedstories relatedcontent relatedlinks relatednews recommend recommended recommendation
    recommendations recirc recirculation newsletter newsletters newslettersignup newsletterform newsletterbox
    newsletterwrapper mailinglist cookie cookies consent gdpr onetrust didomi caption captions captiontext
    captionwrapper captioncontainer imagecaption photocaption photocredit imagecredit share sharing sharetools
    sharebar sharebutton sharebuttons sharelink sharelinks shareicon shareicons addtoany addthis sharedaddy
    jprelatedposts outbrain taboola teaser teasers teaserlist teaseritem teaserbox teasergrid testimonial
    testimonials testimonialcard testimoniallist testimonialwrapper
    """.split()  # noqa: SIM905 - words in rows are read more easily than quoted ones
)
"""Names in a class or id of a part that is another text: comments, other stories, captions, consent."""

_WORDS = frozenset(
    """
    nav navi navbar navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs masthead topbar toolbar footer
    colophon copyright legalnotice sidebar sidenav rail rightrail aside widget widgets tagcloud discussion social
    socials sociallinks socialicons socialmedia socialbar socialshare followus readmore readnext readalso
    morestories morenews morearticles moreposts morefrom moreon alsoread alsolike youmay upnext nextarticle nextpost
    nextstory prevnext postnavigation postnav pagination pager paging popular trending mostread mostpopular
    mostviewed latest promo promos promobox cardgrid cardlist subscribe subscriber subscription subscriptions signup
    optin cta calltoaction paywall regwall ads adsbygoogle advert adverts advertisement advertisements advertising
    advertorial adsense adslot adunit adcontainer adwrapper adbox banner sponsor sponsored sponsors dianomi popup
    modal overlay lightbox interstitial toast login signin searchform searchbox searchbar skiplink skipto skipnav
    screenreader screenreadertext sronly visuallyhidden assistivetext printonly noprint authorbio authorbox
    authorinfo authorcard authorprofile authorabout authordescription authordetails authorcontainer authorname
    authorblock aboutauthor abouttheauthor bio biobox tag tags taglist posttags posttag entrytags articletags
    postmeta entrymeta articlemeta postcategories entrycategories articlecategories catlinks metadata byline rating
    ratings vote votes reaction reactions like likes toc tableofcontents onthispage jumplinks jumpto
    """.split()  # noqa: SIM905 - same
)
"""Names in a class or id of a part that is not the text."""

_MOST_PARTS = 3
"""Words that make up one name: "read-more", "table of contents" has one more and is found by two of them."""

_PROTECTED = re.compile(
    r"(?<![a-z])(?:article-?body|article-?content|entry-?content|post-?content|post-?body|story-?body|"
    r"main-?content|content-?body|body-?text|rich-?text|markdown-?body|prose|main|article|content)(?![a-z])",
    re.I,
)
"""Words in a class or id of a part that may be the text, although one of :data:`_WORDS` stands beside them."""

_PART = re.compile(r"[a-z]+")
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
        self.places = places = {node.mem_id: place for place, node in enumerate(self.nodes)}
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
    parts = _PART.findall(_HUMP.sub("-", names).lower())
    joined = [
        "".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, min(start + _MOST_PARTS, len(parts)) + 1)
    ]
    for form in joined:
        if form in _FOREIGN:
            return f"{OTHER_TEXT}{form}"
    found = next((form for form in joined if form in _WORDS), "")
    return found if found and _PROTECTED.search(names) is None else ""
