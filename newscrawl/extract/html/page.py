"""A page: decoded once, parsed once, its head read in one pass."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Self

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract.html.encoding import decoded, utf8
from newscrawl.extract.html.limits import bounded_bytes, bounded_markup
from newscrawl.extract.html.urls import Base
from newscrawl.extract.jsonld.js_literals import read_literal
from newscrawl.extract.jsonld.parse import Item, json_ld, open_graph
from newscrawl.web_archives import original_url

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", ""})
_BLANK = b"\0 \t\r\n"
_FIRST_BYTES = 256
"""Of which one is hardly ever blank in a page that is not: the whole need not be copied to tell."""
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ANYWHERE = "meta, script[type]"
_JSON_LD = "ld+json"
"""In the type of a script. A selector that looks for it takes three times as long as one that takes all scripts."""
_OF_HEAD = "title, base[href], link[rel][href]"
"""What tells that a head was not ended too early."""
_IN_HEAD = 'title, base[href], link[rel~="canonical" i][href]'
_UTAG_DATA = re.compile(r"(?<!\w)utag_data\s*=\s*\{")
_BODY_CLASS = re.compile(r"body\.([\w-]+)(?:\s+([^>+~\s].*))?")
_STANDARD = re.compile(r"[ \t\n\f\r]*<!doctype html[ \t\n\f\r]*>", re.I)
"""The doctype of HTML: with others, or none, the parser may go into "quirks mode" (HTML, 13.2.6.4.1)."""

_MAX_HEAD = 1_000
"""Elements of the head that are read, and scripts: pages with hreflang links for every country have 300."""

_MAX_SCRIPTS = 50
"""JSON-LD scripts that are read."""

_MAX_CONTENT = 20_000
"""Characters of one ``meta`` that are kept: keyword lists of 10,000 have been seen."""


@dataclass(slots=True)
class _Stated:
    """What a page states of itself, read when it is asked for; its parts share it."""

    json_ld: tuple[Item, ...] | None = None
    open_graph: dict[str, str] | None = None
    utag_data: dict[str, object] | None = None


class Page:
    """What all readers of a page share. Nothing here knows any site."""

    def __init__(self, url: str, html: str, utf8: bytes | None = None) -> None:
        archived = original_url(url)
        self.url = archived or url
        """The page's own URL, where it was captured from a web archive."""
        self.is_archived = archived is not None
        self.html = bounded_markup(html)
        # The parser wants UTF-8: bytes that are it already need not be encoded again.
        markup = utf8 if utf8 is not None and self.html is html else self.html
        self.tree = LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS)  # no script listens to events
        self.is_standard = _STANDARD.match(self.html) is not None
        """Whether case surely counts in classes and ids, as it does not in "quirks mode"."""
        self._scope: LexborHTMLParser | LexborNode = self.tree
        self._wider: Page | None = None
        self._base = Base(self.url)
        self.title: str | None = None
        self.canonical: str | None = None
        self.metas: dict[str, str] = {}
        self._properties: list[tuple[str, str]] = []
        self._scripts: list[str] = []
        self._stated = _Stated()
        self._read_head()

    @classmethod
    def of(cls, capture: Capture) -> Page:
        """The page of a capture.

        Raises:
            NotAnArticle: the capture is no page: an error, a redirect, a picture, nothing at all.
        """
        if not 200 <= capture.status < 300:
            raise NotAnArticle(f"the status is {capture.status}")
        if not _looks_like_html(capture):
            raise NotAnArticle(f"the content is {capture.media_type or 'not HTML'}")
        payload = bounded_bytes(capture.payload)
        html = None if payload.startswith(_BYTE_ORDER_MARKS) else utf8(payload)
        if html is None:
            return cls(capture.url, decoded(payload, capture.header("content-type")))
        return cls(capture.url, html, payload)

    @property
    def json_ld(self) -> tuple[Item, ...]:
        """The page's JSON-LD items."""
        if self._stated.json_ld is None:
            self._stated.json_ld = json_ld(self._scripts[:_MAX_SCRIPTS])
        return self._stated.json_ld

    @property
    def open_graph(self) -> dict[str, str]:
        """The page's OpenGraph properties."""
        if self._stated.open_graph is None:
            self._stated.open_graph = open_graph(self._properties, self._prefix)
        return self._stated.open_graph

    @property
    def utag_data(self) -> dict[str, object]:
        """The data that the CMS Pangea gives its analytics: a JavaScript literal, read, not run."""
        if self._stated.utag_data is None:
            self._stated.utag_data = _utag_data(self.html)
        return self._stated.utag_data

    def around(self, node: LexborNode) -> Iterator[LexborNode]:
        """The elements that ``node`` lies in, from the innermost up to where elements are looked up."""
        edge = self._scope.mem_id if isinstance(self._scope, LexborNode) else None
        while node.mem_id != edge and (parent := node.parent) is not None:
            yield parent
            node = parent

    @property
    def language(self) -> str | None:
        """``html[lang]``, as the page writes it."""
        return self._of_root("lang")

    @property
    def _prefix(self) -> str | None:
        head = self.tree.head
        return self._of_root("prefix") or (head.attributes.get("prefix") if head is not None else None) or None

    def _of_root(self, name: str) -> str | None:
        root = self.tree.root
        return (root.attributes.get(name) if root is not None else None) or None

    @property
    def body(self) -> LexborNode | None:
        """The ``body`` element."""
        return self.tree.body

    def first(self, selector: str) -> LexborNode | None:
        """Return the first element that matches, or None. An empty selector matches nothing."""
        if not selector:
            return None
        found = self._scope.css_first(selector)
        return self._wider.first(selector) if found is None and self._wider is not None else found

    def all(self, selector: str) -> list[LexborNode]:
        """Return the elements that match, in the page's order. An empty selector matches nothing."""
        if not selector:
            return []
        return self._scope.css(selector) or (self._wider.all(selector) if self._wider is not None else [])

    def part(self, scope: LexborNode | None, wider: Page | None = None) -> Self:
        """Return the page with its elements looked up in ``scope``, or the page itself where that is None.

        Two thirds of a page are navigation, teasers and footer, which every look-up would walk through. What is not
        found in ``scope`` is looked up in ``wider``, where that is given.
        """
        if scope is None:
            return self
        part = object.__new__(type(self))  # copy.copy takes ten times as long
        part.__dict__.update(self.__dict__)
        part._scope = scope
        part._wider = wider
        return part

    @property
    def scope(self) -> LexborNode | None:
        """The element in which elements are looked up; None for the whole page."""
        return self._scope if isinstance(self._scope, LexborNode) else None

    @property
    def whole(self) -> Self:
        """The page with its elements looked up anywhere."""
        whole = object.__new__(type(self))
        whole.__dict__.update(self.__dict__)
        whole._scope = self.tree
        whole._wider = None
        return whole

    def has(self, selector: str) -> bool:
        """Whether an element matches; what is asked of the ``body`` is answered by its classes."""
        alone, others = _alternatives(selector)
        if not alone.isdisjoint(self._body_classes):
            return True
        return any(
            (body_class is None or body_class in self._body_classes) and self.first(rest) is not None
            for body_class, rest in others
        )

    @cached_property
    def _body_classes(self) -> frozenset[str]:
        body = self.tree.body
        return frozenset((body.attributes.get("class") or "").split() if body is not None else ())

    def absolute(self, url: str | None) -> str | None:
        """Return ``url`` as an absolute http(s) URL of this page, or None where it is none.

        In a page from a web archive, addresses of the archive's copies become those of the originals.
        """
        joined = self._base.joined(url)
        return original_url(joined) or joined if joined is not None and self.is_archived else joined

    def _read_head(self) -> None:
        head = self.tree.head
        # A head that something ended too early has its rest in the body.
        is_whole = head is not None and head.css_first(_OF_HEAD) is not None
        links = head.css(_IN_HEAD) if head is not None and is_whole else self.tree.css(_IN_HEAD)
        for node in self.tree.css(_ANYWHERE)[:_MAX_HEAD]:
            attributes = node.attributes
            if node.tag == "meta":
                self._read_meta(attributes)
            elif _JSON_LD in (attributes["type"] or "").lower():
                self._scripts.append(node.text())
        for node in links[:_MAX_HEAD]:
            match node.tag:
                case "link":
                    self.canonical = self.canonical or node.attributes.get("href")
                case "title" if self.title is None:
                    self.title = node.text()
                case "base":
                    if base := self.absolute(node.attributes.get("href")):
                        self._base = Base(base)

    def _read_meta(self, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content")
        if not content or len(content) > _MAX_CONTENT:
            return
        if name := attributes.get("property"):
            self._properties.append((name, content))
            self.metas.setdefault(name.lower(), content)
        if name := attributes.get("name") or attributes.get("itemprop"):
            self.metas.setdefault(name.lower(), content)


@cache
def _alternatives(selector: str) -> tuple[frozenset[str], tuple[tuple[str | None, str], ...]]:
    """The alternatives of a selector: the body's classes alone; ``body.pg-x .player`` as that class and the rest."""
    alone: set[str] = set()
    others: list[tuple[str | None, str]] = []
    for alternative in [selector] if "(" in selector else selector.split(","):
        match = _BODY_CLASS.fullmatch(alternative.strip())
        if match is None:
            others.append((None, alternative.strip()))
        elif match[2]:
            others.append((match[1], match[2]))
        else:
            alone.add(match[1])
    return frozenset(alone), tuple(pair for pair in others if pair[1])


def _utag_data(html: str) -> dict[str, object]:
    start = html.find("utag_data")
    assignment = _UTAG_DATA.search(html, start) if start >= 0 else None
    value = read_literal(html, assignment.end() - 1) if assignment else None
    return value if isinstance(value, dict) else {}


def _looks_like_html(capture: Capture) -> bool:
    if capture.media_type in _HTML_TYPES:
        return bool(capture.payload[:_FIRST_BYTES].strip(_BLANK)) or bool(capture.payload.strip(_BLANK))
    start = capture.payload[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))
