"""A small archive for tests of ``newscrawl browse``: articles in ten scripts, a revision, and a page that attacks."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.indexing import entries_of
from newscrawl.files.sources import Source

WORDS = {
    "en": ("Bridge Of Quillhaven Opens", "Workers crossed the bridge on Tuesday."),
    "ru": ("Мост открыт", "Рабочие перешли мост ещё утром."),
    "fa": ("پل باز شد", "کارگران از پل گذشتند و کتاب‌ها را بردند."),
    "ar": ("افتتاح الجسر", "عبر العمّال الجسر صباح الثلاثاء."),
    "ka": ("ხიდი გაიხსნა", "მუშებმა ხიდი გადაკვეთეს."),
    "hy": ("Կամուրջը բացվեց", "Բանվորներն անցան կամուրջը և գնացին։"),
    "zh": ("大桥开通", "工人们星期二走过大桥。"),
    "th": ("สะพานเปิดแล้ว", "คนงานข้ามสะพานเมื่อวันอังคาร"),
    "my": ("တံတားဖွင့်လှစ်", "အလုပ်သမားများ တံတားကိုဖြတ်ကျော်ခဲ့သည်။"),
    "bo": ("ཟམ་པ་སྒོ་ཕྱེ།", "ལས་མི་རྣམས་ཟམ་པ་བརྒལ།"),
}
"""Headline and one sentence of an article in each language."""
LONG_HEADLINE = "Orchard Keepers Count Their Trees"
LONG_TEXT = [
    "The keepers of the orchard above the town counted its trees on Tuesday and found that a storm had taken three.",
    "Greta Osmund, who keeps the accounts, said that new ones would be planted before the end of the month.",
    "The council has set money aside for the work, and the school has offered to help with the watering in summer.",
    "Visitors may walk through the orchard again from Friday on, when the last branches have been taken away.",
]
DATE = "2026-03-05T12:00:00Z"
HOST = "https://www.wendcourier.example"
_ATTACK = "http://127.0.0.1:{port}"

HOSTILE = """<!DOCTYPE html><html><head><title>trap</title>
<base href="{attack}/base/">
<meta http-equiv="refresh" content="0;url={attack}/refresh">
<link rel="preconnect" href="{attack}"><link rel="dns-prefetch" href="{attack}">
<link rel="preload" as="image" href="{attack}/preload.png"><link rel="prefetch" href="{attack}/prefetch">
<link rel="modulepreload" href="{attack}/module.js"><link rel="manifest" href="{attack}/manifest.json">
<link rel="stylesheet" href="{attack}/style.css">
<style>@import "{attack}/import.css"; body {{ background: url({attack}/background.png); }}
@font-face {{ font-family: x; src: url('{attack}/font.woff'); }} p {{ font-family: x; }}</style>
<script>fetch("{attack}/fetch"); new WebSocket("ws://127.0.0.1:{port}/socket"); top.location = "{attack}/top";</script>
<script>setTimeout(() => {{ location = "{attack}/self"; }}, 500); open("{attack}/open");</script>
<script src="{attack}/script.js"></script>
</head><body onload="fetch('{attack}/onload')">
<p>Workers crossed the bridge.</p>
<img src="{attack}/image.png" srcset="{attack}/set.png 1x" onerror="fetch('{attack}/onerror')">
<img src="javascript:fetch('{attack}/javascript')">
<a id="link" href="{attack}/link" target="_top" ping="{attack}/ping">link</a>
<a id="script-link" href="javascript:fetch('{attack}/clicked')">script</a>
<form action="{attack}/form" method="post"><input name="a" value="b"><button id="send">send</button></form>
<iframe src="{attack}/frame"></iframe><iframe srcdoc="&lt;img src='{attack}/srcdoc.png'&gt;"></iframe>
<iframe src="data:text/html,&lt;img src='{attack}/data.png'&gt;"></iframe>
<object data="{attack}/object"></object><embed src="{attack}/embed">
<video src="{attack}/video.mp4" poster="{attack}/poster.png" autoplay></video>
<audio src="{attack}/audio.mp3" autoplay></audio>
<svg><image href="{attack}/svg.png"/><script>fetch("{attack}/svgscript")</script><use href="{attack}/use.svg#a"/></svg>
<script>navigator.serviceWorker.register("{attack}/worker.js")</script>
<table background="{attack}/table.png"><tr><td style="background-image: url({attack}/cell.png)">x</td></tr></table>
</body></html>"""


@dataclass(frozen=True, slots=True)
class Served:
    """A running ``newscrawl browse``."""

    address: str
    folder: Path


def make_library(folder: Path, attack_port: int) -> None:
    """Write articles, archive and index below ``folder``."""
    archive = folder / "warc"
    archive.mkdir(parents=True)
    lines, records = [], []
    for number, (language, (headline, sentence)) in enumerate(WORDS.items()):
        url = f"{HOST}/{language}/{number}.html"
        page = f"<html lang={language}><title>{headline}</title><h1>{headline}</h1><p>{sentence}</p></html>"
        records.append((url, DATE, page.encode(), "text/html; charset=utf-8"))
        lines.append((url, DATE, headline, [sentence], language))
    changed = "Workers crossed the new bridge on Wednesday."
    url = f"{HOST}/en/0.html"
    records.append((url, "2026-03-06T12:00:00Z", f"<h1>Bridge</h1><p>{changed}</p>".encode(), "text/html"))
    lines.append((url, "2026-03-06T12:00:00Z", WORDS["en"][0], [changed], "en"))
    attack = _ATTACK.format(port=attack_port)
    trap = f"{HOST}/trap.html"
    records.append((trap, DATE, HOSTILE.format(attack=attack, port=attack_port).encode(), "text/html"))
    lines.append(
        (trap, DATE, '<script>alert("headline")</script> & more', ["<img src=x onerror=alert(1)> \x1b[31mred"], "en")
    )
    url = f"{HOST}/2026/03/05/{LONG_HEADLINE.lower().replace(' ', '-')}.html"
    records.append((url, DATE, _long_page().encode(), "text/html; charset=utf-8"))
    lines.append((url, DATE, LONG_HEADLINE, LONG_TEXT, "en"))
    places = _write_archive(archive / "library-00000.warc.gz", records)
    articles = folder / "articles"
    articles.mkdir()
    with (articles / "library.jsonl").open("w", encoding="utf-8") as out:
        for url, date, headline, paragraphs, language in lines:
            out.write(
                json.dumps(_article(url, date, headline, paragraphs, language, places[url, date]), ensure_ascii=False)
                + "\n"
            )


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """Run ``newscrawl browse`` over ``folder`` on free ports until the block ends."""
    command = [sys.executable, "-m", "scrapy", "browse", "--port", "0", *options, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert " at http://" in line, line + process.stdout.read()
        yield Served(line.split(" at ")[1].split()[0], folder)
    finally:
        process.terminate()
        process.wait()


def _long_page() -> str:
    """Return a page that any extractor takes for an article, with statements about its fields."""
    paragraphs = "".join(f"<p>{text}</p>" for text in LONG_TEXT)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{LONG_HEADLINE}</title><meta property="og:title"'
        f' content="{LONG_HEADLINE}"><meta property="article:published_time" content="2026-03-05T10:00:00Z"></head>'
        f"<body><article><h1>{LONG_HEADLINE}</h1>{paragraphs}</article></body></html>"
    )


def _write_archive(path: Path, records: list[tuple[str, str, bytes, str]]) -> dict[tuple[str, str], int]:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for url, date, body, media_type in records:
            headers = [("Content-Type", media_type), ("Content-Length", str(len(body)))]
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
                )
            )
    entries = list(entries_of(Source(str(path)), lambda error: None))
    path.with_name("library-00000.cdxj").write_bytes(b"".join(sorted(entry.line() for entry in entries)))
    return {(entry.url, f"{entry.date:%Y-%m-%dT%H:%M:%SZ}"): entry.offset for entry in entries}


def _article(
    url: str, date: str, headline: str, paragraphs: list[str], language: str, offset: int
) -> dict[str, object]:
    return {
        "url": url,
        "type": "NewsArticle",
        "headline": headline,
        "articleBody": "\n\n".join(paragraphs),
        "paragraphs": paragraphs,
        "datePublished": date.replace("Z", "+00:00"),
        "authors": [{"name": "Ivo Tarrant", "nameRaw": None, "url": None}],
        "inLanguage": language,
        "images": [],
        "removed": [{"text": "<b>With reporting by AP</b>", "reason": "credit"}],
        "metadata": {
            "dateDownloaded": date,
            "site": None,
            "layout": "general",
            "warcFilename": "library-00000.warc.gz",
            "warcOffset": offset,
            "articleDigest": None,
            "validationMessages": ["no author"],
        },
    }
