"""Writes pages on the markup of Pangea, release 8.31 of 2024, as saved pages of voanews.com show it.

The texts are those of the tests. What rests on public scrapers alone (live blogs, read-also boxes, galleries, the
bio) or on stored page texts (stacked pages) is written as they say it is; see the docstrings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

from newscrawl.capture import Capture, Headers

GUID = "01000000-0aff-0242-d5d7-08dc658aabd0"


@dataclass
class Pangea:
    """One page; every part can be replaced or left out."""

    headline: str = "Bridge Reopens After Flood"
    url: str = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"
    lang: str = "en"
    direction: str = "ltr"
    body_class: str = "pg-article print-lay-article"
    wsw: str = "<p>The bridge was closed for nine days.</p><p>It carries 4,000 cars an hour.</p>"
    section: str | None = "News"
    bylines: Iterable[tuple[str, str | None]] = (("Anna Weaver", "/author/anna-weaver/abcd"),)
    by: str = "By "
    published: str | None = "2024-04-28T03:00:00-04:00"
    shown: str = "April 28, 2024 3:00 AM"
    cover: str | None = None
    after: str = ""
    beside: str = ""
    json_ld: dict[str, Any] | str | None = field(default_factory=dict)
    metas: str = ""
    utag: str = ""
    before_body: str = ""

    def json_ld_script(self) -> str:
        """As the CMS writes it: blanks in dates, keywords with commas, an author with an empty description."""
        if self.json_ld is None:
            return ""
        if isinstance(self.json_ld, str):
            text = self.json_ld
        else:
            item = {
                "articleSection": self.section or "",
                "headline": self.headline,
                "inLanguage": "en-US",
                "keywords": "Floods, Bridges",
                "author": {"@type": "Person", "name": "Anna Weaver", "url": "", "description": ""},
                "datePublished": "2024-04-28 07:00:00Z",
                "dateModified": "2024-04-28 09:30:00Z",
                "publisher": {"@type": "NewsMediaOrganization", "name": "Radio Free Europe/Radio Liberty"},
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "mainEntityOfPage": self.url,
                "description": "It was closed for nine days.",
            }
            text = json.dumps({**item, **self.json_ld})
        return f'<script type="application/ld+json">{text}</script>'

    def html(self) -> str:
        links = "".join(
            f'<li class="links__item">{self.by}<a class="links__item-link" href="{href}" title="{escape(name)}">'
            f"{escape(name)}</a></li>"
            if href
            else f'<li class="links__item">{self.by}{escape(name)}</li>'
            for name, href in self.bylines
        )
        time = f'<time pubdate="pubdate" datetime="{self.published}">\n{self.shown}\n</time>' if self.published else ""
        section = f'<a class="" href="/z/599">{escape(self.section)}</a>' if self.section else ""
        title = escape(self.headline)
        return f"""<!DOCTYPE html>
<html lang="{self.lang}" dir="{self.direction}" class="no-js">
<head>
<meta charset="utf-8" />
<title>{title}</title>
<link href="{self.url}" rel="canonical" />
<meta content="{title}" property="og:title" />
<meta content="{self.url}" property="og:url" />
<meta content="summary_large_image" name="twitter:card" />
{self.metas}
{self.json_ld_script()}
</head>
<body class=" nav-no-loaded can-ff cc_theme {self.body_class} ">
<script>var utag_data={{{self.utag}}};</script>
<section><div class="sr-only"><h2>Accessibility links</h2><ul><li><a href="#content">Skip to main content</a></li></ul>
</div></section>
<div dir="{self.direction}"><div id="page">
<div class="c-hlights c-hlights--breaking"><span class="c-hlights__label">Breaking News</span></div>
<aside><div class="c-lightbox overlay-modal"><figure class="c-lightbox__content"><div class="thumb">
<img src="" alt="" /></div>
<figcaption><span class="caption c-lightbox__caption"></span></figcaption></figure></div></aside>
<div id="content"><div class="container"><div class="hdr-container"><div class="row">
<div class="col-category"><div class="category js-category">{section}</div></div>
<div class="col-title"><h1 class="title pg-title" >
{title}
</h1></div>
<div class="col-publishing-details"><div class="publishing-details "><div class="published"><span class="date" >
{time}
</span></div><div class="links"><ul class="links__list links__list--column">{links}</ul></div></div></div>
<div class="col-multimedia"><div class="cover-media">{self.cover or ""}</div></div>
<div class="sticky-share-container" style="display:none">
<div class="pg-title pg-title--sticky-share">{title}</div></div>
<div class="links"><p class="link-print"><button><span class="btn__text">Print</span></button></p></div>
</div></div></div>
{self.before_body}
<div class="body-container"><div class="row">
<div id="article-content" class="content-floated-wrap fb-quotable">
<div class="wsw">
{self.wsw}
</div>
{self.after}
</div>
<div class="design-top-offset">{self.beside}</div>
</div></div></div></div></div>
<div class="responsive-indicator"><div class="visible-xs-block">XS</div><div class="visible-sm-block">SM</div></div>
</body></html>"""

    def capture(self, **changes: Any) -> Capture:
        return capture_of_page(self.html(), self.url, **changes)


def capture_of_page(
    html: str | bytes,
    url: str = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html",
    *,
    date: datetime = datetime(2024, 4, 29, 12, tzinfo=UTC),
    status: int = 200,
    content_type: str | None = "text/html; charset=utf-8",
) -> Capture:
    """A capture of a page, as the archive gives it."""
    headers: Headers = (("Content-Type", content_type),) if content_type else ()
    payload = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    return Capture(
        url=url,
        date=date,
        status=status,
        headers=headers,
        payload=payload,
        payload_digest="sha1:AAAA",
        record_id="<urn:uuid:00000000-0000-4000-8000-000000000001>",
        warc_filename="rferl-00000.warc.gz",
        warc_offset=4711,
    )


def figure(caption: str | None, guid: str = GUID, *, alt: str | None = None, rendition: str = "_w250_r1_s") -> str:
    """An image with its caption; ``alt`` repeats the caption unless it is given."""
    shown = caption or ""
    return f"""<figure class="media-image js-media-expand"><div class="img-wrap"><div class="thumb thumb16_9">
<img src="https://gdb.rferl.org/{guid}{rendition}.jpg" alt="{escape(shown if alt is None else alt)}" />
</div><span class="ico ico-fullscreen ico--media-expand ico--rounded" /></div>
<figcaption><span class="caption">{escape(shown)}</span></figcaption></figure>"""


def embedded(figure_html: str) -> str:
    """An image within the text."""
    return f'<div class="wsw__embed">\n{figure_html}\n</div>'


def also_read(url: str, title: str, label: str = "See Also:") -> str:
    """A read-also box within the text, by what public scrapers remove."""
    return f"""<div class="media-block also-read"><a href="{url}" class="img-wrap" title="{escape(title)}">
<div class="thumb thumb16_9"><img src="https://gdb.rferl.org/{GUID.replace("d5d7", "1111")}_w100_r1.jpg" alt="" />
</div></a>
<div class="media-block__content"><span class="also-read__label">{label}</span><a href="{url}">
<h4 class="media-block__title" title="{escape(title)}">
{escape(title)}
</h4></a></div></div>"""
