"""Change the source of a page in ways that its readers do not see, for metamorphic tests.

Every change takes the HTML of a page and yields ``(where, html)`` pairs, one for each place at which it applies. The
changes work on the source text, because that is where editors and systems make these mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Variants = Iterator[tuple[str, str]]
Change = Callable[[str], Variants]

_TOKEN = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript|svg|iframe)\b.*?</\1\s*>|</?[a-zA-Z][^\s/>]*(?:\"[^\"]*\"|'[^']*'|[^'\">])*>",
    re.S,
)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_BLOCK_ENDS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "figure", "div"})
_ATTRIBUTE = re.compile(r"""\s+([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")

_TEXT_OPENS = (
    r'<div class="wsw"[^>]*>',
    r'<div class="wordclick"[^>]*>',
    r'<div class="zoomMe"[^>]*>',
    r'<div class="article__body[^>]*>',
    r'<div class="wsw [^>]*>',
)


class Tag(NamedTuple):
    """A tag in the source."""

    name: str
    is_end: bool
    start: int
    end: int


def tags_of(html: str) -> list[Tag]:
    """Return the tags of a page, without those in scripts and comments."""
    found = []
    for match in _TOKEN.finditer(html):
        text = match[0]
        if text.startswith("<!--") or match[1]:
            continue
        name = _NAME.match(text)
        if name:
            found.append(Tag(name[1].lower(), text.startswith("</"), match.start(), match.end()))
    return found


def element_from(html: str, start: int) -> tuple[int, int, int]:
    """Return where the element that begins at ``start`` has its content, its end tag, and its end."""
    open_tags: list[str] = []
    inner = start
    for tag in tags_of(html[start:]):
        if tag.is_end:
            while open_tags and open_tags.pop() != tag.name:
                pass
            if not open_tags:
                return inner, start + tag.start, start + tag.end
        elif tag.name not in _VOID and not html[start + tag.start : start + tag.end].endswith("/>"):
            if not open_tags:
                inner = start + tag.end
            open_tags.append(tag.name)
    return inner, len(html), len(html)


def text_of_story(html: str) -> tuple[int, int, int, int] | None:
    """Return start, start of the content, end of the content and end of the element that holds the story's text.

    None for a page that has no such element, or several of them: there the changes have no plain meaning.
    """
    for pattern in _TEXT_OPENS:
        match = next(
            (
                m
                for m in re.finditer(pattern, html)
                if "statement-content" not in html[max(0, m.start() - 200) : m.start()]
            ),
            None,
        )
        if match:
            inner, end_tag, end = element_from(html, match.start())
            return match.start(), inner, end_tag, end
    return None


def boundaries(html: str) -> list[int]:
    """Return the places between the blocks of the story's text: after each block that is a child of its element."""
    span = text_of_story(html)
    if span is None:
        return []
    _, inner, end_tag, _ = span
    depth = 0
    found = []
    for tag in tags_of(html[inner:end_tag]):
        raw = html[inner + tag.start : inner + tag.end]
        if tag.is_end:
            depth -= 1
            if depth == 0 and tag.name in _BLOCK_ENDS:
                found.append(inner + tag.end)
        elif tag.name not in _VOID and not raw.endswith("/>"):
            depth += 1
    return found


def _content_span(html: str) -> tuple[int, int]:
    match = re.search(r'<div id="content"[^>]*>', html)
    if match is None:
        return 0, 0
    inner, end_tag, _ = element_from(html, match.start())
    return inner, end_tag


def stray(tag: str, count: int = 1) -> Change:
    """Return the change that adds end tags which close nothing that was opened there."""

    def change(html: str) -> Variants:
        places = boundaries(html)
        for number, place in enumerate(
            places[:-1] if count > 1 else places
        ):  # after the last one no text is pushed out
            yield str(number), html[:place] + f"</{tag}>" * count + html[place:]

    return change


def stray_anywhere(html: str) -> Variants:
    """Add one ``</div>`` after each ``</div>`` between the header and the text."""
    span = text_of_story(html)
    start, _ = _content_span(html)
    if not span or not start:
        return
    for number, tag in enumerate(tags_of(html[start : span[0]])):
        if tag.is_end and tag.name == "div":
            place = start + tag.end
            yield str(number), html[:place] + "</div>" + html[place:]


def missing(name: str) -> Change:
    """Return the change that leaves out one end tag of the story's text."""

    def change(html: str) -> Variants:
        span = text_of_story(html)
        if span is None:
            return
        _, inner, _, end = span
        for number, tag in enumerate(tags_of(html[inner:end])):
            if tag.is_end and tag.name == name:
                yield str(number), html[: inner + tag.start] + html[inner + tag.end :]

    return change


def missing_in_header(html: str) -> Variants:
    """Leave out one ``</div>`` between the start of the page's content and its text."""
    span = text_of_story(html)
    start, _ = _content_span(html)
    if not span or not start:
        return
    for number, tag in enumerate(tags_of(html[start : span[0]])):
        if tag.is_end and tag.name == "div":
            yield str(number), html[: start + tag.start] + html[start + tag.end :]


def wrapped_blocks(opening: str, closing: str) -> Change:
    """Return the change that puts all blocks of the text into one more element."""

    def change(html: str) -> Variants:
        span = text_of_story(html)
        if span:
            _, inner, end_tag, _ = span
            yield "text", html[:inner] + opening + html[inner:end_tag] + closing + html[end_tag:]

    return change


def wrapped_story(html: str) -> Variants:
    """Put the element of the text into one more."""
    span = text_of_story(html)
    if span:
        start, _, _, end = span
        yield "story", html[:start] + '<div class="extra">' + html[start:end] + "</div>" + html[end:]


def wrapped_each(html: str) -> Variants:
    """Put each paragraph of the text into one more element."""
    span = text_of_story(html)
    if span:
        _, inner, end_tag, _ = span
        text = re.sub(r"<p\b[^>]*>.*?</p>", lambda match: f"<div>{match[0]}</div>", html[inner:end_tag], flags=re.S)
        yield "each", html[:inner] + text + html[end_tag:]


def unwrapped(opening: str) -> Change:
    """Return the change that takes a wrapper away and leaves what it holds."""

    def change(html: str) -> Variants:
        for match in re.finditer(opening, html):
            inner, end_tag, end = element_from(html, match.start())
            yield "wrapper", html[: match.start()] + html[inner:end_tag] + html[end:]

    return change


def moved_lead_image(html: str) -> Variants:
    """Move the lead image one, two and three elements out, to the end of what it stood in."""
    cover = re.search(r'<div class="cover-media[^>]*>', html)
    if cover is None:
        return
    inner, end_tag, end = element_from(html, cover.start())
    image = html[inner:end_tag].strip()
    if not image:
        return
    rest = html[:inner] + html[end_tag:]
    place = inner + (end - end_tag)
    for steps in range(6):
        yield f"{steps} out", rest[:place] + image + rest[place:]
        following = re.compile(r"\s*</(?:div|section)>").match(rest, place)
        if following is None:
            return
        place = following.end()


def moved_text(html: str) -> Variants:
    """Move the element of the text one and two elements out."""
    span = text_of_story(html)
    if span is None:
        return
    start, _, _, end = span
    story = html[start:end]
    rest = html[:start] + html[end:]
    open_tags = 0
    steps = 0
    for tag in tags_of(rest[start:]):
        if not tag.is_end and tag.name not in _VOID and not rest[start + tag.start : start + tag.end].endswith("/>"):
            open_tags += 1
        elif tag.is_end and open_tags:
            open_tags -= 1
        elif tag.is_end:
            place = start + tag.end
            steps += 1
            yield f"{steps} out", rest[:place] + story + rest[place:]
            if steps == 2:
                return


def split_story(between: str) -> Change:
    """Return the change that makes two elements of the one that holds the text, with something between them."""

    def change(html: str) -> Variants:
        span = text_of_story(html)
        if span is None:
            return
        start, inner, _, _ = span
        for number, place in enumerate(boundaries(html)[:-1]):
            yield str(number), html[:place] + "</div>" + between + html[start:inner] + html[place:]

    return change


def at_boundaries(text: str) -> Change:
    """Return the change that puts something invisible between all blocks of the text."""

    def change(html: str) -> Variants:
        for place in reversed(boundaries(html)):
            html = html[:place] + text + html[place:]
        yield "all", html

    return change


def _each_tag(html: str, change: Callable[[str], str]) -> str:
    pieces = []
    last = 0
    for tag in tags_of(html):
        pieces += (html[last : tag.start], change(html[tag.start : tag.end]))
        last = tag.end
    return "".join(pieces) + html[last:]


def rewritten(change: Callable[[str], str]) -> Change:
    """Return the change that writes every tag another way."""

    def variants(html: str) -> Variants:
        yield "tags", _each_tag(html, change)

    return variants


def replaced(pattern: str, by: str, flags: int = 0) -> Change:
    """Return the change that replaces a pattern in the source."""

    def variants(html: str) -> Variants:
        changed = re.sub(pattern, by, html, flags=flags)
        if changed != html:
            yield "source", changed

    return variants


def _attributes(tag: str) -> tuple[str, list[tuple[str, str | None]], str]:
    name = _NAME.match(tag)
    assert name
    body = tag[name.end() : -1]
    is_closed = body.endswith("/")
    pairs = [(match[1], match[2]) for match in _ATTRIBUTE.finditer(body.removesuffix("/"))]
    return name[0], pairs, " />" if is_closed else ">"


def _joined(start: str, pairs: list[tuple[str, str | None]], end: str) -> str:
    return start + "".join(f" {name}" if value is None else f" {name}={value}" for name, value in pairs) + end


def _reversed_attributes(tag: str) -> str:
    start, pairs, end = _attributes(tag)
    return tag if tag.startswith("</") else _joined(start, pairs[::-1], end)


def _single_quotes(tag: str) -> str:
    if tag.startswith("</") or "'" in tag:
        return tag
    return tag.replace('"', "'")


def _without_quotes(tag: str) -> str:
    start, pairs, end = _attributes(tag)
    if tag.startswith("</"):
        return tag
    plain = [(n, v[1:-1] if v and re.fullmatch(r"[\"'][A-Za-z0-9_.:-]+[\"']", v) else v) for n, v in pairs]
    return _joined(start, plain, end)


def _upper_names(tag: str) -> str:
    name = _NAME.match(tag)
    assert name
    return name[0].upper() + tag[name.end() :]


def _upper_attributes(tag: str) -> str:
    start, pairs, end = _attributes(tag)
    return tag if tag.startswith("</") else _joined(start.upper(), [(n.upper(), v) for n, v in pairs], end)


def _more_attributes(tag: str) -> str:
    start, pairs, end = _attributes(tag)
    return tag if tag.startswith("</") else _joined(start, [("data-x", '"1"'), *pairs, ("data-y", None)], end)


def _without_slash(tag: str) -> str:
    name = _NAME.match(tag)
    is_void = name is not None and name[1].lower() in _VOID
    return tag[:-2].rstrip() + ">" if tag.endswith("/>") and is_void else tag


def _more_classes(tag: str) -> str:
    return re.sub(r'\bclass="([^"]*)"', r'class="  js-x \1\n js-y "', tag)


def _line_breaks(tag: str) -> str:
    start, pairs, end = _attributes(tag)
    if tag.startswith("</"):
        return tag[:-1] + "\n>"
    return start + "".join(f"\n\t{name}" if value is None else f"\n\t{name} = {value}" for name, value in pairs) + end


def minified(html: str) -> Variants:
    """Leave out the white space between tags of blocks, optional end tags, and optional quotes."""
    block = (
        r"div|p|h[1-6]|ul|ol|li|figure|figcaption|section|aside|blockquote|header|footer|main|article|body|html|head"
    )
    html = re.sub(rf"\s+(?=</?(?:{block}|script|meta|link|title)\b)", "", html)
    html = re.sub(rf"(</?(?:{block})\b[^>]*>)\s+(?=<)", r"\1", html)
    yield "white space", html
    yield "end tags", re.sub(r"</(?:p|li)>(?=\s*(?:<(?:p|li|ul|div|h2|/ul|/div)\b|<p>))", "", html)


def scripted(html: str) -> Variants:
    """Put scripts, styles and empty elements between all blocks."""
    for inserted in (
        "<script>var x = '<p>Never seen.</p>';</script>",
        "<style>p { color: red }</style>",
        "<noscript></noscript>",
        "<p></p>",
        "<p>&nbsp;</p>",
        "<div></div>",
        '<a name="x"></a>',
        "<span></span>",
        "<!-- <p>Never seen.</p> -->",
    ):
        for _, changed in at_boundaries(inserted)(html):
            yield inserted, changed


def glued(html: str) -> Variants:
    """End the document in the middle of the text, as glued parts of pages do."""
    for number, place in enumerate(boundaries(html)[:2]):
        yield str(number), html[:place] + "</body></html>" + html[place:]
        yield f"{number} again", html[:place] + "</body></html><html><body>" + html[place:]


def numeric_references(html: str) -> Variants:
    """Write letters of the text as references."""
    span = text_of_story(html)
    if span:
        _, inner, end_tag, _ = span

        def written(match: re.Match[str]) -> str:
            return "".join(
                f"&#x{ord(letter):x};" if ord(letter) > 127 or letter == "e" else letter for letter in match[0]
            )

        text = re.sub(r"(?<=>)[^<>&]+(?=<(?!/script))", written, html[inner:end_tag])
        yield "text", html[:inner] + text + html[end_tag:]


CHANGES: dict[str, Change] = {
    "stray </div>": stray("div"),
    "two stray </div>": stray("div", 2),
    "three stray </div>": stray("div", 3),
    "four stray </div>": stray("div", 4),
    **{f"stray </{tag}>": stray(tag) for tag in ("p", "span", "em", "strong", "a", "li", "ul", "section", "article")},
    **{
        f"stray </{tag}> of a table or form": stray(tag)
        for tag in ("table", "td", "figure", "figcaption", "form", "h2")
    },
    "stray </div> in the header": stray_anywhere,
    **{
        f"missing </{tag}>": missing(tag) for tag in ("p", "li", "figure", "figcaption", "div", "span", "em", "a", "ul")
    },
    "missing </blockquote>": missing("blockquote"),
    "missing </div> in the header": missing_in_header,
    "text in one more div": wrapped_blocks("<div>", "</div>"),
    "text in one more section": wrapped_blocks("<section>", "</section>"),
    "text in one more article": wrapped_blocks('<article class="x">', "</article>"),
    "text in one more span": wrapped_blocks("<span>", "</span>"),
    "text in one more form": wrapped_blocks('<form action="/">', "</form>"),
    "story in one more div": wrapped_story,
    "paragraphs in divs": wrapped_each,
    "without #article-content": unwrapped(r'<div id="article-content"[^>]*>'),
    "without .body-container": unwrapped(r'<div class="body-container"[^>]*>'),
    "without .hdr-container": unwrapped(r'<div class="hdr-container"[^>]*>'),
    "without rows": unwrapped(r'<div class="row"[^>]*>'),
    "without .cover-media": unwrapped(r'<div class="cover-media"[^>]*>'),
    "without .wsw__embed": unwrapped(r'<div class="wsw__embed"[^>]*>'),
    "without .img-wrap": unwrapped(r'<div class="img-wrap"[^>]*>'),
    "without .publishing-details": unwrapped(r'<div class="publishing-details[^>]*>'),
    "lead image moved out": moved_lead_image,
    "text moved out": moved_text,
    "two texts in a row": split_story("\n"),
    "two texts with a box between": split_story('<div class="region"><div class="ad"></div></div>'),
    "attributes in reverse": rewritten(_reversed_attributes),
    "single quotes": rewritten(_single_quotes),
    "no quotes": rewritten(_without_quotes),
    "upper-case tags": rewritten(_upper_names),
    "upper-case attributes": rewritten(_upper_attributes),
    "more attributes": rewritten(_more_attributes),
    "more classes": rewritten(_more_classes),
    "no slash in empty elements": rewritten(_without_slash),
    "line breaks in tags": rewritten(_line_breaks),
    "comments between blocks": at_boundaries("<!-- block -->"),
    "blank lines between blocks": at_boundaries("\n\n \t\r\n"),
    "scripts and empty elements between blocks": scripted,
    "minified": minified,
    "CRLF": replaced("\n", "\r\n"),
    "no doctype": replaced(r"<!DOCTYPE[^>]*>\s*", "", re.I),
    "doctype of XHTML": replaced(
        r"<!DOCTYPE[^>]*>",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        re.I,
    ),
    "no end of the document": replaced(r"</body>\s*</html>\s*$", ""),
    "glued documents": glued,
    "numeric references": numeric_references,
}
