"""Figures and galleries: what is a picture, what its caption says, and text that only stands in a figure."""

from __future__ import annotations

from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, embedded

PICTURE = f"https://gdb.rferl.org/{GUID}_w408_r1.jpg"


def test_markup_in_the_caption_of_a_slide_is_read_as_what_it_shows() -> None:
    title = "&lt;p&gt;The &lt;b&gt;old&lt;/b&gt; &amp;quot;quay&amp;quot;.&lt;/p&gt;&lt;p&gt;It is wet.&lt;/p&gt;"
    gallery = (
        '<div id="galleryItems"><figure class="media-gallery-embed"><div class="hidden"><div '
        f'data-lbox-gallery-item-src="{PICTURE}" data-lbox-gallery-item-title="{title}" '
        'data-lbox-gallery-item-credit="&lt;span&gt;AFP&lt;/span&gt;"></div></div></figure></div>'
    )
    (image,) = _page(f"<p>The flood in pictures.</p>{gallery}").images

    assert (image.caption, image.creditText) == (
        'The old "quay". It is wet.',
        "AFP",
    )


def test_an_alternative_text_that_is_escaped_twice_is_the_caption_all_the_same() -> None:
    shown = (
        f'<figure class="media-image"><img src="{PICTURE}" alt="The &amp;quot;old&amp;quot; quay &amp;amp; Wend" />'
        '<figcaption><span class="caption">The "old" quay &amp; Wend</span></figcaption></figure>'
    )
    (image,) = _page(f"<p>The bridge is closed.</p>{embedded(shown)}").images

    assert (image.caption, image.description) == ('The "old" quay & Wend', None)


def test_lines_of_a_caption_do_not_run_together() -> None:
    shown = f'<figure class="media-image"><img src="{PICTURE}" alt="" /><figcaption><p>The quay.</p><p>It is wet.</p>'
    (image,) = _page(f"<p>The bridge is closed.</p>{embedded(f'{shown}</figcaption></figure>')}").images

    assert image.caption == "The quay. It is wet."


def test_a_quotation_or_a_table_in_a_figure_is_text() -> None:
    quote = "<figure><blockquote><p>It was the rain.</p></blockquote><figcaption>The mayor</figcaption></figure>"
    table = "<figure><table><tr><td>Mill</td><td>12</td></tr></table><figcaption>Days closed</figcaption></figure>"
    article = _page(f"<p>The bridge is closed.</p>{quote}<p>It rises.</p>{table}")

    assert article.paragraphs == (
        *("The bridge is closed.", "It was the rain.", "The mayor", "It rises.", "Mill 12", "Days closed"),
    )
    assert article.images == ()


def test_what_a_box_in_the_text_says_is_on_record() -> None:
    article = _page(
        f"<p>The bridge is closed.</p>{embedded('<div><p>The Wend in numbers.</p><ul><li>9 days</li></ul></div>')}"
    )

    assert article.paragraphs == ("The bridge is closed.",)
    assert [(removed.text, removed.reason) for removed in article.removed] == [
        ("The Wend in numbers.", "embed"),
        ("9 days", "embed"),
    ]


def _page(wsw: str) -> Article:
    return article_of(Pangea(wsw=wsw, json_ld=None).capture())
