"""Videos and audio recordings of a page: its players, completed with its JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.classify import Regions
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

_MEDIA_FILE = re.compile(r"\.(?:(?P<video>mp4|m4v|mov|webm|m3u8|flv)|mp3|m4a|aac|ogg|oga|opus|wav|wma)(?=$|[?#])", re.I)
_NUMBER_OF_LINES = re.compile(r"(\d{3,4})p\b|(?<=_)(\d{3,4})(?=k?\.mp4)", re.I)

_EMBEDS = "iframe, lite-youtube, .externalMedia, .mediaReplacer, .fb-video, .tiktok-embed"
"""Elements that show a video of another platform, or hold the script that does."""

_EMBED_ATTRIBUTES = ("src", "data-src", "data-lazy-src", "data-href", "cite")
_EXTERNAL_CONTENT = re.compile(r"renderExternalContent\(\s*([\"'])(.{1,500}?)\1")
_PLATFORM = re.compile(
    r"https?://(?:[\w-]+\.)*(?:"
    r"youtube(?:-nocookie)?\.com/(?:embed/|watch|shorts/|live/|v/)|youtu\.be/\w|vimeo\.com/(?:video/)?\d"
    r"|dailymotion\.com/(?:embed/)?video/|dai\.ly/|rutube\.ru/(?:play/embed|video)/|(?:vk\.com|vkvideo\.ru)/video"
    r"|ok\.ru/video|facebook\.com/(?:plugins/video|watch|[\w.-]+/videos/|reel/|video)|tiktok\.com/(?:embed|player|@[\w.-]+/video/)"
    r"|players\.brightcove\.net/|jwplayer\.com/(?:players|previews)/|rumble\.com/embed/|bitchute\.com/embed/"
    r"|odysee\.com/|twitch\.tv/|coub\.com/embed/|aparat\.com/video/|instagram\.com/(?:reel|tv)/|c-span\.org/video/"
    r"|ted\.com/talks/|bilibili\.com/|streamable\.com/|kaltura\.com/)",
    re.I,
)
"""Addresses of videos on platforms that others may embed."""

Recordings = tuple[tuple[MediaObject, ...], tuple[MediaObject, ...]]
"""Videos and audio recordings."""


def recordings_of(page: Page, layout: Layout) -> Recordings:
    """Return those of the page's players, completed with its JSON-LD; a recording in several qualities is one.

    Videos of other platforms, which editors embed in a text, follow the page's own.
    """
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
    for is_video, urls in _downloads(page, layout):
        (videos if is_video else audios).add(MediaObject(urls[0]), urls)
    stated = stated_media(page)
    shown = videos.completed(stated["VideoObject"])
    known = {media.url for media in shown}
    embedded = tuple(media for media in embedded_videos(page, layout) if media.url not in known)
    return (*shown, *embedded), audios.completed(stated["AudioObject"])


def _downloads(page: Page, layout: Layout) -> Iterator[tuple[bool, list[str]]]:
    """Yield the recordings that links of the layout lead to: whether it is a video, and its files, the best first."""
    groups: dict[tuple[int, bool], list[tuple[int, str]]] = {}
    for anchor in page.all(layout.downloads)[:_MAX_PLAYERS]:
        url = page.absolute(anchor.attributes.get("href"))
        kind = _MEDIA_FILE.search(url) if url else None
        if url is None or kind is None:
            continue
        group = anchor.parent
        while group is not None and group.tag in ("li", "ul", "p", "span"):
            group = group.parent
        key = (group.mem_id if group is not None else 0, kind["video"] is not None)
        quality = _NUMBER_OF_LINES.search(f"{anchor.text()} {url}")
        groups.setdefault(key, []).append((int(quality[1] or quality[2]) if quality else 0, url))
    for (_, is_video), files in groups.items():
        yield is_video, list(dict.fromkeys(url for _, url in sorted(files, key=lambda file: -file[0])))


def embedded_videos(page: Page, layout: Layout) -> Iterator[MediaObject]:
    """Yield the videos of other platforms that stand in the page's part: frames, and what scripts make frames of."""
    nodes = page.part(page.first(layout.main)).all(_EMBEDS)[:_MAX_PLAYERS]
    if not nodes:
        return
    boxes = Regions(page, ", ".join(filter(None, (layout.foreign, layout.beside))))
    seen: set[str] = set()
    for node in nodes:
        if boxes.hold(node):
            continue
        attributes = node.attributes
        stated = next((value for name in _EMBED_ATTRIBUTES if (value := attributes.get(name))), None)
        if stated is None and node.tag == "div" and (script := node.css_first("script")) is not None:
            call = _EXTERNAL_CONTENT.search(script.text())
            stated = call[2] if call else None
        elif identifier := attributes.get("videoid"):
            stated = f"https://www.youtube.com/watch?v={identifier}"
        url = page.absolute(stated)
        if url and url not in seen and _PLATFORM.match(url):
            seen.add(url)
            yield MediaObject(url, plain(attributes.get("title") or attributes.get("playlabel")))


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
