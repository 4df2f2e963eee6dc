"""Videos and audio recordings of a page: its players, completed with its JSON-LD."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.blocks import places, within
from newscrawl.extract.entities import link, listed, plain, types_of
from newscrawl.extract.literals import read_literal
from newscrawl.extract.page import Page
from newscrawl.extract.text import clean
from newscrawl.items import MediaObject
from newscrawl.site import Layout

_DURATION = re.compile(r"P(?=[\dT])(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?")
_ELEMENTS = "video, audio"
_MAX_PLAYERS = 100
"""Players of one page that are read."""

Recordings = tuple[tuple[MediaObject, ...], tuple[MediaObject, ...]]
"""Videos and audio recordings."""


def recordings_of(page: Page, layout: Layout) -> Recordings:
    """Those of the page's players, completed with its JSON-LD."""
    videos: dict[str, MediaObject] = {}
    audios: dict[str, MediaObject] = {}
    players = page.all(layout.players) if page.first(_ELEMENTS) is not None else []
    beside = places(page.all(layout.foreign) if players else ())
    for player in players[:_MAX_PLAYERS]:
        element = player.css_first(_ELEMENTS)
        if element is None or within(player, beside):
            continue
        if media := _recording(page, player, element):
            (videos if element.tag == "video" else audios).setdefault(media.url, media)
    stated = stated_media(page)
    return _completed(videos, stated["VideoObject"]), _completed(audios, stated["AudioObject"])


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


def _completed(played: dict[str, MediaObject], stated: list[MediaObject]) -> tuple[MediaObject, ...]:
    for media in stated:
        known = played.get(media.url)
        if known is None and len(played) == len(stated) == 1:
            known = next(iter(played.values()))  # one player, one description: the same recording in two qualities
        if known is None:
            played[media.url] = media
        else:
            played[known.url] = replace(known, name=known.name or media.name, duration=known.duration or media.duration)
    return tuple(played.values())


def _recording(page: Page, player: LexborNode, element: LexborNode) -> MediaObject | None:
    attributes = element.attributes
    url = page.absolute(attributes.get("src")) or _best_source(page, element)
    if url is None:
        return None
    titled = player if player.attributes.get("data-title") else player.css_first("[data-title]")
    name = attributes.get("title") or (titled.attributes.get("data-title") if titled is not None else None)
    return MediaObject(url, clean(name or "") or None, _duration(attributes.get("data-duration")))


def _duration(value: Any) -> str | None:
    text = plain(value)
    return text if text and _DURATION.fullmatch(text) else None


def _best_source(page: Page, element: LexborNode) -> str | None:
    """The first of ``<source src>`` and of the player's ``data-sources``, a JSON list."""
    for source in element.css("source[src]"):
        if url := page.absolute(source.attributes.get("src")):
            return url
    sources = element.attributes.get("data-sources")
    entries: Any = read_literal(sources) if sources else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and (url := page.absolute(link(entry.get("Src")) or link(entry.get("Url")))):
            return url
    return None
