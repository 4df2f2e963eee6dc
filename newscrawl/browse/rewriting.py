"""Rewrite an archived page so that all its URLs lead into the archive.

Nothing of the page runs or makes requests to the network.

The Content-Security-Policy of :mod:`newscrawl.browse.policy` is what keeps an archived page in; this rewriting makes
the page look right under it, and takes out what a policy does not cover (preconnections, DNS prefetching, refreshes).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_REWRITTEN = 16 * 1024 * 1024
"""Characters of a page or style sheet that are rewritten; what comes after is cut off."""

Place = Callable[[str, str], str]
"""From an absolute URL and what it is for (``page``, ``image``, ``style``, ``font``, ``media``) to its address in
the archive.
"""

_REMOVED_TAGS = "script, base, object, embed, applet, portal, fencedframe, template"
_REMOVED_LINKS = frozenset(
    (
        "preconnect",
        "dns-prefetch",
        "prefetch",
        "preload",
        "modulepreload",
        "prerender",
        "manifest",
        "serviceworker",
        "import",
    )
)
"""``link`` relations that make a browser open connections or fetch ahead."""
_KEPT_LINKS = frozenset(("stylesheet", "icon"))
"""``link`` relations whose target is shown."""
_ADDRESSES = {
    "a": {"href": "page"},
    "area": {"href": "page"},
    "img": {"src": "image", "srcset": "image", "data-src": "image", "lowsrc": "image"},
    "source": {"src": "media", "srcset": "image"},
    "video": {"src": "media", "poster": "image"},
    "audio": {"src": "media"},
    "track": {"src": "media"},
    "iframe": {"src": "page"},
    "frame": {"src": "page"},
    "input": {"src": "image"},
    "body": {"background": "image"},
    "table": {"background": "image"},
    "td": {"background": "image"},
    "image": {"href": "image", "xlink:href": "image"},
    "use": {"href": "image", "xlink:href": "image"},
    "blockquote": {"cite": "page"},
    "q": {"cite": "page"},
}
"""Attributes that hold an address, by tag, with what the address is for."""
_REMOVED_ATTRIBUTES = frozenset(
    ("ping", "target", "integrity", "nonce", "srcdoc", "formaction", "action", "autofocus", "http-equiv", "crossorigin")
)
_CSS_ADDRESS = re.compile(
    r"""(?P<before>@import\s+(?:url\(\s*)?|url\(\s*)(?:"(?P<double>[^"\\\n]{0,4000})"|'(?P<single>[^'\\\n]{0,4000})'|(?P<bare>[^)"'\s\\;]{1,4000}))""",
    re.IGNORECASE,
)
_SRCSET = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(\s+[\d.]+[wx])?\s*(?:,|$)")
_CHARSET_FIRST = re.compile(r"^\s*@charset[^;]*;", re.IGNORECASE)


def rewritten_page(html: str, base: str, place: Place, *, scripts: bool = False) -> str:
    """Return ``html``, the page at ``base``, with every address led through ``place``.

    Without ``scripts``, script elements and event attributes leave. ``javascript:`` addresses leave in any case.
    """
    tree = LexborHTMLParser(html[:MAX_REWRITTEN])
    base = _base(tree, base)
    for node in tree.css(_REMOVED_TAGS):
        if not (scripts and node.tag == "script"):
            node.decompose()
    for node in tree.css("meta[http-equiv]"):
        node.decompose()
    for node in tree.css("link"):
        _rewrite_link(node, base, place)
    for node in tree.css("style"):
        text = node.text(deep=True)
        rewritten = rewritten_style(text, base, place)
        if rewritten != text:
            _set_text(node, rewritten)
    for node in tree.css("*"):
        _rewrite_attributes(node, base, place, scripts=scripts)
    root = tree.root
    return f"<!DOCTYPE html>\n{root.html or ''}" if root is not None else ""


def rewritten_style(css: str, base: str, place: Place) -> str:
    """Return the style sheet ``css``, which is at ``base``, with every address led through ``place``."""

    def replaced(match: re.Match[str]) -> str:
        quote = '"' if match["double"] is not None else "'" if match["single"] is not None else ""
        url = (match["double"] or match["single"] or match["bare"] or "").strip()
        if not url or url.startswith(("data:", "#")):
            return match[0]
        kind = "style" if match["before"].lower().startswith("@import") else "image"
        absolute = _absolute(url, base)
        return f"{match['before']}{quote}{place(absolute, kind) if absolute else ''}{quote}"

    return _CSS_ADDRESS.sub(replaced, _CHARSET_FIRST.sub("", css[:MAX_REWRITTEN], count=1))


def _base(tree: LexborHTMLParser, url: str) -> str:
    """Return what relative addresses of the page are relative to."""
    node = tree.css_first("base[href]")
    href = (node.attributes.get("href") or "").strip() if node is not None else ""
    return _absolute(href, url) or url


def _rewrite_link(node: LexborNode, base: str, place: Place) -> None:
    relations = frozenset((node.attributes.get("rel") or "").lower().split())
    href = node.attributes.get("href")
    if relations & _REMOVED_LINKS or not relations & _KEPT_LINKS or not href:
        node.decompose()
        return
    absolute = _absolute(href, base)
    if absolute is None:
        node.decompose()
        return
    node.attrs["href"] = place(absolute, "style" if "stylesheet" in relations else "image")


def _rewrite_attributes(node: LexborNode, base: str, place: Place, *, scripts: bool) -> None:
    wanted = _ADDRESSES.get(node.tag or "", {})
    for name, value in list(node.attributes.items()):
        lowered = name.lower()
        if lowered in _REMOVED_ATTRIBUTES or (lowered.startswith("on") and not scripts):
            del node.attrs[name]
        elif lowered == "style" and value:
            node.attrs[name] = rewritten_style(value, base, place)
        elif lowered in wanted and value:
            node.attrs[name] = _address(lowered, value, base, place, wanted[lowered])
        elif lowered == "src" and node.tag == "script" and value:
            absolute = _absolute(value, base)
            node.attrs[name] = place(absolute, "script") if absolute else ""


def _address(name: str, value: str, base: str, place: Place, kind: str) -> str:
    if name == "srcset":
        parts = []
        for match in _SRCSET.finditer(value):
            absolute = _absolute(match[1], base)
            if absolute:
                parts.append(place(absolute, kind) + (match[2] or ""))
        return ", ".join(parts)
    if value.startswith("#") or (kind != "page" and value.startswith("data:")):
        return value
    absolute = _absolute(value, base)
    return place(absolute, kind) if absolute else "#"


def _absolute(url: str, base: str) -> str | None:
    """Return ``url`` made absolute, or None when it is no http address."""
    try:
        absolute = urljoin(base, "".join(character for character in url.strip() if character not in "\t\r\n"))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None


def _set_text(node: LexborNode, text: str) -> None:
    """Replace the text of a ``style`` element; a closing tag in it cannot end the element early."""
    safe = text.replace("</", "<\\/")
    for child in list(node.iter(include_text=True)):
        child.decompose()
    node.insert_child(safe)
