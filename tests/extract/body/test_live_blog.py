"""Live blogs: the posts in the page's order, each with its time, and all that is in them."""

from __future__ import annotations

from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, embedded, figure

NOON = "2024-04-18T12:00:00+02:00"
ELEVEN = "2024-04-18T11:00:00+02:00"
TEN = "2024-04-18T10:00:00+02:00"


def test_posts_stand_in_the_order_of_the_page_each_with_its_time() -> None:
    later, earlier = _post("<p>It is closed.</p>", NOON, "Bridge closed"), _post("<p>It rises.</p>", TEN)

    assert _blog(later, earlier).paragraphs == (f"{NOON} Bridge closed", "It is closed.", TEN, "It rises.")
    assert _blog(earlier, later).paragraphs == (TEN, "It rises.", f"{NOON} Bridge closed", "It is closed.")


def test_times_and_headings_within_a_text_stay_there() -> None:
    text = '<p>It fell in <time datetime="1999-01-01">1999</time>.</p><h3>Then</h3><p>It rose.</p>'
    untitled = f'<div class="post post--liveblog"><div class="wsw">{text}</div><footer>{_time(NOON)}</footer></div>'

    assert _blog(untitled).paragraphs == (NOON, "It fell in 1999.", "Then", "It rose.")


def test_a_time_that_opens_the_text_is_that_of_the_post() -> None:
    post = f'<div class="post post--liveblog"><div class="wsw">{_time(NOON)}<h3>Then</h3><p>It rose.</p></div></div>'

    assert _blog(post).paragraphs == (NOON, "Then", "It rose.")


def test_a_time_that_means_none_is_told_as_it_is_shown() -> None:
    post = _post("<p>It rises.</p>", "0001-01-01 00:00:00Z").replace(">0001-01-01 00:00:00Z<", ">an hour ago<")

    assert _blog(post).paragraphs == ("an hour ago", "It rises.")


def test_pictures_beside_the_text_of_a_post_are_the_posts() -> None:
    beside = figure("Mill -- The quay, April 18, 2024", GUID.replace("d5d7", "1111"))
    within = embedded(figure("Mill -- The mayor, April 18, 2024", GUID.replace("d5d7", "2222")))
    portrait = (
        f'<div class="c-author">{figure("", GUID.replace("d5d7", "3333"))}<div class="wsw"><p>A blurb.</p></div></div>'
    )
    article = _blog(
        _post(f"<p>It rises.</p>{within}<p>Mill -- The quay, April 18, 2024</p>", TEN, beside=beside + portrait)
    )

    assert [image.caption for image in article.images] == [
        "Mill -- The quay, April 18, 2024",
        "Mill -- The mayor, April 18, 2024",
    ]
    assert article.paragraphs == (TEN, "It rises.")


def test_a_text_in_several_parts_is_read_as_a_whole() -> None:
    post = _post("<p>It rises.</p>", TEN, beside='<div class="wsw"><p>It rains.</p></div>')

    assert _blog(post).paragraphs == (TEN, "It rises.", "It rains.")


def test_each_post_ends_with_its_own_credit_line() -> None:
    article = _blog(
        _post("<p>It is closed.</p><p><em>With reporting by AFP and Reuters</em></p>", NOON),
        _post("<p>It rains.</p><p>16x9 Image</p><p>Anna Weaver</p>", ELEVEN),
        _post("<p>It rises.</p><p>Based on reporting by AP</p>", TEN),
    )

    assert article.sources == ("AFP", "Reuters", "AP")
    assert article.paragraphs == (NOON, "It is closed.", ELEVEN, "It rains.", TEN, "It rises.")
    assert [removed.reason for removed in article.removed] == ["credit", "bio", "bio", "credit"]


def test_the_dateline_of_a_post_is_not_the_pages() -> None:
    post = _post('<span class="dateline">MILL --</span><p>It rises.</p>', TEN)
    article = _blog(post, intro='<span class="dateline">KYIV --</span><p>We follow the flood.</p>')

    assert article.dateline == "KYIV --"
    assert [(removed.text, removed.reason) for removed in article.removed] == [("MILL --", "dateline")]
    assert _blog(post).dateline is None


def test_a_pinned_post_stands_once() -> None:
    pinned = _post("<p>It is closed.</p>", TEN, identifier="lbl0lbi1")
    article = _blog(pinned, _post("<p>It rises.</p>", NOON, identifier="lbl0lbi2"), pinned)

    assert article.paragraphs == (TEN, "It is closed.", NOON, "It rises.")


def _blog(*posts: str, intro: str = "") -> Article:
    return article_of(Pangea(wsw=intro, after="".join(posts)).capture())


def _post(text: str, time: str, title: str = "", *, beside: str = "", identifier: str = "") -> str:
    heading = f'<h2 class="post__title">{title}</h2>' if title else ""
    name = f' id="{identifier}"' if identifier else ""
    return (
        f'<div class="post post--liveblog"{name}><div class="post__header">{_time(time)}</div>{heading}'
        f'<div class="wsw">{text}</div>{beside}<div class="share--box">Share</div></div>\n'
    )


def _time(time: str) -> str:
    return f'<time datetime="{time}">{time}</time>'
