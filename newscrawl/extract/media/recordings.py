"""Videos and audio recordings of a page: its players, completed with its JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import places, within
from newscrawl.extract.jsonld.js_literals import read_literal
from newscrawl.extract.jsonld.values import link, listed, plain, types_of
from newscrawl.items import MediaObject
from newscrawl.site import Layout

_DURATION = re.compile(r"P(?=[\dT])(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?")
_NUMBER = re.compile(r"\d{1,6}")
_ELEMENTS = "video, audio"
_MAX_PLAYERS = 100
"""Players of one page that are read."""

Recordings = tuple[tuple[MediaObject, ...], tuple[MediaObject, ...]]
"""Videos and audio recordings."""


def recordings_of(page: Page, layout: Layout) -> Recordings:
    """Those of the page's players, completed with its JSON-LD; a recording in several qualities is one."""
    videos, audios = _Found(), _Found()
    players = page.all(layout.players) if page.first(_ELEMENTS) is not None else []
    beside = places(page.all(layout.foreign) if players else ())
    for player in players[:_MAX_PLAYERS]:
        element = player.css_first(_ELEMENTS)
        if element is None or within(player, beside):
            continue
        if urls := _urls(page, element):
            found = videos if element.tag == "video" else audios
            found.add(
                MediaObject(urls[0], _name(player, element), _duration(element.attributes.get("data-duration"))), urls
            )
    stated = stated_media(page)
    return videos.completed(stated["VideoObject"]), audios.completed(stated["AudioObject"])


@dataclass(slots=True)
class _Found:
    """Recordings in the page's order."""

    media: dict[str, MediaObject] = field(default_factory=dict)
    """By the URL that stands for it."""
    keys: dict[str, str] = field(default_factory=dict)
    """That URL, by the URL of each quality."""

    def add(self, media: MediaObject, urls: Iterable[str]) -> None:
        """Add a recording that ``urls`` lead to, or complete the one that one of them led to before."""
        urls = list(urls)
        key = next((self.keys[url] for url in urls if url in self.keys), media.url)
        known = self.media.get(key, media)
        self.media[key] = MediaObject(key, known.name or media.name, known.duration or media.duration)
        self.keys.update(dict.fromkeys(urls, key))

    def completed(self, stated: list[MediaObject]) -> tuple[MediaObject, ...]:
        """All, with those that JSON-LD states, and what it says of these."""
        is_one = len(self.media) == len(stated) == 1  # one player, one description: the same in two qualities
        for media in stated:
            self.add(media, [*self.media, media.url] if is_one else [media.url])
        return tuple(self.media.values())


def stated_media(page: Page) -> dict[str, list[MediaObject]]:
    """What the JSON-LD says of videos and audio recordings, on their own or within an article."""
    found: dict[str, list[MediaObject]] = {"VideoObject": [], "AudioObject": []}
    for item in page.json_ld:
        for candidate in (item, *listed(item.get("video")), *listed(item.get("audio"))):
            for kind in types_of(candidate):
                url = page.absolute(link(candidate.get("contentUrl")) or link(candidate.get("embedUrl")))
                if kind in found and url:
                    found[kind].append(
                        MediaObject(url, plain(candidate.get("name")), _duration(candidate.get("duration")))
                    )
    return found


def _name(player: LexborNode, element: LexborNode) -> str | None:
    titled = player if player.attributes.get("data-title") else player.css_first("[data-title]")
    return plain(
        element.attributes.get("title") or (titled.attributes.get("data-title") if titled is not None else None)
    )


def _duration(value: Any) -> str | None:
    text = plain(value)
    return text if text and _DURATION.fullmatch(text) else None


def _urls(page: Page, element: LexborNode) -> list[str]:
    """The URLs of a recording: what is played first, then the best of the other qualities, then the rest."""
    attributes = element.attributes
    played = page.absolute(attributes.get("src"))
    others = sorted(_sources(page, element), key=lambda source: -source[1])
    fallback = page.absolute(attributes.get("data-fallbacksrc"))
    urls = (played, *(url for url, _ in others), fallback)
    return list(dict.fromkeys(url for url in urls if url))


def _sources(page: Page, element: LexborNode) -> Iterator[tuple[str, int]]:
    """URL and quality of each ``<source src>`` and of what the player's ``data-sources`` lists, which is JSON."""
    for source in element.css("source[src]"):
        if url := page.absolute(source.attributes.get("src")):
            yield url, 0
    sources = element.attributes.get("data-sources")
    entries: Any = read_literal(sources) if sources else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and (url := page.absolute(link(entry.get("Src")) or link(entry.get("Url")))):
            yield url, _quality(entry.get("DataInfo"))


def _quality(info: Any) -> int:
    """The number in ``720p`` or ``128 kbps``; 0 where there is none."""
    number = _NUMBER.search(info) if isinstance(info, str) else None
    return int(number[0]) if number else 0
