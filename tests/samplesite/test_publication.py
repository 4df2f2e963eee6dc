"""What the sample site publishes: kinds, languages, places of announcement, the same bytes each time."""

from __future__ import annotations

import gzip
import io
import re
import unicodedata
from collections import Counter

import pytest
from PIL import Image

from newscrawl.samplesite.editions import HOLE, Edition
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.stories import KINDS, story

BASE = "http://127.0.0.1:8080"
_LOC = re.compile(rb"<loc>([^<]+)</loc>")


def body(publication: Publication, target: str) -> bytes:
    reply = publication.reply(target, BASE)
    assert reply.status == 200, (target, reply.status)
    return gzip.decompress(reply.body) if target.endswith(".gz") else reply.body


def ids(publication: Publication, target: str) -> list[int]:
    return [int(re.findall(rb"/(\d+)\.html", url)[0]) for url in _LOC.findall(body(publication, target))]


def test_sixty_item_pages_in_eight_languages_and_five_scripts() -> None:
    stories = list(Publication().stories.all())
    assert len({one.id for one in stories}) >= 60
    assert len({one.language.language for one in stories}) >= 8
    scripts = {unicodedata.name(letter).split()[0] for one in stories for letter in one.headline if letter.isalpha()}
    assert len(scripts) >= 5
    assert {"LATIN", "CYRILLIC", "ARABIC"} <= scripts
    assert any(one.language.direction == "rtl" for one in stories)


def test_every_kind_is_there_in_the_smallest_edition() -> None:
    assert {one.kind for one in Publication().stories.all()} == set(KINDS)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    paths = [one.path for one in Publication().stories.all()]
    pages = [Publication().reply(path, BASE).body for path in paths]
    assert pages == [Publication().reply(path, BASE).body for path in reversed(paths)][::-1]
    assert len(set(pages)) == len(pages)
    assert [one.headline for one in Publication(seed=2).stories.all()] != [
        one.headline for one in Publication().stories.all()
    ]


@pytest.mark.parametrize("size", [64, 300])
def test_sitemaps_are_disjoint_and_leave_a_hole_that_listings_fill(size: int) -> None:
    publication = Publication(size=size)
    index = body(publication, "/sitemap.xml")
    names = [url.decode().removeprefix(BASE) for url in _LOC.findall(index)]
    articles = [name for name in names if "sections" not in name]
    announced = Counter(one for name in articles for one in ids(publication, name))
    assert set(announced.values()) == {1}
    everything = set(publication.item_ids())
    missing = everything - set(announced)
    assert missing == {story(number).id for number in HOLE if story(number).kind != "video"} & everything
    listed: set[int] = set()
    for zone in (101, 102, 103):
        target: str | None = f"/z/{zone}"
        while target:
            page = body(publication, target).decode()
            listed |= {int(one) for one in re.findall(r'href="/a/[^"]*?/(\d+)\.html"', page)}
            more = re.search(r'class="link-showMore" href="([^"]+)"', page)
            target = more[1] if more else None
    assert missing <= listed


def test_the_index_is_in_lexical_order_and_a_file_holds_20_000_at_the_most() -> None:
    publication = Publication(size=100_000)
    names = re.findall(rb"sitemap_sample_(\d+)\.xml\.gz", body(publication, "/sitemap.xml"))
    assert names == sorted(names)
    assert 10_000 < len(ids(publication, "/sitemap_sample_2.xml.gz")) <= 20_000


@pytest.mark.parametrize(("form", "mark"), [("amp", "amp"), ("articleprintview", "print"), ("embed/player/0", "embed")])
def test_variants_of_one_article(form: str, mark: str) -> None:
    one = Publication().stories.story(0)
    page = body(Publication(), f"/{form}/{one.slug}/{one.id}.html").decode()
    assert one.headline in page
    assert page != body(Publication(), one.path).decode()


def test_legacy_and_slugless_urls_lead_to_the_canonical_one() -> None:
    one = Publication().stories.story(0)
    for target, status in ((f"/content/{one.slug}/{one.id}.html", 301), (f"/a/{one.id}.html", 302)):
        reply = Publication().reply(target, BASE)
        assert reply.status == status
        location = dict(reply.headers)["Location"]
        assert Publication().reply(location.removeprefix(BASE), BASE).status == 200


def test_one_page_is_windows_1251_though_its_header_says_otherwise() -> None:
    one = next(one for one in Publication().stories.all() if one.kind == "cp1251")
    reply = Publication().reply(one.path, BASE)
    assert "utf-8" in dict(reply.headers)["Content-Type"]
    assert one.headline in reply.body.decode("cp1251")
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("utf-8")


def test_pictures_are_real_and_keep_their_width() -> None:
    one = next(one for one in Publication().stories.all() if one.kind == "images")
    formats = set()
    for picture in one.pictures:
        data = body(Publication(), f"/gdb/{picture.guid}_cx0_cy10_cw0_w250_r1_s.{picture.extension}")
        with Image.open(io.BytesIO(data)) as image:
            assert image.width == 250
            formats.add(image.format)
    assert formats == {"JPEG", "PNG"}


def test_an_edition_adds_changes_and_withdraws() -> None:
    first, second = Edition(64, 1, 0), Edition(64, 1, 1)
    before, after = {one.number: one for one in first.all()}, {one.number: one for one in second.all()}
    assert len(set(after) - set(before)) == 5
    assert set(before) - set(after)
    changed = [number for number in set(before) & set(after) if before[number] != after[number]]
    assert 3 <= len(changed) <= 10
    newest = (
        {one.id for one in second.latest()} | {one.id for one in second.news()} | {one.id for one in second.videos()}
    )
    assert {one.id for one in second.all() if one.number not in before} <= newest
    assert next(second.newest(None, 1)).published > next(first.newest(None, 1)).published
    assert all(second.status(number) == 410 for number in set(before) - set(after))


def test_a_page_can_be_filled_up_to_a_size() -> None:
    one = Publication().stories.story(0)
    size = len(body(Publication(page_kilobytes=100), one.path))
    assert 99_000 <= size < 101_000, "up to the last teaser that fits"


@pytest.mark.parametrize(
    "target", ["/nothing", "/a/x/1.html", "/a/x/31000001.html", "/z/9", "/gdb/../../etc/passwd", "/api/x"]
)
def test_what_is_not_published_is_404(target: str) -> None:
    assert Publication().reply(target, BASE).status == 404
