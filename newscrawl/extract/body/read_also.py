"""Paragraphs of a text that send the reader to another story, told by their words and by what of them is a link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import BARE_LINE, BREAK, LINE, block_of, text_of
from newscrawl.extract.phrases.read_also_labels import MAX_POINTER, label_forms, label_length, may_point
from newscrawl.extract.text import clean, comparable
from newscrawl.items import Link, Removed

_MAX_ANCHORS = 1_000
"""Links of one text that are looked at."""

_MAX_POINTERS = 200
"""Paragraphs of one text that are taken for pointers; a longer list is none that editors wrote."""

_MAX_TEXT = 500_000
"""Characters of the blocks around links that are read."""

_EDGE = re.compile(f"[{BREAK}{LINE}{BARE_LINE}]")


class Pointed(NamedTuple):
    """A text without its pointers."""

    paragraphs: list[str]
    links: list[Link]
    """Where they point."""
    removed: list[Removed]


class _Told(NamedTuple):
    """What the paragraphs are that may point elsewhere."""

    pointers: frozenset[str]
    labels: frozenset[str]
    """Labels in paragraphs of their own."""
    titles: frozenset[str]
    """Nothing but links."""


def without_pointers(page: Page, container: LexborNode, paragraphs: list[str]) -> Pointed:
    """``paragraphs``, as they were read of ``container``, without those that point to other stories.

    A pointer is ``Read also: …`` with a link in it; ``Read also`` before nothing but links; and ``Read also`` in a
    paragraph of its own with those after it that are nothing but links.
    """
    wanted = _candidates(paragraphs)
    if not wanted:
        return Pointed(paragraphs, [], [])
    linked = _linked(page, container, wanted)
    told = _told(wanted, linked)
    kept: list[str] = []
    pointers: list[str] = []
    place = 0
    while place < len(paragraphs):
        length = _pointers_at(paragraphs, place, told)
        pointers += paragraphs[place : place + length]
        kept += paragraphs[place + length : place + max(length, 1)]
        place += max(length, 1)
    links = [link for text in dict.fromkeys(pointers) for link in linked.get(text, ())]
    return Pointed(kept, links, [Removed(text, "related") for text in pointers])


def _candidates(paragraphs: Sequence[str]) -> frozenset[str]:
    """What begins like a pointer, and what follows a label that stands alone."""
    found: set[str] = set()
    after_label = False
    for paragraph in paragraphs:
        if len(found) >= _MAX_POINTERS:
            break
        points = may_point(paragraph)
        if points or (after_label and len(paragraph) <= MAX_POINTER):
            found.add(paragraph)
            after_label = after_label or comparable(paragraph) in label_forms()
        else:
            after_label = False
    return frozenset(found)


def _told(wanted: frozenset[str], linked: Mapping[str, Sequence[Link]]) -> _Told:
    beside = {text: _beside(text, links) for text, links in linked.items()}
    return _Told(
        pointers=frozenset(
            text for text, form in beside.items() if may_point(text) and (label_length(text) or form in label_forms())
        ),
        labels=frozenset(text for text in wanted if comparable(text) in label_forms()),
        titles=frozenset(text for text, form in beside.items() if not form),
    )


def _beside(paragraph: str, links: Sequence[Link]) -> str:
    """What of a paragraph stands before the links that close it, in comparable form."""
    return comparable(paragraph).removesuffix(comparable("".join(link.name or "" for link in links)))


def _pointers_at(paragraphs: Sequence[str], place: int, told: _Told) -> int:
    """How many paragraphs from ``place`` on are one pointer."""
    if paragraphs[place] in told.pointers:
        return 1
    if paragraphs[place] not in told.labels:
        return 0
    end = place + 1
    while end < len(paragraphs) and paragraphs[end] in told.titles:
        end += 1
    return end - place if end > place + 1 else 0  # a label without links is told by its words alone


def _linked(page: Page, container: LexborNode, wanted: frozenset[str]) -> dict[str, list[Link]]:
    """The links of the ``wanted`` paragraphs, where they have any; their names are without the label."""
    anchors: defaultdict[int, list[tuple[str, LexborNode]]] = defaultdict(list)
    blocks: dict[int, LexborNode] = {}
    texts = "\n".join(wanted)
    for anchor in container.css("a[href]")[:_MAX_ANCHORS]:
        text = text_of(anchor)
        block = block_of(anchor, container) if text and text in texts else None
        if text and block is not None:
            blocks[block.mem_id] = block
            anchors[block.mem_id].append((text, anchor))
    linked: dict[str, list[Link]] = {}
    read = 0
    for number, block in blocks.items():
        marked = block.text()
        read += len(marked)
        if read > _MAX_TEXT:
            break
        for paragraph in _paragraphs_in(marked) & wanted:
            for text, anchor in anchors[number]:
                url = page.absolute(anchor.attributes.get("href"))
                if url and text in paragraph:
                    linked.setdefault(paragraph, []).append(Link(url, text[label_length(text) :]))
    return linked


def _paragraphs_in(marked: str) -> set[str]:
    """What may be paragraphs of a block: between breaks, and between lines."""
    return {clean(piece) for piece in (*marked.split(BREAK), *_EDGE.split(marked))}
