"""Undo the HTML and Markdown that an extractor left in a copy: entities, tags, marks of headings and emphasis."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_ABOUT_MARKUP = re.compile(r"\b(?:HTML(?!5)|CSS|DOM|XML|SVG|JSX|JavaScript|Markdown|XSS|SQL)\b")
"""What a text about programming names: its tags are examples."""

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_MAX_NESTING = 3
"""How often an entity may be escaped again (``&amp;amp;quot;``)."""

_INLINE = "a|abbr|b|bdi|big|cite|code|del|em|font|i|ins|mark|nobr|q|s|small|span|strike|strong|sub|sup|time|u|wbr"
_BLOCK = (
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|footer|form|h[1-6]|head|header|hr|html"
    "|iframe|li|link|main|meta|nav|ol|p|picture|pre|section|source|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|{_BLOCK}|figure|img|figcaption)(?:\s[^<>]{{0,4000}})?/?>", re.I)
_ANY_TAG = re.compile(
    r"</?(?!(?:script|style|noscript|svg|path|button|input|label|figure|audio|track|option|select|textarea)\b)"
    r"[a-z][\w:.-]{0,30}(?:\s[^<>]{0,4000})?/?>",
    re.I,
)
_HIDDEN = re.compile(r"<!--|<(script|style|noscript)\b[^<>]{0,2000}>", re.I)
_FIGCAPTION = re.compile(r"<figcaption\b[^<>]{0,2000}>(.{0,1000}?)</figcaption\s*>", re.I | re.S)
_IMAGE_TAG = re.compile(r"<img\b[^<>]{0,4000}>", re.I)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')", re.I)

_IMAGE = re.compile(r"!\[([^\[\]]{0,2000})\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s+\"[^\"]{0,500}\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,1000})\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s+\"[^\"]{0,500}\")?\)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_CLOSED_HEADING = re.compile(r"\s+#{1,6}\s*$")
_QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,600}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>|-])")

_SHOWN = "\ue000"
"""A private character that opens a line which the markup calls a caption or an alternative text."""


class Plain(NamedTuple):
    """A copy without markup."""

    text: str
    shown: frozenset[str]
    """Raw lines that the markup calls captions or alternative texts."""


def without_markup(text: str) -> Plain:
    """Return ``text`` without entities, tags and Markdown, and which of its lines are captions by their markup.

    Tags of blocks become line breaks, as do images, whose alternative texts stand on lines of their own.
    """
    text = text.replace(_SHOWN, "")
    if "&" in text:
        text = _without_entities(text)
    if "<" in text and ">" in text and _ABOUT_MARKUP.search(text) is None:
        text = _without_tags(text)
    if "](" in text or "**" in text or "__" in text or _looks_like_markdown(text):
        text = _without_markdown(text)
    if _SHOWN not in text:
        return Plain(text, frozenset())
    shown = frozenset(line[1:] for line in text.splitlines() if line.startswith(_SHOWN))
    return Plain(text.replace(_SHOWN, ""), shown)


def _without_entities(text: str) -> str:
    for _ in range(_MAX_NESTING):
        if _ENTITY.search(text) is None:
            break
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return text


def _without_tags(text: str) -> str:
    if any(_TAG.fullmatch(tag) is None for tag in _ANY_TAG.findall(text)):
        return text  # another language than HTML: it is what the text is about
    text = _without_hidden(text)
    text = _FIGCAPTION.sub(lambda match: f"\n{_SHOWN}{_one_line(match[1])}\n", text)
    text = _IMAGE_TAG.sub(_alternative_text, text)
    return _TAG.sub(lambda match: "" if match["inline"] else "\n", text)


def _without_hidden(text: str) -> str:
    """Remove comments, scripts and styles; one that is not closed stays."""
    small = text.lower()
    if len(small) != len(text):
        return text  # a letter that takes two in small: places would not agree
    kept: list[str] = []
    place = 0
    unclosed: set[str] = set()
    for opening in _HIDDEN.finditer(text):
        closing = f"</{opening[1].lower()}" if opening[1] else "--"
        if opening.start() < place or closing in unclosed:
            continue
        found = small.find(closing, opening.end())
        end = small.find(">", found) if found >= 0 else -1
        if end < 0:
            unclosed.add(closing)
            continue
        kept += (text[place : opening.start()], " ")
        place = end + 1
    return "".join((*kept, text[place:]))


def _alternative_text(image: re.Match[str]) -> str:
    found = _ALT.search(image[0])
    alt = _one_line((found[1] or found[2] or "") if found else "")
    return f"\n{_SHOWN}{alt}\n" if " " in alt else "\n"


def _one_line(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


def _looks_like_markdown(text: str) -> bool:
    return text.startswith(("#", "*", "_", "> ")) or any(mark in text for mark in ("\n#", "\n*", "\n_", "\n> "))


def _without_markdown(text: str) -> str:
    text = _IMAGE.sub(lambda match: f"\n{_SHOWN}{_one_line(match[1])}\n" if " " in match[1].strip() else "\n", text)
    text = _LINK.sub(r"\1", text)
    return "\n".join(map(_without_marks, text.splitlines()))


def _without_marks(line: str) -> str:
    """Return a line without the marks of headings, quotes and emphasis."""
    bare = line.strip()
    if bare.startswith("#") and (heading := _HEADING.match(bare)):
        bare = _CLOSED_HEADING.sub("", bare[heading.end() :])
    elif bare.startswith(">") and (quote := _QUOTE.match(bare)):
        bare = bare[quote.end() :]
    if "*" in bare:
        bare = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", bare))
    if "_" in bare:
        bare = _UNDERLINED.sub(r"\1", _STRONG.sub(r"\2", bare))
    return _ESCAPE.sub(r"\1", bare) if "\\" in bare else bare
