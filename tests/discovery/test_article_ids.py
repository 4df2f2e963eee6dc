"""One id for all URL forms of an article, and no id for anything else."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import document_entries
from newscrawl.sites import site_for, site_named

RFERL = site_named("rferl")
IDS = st.integers(1000, 10**12 - 1).map(str)
SLUGS = st.text(
    st.characters(exclude_characters="/?#\\", exclude_categories=("C", "Z")), min_size=1, max_size=60
).filter(lambda slug: slug not in (".", ".."))
HOSTS = st.sampled_from(
    ["www.rferl.org", "WWW.RFERL.ORG", "rferl.org", "www.rferl.eu", "www.rferl.org:443", "rferl.eu."]
)
FORMS = st.sampled_from(
    [
        "/a/{slug}/{id}.html",
        "/a/{id}.html",
        "/content/{slug}/{id}.html",
        "/content/{id}.html",
        "/amp/{slug}/{id}.html",
        "/amp/{id}.html",
        "/articleprintview/{id}.html",
        "/embed/player/0/{id}.html",
        "/a/{slug}/{id}/lbl0lbi304206.html",
        "/A/{slug}/{id}.html",
    ]
)
ESCAPES = st.sampled_from(
    [
        lambda path: path,
        lambda path: quote(path, safe="/"),
        lambda path: re.sub("%..", lambda escape: escape[0].lower(), quote(path, safe="/")),
        lambda path: "".join(f"%{byte:02x}" if byte != 47 else "/" for byte in path.encode()),
    ]
)
QUERIES = st.sampled_from(["", "?", "?type=audio", "?nocache=1&x=/a/99999999.html", "#comments", "?a=b#c"])


@given(HOSTS, FORMS, SLUGS, IDS, ESCAPES, QUERIES, st.sampled_from(["http", "https"]))
def test_every_url_form_has_the_id_of_its_article(host, form, slug, article_id, escape, query, scheme) -> None:
    # A per cent sign in a slug is always escaped, else it would begin an escape.
    path = escape(form.format(slug=slug.replace("%", ""), id=article_id).replace("//", "/"))
    url = f"{scheme}://{host}{path}{query}"
    assert RFERL.article_id(url) == article_id
    fetched = RFERL.page_url(url)
    assert RFERL.article_id(fetched) == article_id
    assert RFERL.page_url(fetched) == fetched


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for url in (text, f"https://www.rferl.org/{text}", f"https://{text}/a/12345678.html"):
        article_id = RFERL.article_id(url)
        assert article_id is None or article_id.isascii()
        RFERL.page_url(url)
        RFERL.has_host(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.rferl.org/",
        "https://www.rferl.org/z/630",
        "https://www.rferl.org/p/5547.html",
        "https://www.rferl.org/author/a-b/12345678",
        "https://www.rferl.org/a/x/y/12345678.html",
        "https://www.rferl.org/a/12345678.htm",
        "https://www.rferl.org/a/\u0661\u0662\u0663\u0664\u0665.html",  # digits, but not ours
        "https://www.rferl.org.example.org/a/12345678.html",
        "https://example.org/https://www.rferl.org/a/12345678.html",
        "https://www.svoboda.org/a/12345678.html",
        "http://[/a/12345678.html",
        "javascript:alert(1)",
    ],
)
def test_other_urls_have_no_id(url: str) -> None:
    assert RFERL.article_id(url) is None


@pytest.mark.parametrize("host", ["www.severreal.org", "ktat.krymr.com", "en.radiofarda.com"])
def test_all_urls_of_the_real_sitemaps_have_the_id_at_their_end(shared: Path, host: str) -> None:
    site = site_for(f"https://{host}/")
    assert site is not None
    counts: Counter[str] = Counter()
    for path in sorted((shared / "sitemaps" / host).glob("*.gz")):
        kind = "sections" if "sections" in path.name else "articles"
        for found in document_entries(gzip.decompress(path.read_bytes()), f"https://{host}/{path.name}"):
            match = re.search(r"/a/(?:[^/]+/)?(\d+)\.html$", found.url)
            assert site.article_id(found.url) == (match[1] if match else None), found.url
            assert site.page_url(found.url) == found.url
            counts[kind, match is not None] += 1  # type: ignore[index]
    assert counts["articles", True] > 14_000  # type: ignore[index]
    assert not counts["articles", False]  # type: ignore[index]
    assert not counts["sections", True]  # type: ignore[index]
